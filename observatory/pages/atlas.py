"""`/atlas`: where is this high, low or unknown?"""

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.atlas_data import AtlasData, answer, atlas_data
from observatory.pages.atlas_form import controls
from observatory.pages.atlas_parts import (
    by_region,
    distribution,
    legend,
    ranking,
    small_multiples,
    values_table,
)
from observatory.pages.atlas_view import AtlasView, atlas_view
from observatory.pages.visit import Page, Visit, current_theme, visit_of
from observatory.queries.catalogue import all_indicators, find_source
from observatory.queries.coverage import land_rings
from observatory.store.warehouse import Store
from observatory.views.components.frame import opening, source_line
from observatory.views.components.static import static
from observatory.views.figures.world_map import world_map
from observatory.views.theme import Theme
from observatory.views.words import scale_word, unit_text

PATH = "/atlas"

STATE = "atlas-page-state"
MAP = "atlas-page-map"
HEAD = "atlas-page-head"
RESULT = "atlas-page-result"

MAP_CONFIG = {
    "displayModeBar": False,
    "scrollZoom": True,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "doubleClick": "reset",
}


def title() -> str:
    """The page's title."""
    return _("Atlas")


def layout(store: Store, visit: Visit) -> Component:
    """The controls of the view and all that it shows."""
    view = atlas_view(store, visit)
    head, body = result(store, view, visit.theme)
    return html.Div(
        [
            html.Div(head, id=HEAD),
            controls(all_indicators(store), view),
            dcc.Store(id=STATE),
            html.Div(body, id=RESULT),
        ],
        className="atlas",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [
        dcc.Store(id=STATE),
        html.Div(id=HEAD),
        html.Div(id=RESULT),
    ]


def result(
    store: Store, view: AtlasView, theme: Theme
) -> tuple[list[Component | None], list[Component | None]]:
    """The opening above the controls, and everything below them, for one view."""
    data = atlas_data(store, view, theme)
    question = _("Where is this high, low or unknown?")
    head = [
        opening(question, [html.Strong(view.indicator.title), ". ", answer(view, data)]),
        _ignored(view),
    ]
    return head, _body(store, view, data, theme)


def _body(store: Store, view: AtlasView, data: AtlasData, theme: Theme) -> list[Component | None]:
    return [
        html.Div(
            [
                html.Div(
                    dcc.Graph(
                        id=MAP,
                        figure=world_map(
                            land_rings(store), data.members, theme, selected=view.city
                        ),
                        config=MAP_CONFIG,
                        className="atlas-map",
                    ),
                    role="img",
                    className="atlas-map-box",
                    **{"aria-label": f"{_('Map of members')}. {answer(view, data)}"},
                ),
                static(legend(view, data), _boundaries()),
            ],
            className="atlas-figure",
        ),
        static(_downloads(view), _source(store, view)),
        static(
            ranking(view, data),
            distribution(view, data),
            by_region(view, data),
            small_multiples(store, view, theme),
            values_table(view, data),
        ),
    ]


def _ignored(view: AtlasView) -> Component | None:
    if not view.ignored:
        return None
    return html.P(
        _("Left out of the address, because it makes no sense here: {parts}").format(
            parts="; ".join(view.ignored)
        ),
        className="notice",
        role="status",
    )


def _boundaries() -> Component:
    return source_line(
        _(
            "Boundaries shown do not imply endorsement. Equal Earth projection. Members that "
            "share a point are drawn side by side."
        )
    )


def _downloads(view: AtlasView) -> Component:
    return html.Div(
        [
            html.A(
                _("Download CSV"),
                href=f"/atlas/view.csv{view.address(city='')}",
                className="button",
            ),
            html.Button(_("Download PNG"), id=f"{MAP}-png", className="button", type="button"),
            html.A(_("Table of all values"), href="#atlas-page-table", className="button"),
        ],
        className="button-row",
    )


def _source(store: Store, view: AtlasView) -> Component:
    source = find_source(store, view.indicator.source_id)
    indicator = view.indicator
    unit = unit_text(indicator)
    return source_line(
        ", ".join(part for part in (unit, scale_word(indicator.scale)) if part),
        f". {source.publisher}: {source.title}. {source.licence}. ",
        _("Last look {date}.").format(date=source.looked_on),
        " ",
        dcc.Link(_("About the indicator"), href=f"/data/{indicator.indicator_id}"),
        " · ",
        dcc.Link(_("About the source"), href=f"/data/sources/{source.source_id}"),
    )


def result_of(store: Store, search: str) -> tuple[list[Component | None], list[Component | None]]:
    """All that the callback does: the state's address to the page's result."""
    with store.reading():
        view = atlas_view(store, visit_of(PATH, search))
        return result(store, view, current_theme())


def register(app: Dash, store: Store) -> None:
    """assets/atlas.js writes the address from the controls; the address is answered here."""

    @app.callback(
        Output(HEAD, "children"),
        Output(RESULT, "children"),
        Input(STATE, "data"),
        prevent_initial_call=True,  # the layout already shows what the address says
    )
    def update_result(
        search: str,
    ) -> tuple[list[Component | None], list[Component | None]]:
        return result_of(store, search)


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
