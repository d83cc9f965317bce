"""Updates in words: kinds, fields, what was said in their threads."""

from observatory.language import gettext as _


def update_kind_word(kind: str) -> str:
    """A kind of update."""
    return {
        "actual": _("figure"),
        "stage": _("stage"),
        "milestone": _("milestone"),
        "risk": _("risk"),
        "forecast": _("forecast"),
    }[kind]


def remark_word(kind: str) -> str:
    """What somebody did when a remark was made."""
    return {
        "submitted": _("handed it in"),
        "returned": _("sent it back"),
        "approved": _("approved it"),
        "comment": _("said"),
    }[kind]


def field_word(name: str) -> str:
    """A field of an update."""
    return {
        "period": _("Period"),
        "value": _("Figure"),
        "relation": _("Relation"),
        "as_stated": _("As stated"),
        "source_url": _("Source"),
        "note": _("Note"),
        "unchanged": _("Unchanged"),
        "stage": _("Stage"),
        "title": _("Title"),
        "due_on": _("Due"),
        "done_on": _("Done"),
        "likelihood": _("Likelihood, 1 to 5"),
        "impact": _("Impact, 1 to 5"),
        "is_open": _("Open"),
        "on": _("Day"),
        "words": _("Words"),
        "owner": _("Who does it"),
    }.get(name, name)


def relation_word(relation: str) -> str:
    """What the words of a source make of a figure."""
    return {
        "exact": _("exactly"),
        "over": _("over (a lower bound)"),
        "at_least": _("at least (a lower bound)"),
        "about": _("about"),
        "derived": _("derived"),
        "words": _("in words only"),
    }[relation]


def done_words() -> dict[str, str]:
    """What the queue tells after a step, by the name of what was done."""
    return {
        "submitted": _("Handed in for review. Next:"),
        "unchanged": _("Confirmed as unchanged, and handed in for review. Next:"),
        "withdrawn": _("Withdrawn; it stays in the history."),
        "returned": _("Sent back with your reason."),
        "approved": _("Approved. It counts once it is published."),
        "published": _("Published: the plan shows it from now on."),
    }
