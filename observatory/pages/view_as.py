"""`/admin/view-as`: the pages as somebody of another role sees them; nothing can be written."""

from http import HTTPStatus

from flask import Flask, Response, redirect
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.errors import InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.forms import form, require_form_token
from observatory.pages.grant_fields import NOBODY_YET, grant_fields, reach_of, sent_grant
from observatory.pages.looking_banner import END_PATH
from observatory.pages.plain import plain_page, plain_section, plain_table, plain_words
from observatory.pages.queue import Desk
from observatory.workspace.looking_on import look_as, look_as_oneself
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.policy import Action, action_words, allowed_words, may, role_words
from observatory.workspace.reader import (
    current_actor,
    current_address,
    current_reader,
    require_current,
)
from observatory.workspace.sessions import Session

PATH = "/admin/view-as"


def register_view_as(server: Flask, desk: Desk) -> None:
    """Answer the addresses of looking on."""

    @server.get(PATH)
    def admin_view_as() -> Response:
        return view_as_page(desk)

    @server.post(PATH)
    def admin_view_as_begin() -> AnyResponse:
        return _begun(desk)

    @server.post(END_PATH)
    def view_as_end() -> AnyResponse:
        return _ended(desk)


def view_as_page(desk: Desk, *, problem: str = "", status: int = HTTPStatus.OK) -> Response:
    """The form that chooses as whom, and what each role may do.

    Raises:
        NotAllowedError: the reader does not administer.
    """
    require_current(Action.ADMINISTER)
    fields = grant_fields(reach_of(desk), NOBODY_YET)
    return plain_page(
        _("What do others see?"),
        _("Every page as somebody of another role sees it, until you come back."),
        plain_section(
            _("Look as"),
            plain_words(
                _("Nothing can be written meanwhile. That you looked is in the audit trail.")
            ),
            form(PATH, *fields, button=_("Look at the pages so")),
        ),
        plain_section(_("What each role may do"), _matrix()),
        status=status,
        problem=problem,
    )


def _matrix() -> Markup:
    """The policy: a row for each action, and who may."""
    rows = [
        [
            words[:1].upper() + words[1:],
            *(_("yes") if may(Person("x", "", "", role), action) else "–" for role in Role),
            allowed_words()[action],
        ]
        for action, words in action_words().items()
    ]
    header = [_("What"), *role_words().values(), _("In words")]
    return plain_table(_("What each role may do"), header, rows)


def _session() -> Session:
    session = current_reader().session
    if session is None:
        raise UnknownIdError("session", "")
    return session


def _begun(desk: Desk) -> AnyResponse:
    require_current(Action.ADMINISTER)
    require_form_token()
    try:
        grant = sent_grant(desk.store, reach_of(desk))
        look_as(desk.workspace, current_actor(), _session(), grant)
    except (InputError, UnknownIdError) as error:
        return view_as_page(desk, problem=str(error), status=HTTPStatus.BAD_REQUEST)
    return redirect("/", HTTPStatus.SEE_OTHER)


def _ended(desk: Desk) -> AnyResponse:
    """Be oneself again; for who is so already there is nothing to do."""
    require_form_token()
    session = current_reader().session
    if session is None or session.looks_as is None:
        return redirect("/", HTTPStatus.SEE_OTHER)
    actor = Actor(session.person, current_address())
    look_as_oneself(desk.workspace, actor, session)
    return redirect(PATH, HTTPStatus.SEE_OTHER)
