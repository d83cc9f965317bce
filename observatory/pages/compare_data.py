"""What a comparison shows: its members, and a row per indicator with all members beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.comparison import Comparison, Figure, comparison, standing_apart
from observatory.domain.indicators import Indicator
from observatory.pages.compare_view import CompareView
from observatory.pages.recent import recent
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import all_cities
from observatory.queries.compare import (
    ByPair,
    Newest,
    Series,
    newest_figures,
    newest_years,
    year_figures,
    yearly_figures,
)
from observatory.queries.peers import all_peers
from observatory.queries.profile import member_figures
from observatory.store.warehouse import Store
from observatory.views.components.strip import LOG_FROM

LETTERS = "ABCDEF"
TELLING_PEERS = 3  # peers with a figure, likewise
TELLING = 10  # members with a figure from which on a place among them says something

_Values = dict[tuple[str, str], "Spread"]  # by indicator and scale


@dataclass(frozen=True)
class Member:
    """One member as the comparison shows it.

    Attributes:
        city_id: its id.
        name: what it is called: a city by its city, other governments by their own name.
        country: its country.
        number: its place among the columns, from 0; it decides mark and letter.
        is_documented: whether its seat is; marks of others are hollow.
    """

    city_id: str
    name: str
    country: str
    number: int
    is_documented: bool

    @property
    def letter(self) -> str:
        """The letter that stands for it on strips and lines."""
        return LETTERS[self.number]


@dataclass(frozen=True)
class Spread:
    """The figures of all members of one indicator at one scale.

    Attributes:
        values: numbers, or answers where the indicator has categories, by city id.
    """

    values: dict[str, float | str]

    @cached_property
    def is_log(self) -> bool:
        """Whether a strip of the numbers runs in powers of ten, as they span that much."""
        low, high = self.sorted[0], self.sorted[-1]
        return bool(low > 0 and high / low >= LOG_FROM)

    def at(self, *values: float) -> list[float]:
        """Where numbers stand on the strip, from 0 (the lowest) to 1 (the highest)."""
        return self._places(np.array(values, dtype=float)).tolist()

    @cached_property
    def median(self) -> float:
        """The number in the middle."""
        return float(np.median(self.sorted))

    @cached_property
    def ticks(self) -> dict[str, int]:
        """Where each member's tick stands on the strip, in thousandths, by city id."""
        places = self._places(np.array(list(self.values.values()), dtype=float))
        return dict(zip(self.values, (1000 * places).round().astype(int).tolist(), strict=True))

    @cached_property
    def path(self) -> str:
        """The ticks of all members as the path of an SVG."""
        return tick_path(self.ticks.values())

    def above(self, value: float, others: frozenset[str]) -> tuple[int, int]:
        """How many of some members have a lower number, and how many of them have one."""
        held = [float(self.values[other]) for other in others if other in self.values]
        return sum(one < value for one in held), len(held)

    def _places(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        ends = self.sorted[[0, -1]]
        if self.is_log:
            values, ends = np.log10(np.maximum(values, ends[0])), np.log10(ends)
        placed: npt.NDArray[np.float64] = (values - ends[0]) / ((ends[1] - ends[0]) or 1.0)
        return placed.clip(0.0, 1.0)

    @cached_property
    def sorted(self) -> npt.NDArray[np.float64]:
        """The numbers from low to high."""
        return np.sort(np.array(list(self.values.values()), dtype=float))

    def place(self, value: float) -> float:
        """The share of members below a value; members that tie count half."""
        below = np.searchsorted(self.sorted, value, side="left")
        up_to = np.searchsorted(self.sorted, value, side="right")
        return float(below + up_to) / 2 / len(self.sorted)


def tick_path(places: Iterable[int]) -> str:
    """Ticks as the path of an SVG, one for those that stand on the same thousandth."""
    return "".join(f"M{place} 0V10" for place in sorted(set(places)))


@dataclass(frozen=True)
class Row:
    """One indicator over the members compared.

    Attributes:
        indicator: the indicator.
        compared: the figures shown and which of them are compared.
        gaps: reason code by city id, for members without a figure.
        spread: all members' figures at the row's scale; None for national ones and where no
            compared member has a figure.
    """

    indicator: Indicator
    compared: Comparison
    gaps: dict[str, str]
    spread: Spread | None

    def apart(self, cities: tuple[str, ...]) -> float | None:
        """How far apart the members stand among all; None where that cannot be said."""
        is_told = self.indicator.kind == "number" and self.spread is not None
        if not is_told or self.spread is None or len(self.spread.values) < TELLING:
            return None
        if set(self.compared.compared) != set(cities):
            return None
        return standing_apart([self.spread.place(value) for value in self.numbers.values()])

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The compared numbers by city id."""
        figures = {city: self.compared.figures[city] for city in self.compared.compared}
        return {city: one.value for city, one in figures.items() if one.value is not None}


@dataclass(frozen=True)
class CompareData:
    """All that the page shows for one view.

    Attributes:
        members: in the order of the columns.
        rows: the members' own indicators, by theme and title.
        national: indicators of their countries.
        years: by indicator and city, how many years of numbers there are to draw.
        peers: by member compared, the ids of members alike in conditions.
    """

    members: tuple[Member, ...]
    rows: list[Row]
    national: list[Row]
    years: ByPair[int]
    peers: dict[str, frozenset[str]]

    @cached_property
    def all_peers(self) -> frozenset[str]:
        """Ids of the peers of any member compared."""
        return frozenset[str]().union(*self.peers.values())

    @property
    def shown(self) -> list[Row]:
        """Own and national rows."""
        return [*self.rows, *self.national]

    @property
    def shared(self) -> list[Row]:
        """Own rows in which all members can be compared."""
        return [row for row in self.rows if len(row.compared.compared) == len(self.members)]


@recent
def compare_data(store: Store, view: CompareView) -> CompareData:
    """Rows of the view; without `every`, those in which some member has a figure."""
    newest = newest_figures(store, city_ids=view.cities, theme=view.theme)
    series = _all_years(store, view, newest) if view.common else newest.figures
    wanted = [one for one in all_indicators(store).values() if view.theme in {"", one.theme}]
    compared = {
        one.indicator_id: _compared(view, one, series[one.indicator_id])
        for one in wanted
        if view.every or one.indicator_id in series
    }
    spreads = all_spreads(store) | _spreads_of_years(store, compared)
    rows = [
        Row(
            indicator,
            compared[indicator.indicator_id],
            {city: newest.reasons.get((indicator.indicator_id, city), "") for city in view.cities},
            spreads.get((indicator.indicator_id, compared[indicator.indicator_id].scale)),
        )
        for indicator in wanted
        if indicator.indicator_id in compared
    ]
    return CompareData(
        members(store, view.cities),
        [row for row in rows if not row.indicator.is_national],
        [row for row in rows if row.indicator.is_national],
        newest.years,
        {city: _peers(store, city) for city in view.cities},
    )


def _all_years(store: Store, view: CompareView, newest: Newest) -> Series:
    """Figures of all years of what the members have: to find one year that all of them have."""
    return yearly_figures(store, city_ids=view.cities, indicator_ids=list(newest.figures))


def _peers(store: Store, city_id: str) -> frozenset[str]:
    """Ids of a member's peers, every condition weighing the same."""
    return frozenset(all_peers(store)[city_id])


def _compared(
    view: CompareView, indicator: Indicator, series: dict[str, list[Figure]]
) -> Comparison:
    return comparison(
        {city: series[city] for city in view.cities if city in series},
        declared_scale=indicator.scale,
        same_year=view.common,
        any_scale=view.unlike,
    )


def members(store: Store, city_ids: tuple[str, ...]) -> tuple[Member, ...]:
    """The members of these ids, in this order."""
    named = all_members(store)
    return tuple(
        Member(
            city_id, *named[city_id], number=number, is_documented=_is_documented(store, city_id)
        )
        for number, city_id in enumerate(city_ids)
    )


def all_members(store: Store) -> dict[str, tuple[str, str]]:
    """Name and country of every member by id, by city name; not to be changed."""
    return store.kept("compare-members", lambda: _all_members(all_cities(store)))


def _all_members(cities: pd.DataFrame) -> dict[str, tuple[str, str]]:
    is_city = cities["member_kind"] == "city"
    names = cities["city"].where(is_city, cities["member_name"])
    told = zip(names.tolist(), cities["country"].tolist(), strict=True)
    return dict(zip(cities["city_id"].tolist(), told, strict=True))


def _is_documented(store: Store, city_id: str) -> bool:
    hollow = store.kept("compare-undocumented", lambda: _undocumented(all_cities(store)))
    return city_id not in hollow


def _undocumented(cities: pd.DataFrame) -> frozenset[str]:
    return frozenset(cities.loc[cities["evidence"] == "D", "city_id"])


def all_spreads(store: Store) -> _Values:
    """The newest figures of all members by indicator and scale; not to be changed."""
    return store.kept("compare-spreads", lambda: _spreads(store, member_figures(store)))


def _spreads(store: Store, figures: pd.DataFrame) -> _Values:
    """Spreads of the figures: indicator_id, city_id, value, category, scale."""
    catalogue = all_indicators(store)
    held: dict[tuple[str, str], dict[str, float | str]] = defaultdict(dict)
    columns = ("indicator_id", "city_id", "value", "category", "scale")
    for indicator_id, city_id, value, category, scale in zip(
        *(figures[column].tolist() for column in columns), strict=True
    ):
        answer = category if catalogue[indicator_id].kind == "category" else value
        if pd.notna(answer):
            held[indicator_id, scale][city_id] = answer
    return {key: Spread(values) for key, values in held.items()}


def _spreads_of_years(store: Store, compared: dict[str, Comparison]) -> _Values:
    """Spreads of the year in which a row is compared: a year is not set beside another."""
    newest = newest_years(store)
    years = {
        indicator_id: row.year
        for indicator_id, row in compared.items()
        if row.scale != "national" and row.year not in {None, newest.get(indicator_id)}
    }
    return _spreads(store, year_figures(store, years=years)) if years else {}
