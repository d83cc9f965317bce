"""What is owed by its rhythm: from the right day on, overdue when the rule of status says so."""

from datetime import date, timedelta

import pytest

from observatory.domain.plan import (
    Actual,
    Baseline,
    Initiative,
    Line,
    Measure,
    Objective,
    Plan,
    Target,
)
from observatory.domain.plan_as_of import as_of
from observatory.domain.plan_due import due
from observatory.domain.plan_review import statuses

STARTS = date(2021, 1, 1)


def plan_with(rhythm_months: int, last_on: date | None, stage: str = "under_way") -> Plan:
    """One measure of one initiative, with its last figure."""
    figures = [] if last_on is None else [
        Actual("m", str(last_on), last_on, 5, "exact", "5", last_on)
    ]  # fmt: skip
    return Plan(
        "p", "Plan", STARTS, date(2030, 12, 31),
        objectives=(Objective("O1", "Know"),),
        lines=(Line("L1", "O1", "Learn"),),
        initiatives=(Initiative("i", "L1", "Course", "learning", stage=stage),),
        measures=(Measure("m", "i", "People", "people", "up", rhythm_months=rhythm_months),),
        baselines=(Baseline("m", STARTS, 0, STARTS),),
        targets=(Target("m", date(2030, 12, 31), 500, "adopted", STARTS),),
        actuals=tuple(figures),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm_months", "last_on", "due_on"),
    [
        (1, date(2022, 1, 31), date(2022, 2, 28)),
        (1, date(2022, 2, 28), date(2022, 3, 31)),
        (1, date(2024, 2, 29), date(2024, 3, 31)),
        (1, date(2022, 3, 15), date(2022, 4, 15)),
        (1, date(2022, 1, 30), date(2022, 2, 28)),
        (3, date(2022, 6, 30), date(2022, 9, 30)),
        (3, date(2022, 9, 30), date(2022, 12, 31)),
        (12, date(2022, 12, 31), date(2023, 12, 31)),
        (12, date(2023, 2, 28), date(2024, 2, 29)),
        (12, date(2022, 11, 8), date(2023, 11, 8)),
        (36, date(2021, 11, 12), date(2024, 11, 12)),
    ],
)
def test_a_figure_is_owed_from_the_end_of_its_next_period(
    rhythm_months: int, last_on: date, due_on: date
) -> None:
    plan = plan_with(rhythm_months, last_on)
    assert due(plan, due_on - timedelta(days=1)) == []
    (found,) = due(plan, due_on)
    assert (found.due_on, found.is_overdue) == (due_on, False)


def test_a_measure_without_a_figure_is_owed_from_the_first_day_of_the_plan() -> None:
    (found,) = due(plan_with(12, None), STARTS)
    assert (found.due_on, found.last, found.is_overdue) == (STARTS, None, False)


@pytest.mark.parametrize("stage", ["done", "stopped"])
def test_what_is_done_or_stopped_owes_nothing(stage: str) -> None:
    assert due(plan_with(1, date(2022, 1, 31), stage), date(2025, 1, 1)) == []


@pytest.mark.parametrize("rhythm_months", [1, 3, 12])
def test_overdue_begins_on_the_day_it_does_in_the_status(rhythm_months: int) -> None:
    for last_on in (date(2022, 1, 31), date(2023, 2, 28), date(2023, 12, 31)):
        plan = plan_with(rhythm_months, last_on)
        for days in range(800):
            day = last_on + timedelta(days=days)
            owed = [one.is_overdue for one in due(plan, day)]
            status = statuses(as_of(plan, day), day)[1]["m"].status
            assert (True in owed) == (status == "overdue"), (last_on, day)
