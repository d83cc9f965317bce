"""Times as the workspace keeps them: ISO 8601 in UTC, in order when sorted as text."""

from datetime import UTC, datetime, timedelta


def text_of(moment: datetime) -> str:
    """A moment as the tables keep it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now_text(**later: float) -> str:
    """Now, or so much later (`hours=1`) or earlier (`hours=-1`), as the tables keep it."""
    return text_of(datetime.now(UTC) + timedelta(**later))


def moment_of(text: str) -> datetime:
    """A moment of the tables."""
    return datetime.fromisoformat(text)
