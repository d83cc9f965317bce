"""What is owed: measures whose next figure is due by their rhythm."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from observatory.domain.plan import Actual, Measure, Plan
from observatory.domain.plan_status import is_too_old

CLOSED_STAGES = ("done", "stopped")  # of initiatives that owe nothing more


@dataclass(frozen=True)
class Due:
    """A figure that is owed.

    Attributes:
        measure: the measure.
        last: its newest figure with a day; None where it has none.
        due_on: the day the next is expected; the plan's first day where there is none yet.
        is_overdue: whether the newest is older than the rule of status allows.
    """

    measure: Measure
    last: Actual | None
    due_on: date
    is_overdue: bool


def due(plan: Plan, day: date, initiative_ids: Collection[str] | None = None) -> list[Due]:
    """The figures owed at a day, the longest owed first, then in the order of the plan.

    Measures that are computed here owe nothing, nor do those of initiatives that are done or
    stopped, nor those of weight 0, which nobody waits for.

    Args:
        plan: cut to the day by `domain.plan_as_of`.
        day: the day.
        initiative_ids: of these alone; None for all.
    """
    wanted = {
        one.initiative_id
        for one in plan.initiatives
        if one.stage not in CLOSED_STAGES
        and (initiative_ids is None or one.initiative_id in initiative_ids)
    }
    found = []
    for measure in plan.measures:
        if measure.node_id in wanted and not measure.computed and measure.weight != 0:
            one = _due(plan, measure, day)
            if one.due_on <= day:
                found.append(one)
    return sorted(found, key=lambda one: one.due_on)


def last_actual(plan: Plan, measure_id: str) -> Actual | None:
    """The newest figure of a measure: by its day, then by the day it became known."""
    own = [one for one in plan.actuals if one.measure_id == measure_id and one.on is not None]
    return max(own, key=lambda one: (one.on, one.known_on), default=None)


def _due(plan: Plan, measure: Measure, day: date) -> Due:
    last = last_actual(plan, measure.measure_id)
    if last is None or last.on is None:
        return Due(measure, None, plan.starts_on, is_overdue=False)
    expected = _a_rhythm_later(last.on, measure.rhythm_months)
    late = is_too_old(last.on, day, measure.rhythm_months)
    return Due(measure, last, expected, is_overdue=late)


def _a_rhythm_later(on: date, months: int) -> date:
    """The day some months later; after the last day of a month, the last day of that month."""
    is_last = (on + timedelta(days=1)).day == 1
    return on + relativedelta(months=months, day=31 if is_last else None)
