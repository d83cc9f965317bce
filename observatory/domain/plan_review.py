"""What a review of the plan has to talk about: changed, crossed, overdue, ownerless, unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from observatory.domain.plan import (
    Actual,
    Decision,
    Initiative,
    Measure,
    Milestone,
    Node,
    Plan,
    tree,
)
from observatory.domain.plan_figures import inputs_of
from observatory.domain.plan_status import (
    LATE,
    OFF_PACE,
    OVERDUE,
    UNKNOWN,
    Assessment,
    assessments,
)

TALK_ORDER = (LATE, OVERDUE, OFF_PACE)
MOST_TALK = 5


@dataclass(frozen=True)
class Crossing:
    """A measure or node whose status is another than it was."""

    node_id: str
    before: str
    now: str


@dataclass(frozen=True)
class Review:
    """What a review has to talk about, each in the order of the plan.

    Attributes:
        new_actuals, new_decisions: known since the day before.
        crossings: measures whose status is another.
        overdue: measures with figures too old. late_milestones: due and not known to be done.
        ownerless: initiatives for which nobody is named.
        unknown: measures with a weight and no status.
    """

    new_actuals: tuple[Actual, ...]
    new_decisions: tuple[Decision, ...]
    crossings: tuple[Crossing, ...]
    overdue: tuple[Measure, ...]
    late_milestones: tuple[Milestone, ...]
    ownerless: tuple[Initiative, ...]
    unknown: tuple[Measure, ...]


def statuses(plan: Plan, day: date) -> tuple[dict[str, Node], dict[str, Assessment]]:
    """The tree of a plan cut to a day, and the status of every node."""
    nodes = tree(plan)
    inputs = {one.measure_id: inputs_of(plan, one, day) for one in plan.measures}
    return nodes, assessments(nodes, inputs)


def review(
    plan: Plan,
    found: Mapping[str, Assessment],
    before: Mapping[str, Assessment],
    since: date,
    day: date,
) -> Review:
    """What there is to talk about.

    Args:
        plan: the plan cut to the day.
        found: statuses at the day.
        before: statuses at `since`.
        since: what became known after it is new.
        day: the day of the review.
    """
    measures = {one.measure_id: one for one in plan.measures}
    counted = [one for one in plan.measures if one.weight != 0]
    return Review(
        new_actuals=tuple(
            one for one in plan.actuals if one.known_on > since and one.measure_id in measures
        ),
        new_decisions=tuple(one for one in plan.decisions if one.decided_on > since),
        crossings=tuple(
            Crossing(one.measure_id, before[one.measure_id].status, found[one.measure_id].status)
            for one in plan.measures
            if one.measure_id in before
            and before[one.measure_id].status != found[one.measure_id].status
        ),
        overdue=tuple(one for one in counted if found[one.measure_id].status == OVERDUE),
        late_milestones=tuple(
            one
            for one in plan.milestones
            if one.due_on is not None and one.due_on < day and one.done_on is None
        ),
        ownerless=tuple(one for one in plan.initiatives if not one.owner),
        unknown=tuple(one for one in counted if found[one.measure_id].status == UNKNOWN),
    )


def need_talk(plan: Plan, found: Mapping[str, Assessment], most: int = MOST_TALK) -> list[Measure]:
    """The measures that need talk most: late, then with figures too old, then off pace.

    Within one status the one furthest behind its path comes first, then the order of the plan.
    """
    chosen = [
        one
        for one in plan.measures
        if one.weight != 0 and found[one.measure_id].status in TALK_ORDER
    ]

    def urgency(one: Measure) -> tuple[int, float]:
        own = found[one.measure_id]
        return TALK_ORDER.index(own.status), own.schedule if own.schedule is not None else 1.0

    return sorted(chosen, key=urgency)[:most]


def counts(plan: Plan, found: Mapping[str, Assessment]) -> dict[str, int]:
    """How many measures with a weight have each status."""
    result: dict[str, int] = {}
    for one in plan.measures:
        if one.weight != 0:
            status = found[one.measure_id].status
            result[status] = result.get(status, 0) + 1
    return result


def initiatives_by_status(
    plan: Plan, found: Mapping[str, Assessment], ids: Sequence[str] = ()
) -> dict[str, int]:
    """How many initiatives have each status; of all, or of those named."""
    result: dict[str, int] = {}
    for one in plan.initiatives:
        if not ids or one.initiative_id in ids:
            status = found[one.initiative_id].status
            result[status] = result.get(status, 0) + 1
    return result
