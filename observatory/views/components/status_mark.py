"""A status as a shape and a word: never by colour alone."""

from markupsafe import Markup

from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    UNKNOWN,
)
from observatory.views.plan_words import plan_status_word

RING = '<circle cx="8" cy="8" r="5.25" class="stroked"/>'
SHAPES = {
    ACHIEVED: '<path d="M2.5 8.5l3.5 3.5 7.5-8" class="stroked"/>',
    ON_TRACK: '<circle cx="8" cy="8" r="6"/>',
    OFF_PACE: f'{RING}<path d="M8 2.75a5.25 5.25 0 0 1 0 10.5z"/>',
    LATE: '<path d="M8 2l6.5 11.5h-13z"/>',
    OVERDUE: f'{RING}<path d="M8 4.5V8l2.5 2" class="stroked"/>',
    UNKNOWN: RING,
}


def status_shape(status: str) -> Markup:
    """The shape alone, for where the word stands beside it."""
    return Markup(  # noqa: S704 - made of constants
        f'<svg class="status-shape status-{status.replace("_", "-")}" viewBox="0 0 16 16" '
        f'aria-hidden="true">{SHAPES[status]}</svg>'
    )


def status_mark(status: str, *, is_illustrative: bool = False, tag: str = "") -> Markup:
    """The shape and its word; where an illustrative target is behind it, that is said beside it.

    Args:
        status: one of PLAN_STATUSES.
        is_illustrative: whether an illustrative target is behind the status.
        tag: word for such a target.
    """
    word = Markup("<span>{}</span>").format(plan_status_word(status))
    beside = Markup(' <span class="tag">{}</span>').format(tag) if is_illustrative else Markup()
    return Markup('<span class="status status-{}">{}{}</span>{}').format(
        status.replace("_", "-"), status_shape(status), word, beside
    )
