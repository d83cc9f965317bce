"""`/plan`: is the plan on track?"""

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.plan import Actual, Measure, Plan
from observatory.domain.plan_review import need_talk
from observatory.language import gettext as _
from observatory.pages.plan_data import PlanData, PlanReader
from observatory.pages.plan_decision_tables import Ways, decisions_section, settling_ways
from observatory.pages.plan_parts import (
    form,
    frame_note,
    in_markup,
    node_link,
    node_status,
    notices,
    timeline,
    tree,
    why,
)
from observatory.pages.plan_view import PATH, SHOWN, plan_view
from observatory.pages.plan_words import (
    answer,
    reported_words,
    since_words,
    strip_counts,
    strip_empty,
    strip_title,
)
from observatory.pages.visit import Page, Visit
from observatory.store.warehouse import Store
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import link, server_link, static
from observatory.views.components.terms import terms
from observatory.views.plan_words import actual_text, day_text, plan_status_word
from observatory.views.words import date_text, number_text
from observatory.workspace.policy import Action, may
from observatory.workspace.reader import current_person

MOST_LISTED = 60
TREE = "plan-page-tree"


def create_page(reader: PlanReader) -> Page:
    """The page, which reads the workspace as well as the snapshot."""

    def layout(store: Store, visit: Visit) -> Component:
        data = reader.data(store, plan_view(visit))
        return plan_layout(data, settling_ways(reader.workspace, data, data.view.address()))

    return Page(PATH, title, layout, in_navigation=True)


def title() -> str:
    """The page's title."""
    return _("Plan")


def plan_layout(data: PlanData, ways: Ways) -> Component:
    """The plan of a view: the answer, what a review asks for, tree, timeline, documents.

    Args:
        data: the plan as it is seen.
        ways: how this reader settles decisions.
    """
    return html.Div(
        static(
            opening(_("Is the plan on track?"), emphasised(answer(data)), trail=_trail(data)),
            *notices(data),
            form(data, PATH),
            frame_note(data, PATH),
            shown_list(data) if data.view.show else strip(data),
            html.Div(section(_("Objectives, lines, initiatives"), tree(data)), id=TREE),
            decisions_section(data, ways),
            downloads("plan", data.view.address("", show=""), what=_("the plan")),
            downloads("plan-figures", data.view.address("", show=""), what=_("its figures")),
            html.P(
                [
                    _("The whole plan:"),
                    " ",
                    server_link(
                        _("StratML Part 2"), data.view.address(f"{PATH}/files/stratml", show="")
                    ),
                    " · ",
                    server_link(
                        _("Part 1"), data.view.address(f"{PATH}/files/stratml-core", show="")
                    ),
                    " · ",
                    server_link(_("JSON"), data.view.address(f"{PATH}/files/json", show="")),
                    " · ",
                    server_link(_("schema of the JSON"), f"{PATH}/files/json-schema"),
                    " · ",
                    server_link(
                        _("board pack"),
                        data.view.address(f"{PATH}/board-pack.pdf", show="", since=""),
                    ),
                ],
                className="source-line",
            ),
            _import_way(),
            section(
                _("In time"),
                timeline(data),
                note=_("Initiatives with a day on record; a mark for each milestone."),
            ),
            _stands_for(data.plan),
            _documents(data),
            html.P(
                link(
                    _("Review the plan, item by item"), data.view.address(f"{PATH}/review", show="")
                ),
                className="more",
            ),
        ),
        className="plan",
    )


def _import_way() -> Component | None:
    """The way to another plan, for those who may import one."""
    if not may(current_person(), Action.IMPORT_PLAN):
        return None
    return html.P(server_link(_("Import a plan from a file"), "/plan/import"), className="more")


def _stands_for(plan: Plan) -> Component | None:
    """What the organisation wants with it, where the plan says so."""
    told = [(_("Vision"), plan.vision), (_("Mission"), plan.mission)]
    told += [
        (one.title or _("Value"), one.words or _("a value of the organisation"))
        for one in plan.principles
    ]
    known = [(name, words) for name, words in told if words]
    return section(_("What it stands for"), terms(known)) if known else None


def _trail(data: PlanData) -> list[Component | str]:
    plan = data.plan
    years = f"{day_text(plan.starts_on)} – {day_text(plan.ends_on)}"
    return [plan.title, " · ", years, *([" · ", f"“{plan.motto}”"] if plan.motto else [])]


def strip(data: PlanData) -> Component:
    """What a decision may be needed on: a count each, which opens the list that proves it."""
    entries = []
    for kind, count in strip_counts(data.review()).items():
        words = number_text(count)
        shown = link(words, data.view.address(PATH, show=kind)) if count else words
        below = "" if count else strip_empty(kind, data)
        entries.append(
            html.Li(
                [
                    html.Span(strip_title(kind), className="strip-kind"),
                    html.Span(shown, className="strip-count"),
                    html.Span(
                        below or (since_words(data) if kind in {"changed", "crossed"} else ""),
                        className="small",
                    ),
                ]
            )
        )
    return html.Ul(entries, className="decision-strip")


def shown_list(data: PlanData) -> Component:
    """The list behind one count of the strip."""
    kind = data.view.show
    items = listed_items(data, kind)
    others = [
        link(strip_title(one), data.view.address(PATH, show=one)) for one in SHOWN if one != kind
    ]
    more = len(items) - MOST_LISTED
    return section(
        strip_title(kind),
        html.Ul(items[:MOST_LISTED], className="ruled-list review-list")
        if items
        else html.P(strip_empty(kind, data), className="measure"),
        html.P(_("and {count} more").format(count=number_text(more))) if more > 0 else None,
        html.P(
            [
                link(_("The whole plan"), data.view.address(PATH, show="")),
                *[in_markup(" · ", one) for one in others],
            ],
            className="note",
        ),
    )


def listed_items(data: PlanData, kind: str) -> list[Component]:
    """The entries behind one count of the strip, each with its evidence."""
    found = data.review()
    if kind == "changed":
        decided = [
            _item(node_link(data, one.node_id), one.words, day_text(one.decided_on))
            for one in found.new_decisions
            if one.node_id in data.nodes
        ]
        return decided + [_new_figure(data, one) for one in found.new_actuals]
    if kind == "crossed":
        return [
            _item(
                node_link(data, one.node_id),
                _("{before}, now {now}").format(
                    before=plan_status_word(one.before), now=plan_status_word(one.now).lower()
                ),
                why(data, one.node_id),
            )
            for one in found.crossings
        ]
    if kind == "milestones":
        return [
            _item(
                node_link(data, one.node_id),
                _("{title}: due {day}").format(title=one.title, day=day_text(one.due_on)),
                one.note,
            )
            for one in found.late_milestones
        ]
    if kind == "ownerless":
        return [_item(node_link(data, one.initiative_id), "", one.note) for one in found.ownerless]
    chosen = {
        "overdue": found.overdue,
        "unknown": found.unknown,
        "talk": tuple(need_talk(data.plan, data.found)),
    }[kind]
    return [_measure_item(data, one) for one in chosen]


def _new_figure(data: PlanData, actual: Actual) -> Component:
    measure = data.measures[actual.measure_id]
    told = _("{value} for {period}").format(
        value=actual_text(measure, actual), period=actual.period
    )
    known = _("known {day}").format(day=day_text(actual.known_on))
    where = reported_words(measure, actual)
    return _item(
        node_link(data, measure.measure_id), told, "; ".join(x for x in (known, where) if x)
    )


def _measure_item(data: PlanData, measure: Measure) -> Component:
    above = data.nodes[measure.node_id]
    return html.Li(
        [
            html.Div(
                [
                    html.Span(
                        [node_link(data, measure.measure_id), " ", _small(above.title)],
                    ),
                    html.Span(node_status(data, measure.measure_id)),
                ],
                className="item-line",
            ),
            html.Div(why(data, measure.measure_id), className="small"),
        ]
    )


def _small(words: str) -> Component:
    return html.Span(words, className="small")


def _item(name: Markup, words: str, below: str) -> Component:
    return html.Li(
        [
            html.Div([html.Span(name), html.Span(words)], className="item-line"),
            html.Div(below, className="small") if below else None,
        ]
    )


def _documents(data: PlanData) -> Component:
    """What is documented of the plan itself."""
    topics = {
        "plan": _("The plan"),
        "calendar": _("Its calendar"),
        "body": _("Who answers for it"),
        "earlier plan": _("Plans before it"),
    }
    entries = []
    for topic, label in topics.items():
        own = [one for one in data.plan.statements if one.topic == topic]
        items = [
            html.Li([f"{_when(one.on)}{one.words} ", link(_("source"), one.source_url)])
            for one in own
        ]
        entries.append((label, html.Ul(items, className="plain-list") if items else None))
    return section(
        _("What is documented of the plan"),
        terms(entries),
        note=_("Of the plan itself, its cover and the president’s note are public."),
    )


def _when(period: str) -> str:
    is_day = len(period) == len("2021-11-12")
    return f"{date_text(period) if is_day else period}: " if period else ""
