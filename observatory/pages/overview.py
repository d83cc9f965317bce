"""`/`: are we on track, and what needs a decision?"""

from datetime import datetime

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.inclusion import BetweenGroups, between_groups
from observatory.errors import WorkspaceError
from observatory.language import gettext as _
from observatory.pages.network_data import NetworkData, network_data
from observatory.pages.network_view import network_view
from observatory.pages.network_words import answer as network_answer
from observatory.pages.plan import listed_items, strip
from observatory.pages.plan_data import PlanData, PlanReader
from observatory.pages.plan_parts import (
    form,
    frame_note,
    node_link,
    node_status,
    notices,
    why,
)
from observatory.pages.plan_view import plan_view
from observatory.pages.plan_words import answer as plan_answer
from observatory.pages.plan_words import strip_empty
from observatory.pages.visit import Page, Visit, visit_of
from observatory.queries.catalogue import Source, all_sources, holdings
from observatory.queries.cities import all_cities
from observatory.queries.profile import completeness, source_reach
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import fact, opening, section
from observatory.views.components.last_look import last_look
from observatory.views.components.member_map import member_map
from observatory.views.components.static import link, markup, static
from observatory.views.plan_words import day_text
from observatory.views.words import number_text, share_words, years_text
from observatory.workspace.engine import Workspace
from observatory.workspace.reader import current_reader
from observatory.workspace.sessions import visit_before

PATH = "/"

NEWEST = "overview-page-newest"
NEWEST_SHOWN = 6


def title() -> str:
    """The page's title."""
    return _("Overview")


def create_page(reader: PlanReader) -> Page:
    """The page, which reads the plan as well as the snapshot."""

    def layout(store: Store, visit: Visit) -> Component:
        data = reader.data(store, plan_view(visit))
        return overview_layout(store, data, last_visit(reader.workspace, data))

    return Page(PATH, title, layout, in_navigation=True)


def last_visit(workspace: Workspace, data: PlanData) -> Component | None:
    """The way to what changed since this reader was last here; None for who is not signed in."""
    session = current_reader().session
    if session is None or session.looks_as is not None:
        return None
    try:
        seen_at = visit_before(workspace, session)
    except WorkspaceError:
        return None  # told at the head of the page
    if not seen_at:
        return html.P(_("This is your first visit."), className="note")
    since = datetime.fromisoformat(seen_at).date()
    words = _("What changed since your last visit, {day}").format(day=day_text(since))
    return html.P(link(words, data.view.address(PATH, since=since.isoformat())), className="note")


def overview_layout(store: Store, data: PlanData, visited: Component | None) -> Component:
    """What needs a decision, the plan by objective, the network, the members, the data."""
    members, reach = all_cities(store), source_reach(store)
    documented = int((members["evidence"] != "D").sum())
    counts = {"count": number_text(len(members)), "documented": number_text(documented)}
    return static(
        html.Div(
            [
                opening(
                    _("Are we on track, and what needs a decision?"),
                    emphasised(plan_answer(data)),
                ),
                *notices(data),
                form(data, PATH),
                strip(data),
                visited,
                by_objective(data),
                to_talk_about(data),
                network_in_brief(store),
                section(
                    _("{count} members, {documented} of them documented").format(**counts),
                    html.P(emphasised(answer(store, members, reach)), className="measure"),
                    facts(store, members, reach),
                    store.kept("overview-map", lambda: _map(members)),
                ),
                newest(all_sources(store), reach),
            ],
            className="overview",
        )
    )


def _map(members: pd.DataFrame) -> Markup:
    """The map as text: it is the same whatever day the plan is seen as of."""
    return Markup(markup(member_map(members, skip_to=NEWEST)))  # noqa: S704 - escaped by markup


def by_objective(data: PlanData) -> Component:
    """The status of each objective in a word and a mark, and why."""
    rows = []
    for one in data.plan.objectives:
        lines = {line.line_id for line in data.plan.lines if line.objective_id == one.objective_id}
        count = sum(initiative.line_id in lines for initiative in data.plan.initiatives)
        rows.append(
            [
                node_link(data, one.objective_id),
                number_text(count),
                node_status(data, one.objective_id),
                why(data, one.objective_id),
            ]
        )
    header = [
        (_("Objective"), "text"),
        (_("Initiatives"), "number"),
        (_("Status"), "text"),
        (_("Why"), "text"),
    ]
    return section(
        _("The plan by objective"),
        data_table(_("The plan by objective"), header, rows),
        frame_note(data, PATH),
    )


def to_talk_about(data: PlanData) -> Component:
    """The measures that need talk most, each a link to its arithmetic."""
    items = listed_items(data, "talk")
    body = html.Ul(items, className="ruled-list review-list") if items else None
    return section(
        _("Measures that need talk"),
        body or html.P(strip_empty("talk", data), className="measure"),
        html.P(
            [
                link(_("Review the plan"), data.view.address("/plan/review", show="")),
                " · ",
                link(_("The whole plan"), data.view.address("/plan", show="")),
            ],
            className="more",
        ),
    )


def answer(store: Store, members: pd.DataFrame, reach: pd.DataFrame) -> str:
    """What is held, in two sentences; strong parts between **."""
    held = holdings(store)
    complete = completeness(store)
    filled = held[held["cities_held"] > 0]
    return _(
        "We hold **{figures} figures** on {indicators} indicators from {sources} public sources. "
        "The typical member has **{median} of the {possible}** city indicators of the catalogue, "
        "and {documented} of {members} seats are documented: what is missing says why."
    ).format(
        figures=number_text(int(reach["figures"].sum())),
        indicators=number_text(len(filled)),
        sources=number_text(int((reach["figures"] > 0).sum())),
        median=number_text(float(complete["held"].median())),
        possible=number_text(int(complete["possible"].max())),
        documented=number_text(int((members["evidence"] != "D").sum())),
        members=number_text(len(members)),
    )


def facts(store: Store, members: pd.DataFrame, reach: pd.DataFrame) -> Component:
    """Five numbers, each with the page that opens it."""
    held = holdings(store)
    filled = int((held["cities_held"] > 0).sum())
    return html.Dl(
        [
            fact(_("Members"), dcc.Link(number_text(len(members)), href="/cities")),
            fact(_("Countries"), number_text(members["iso3"].nunique())),
            fact(_("Indicators with figures"), dcc.Link(number_text(filled), href="/data")),
            fact(
                _("Sources with figures"),
                dcc.Link(number_text(int((reach["figures"] > 0).sum())), href="/data"),
            ),
            fact(_("Years"), years_text(reach["first_year"].min(), reach["last_year"].max())),
        ],
        className="facts facts-large",
    )


def network_in_brief(store: Store) -> Component:
    """The cooperation of the members in five numbers, each with the page that opens it."""
    data, chance = store.kept("network-brief", lambda: _brief(store))
    whole = data.whole
    steps = number_text(whole.mean_steps, 1) if whole.ties else "–"
    return section(
        _("The network in brief"),
        html.P(emphasised(network_answer(data)), className="measure"),
        html.Dl(
            [
                fact(
                    _("Members with a tie"),
                    dcc.Link(number_text(whole.linked), href="/network/inclusion"),
                ),
                fact(_("Ties"), dcc.Link(number_text(whole.ties), href="/network")),
                fact(_("Steps apart, on average"), steps),
                fact(
                    _("Ties between regions"),
                    dcc.Link(
                        share_words(chance.share) if chance.ties else "–", href="/network/inclusion"
                    ),
                ),
                fact(
                    _("Without a tie on record"),
                    dcc.Link(number_text(len(data.unlinked)), href="/network"),
                ),
            ],
            className="facts facts-large",
        ),
    )


def _brief(store: Store) -> tuple[NetworkData, BetweenGroups]:
    data = network_data(store, network_view(store, visit_of("/network", "")))
    return data, between_groups(data.graph, data.members["region"])


def newest(sources: dict[str, Source], reach: pd.DataFrame) -> Component:
    """The sources whose data are the most recent."""
    latest = reach[reach["figures"] > 0].head(NEWEST_SHOWN)
    rows = [
        [
            [
                dcc.Link(sources[row["source_id"]].title, href=f"/data/sources/{row['source_id']}"),
                html.Span(sources[row["source_id"]].publisher, className="small cell-source"),
            ],
            years_text(row["first_year"], row["last_year"]),
            last_look(sources[row["source_id"]].looked_on, sources[row["source_id"]].rhythm_months),
            number_text(int(row["figures"])),
        ]
        for row in latest.to_dict("records")
    ]
    header = [
        (_("Source"), "text"),
        (_("Data about"), "number"),
        (_("Last look"), "number"),
        (_("Figures"), "number"),
    ]
    return html.Div(
        section(
            _("Newest data"),
            data_table(_("Sources with the newest data"), header, rows),
            html.P(dcc.Link(_("All sources and indicators"), href="/data"), className="more"),
            note=_("By the years the data are about, not by the day we looked."),
        ),
        id=NEWEST,
    )
