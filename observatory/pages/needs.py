"""`/network/needs`: which needs do events and initiatives cover, and which not?"""

from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.needs import LEAST_PEERS, NEED
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import all_members
from observatory.pages.network_tabs import NEEDS, tabs, without_filters
from observatory.pages.visit import Page, Visit, first
from observatory.queries.catalogue import all_indicators
from observatory.queries.needs import Needs, needs
from observatory.queries.network import all_events
from observatory.queries.plan import plan_on_record
from observatory.schema import REGIONS
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import link, one_line, static
from observatory.views.words import (
    joined_text,
    number_text,
    region_name,
    share_words,
    theme_title,
)

PATH = NEEDS
PARAMETERS = frozenset({"theme", "region"})

Links = dict[str, Markup]


@dataclass(frozen=True)
class Cell:
    """Members of a theme, in all regions or one.

    Attributes:
        need: members with a need. covered: those of them in an event or an initiative on the
            theme. by_event, by_initiative: those covered by each; a member may be in both.
        without_need: members in an event or an initiative on the theme that are known to have no
            need in it.
        unknown: members that cannot be compared.
    """

    need: frozenset[str]
    by_event: frozenset[str]
    by_initiative: frozenset[str]
    without_need: frozenset[str]
    unknown: frozenset[str]

    @property
    def covered(self) -> frozenset[str]:
        """Members with a need in an event or an initiative on record."""
        return self.by_event | self.by_initiative

    @property
    def uncovered(self) -> frozenset[str]:
        """Members with a need in no event and no initiative on record."""
        return self.need - self.covered


def title() -> str:
    """The page's title."""
    return _("Needs and initiatives")


def cell(store: Store, found: Needs, theme: str, region: str = "") -> Cell:
    """The members of a theme; "" for all regions."""
    members = all_members(store)
    own = set(members.index[members["region"] == region]) if region else set(members.index)
    need, known = found.in_need(theme) & own, found.known(theme) & own
    return Cell(
        need=frozenset(need),
        by_event=frozenset(need & found.in_events(theme)),
        by_initiative=frozenset(need & found.in_initiatives(theme)),
        without_need=frozenset((found.covered(theme) & known) - need),
        unknown=frozenset(own - known),
    )


def themes_of(store: Store, found: Needs) -> list[str]:
    """Themes with a need to be known, an event or an initiative, in the catalogue's order."""
    ordered = dict.fromkeys(one.theme for one in all_indicators(store).values())
    known = set(found.shares.index) | found.themes_covered
    return [theme for theme in ordered if theme in known]


def layout(store: Store, visit: Visit) -> Component:
    """The matrix, and what is behind the cell that the address names."""
    found = needs(store)
    themes = themes_of(store, found)
    theme, region, ignored = _chosen(visit, themes)
    return html.Div(
        [
            opening(
                _("Which needs do initiatives cover?"), emphasised(_answer(store, found, themes))
            ),
            static(
                tabs(PATH),
                without_filters(),
                _ignored(ignored),
                _matrix(store, found, themes),
                downloads("needs"),
                _behind(store, found, theme, region) if theme else None,
                _rule(),
            ),
        ],
        className="needs",
    )


def _chosen(visit: Visit, themes: list[str]) -> tuple[str, str, list[str]]:
    theme, region = first(visit, "theme"), first(visit, "region")
    ignored = [f"{name}=…" for name in visit.query if name not in PARAMETERS]
    if theme and theme not in themes:
        ignored.append(f"theme={theme}")
    if region and region not in REGIONS:
        ignored.append(f"region={region}")
    return (
        theme if theme in themes else "",
        region if region in REGIONS else "",
        ignored,
    )


def _ignored(parts: list[str]) -> Component | None:
    if not parts:
        return None
    words = _("Left out of the address, because it makes no sense here: {parts}")
    return html.P(words.format(parts="; ".join(parts)), className="notice", role="status")


def _answer(store: Store, found: Needs, themes: list[str]) -> str:
    cells = {theme: cell(store, found, theme) for theme in themes}
    needs_count = sum(len(one.need) for one in cells.values())
    uncovered = sum(len(one.uncovered) for one in cells.values())
    bare = [theme for theme in themes if cells[theme].need and not cells[theme].covered]
    told = _(
        "**Of {needs} needs of members, {uncovered} are in no event and no initiative on record** "
        "that names the theme."
    ).format(needs=number_text(needs_count), uncovered=number_text(uncovered))
    if not bare:
        return told
    none = _("Nobody in need takes part in: {themes}.").format(themes=joined_text(bare))
    return f"{told} {none}"


def _matrix(store: Store, found: Needs, themes: list[str]) -> Component:
    header = [
        (_("Theme"), "text"),
        (_("Reading"), "text"),
        (_("Events"), "number"),
        (_("Initiatives"), "number"),
        (_("Take part without a need"), "number"),
        (_("All regions"), "number"),
        *((region_name(region), "number") for region in REGIONS),
    ]
    rows = []
    for theme in themes:
        whole = cell(store, found, theme)
        events, initiatives = (
            len(on_theme(part, theme)) for part in (found.events, found.initiatives)
        )
        rows.append(
            [
                link(theme_title(theme), _address(theme)),
                reading(whole, events + initiatives),
                number_text(events),
                number_text(initiatives),
                number_text(len(whole.without_need)),
                _counted(whole, theme, ""),
                *(_counted(cell(store, found, theme, region), theme, region) for region in REGIONS),
            ]
        )
    note = _(
        "Uncovered needs of all needs; a cell opens the members, events and initiatives behind it. "
        "“–” where nobody can be compared."
    )
    return section(
        _("Needs and what covers them"),
        html.Div(data_table(_("Needs by theme and region"), header, rows), className="wide-table"),
        note=note,
    )


def _address(theme: str, region: str = "") -> str:
    parts = [("theme", theme)] + ([("region", region)] if region else [])
    return f"{PATH}?{urlencode(parts)}"


def _counted(one: Cell, theme: str, region: str) -> Markup | str:
    if not one.need:
        return "–" if not one.covered and not one.without_need and one.unknown else "0"
    words = _("{uncovered} of {need}").format(
        uncovered=number_text(len(one.uncovered)), need=number_text(len(one.need))
    )
    return link(words, _address(theme, region))


def on_theme(part: pd.DataFrame, theme: str) -> list[str]:
    """Ids of the events, or initiatives, with a member that name a theme, sorted."""
    return sorted({str(one) for one in part.loc[part["theme"] == theme, "activity_id"]})


def reading(one: Cell, activities: int) -> str:
    """What a row of the matrix says, by the rule on the page: how covered, and if crowded."""
    covered = _coverage(one, activities)
    if len(one.without_need) <= len(one.need):
        return covered
    return _("{coverage}; crowded").format(coverage=covered)


def _coverage(one: Cell, activities: int) -> str:
    if not one.need:
        return _("no need on record")
    if not activities:
        return _("uncovered: no event or initiative names it")
    if not one.covered:
        return _("uncovered: nobody in need takes part")
    if len(one.uncovered) > len(one.covered):
        return _("mostly uncovered")
    return _("mostly covered")


def _behind(store: Store, found: Needs, theme: str, region: str) -> Component:
    one = cell(store, found, theme, region)
    where = region_name(region) if region else _("all regions")
    sources = _by_source(store, found)
    events, initiatives = sources
    header = [
        (_("Member"), "text"),
        (_("Below its peers in"), "text"),
        (_("Events and initiatives on it"), "text"),
    ]
    ordered = sorted(one.need, key=lambda city: (city in one.covered, city))
    rows = [
        [
            link(str(all_members(store).loc[city, "name"]), f"/cities/{city}"),
            _below_words(store, found, theme, city),
            _taking_part(sources, theme, city),
        ]
        for city in ordered
    ]
    return html.Div(
        section(
            _("{theme}, {where}").format(theme=theme_title(theme), where=where),
            html.P(_counts(one)),
            data_table(_("Members with a need"), header, rows) if rows else None,
            _all_on(_("Events that name the theme:"), *events, theme),
            _all_on(_("Initiatives of the plan that name the theme:"), *initiatives, theme),
        ),
        id="needs-page-behind",
    )


def _counts(one: Cell) -> str:
    return ngettext(
        "{count} member with a need, {event} in an event on it, {initiative} in an initiative, "
        "{uncovered} in neither; {unknown} cannot be compared.",
        "{count} members with a need, {event} in an event on it, {initiative} in an initiative, "
        "{uncovered} in neither; {unknown} cannot be compared.",
        len(one.need),
    ).format(
        count=number_text(len(one.need)),
        event=number_text(len(one.by_event)),
        initiative=number_text(len(one.by_initiative)),
        uncovered=number_text(len(one.uncovered)),
        unknown=number_text(len(one.unknown)),
    )


def _by_source(store: Store, found: Needs) -> tuple[tuple[pd.DataFrame, Links], ...]:
    """Who takes part in events, and in initiatives, each with links by id."""
    titles = all_events(store).set_index("event_id")["title"]
    events = {str(key): link(str(title), f"/events/{key}") for key, title in titles.items()}
    initiatives = {
        one.initiative_id: link(one.title, f"/plan/{one.initiative_id}")
        for one in plan_on_record(store).initiatives
    }
    return (found.events, events), (found.initiatives, initiatives)


def _all_on(words: str, part: pd.DataFrame, links: Links, theme: str) -> Component:
    listed = one_line((links[key] for key in on_theme(part, theme)), "; ")
    return html.P([words, " ", listed or _("none"), "."])


def _below_words(store: Store, found: Needs, theme: str, city: str) -> Markup:
    indicators = all_indicators(store)
    below = found.below[city]
    own = [key for key in below.index[below == 1] if found.themes[str(key)] == theme]
    return one_line(link(indicators[str(key)].title, f"/data/{key}") for key in own)


def _taking_part(
    sources: tuple[tuple[pd.DataFrame, Links], ...], theme: str, city: str
) -> Markup | str:
    own = [
        links[key]
        for part, links in sources
        for key in on_theme(part[part["city_id"] == city], theme)
    ]
    return one_line(own, "; ") if own else _("none on record")


def _rule() -> Component:
    words = _(
        "A member has a need in a theme where it is worse than the lower quartile of its peers in "
        "{need} or more of the theme's indicators that can be compared: numbers with a better "
        "end that are a government's doing, with a figure of the member and of at least {least} "
        "of its ten peers. A need is covered where the member took part in a project, working "
        "group, initiative or learning event whose title names the theme, or takes part in an "
        "initiative of the plan that is about it, by the initiative’s own sources or its events. "
        "Uncovered: nobody in need takes part. Crowded: more members known to have no need take "
        "part than there are members with one."
    ).format(need=share_words(NEED), least=number_text(LEAST_PEERS))
    return section(
        _("The rule"),
        html.P([words, " ", link(_("How peers are found"), "/methods")], className="measure"),
    )


PAGE = Page(PATH, title, layout)
