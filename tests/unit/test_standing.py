import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.ranking import rank_bands
from observatory.domain.standing import Candidate, Standing, standing, strengths_and_gaps

NUMBERS = st.lists(st.floats(0, 100), min_size=2, max_size=30)


def candidate(
    name: str, ahead: int, behind: int, others: int, *, theme: str = "", group: int = 10
) -> Candidate:
    place = Standing(behind + 1, others + 1 - ahead, others + 1)
    return Candidate(name, theme or name, place, group)


@given(
    NUMBERS, st.sampled_from(["higher", "lower"]), st.integers(-1, 2), st.floats(0, 3), st.data()
)
def test_a_band_is_the_one_of_the_whole_ranking(
    numbers: list[float], better: str, decimals: int, change: float, data: st.DataObject
) -> None:
    own = data.draw(st.integers(0, len(numbers) - 1))
    years = data.draw(
        st.lists(st.integers(2000, 2024), min_size=len(numbers), max_size=len(numbers))
    )
    bands = rank_bands(
        pd.Series(numbers),
        better=better,
        decimals=decimals,
        years=pd.Series(years),
        yearly_change=change,
    )
    found = standing(
        np.array(numbers),
        own,
        better=better,
        decimals=decimals,
        years=np.array(years, dtype=float),
        yearly_change=change,
    )
    assert (found.first, found.last) == (bands["first"][own], bands["last"][own])


def test_the_best_of_a_group_scores_one_and_the_last_minus_one() -> None:
    values = np.array([1.0, 5.0, 9.0])
    assert standing(values, 2, better="higher", decimals=0).score == 1
    assert standing(values, 2, better="lower", decimals=0).score == -1
    assert standing(values, 1, better="lower", decimals=0).score == 0


def test_equal_values_are_neither_ahead_nor_behind() -> None:
    found = standing(np.array([4.0, 4.0, 4.04]), 0, better="higher", decimals=1)
    assert (found.ahead_of, found.behind) == (0, 0)


def test_a_city_alone_scores_nothing() -> None:
    assert standing(np.array([4.0]), 0, better="higher", decimals=1).score == 0


def test_strengths_are_the_clearest_three_and_gaps_the_widest() -> None:
    listed = [candidate(name, ahead, 10 - ahead, 10) for name, ahead in
              [("a", 10), ("b", 9), ("c", 8), ("d", 8), ("e", 1), ("f", 6)]]  # fmt: skip
    strengths, gaps = strengths_and_gaps(listed)
    assert [one.indicator_id for one in strengths] == ["a", "b", "c"]
    assert [one.indicator_id for one in gaps] == ["e"]


def test_half_more_ahead_than_behind_is_a_strength_and_less_is_not() -> None:
    strengths, _ = strengths_and_gaps([candidate("a", 5, 0, 10), candidate("b", 4, 0, 10)])
    assert [one.indicator_id for one in strengths] == ["a"]


def test_an_indicator_most_of_the_group_lack_is_not_judged() -> None:
    strengths, _ = strengths_and_gaps([candidate("a", 5, 0, 5), candidate("b", 6, 0, 6)])
    assert [one.indicator_id for one in strengths] == ["b"]


def test_of_one_theme_only_the_clearest_counts() -> None:
    listed = [
        candidate("a", 9, 0, 10, theme="air"),
        candidate("b", 10, 0, 10, theme="air"),
        candidate("c", 6, 0, 10),
    ]
    strengths, _ = strengths_and_gaps(listed)
    assert [one.indicator_id for one in strengths] == ["b", "c"]


def test_nothing_to_judge_gives_neither() -> None:
    assert strengths_and_gaps([]) == ([], [])
