"""Headings of a board pack, and the words of its columns."""

from observatory.language import gettext as _
from observatory.views.plan_words import standing_word


def headings(*, has_talk: bool) -> dict[str, str]:
    """By name; the lede of the measures that need talk says so where there are none."""
    return {
        "product": _("Metropolis Observatory"),
        "kind": _("Board pack"),
        "contents": _("Contents"),
        "objectives": _("Status by objective"),
        "objective": _("Objective"),
        "status": _("Status"),
        "behind": _("What it follows from"),
        "whole": _("The plan as a whole"),
        "talk": _("Measures that need talk"),
        "talk_lede": _(
            "Late first, then with figures too old, then off pace; in each the furthest behind."
        )
        if has_talk
        else _("No measure is late, overdue or off pace. What is not known stands below."),
        "detail": _("Objectives, initiatives and measures"),
        "measure": _("Measure"),
        "baseline": _("Baseline B"),
        "target": _("Target T"),
        "actual": _("Actual A"),
        "illustrative": standing_word("illustrative"),
        "no_measures": _("Nothing is counted here."),
        "decisions": _("Decisions"),
        "open": _("Open"),
        "closed": _("Done or dropped"),
        "none_open": _("No decision is open."),
        "none_closed": _("None is done or dropped."),
        "no_decisions": _("No decision is on record."),
        "decision": _("Decision"),
        "about": _("About"),
        "owner": _("Owner"),
        "due": _("Due"),
        "decided": _("Decided"),
        "past": _("past its date"),
        "missing": _("What is not known, and why"),
        "missing_none": _("Every measure has a status."),
        "what": _("What"),
        "of": _("Part of"),
        "statements": _("What is documented of the plan itself"),
        "stated": _("What is said"),
        "when": _("When"),
        "rule": _("How a status comes about"),
        "sources": _("Sources"),
        "number": _("No."),
        "source": _("Source"),
        "path": _(
            "Dashed: the straight path to the target. Line and dots: the figures. Hollow: what "
            "the path asks for on the day of the newest figure."
        ),
        "page": _("Page"),
    }
