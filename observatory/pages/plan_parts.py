"""Pieces of the plan's pages: form, frame notice, tree, timeline, lists of a review."""

from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.plan import Initiative, Milestone, Node
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.plan_data import PlanData
from observatory.pages.plan_view import LOOK_BACK, OFF, PATH
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import Children, section
from observatory.views.components.static import link, markup
from observatory.views.components.status_mark import status_mark
from observatory.views.components.template import rendered
from observatory.views.figures.plan_timeline import DAYS_AROUND, Axis, TimelineRow
from observatory.views.plan_words import (
    day_text,
    level_word,
    standing_word,
    why_words,
)
from observatory.views.words import number_text

ILLUSTRATIVE = "illustrative"


def address_of(data: PlanData, node_id: str) -> str:
    """The page of a node in the same view."""
    path = PATH if node_id == "plan" else f"{PATH}/{node_id}"
    return data.view.address(path, show="")


def node_link(data: PlanData, node_id: str) -> Markup:
    """A link to a node by its title."""
    return link(data.nodes[node_id].title, address_of(data, node_id))


def node_status(data: PlanData, node_id: str) -> Markup:
    """The status of a node as shape and word, marked where an illustrative target is behind it."""
    found = data.found[node_id]
    return status_mark(
        found.status,
        is_illustrative=found.has_illustrative,
        tag=standing_word(ILLUSTRATIVE),
    )


def why(data: PlanData, node_id: str) -> str:
    """Why a node has its status."""
    return why_words(data.measures.get(node_id), data.found[node_id])


def form(data: PlanData, path: str) -> Markup:
    """As of which day, since when, with which targets."""
    view, plan = data.view, data.plan
    days = [
        (view.today, _("today")),
        (plan.ends_on, _("end of the plan")),
        (_middle(plan.starts_on, plan.ends_on), _("half-way")),
        (plan.starts_on, _("its first day")),
    ]
    shown = [
        (
            view.address(path, as_of="" if day == view.today else day.isoformat(), since=""),
            label,
            day == view.as_of,
        )
        for day, label in days
    ]
    words = {
        "form": _("How the plan is seen"),
        "as_of": _("As of"),
        "since": _("New since"),
        "targets": _("Illustrative targets"),
        "shown": _("shown, and marked"),
        "hidden": _("hidden"),
        "go": _("Go to"),
    }
    return rendered(
        "plan_form",
        path=path,
        words=words,
        as_of=view.as_of.isoformat(),
        today=view.today.isoformat(),
        since=view.since.isoformat(),
        since_default=(view.as_of - LOOK_BACK).isoformat(),
        illustrative=view.illustrative,
        show=view.show,
        days=shown,
    )


def _middle(first: date, last: date) -> date:
    return first + (last - first) / 2


def notices(data: PlanData) -> list[Component]:
    """What could not be read, and what of the address makes no sense."""
    told = []
    if data.notice:
        told.append(
            _(
                "What people wrote here cannot be read just now, so only published documents and "
                "computed figures are shown. {problem}"
            ).format(problem=data.notice)
        )
    if data.view.ignored:
        words = _("Left out of the address, because it makes no sense here: {parts}")
        told.append(words.format(parts="; ".join(data.view.ignored)))
    return [html.P(one, className="notice", role="status") for one in told]


def frame_note(data: PlanData, path: str) -> Component:
    """Whose frame this is, and whose targets, with the switch."""
    parts: list[Component | Markup | str] = [data.plan.frame, " "] if data.plan.frame else []
    ours = [one for one in data.whole.targets if one.standing == ILLUSTRATIVE]
    if ours:
        tag = html.Span(standing_word(ILLUSTRATIVE), className="tag")
        switch = (
            link(_("Hide them"), data.view.address(path, illustrative=OFF))
            if data.view.illustrative
            else link(_("Show them"), data.view.address(path, illustrative=""))
        )
        told = (
            _("Targets marked so are ours, to show how the rule works:")
            if data.view.illustrative
            else _("Targets of ours are hidden:")
        )
        parts += [told, " ", tag, " ", switch, " · "]
    parts.append(link(_("The rule and its cut points"), "/methods#methods-page-plan"))
    return html.P(parts, className="note plan-frame")


def tree(data: PlanData) -> Component:
    """Objectives, lines, initiatives and their measures, each with its status and why."""
    root = data.nodes["plan"]
    rows = [_branch(data, child) for child in root.children if data.nodes[child].kind != "measure"]
    own = [child for child in root.children if data.nodes[child].kind == "measure"]
    return html.Ul([*rows, *[_leaf(data, one) for one in own]], className="plan-tree")


def _branch(data: PlanData, node_id: str) -> Component:
    node = data.nodes[node_id]
    below = [
        _leaf(data, child) if data.nodes[child].kind == "measure" else _branch(data, child)
        for child in node.children
    ]
    line = _tree_line(data, node)
    if not below:
        return html.Li(html.Div(line, className=f"tree-line tree-{node.kind}"))
    if node.kind == "initiative":
        count = len([one for one in node.children if data.nodes[one].kind == "measure"])
        words = ngettext("{count} measure", "{count} measures", count).format(
            count=number_text(count)
        )
        inner = html.Details([html.Summary(words), html.Ul(below)], className="tree-measures")
        return html.Li([html.Div(line, className=f"tree-line tree-{node.kind}"), inner])
    return html.Li([html.Div(line, className=f"tree-line tree-{node.kind}"), html.Ul(below)])


def _leaf(data: PlanData, node_id: str) -> Component:
    node = data.nodes[node_id]
    return html.Li(html.Div(_tree_line(data, node), className="tree-line tree-measure"))


def _tree_line(data: PlanData, node: Node) -> list[Component | Markup]:
    weight = _("weight 0, left out above") if node.weight == 0 else ""
    told = "; ".join(part for part in (why(data, node.node_id), weight) if part)
    level = html.Span(level_word(node.kind), className="visually-hidden")
    return [
        html.Span([node_link(data, node.node_id), " ", level], className="tree-title"),
        html.Span(node_status(data, node.node_id), className="tree-status"),
        html.Span(told, className="tree-why"),
    ]


def timeline(data: PlanData) -> Component:
    """Initiatives with days on record and their milestones, over the plan's years."""
    around = timedelta(days=DAYS_AROUND)
    axis = Axis(data.plan.starts_on - around, data.plan.ends_on + around)
    rows = [row for one in data.plan.initiatives if (row := _timeline_row(data, axis, one))]
    label = _("Milestones of {count} initiatives; the table below holds the same.").format(
        count=number_text(len(rows))
    )
    drawn = rendered(
        "plan_timeline",
        label=label,
        years=axis.years(),
        ticks=[left for left, _year in axis.years()],
        rows=rows,
        now=axis.place(data.view.as_of) if axis.holds(data.view.as_of) else None,
    )
    legend = html.P(
        [
            _mark("done", _("done")),
            _mark("due", _("due")),
            _mark("late", _("due before this day, not known to be done")),
        ],
        className="timeline-legend",
    )
    return html.Div([drawn, legend, milestone_fold(data)])


def _mark(kind: str, words: str) -> Component:
    return html.Span([html.I(className=f"timeline-mark timeline-{kind}"), words])


def _timeline_row(data: PlanData, axis: Axis, one: Initiative) -> TimelineRow | None:
    own = [mile for mile in data.plan.milestones if mile.node_id == one.initiative_id]
    marks = [
        (axis.place(day), milestone_state(data, mile), f"{mile.title}, {day_text(day)}")
        for mile in own
        if (day := mile.done_on or mile.due_on) is not None and axis.holds(day)
    ]
    bar = axis.span(one.starts_on, one.ends_on) if one.starts_on is not None else None
    if not marks and bar is None:
        return None
    href = address_of(data, one.initiative_id)
    return TimelineRow(one.title, href, bar, one.ends_on is None, tuple(marks))


def milestone_state(data: PlanData, milestone: Milestone) -> str:
    """One of "done", "late" (due before the day and not known to be done), "due"."""
    if milestone.done_on is not None:
        return "done"
    due = milestone.due_on
    return "late" if due is not None and due < data.view.as_of else "due"


def milestone_fold(data: PlanData) -> Component:
    """All milestones by day, in a fold."""
    table = milestone_table(data, data.plan.milestones)
    return html.Details([html.Summary(_("Milestones as a table")), table])


def milestone_table(data: PlanData, milestones: tuple[Milestone, ...]) -> Markup:
    """Milestones by day."""
    words = {"done": _("done"), "due": _("due"), "late": _("not known to be done")}
    ordered = sorted(milestones, key=lambda one: one.done_on or one.due_on or date.max)
    rows: list[list[Children | None]] = [
        [
            one.title,
            node_link(data, one.node_id) if one.node_id in data.nodes else one.node_id,
            day_text(one.due_on),
            day_text(one.done_on),
            words[milestone_state(data, one)],
            link(_("source"), one.source_url) if one.source_url else None,
        ]
        for one in ordered
    ]
    header = [
        (_("Milestone"), "text"),
        (_("Of"), "text"),
        (_("Due"), "text"),
        (_("Done"), "text"),
        (_("State"), "text"),
        (_("Source"), "text"),
    ]
    return data_table(_("Milestones"), header, rows)


def listed(title: str, items: list[Component], empty: str) -> Component:
    """A section with a ruled list, or the words that say why there is none."""
    body = html.Ul(items, className="ruled-list") if items else html.P(empty, className="measure")
    return section(title, body)


def in_markup(*parts: object) -> Markup:
    """Several pieces as one text."""
    return Markup("".join(markup(part) for part in parts))  # noqa: S704 - escaped piece by piece
