"""A member's figures with what is needed to show them: indicator, source, all other members."""

from dataclasses import dataclass

import pandas as pd

from observatory.domain.indicators import Indicator
from observatory.domain.ranking import rank_bands
from observatory.pages.rows import Row, number_of, text_of
from observatory.queries.catalogue import Source, all_indicators, all_sources
from observatory.queries.profile import member_figures
from observatory.queries.values import city_latest
from observatory.store.warehouse import Store

RANKED_FROM = 10  # with fewer members a position says nothing


@dataclass(frozen=True)
class CityFigure:
    """One indicator at one member.

    Attributes:
        indicator: the indicator.
        source: where the figure comes from, or would.
        row: as `queries.values.city_latest`.
        peers: values (numbers) or answers of all members at the same scale, by city_id.
        band: first and last position the member may hold; None where there is no order.
    """

    indicator: Indicator
    source: Source
    row: Row
    peers: pd.Series
    band: tuple[int, int] | None

    @property
    def is_held(self) -> bool:
        """Whether there is a figure."""
        return bool(text_of(self.row, "observation_id"))

    @property
    def value(self) -> float | None:
        """The number, or None."""
        return number_of(self.row, "value")

    @property
    def category(self) -> str | None:
        """The category, or None."""
        return text_of(self.row, "category") or None

    @property
    def quarter(self) -> str:
        """Which quarter of the members it is surely in: "best", "last" or neither ("")."""
        if self.band is None:
            return ""
        if self.band[1] <= len(self.peers) / 4:
            return "best"
        return "last" if self.band[0] > 3 * len(self.peers) / 4 else ""


def city_figures(store: Store, city_id: str) -> list[CityFigure]:
    """One entry per indicator of the catalogue, by theme and title."""
    indicators, sources = all_indicators(store), all_sources(store)
    others = dict(iter(member_figures(store).groupby("indicator_id")))
    found = []
    for row in city_latest(store, city_id=city_id).to_dict("records"):
        indicator = indicators[str(row["indicator_id"])]
        peers = _peers(others.get(indicator.indicator_id), indicator, row)
        source = sources[text_of(row, "source_id") or indicator.source_id]
        band = _band(peers, indicator, city_id)
        found.append(CityFigure(indicator, source, row, peers, band))
    return found


def _peers(figures: pd.DataFrame | None, indicator: Indicator, row: Row) -> pd.Series:
    """What members hold at the scale of this figure: scales are not mixed."""
    if figures is None or indicator.is_national:
        return pd.Series(dtype=float)
    alike = figures[figures["scale"] == row["scale"]].set_index("city_id")
    answers: pd.Series = alike["category" if indicator.kind == "category" else "value"]
    return answers.dropna()


def _band(peers: pd.Series, indicator: Indicator, city_id: str) -> tuple[int, int] | None:
    ordered = indicator.kind == "number" and indicator.better != "none"
    if not ordered or len(peers) < RANKED_FROM or city_id not in peers.index:
        return None
    bands = rank_bands(peers, better=indicator.better, decimals=indicator.decimals)
    band = bands.to_dict("index")[city_id]
    return int(band["first"]), int(band["last"])
