"""Figures and periods as documents state them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.stated import Stated, last_day, stated


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("126", Stated(126, "exact", "")),
        ("1,635", Stated(1635, "exact", "")),
        (" 2500000 ", Stated(2_500_000, "exact", "")),
        ("2.6", Stated(2.6, "exact", "")),
        ("over 380", Stated(380, "over", "")),
        ("more than 1,200", Stated(1200, "over", "")),
        ("Over 1200 children", Stated(1200, "over", "children")),
        ("at least 5", Stated(5, "at_least", "")),
        ("around 40", Stated(40, "about", "")),
        ("some 40 cities", Stated(40, "about", "cities")),
        ("14 (9 countries)", Stated(14, "exact", "9 countries")),
        ("255 (derived)", Stated(255, "derived", "")),
        ("30, 7 of them members", Stated(30, "exact", ", 7 of them members")),
        ("27 / 32", Stated(27, "exact", "/ 32")),
        (
            "over 80 (half of them members), more than 20 countries",
            Stated(80, "over", "(half of them members), more than 20 countries"),
        ),
        ("57 (35 countries (Africa 9))", Stated(57, "exact", "(35 countries (Africa 9))")),
    ],
)
def test_a_figure_keeps_what_stands_beside_it(words: str, expected: Stated) -> None:
    assert stated(words) == expected


@pytest.mark.parametrize(
    "words", ["members and over twenty organisations", "", "n/a", "up to 50", "overs 20", "-3"]
)
def test_words_without_a_number_at_their_beginning_are_words(words: str) -> None:
    assert stated(words) == Stated(None, "words", "")


@pytest.mark.parametrize("words", ["100-150", "100–150", "16,35", "1.635,5", "1.2.3", "1 200"])
def test_a_number_that_can_be_read_in_two_ways_is_not_read(words: str) -> None:
    assert stated(words) == Stated(None, "words", "")


@pytest.mark.parametrize(
    ("words", "value"),
    [("4.5 million", 4_500_000), ("over 2 billion EUR", 2e9), ("3 thousand", 3e3)],
)
def test_a_number_counts_in_the_unit_written_behind_it(words: str, value: float) -> None:
    assert stated(words).value == value


def test_a_plus_behind_a_number_makes_it_a_lower_bound() -> None:
    assert stated("380+ experiences") == Stated(380, "at_least", "experiences")


def test_a_derived_lower_bound_stays_a_lower_bound() -> None:
    assert stated("over 255 (derived)") == Stated(255, "over", "derived")


@given(st.integers(0, 10**12))
def test_a_number_is_read_with_and_without_commas(number: int) -> None:
    assert stated(f"{number}").value == stated(f"{number:,}").value == number


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2021", date(2021, 12, 31)),
        ("2021-11", date(2021, 11, 30)),
        ("2020-02", date(2020, 2, 29)),
        ("2021-11-12", date(2021, 11, 12)),
        ("2020/21", date(2021, 12, 31)),
        ("1999/00", date(2000, 12, 31)),
        ("2018/20", date(2020, 12, 31)),
        ("undated", None),
        ("", None),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, expected: date | None) -> None:
    assert last_day(period) == expected


@pytest.mark.parametrize(
    "period",
    ["21", "2021-13", "2021-02-30", "11-2021", "12-11-2021", "21-11-12", "2021-1", "2020/2021",
     "2020/19", "2020/20", "-2021", "2021-", "spring 2021", "20211", "0000"],
)  # fmt: skip
def test_a_period_written_otherwise_is_refused_in_words_that_say_how_to_write_it(
    period: str,
) -> None:
    with pytest.raises(ValueError, match=r"expected a period like 2021, 2021-11.* found '"):
        last_day(period)
