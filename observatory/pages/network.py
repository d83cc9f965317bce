"""`/network`: who works with whom, on what evidence?"""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, Patch, dcc, html
from dash.development.base_component import Component

from observatory.domain.network import AIR
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.export_table import picture_lines
from observatory.pages.network_data import NetworkData, all_members, network_data
from observatory.pages.network_focus import focus
from observatory.pages.network_form import controls
from observatory.pages.network_parts import (
    MEMBERS_TABLE,
    community_list,
    in_numbers,
    member_table,
    outside_partners,
    tie_table,
    without_tie,
)
from observatory.pages.network_scenario import badge, banner, what_changes, what_if
from observatory.pages.network_tabs import tabs
from observatory.pages.network_view import PATH, NetworkView, network_view
from observatory.pages.network_words import (
    answer,
    kind_word,
    measure_text,
    measure_title,
    measured_on,
)
from observatory.pages.visit import Page, Visit, current_theme, visit_of
from observatory.queries.catalogue import all_indicators
from observatory.queries.coverage import land_rings
from observatory.queries.network import air_sources, event_kinds
from observatory.store.warehouse import Store
from observatory.views.components.downloads import Picture, downloads, file_stem
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, source_line
from observatory.views.components.member_map import REGION_CLASSES
from observatory.views.components.static import static
from observatory.views.figures.network import (
    DRAWN_WHOLE,
    FIRST_CHANGING_TRACE,
    KEPT_PER_MEMBER,
    Drawing,
    backbone,
    changing_layout,
    changing_traces,
    network_figure,
)
from observatory.views.figures.world_map import side_by_side
from observatory.views.theme import Theme
from observatory.views.words import joined_text, number_text, region_name

STATE = "network-page-state"
HEAD = "network-page-head"
GRAPH = "network-page-graph"
LEGEND = "network-page-legend"
LISTS = "network-page-lists"

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
                **{"aria-label": _("Drawing of the network"), "aria-describedby": HEAD},
            ),
            html.Div(shown.legend, id=LEGEND),
            html.Div(lists(store, data, visit.theme), id=LISTS),
            static(what_if(store)),
        ],
        className="network",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [
        dcc.Store(id=STATE),
        dcc.Graph(id=GRAPH),
        *(html.Div(id=name) for name in (HEAD, LEGEND, LISTS)),
    ]


def seen(store: Store, data: NetworkData, theme: Theme) -> Seen:
    """What the page shows of a view at once."""
    drawing = _drawing(data, theme)
    tabbed = tabs(PATH, data.view.address(city="", goal=""))
    head = [
        opening(_("Who works with whom, on what evidence?"), emphasised(answer(data))),
        static(tabbed, banner(store, data.view), _ignored(data.view)),
    ]
    return Seen(head, drawing, static(*_legend(store, data, drawing)))


def lists(store: Store, data: NetworkData, theme: Theme) -> Component:
    """Everything below the drawing."""
    snapshot_id = store.publication().snapshot_id
    return static(
        _downloads(store, data, theme),
        focus(store, data),
        what_changes(store, data),
        in_numbers(data, snapshot_id),
        community_list(data, snapshot_id),
        without_tie(store, data),
        member_table(data, snapshot_id),
        tie_table(data),
        outside_partners(store, data),
    )


def _ignored(view: NetworkView) -> Component | None:
    if not view.ignored:
        return None
    words = _("Left out of the address, because it makes no sense here: {parts}")
    return html.P(words.format(parts="; ".join(view.ignored)), className="notice", role="status")


def _drawing(data: NetworkData, theme: Theme) -> Drawing:
    view = data.view
    on_map = view.layout == "geography"
    members = side_by_side(data.members) if on_map else data.members
    sizes = data.measures[view.measure].where(data.measures["degree"] > 0)
    marks = pd.DataFrame(
        {
            "city_id": members.index,
            "x": members["x_km" if on_map else "x"].to_numpy(),
            "y": members["y_km" if on_map else "y"].to_numpy(),
            "size": sizes.fillna(0).where(data.measures["degree"] > 0)[members.index].to_numpy(),
            "colour": _colours(data, members, theme),
            "hollow": (members["evidence"] == "D").to_numpy(),
            "name": members["name"].to_numpy(),
            "words": _member_words(data, members),
        }
    )
    strong = set(view.default_kinds)
    ties = backbone(data.ties, view.city)
    drawn = ties.assign(
        is_strong=[bool(strong & set(kinds.split(";"))) for kinds in ties["kinds"]],
        words=[_tie_words(data, row) for row in ties.itertuples()],
    )
    return Drawing(marks, drawn, view.city, data.path(), on_map)


def _colours(data: NetworkData, members: pd.DataFrame, theme: Theme) -> list[str]:
    if data.view.colour == "region":
        return [theme.regions.get(region, theme.muted) for region in members["region"]]
    numbers = data.communities.of.reindex(members.index)
    hues = theme.communities
    return [
        theme.muted if number != number else hues[min(int(number), len(hues)) - 1]  # noqa: PLR0124 - not a number is unlike itself
        for number in numbers
    ]


def _member_words(data: NetworkData, members: pd.DataFrame) -> list[str]:
    """What is told of each member that is pointed at."""
    measure = data.view.measure
    told = _("{member}, {country}<br>{measure}: {value}")
    rows = zip(
        members["name"], members["country"], data.measures.loc[members.index, measure], strict=True
    )
    return [
        told.format(
            member=escape(str(name)),
            country=escape(str(country)),
            measure=measure_title(measure),
            value=measure_text(measure, float(value)),
        )
        for name, country, value in rows
    ]


def _tie_words(data: NetworkData, row: Any) -> str:  # noqa: ANN401 - a row of ties
    words = ngettext(
        "{a} – {b}<br>{events} occasion: {kinds}",
        "{a} – {b}<br>{events} occasions: {kinds}",
        int(row.events),
    )
    return words.format(
        a=escape(data.name(row.city_a)),
        b=escape(data.name(row.city_b)),
        events=number_text(int(row.events)),
        kinds=joined_text([kind_word(kind) for kind in row.kinds.split(";")]),
    )


def _legend(store: Store, data: NetworkData, drawing: Drawing) -> list[Component | None]:
    """What marks and lines mean, and what the drawing leaves out."""
    view = data.view
    entries: list[Component] = []
    if view.colour == "region":
        counts = data.members.loc[data.linked, "region"].value_counts()
        entries += [
            html.Li([html.Span(className=f"dot {mark}"), region_name(region), " ",
                     html.Span(number_text(int(counts.get(region, 0))), className="number small")])
            for region, mark in REGION_CLASSES.items()
            if region in view.regions
        ]  # fmt: skip
    else:
        entries.append(html.Li(_("Colours: communities, listed below")))
    entries.append(
        html.Li([html.Span(className="key-line"), _("worked together"), " · ",
                 html.Span(className="key-line key-weak"), _("met, or flights only")])
    )  # fmt: skip
    told = [
        _("Area of a mark: {measure}. Small rings have no tie in this view.").format(
            measure=measure_title(view.measure).lower()
        ),
        _("Thicker lines are stronger ties."),
        _simplified(data, drawing),
        _off_map(data) if drawing.on_map else _placed(),
    ]
    return [
        html.Ul(entries, className="legend"),
        html.P(" ".join(one for one in told if one), className="network-told small"),
        source_line(measured_on(data, store.publication().snapshot_id)),
    ]


def _simplified(data: NetworkData, drawing: Drawing) -> str:
    if len(drawing.ties) == len(data.ties):
        return ""
    return _(
        "Of {ties} ties {drawn} are drawn: above {limit} ties the {kept} strongest of each member. "
        "Look at a member to see all of its ties; the tables hold them all."
    ).format(
        ties=number_text(len(data.ties)),
        drawn=number_text(len(drawing.ties)),
        limit=number_text(DRAWN_WHOLE),
        kept=number_text(KEPT_PER_MEMBER),
    )


def _placed() -> str:
    return _(
        "Places follow from all cooperation on record and stay the same under every filter: who "
        "works together stands near each other. Below, by region, members without any."
    )


def _off_map(data: NetworkData) -> str:
    missing = int(data.members["x_km"].isna().sum())
    told = _("Boundaries shown do not imply endorsement. Equal Earth projection.")
    if not missing:
        return told
    words = _("{count} partners from outside have no coordinates here and are on no map.")
    return f"{told} {words.format(count=number_text(missing))}"


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
        lines=(measured_on(data, store.publication().snapshot_id), *origin),
        legend=tuple((colour, "●", region_name(region)) for region, colour in theme.regions.items())
        if view.colour == "region"
        else (),
    )
    return html.Div(
        [
            downloads("network", view.address(), picture=picture),
            _graph_links(view),
            html.A(_("Table of all members"), href=f"#{MEMBERS_TABLE}", className="to-table"),
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
        return lists(store, data, current_theme())


def _drawn_anew(drawing: Drawing, theme: Theme) -> Patch:
    """Members and ties drawn anew; the land stays, seen or unseen."""
    figure = Patch()
    figure["data"][0]["visible"] = drawing.on_map
    for position, trace in enumerate(changing_traces(drawing, theme)):
        figure["data"][FIRST_CHANGING_TRACE + position] = trace
    figure["layout"] = changing_layout(drawing, theme)
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
        prevent_initial_call=True,  # as above
    )
    def update_lists(search: str) -> Component:
        return lists_of(store, search)


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
