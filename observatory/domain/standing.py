"""Where one city stands in a group, and what of that is a strength or a gap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from observatory.domain.ranking import LEAST_COVERAGE

NAMED = 3  # strengths, and gaps, at most
CLEAR = 0.5  # surely ahead of half the group more than surely behind
LEAST_GROUP = 8  # peers; with fewer, all members are the group


@dataclass(frozen=True)
class Standing:
    """The positions one city may hold in a group.

    Attributes:
        first: best position, 1 for nobody surely ahead.
        last: worst position, `cities` for nobody surely behind.
        cities: cities with a figure, the one it is about among them.
    """

    first: int
    last: int
    cities: int

    @property
    def others(self) -> int:
        """Cities it is held against."""
        return self.cities - 1

    @property
    def ahead_of(self) -> int:
        """Cities it is surely ahead of."""
        return self.cities - self.last

    @property
    def behind(self) -> int:
        """Cities it is surely behind."""
        return self.first - 1

    @property
    def score(self) -> float:
        """Share it is surely ahead of, less the share it is surely behind: from -1 to 1."""
        return (self.ahead_of - self.behind) / self.others if self.others else 0.0


def standing(
    values: npt.NDArray[np.float64],
    own: int,
    *,
    better: str,
    decimals: int,
    years: npt.NDArray[np.float64] | None = None,
    yearly_change: float = 0.0,
) -> Standing:
    """The band of one city, as `ranking.rank_bands` gives it, without that of the others.

    Args:
        values: numbers of the group, none missing.
        own: place of the city's own value among them.
        better: "higher" or "lower"; "none" orders from high to low.
        decimals: decimals of the stated values.
        years: period of each value; None where all are of one period.
        yearly_change: how much the indicator typically moves in a year, in its unit.
    """
    merit = np.round(values, decimals) * (-1.0 if better == "lower" else 1.0)
    rounding = 0.5 * 10.0**-decimals
    half = rounding + (0.0 if years is None else yearly_change * (years.max() - years))
    noise = 8 * np.finfo(float).eps * float(np.abs(merit).max(initial=0.0))
    slack = max(1e-6 * rounding, noise)  # ranges that only touch do not overlap
    lowest, highest = merit - half, merit + half
    ahead = int(np.sum(lowest >= highest[own] - slack))
    behind = int(np.sum(highest <= lowest[own] + slack))
    return Standing(ahead + 1, len(merit) - behind, len(merit))


@dataclass(frozen=True)
class Candidate:
    """An indicator that may turn out a strength or a gap.

    Attributes:
        indicator_id: the indicator; it has a better end and is no figure of a country.
        theme: its theme.
        standing: where the city stands in the group.
        group: size of the group without the city, those without a figure too.
    """

    indicator_id: str
    theme: str
    standing: Standing
    group: int

    @property
    def is_covered(self) -> bool:
        """Whether enough of the group have a figure."""
        return self.standing.others >= max(1.0, LEAST_COVERAGE * self.group)


def strengths_and_gaps(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    """Up to NAMED strengths, the clearest first, and up to NAMED gaps, the widest first.

    A strength has a score of CLEAR or more, a gap of -CLEAR or less; of one theme only the
    clearest counts, since figures of a theme often say the same twice. Ties go to the indicator
    with more cities compared, then to the order of the ids.
    """
    covered = [one for one in candidates if one.is_covered]
    best = sorted(covered, key=lambda one: (-one.standing.score, *_tie(one)))
    worst = sorted(covered, key=lambda one: (one.standing.score, *_tie(one)))
    return (
        _one_of_each_theme([one for one in best if one.standing.score >= CLEAR]),
        _one_of_each_theme([one for one in worst if one.standing.score <= -CLEAR]),
    )


def _tie(one: Candidate) -> tuple[int, str]:
    return -one.standing.others, one.indicator_id


def _one_of_each_theme(ordered: list[Candidate]) -> list[Candidate]:
    firsts: dict[str, Candidate] = {}
    for one in ordered:
        firsts.setdefault(one.theme, one)
    return list(firsts.values())[:NAMED]
