"""Correlation and trend lines: hand-checked values and properties."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from observatory.domain.association import METHODS, association, trend_line

pairs = st.lists(
    st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=10, max_size=40
)


def _columns(rows: list[tuple[int, int]]) -> tuple[pd.Series, pd.Series]:
    frame = pd.DataFrame(rows, columns=["x", "y"], dtype=float)
    return frame["x"], frame["y"]


def test_a_line_without_scatter_has_coefficient_one() -> None:
    x = pd.Series(np.arange(12.0))
    found = association(x, 3 * x + 1, "pearson")
    assert (found.n, found.coefficient, found.low, found.high) == (12, 1.0, 1.0, 1.0)


def test_the_interval_is_fishers() -> None:
    x = pd.Series([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    y = pd.Series([2.0, 1, 4, 3, 7, 5, 8, 6, 9, 12, 10, 11])
    found = association(x, y, "pearson")
    low, high = stats.pearsonr(x, y).confidence_interval(0.95)
    assert found.coefficient == pytest.approx(stats.pearsonr(x, y).statistic)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_nine_cities_are_too_few() -> None:
    x = pd.Series(np.arange(9.0))
    found = association(x, x, "pearson")
    assert (found.n, found.why_not) == (9, "few")
    assert math.isnan(found.coefficient)
    assert trend_line(x, x) is None


def test_a_constant_indicator_goes_with_nothing() -> None:
    x = pd.Series(np.arange(12.0))
    assert association(x, pd.Series([5.0] * 12), "spearman").why_not == "constant"


def test_pairs_with_a_missing_value_are_left_out() -> None:
    x = pd.Series([*np.arange(12.0), np.nan])
    y = pd.Series([np.nan, *np.arange(12.0)])
    assert association(x, y, "pearson").n == 11


@given(pairs, st.sampled_from(METHODS))
def test_it_is_the_same_both_ways_round(rows: list[tuple[int, int]], method: str) -> None:
    x, y = _columns(rows)
    one, other = association(x, y, method), association(y, x, method)
    assert one.why_not == other.why_not
    assert one.coefficient == pytest.approx(other.coefficient, nan_ok=True)


@given(pairs, st.sampled_from(METHODS), st.integers(1, 50), st.integers(-99, 99))
def test_it_does_not_depend_on_the_unit(
    rows: list[tuple[int, int]], method: str, factor: int, shift: int
) -> None:
    x, y = _columns(rows)
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    found = association(x, y, method)
    assert association(x * factor + shift, y, method).coefficient == pytest.approx(
        found.coefficient, abs=1e-9
    )
    assert found.low <= found.coefficient <= found.high


def test_the_band_is_narrowest_at_the_mean_and_holds_the_line() -> None:
    chance = np.random.default_rng(7)
    x = pd.Series(np.arange(30.0))
    line = trend_line(x, 2 * x + chance.normal(0, 3, 30))
    assert line is not None
    assert line.n == 30
    width = line.high - line.low
    assert abs(int(width.argmin()) - len(width) // 2) <= 1
    assert ((line.low <= line.y) & (line.y <= line.high)).all()


def test_on_logarithmic_axes_a_power_is_a_straight_line() -> None:
    x = pd.Series(np.arange(1.0, 21.0))
    line = trend_line(x, 5 * x**2, log_x=True, log_y=True)
    assert line is not None
    assert line.slope == pytest.approx(2)
    assert line.y == pytest.approx(5 * line.x**2)


def test_values_not_above_nought_have_no_place_on_a_logarithmic_axis() -> None:
    x = pd.Series([-1.0, 0.0, *np.arange(1.0, 13.0)])
    line = trend_line(x, x + 20, log_x=True)
    assert line is not None
    assert line.n == 12
