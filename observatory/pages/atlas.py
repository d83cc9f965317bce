"""`/atlas`: where is this high, low or unknown?"""

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.atlas_data import AtlasData, answer, atlas_data
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
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store
from observatory.views.components.frame import opening, source_line
from observatory.views.figures.world_map import world_map
from observatory.views.theme import Theme
from observatory.views.words import evidence_words, region_name, scale_word, unit_text

PATH = "/atlas"

INDICATOR = "atlas-page-indicator"
YEAR = "atlas-page-year"
LATEST = "atlas-page-latest"
REGION = "atlas-page-region"
EVIDENCE = "atlas-page-evidence"
METHOD = "atlas-page-method"
PALETTE = "atlas-page-palette"
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
            html.Div(controls(store, view), className="controls"),
            dcc.Store(id=STATE),
            html.Div(body, id=RESULT),
        ],
        className="atlas",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [
        dcc.Dropdown(id=INDICATOR),
        dcc.Slider(0, 1, id=YEAR),
        *[dcc.Checklist(id=name) for name in (LATEST, REGION, EVIDENCE)],
        *[dcc.RadioItems(id=name) for name in (METHOD, PALETTE)],
        dcc.Store(id=STATE),
        html.Div(id=HEAD),
        html.Div(id=RESULT),
    ]


def controls(store: Store, view: AtlasView) -> list[Component]:
    """One control per part of the address, set as the address says."""
    years = list(view.years)
    position = years.index(view.year) if view.year in years else max(len(years) - 1, 0)
    return [
        _control(
            _("Indicator"),
            dcc.Dropdown(
                _indicator_options(store),
                view.indicator.indicator_id,
                id=INDICATOR,
                clearable=False,
                maxHeight=420,
            ),
            wide=True,
        ),
        html.Div(_year_control(view, years, position), className="control control-year"),
        _control(
            _("Regions"),
            dcc.Checklist(
                [{"label": region_name(region), "value": region} for region in REGIONS],
                list(view.regions),
                id=REGION,
                className="choices",
            ),
            wide=True,
        ),
        _control(
            _("Evidence for the seat"),
            dcc.Checklist(
                [
                    {"label": level, "value": level, "title": evidence_words(level)}
                    for level in EVIDENCE_LEVELS
                ],
                list(view.evidence),
                id=EVIDENCE,
                className="choices",
            ),
        ),
        _control(
            _("Classes"),
            dcc.RadioItems(
                [
                    {"label": _("Equal counts"), "value": "quantile"},
                    {"label": _("Natural breaks"), "value": "natural"},
                    {"label": _("Equal steps"), "value": "equal"},
                    {"label": _("Continuous"), "value": "continuous"},
                ],
                view.method,
                id=METHOD,
                className="choices",
            ),
        ),
        _control(
            _("Colours"),
            dcc.RadioItems(
                [
                    {"label": _("One hue"), "value": "sequential"},
                    {"label": _("Two hues"), "value": "diverging"},
                ],
                view.palette,
                id=PALETTE,
                className="choices",
            ),
        ),
    ]


def _control(label: str, control: Component, *, wide: bool = False) -> Component:
    return html.Fieldset(
        [html.Legend(label), control], className="control control-wide" if wide else "control"
    )


def _indicator_options(store: Store) -> list[dict[str, str]]:
    return [
        {"label": f"{indicator.title} · {indicator.theme}", "value": indicator_id}
        for indicator_id, indicator in all_indicators(store).items()
    ]


def _year_control(view: AtlasView, years: list[int], position: int) -> list[Component]:
    """A slider over the years that have figures, a play button, and "newest of each city"."""
    last = max(len(years) - 1, 1)
    marks = {i: str(years[i]) for i in sorted({0, len(years) - 1})} if years else {}
    return [
        html.Div(_("Year"), className="control-label", id=f"{YEAR}-label"),
        html.Div(
            [
                html.Button(
                    "▶",
                    id=f"{YEAR}-play",
                    className="button",
                    type="button",
                    disabled=len(years) < 2,  # noqa: PLR2004 - nothing to play
                    **{"aria-label": _("Play the years"), "data-stop": _("Stop")},
                ),
                html.Div(
                    dcc.Slider(
                        0,
                        last,
                        1,
                        value=position,
                        marks=marks,
                        id=YEAR,
                        included=False,
                        disabled=len(years) < 2,  # noqa: PLR2004 - nothing to choose
                        allow_direct_input=False,
                    ),
                    className="year-slider",
                ),
                html.Output(
                    str(view.year) if view.year is not None else _("newest"),
                    id=f"{YEAR}-shown",
                    className="year-shown",
                    **{"data-years": ",".join(map(str, years)), "data-newest": _("newest")},
                ),
            ],
            className="year-row",
        ),
        dcc.Checklist(
            [{"label": _("Newest figure of each city"), "value": "latest"}],
            ["latest"] if view.year is None else [],
            id=LATEST,
            className="choices",
        ),
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
                legend(view, data),
                _boundaries(),
            ],
            className="atlas-figure",
        ),
        _downloads(view),
        _source(store, view),
        ranking(view, data),
        distribution(view, data),
        by_region(view, data),
        small_multiples(store, view, theme),
        values_table(view, data),
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
    """The controls write the address in the browser; the address is answered here."""
    app.clientside_callback(
        ClientsideFunction("atlas", "address"),
        Output(STATE, "data"),
        Input(INDICATOR, "value"),
        Input(YEAR, "value"),
        Input(LATEST, "value"),
        Input(REGION, "value"),
        Input(EVIDENCE, "value"),
        Input(METHOD, "value"),
        Input(PALETTE, "value"),
        prevent_initial_call=True,  # the layout already shows what the address says
    )

    @app.callback(
        Output(HEAD, "children"),
        Output(RESULT, "children"),
        Input(STATE, "data"),
        prevent_initial_call=True,  # as above
    )
    def update_result(
        search: str,
    ) -> tuple[list[Component | None], list[Component | None]]:
        return result_of(store, search)


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
