from datetime import date

import pytest

from observatory.domain.freshness import freshness, next_look

LOOKED = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("rhythm_months", "today", "state"),
    [
        (12, date(2025, 1, 30), "current"),
        (12, date(2025, 1, 31), "due"),
        (12, date(2025, 7, 30), "due"),
        (12, date(2025, 7, 31), "overdue"),
        (1, date(2024, 2, 29), "due"),  # the last day of the shorter month
        (1, date(2024, 3, 29), "overdue"),
        (0, date(2024, 2, 1), "archived"),
        (0, date(2054, 2, 1), "archived"),
    ],
)
def test_the_state_follows_the_rhythm(rhythm_months: int, today: date, state: str) -> None:
    assert freshness(LOOKED, rhythm_months, today) == state


def test_what_was_never_looked_at_is_unknown_and_never_current() -> None:
    assert freshness(None, 12, date(2024, 1, 1)) == "unknown"


def test_no_next_look_where_no_edition_will_come() -> None:
    assert next_look(LOOKED, 0) is None
    assert next_look(LOOKED, 12) == date(2025, 1, 31)
