"""Values that do not fit their own series: a misplaced digit, a part taken for the whole."""

import numpy as np
import numpy.typing as npt
import pandas as pd

LEAST_NEIGHBOURS = 2  # with a single neighbour nobody can tell which of the two is wrong


def outliers(
    series: pd.DataFrame, *, factor: float = 3.0, reach: int = 3, span_years: int = 15
) -> pd.Series:
    """Which values lie further than a factor from the median of their neighbours.

    The neighbours of a value are up to `reach` values before and `reach` after it in the same
    series, none further off than `span_years`: cities do grow threefold in a generation. The
    worst value is taken out first and the rest looked at anew, so that one wrong value does not
    condemn its neighbours. A lasting step within a long series (a new boundary) is no outlier up
    to the square of the factor, as neighbours lie on both its sides.

    Args:
        series: columns place_key, period_year (one row per pair) and value.
        factor: how many times as large or as small a value may be; above 1.
        reach: neighbours looked at on each side.
        span_years: how many years before or after a neighbour may lie.

    Returns:
        True for an outlier and for a value of 0 or less, indexed as `series`; False for a value
        with fewer than two neighbours.
    """
    found = pd.Series(data=False, index=series.index)
    ordered = series.sort_values("period_year", kind="stable")
    for _, rows in ordered.groupby("place_key", sort=False):
        found.loc[rows.index] = _outliers_of(
            np.log(rows["value"].where(rows["value"] > 0).to_numpy(float)),
            rows["period_year"].to_numpy(int),
            np.log(factor),
            (reach, span_years),
        )
    return found


def _outliers_of(
    logs: npt.NDArray[np.float64],
    years: npt.NDArray[np.int_],
    limit: float,
    window: tuple[int, int],
) -> npt.NDArray[np.bool_]:
    kept = np.flatnonzero(~np.isnan(logs))
    while len(kept):
        distances = _distances(logs[kept], years[kept], window)
        worst = int(np.argmax(distances))
        if distances[worst] <= limit:
            break
        kept = np.delete(kept, worst)
    return ~np.isin(np.arange(len(logs)), kept)


def _distances(
    logs: npt.NDArray[np.float64], years: npt.NDArray[np.int_], window: tuple[int, int]
) -> npt.NDArray[np.float64]:
    """How far each logarithm lies from the median of its neighbours; 0 where they are too few."""
    reach, span_years = window
    distances = np.zeros(len(logs))
    for position, year in enumerate(years):
        near = np.arange(max(0, position - reach), min(len(logs), position + reach + 1))
        near = near[(near != position) & (abs(years[near] - year) <= span_years)]
        if len(near) >= LEAST_NEIGHBOURS:
            distances[position] = abs(logs[position] - np.median(logs[near]))
    return distances


def disproportionate(
    city: pd.Series, metro: pd.Series, *, least_share: float = 0.01, most_share: float = 3.0
) -> pd.DataFrame:
    """Which of two figures of one name and year cannot be what it is said to be.

    Args:
        city: persons in the city proper, by any key.
        metro: persons in the urban agglomeration of the same name, by the same key.
        least_share: a city below this part of its agglomeration is not the city.
        most_share: an agglomeration is no agglomeration if the city has more than this times it.

    Returns:
        Columns city and metro, True where that figure fails, for the keys that both have.
    """
    share = (city / metro).dropna()
    return pd.DataFrame({"city": share < least_share, "metro": share > most_share})
