"""A member's figures with what is needed to show them: indicator, source, place among others."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.indicators import Indicator
from observatory.domain.ranking import is_rankable
from observatory.domain.standing import (
    LEAST_GROUP,
    Candidate,
    Standing,
    standing,
    strengths_and_gaps,
)
from observatory.pages.rows import Row, number_of, text_of
from observatory.queries.catalogue import Source, all_indicators, all_sources
from observatory.queries.cities import all_cities
from observatory.queries.profile import member_figures
from observatory.queries.values import city_latest, yearly_change
from observatory.store.warehouse import Store

_Known = dict[tuple[str, str], "_Held"]  # by indicator and scale


@dataclass(frozen=True)
class _Held:
    """What members hold of one indicator at one scale; the arrays go together.

    Attributes:
        city_ids: the members.
        numbers: their values; not a number where the figure is a category.
        years: their periods; not a number where undated.
    """

    city_ids: list[str]
    numbers: npt.NDArray[np.float64]
    years: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Among:
    """One figure of a member in a group of members, figures of other scales left out.

    Attributes:
        values: the group's numbers, the member's own among them; empty for categories.
        known: members of the group with a figure, this one too.
        size: members of the group, this one too.
        standing: the positions it may hold; None where that cannot be said.
        why_not: why there is no position: "kind", "no-better-end", "years", or "" where there is.
    """

    values: npt.NDArray[np.float64]
    known: int
    size: int
    standing: Standing | None
    why_not: str

    @property
    def is_covered(self) -> bool:
        """Whether enough of the group have a figure for a position to be told."""
        return is_rankable(self.known, self.size)

    @property
    def band(self) -> tuple[int, int] | None:
        """First and last position where one is told."""
        if self.standing is None or not self.is_covered:
            return None
        return self.standing.first, self.standing.last

    @property
    def median(self) -> float | None:
        """The median of the numbers."""
        return float(np.median(self.values)) if len(self.values) else None


@dataclass(frozen=True)
class CityFigure:
    """One indicator at one member.

    Attributes:
        indicator: the indicator.
        source: where the figure comes from, or would.
        row: as `queries.values.city_latest`.
        members: its place among all members.
        peers: its place among its peers.
    """

    indicator: Indicator
    source: Source
    row: Row
    members: Among
    peers: Among

    @property
    def is_held(self) -> bool:
        """Whether there is a figure."""
        return bool(self.observation_id)

    @property
    def observation_id(self) -> str:
        """The observation behind the figure, or ""."""
        return text_of(self.row, "observation_id")

    @property
    def value(self) -> float | None:
        """The number, or None."""
        return number_of(self.row, "value")

    @property
    def category(self) -> str | None:
        """The category, or None."""
        return text_of(self.row, "category") or None

    @property
    def band(self) -> tuple[int, int] | None:
        """Positions it may hold among all members."""
        return self.members.band


def city_figures(store: Store, city_id: str, peers: Collection[str] = ()) -> list[CityFigure]:
    """One entry per indicator of the catalogue, by theme and title.

    Args:
        store: the published snapshot.
        city_id: the member.
        peers: ids of the members it is held against besides all.
    """
    indicators, sources = all_indicators(store), all_sources(store)
    known = store.kept("city-known-figures", lambda: _known(member_figures(store)))
    everyone = frozenset(all_cities(store)["city_id"])
    group = frozenset({*peers, city_id})
    found = []
    for row in city_latest(store, city_id=city_id).to_dict("records"):
        indicator = indicators[str(row["indicator_id"])]
        held = known.get((indicator.indicator_id, str(row["scale"])), NOTHING)
        change = yearly_change(store, indicator_id=indicator.indicator_id)
        source = sources[text_of(row, "source_id") or indicator.source_id]
        among = [_among(held, one, city_id, indicator, change) for one in (everyone, group)]
        found.append(CityFigure(indicator, source, row, *among))
    return found


NOTHING = _Held([], np.empty(0), np.empty(0))


def _known(figures: pd.DataFrame) -> _Known:
    found: _Known = {}
    for (indicator_id, scale), group in figures.groupby(["indicator_id", "scale"]):
        found[str(indicator_id), str(scale)] = _Held(
            group["city_id"].tolist(),
            group["value"].to_numpy(dtype=float, na_value=np.nan),
            group["period_year"].to_numpy(dtype=float, na_value=np.nan),
        )
    return found


def _among(
    held: _Held, group: frozenset[str], city_id: str, indicator: Indicator, change: float | None
) -> Among:
    """The figures of a group, and the place of one of them."""
    inside = np.array([one in group for one in held.city_ids], dtype=bool)
    values, years = held.numbers[inside], held.years[inside]
    why_not = _why_not(values, years, indicator, change)
    place = None
    if not why_not and city_id in held.city_ids:
        own = int(inside[: held.city_ids.index(city_id)].sum())
        place = standing(
            values,
            own,
            better=indicator.better,
            decimals=indicator.decimals,
            years=None if np.isnan(years).any() else years,
            yearly_change=change or 0.0,
        )
    numbers = values if indicator.kind == "number" else np.empty(0)
    return Among(numbers, int(inside.sum()), len(group), place, why_not)


def _why_not(
    values: npt.NDArray[np.float64],
    years: npt.NDArray[np.float64],
    indicator: Indicator,
    change: float | None,
) -> str:
    """Why figures have no order, or not one that can be told; "" where they have."""
    if indicator.is_national or indicator.kind == "category" or np.isnan(values).any():
        return "kind"
    if indicator.better == "none":
        return "no-better-end"
    periods = set(years[~np.isnan(years)].tolist())
    is_undated = bool(np.isnan(years).any())
    if len(periods) > 1 and (change is None or is_undated):
        return "years"
    return ""


@dataclass(frozen=True)
class Outstanding:
    """Strengths and gaps of a member.

    Attributes:
        strengths: the clearest first, at most three.
        gaps: the widest first, at most three.
        is_by_peers: whether it is held against its peers; else against all members.
        judged: indicators that could be judged.
    """

    strengths: list[CityFigure]
    gaps: list[CityFigure]
    is_by_peers: bool
    judged: int

    def among(self, figure: CityFigure) -> Among:
        """The group a figure is held against."""
        return figure.peers if self.is_by_peers else figure.members


def outstanding(figures: list[CityFigure], peers: int) -> Outstanding:
    """Strengths and gaps by the rule of `domain.standing`.

    Args:
        figures: as `city_figures`.
        peers: how many peers there are; with fewer than LEAST_GROUP all members are the group.
    """
    by_peers = peers >= LEAST_GROUP
    by_id = {figure.indicator.indicator_id: figure for figure in figures if figure.is_held}
    candidates = []
    for indicator_id, figure in by_id.items():
        among = figure.peers if by_peers else figure.members
        is_doing = not (figure.indicator.is_total or figure.indicator.is_condition)
        if among.standing is not None and is_doing:
            theme = figure.indicator.theme
            candidates.append(Candidate(indicator_id, theme, among.standing, among.size - 1))
    best, worst = strengths_and_gaps(candidates)
    return Outstanding(
        [by_id[one.indicator_id] for one in best],
        [by_id[one.indicator_id] for one in worst],
        by_peers,
        sum(one.is_covered for one in candidates),
    )
