"""Rank bands and classes: hand-made examples and properties."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.classes import METHODS, classes_of
from observatory.domain.ranking import is_rankable, rank_bands

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
    assert bands.loc["a"].tolist() == [1, 2, 2]
    assert bands.loc["b"].tolist() == [1, 2, 2]
    assert bands.loc["c"].tolist() == [3, 3, 3]
    assert bands.loc["d"].tolist() == [4, 4, 4]


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


FIELD = pd.Series({"a": 52.0, "b": 50.4, "c": 50.1, "d": 47.0, "e": 40.0})
YEARS = pd.Series({"a": 2020, "b": 2019, "c": 2015, "d": 2020, "e": 2018})
CHANGE = 0.6


def test_bands_hold_every_rank_of_a_simulation_and_reach_its_ends() -> None:
    """10,000 draws of what the values may be now, each uniform within what we know of it."""
    bands = rank_bands(FIELD, better="higher", decimals=1, years=YEARS, yearly_change=CHANGE)
    half = 0.05 + CHANGE * (2020 - YEARS)
    chance = np.random.default_rng(20231)
    draws = chance.uniform(FIELD - half, FIELD + half, size=(10_000, len(FIELD)))
    ranks = (-draws).argsort(axis=1).argsort(axis=1) + 1
    simulated = pd.DataFrame({"first": ranks.min(axis=0), "last": ranks.max(axis=0)}, FIELD.index)
    pd.testing.assert_frame_equal(
        bands[["first", "last"]].sort_index(), simulated.sort_index(), check_dtype=False
    )


def test_an_older_figure_has_a_wider_band() -> None:
    values = pd.Series({"a": 10.0, "b": 9.0, "c": 5.0})
    same = rank_bands(values, better="higher", decimals=0)
    years = pd.Series({"a": 2020, "b": 2015, "c": 2020})
    apart = rank_bands(values, better="higher", decimals=0, years=years, yearly_change=0.5)
    assert same.loc["b"].tolist() == [2, 2, 2]
    assert apart.loc["b"].tolist()[:2] == [1, 2]
    assert apart.loc["a"].tolist()[:2] == [1, 2]


def test_members_without_a_figure_may_all_be_ahead() -> None:
    bands = rank_bands(pd.Series({"a": 2.0, "b": 1.0}), better="higher", decimals=0, missing=3)
    assert bands["last_of_all"].tolist() == [4, 5]


def test_huge_values_are_not_ahead_of_themselves() -> None:
    bands = rank_bands(pd.Series({"a": 2e12, "b": 1e12}), better="higher", decimals=2)
    assert bands["first"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("known", "members", "enough"), [(84, 141, False), (85, 141, True), (1, 1, False)]
)
def test_ranks_need_three_fifths_of_the_members(known: int, members: int, *, enough: bool) -> None:
    assert is_rankable(known, members) is enough


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
