"""Which figures of a measure stand, against small plans made by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.plan import Actual, Baseline, Measure, Plan, Target
from observatory.domain.plan_figures import (
    Forecast,
    baseline,
    forecast,
    inputs_of,
    series,
    target,
)
from observatory.domain.plan_status import Point

START, END = date(2021, 1, 1), date(2023, 12, 31)
PLAN = Plan("p", "Plan", START, END)
LEVEL = Measure("m", "plan", "Members", "members", "up")
PERIODIC = replace(LEVEL, accumulation="periodic")
CUMULATIVE = replace(LEVEL, accumulation="cumulative")


def at(year: int, month: int = 12, day: int = 31) -> date:
    return date(year, month, day)


def actual(
    day: date | None, value: float | None, relation: str = "exact", known_on: date | None = None
) -> Actual:
    known = known_on or day or at(2022)
    return Actual("m", str(day), day, value, relation, str(value), known)


def with_actuals(*actuals: Actual) -> Plan:
    other = Actual("other", "2022", at(2022), 99, "exact", "99", at(2022))
    return replace(PLAN, actuals=(other, *actuals))


def points(*pairs: tuple[date, float]) -> tuple[Point, ...]:
    return tuple(Point(value, day) for day, value in pairs)


@pytest.mark.parametrize("measure", [LEVEL, PERIODIC])
def test_figures_of_days_and_of_periods_stand_for_themselves(measure: Measure) -> None:
    """Oldest first; words and what has no day are no points."""
    plan = with_actuals(
        actual(at(2022), 30, "over"),
        actual(at(2020), 10),
        actual(None, 40),
        actual(at(2021), None, "words"),
    )
    found = series(plan, measure)
    assert found.points == points((at(2020), 10), (at(2022), 30))
    assert found.relations == ("exact", "over")


def test_cumulative_figures_add_up_from_the_plans_first_day() -> None:
    """500 is from before the plan; a sum that a lower bound is in is a lower bound."""
    plan = with_actuals(
        actual(at(2020), 500),
        actual(START, 5),
        actual(at(2021), 100),
        actual(at(2022), 80, "over"),
        actual(at(2023), 10),
    )
    found = series(plan, CUMULATIVE)
    assert found.points == points((START, 5), (at(2021), 105), (at(2022), 185), (at(2023), 195))
    assert found.relations == ("exact", "exact", "over", "over")


def test_of_figures_about_one_day_the_one_known_last_stands() -> None:
    plan = with_actuals(
        actual(at(2021), 7, known_on=at(2022, 5, 1)),
        actual(at(2021), 5),
        actual(at(2022), 8, known_on=at(2023)),
        actual(at(2022), 9, known_on=at(2023)),
    )
    assert series(plan, LEVEL).points == points((at(2021), 7), (at(2022), 9))
    assert series(plan, CUMULATIVE).points == points((at(2021), 7), (at(2022), 16))


def test_the_baseline_is_the_last_figure_from_before_the_plan() -> None:
    plan = with_actuals(actual(at(2018), 1), actual(at(2020), 3), actual(at(2021), 4))
    assert baseline(plan, LEVEL) == Point(3, at(2020))
    assert baseline(with_actuals(actual(START, 4)), LEVEL) is None
    assert baseline(PLAN, LEVEL) is None


def test_a_given_baseline_stands_and_of_several_the_one_known_last() -> None:
    given_ones = (
        Baseline("m", at(2019), 8, known_on=at(2022)),
        Baseline("m", at(2020), 9, known_on=at(2021)),
        Baseline("other", at(2020), 1, known_on=at(2023)),
    )
    plan = replace(with_actuals(actual(at(2020), 3)), baselines=given_ones)
    assert baseline(plan, LEVEL) == Point(8, at(2019))


def test_a_sum_starts_at_nothing_on_the_first_day() -> None:
    plan = with_actuals(actual(at(2020), 500))
    assert baseline(plan, CUMULATIVE) == Point(0, START)


def aim(day: date, value: float, standing: str, known_on: date = START) -> Target:
    return Target("m", day, value, standing, known_on)


def with_targets(*targets: Target) -> Plan:
    return replace(PLAN, targets=targets)


def test_a_target_of_higher_standing_counts() -> None:
    official, adopted, ours = (
        aim(END, value, standing)
        for value, standing in ((1, "official"), (2, "adopted"), (3, "illustrative"))
    )
    assert target(with_targets(ours, official, adopted), LEVEL, START) == official
    assert target(with_targets(ours, adopted), LEVEL, START) == adopted
    assert target(with_targets(ours), LEVEL, START) == ours
    assert target(PLAN, LEVEL, START) is None


def test_of_several_targets_the_next_due_counts_and_the_last_where_all_are_past() -> None:
    first, second = aim(at(2021), 1, "official"), aim(at(2022), 2, "official")
    plan = with_targets(second, first)
    assert target(plan, LEVEL, at(2021)) == first  # the day itself is not past
    assert target(plan, LEVEL, at(2022, 1, 1)) == second
    assert target(plan, LEVEL, at(2030)) == second


def test_of_targets_for_one_day_the_one_known_last_counts() -> None:
    old, new = aim(END, 1, "official"), aim(END, 2, "official", known_on=at(2022))
    assert target(with_targets(new, old), LEVEL, START) == new


def test_a_status_follows_from_the_newest_figure_after_the_baseline() -> None:
    plan = replace(
        with_actuals(actual(at(2020), 3), actual(at(2021), 4), actual(at(2022), 5, "at_least")),
        targets=(aim(END, 9, "adopted"),),
    )
    found = inputs_of(plan, replace(LEVEL, rhythm_months=6, polarity="down"), at(2023))
    assert found.baseline == Point(3, at(2020))
    assert found.actual == Point(5, at(2022))
    assert found.target == Point(9, END)
    assert (found.relation, found.standing) == ("at_least", "adopted")
    assert (found.as_of, found.rhythm_months, found.polarity) == (at(2023), 6, "down")


def test_a_figure_from_before_the_plan_is_no_actual() -> None:
    """Nor is one that is not newer than a given baseline."""
    assert inputs_of(with_actuals(actual(at(2020), 3)), LEVEL, END).actual is None
    late = replace(
        with_actuals(actual(at(2021), 4)), baselines=(Baseline("m", at(2021), 4, at(2021)),)
    )
    assert inputs_of(late, LEVEL, END).actual is None
    assert inputs_of(with_actuals(actual(START, 4)), LEVEL, END).actual == Point(4, START)


@given(st.permutations([(2019, 2.0), (2020, 3.0), (2021, 4.0), (2022, 5.0)]))
def test_the_order_of_the_figures_does_not_matter(rows: list[tuple[int, float]]) -> None:
    plan = with_actuals(*(actual(at(year), value) for year, value in rows))
    for measure in (LEVEL, PERIODIC, CUMULATIVE):
        ordered = with_actuals(*(actual(at(year), value) for year, value in sorted(rows)))
        assert inputs_of(plan, measure, END) == inputs_of(ordered, measure, END)


def every_100_days(values: Sequence[float], relation: str = "exact") -> Plan:
    return with_actuals(
        *(actual(START + timedelta(100 * n), value, relation) for n, value in enumerate(values))
    )


def test_a_forecast_is_the_line_of_least_squares_with_its_interval() -> None:
    """By hand, for 11, 13, 12, 16 on days 0, 100, 200, 300, foretold for day 400.

    Means 150 and 13; Sxx = 50,000, Sxy = 700, slope 0.014: 13 + 0.014 x 250 = 16.5. Left over: 0.1,
    0.7, -1.7, 0.9, squares 4.2, of 2 degrees of freedom: error 1.449138. Student's t of 0.975 with
    2 degrees: 4.302653. Half the interval: 4.302653 x 1.449138 x sqrt(1 + 1/4 + 62,500/50,000).
    """
    end = START + timedelta(400)
    found = forecast(every_100_days([11, 13, 12, 16]), LEVEL, end)
    assert (found.on, found.points, found.why_not) == (end, 4, "")
    assert found.value == pytest.approx(16.5)
    assert found.low == pytest.approx(16.5 - 9.858617, abs=1e-4)
    assert found.high == pytest.approx(16.5 + 9.858617, abs=1e-4)


def test_an_interval_is_cut_at_zero_where_no_figure_was_ever_below() -> None:
    """The line above, ten lower: 6.5 - 9.86 is below zero. With a figure below zero it may be."""
    end = START + timedelta(400)
    wide = forecast(every_100_days([1, 3, 2, 6]), LEVEL, end)
    assert (wide.value, wide.low, wide.is_cut) == (pytest.approx(6.5), 0, True)
    assert wide.high == pytest.approx(6.5 + 9.858617, abs=1e-4)
    change = forecast(every_100_days([-1, 1, 0, 4]), LEVEL, end)
    assert (change.value, change.low) == (pytest.approx(4.5), pytest.approx(-5.358617, abs=1e-4))
    assert not change.is_cut
    falling = forecast(every_100_days([30, 20, 10, 1]), LEVEL, end)
    assert falling == Forecast(points=4, why_not="below")


def test_figures_on_a_line_are_foretold_without_doubt() -> None:
    found = forecast(every_100_days([10, 20, 30]), LEVEL, START + timedelta(300))
    assert [found.low, found.value, found.high] == pytest.approx([40, 40, 40], abs=1e-6)


def test_a_forecast_of_a_sum_is_of_the_sum() -> None:
    found = forecast(every_100_days([10, 10, 10]), CUMULATIVE, START + timedelta(300))
    assert found.value == pytest.approx(40)


def test_there_is_no_forecast_without_three_figures_that_are_no_lower_bounds() -> None:
    assert forecast(PLAN, LEVEL, END) == Forecast(points=0, why_not="too_few")
    assert forecast(every_100_days([1, 2]), LEVEL, END) == Forecast(points=2, why_not="too_few")
    bounds = every_100_days([1, 2, 3], "over")
    assert forecast(bounds, LEVEL, END) == Forecast(points=0, why_not="bounds")
    two_exact = replace(
        bounds, actuals=(*bounds.actuals, actual(at(2022), 4), actual(at(2023, 1, 1), 5))
    )
    assert forecast(two_exact, LEVEL, END) == Forecast(points=2, why_not="bounds")


def test_there_is_no_forecast_of_what_is_already_there() -> None:
    last = START + timedelta(200)
    plan = every_100_days([1, 2, 3])
    assert forecast(plan, LEVEL, last) == Forecast(points=3, why_not="past")
    assert forecast(plan, LEVEL, last + timedelta(1)).why_not == ""
