"""What the plan's pages say in sentences: the answer, and what a review has to talk about."""

from observatory.domain.plan import Actual, Measure
from observatory.domain.plan_review import Review, counts
from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    UNKNOWN,
)
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.plan_data import PlanData
from observatory.views.plan_words import day_text, plan_status_word
from observatory.views.words import joined_text, number_text


def answer(data: PlanData) -> str:
    """Whether the plan is on track, from its measures; strong parts between **."""
    found = counts(data.plan, data.found)
    whole = sum(found.values())
    judged = {
        ACHIEVED: ngettext("{count} achieved", "{count} achieved", found.get(ACHIEVED, 0)),
        ON_TRACK: ngettext("{count} on track", "{count} on track", found.get(ON_TRACK, 0)),
        OFF_PACE: ngettext("{count} off pace", "{count} off pace", found.get(OFF_PACE, 0)),
        LATE: ngettext("{count} late", "{count} late", found.get(LATE, 0)),
        OVERDUE: ngettext(
            "{count} with data overdue", "{count} with data overdue", found.get(OVERDUE, 0)
        ),
    }
    parts = [
        words.format(count=number_text(found[status]))
        for status, words in judged.items()
        if found.get(status)
    ]
    words = {
        "day": day_text(data.view.as_of),
        "whole": number_text(whole),
        "judged": joined_text(parts) or _("none can be judged"),
        "unknown": number_text(found.get(UNKNOWN, 0)),
        "status": plan_status_word(data.found["plan"].status).lower(),
    }
    told = _("As of **{day}**, of {whole} measures: {judged}.").format(**words)
    if found.get(UNKNOWN):
        told += " " + _(
            "**{unknown} cannot be judged**, for want of a target or of figures."
        ).format(**words)
    return told + " " + _("The plan as a whole: {status}.").format(**words)


def since_words(data: PlanData) -> str:
    """Since when things are new."""
    return _("since {day}").format(day=day_text(data.view.since))


def strip_counts(found: Review) -> dict[str, int]:
    """How many things of each kind a review has to talk about, in the order of the strip."""
    return {
        "changed": len(found.new_actuals) + len(found.new_decisions),
        "crossed": len(found.crossings),
        "overdue": len(found.overdue),
        "milestones": len(found.late_milestones),
        "ownerless": len(found.ownerless),
        "unknown": len(found.unknown),
    }


def strip_title(kind: str) -> str:
    """A kind of thing to talk about, as a heading."""
    return {
        "changed": _("Changed"),
        "crossed": _("Crossed a threshold"),
        "overdue": _("Data overdue"),
        "milestones": _("Milestones not known to be done"),
        "ownerless": _("No owner"),
        "unknown": _("Unknown"),
        "talk": _("Need talk"),
    }[kind]


def strip_empty(kind: str, data: PlanData) -> str:
    """Why there is nothing of a kind."""
    return {
        "changed": _("No figure and no decision became known {since}."),
        "crossed": _("No measure has another status than it had {since}."),
        "overdue": _("No measure with a status rests on figures older than two periods."),
        "milestones": _("Every milestone that was due is known to be done.")
        if any(x.due_on and x.due_on < data.view.as_of for x in data.plan.milestones)
        else _("No milestone was due."),
        "ownerless": _("A body is named for each initiative.")
        if data.plan.initiatives
        else _("The plan names no initiatives."),
        "unknown": _("Every measure has a target and a figure.")
        if data.plan.measures
        else _("The plan has no measures."),
        "talk": _("No measure is late, off pace or without news for too long."),
    }[kind].format(since=since_words(data))


def reported_words(measure: Measure, actual: Actual) -> str:
    """Where a figure comes from, in a few words; "" where its source says it."""
    if actual.reported_by:
        return _("reported here by {name}").format(name=actual.reported_by)
    if actual.source_url:
        return ""
    if measure.computed:
        return _("computed here from the snapshot")
    return _("as the plan’s file says, without a source")
