"""Rank bands: how far a position can be trusted."""

import numpy as np
import pandas as pd


def rank_bands(values: pd.Series, *, better: str, decimals: int) -> pd.DataFrame:
    """The positions each city may hold, given rounding and ties.

    A value stated with d decimals stands for anything within half a unit of its last place.
    A city is surely ahead of another where the two ranges do not touch; its band runs from one
    more than the cities surely ahead to all but those surely behind.

    Args:
        values: numbers by city_id, none missing.
        better: "higher" or "lower"; for "none" the order is from high to low and says nothing
            about merit.
        decimals: decimals of the stated values; negative for rounding to tens, hundreds, …

    Returns:
        Columns first and last (1 is the best position), indexed by city_id, best first.
    """
    half = 0.5 * 10.0**-decimals
    sign = -1.0 if better == "lower" else 1.0
    merit = np.round(values.to_numpy(float), decimals) * sign
    rising = np.sort(merit)
    slack = 1e-9 * max(1.0, float(np.abs(merit).max(initial=0.0)))
    surely_ahead = len(merit) - np.searchsorted(rising, merit + 2 * half - slack, side="left")
    surely_behind = np.searchsorted(rising, merit - 2 * half + slack, side="right")
    bands = pd.DataFrame(
        {"first": surely_ahead + 1, "last": len(merit) - surely_behind, "merit": merit},
        index=values.index,
    )
    ordered = bands.sort_values(["merit", "first"], ascending=[False, True], kind="stable")
    return ordered[["first", "last"]]
