"""City by theme: how much is held, as numbers in shaded cells."""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.views.words import number_text, theme_title

SHADES = 3


def coverage_matrix(coverage: pd.DataFrame, names: pd.Series) -> Component:
    """A table with one row per member and one column per theme, in a box that scrolls.

    Args:
        coverage: city_id, theme, held, possible; one row per pair.
        names: member names by city_id, in the order of the rows.
    """
    themes = sorted(coverage["theme"].unique())
    cells = coverage.set_index(["city_id", "theme"])[["held", "possible"]]
    held = {key: (int(a), int(b)) for key, a, b in cells.itertuples()}
    possible = {
        theme: max(b for (_c, t), (_h, b) in held.items() if t == theme) for theme in themes
    }
    head = [html.Th(_("Member"), scope="col")] + [
        html.Th(
            [theme_title(theme), html.Span(_("of {count}").format(count=possible[theme]))],
            scope="col",
        )
        for theme in themes
    ]
    rows = [
        html.Tr(
            [html.Th(dcc.Link(name, href=f"/cities/{city_id}"), scope="row")]
            + [_cell(*held.get((city_id, theme), (0, 0))) for theme in themes]
        )
        for city_id, name in names.items()
    ]
    return html.Div(
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
        **{"aria-label": _("Indicators held by member and theme; scrolls in both directions")},
    )


def _cell(held: int, possible: int) -> Component:
    if held == 0:
        return html.Td("0", className="shade-0")
    shade = min(SHADES, 1 + SHADES * held // (possible + 1))
    return html.Td(number_text(held), className=f"shade-{shade}")
