"""The plan as it was known on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from observatory.domain.plan import (
    OPEN_DECISION,
    Decision,
    Initiative,
    Milestone,
    Plan,
    Risk,
)


def as_of(plan: Plan, day: date, *, illustrative: bool = True) -> Plan:
    """The plan as it was known at the end of a day.

    Args:
        plan: the plan with all that is known.
        day: what became known later is left out.
        illustrative: whether illustrative targets are kept.
    """
    targets = (one for one in plan.targets if illustrative or one.standing != "illustrative")
    return replace(
        plan,
        initiatives=tuple(_stage_at(one, day) for one in plan.initiatives),
        milestones=_milestones_at(plan.milestones, day),
        baselines=tuple(one for one in plan.baselines if one.known_on <= day),
        targets=tuple(one for one in targets if one.known_on <= day),
        actuals=tuple(one for one in plan.actuals if one.known_on <= day),
        outlooks=tuple(one for one in plan.outlooks if one.known_on <= day),
        risks=_risks_at(plan.risks, day),
        decisions=_decisions_at(plan.decisions, day),
    )


def _decisions_at(decisions: Iterable[Decision], day: date) -> tuple[Decision, ...]:
    """What was decided by a day, as it stood then; with what a later meeting decided of that day.

    Such a meeting looks back: what it decides is of its own day, and stands as it does now.
    """
    found = []
    for one in decisions:
        if one.decided_on <= day:
            is_later = one.settled_on is not None and one.settled_on > day
            open_then = replace(one, state=OPEN_DECISION, settled_on=None)
            found.append(open_then if is_later else one)
        elif one.seen_as_of == day:
            found.append(one)
    return tuple(found)


def _stage_at(initiative: Initiative, day: date) -> Initiative:
    """With the stage told last by a day."""
    told = [one for one in initiative.stages if one[0] <= day]
    last = max(reversed(told), key=lambda one: one[0], default=None)  # of one day, the last given
    return replace(initiative, stage=last[1], stages=()) if last else initiative


def _milestones_at(milestones: Iterable[Milestone], day: date) -> tuple[Milestone, ...]:
    """Of each id the one told last; what was done later is not done yet."""
    found: dict[str, Milestone] = {}
    for one in sorted(milestones, key=lambda one: one.known_on or date.min):
        if one.known_on is None or one.known_on <= day:
            is_later = one.done_on is not None and one.done_on > day
            found[one.milestone_id] = replace(one, done_on=None) if is_later else one
    return tuple(found.values())


def _risks_at(risks: Iterable[Risk], day: date) -> tuple[Risk, ...]:
    """Of each id the one told last."""
    ordered = sorted(risks, key=lambda one: one.known_on)
    return tuple({one.risk_id: one for one in ordered if one.known_on <= day}.values())
