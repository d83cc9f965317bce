"""What people wrote about the plan here, put into the plan on record."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from observatory.domain.plan import Actual, Decision, Initiative, Milestone, Outlook, Plan, Risk
from observatory.domain.stated import last_day

KINDS = ("actual", "stage", "milestone", "risk", "forecast")

Held = Counter[Hashable]  # what a plan tells, and how often


@dataclass(frozen=True)
class Change:
    """A published update.

    Attributes:
        update_id: its id. kind: one of KINDS.
        initiative_id: the initiative. subject_id: the measure, milestone, risk or initiative.
        content: its fields by name, as they were written.
        published_on: the day it became known.
        reported_by: name of who wrote it.
    """

    update_id: str
    kind: str
    initiative_id: str
    subject_id: str
    content: Mapping[str, object]
    published_on: date
    reported_by: str


def merged(plan: Plan, changes: Sequence[Change], decisions: Sequence[Decision] = ()) -> Plan:
    """The plan with all changes in it, each known from the day it was published.

    A change about something the plan does not hold (a measure that an import took away) is left
    out; it stays in the workspace. What the plan holds already, since it was exported with it and
    imported again, is not told twice.

    Args:
        plan: the plan on record.
        changes: oldest first.
        decisions: what was decided here.
    """
    held = _held(plan) if changes else Counter()
    for change in changes:
        plan = _MERGES[change.kind](plan, change, held)
    here = {one.decision_id for one in decisions}
    others = (one for one in plan.decisions if one.decision_id not in here)
    return replace(plan, decisions=(*others, *decisions))


def _held(plan: Plan) -> Held:
    """What a plan tells before any change, and how often."""
    told = [*plan.actuals, *plan.milestones, *plan.risks, *plan.outlooks]
    stages = [(one.initiative_id, *told) for one in plan.initiatives for told in one.stages]
    return Counter([*told, *stages])


def _is_held(held: Held, told: Hashable) -> bool:
    """Whether a plan told something before; each time it did stands for one change."""
    if not held[told]:
        return False
    held[told] -= 1
    return True


def _with_actual(plan: Plan, change: Change, held: Held) -> Plan:
    if change.subject_id not in {one.measure_id for one in plan.measures}:
        return plan
    period = _text(change, "period")
    value = change.content.get("value")
    actual = Actual(
        measure_id=change.subject_id,
        period=period,
        on=last_day(period),
        value=None if value is None else float(str(value)),
        relation=_text(change, "relation") or "exact",
        as_stated=_text(change, "as_stated") or str(value),
        known_on=change.published_on,
        note=_text(change, "note"),
        source_url=_text(change, "source_url"),
        reported_by=change.reported_by,
    )
    return plan if _is_held(held, actual) else replace(plan, actuals=(*plan.actuals, actual))


def _with_stage(plan: Plan, change: Change, held: Held) -> Plan:
    told = (change.published_on, _text(change, "stage"))
    if _is_held(held, (change.subject_id, *told)):
        return plan

    def moved(one: Initiative) -> Initiative:
        is_it = one.initiative_id == change.subject_id
        return replace(one, stages=(*one.stages, told)) if is_it else one

    return replace(plan, initiatives=tuple(moved(one) for one in plan.initiatives))


def _with_milestone(plan: Plan, change: Change, held: Held) -> Plan:
    """A milestone told anew replaces the one of its id from the day that became known."""
    told = Milestone(
        milestone_id=change.subject_id,
        node_id=change.initiative_id,
        title=_text(change, "title"),
        due_on=_day(change, "due_on"),
        done_on=_day(change, "done_on"),
        known_on=change.published_on,
        source_url=_text(change, "source_url"),
        note=_text(change, "note"),
    )
    if _is_held(held, told):
        return plan
    return replace(plan, milestones=(*plan.milestones, told))


def _with_risk(plan: Plan, change: Change, held: Held) -> Plan:
    risk = Risk(
        risk_id=change.subject_id,
        initiative_id=change.initiative_id,
        title=_text(change, "title"),
        likelihood=int(_text(change, "likelihood") or 1),
        impact=int(_text(change, "impact") or 1),
        known_on=change.published_on,
        is_open=_text(change, "is_open") != "False",
        note=_text(change, "note"),
    )
    return plan if _is_held(held, risk) else replace(plan, risks=(*plan.risks, risk))


def _with_outlook(plan: Plan, change: Change, held: Held) -> Plan:
    day, value = _day(change, "on"), change.content.get("value")
    if change.subject_id not in {one.measure_id for one in plan.measures} or day is None:
        return plan
    outlook = Outlook(
        measure_id=change.subject_id,
        on=day,
        value=float(str(value)),
        known_on=change.published_on,
        reported_by=change.reported_by,
        note=_text(change, "note"),
    )
    return plan if _is_held(held, outlook) else replace(plan, outlooks=(*plan.outlooks, outlook))


_MERGES: dict[str, Callable[[Plan, Change, Held], Plan]] = {
    "actual": _with_actual,
    "stage": _with_stage,
    "milestone": _with_milestone,
    "risk": _with_risk,
    "forecast": _with_outlook,
}


def _text(change: Change, name: str) -> str:
    found = change.content.get(name)
    return "" if found is None else str(found)


def _day(change: Change, name: str) -> date | None:
    text = _text(change, name)
    return date.fromisoformat(text) if text else None
