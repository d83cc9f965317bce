"""`/explore`: what goes with what?"""

from typing import Any

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.explore_correlations import correlations
from observatory.pages.explore_data import ExploreData, explore_data, matrix
from observatory.pages.explore_form import controls
from observatory.pages.explore_parts import (
    TABLE,
    answer,
    hover_words,
    line_words,
    not_shown,
    points_table,
    regions,
)
from observatory.pages.explore_view import ExploreView, choices, explore_view
from observatory.pages.export_table import picture_lines
from observatory.pages.visit import Page, Visit, current_theme, visit_of
from observatory.queries.catalogue import find_source
from observatory.store.warehouse import Store
from observatory.views.components.downloads import Picture, downloads, file_stem
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, source_line
from observatory.views.components.member_map import REGION_CLASSES
from observatory.views.components.static import static
from observatory.views.components.template import rendered
from observatory.views.figures.scatter import SYMBOLS, scatter_figure
from observatory.views.figures.world_map import WORLD_X_KM, WORLD_Y_KM, side_by_side
from observatory.views.theme import Theme
from observatory.views.words import number_text, region_name

PATH = "/explore"

STATE = "explore-page-state"
HEAD = "explore-page-head"
SCATTER = "explore-page-scatter"
BESIDE = "explore-page-beside"
LISTS = "explore-page-lists"
SHOWN = "explore-page-shown"

SCATTER_CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "doubleClick": "reset",
}
SIGNS = dict(zip(SYMBOLS, ("●", "■", "▲", "◆", "✚"), strict=True))

Seen = tuple[list[Component | None], dict[str, Any], Component]


def title() -> str:
    """The page's title."""
    return _("Explore")


def layout(store: Store, visit: Visit) -> Component:
    """The controls of the view and all that it shows."""
    view = explore_view(store, visit)
    head, figure, beside = seen(store, view, visit.theme)
    return html.Div(
        [
            html.Div(head, id=HEAD),
            controls(choices(store), view),
            dcc.Store(id=STATE),
            dcc.Store(id=SHOWN),
            html.Div(
                dcc.Graph(id=SCATTER, figure=figure, config=SCATTER_CONFIG, className="scatter"),
                role="img",
                className="scatter-box",
                **{"aria-label": _("Scatter of two indicators"), "aria-describedby": HEAD},
            ),
            html.Div(beside, id=BESIDE),
            html.Div(lists(store, view, visit.theme), id=LISTS),
        ],
        className="explore",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [
        dcc.Store(id=STATE),
        dcc.Store(id=SHOWN),
        dcc.Graph(id=SCATTER),
        *(html.Div(id=name) for name in (HEAD, BESIDE, LISTS)),
    ]


def seen(store: Store, view: ExploreView, theme: Theme) -> Seen:
    """What is seen first of one view, but for the controls that stay."""
    data = explore_data(store, view)
    points = data.points.assign(words=hover_words(data.points, view))
    figure = scatter_figure(
        points, (view.x, view.y), (view.log_x, view.log_y), data.line, theme, named=view.cities
    )
    rows = html.A(_("The figures it rests on"), href=f"#{TABLE}")
    told = [*emphasised(answer(view, data)), " ", rows]
    head = [opening(_("What goes with what?"), told), _ignored(view)]
    return head, figure, static(*_beside(store, view, data))


def lists(store: Store, view: ExploreView, theme: Theme) -> Component:
    """Everything below the picture and what is said beside it."""
    data = explore_data(store, view)
    return static(
        regions(view, data),
        correlations(view, matrix(store, view), theme),
        points_table(view, data),
        downloads("explore", view.address(), picture=_picture(store, view, theme)),
    )


def _picture(store: Store, view: ExploreView, theme: Theme) -> Picture | None:
    used = [one.source_id for one in (view.x, view.y, view.size) if one is not None]
    lines = picture_lines(store, used, f"{PATH}{view.address()}")
    if lines is None:
        return None
    name = ("explore", view.x.indicator_id, view.y.indicator_id)
    return Picture(
        chart_id=SCATTER,
        stem=file_stem(*name, snapshot_id=store.publication().snapshot_id),
        title=_("{y} and {x}").format(y=view.y.title, x=view.x.title),
        lines=lines,
        legend=tuple(
            (colour, SIGNS[symbol], region_name(region))
            for (region, colour), symbol in zip(theme.regions.items(), SYMBOLS, strict=True)
        ),
    )


def _ignored(view: ExploreView) -> Component | None:
    if not view.ignored:
        return None
    words = _("Left out of the address, because it makes no sense here: {parts}")
    return html.P(words.format(parts="; ".join(view.ignored)), className="notice", role="status")


def _beside(store: Store, view: ExploreView, data: ExploreData) -> list[Component | None]:
    """Below the picture: its legend, what it does and does not show, sources, the small map."""
    shown = data.points["region"].value_counts()
    entries = [
        html.Li(
            [
                html.Span(
                    SIGNS[symbol],
                    className=f"sign {REGION_CLASSES[region]}",
                    **{"aria-hidden": "true"},
                ),
                f"{region_name(region)} ",
                html.Span(number_text(int(shown.get(region, 0))), className="number small"),
            ]
        )
        for region, symbol in zip(REGION_CLASSES, SYMBOLS, strict=True)
    ]
    size = (
        _("Area of a mark: {title}; the smallest where it is unknown.").format(
            title=view.size.title
        )
        if view.size
        else None
    )
    told = [line_words(view, data), size, *not_shown(view, data)]
    return [
        html.Ul(entries, className="legend"),
        html.Div([html.P(words) for words in told if words], className="explore-told"),
        _map(data) if not view.is_national and len(data.points) else None,
        _sources(store, view),
    ]


def _map(data: ExploreData) -> Component:
    """Where the points lie: those chosen in the picture stand out (assets/explore.js)."""
    spread = side_by_side(data.points)
    columns = (spread["point_id"], spread["x_km"], spread["y_km"])
    dots = [
        (point_id, f"{x - WORLD_X_KM[0]:.0f}", f"{WORLD_Y_KM[1] - y:.0f}")
        for point_id, x, y in zip(*(column.tolist() for column in columns), strict=True)
    ]
    figure = rendered(
        "explore_map",
        label=_("Where the cities of the picture lie"),
        dots=dots,
        width=WORLD_X_KM[1] - WORLD_X_KM[0],
        height=WORLD_Y_KM[1] - WORLD_Y_KM[0],
    )
    note = _(
        "Draw a box in the picture, or choose a point, to mark its cities here and in the table. "
        "Boundaries shown do not imply endorsement."
    )
    return html.Figure([figure, html.Figcaption(note, className="small")], className="brush-map")


def _sources(store: Store, view: ExploreView) -> Component:
    parts: list[Component | str] = []
    used = dict.fromkeys(one.source_id for one in (view.x, view.y, view.size) if one is not None)
    for source_id in used:
        source = find_source(store, source_id)
        parts += [
            dcc.Link(f"{source.publisher}: {source.title}", href=f"/data/sources/{source_id}"),
            f". {source.licence}. ",
        ]
    return source_line(*parts)


def seen_of(store: Store, search: str) -> tuple[*Seen, str]:
    """What changes first with the state's address, and the address."""
    with store.reading():
        view = explore_view(store, visit_of(PATH, search))
        return *seen(store, view, current_theme()), search


def lists_of(store: Store, search: str) -> Component:
    """What stands below the picture for the state's address."""
    with store.reading():
        return lists(store, explore_view(store, visit_of(PATH, search)), current_theme())


def register(app: Dash, store: Store) -> None:
    """assets/explore.js writes the address from the controls; the address is answered here.

    In two answers: the picture does not wait for the lists below it.
    """

    @app.callback(
        Output(HEAD, "children"),
        Output(SCATTER, "figure"),
        Output(BESIDE, "children"),
        Output(SHOWN, "data"),
        Input(STATE, "data"),
        prevent_initial_call=True,  # the layout already shows what the address says
    )
    def update_seen(search: str) -> tuple[*Seen, str]:
        return seen_of(store, search)

    @app.callback(Output(LISTS, "children"), Input(SHOWN, "data"), prevent_initial_call=True)
    def update_lists(search: str) -> Component:
        return lists_of(store, search)


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
