"""`/compare`: how do these members differ?"""

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.compare_data import (
    CompareData,
    Member,
    all_members,
    compare_data,
    members,
)
from observatory.pages.compare_form import controls
from observatory.pages.compare_marks import lettered
from observatory.pages.compare_table import national_context, own_figures
from observatory.pages.compare_trends import trends
from observatory.pages.compare_view import MOST_CITIES, PATH, CompareView, compare_view
from observatory.pages.compare_words import answer, notices, question
from observatory.pages.visit import Page, Visit, current_theme, visit_of
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import find_city
from observatory.queries.compare import most_documented
from observatory.store.warehouse import Store
from observatory.views.components.downloads import downloads
from observatory.views.components.frame import opening, section
from observatory.views.components.static import static
from observatory.views.theme import Theme
from observatory.views.words import joined_text

STATE = "compare-page-state"
SHOWN = "compare-page-shown"
SEEN = "compare-page-seen"
BELOW = "compare-page-below"
LEAST = 2  # members that can be compared


def title() -> str:
    """The page's title."""
    return _("Compare")


def layout(store: Store, visit: Visit) -> Component:
    """The controls of the view and all that it shows."""
    view = compare_view(store, visit)
    return html.Div(
        [
            dcc.Store(id=STATE),
            dcc.Store(id=SHOWN),
            html.Div(seen(store, view), id=SEEN),
            html.Div(below(store, view, visit.theme), id=BELOW),
        ],
        className="compare",
    )


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    stores = [dcc.Store(id=name) for name in (STATE, SHOWN)]
    return [*stores, *(html.Div(id=name) for name in (SEEN, BELOW))]


def seen(store: Store, view: CompareView) -> list[Component | None]:
    """What is seen first of one view: the figures side by side."""
    if len(view.cities) < LEAST:
        return _too_few(store, view)
    data = compare_data(store, view)
    return [
        static(opening(question(data.members), answer(data)), *notices(store, view)),
        _controls(store, view, data.members, data),
        static(own_figures(view, data)),
    ]


def below(store: Store, view: CompareView, theme: Theme) -> list[Component | None]:
    """What stands below the figures of one view: years, countries, files, where to go on."""
    if len(view.cities) < LEAST:
        return []
    data = compare_data(store, view)
    return [
        trends(store, data, theme),
        static(
            national_context(view, data),
            downloads("compare", view.address()),
            _onward(view, data.members),
        ),
    ]


def _controls(
    store: Store,
    view: CompareView,
    chosen: tuple[Member, ...],
    data: CompareData | None = None,
) -> Component:
    themes = list(dict.fromkeys(one.theme for one in all_indicators(store).values()))
    has_unlike = data is not None and any(row.compared.unlike for row in data.shown)
    return controls(view, chosen, all_members(store), themes, has_unlike=has_unlike)


def _too_few(store: Store, view: CompareView) -> list[Component | None]:
    """The page before there is anything to compare: what it does, and somewhere to begin."""
    chosen = members(store, view.cities)
    if chosen:
        words = _("{member} is chosen. Add a second member, and their figures stand side by side.")
        told = words.format(member=chosen[0].name)
    else:
        told = _(
            "Choose two to six members: their figures stand side by side, indicator by indicator, "
            "each with its period and scale, and each member with its place among all."
        )
    return [
        static(opening(question(chosen), told), *notices(store, view)),
        _controls(store, view, chosen),
        static(_beside(store, view, chosen[0]) if chosen else _examples(store)),
    ]


def _examples(store: Store) -> Component:
    """Comparisons to begin with: the members of whom we hold most."""
    regions = most_documented(store)
    firsts = tuple(held[0] for held in regions.values())[:MOST_CITIES]
    pairs = [tuple(held[:3]) for held in regions.values() if len(held) >= LEAST]
    return section(
        _("For example"),
        html.Ul(
            [html.Li(_example(store, one)) for one in (firsts, *pairs)], className="plain-list"
        ),
        note=_("The members of whom we hold most figures: one of each region, then by region."),
    )


def _example(store: Store, city_ids: tuple[str, ...]) -> Component:
    named = all_members(store)
    names = joined_text([named[city][0] for city in city_ids])
    return dcc.Link(names, href=CompareView(cities=city_ids).href())


def _beside(store: Store, view: CompareView, member: Member) -> Component:
    """Members to set beside the one chosen: of its region, those of whom we hold most."""
    region = str(find_city(store, member.city_id)["region"])
    others = [city for city in most_documented(store)[region] if city != member.city_id][:5]
    named = all_members(store)
    links = [
        html.Li(dcc.Link(", ".join(named[city]), href=view.href(cities=(*view.cities, city))))
        for city in others
    ]
    return section(
        _("Beside {member}").format(member=member.name),
        html.Ul(links, className="plain-list"),
        note=_("Members of the same region of whom we hold most figures."),
    )


def _onward(view: CompareView, chosen: tuple[Member, ...]) -> Component:
    """From here to each member, and to what goes with what."""
    profiles = [
        html.Li([lettered(one), dcc.Link(one.name, href=f"/cities/{one.city_id}")])
        for one in chosen
    ]
    explore = f"/explore?cities={','.join(view.cities)}"
    return section(
        _("Further on these members"),
        html.Ul(profiles, className="plain-list compare-profiles"),
        html.P(
            [
                dcc.Link(_("What goes with what, with these members marked"), href=explore),
                " · ",
                dcc.Link(_("How figures are compared"), href="/methods"),
            ]
        ),
    )


def seen_of(store: Store, search: str) -> tuple[list[Component | None], str]:
    """What changes first with the state's address, and the address."""
    with store.reading():
        return seen(store, compare_view(store, visit_of(PATH, search))), search


def below_of(store: Store, search: str) -> list[Component | None]:
    """What stands below the figures for the state's address."""
    with store.reading():
        return below(store, compare_view(store, visit_of(PATH, search)), current_theme())


def register(app: Dash, store: Store) -> None:
    """assets/compare.js writes the address from the controls; the address is answered here.

    In two answers: the figures side by side do not wait for what stands below them.
    """

    @app.callback(
        Output(SEEN, "children"),
        Output(SHOWN, "data"),
        Input(STATE, "data"),
        prevent_initial_call=True,  # the layout already shows what the address says
    )
    def update_seen(search: str) -> tuple[list[Component | None], str]:
        return seen_of(store, search)

    @app.callback(Output(BELOW, "children"), Input(SHOWN, "data"), prevent_initial_call=True)
    def update_below(search: str) -> list[Component | None]:
        return below_of(store, search)


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
