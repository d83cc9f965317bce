"""The passport of a number: where it comes from, one key away."""

from collections.abc import Sequence
from html import escape

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.views.components.frame import Children


def passport(value: Children, entries: Sequence[tuple[str, Children | None]]) -> Component:
    """A value that opens to show what is known about it.

    Args:
        value: the value with its unit, as it is read.
        entries: (label, content) in order; those without content are left out.
    """
    listed = [html.Div([html.Dt(label), html.Dd(content)]) for label, content in entries if content]
    return html.Details(
        [html.Summary(value), html.Dl(listed, className="passport-entries")], className="passport"
    )


def passport_link(words: str, observation_id: str) -> Markup:
    """A number that opens its passport: by click or Enter in a window over the page.

    Args:
        words: the number as it is read.
        observation_id: the observation it states.
    """
    address = f"/passport/{escape(observation_id)}"
    return Markup(f'<a class="passport-link" href="{address}">{escape(words)}</a>')  # noqa: S704 - escaped
