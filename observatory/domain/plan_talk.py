"""Which measures of a plan need talk, and in which order."""

from collections.abc import Mapping, Sequence

from observatory.domain.plan import Measure
from observatory.domain.plan_status import LATE, OFF_PACE, OVERDUE, Assessment

ORDER = (LATE, OFF_PACE, OVERDUE)
MOST = 5


def needing_talk(
    measures: Sequence[Measure], assessments: Mapping[str, Assessment], *, most: int = MOST
) -> tuple[Measure, ...]:
    """The measures that are late, off pace or overdue, furthest behind first.

    Late come before off pace, and these before overdue; in each the lowest S first, and a level
    that was not held before all; then those with the oldest figure, then in the plan's order.
    What is unknown is not among them: there the missing figures need talk, not the measure.
    """
    found = [one for one in measures if assessments[one.measure_id].status in ORDER]
    return tuple(sorted(found, key=lambda one: _urgency(assessments[one.measure_id]))[:most])


def _urgency(found: Assessment) -> tuple[int, float, int]:
    actual = found.inputs.actual if found.inputs else None
    behind = found.schedule if found.schedule is not None else float("-inf")
    return ORDER.index(found.status), behind, actual.on.toordinal() if actual else 0
