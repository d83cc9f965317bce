"""Decisions written down in a review: the form beside an item, and what it sends."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.domain.plan import tree
from observatory.errors import InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.forms import (
    area_field,
    form,
    hidden_field,
    keep_form_token,
    require_form_token,
    text_field,
    typed,
)
from observatory.pages.plain import plain_page
from observatory.pages.plan_data import PlanReader
from observatory.pages.plan_decision_tables import DECIDE_PATH, decision_place
from observatory.pages.plan_review import REVIEW_PATH
from observatory.pages.plan_view import PATH
from observatory.store.warehouse import Store
from observatory.views.components.static import server_link
from observatory.workspace.decisions import NewDecision, decide, settle
from observatory.workspace.engine import Workspace
from observatory.workspace.policy import Action, may
from observatory.workspace.reader import current_actor, current_person, require_current


def register_decisions(
    server: Flask, store: Store, workspace: Workspace, reader: PlanReader
) -> None:
    """Answer the addresses of decisions."""

    @server.get(f"{DECIDE_PATH}/form")
    def decision_form() -> Response:
        return _fragment()

    @server.post(DECIDE_PATH)
    def decision_made() -> AnyResponse:
        return _made(store, workspace, reader)

    @server.post(f"{DECIDE_PATH}/<decision_id>/<state>")
    def decision_settled(decision_id: str, state: str) -> AnyResponse:
        require_form_token()
        version = int(typed("version")) if typed("version").isdecimal() else 0
        settle(workspace, current_actor(), decision_id, state, version, why=typed("why"))
        return redirect(_own_address(typed("back")))


def _fragment() -> Response:
    """The form for who may decide; the way to sign in for who is not signed in; else nothing."""
    node_id, back = request.args.get("node", ""), request.args.get("back", "")
    person = current_person()
    if may(person, Action.DECIDE):
        content = _form(node_id, back, {})
    elif person.is_signed_in:
        content = Markup("")
    else:
        words = _("Who may decide writes it down here: sign in")
        content = Markup('<p class="small">{}</p>').format(
            server_link(words, f"/sign-in?next={quote(_own_address(back), safe='/')}")
        )
    response = Response(content, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    keep_form_token(response)
    return response


def _form(node_id: str, back: str, sent: dict[str, str]) -> Markup:
    return form(
        DECIDE_PATH,
        hidden_field("node_id", node_id),
        hidden_field("back", back),
        area_field("words", _("Decision"), value=sent.get("words", "")),
        text_field("owner", _("Who does it"), value=sent.get("owner", ""), required=True),
        text_field("due_on", _("By"), kind="date", value=sent.get("due_on", ""), required=False),
        button=_("Write it down"),
    )


def _made(store: Store, workspace: Workspace, reader: PlanReader) -> AnyResponse:
    require_current(Action.DECIDE)
    require_form_token()
    node_id = typed("node_id")
    nodes = tree(reader.whole(store, datetime.now(UTC).date())[0])
    if node_id not in nodes:
        raise UnknownIdError("node of the plan", node_id)
    try:
        today = datetime.now(UTC).date()
        decision = NewDecision(
            node_id=node_id,
            words=typed("words"),
            owner=typed("owner"),
            due_on=_day(typed("due_on")),
            decided_on=today,
            as_of=_seen_as_of(today),
        )
        decision_id = decide(workspace, current_actor(), decision)
    except InputError as error:
        sent = {name: typed(name) for name in ("words", "owner", "due_on")}
        return plain_page(
            _("Decision"),
            nodes[node_id].title,
            _form(node_id, typed("back"), sent),
            problem=str(error),
            status=HTTPStatus.BAD_REQUEST,
        )
    return redirect(f"{_own_address(typed('back'))}#{decision_place(decision_id)}")


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        words = _("By: expected a day like 2023-06-30, found {found!r}.")
        raise InputError(words.format(found=text)) from None


def _seen_as_of(today: date) -> date:
    """The day the review looked at, from the address it goes back to."""
    for part in urlsplit(typed("back")).query.split("&"):
        name, _equals, value = part.partition("=")
        if name == "as_of":
            return _day(value) or today
    return today


def _own_address(back: str) -> str:
    """The page of the plan the decision was shown at; only ever an address of ours."""
    parts = urlsplit(back)
    is_plan = parts.path == PATH or parts.path.startswith(f"{PATH}/")
    is_ours = not parts.netloc and not parts.scheme and is_plan
    return back if is_ours else REVIEW_PATH
