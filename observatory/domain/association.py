"""How two indicators go together: coefficients and a line, each with its interval."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

FEWEST = 10  # cities; below, neither a coefficient nor a line says anything
LEVEL = 0.95
NORMAL_QUANTILE = NormalDist().inv_cdf((1 + LEVEL) / 2)
PEARSON, SPEARMAN = "pearson", "spearman"
METHODS = (PEARSON, SPEARMAN)
SPEARMAN_INFLATION = 1.06  # of the variance of Fisher's z (Fieller, Hartley and Pearson 1957)


Numbers: TypeAlias = pd.Series | npt.NDArray[np.float64]


@dataclass(frozen=True)
class Association:
    """A correlation coefficient.

    Attributes:
        n: cities with both values.
        coefficient: from -1 to 1; NaN where it is not given.
        low, high: the 95 % interval; NaN where it is not given.
        why_not: why there is no coefficient: "few" (under FEWEST cities), "constant" (all
            values of one indicator are the same), or "".
    """

    n: int
    coefficient: float
    low: float
    high: float
    why_not: str


def association(x: Numbers, y: Numbers, method: str) -> Association:
    """How two indicators go together over the cities that have both.

    Args:
        x: values; pairs with a missing one (NaN) are left out.
        y: values, aligned with x.
        method: "pearson" (of the values) or "spearman" (of their ranks).

    Returns:
        The coefficient with its interval by Fisher's z.
    """
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    n = len(first)
    if n < FEWEST:
        return Association(n, math.nan, math.nan, math.nan, "few")
    if first.min() == first.max() or second.min() == second.max():
        return Association(n, math.nan, math.nan, math.nan, "constant")
    if method == SPEARMAN:
        first, second = (pd.Series(one).rank().to_numpy() for one in (first, second))
    coefficient = _correlation(first, second)
    low, high = _interval(coefficient, n, method)
    return Association(n, coefficient, low, high, "")


def _correlation(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    """As np.corrcoef gives it, in a third of its time: a matrix has 66 pairs."""
    first, second = first - first.mean(), second - second.mean()
    size = math.sqrt(float(first @ first)) * math.sqrt(float(second @ second))
    return max(-1.0, min(1.0, float(first @ second) / size))


def _interval(coefficient: float, n: int, method: str) -> tuple[float, float]:
    if abs(coefficient) >= 1 - 1e-12:
        return coefficient, coefficient
    inflation = SPEARMAN_INFLATION if method == SPEARMAN else 1.0
    half = NORMAL_QUANTILE * math.sqrt(inflation / (n - 3))
    z = math.atanh(coefficient)
    return math.tanh(z - half), math.tanh(z + half)


@dataclass(frozen=True)
class TrendLine:
    """A least-squares line with the 95 % band of its mean.

    Attributes:
        x: where the line is drawn, rising.
        y, low, high: the line and its band there.
        slope: rise in y per unit of x (of their logarithms, where the axes are logarithmic).
        n: cities it rests on.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    slope: float
    n: int


def trend_line(
    x: pd.Series, y: pd.Series, *, log_x: bool = False, log_y: bool = False, points: int = 60
) -> TrendLine | None:
    """The line through a scatter, straight on the axes as they are drawn.

    Args:
        x: values; pairs with a missing one are left out, and on a logarithmic axis those with
            one that is not above 0.
        y: values, aligned with x.
        log_x: whether the axis of x is logarithmic.
        log_y: whether the axis of y is logarithmic.
        points: where the line is drawn.

    Returns:
        The line in the units of x and y, or None under FEWEST cities or for a constant x.
    """
    both = x.notna() & y.notna() & ((x > 0) | (not log_x)) & ((y > 0) | (not log_y))
    first = _scaled(x[both].to_numpy(float), log=log_x)
    second = _scaled(y[both].to_numpy(float), log=log_y)
    n = len(first)
    if n < FEWEST or np.ptp(first) == 0:
        return None
    slope, intercept = np.polyfit(first, second, 1)
    at = np.linspace(first.min(), first.max(), points)
    middle = intercept + slope * at
    residual = second - intercept - slope * first
    error = math.sqrt(float(residual @ residual) / (n - 2))
    spread = float(((first - first.mean()) ** 2).sum())
    half = (
        float(stdtrit(n - 2, (1 + LEVEL) / 2))
        * error
        * np.sqrt(1 / n + (at - first.mean()) ** 2 / spread)
    )
    return TrendLine(
        x=_unscaled(at, log=log_x),
        y=_unscaled(middle, log=log_y),
        low=_unscaled(middle - half, log=log_y),
        high=_unscaled(middle + half, log=log_y),
        slope=float(slope),
        n=n,
    )


def _scaled(values: npt.NDArray[np.float64], *, log: bool) -> npt.NDArray[np.float64]:
    return np.log10(values) if log else values


def _unscaled(values: npt.NDArray[np.float64], *, log: bool) -> npt.NDArray[np.float64]:
    return 10.0**values if log else values
