"""Rank bands and classes: hand-made examples and properties."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.classes import METHODS, classes_of
from observatory.domain.ranking import rank_bands

numbers = st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=40)


def _series(values: list[int]) -> pd.Series:
    return pd.Series([float(v) for v in values], index=[f"c{i}" for i in range(len(values))])


def test_clear_differences_give_single_positions() -> None:
    bands = rank_bands(pd.Series({"a": 10.0, "b": 20.0, "c": 30.0}), better="higher", decimals=0)
    assert bands["first"].to_dict() == {"c": 1, "b": 2, "a": 3}
    assert bands["last"].to_dict() == {"c": 1, "b": 2, "a": 3}


def test_ties_and_neighbours_within_rounding_share_a_band() -> None:
    values = pd.Series({"a": 5.0, "b": 5.0, "c": 4.0, "d": 2.0})
    bands = rank_bands(values, better="higher", decimals=0)
    assert bands.loc["a"].tolist() == [1, 2]
    assert bands.loc["b"].tolist() == [1, 2]
    assert bands.loc["c"].tolist() == [3, 3]
    assert bands.loc["d"].tolist() == [4, 4]


def test_lower_is_better_turns_the_order() -> None:
    bands = rank_bands(pd.Series({"a": 1.0, "b": 9.0}), better="lower", decimals=0)
    assert list(bands.index) == ["a", "b"]


@given(numbers)
def test_a_band_holds_its_own_position_and_stays_within_the_field(values: list[int]) -> None:
    bands = rank_bands(_series(values), better="higher", decimals=0)
    positions = np.arange(1, len(values) + 1)
    assert (bands["first"] >= 1).all()
    assert (bands["last"] <= len(values)).all()
    assert (bands["first"].to_numpy() <= positions).all()
    assert (bands["last"].to_numpy() >= positions).all()


@given(numbers, st.randoms())
def test_bands_do_not_depend_on_row_order(values: list[int], random: Random) -> None:
    series = _series(values)
    shuffled = list(series.index)
    random.shuffle(shuffled)
    one = rank_bands(series, better="higher", decimals=0).sort_index()
    other = rank_bands(series[shuffled], better="higher", decimals=0).sort_index()
    pd.testing.assert_frame_equal(one, other)


def test_quantiles_hold_equal_counts() -> None:
    values = pd.Series(np.arange(1.0, 101.0))
    assert classes_of(values, "quantile").members(values) == [20] * 5


def test_equal_steps_are_equal() -> None:
    limits = classes_of(pd.Series([0.0, 1.0, 2.0, 5.0, 10.0, 3.0]), "equal").limits
    assert np.diff(limits) == pytest.approx([2.0] * 5)


def test_no_value_gives_no_class() -> None:
    assert classes_of(pd.Series([np.nan, np.nan]), "quantile").count == 0


@given(numbers, st.sampled_from(METHODS))
def test_every_value_falls_into_one_class(values: list[int], method: str) -> None:
    series = _series(values)
    classes = classes_of(series, method)
    assert sum(classes.members(series)) == len(values)
