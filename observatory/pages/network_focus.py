"""One member in the network: its partners, their partners, and the way to another member."""

import itertools
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.scenario import pair_of
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.city_data import city_data
from observatory.pages.city_figures import CityFigure
from observatory.pages.city_view import city_view
from observatory.pages.network_data import NetworkData, all_members
from observatory.pages.network_parts import tie_link
from observatory.pages.network_words import (
    kind_word,
    measure_text,
    measure_title,
    what_counts,
)
from observatory.pages.visit import visit_of
from observatory.queries.network import all_events
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section
from observatory.views.components.static import link, one_line
from observatory.views.components.terms import terms
from observatory.views.words import joined_text, number_text, region_name, years_text

SHOWN_FIRST = 12
SECOND_SHOWN = 10
TOLD_MEASURES = ("degree", "strength", "betweenness", "constraint", "core", "reach", "cut_off")


def focus(store: Store, data: NetworkData) -> Component | None:
    """The member looked at; None where there is none."""
    city_id = data.view.city
    if not city_id:
        return None
    if data.is_cut_from():
        words = _("{member} is left out by the regions or the evidence chosen.")
        name = str(all_members(store).loc[city_id, "name"])
        return section(name, html.P(words.format(member=name)))
    parts = [
        html.P(in_words(data, city_id), className="measure"),
        terms([(measure_title(one), _measure(data, city_id, one)) for one in TOLD_MEASURES]),
        _brings(store, city_id),
        _partners(data, city_id),
        _seconds(data, city_id),
        _path(store, data),
        _onward(data, city_id),
    ]
    return html.Div(section(data.name(city_id), *parts), className="network-focus")


def _measure(data: NetworkData, city_id: str, measure: str) -> str:
    return measure_text(measure, float(data.measures.loc[city_id, measure]))


def in_words(data: NetworkData, city_id: str) -> str:
    """How many partners a member has, where they are, and where it has none."""
    partners = data.partners(city_id)
    name = data.name(city_id)
    if partners.empty:
        return _("{member} has no tie by {what}.").format(member=name, what=what_counts(data.view))
    regions = data.members.loc[partners["city_id"], "region"]
    own = str(data.members.loc[city_id, "region"])
    words = ngettext(
        "{member} has {count} partner in {regions} region; {outside} of them lies outside its own.",
        "{member} has {count} partners in {regions} regions; {outside} of them lie outside its "
        "own.",
        len(partners),
    )
    lacking = sorted(set(data.members["region"]) - set(regions) - {own, ""})
    told = words.format(
        member=name,
        count=number_text(len(partners)),
        regions=number_text(regions.nunique()),
        outside=number_text(int((regions != own).sum())),
    )
    if not lacking:
        return told
    none = _("It has no partner in {regions}.").format(
        regions=joined_text([region_name(region) for region in lacking])
    )
    return f"{told} {none}"


def _brings(store: Store, city_id: str) -> Component | None:
    """What it is better at than most of its like, and what worse: what it can give and seek."""
    if city_id not in all_members(store).index:  # a partner that a scenario admits
        return None
    found = city_data(store, city_id, city_view(visit_of("", ""))).outstanding

    def listed(figures: list[CityFigure]) -> Markup | str:
        titles = (
            link(one.indicator.title, f"/data/{one.indicator.indicator_id}") for one in figures
        )
        return one_line(titles) if figures else _("nothing that stands out")

    return html.Div(
        [
            html.P([html.Strong(_("Brings")), ": ", listed(found.strengths), "."]),
            html.P([html.Strong(_("Lacks")), ": ", listed(found.gaps), "."]),
            html.P(
                _("By the strengths and gaps of its profile, held against its peers."),
                className="small",
            ),
        ],
        className="brings",
    )


def _partners(data: NetworkData, city_id: str) -> Component | None:
    partners = data.partners(city_id)
    if partners.empty:
        return None
    header = [
        (_("Partner"), "text"),
        (_("Strength"), "number"),
        (_("By"), "text"),
        (_("Years"), "text"),
        (_("Scenario"), "text"),
    ]
    rows = [
        [
            [
                tie_link(data, str(row.city_a), str(row.city_b), data.name(str(row.city_id))),
                Markup(" "),
                link(_("look at it"), data.view.href(city=str(row.city_id), goal="")),
            ],
            number_text(float(row.strength), 0 if float(row.strength).is_integer() else 1),
            joined_text([kind_word(kind) for kind in str(row.kinds).split(";")]),
            years_text(row.first_year, row.last_year),
            link(
                _("without this tie"),
                data.view.thought(
                    cut=(*data.view.scenario.cut, (str(row.city_a), str(row.city_b)))
                ),
            ),
        ]
        for row in partners.itertuples()
    ]
    told = _("Partners of {member}").format(member=data.name(city_id))
    shown = [html.H3(_("Partners")), data_table(told, header, rows[:SHOWN_FIRST])]
    if len(rows) > SHOWN_FIRST:
        words = ngettext("{count} more", "{count} more", len(rows) - SHOWN_FIRST)
        rest = data_table(told, header, rows[SHOWN_FIRST:])
        summary = html.Summary(words.format(count=number_text(len(rows) - SHOWN_FIRST)))
        shown.append(html.Details([summary, rest]))
    return html.Div(shown)


def _seconds(data: NetworkData, city_id: str) -> Component | None:
    seconds = data.second_partners(city_id)
    if seconds.empty:
        return None
    first = sorted(seconds.items(), key=lambda one: (-one[1], data.name(str(one[0]))))
    items = [
        html.Li(
            [
                dcc.Link(data.name(str(other)), href=data.view.href(city=city_id, goal=str(other))),
                " ",
                html.Span(
                    ngettext(
                        "by {count} common partner", "by {count} common partners", int(ways)
                    ).format(count=number_text(int(ways))),
                    className="small",
                ),
            ]
        )
        for other, ways in first[:SECOND_SHOWN]
    ]
    words = ngettext(
        "{count} member is a partner of a partner, not of {member} itself.",
        "{count} members are partners of partners, not of {member} itself.",
        len(seconds),
    ).format(count=number_text(len(seconds)), member=data.name(city_id))
    return html.Div(
        [
            html.H3(_("Partners of partners")),
            html.P(words, className="small"),
            html.Ul(items, className="plain-list second-partners"),
        ]
    )


def _path(store: Store, data: NetworkData) -> Component | None:
    view = data.view
    if not view.goal:
        return None
    if view.goal not in data.members.index:
        return html.P(_("The goal of the path is left out by the regions or the evidence chosen."))
    heading = html.H3(
        _("From {start} to {goal}").format(start=data.name(view.city), goal=data.name(view.goal))
    )
    path = data.path()
    if not path:
        words = _("No chain of ties leads there in this view.")
        return html.Div([heading, html.P(words)], id="network-page-path")
    titles = all_events(store).set_index("event_id")["title"].to_dict()
    steps = [
        html.Li(
            [
                tie_link(data, *pair_of(one, other), f"{data.name(one)} – {data.name(other)}"),
                html.Span([": ", _behind(data, one, other, titles)], className="small"),
            ]
        )
        for one, other in itertools.pairwise(path)
    ]
    count = ngettext("{count} step", "{count} steps", len(steps))
    note = _("The fewest ties; of several such ways the one of the strongest ties.")
    return html.Div(
        [
            heading,
            html.P([count.format(count=number_text(len(steps))), ". ", note], className="small"),
            html.Ol(steps, className="path-steps"),
        ],
        id="network-page-path",
    )


def _behind(data: NetworkData, one: str, other: str, titles: dict[str, str]) -> str:
    first, second = pair_of(one, other)
    rows = data.evidence[
        (data.evidence["city_a"] == first) & (data.evidence["city_b"] == second)
    ].drop_duplicates(["kind", "event_id"])
    return "; ".join(
        titles.get(str(row.event_id), kind_word(str(row.kind))) for row in rows.itertuples()
    )


def _onward(data: NetworkData, city_id: str) -> Component:
    view = data.view
    dropped = (*view.scenario.dropped, city_id)
    without = view.href(city="", goal="", scenario=replace(view.scenario, dropped=dropped))
    entries = [
        dcc.Link(_("Its profile"), href=f"/cities/{city_id}"),
        dcc.Link(_("Find it a new partner"), href=f"/network/partners?city={city_id}"),
        dcc.Link(_("What if it left?"), href=without),
        dcc.Link(_("The whole network"), href=view.href(city="", goal="")),
    ]
    return html.P([piece for entry in entries for piece in (entry, " · ")][:-1])
