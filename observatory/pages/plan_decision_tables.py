"""Decisions on the pages of the plan: what was decided, what is overdue, how it is settled."""

from collections.abc import Mapping
from datetime import date

from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.plan import Decision
from observatory.errors import WorkspaceError
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.forms import form, hidden_field, text_field
from observatory.pages.plan_data import PlanData
from observatory.pages.plan_parts import node_link
from observatory.pages.plan_view import PATH
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import Children, section
from observatory.views.plan_words import day_text
from observatory.views.words import number_text
from observatory.workspace.decisions import DROPPED, decision_versions
from observatory.workspace.engine import Workspace
from observatory.workspace.policy import Action, may
from observatory.workspace.reader import current_person

DECIDE_PATH = f"{PATH}/decisions"
OPEN = "open"
SHOWN_SETTLED = 20

Ways = Mapping[str, Markup]  # decision id → the forms that settle it


def settling_ways(workspace: Workspace, data: PlanData, back: str) -> Ways:
    """Forms by which this reader settles decisions; none for who may not decide.

    Args:
        workspace: where decisions are kept; those of an imported plan alone are not, and what
            was settled after the day that is looked at is not settled from there.
        data: the plan as it is seen.
        back: the address to come back to.
    """
    if not may(current_person(), Action.DECIDE):
        return {}
    try:
        versions = decision_versions(workspace)
    except WorkspaceError:
        return {}  # told at the head of the page
    return {
        one.decision_id: _forms(one, versions[one.decision_id], back)
        for one in data.whole.decisions
        if one.decision_id in versions and one in data.plan.decisions
    }


def _forms(one: Decision, version: int, back: str) -> Markup:
    if one.state == OPEN:
        drop = Markup("<details><summary>{}</summary>{}</details>").format(
            _named(_("Drop …"), one),
            _form(one, version, back, DROPPED, _("Drop"), _reason(one)),
        )
        ways = [_form(one, version, back, "done", _("Done")), drop]
    else:
        ways = [_form(one, version, back, OPEN, _("Open again"))]
    return Markup('<span class="settle">{}</span>').format(Markup("").join(ways))


def _form(one: Decision, version: int, back: str, state: str, words: str, *more: Markup) -> Markup:
    return form(
        f"{DECIDE_PATH}/{one.decision_id}/{state}",
        hidden_field("version", version),
        hidden_field("back", f"{back}#{decision_place(one.decision_id)}"),
        *more,
        button=_named(words, one),
        quiet=True,
    )


def _named(words: str, one: Decision) -> Markup:
    """A button's words, with the decision for who does not see the row."""
    return Markup('{}<span class="visually-hidden">: {}</span>').format(words, one.words)


def _reason(one: Decision) -> Markup:
    note = _("Stays in the audit trail.")
    return text_field("why", _("Why?"), note=note, suffix=one.decision_id)


def decision_place(decision_id: str) -> str:
    """Where a page shows a decision, for addresses that lead to it."""
    return f"decision-{decision_id}"


def is_overdue(one: Decision, day: date) -> bool:
    """Whether a decision is open past its day."""
    return one.state == OPEN and one.due_on is not None and one.due_on < day


def decision_table(data: PlanData, node_id: str, ways: Ways) -> Markup | None:
    """What was decided about a node, newest first; None where nothing was.

    Args:
        data: the plan as it is seen.
        node_id: the node.
        ways: how this reader settles decisions.
    """
    own = [one for one in data.plan.decisions if one.node_id == node_id]
    ordered = sorted(own, key=lambda one: one.decided_on, reverse=True)
    return _table(data, ordered, ways) if own else None


def decisions_section(data: PlanData, ways: Ways) -> Component | None:
    """What was decided about the whole plan: the open ones, overdue first, then settled ones."""
    known = [one for one in data.plan.decisions if one.node_id in data.nodes]
    if not known:
        return None
    still = sorted(
        (one for one in known if one.state == OPEN),
        key=lambda one: (one.due_on or date.max, one.decided_on),
    )
    settled = sorted(
        (one for one in known if one.state != OPEN), key=lambda one: one.decided_on, reverse=True
    )[:SHOWN_SETTLED]
    late = sum(is_overdue(one, data.view.as_of) for one in still)
    words = [
        ngettext("{count} decision is open", "{count} decisions are open", len(still)),
        ngettext("{count} of them overdue.", "{count} of them overdue.", late),
    ]
    counts = [number_text(len(still)), number_text(late)]
    told = ", ".join(one.format(count=count) for one, count in zip(words, counts, strict=True))
    rest = (
        Markup("<details><summary>{}</summary>{}</details>").format(
            _("Settled: {count}").format(count=number_text(len(settled))),
            _table(data, settled, ways, with_node=True),
        )
        if settled
        else None
    )
    table = _table(data, still, ways, with_node=True) if still else None
    return section(_("Decisions"), table, rest, note=told)


def _table(
    data: PlanData, decisions: list[Decision], ways: Ways, *, with_node: bool = False
) -> Markup:
    states = {OPEN: _("open"), "done": _("done"), DROPPED: _("dropped")}
    rows: list[list[Children | None]] = []
    for one in decisions:
        cells: list[Children | None] = [
            Markup('<span id="{}" tabindex="-1">{}</span>').format(
                decision_place(one.decision_id), one.words
            ),
            one.owner,
            _by(one, data.view.as_of),
            states[one.state],
            day_text(one.decided_on),
        ]
        about: list[Children | None] = [node_link(data, one.node_id)] if with_node else []
        way: list[Children | None] = [ways.get(one.decision_id)] if ways else []
        rows.append([cells[0], *about, *cells[1:], *way])
    names = [
        _("Decision"),
        *([_("About")] if with_node else []),
        _("Who"),
        _("By"),
        _("State"),
        _("Decided"),
        *([_("Settle")] if ways else []),
    ]
    table = data_table(_("Decisions"), [(name, "text") for name in names], rows)
    return Markup('<div class="decisions">{}</div>').format(table)


def _by(one: Decision, day: date) -> Children:
    if not is_overdue(one, day):
        return day_text(one.due_on)
    return Markup('<span>{} <span class="tag tag-late">{}</span></span>').format(
        day_text(one.due_on), _("overdue")
    )
