"""Which figures of one indicator may be compared: like scales, near years, a common year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_YEARS_APART = 2  # figures further apart in time are flagged


class Figure(NamedTuple):  # a page makes thousands of them, for half of what a dataclass takes
    """One observation of an indicator at one city, or at its country.

    Attributes:
        observation_id: its passport.
        period_year: the year it is about; None where the source gives none.
        value: a number, or None.
        category: an answer in words, or None.
        status: observed, estimated, projected, provisional or derived.
        scale: metro, city or national.
        is_latest: whether it is the newest of its city, as the snapshot picks it.
    """

    observation_id: str
    period_year: int | None
    value: float | None
    category: str | None
    status: str
    scale: str
    is_latest: bool


@dataclass(frozen=True)
class Comparison:
    """One indicator over several cities.

    Attributes:
        figures: the figure shown, by city; cities without one are absent.
        scale: the scale that is compared; "" where no city has a figure.
        compared: cities whose figures are compared, in the order given.
        unlike: cities whose figure is of another scale, in the order given.
        year: the year all compared figures are of because it was asked for; else None.
        years: oldest and newest year of the compared figures where they lie more than
            MOST_YEARS_APART years apart; else None.
    """

    figures: dict[str, Figure]
    scale: str
    compared: tuple[str, ...]
    unlike: tuple[str, ...]
    year: int | None
    years: tuple[int, int] | None

    def is_earlier(self, city_id: str) -> bool:
        """Whether a city's figure is what makes the years of the row differ."""
        year = self.figures[city_id].period_year
        if self.years is None or year is None or city_id not in self.compared:
            return False
        return self.years[1] - year > MOST_YEARS_APART


def comparison(
    series: Mapping[str, Sequence[Figure]],
    *,
    declared_scale: str,
    same_year: bool = False,
    any_scale: bool = False,
) -> Comparison:
    """What is compared of one indicator.

    Args:
        series: figures by city, in the order the cities are shown; a city without is absent.
        declared_scale: the scale the catalogue names; it decides where scales are as frequent.
        same_year: each compared city with its figure of the newest year that all of them have,
            projections left out, instead of with its newest.
        any_scale: unlike scales are compared too.
    """
    newest = {city: _newest(figures) for city, figures in series.items() if figures}
    scale = common_scale([figure.scale for figure in newest.values()], declared_scale)
    alike = [city for city in newest if any_scale or newest[city].scale == scale]
    year = newest_common_year([series[city] for city in alike]) if same_year else None
    if year is not None:
        newest |= {city: _of_year(series[city], year) for city in alike}
    return Comparison(
        figures=newest,
        scale=scale,
        compared=tuple(alike),
        unlike=tuple(city for city in newest if newest[city].scale != scale),
        year=year,
        years=period_gap([newest[city].period_year for city in alike]),
    )


def common_scale(scales: Sequence[str], declared_scale: str) -> str:
    """The scale most figures are of; of equally frequent ones the declared; "" for none."""
    if not scales:
        return ""
    counts = Counter(scales)
    return max(counts, key=lambda scale: (counts[scale], scale == declared_scale, scale))


def newest_common_year(series: Sequence[Sequence[Figure]]) -> int | None:
    """The newest year in which each city has a figure that is not projected.

    A city's figures count only where they are of the scale of its newest one. None where there
    are fewer than two cities, or no such year.
    """
    if len(series) < 2:  # noqa: PLR2004 - one city has nothing in common with others
        return None
    shared = set.intersection(*(_years(figures) for figures in series))
    return max(shared, default=None)


def period_gap(years: Sequence[int | None]) -> tuple[int, int] | None:
    """Oldest and newest year where they lie more than MOST_YEARS_APART apart; else None."""
    known = [year for year in years if year is not None]
    if not known or max(known) - min(known) <= MOST_YEARS_APART:
        return None
    return min(known), max(known)


def standing_apart(positions: Sequence[float]) -> float:
    """How far apart cities stand among all members: from 0 (level) to 1 (the two ends).

    Args:
        positions: for each city, the share of members with a lower value.
    """
    return max(positions) - min(positions) if positions else 0.0


def _newest(figures: Sequence[Figure]) -> Figure:
    return next((one for one in figures if one.is_latest), figures[-1])


def _years(figures: Sequence[Figure]) -> set[int]:
    scale = _newest(figures).scale
    return {
        one.period_year
        for one in figures
        if one.period_year is not None and one.scale == scale and one.status != "projected"
    }


def _of_year(figures: Sequence[Figure], year: int) -> Figure:
    return next(one for one in figures if one.period_year == year)
