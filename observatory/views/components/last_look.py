"""The second clock beside a figure's period: the day of the last look, and how that stands."""

from datetime import UTC, date, datetime

from dash import html
from dash.development.base_component import Component

from observatory.domain.freshness import freshness
from observatory.views.words import date_text, freshness_word


def last_look(looked_on: str, rhythm_months: int) -> Component:
    """The day, and below it the state by mark and word.

    Args:
        looked_on: ISO 8601 day.
        rhythm_months: months between editions; 0 where no newer one will come.
    """
    state = freshness(date.fromisoformat(looked_on[:10]), rhythm_months, datetime.now(UTC).date())
    words = html.Span(freshness_word(state), className=f"small cell-source freshness-{state}")
    return html.Span([date_text(looked_on), words])
