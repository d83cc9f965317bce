"""City by theme: how much is held, as numbers in shaded cells."""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.views.words import number_text, theme_title

SHADES = 3


def coverage_matrix(members: pd.DataFrame, possible: dict[str, int]) -> Component:
    """A table with one row per member and one column per theme, in a box that scrolls.

    Args:
        members: city_id, member_name, and one column per theme: indicators held.
        possible: indicators of each theme, in the order of the columns.
    """
    head = [html.Th(_("Member"), scope="col")] + [
        html.Th(
            [theme_title(theme), html.Span(_("of {count}").format(count=count))],
            scope="col",
        )
        for theme, count in possible.items()
    ]
    columns = [members[name].tolist() for name in ("city_id", "member_name", *possible)]
    rows = [
        html.Tr(
            [html.Th(dcc.Link(name, href=f"/cities/{city_id}"), scope="row")]
            + [_cell(count, of) for count, of in zip(held, possible.values(), strict=True)]
        )
        for city_id, name, *held in zip(*columns, strict=True)
    ]
    box = html.Div(
        html.Table(
            [
                html.Caption(_("Indicators held by member and theme"), className="visually-hidden"),
                html.Thead(html.Tr(head)),
                html.Tbody(rows),
            ],
            className="matrix",
        ),
        className="matrix-box",
        role="region",
        tabIndex="0",
        **{
            "aria-label": _("Indicators held by member and theme; scrolls in both directions"),
            "data-scrolls": "",
        },
    )
    hint = _("More follow: {members} members down, {themes} themes across.").format(
        members=number_text(len(members)), themes=number_text(len(possible))
    )
    return html.Div([box, html.P(hint, className="scroll-hint small", **{"aria-hidden": "true"})])


def _cell(held: int, possible: int) -> Component:
    if held == 0:
        return html.Td("0", className="shade-0")
    shade = min(SHADES, 1 + SHADES * held // (possible + 1))
    return html.Td(number_text(held), className=f"shade-{shade}")
