"""`/atlas`: where is this high, low or unknown?"""

from dash import ClientsideFunction, Dash, Input, Output, Patch, dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.atlas_data import TABLE, AtlasData, answer, atlas_data
from observatory.pages.atlas_form import controls, year_choice
from observatory.pages.atlas_parts import (
    by_region,
    distribution,
    legend,
    ranking,
    small_multiples,
    values_table,
)
from observatory.pages.atlas_view import AtlasView, atlas_view, view_name, view_title
from observatory.pages.export_table import closed_sources, picture_lines
from observatory.pages.visit import Page, Visit, current_theme, visit_of
from observatory.queries.catalogue import all_indicators, find_source
from observatory.queries.coverage import land_rings
from observatory.store.warehouse import Store
from observatory.views.components.downloads import Picture, downloads, file_stem
from observatory.views.components.frame import opening, source_line
from observatory.views.components.static import static
from observatory.views.figures.world_map import FIRST_MEMBER_TRACE, member_traces, world_map
from observatory.views.theme import Theme
from observatory.views.words import number_text, scale_word, unit_text

PATH = "/atlas"

STATE = "atlas-page-state"
MAP = "atlas-page-map"
HEAD = "atlas-page-head"
LEGEND = "atlas-page-legend"
LISTS = "atlas-page-lists"
YEAR = "atlas-page-year"
SHOWN = "atlas-page-shown"

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
    data = atlas_data(store, view, visit.theme)
    figure = world_map(land_rings(store), data.members, visit.theme, selected=view.city)
    return html.Div(
        [
            html.Div(_head(view, data), id=HEAD),
            controls(all_indicators(store), view),
            *(dcc.Store(id=name) for name in (STATE, YEAR, SHOWN)),
            html.Div(
                [
                    html.Div(
                        dcc.Graph(id=MAP, figure=figure, config=MAP_CONFIG, className="atlas-map"),
                        role="img",
                        className="atlas-map-box",
                        **{"aria-label": _("Map of members"), "aria-describedby": HEAD},
                    ),
                    html.Div(_legend(view, data), id=LEGEND),
                ],
                className="atlas-figure",
            ),
            html.Div(_lists(store, view, data, visit.theme), id=LISTS),
        ],
        className="atlas",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [
        *(dcc.Store(id=name) for name in (STATE, YEAR, SHOWN)),
        dcc.Graph(id=MAP),
        *(html.Div(id=name) for name in (HEAD, LEGEND, LISTS)),
    ]


def _head(view: AtlasView, data: AtlasData) -> list[Component | None]:
    """The opening above the controls."""
    question = _("Where is this high, low or unknown?")
    words = [html.Strong(view.indicator.title), ". ", answer(view, data)]
    return [static(opening(question, words)), _ignored(view)]


def _legend(view: AtlasView, data: AtlasData) -> Component:
    """What the colours of the map mean."""
    return static(legend(view, data), source_line(boundary_words()))


def _lists(store: Store, view: AtlasView, data: AtlasData, theme: Theme) -> Component:
    """Everything below the map."""
    return static(
        _downloads(store, view, data),
        _source(store, view),
        ranking(view, data),
        distribution(view, data),
        by_region(view, data),
        small_multiples(store, view, data, theme),
        values_table(view, data),
    )


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


def boundary_words() -> str:
    """What to mind of the land and the places of the map."""
    return _(
        "Boundaries shown do not imply endorsement. Equal Earth projection. Members that "
        "share a point are drawn side by side."
    )


def _downloads(store: Store, view: AtlasView, data: AtlasData) -> Component:
    return html.Div(
        [
            downloads(
                "atlas",
                view.address(city=""),
                what=view_title(view),
                picture=_picture(store, view, data),
            ),
            html.A(_("Table of all values"), href=f"#{TABLE}", className="to-table"),
        ],
        className="downloads-row",
    )


def _picture(store: Store, view: AtlasView, data: AtlasData) -> Picture | None:
    """The map as a picture that can stand alone: legend, source, snapshot, boundaries.

    None where a figure on it may not be passed on: its colour would tell it.
    """
    if data.members["source_id"].isin(closed_sources(store)).any():
        return None
    unknown = _("× unknown: {count} · ring: seat not documented").format(
        count=number_text(int(data.unknown.sum()))
    )
    used = (view.indicator.source_id,)
    return Picture(
        chart_id=MAP,
        stem=file_stem(*view_name(view), snapshot_id=store.publication().snapshot_id),
        title=view_title(view),
        lines=(
            unknown,
            *(picture_lines(store, used, f"{PATH}{view.address(city='')}") or ()),
            boundary_words(),
        ),
        legend=tuple(
            (entry.colour, "◆" if view.indicator.is_national else "●", entry.label)
            for entry in data.legend
        ),
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


def seen_of(store: Store, search: str) -> tuple[list[Component | None], Patch, Component, str, str]:
    """What changes first with the state's address: head, map, legend, year control, address."""
    with store.reading():
        theme = current_theme()
        view = atlas_view(store, visit_of(PATH, search))
        data = atlas_data(store, view, theme)
        drawn = _drawn(data, view, theme)
        return _head(view, data), drawn, _legend(view, data), year_choice(view), search


def lists_of(store: Store, search: str) -> Component:
    """What stands below the map for the state's address."""
    with store.reading():
        theme = current_theme()
        view = atlas_view(store, visit_of(PATH, search))
        return _lists(store, view, atlas_data(store, view, theme), theme)


def _drawn(data: AtlasData, view: AtlasView, theme: Theme) -> Patch:
    """The members drawn anew on the map that is there: its land stays."""
    figure = Patch()
    for position, trace in enumerate(member_traces(data.members, theme, selected=view.city)):
        figure["data"][FIRST_MEMBER_TRACE + position] = trace
    return figure


def register(app: Dash, store: Store) -> None:
    """assets/atlas.js writes the address from the controls; the address is answered here.

    In two answers: the map does not wait for the lists below it.
    """

    @app.callback(
        Output(HEAD, "children"),
        Output(MAP, "figure"),
        Output(LEGEND, "children"),
        Output(YEAR, "data"),
        Output(SHOWN, "data"),
        Input(STATE, "data"),
        prevent_initial_call=True,  # the layout already shows what the address says
    )
    def update_map(
        search: str,
    ) -> tuple[list[Component | None], Patch, Component, str, str]:
        return seen_of(store, search)

    @app.callback(Output(LISTS, "children"), Input(SHOWN, "data"), prevent_initial_call=True)
    def update_lists(search: str) -> Component:
        return lists_of(store, search)

    app.clientside_callback(
        ClientsideFunction("atlas", "showYears"),
        Output(YEAR, "modified_timestamp"),
        Input(YEAR, "data"),
        prevent_initial_call=True,  # the layout's form has the year control already
    )


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
