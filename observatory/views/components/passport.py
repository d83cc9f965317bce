"""The passport of a number: where it comes from, one key away."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

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
