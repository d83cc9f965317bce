"""`/plan/<node_id>`: what about this objective, line, initiative or measure?"""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.plan import Initiative, Node, path_to
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import all_members
from observatory.pages.plan_data import PlanData, PlanReader, find_node
from observatory.pages.plan_decision_tables import Ways, decision_table, settling_ways
from observatory.pages.plan_measure import card, measure_sections
from observatory.pages.plan_parts import (
    address_of,
    form,
    frame_note,
    milestone_table,
    node_link,
    node_status,
    notices,
    why,
)
from observatory.pages.plan_updates import updates_section
from observatory.pages.plan_view import PATH, plan_view
from observatory.pages.visit import Page, Visit, visit_of
from observatory.queries.cities import all_cities
from observatory.queries.network import all_events, all_participations
from observatory.queries.plan import events_until, participants
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import Children, opening, section
from observatory.views.components.member_map import member_map, region_dot
from observatory.views.components.static import link, one_line, static
from observatory.views.components.terms import terms
from observatory.views.plan_words import (
    day_text,
    initiative_kind_word,
    level_word,
    plan_status_word,
    stage_word,
)
from observatory.views.words import joined_text, number_text, theme_title, years_text

NODE_PATH = f"{PATH}/<node_id>"
AFTER_MAP = "plan-page-participants"


def create_page(reader: PlanReader) -> Page:
    """The page, which reads the workspace as well as the snapshot."""

    def layout(store: Store, visit: Visit) -> Component:
        data = reader.data(store, plan_view(visit))
        node = find_node(data, visit.parts["node_id"])
        written = updates_section(reader.workspace, data, node.node_id)
        back = data.view.address(f"{PATH}/{node.node_id}")
        ways = settling_ways(reader.workspace, data, back)
        return node_layout(store, data, node, written, ways)

    def subject(store: Store, parts: dict[str, str]) -> str:
        data = reader.data(store, plan_view(visit_of(PATH, "")))
        return find_node(data, parts["node_id"]).title

    return Page(NODE_PATH, title, layout, subject=subject)


def title() -> str:
    """The page's title."""
    return _("Part of the plan")


def node_layout(
    store: Store, data: PlanData, node: Node, written: Component | None, ways: Ways
) -> Component:
    """Everything about one node.

    Args:
        store: the published snapshot.
        data: the plan as it is seen.
        node: the node.
        written: what people wrote about it here.
        ways: how this reader settles decisions.
    """
    decided = _decisions(data, node.node_id, ways)
    if node.kind == "measure":
        measure = data.measures[node.node_id]
        parts: list[object] = [decided, *measure_sections(data, measure)]
    elif node.kind == "initiative":
        parts = _initiative(store, data, data.initiatives[node.node_id], decided)
    else:
        parts = [_roll_up(data, node), _measures(data, node), decided]
    return html.Div(
        static(
            opening(_question(node), _answer(data, node), trail=_trail(data, node)),
            *notices(data),
            form(data, f"{PATH}/{node.node_id}"),
            frame_note(data, f"{PATH}/{node.node_id}"),
            *parts,
            written,
        ),
        className="plan plan-node",
    )


def _question(node: Node) -> str:
    return _("{title}: how far is it?").format(title=node.title)


def _answer(data: PlanData, node: Node) -> list[Component | Markup | str]:
    found = data.found[node.node_id]
    words = [
        _("As of {day}: ").format(day=day_text(data.view.as_of)),
        node_status(data, node.node_id),
        " – ",
        f"{why(data, node.node_id)}.",
    ]
    if found.before_overdue:
        before = plan_status_word(found.before_overdue).lower()
        words.append(" " + _("By its last figure it was {before}.").format(before=before))
    return words


def _trail(data: PlanData, node: Node) -> list[Component | str]:
    parts: list[Component | str] = []
    for above in path_to(data.nodes, node.node_id)[:-1]:
        name = _("Plan") if above.kind == "plan" else above.title
        parts += [dcc.Link(name, href=address_of(data, above.node_id)), " · "]
    return [*parts, level_word(node.kind)]


def _roll_up(data: PlanData, node: Node) -> Component:
    """The children with their weights and points, and the mean they make."""
    found = data.found[node.node_id]
    points = {"achieved": "1", "on_track": "1", "off_pace": "0.5", "late": "0"}
    rows: list[list[Children | None]] = [
        [
            node_link(data, child),
            level_word(data.nodes[child].kind),
            node_status(data, child),
            number_text(weight, 0 if float(weight).is_integer() else 2),
            points.get(status, "–") if weight else _("left out"),
        ]
        for child, weight, status in found.parts
    ]
    header = [
        (_("Below it"), "text"),
        (_("Level"), "text"),
        (_("Status"), "text"),
        (_("Weight"), "number"),
        (_("Points"), "number"),
    ]
    words = _(
        "The status is the mean of the points by weight: on track from 0.85, off pace from 0.5, "
        "late below; achieved where all are. What is unknown or overdue has no points; where less "
        "than half of the weight has any, the status is unknown."
    )
    table = data_table(_("What the status follows from"), header, rows) if rows else None
    return section(_("How the status comes about"), html.P(_sum(data, node)), table, note=words)


def _sum(data: PlanData, node: Node) -> list[Markup | str]:
    return [node_status(data, node.node_id), " ", why(data, node.node_id), "."]


def _measures(data: PlanData, node: Node) -> Component | None:
    own = [one for one in data.measures_of(node.node_id) if one.node_id == node.node_id]
    if not own:
        return None
    return section(
        ngettext("{count} measure of its own", "{count} measures of its own", len(own)).format(
            count=number_text(len(own))
        ),
        html.Ul([card(data, one) for one in own], className="measure-cards"),
    )


def _initiative(
    store: Store, data: PlanData, one: Initiative, decided: Component | None
) -> list[object]:
    node = data.nodes[one.initiative_id]
    events = events_until(one, all_events(store), data.view.as_of.year)
    miles = tuple(m for m in data.plan.milestones if m.node_id == one.initiative_id)
    return [
        _facts(one),
        _measures(data, node)
        or section(_("Measures"), html.P(_("None is on record."), className="measure")),
        _participants(store, one, events),
        _events(store, events),
        section(_("Milestones"), milestone_table(data, miles)) if miles else None,
        _risks(data, one),
        decided,
        _roll_up(data, node),
        _history(data, node),
    ]


def _facts(one: Initiative) -> Component:
    days = None
    if one.starts_on or one.ends_on:
        days = f"{day_text(one.starts_on)} – {day_text(one.ends_on)}"
    return terms(
        [
            (_("Kind"), initiative_kind_word(one.kind)),
            (_("Answers for it"), one.owner or _("nobody is named")),
            (_("Other organisations"), joined_text(list(one.bodies)) if one.bodies else None),
            (_("Days"), days),
            (_("Stage"), stage_word(one.stage)),
            (_("Themes"), joined_text([theme_title(theme) for theme in one.themes])),
            (
                _("Sustainable Development Goals"),
                _("{goals} (assigned here)").format(goals=joined_text([str(n) for n in one.sdgs]))
                if one.sdgs
                else None,
            ),
            (_("Note"), one.note),
            (_("Source"), link(one.source_url, one.source_url) if one.source_url else None),
        ]
    )


def _participants(store: Store, one: Initiative, counted: list[str]) -> Component:
    found = participants(one, all_participations(store), counted)
    members = all_members(store)
    if found.empty:
        words = _("No document at hand names a member that takes part.")
        return section(_("Members that take part"), html.P(words, className="measure"))
    titles = all_events(store).set_index("event_id")["title"].to_dict()
    rows: list[list[Children | None]] = [
        [
            html.Span(
                [
                    region_dot(str(members.loc[city, "region"])),
                    link(str(members.loc[city, "name"]), f"/cities/{city}"),
                ]
            ),
            one_line(
                (link(str(titles[event]), f"/events/{event}") for event in events.split(";")), "; "
            )
            if events
            else _("named by the initiative’s own source"),
        ]
        for city, events in found.itertuples(index=False)
    ]
    cities = all_cities(store)
    shown = cities[cities["city_id"].isin(found["city_id"])]
    words = ngettext(
        "{count} member takes part, by what is on record",
        "{count} members take part, by what is on record",
        len(found),
    ).format(count=number_text(len(found)))
    header = [(_("Member"), "text"), (_("By"), "text")]
    return section(
        words,
        member_map(shown, skip_to=AFTER_MAP),
        html.Div(
            data_table(_("Members that take part"), header, rows),
            id=AFTER_MAP,
            className="participants",
        ),
    )


def _events(store: Store, counted: list[str]) -> Component | None:
    events = all_events(store).set_index("event_id")
    if not counted:
        return None
    rows: list[list[Children | None]] = [
        [
            link(str(row.title), f"/events/{row.Index}"),
            years_text(row.year_start, row.year_end) if pd.notna(row.year_start) else "–",
            number_text(int(str(row.members))),
        ]
        for row in events.loc[counted].itertuples()
    ]
    header = [(_("Event"), "text"), (_("Years"), "number"), (_("Members"), "number")]
    return section(_("Its events in the network"), data_table(_("Events"), header, rows))


def _risks(data: PlanData, one: Initiative) -> Component | None:
    own = [risk for risk in data.plan.risks if risk.initiative_id == one.initiative_id]
    if not own:
        return None
    rows: list[list[Children | None]] = [
        [
            risk.title,
            number_text(risk.likelihood),
            number_text(risk.impact),
            number_text(risk.likelihood * risk.impact),
            _("open") if risk.is_open else _("closed"),
            risk.note,
        ]
        for risk in sorted(own, key=lambda r: -r.likelihood * r.impact)
    ]
    header = [
        (_("Risk"), "text"),
        (_("Likelihood, 1 to 5"), "number"),
        (_("Impact, 1 to 5"), "number"),
        (_("Product"), "number"),
        (_("State"), "text"),
        (_("Note"), "text"),
    ]
    return section(_("Risks"), data_table(_("Risks"), header, rows))


def _decisions(data: PlanData, node_id: str, ways: Ways) -> Component | None:
    table = decision_table(data, node_id, ways)
    return section(_("Decisions"), table) if table is not None else None


def _history(data: PlanData, node: Node) -> Component:
    """What became known of an initiative, newest first."""
    own = {one.measure_id: one for one in data.measures_of(node.node_id)}
    told = sorted(
        (one for one in data.plan.actuals if one.measure_id in own),
        key=lambda one: (one.known_on, one.measure_id),
        reverse=True,
    )
    items = [
        html.Li(
            [
                html.Span(day_text(one.known_on), className="small history-day"),
                " ",
                node_link(data, one.measure_id),
                f": {one.as_stated} ({one.period}) ",
                link(_("source"), one.source_url) if one.source_url else "",
                html.Span(one.reported_by, className="small") if one.reported_by else "",
            ]
        )
        for one in told
    ]
    body = (
        html.Ul(items, className="plain-list history")
        if items
        else html.P(_("Nothing is known of it at this day."), className="measure")
    )
    return section(_("History"), body)
