"""`/network`: who works with whom, on what evidence?"""

from dataclasses import dataclass

from dash import Dash, Input, Output, Patch, dcc, html
from dash.development.base_component import Component

from observatory.domain.network import AIR
from observatory.language import gettext as _
from observatory.pages.export_table import picture_lines
from observatory.pages.network_data import NetworkData, all_members, network_data
from observatory.pages.network_drawing import drawing, legend
from observatory.pages.network_focus import focus
from observatory.pages.network_form import controls
from observatory.pages.network_parts import (
    MEMBERS_PART,
    MOST_ROWS,
    TIES_PART,
    community_list,
    in_numbers,
    member_table,
    outside_partners,
    tie_table,
    without_tie,
)
from observatory.pages.network_scenario import WHAT_IF, badge, banner, what_changes, what_if
from observatory.pages.network_tabs import tabs
from observatory.pages.network_tree import network_tree
from observatory.pages.network_view import PATH, NetworkView, network_view
from observatory.pages.network_words import (
    answer,
    measured_on,
)
from observatory.pages.visit import Page, Visit, current_theme, visit_of
from observatory.queries.catalogue import all_indicators
from observatory.queries.coverage import land_rings
from observatory.queries.network import air_sources, event_kinds
from observatory.store.warehouse import Store
from observatory.views.components.downloads import Picture, downloads, file_stem
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening
from observatory.views.components.static import static
from observatory.views.figures.network import (
    FIRST_CHANGING_TRACE,
    Drawing,
    changing_layout,
    changing_traces,
    network_figure,
)
from observatory.views.theme import Theme
from observatory.views.words import number_text, region_name

STATE = "network-page-state"
LATER = "network-page-later"
HEAD = "network-page-head"
GRAPH = "network-page-graph"
LEGEND = "network-page-legend"
LISTS = "network-page-lists"
TREE_PART = "network-page-tree-part"
WITHOUT = "network-page-without"

GRAPH_CONFIG = {
    "displayModeBar": False,
    "scrollZoom": True,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "doubleClick": "reset",
}


def title() -> str:
    """The page's title."""
    return _("Network")


@dataclass(frozen=True)
class Seen:
    """What one view shows at once: the words above, the drawing, and what its marks mean."""

    head: list[Component | None]
    drawing: Drawing
    legend: Component


def layout(store: Store, visit: Visit) -> Component:
    """The controls of the view and all that it shows."""
    view = network_view(store, visit)
    data = network_data(store, view)
    shown = seen(store, data, visit.theme)
    themes = list(dict.fromkeys(one.theme for one in all_indicators(store).values()))
    figure = network_figure(land_rings(store), shown.drawing, visit.theme)
    return html.Div(
        [
            html.Div(shown.head, id=HEAD),
            controls(view, event_kinds(store), all_members(store), themes),
            dcc.Store(id=STATE),
            html.Div(
                dcc.Graph(id=GRAPH, figure=figure, config=GRAPH_CONFIG, className="network-graph"),
                role="img",
                className="network-box",
                **{
                    "aria-label": _("Drawing of the network; the lists below hold all of it"),
                    "aria-describedby": HEAD,
                },
            ),
            static(jump_links()),
            html.Div(shown.legend, id=LEGEND),
            static(what_if(store)),
            dcc.Store(id=LATER),
            html.Div(_lists_at_first(store, data), id=LISTS),
        ],
        className="network",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [
        dcc.Store(id=STATE),
        dcc.Store(id=LATER),
        dcc.Graph(id=GRAPH),
        *(html.Div(id=name) for name in (HEAD, LEGEND, LISTS)),
    ]


def seen(store: Store, data: NetworkData, theme: Theme) -> Seen:
    """What the page shows of a view at once."""
    drawn = drawing(store, data, theme)
    tabbed = tabs(PATH, data.view.address(city="", goal=""))
    head = [
        opening(_("Who works with whom, on what evidence?"), emphasised(answer(data))),
        static(tabbed, banner(store, data.view), _ignored(data.view)),
    ]
    return Seen(head, drawn, static(*legend(store, data, drawn), _downloads(store, data, theme)))


def _lists_at_first(store: Store, data: NetworkData) -> Component:
    """The lists; of a large network a word in their place, for the drawing not to wait for them."""
    if len(data.ties) <= MOST_ROWS:
        return lists(store, data)
    words = _("The lists of {ties} ties follow in a moment.")
    told = words.format(ties=number_text(len(data.ties)))
    return html.P(told, className="lists-later", role="status")


def lists(store: Store, data: NetworkData) -> Component:
    """Everything below the drawing."""
    publication = store.publication()
    return static(
        focus(store, data),
        what_changes(store, data),
        in_numbers(data, publication),
        community_list(data, publication),
        html.Div(without_tie(store, data), id=WITHOUT),
        member_table(data, publication),
        tie_table(data),
        html.Div(network_tree(data), id=TREE_PART),
        outside_partners(store, data),
    )


def _ignored(view: NetworkView) -> Component | None:
    if not view.ignored:
        return None
    words = _("Left out of the address, because it makes no sense here: {parts}")
    return html.P(words.format(parts="; ".join(view.ignored)), className="notice", role="status")


def jump_links() -> Component:
    """The ways past the drawing; assets/network.js follows them without leaving the view."""
    parts = (
        (MEMBERS_PART, _("Members")),
        (TIES_PART, _("Ties")),
        (TREE_PART, _("As a tree")),
        (WITHOUT, _("Members without a tie")),
        (WHAT_IF, _("What if?")),
    )
    items = [html.Li(html.A(words, href=f"#{part}")) for part, words in parts]
    return html.Nav(
        html.Ul(items), className="jump-links", **{"aria-label": _("The same without the drawing")}
    )


def _downloads(store: Store, data: NetworkData, theme: Theme) -> Component:
    view = data.view
    used = air_sources(store) if AIR in view.kinds else ()
    origin = picture_lines(store, used, view.href()) or ()
    thought = badge(store, view)
    picture = Picture(
        chart_id=GRAPH,
        stem=file_stem(
            "network", "scenario" if thought else "", snapshot_id=store.publication().snapshot_id
        ),
        title=" ".join(part for part in (thought, _("Network of the members")) if part),
        lines=(measured_on(data, store.publication()), *origin),
        legend=tuple((colour, "●", region_name(region)) for region, colour in theme.regions.items())
        if view.colour == "region"
        else (),
    )
    return html.Div(
        [
            downloads("network", view.address(), picture=picture),
            _graph_links(view),
        ],
        className="downloads-row",
    )


def _graph_links(view: NetworkView) -> Component:
    """The network as a graph with attributes, for programs that draw and measure."""
    words = {
        "graphml": "GraphML",
        "gexf": "GEXF",
        "node-link": "JSON",
        "nodes": _("nodes as CSV"),
        "edges": _("edges as CSV"),
    }
    links = [
        html.Li(html.A(text, href=f"/network-graph.{form}{view.address()}", download=""))
        for form, text in words.items()
    ]
    return html.Div(
        [html.Span(_("Graph"), className="downloads-label"), html.Ul(links)], className="downloads"
    )


def seen_of(store: Store, search: str) -> tuple[list[Component | None], Patch, Component]:
    """The first callback: the state's address to what is seen at once."""
    with store.reading():
        theme = current_theme()
        data = network_data(store, network_view(store, visit_of(PATH, search)))
        shown = seen(store, data, theme)
        return shown.head, _drawn_anew(shown.drawing, theme), shown.legend


def lists_of(store: Store, search: str) -> Component:
    """The second callback: everything below, which may come a moment later."""
    with store.reading():
        data = network_data(store, network_view(store, visit_of(PATH, search)))
        return lists(store, data)


def _drawn_anew(drawn: Drawing, theme: Theme) -> Patch:
    """Members and ties drawn anew; the land stays, seen or unseen."""
    figure = Patch()
    figure["data"][0]["visible"] = drawn.on_map
    for position, trace in enumerate(changing_traces(drawn, theme)):
        figure["data"][FIRST_CHANGING_TRACE + position] = trace
    figure["layout"] = changing_layout(drawn, theme)
    return figure


def register(app: Dash, store: Store) -> None:
    """assets/network.js writes the address from the controls; the address is answered here."""

    @app.callback(
        Output(HEAD, "children"),
        Output(GRAPH, "figure"),
        Output(LEGEND, "children"),
        Input(STATE, "data"),
        prevent_initial_call=True,  # the layout already shows what the address says
    )
    def update_seen(search: str) -> tuple[list[Component | None], Patch, Component]:
        return seen_of(store, search)

    @app.callback(
        Output(LISTS, "children"),
        Input(STATE, "data"),
        Input(LATER, "data"),  # the address at first, where the layout left the lists out
        prevent_initial_call=True,  # as above
    )
    def update_lists(search: str | None, at_first: str | None) -> Component:
        return lists_of(store, at_first or "" if search is None else search)


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
