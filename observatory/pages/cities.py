"""`/cities`: who are the members?"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd
from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from observatory.domain.names import plain_name
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.rows import Row
from observatory.pages.visit import Page, Visit, first, visit_of
from observatory.queries.cities import all_cities, near_cities
from observatory.queries.profile import completeness, spoken_names
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import LOCATION, opening, section
from observatory.views.components.member_map import member_map, region_dot
from observatory.views.components.static import static
from observatory.views.words import evidence_words, kind_word, number_text, region_name

PATH = "/cities"

QUERY = "cities-page-query"
FIND = "cities-page-find"
LIST = "cities-page-list"


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty means all."""

    text: str = ""
    regions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The page's address with these filters."""
        return f"{PATH}{self.search}"

    @property
    def search(self) -> str:
        """The query string of these filters; "" where there is none."""
        parts = [("q", self.text)] if self.text else []
        parts += [("region", region) for region in self.regions]
        parts += [("evidence", level) for level in self.evidence]
        return f"?{urlencode(parts)}" if parts else ""


def title() -> str:
    """The page's title."""
    return _("Cities")


def filters_of(visit: Visit) -> Filters:
    """The filters of an address; regions and levels that do not exist are left out."""
    return Filters(
        first(visit, "q").strip(),
        tuple(region for region in REGIONS if region in visit.query.get("region", [])),
        tuple(level for level in EVIDENCE_LEVELS if level in visit.query.get("evidence", [])),
    )


def layout(store: Store, visit: Visit) -> Component:
    """Opening, filters, map and directory."""
    filters = filters_of(visit)
    members = members_held(store)
    shown = chosen(store, members, filters)
    return html.Div(
        [
            opening(_("Who are the members?"), emphasised(answer(members))),
            controls(members, filters),
            static(
                member_map(shown, skip_to=LIST) if len(shown) else None,
                directory(shown, filters, len(members)),
            ),
        ],
        className="cities",
    )


def members_held(store: Store) -> pd.DataFrame:
    """All members as `queries.cities.all_cities`, with how much is held of each and possible.

    In the order of the names that are shown, accents aside.
    """
    members = all_cities(store).merge(completeness(store), on="city_id")
    order = members["member_name"].map(plain_name).sort_values(kind="stable").index
    return members.loc[order].reset_index(drop=True)


def answer(members: pd.DataFrame) -> str:
    """The members in a sentence, strong parts between **."""
    documented = int((members["evidence"] != "D").sum())
    kinds = members["member_kind"].value_counts()
    return _(
        "**{count} governments** in {countries} countries: {cities} cities, {metros} metropolitan "
        "areas and {regions} provinces or regions. **{documented} seats are documented**; the "
        "others are drawn hollow until the official list is at hand."
    ).format(
        count=number_text(len(members)),
        countries=number_text(members["iso3"].nunique()),
        cities=number_text(int(kinds.get("city", 0))),
        metros=number_text(int(kinds.get("metropolitan area", 0))),
        regions=number_text(int(kinds.get("province/region", 0))),
        documented=number_text(documented),
    )


def chosen(store: Store, members: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The members the filters keep; a text is looked for in every name on record and the country.

    Where no name holds the text, the members whose names are most like it are taken.
    """
    kept = pd.Series(data=True, index=members.index)
    if filters.regions:
        kept &= members["region"].isin(filters.regions)
    if filters.evidence:
        kept &= members["evidence"].isin(filters.evidence)
    if filters.text:
        wanted = plain_name(filters.text)
        names = spoken_names(store).set_index("city_id")["names"].map(plain_name)
        ids = names.index[names.str.contains(wanted, regex=False)]
        kept &= members["city_id"].isin(ids if len(ids) else near_cities(store, filters.text))
    return members[kept]


def controls(members: pd.DataFrame, filters: Filters) -> Component:
    """A text to look for, and links that switch a region or an evidence level on and off."""
    return html.Div(
        [
            html.Div(
                [
                    html.Label(_("Name, in any language"), htmlFor=QUERY),
                    html.Div(
                        [
                            dcc.Input(
                                id=QUERY, value=filters.text, type="search", autoComplete="off"
                            ),
                            html.Button(_("Find"), id=FIND, type="button", className="button"),
                        ],
                        className="find-row",
                    ),
                ],
                className="find",
            ),
            static(_choices(_("Region"), _region_chips(members, filters))),
            static(_choices(_("Evidence for the seat"), _evidence_chips(members, filters))),
        ],
        className="filters",
        role="search",
    )


def _choices(label: str, chips: list[Component]) -> Component:
    return html.Div(
        [html.Span(label, className="filter-label"), html.Ul(chips, className="chips")],
        className="filter",
    )


def _region_chips(members: pd.DataFrame, filters: Filters) -> list[Component]:
    counts = members["region"].value_counts()
    chips = [_chip([_("All")], replace(filters, regions=()), on=not filters.regions)]
    for region in REGIONS:
        words = [region_dot(region), region_name(region), " ", _count(counts.get(region, 0))]
        changed = replace(filters, regions=_switched(filters.regions, region, REGIONS))
        chips.append(_chip(words, changed, on=region in filters.regions))
    return chips


def _evidence_chips(members: pd.DataFrame, filters: Filters) -> list[Component]:
    counts = members["evidence"].value_counts()
    chips = [_chip([_("All")], replace(filters, evidence=()), on=not filters.evidence)]
    for level in EVIDENCE_LEVELS:
        words = [f"{level}: {evidence_words(level)} ", _count(counts.get(level, 0))]
        changed = replace(filters, evidence=_switched(filters.evidence, level, EVIDENCE_LEVELS))
        chips.append(_chip(words, changed, on=level in filters.evidence))
    return chips


def _switched(chosen_ones: tuple[str, ...], one: str, all_of: tuple[str, ...]) -> tuple[str, ...]:
    """The choice with one switched; all of them is the same as none."""
    changed = {*chosen_ones} ^ {one}
    return () if len(changed) == len(all_of) else tuple(x for x in all_of if x in changed)


def _chip(words: list[Component | str], filters: Filters, *, on: bool) -> Component:
    mark = html.Span(_("chosen: "), className="visually-hidden") if on else None
    return html.Li(
        dcc.Link([mark, *words], href=filters.address, className="chip chip-on" if on else "chip")
    )


def _count(count: int) -> Component:
    return html.Span(number_text(int(count)), className="count")


def directory(shown: pd.DataFrame, filters: Filters, total: int) -> Component:
    """The members as a table, or how to find some."""
    if shown.empty:
        return html.Section(nothing_found(filters), id=LIST)
    heading = ngettext("{count} of {total} member", "{count} of {total} members", total)
    rows = [_row(member) for member in shown.to_dict("records")]
    header = [
        (_("Member"), "text"),
        (_("Country"), "text"),
        (_("Region"), "text"),
        (_("Kind"), "text"),
        (_("Evidence"), "evidence"),
        (_("Data held"), "number"),
    ]
    return html.Div(
        section(
            heading.format(count=number_text(len(shown)), total=number_text(total)),
            data_table(_("Members of the association"), header, rows),
            downloads("cities", filters.search, what=_("Members of the association")),
            note=_(
                "Data held counts city and metropolitan indicators with a figure; national "
                "context is left out. Evidence says how well the seat is documented, from A to D."
            ),
        ),
        id=LIST,
        className="directory",
    )


def _row(member: Row) -> list[Component | str | list[Component | str]]:
    region = str(member["region"])
    hollow = member["evidence"] == "D"
    name = str(member["member_name"])
    held, possible = int(str(member["held"])), int(str(member["possible"]))
    level = str(member["evidence"])
    return [
        dcc.Link(name, href=f"/cities/{member['city_id']}"),
        str(member["country"]),
        [region_dot(region, hollow=hollow), region_name(region)],
        kind_word(str(member["member_kind"])),
        html.Span(
            [level, html.Span(f": {evidence_words(level)}", className="visually-hidden")],
            className="tag",
            title=evidence_words(level),
        ),
        _("{held} of {possible}").format(held=number_text(held), possible=number_text(possible)),
    ]


def nothing_found(filters: Filters) -> list[Component]:
    """What to do when no member is left."""
    ways = [
        html.Li(
            dcc.Link(
                _("Look for “{text}” in all regions and evidence levels").format(text=filters.text),
                href=Filters(filters.text).address,
            )
        )
        if filters.text and (filters.regions or filters.evidence)
        else None,
        html.Li(dcc.Link(_("Drop the text"), href=replace(filters, text="").address))
        if filters.text
        else None,
        html.Li(dcc.Link(_("Show all members"), href=PATH)),
    ]
    return [
        html.H2(_("No member fits")),
        html.P(
            _(
                "Names are looked for in English, in other languages on record and in the country. "
                "Not every city is a member."
            )
        ),
        html.Ul(ways, className="plain-list"),
    ]


def searched(search: str, text: str | None) -> str:
    """The query string with the text that was typed, other filters kept."""
    filters = replace(filters_of(visit_of(PATH, search)), text=(text or "").strip())
    return filters.search


def skeleton() -> list[Component]:
    """The components the callbacks name, empty."""
    return [dcc.Input(id=QUERY), html.Button(id=FIND)]


def register(app: Dash, _store: Store) -> None:
    """Write the text that was typed into the address."""

    @app.callback(
        Output(LOCATION, "search"),
        Input(QUERY, "n_submit"),
        Input(FIND, "n_clicks"),
        State(QUERY, "value"),
        State(LOCATION, "search"),
        prevent_initial_call=True,  # the page already shows what the address says
    )
    def find(submits: int | None, clicks: int | None, text: str | None, search: str) -> object:
        return searched(search, text) if submits or clicks else no_update


PAGE = Page(PATH, title, layout, register, skeleton, in_navigation=True)
