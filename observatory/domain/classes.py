"""Values into classes for a map: how the limits are found, and what each class is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import jenkspy
import numpy as np
import numpy.typing as npt
import pandas as pd

METHODS = ("quantile", "natural", "equal", "continuous")
CLASS_COUNT = 5
CONTINUOUS_STEPS = 24


@dataclass(frozen=True)
class Classes:
    """Class limits of a set of values.

    Attributes:
        method: one of METHODS.
        limits: k + 1 rising limits; class i holds limits[i] < v <= limits[i + 1], the first
            class its lower limit too. Empty where there is no value.
    """

    method: str
    limits: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many classes there are."""
        return max(len(self.limits) - 1, 0)

    def index_of(self, values: pd.Series) -> npt.NDArray[np.int64]:
        """The class of each value, 0 to count - 1; -1 where the value is missing."""
        if self.count == 0:
            return np.full(len(values), -1)
        inner = np.asarray(self.limits[1:-1])
        found = np.searchsorted(inner, values.to_numpy(float), side="left")
        return np.where(values.isna(), -1, found)

    def members(self, values: pd.Series) -> list[int]:
        """How many values fall into each class."""
        found = self.index_of(values)
        return [int((found == index).sum()) for index in range(self.count)]


def classes_of(values: pd.Series, method: str) -> Classes:
    """Limits for the values by a method; fewer classes where there are few distinct values.

    Args:
        values: numbers, missing ones allowed.
        method: "quantile" (equal counts), "natural" (Fisher-Jenks: least spread within),
            "equal" (equal widths) or "continuous" (a fine ramp of equal widths).

    Raises:
        ValueError: the method is none of these.
    """
    if method not in METHODS:
        raise ValueError(f"expected one of {', '.join(METHODS)}, found {method!r}")
    known = values.dropna().to_numpy(float)
    distinct = len(np.unique(known))
    if distinct == 0:
        return Classes(method, ())
    if distinct == 1:
        return Classes(method, (float(known[0]), float(known[0])))
    count = CONTINUOUS_STEPS if method == "continuous" else min(CLASS_COUNT, distinct)
    return Classes(method, _rising([float(known.min()), *_upper_limits(known, method, count)]))


def _upper_limits(known: npt.NDArray[np.float64], method: str, count: int) -> Sequence[float]:
    if method == "quantile":
        return [float(q) for q in np.quantile(known, np.arange(1, count + 1) / count)]
    if method == "natural":
        return [float(limit) for limit in jenkspy.jenks_breaks(known, n_classes=count)[1:]]
    return [float(limit) for limit in np.linspace(known.min(), known.max(), count + 1)[1:]]


def _rising(limits: list[float]) -> tuple[float, ...]:
    """Limits without repeats, which ties can cause."""
    kept = [low for low, high in pairwise(limits) if high > low]
    return (*kept, limits[-1])
