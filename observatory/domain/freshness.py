"""The second clock: how long ago a source was looked at, against its own rhythm."""

from datetime import date

from dateutil.relativedelta import relativedelta

CURRENT, DUE, OVERDUE, ARCHIVED, UNKNOWN = "current", "due", "overdue", "archived", "unknown"
STATES = (CURRENT, DUE, OVERDUE, ARCHIVED, UNKNOWN)
NEVER_AGAIN = 0


def next_look(looked_on: date, rhythm_months: int) -> date | None:
    """The day a newer edition is to be looked for; None where there will be none."""
    if rhythm_months == NEVER_AGAIN:
        return None
    return looked_on + relativedelta(months=rhythm_months)


def freshness(looked_on: date | None, rhythm_months: int, today: date) -> str:
    """One of STATES: whether the last look is recent enough for the source's rhythm.

    It says nothing about the period of the data, which has a clock of its own: a source that
    is never updated again is archived, however lately it was looked at.

    Args:
        looked_on: day of the last look; None where there was none.
        rhythm_months: months between editions; 0 where no newer one will come.
        today: the day it is asked for.

    Returns:
        "archived" where no newer edition will come; "unknown" without a look; "current" until
        the next edition is to be expected, "due" for half a rhythm after that (a month at
        least), then "overdue".
    """
    if rhythm_months == NEVER_AGAIN:
        return ARCHIVED
    if looked_on is None:
        return UNKNOWN
    expected = looked_on + relativedelta(months=rhythm_months)
    if today < expected:
        return CURRENT
    grace = relativedelta(months=max(1, rhythm_months // 2))
    return DUE if today < expected + grace else OVERDUE
