"""Rank bands: how far a position can be trusted, and when there is none to give."""

import numpy as np
import numpy.typing as npt
import pandas as pd

LEAST_COVERAGE = 0.6  # of the members; below, the missing ones could change any position


def is_rankable(known: int, members: int) -> bool:
    """Whether enough of the members have a figure for positions to mean anything."""
    return known > 1 and known >= LEAST_COVERAGE * members


def rank_bands(
    values: pd.Series,
    *,
    better: str,
    decimals: int,
    years: pd.Series | None = None,
    yearly_change: float = 0.0,
    missing: int = 0,
) -> pd.DataFrame:
    """The positions each city may hold under the uncertainty we know.

    A value stated with d decimals stands for anything within half a unit of its last place. A
    value of an earlier year than the newest may have moved since, by `yearly_change` a year. A
    city is surely ahead of another where the two ranges do not touch; its band runs from one
    more than the cities surely ahead to all but those surely behind. Cities without a figure
    could all be ahead: `last_of_all` says how far back the position then may be.

    Args:
        values: numbers by city_id, none missing.
        better: "higher" or "lower"; for "none" the order is from high to low and says nothing
            about merit.
        decimals: decimals of the stated values; negative for rounding to tens, hundreds, …
        years: period of each value, indexed as values; None where all are of one period.
        yearly_change: how much the indicator typically moves in a year, in its unit.
        missing: members without a figure.

    Returns:
        Columns first, last (1 is the best position among the cities with a figure) and
        last_of_all, indexed by city_id, best first.
    """
    sign = -1.0 if better == "lower" else 1.0
    merit = np.round(values.to_numpy(float), decimals) * sign
    rounding = 0.5 * 10.0**-decimals
    half = rounding + yearly_change * _years_behind(years, len(merit))
    noise = 8 * np.finfo(float).eps * float(np.abs(merit).max(initial=0.0))
    slack = max(1e-6 * rounding, noise)  # ranges that only touch do not overlap
    lowest, highest = merit - half, merit + half
    surely_ahead = len(merit) - np.searchsorted(np.sort(lowest), highest - slack, side="left")
    surely_behind = np.searchsorted(np.sort(highest), lowest + slack, side="right")
    last = len(merit) - surely_behind
    bands = pd.DataFrame(
        {"first": surely_ahead + 1, "last": last, "last_of_all": last + missing, "merit": merit},
        index=values.index,
    )
    ordered = bands.sort_values(["merit", "first"], ascending=[False, True], kind="stable")
    return ordered[["first", "last", "last_of_all"]]


def _years_behind(years: pd.Series | None, count: int) -> npt.NDArray[np.float64]:
    if years is None or count == 0:
        return np.zeros(count)
    periods = years.to_numpy(float)
    behind: npt.NDArray[np.float64] = periods.max() - periods
    return behind
