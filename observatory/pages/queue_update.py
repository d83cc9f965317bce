"""`/queue/<update_id>`: one update, to write on, to review, with what was said about it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

import orjson
from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.domain.plan import Plan, nodes_written_about
from observatory.domain.plan_due import last_actual
from observatory.errors import ConflictError, InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.forms import (
    area_field,
    form,
    hidden_field,
    require_form_token,
    typed,
)
from observatory.pages.plain import plain_page, plain_section
from observatory.pages.queue import Desk, find_measure
from observatory.pages.queue_lists import PATH, title_of
from observatory.pages.queue_parts import conflict_part, content_part, thread_part
from observatory.pages.update_fields import fields_of
from observatory.views.components.static import link
from observatory.views.update_words import update_kind_word
from observatory.workspace import updates
from observatory.workspace.policy import Action, may
from observatory.workspace.reader import current_actor, current_person, require_current
from observatory.workspace.secret_tokens import new_token
from observatory.workspace.update_content import FIELDS, content_problems
from observatory.workspace.update_lists import Update, find_update

SCRIPT = "queue.js"
EDITABLE = (updates.DRAFT, updates.RETURNED)
STEPS = ("save", "submit", "withdraw", "return", "approve", "publish", "comment")


def register_updates(server: Flask, desk: Desk) -> None:
    """Answer the addresses of single updates."""

    @server.get(f"{PATH}/new")
    def queue_new() -> Response:
        return new_page(desk)

    @server.post(f"{PATH}/updates")
    def queue_start() -> AnyResponse:
        return _answered(desk, "", lambda: _start(desk))

    @server.get(f"{PATH}/<update_id>")
    def queue_update(update_id: str) -> Response:
        return update_page(desk, update_id)

    @server.post(f"{PATH}/<update_id>/<step>")
    def queue_step(update_id: str, step: str) -> AnyResponse:
        return _answered(desk, update_id, lambda: _step(desk, update_id, step))


def new_page(desk: Desk, *, problem: str = "", status: int = HTTPStatus.OK) -> Response:
    """An update to be begun: nothing is kept before something is typed."""
    require_current(Action.SEE_QUEUE)
    plan = desk.plan()
    kind = request.values.get("kind", "")
    initiative_id = request.values.get("initiative", "") or request.values.get("initiative_id", "")
    subject_id = request.values.get("subject", "") or request.values.get("subject_id", "")
    if kind == "actual" and subject_id:
        initiative_id = find_measure(plan, subject_id).node_id
    titles = nodes_written_about(plan)
    if initiative_id not in titles:
        raise UnknownIdError("initiative", initiative_id)
    is_chosen = kind in FIELDS and (kind != "actual" or subject_id != "")
    desk.require_writer(plan, current_person(), initiative_id, kind if is_chosen else "")
    if is_chosen:
        chosen = subject_id or initiative_id
        return _begun(plan, kind, initiative_id, chosen, problem=problem, status=status)
    figures = desk.may_write(plan, current_person(), initiative_id, "actual")
    choices = _choices(plan, initiative_id, figures=figures)
    return plain_page(_("What do you want to tell?"), titles[initiative_id], choices)


def _choices(plan: Plan, initiative_id: str, *, figures: bool) -> Markup:
    """Links to every kind of update about an initiative, of figures where they may be written."""
    own = [m for m in plan.measures if figures and m.node_id == initiative_id and not m.computed]
    entries = [
        link(
            _("A figure: {measure}").format(measure=one.title),
            f"{PATH}/new?kind=actual&subject={one.measure_id}",
        )
        for one in own
    ]
    entries += [
        link(
            _("A forecast: {measure}").format(measure=one.title),
            f"{PATH}/new?kind=forecast&initiative={initiative_id}&subject={one.measure_id}",
        )
        for one in own
    ]
    entries += [
        link(
            _("A milestone: {title}").format(title=one.title),
            f"{PATH}/new?kind=milestone&initiative={initiative_id}&subject={one.milestone_id}",
        )
        for one in plan.milestones
        if one.node_id == initiative_id
    ]
    kinds = {
        "milestone": _("A new milestone"),
        "stage": _("How far the initiative is"),
        "risk": _("A risk"),
    }
    if initiative_id not in {one.initiative_id for one in plan.initiatives}:
        kinds = {}  # of a line there are figures only
    entries += [
        link(words, f"{PATH}/new?kind={kind}&initiative={initiative_id}")
        for kind, words in kinds.items()
    ]
    items = Markup("").join(Markup("<li>{}</li>").format(one) for one in entries)
    return Markup('<ul class="ruled-list">{}</ul>').format(items)


def _begun(
    plan: Plan, kind: str, initiative_id: str, subject_id: str, *, problem: str, status: int
) -> Response:
    sent: dict[str, object] = {name: typed(name) for name in FIELDS[kind]} if problem else {}
    content = sent or _prefilled(plan, kind, subject_id)
    fields = (
        hidden_field("kind", kind),
        hidden_field("initiative_id", initiative_id),
        hidden_field("subject_id", subject_id),
        *fields_of(kind, content),
    )
    return plain_page(
        _("New {kind}").format(kind=update_kind_word(kind)),
        _about(plan, kind, initiative_id, subject_id),
        _saving(form(f"{PATH}/updates", *fields, button=_("Keep as a draft"))),
        status=status,
        problem=problem,
        script=SCRIPT,
    )


def _about(plan: Plan, kind: str, initiative_id: str, subject_id: str) -> str:
    titles = {one.measure_id: one.title for one in plan.measures}
    own = nodes_written_about(plan)[initiative_id]
    named = titles.get(subject_id) if kind in {"actual", "forecast"} else None
    return _("{measure}, {initiative}").format(measure=named, initiative=own) if named else own


def _prefilled(plan: Plan, kind: str, subject_id: str) -> dict[str, object]:
    """The last figure with its source, or the milestone as it is."""
    if kind == "actual":
        last = last_actual(plan, subject_id)
        if last is None:
            return {"relation": "exact"}
        value = f"{last.value:.15g}" if last.value is not None else ""
        return {"value": value, "relation": last.relation, "source_url": last.source_url}
    for one in plan.milestones:
        if kind == "milestone" and one.milestone_id == subject_id:
            days = {"due_on": one.due_on, "done_on": one.done_on}
            written = {name: day.isoformat() if day else "" for name, day in days.items()}
            return {"title": one.title, "source_url": one.source_url, **written}
    return {}


def _saving(content: Markup) -> Markup:
    """The form with the line that says whether what is typed is kept."""
    return Markup(
        '<div data-autosave data-person="{}">{}<p class="small saved-line" role="status"></p></div>'
    ).format(current_person().person_id, content)


def update_page(
    desk: Desk,
    update_id: str,
    *,
    problem: str = "",
    conflict: ConflictError | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    """An update: a form for its author, its content and the steps of a review for others.

    Raises:
        UnknownIdError: there is none of this id.
        NotAllowedError: it is not for this person.
    """
    person = require_current(Action.SEE_UNPUBLISHED)
    plan = desk.plan()
    found = find_update(desk.workspace, person, update_id)
    is_own = may(person, Action.EDIT_UPDATE, found.subject)
    parts = [
        conflict_part(conflict, found) if conflict is not None else Markup(""),
        _edit_part(found) if is_own and found.state in EDITABLE else content_part(found),
        _steps_part(found, is_own=is_own),
        thread_part(desk, found),
    ]
    told = request.args.get("problem")
    if told and not problem:
        problem = " ".join(
            content_problems(found.kind, found.content, datetime.now(UTC).date())
        ) or _("Somebody else has handed in a figure of the same period.")
    return plain_page(
        title_of(plan, found),
        _in_words(plan, found),
        *parts,
        status=status,
        problem=problem,
        script=SCRIPT,
        done=_("Kept as a draft.") if request.args.get("done") == "kept" else "",
    )


def _in_words(plan: Plan, found: Update) -> str:
    titles = nodes_written_about(plan)
    return _("{kind} about {initiative}, by {author}: {state}.").format(
        kind=update_kind_word(found.kind).capitalize(),
        initiative=titles.get(found.initiative_id, found.initiative_id),
        author=found.author_name,
        state=updates.state_word(found.state),
    )


def _edit_part(found: Update) -> Markup:
    fields = (hidden_field("version", found.version), *fields_of(found.kind, found.content))
    return _saving(
        form(f"{PATH}/{found.update_id}/submit", *fields, button=_("Hand in for review"))
    )


def _steps_part(found: Update, *, is_own: bool) -> Markup:
    """The steps this person may take."""
    own_id = f"{PATH}/{found.update_id}"
    version = hidden_field("version", found.version)
    parts: list[Markup] = []
    reviews = may(current_person(), Action.REVIEW, found.subject)
    if reviews and found.state == updates.SUBMITTED:
        parts += [
            form(f"{own_id}/approve", version, button=_("Approve")),
            form(
                f"{own_id}/return",
                version,
                area_field("words", _("Reason, for its author")),
                button=_("Send back with this reason"),
            ),
        ]
    if reviews and found.state == updates.APPROVED:
        parts.append(form(f"{own_id}/publish", version, button=_("Publish")))
    if is_own and found.state in {*EDITABLE, updates.SUBMITTED}:
        parts.append(form(f"{own_id}/withdraw", version, button=_("Withdraw"), quiet=True))
    return plain_section(_("Next step"), *parts) if parts else Markup("")


def _start(desk: Desk) -> AnyResponse:
    plan = desk.plan()
    kind, initiative_id = typed("kind"), typed("initiative_id")
    subject_id = typed("subject_id") or initiative_id
    if kind not in FIELDS:
        raise InputError(_("Expected a kind of update, found {kind!r}.").format(kind=kind))
    is_figure = kind in {"actual", "forecast"}
    initiatives = {one.initiative_id for one in plan.initiatives}
    if initiative_id not in (nodes_written_about(plan) if is_figure else initiatives):
        raise UnknownIdError("initiative", initiative_id)
    if is_figure and find_measure(plan, subject_id).node_id != initiative_id:
        raise UnknownIdError("measure", subject_id)
    draft = updates.Draft(
        kind,
        initiative_id,
        _own_id(kind, subject_id, initiative_id),
        desk.cities_of(plan, initiative_id),
        {name: typed(name) for name in FIELDS[kind]},
    )
    update_id = updates.start(desk.workspace, current_actor(), draft)
    if _wants_json():
        return _json({"update_id": update_id, "version": 1, "address": f"{PATH}/{update_id}"})
    return redirect(f"{PATH}/{update_id}?done=kept")


def _own_id(kind: str, subject_id: str, initiative_id: str) -> str:
    """What an update is about; a new milestone or risk gets an id of its own."""
    if kind in {"milestone", "risk"} and subject_id == initiative_id:
        return f"{initiative_id[:20]}-{new_token()[:8].lower()}"
    return subject_id


def _step(desk: Desk, update_id: str, step: str) -> AnyResponse:
    actor, workspace = current_actor(), desk.workspace
    version = int(typed("version")) if typed("version").isdecimal() else 0
    if step in {"save", "submit"}:
        return _save_or_submit(desk, update_id, version, step)
    if step == "withdraw":
        updates.withdraw(workspace, actor, update_id, version)
        return redirect(f"{PATH}?done=withdrawn")
    if step == "return":
        updates.return_to_author(workspace, actor, update_id, version, typed("words"))
        return redirect(f"{PATH}?done=returned")
    if step == "approve":
        updates.approve(workspace, actor, update_id, version)
        return redirect(f"{PATH}/{update_id}")
    if step == "publish":
        updates.publish(workspace, actor, update_id, version)
        return redirect(f"{PATH}?done=published")
    if step == "comment":
        updates.comment(workspace, actor, update_id, typed("words"))
        return redirect(f"{PATH}/{update_id}")
    raise UnknownIdError("step", step, STEPS)


def _save_or_submit(desk: Desk, update_id: str, version: int, step: str) -> AnyResponse:
    actor, workspace = current_actor(), desk.workspace
    found = find_update(workspace, actor.person, update_id)
    content = {name: typed(name) for name in FIELDS[found.kind]}
    is_changed = any((found.content.get(name) or "") != (content[name] or "") for name in content)
    if is_changed or step == "save":
        version = updates.save(workspace, actor, update_id, version, content)
    if step == "save":
        return (
            _json({"update_id": update_id, "version": version})
            if _wants_json()
            else redirect(f"{PATH}/{update_id}?done=kept")
        )
    updates.submit(workspace, actor, update_id, version, knowing=typed("knowing"))
    return redirect(f"{PATH}?done=submitted")


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _json(content: Mapping[str, object], status: int = HTTPStatus.OK) -> Response:
    return Response(orjson.dumps(content), status=status, mimetype="application/json")


def _answered(desk: Desk, update_id: str, answer: Callable[[], AnyResponse]) -> AnyResponse:
    """The answer, or the page again with what is wrong; nothing typed is lost."""
    require_current(Action.SEE_UNPUBLISHED)
    require_form_token()
    try:
        return answer()
    except ConflictError as error:
        if _wants_json():
            content = {"problem": str(error), "theirs": error.theirs}
            return _json(content, HTTPStatus.CONFLICT)
        return update_page(
            desk, update_id, problem=str(error), conflict=error, status=HTTPStatus.CONFLICT
        )
    except InputError as error:
        if _wants_json():
            return _json({"problem": str(error)}, HTTPStatus.BAD_REQUEST)
        if update_id:
            return update_page(desk, update_id, problem=str(error), status=HTTPStatus.BAD_REQUEST)
        return new_page(desk, problem=str(error), status=HTTPStatus.BAD_REQUEST)
