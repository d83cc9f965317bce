"""Labelled facts in two columns: what something is, entry by entry."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from observatory.views.components.frame import Children


def terms(entries: Sequence[tuple[str, Children | None]]) -> Component:
    """A definition list; entries without content are left out."""
    return html.Dl(
        [html.Div([html.Dt(label), html.Dd(content)]) for label, content in entries if content],
        className="terms",
    )
