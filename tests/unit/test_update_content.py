"""What an update may say: numbers that are read one way only, periods that have ended."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.workspace.update_content import as_published, content_problems, number_of

TODAY = date(2026, 11, 23)
FIGURE = {"period": "2025", "value": "60", "note": "counted"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u202f200\u202f000", 1_200_000),
        ("12.5", 12.5),
        ("-3", -3),
        ("1,234,567.89", 1_234_567.89),
        (60, 60),
        (60.5, 60.5),
        (1e21, 1e21),
        ("12,5", None),
        ("1,2,3", None),
        ("1.200,5", None),
        ("1,200 300", None),
        ("12,50", None),
        (",5", None),
        ("", None),
        ("about 40", None),
        ("١٢", None),
        ("nan", None),
        ("1e999", None),
        (True, None),
        (None, None),
    ],
)
def test_a_number_is_read_one_way_or_not_at_all(typed: object, number: float | None) -> None:
    assert number_of(typed) == number


@given(st.floats(-1e12, 1e12))
def test_numbers_as_programs_and_papers_write_them_come_back(value: float) -> None:
    assert number_of(value) == value
    assert number_of(f"{value:,.3f}") == float(f"{value:.3f}")


@pytest.mark.parametrize("period", ["2025", "2026-10", "2026-11-23", "1900", "2024/25"])
def test_a_figure_is_about_a_period_that_has_ended(period: str) -> None:
    assert content_problems("actual", {**FIGURE, "period": period}, TODAY) == []


@pytest.mark.parametrize(
    "period", ["2026", "2026-11", "2026-11-24", "2099", "1850", "1899-12-31", "soon", "", "undated"]
)
def test_a_period_to_come_or_of_another_century_is_told(period: str) -> None:
    (problem,) = content_problems("actual", {**FIGURE, "period": period}, TODAY)
    assert problem.startswith("Period: expected")
    assert repr(period) in problem


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("forecast", {"on": "2199-12-31", "value": "5", "note": "why"}),
        ("milestone", {"title": "Opening", "due_on": "1066-10-14"}),
    ],
)
def test_days_of_no_plan_are_told(kind: str, content: dict[str, object]) -> None:
    (problem,) = content_problems(kind, content, TODAY)
    assert "expected a day like" in problem


def test_a_published_figure_keeps_how_it_was_typed() -> None:
    told = as_published("actual", {**FIGURE, "value": "1,200"})
    assert (told["value"], told["as_stated"]) == (1200.0, "1,200")
    told = as_published("actual", {**FIGURE, "value": "1,200", "as_stated": "over 1,200 people"})
    assert (told["value"], told["as_stated"]) == (1200.0, "over 1,200 people")
