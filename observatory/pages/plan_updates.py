"""What was written about a part of the plan: each update with its thread, for who may see."""

from dash import html
from dash.development.base_component import Component

from observatory.errors import WorkspaceError
from observatory.language import gettext as _
from observatory.pages.plan_data import PlanData
from observatory.views.components.frame import section
from observatory.views.components.static import server_link
from observatory.views.update_words import field_word, remark_word, update_kind_word
from observatory.views.words import moment_text
from observatory.workspace.engine import Workspace
from observatory.workspace.policy import Action, may
from observatory.workspace.reader import current_person
from observatory.workspace.update_lists import Remark, Update, thread, updates_about
from observatory.workspace.updates import state_word

MOST_SHOWN = 20


def updates_section(workspace: Workspace, data: PlanData, node_id: str) -> Component | None:
    """Updates about a node and what is below it, the newest first; None where there is none.

    Everybody sees what is published, with who wrote, reviewed and said what; what is not, only
    who may.
    """
    ids = [node_id, *(one.measure_id for one in data.measures_of(node_id))]
    person = current_person()
    try:
        found = updates_about(workspace, person, ids)[::-1][:MOST_SHOWN]
        items = [_item(data, one, thread(workspace, person, one)) for one in found]
    except WorkspaceError:
        return None  # told at the head of the page
    if not items:
        return None
    return section(_("Updates written here"), html.Ol(items, className="ruled-list"))


def _item(data: PlanData, update: Update, said: list[Remark]) -> Component:
    titles = {one.measure_id: one.title for one in data.plan.measures}
    name = titles.get(update.subject_id, str(update.content.get("title") or ""))
    words = _("{kind} by {author}: {state}").format(
        kind=update_kind_word(update.kind).capitalize(),
        author=update.author_name,
        state=state_word(update.state),
    )
    way = (
        [" ", server_link(_("open"), f"/queue/{update.update_id}")]
        if may(current_person(), Action.SEE_UNPUBLISHED, update.subject)
        else []
    )
    return html.Li(
        [
            html.Div([html.Span(name or words), html.Span([words if name else "", *way])],
                     className="item-line"),
            html.Ul([html.Li(_remark(one)) for one in said], className="plain-list small"),
        ]
    )  # fmt: skip


def _remark(one: Remark) -> str:
    told = f"{moment_text(one.said_at)}: {one.person_name} {remark_word(one.kind)}"
    changes = "; ".join(
        _("{field}: {old} → {new}").format(
            field=field_word(name), old=pair[0] or "–", new=pair[1] or "–"
        )
        for name, pair in one.changed.items()
        if any(value not in (None, "", False) for value in pair)
    )
    return ". ".join(part for part in (told, one.words, changes) if part)
