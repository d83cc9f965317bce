"""`/admin`: who may do what here. People, roles, invitations, links, tokens."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.errors import ConflictError, InputError, SignInError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.account import token_rows
from observatory.pages.forms import (
    form,
    hidden_field,
    require_form_token,
    text_field,
    typed,
)
from observatory.pages.grant_fields import (
    NOBODY_YET,
    Reach,
    grant_fields,
    reach_of,
    sent_grant,
    sent_person,
)
from observatory.pages.plain import plain_page, plain_section, plain_table, plain_words
from observatory.pages.queue import Desk
from observatory.views.components.static import link
from observatory.views.words import moment_text
from observatory.workspace.accounts import (
    Account,
    all_accounts,
    change_grant,
    find_account,
    set_disabled,
)
from observatory.workspace.api_tokens import revoke_token, tokens_of
from observatory.workspace.engine import Workspace
from observatory.workspace.links import invite, password_link
from observatory.workspace.policy import Action, role_words
from observatory.workspace.reader import current_actor, own_address, require_current
from observatory.workspace.sessions import sign_out_everywhere

PATH = "/admin"
PERSON_PATH = f"{PATH}/people/<person_id>"


def done_words() -> Mapping[str, str]:
    """What was done, by its name in the address one is sent on to."""
    return {
        "role": _("The role is changed. It counts from now on."),
        "disabled": _("The account is closed, and its sessions have ended."),
        "enabled": _("The account is open again."),
        "sessions": _("All sessions of this person have ended."),
        "token": _("The token is withdrawn."),
    }


def register_admin(server: Flask, desk: Desk) -> None:
    """Answer the addresses of administration."""

    @server.get(PATH)
    def admin() -> Response:
        return people_page(desk)

    @server.post(f"{PATH}/people")
    def admin_invite() -> AnyResponse:
        return _invited(desk)

    @server.get(PERSON_PATH)
    def admin_person(person_id: str) -> Response:
        return person_page(desk, person_id)

    _register_changes(server, desk)


def _register_changes(server: Flask, desk: Desk) -> None:
    def answered(person_id: str, change: Callable[[str], AnyResponse]) -> AnyResponse:
        return _changed(desk, person_id, change)

    @server.post(f"{PERSON_PATH}/role")
    def admin_role(person_id: str) -> AnyResponse:
        return answered(person_id, lambda known: _role(desk, known))

    @server.post(f"{PERSON_PATH}/state")
    def admin_state(person_id: str) -> AnyResponse:
        return answered(person_id, lambda known: _state(desk.workspace, known))

    @server.post(f"{PERSON_PATH}/link")
    def admin_link(person_id: str) -> AnyResponse:
        return answered(person_id, lambda known: _link(desk, known))

    @server.post(f"{PERSON_PATH}/sign-out-everywhere")
    def admin_sign_out_everywhere(person_id: str) -> AnyResponse:
        return answered(person_id, lambda known: _everywhere(desk.workspace, known))

    @server.post(f"{PERSON_PATH}/tokens/<token_id>/revoke")
    def admin_token_revoke(person_id: str, token_id: str) -> AnyResponse:
        return answered(person_id, lambda known: _revoked(desk.workspace, known, token_id))


def people_page(
    desk: Desk,
    *,
    problem: str = "",
    made: Markup = Markup(""),  # noqa: B008 - of fixed text, never changed
    status: int = HTTPStatus.OK,
) -> Response:
    """Everybody with an account, and the form that invites somebody.

    Raises:
        NotAllowedError: the reader does not administer.
    """
    require_current(Action.ADMINISTER)
    reach = reach_of(desk)
    accounts = all_accounts(desk.workspace, current_actor())
    header = [_("Name"), _("E-mail address"), _("Role"), _("For"), _("State")]
    rows = [
        [
            link(account.person.name, f"{PATH}/people/{account.person.person_id}"),
            account.person.email,
            role_words()[account.person.role],
            reach.words(account.person),
            state_words(account),
        ]
        for account in accounts
    ]
    asked = sent_person(typed("name"), typed("email")) if problem else NOBODY_YET
    new = form(
        f"{PATH}/people",
        text_field("name", _("Name"), value=asked.name),
        text_field("email", _("E-mail address"), kind="email", value=asked.email),
        *grant_fields(reach, asked),
        button=_("Make an invitation"),
    )
    trail = Markup(
        '<p class="button-row"><a class="button" href="{}">{}</a> '
        '<a class="button" href="/admin/view-as">{}</a> '
        '<a class="button" href="/plan/import">{}</a></p>'
    ).format(
        f"{PATH}/audit",
        _("Audit trail"),
        _("Look as somebody else"),
        _("Import a plan (leadership)"),
    )
    return plain_page(
        _("Who may do what?"),
        _("People with an account here, and their roles. Every change is in the audit trail."),
        made,
        plain_section(_("People"), plain_table(_("People"), header, rows), trail),
        plain_section(_("Invite somebody"), new),
        status=status,
        problem=problem,
    )


def person_page(
    desk: Desk,
    person_id: str,
    *,
    problem: str = "",
    made: Markup = Markup(""),  # noqa: B008 - of fixed text, never changed
    status: int = HTTPStatus.OK,
) -> Response:
    """One account, with what an administrator can change of it.

    Raises:
        NotAllowedError: the reader does not administer.
    """
    require_current(Action.ADMINISTER)
    actor = current_actor()
    try:
        account = find_account(desk.workspace, actor, person_id)
    except UnknownIdError as error:
        return plain_page(_("Nothing here"), str(error), status=HTTPStatus.NOT_FOUND)
    address = f"{PATH}/people/{person_id}"
    tokens = tokens_of(desk.workspace, actor, person_id)
    done = done_words().get(request.args.get("done", ""), "") if not problem else ""
    return plain_page(
        account.person.name,
        f"{account.person.email}, {state_words(account)}.",
        made,
        plain_section(_("Role"), _role_form(reach_of(desk), account, address)),
        plain_section(_("Access"), *_access_forms(account, address)),
        plain_section(_("Tokens"), token_rows(tokens, f"{address}/tokens"))
        if tokens
        else Markup(""),
        status=status,
        problem=problem,
        done=done,
    )


def state_words(account: Account) -> str:
    """How an account stands."""
    if account.disabled_at:
        return _("closed on {moment}").format(moment=moment_text(account.disabled_at))
    if not (account.has_password or account.has_provider):
        return _("invited on {moment}").format(moment=moment_text(account.created_at))
    if account.seen_at:
        return _("last here {moment}").format(moment=moment_text(account.seen_at))
    return _("open")


def _role_form(reach: Reach, account: Account, address: str) -> Markup:
    return form(
        f"{address}/role",
        hidden_field("version", account.version),
        *grant_fields(reach, account.person),
        text_field("why", _("Why?"), note=_("Stays in the audit trail.")),
        button=_("Change the role"),
    )


def _access_forms(account: Account, address: str) -> tuple[Markup, ...]:
    close = _("Open the account again") if account.disabled_at else _("Close the account")
    return (
        plain_words(
            _("A link to choose a new password works once, for a day. Give it to nobody else.")
        ),
        Markup('<div class="button-row">{}{}</div>').format(
            form(f"{address}/link", button=_("Make a link for a new password"), quiet=True),
            form(f"{address}/sign-out-everywhere", button=_("End all sessions"), quiet=True),
        ),
        form(
            f"{address}/state",
            hidden_field("version", account.version),
            hidden_field("state", "open" if account.disabled_at else "closed"),
            text_field("reason", _("Why?"), note=_("Stays in the audit trail.")),
            button=close,
        ),
    )


def _invited(desk: Desk) -> AnyResponse:
    require_current(Action.ADMINISTER)
    require_form_token()
    try:
        _person_id, token = invite(
            desk.workspace,
            current_actor(),
            name=typed("name"),
            email=typed("email"),
            grant=sent_grant(desk.store, reach_of(desk)),
        )
    except (InputError, UnknownIdError) as error:
        return people_page(desk, problem=str(error), status=HTTPStatus.BAD_REQUEST)
    words = _("Send this link to {email}. It works once, for seven days.")
    return people_page(desk, made=_made(token, words.format(email=typed("email"))))


def _made(token: str, words: str) -> Markup:
    return plain_section(
        _("A new link"),
        plain_words(words, _("Nobody can show it again.")),
        Markup('<p><code class="secret">{}</code></p>').format(f"{own_address()}/welcome/{token}"),
    )


def _changed(desk: Desk, person_id: str, change: Callable[[str], AnyResponse]) -> AnyResponse:
    """What came of a form: on to the page again, or the page with what is wrong."""
    require_current(Action.ADMINISTER)
    require_form_token()
    try:
        return change(person_id)
    except (InputError, UnknownIdError, SignInError) as error:
        problem, status = str(error), HTTPStatus.BAD_REQUEST
    except ConflictError as error:
        problem, status = str(error), HTTPStatus.CONFLICT
    return person_page(desk, person_id, problem=problem, status=status)


def _done(person_id: str, what: str) -> AnyResponse:
    return redirect(f"{PATH}/people/{person_id}?done={what}", HTTPStatus.SEE_OTHER)


def _version() -> int:
    text = typed("version")
    return int(text) if text.isdecimal() else 0


def _role(desk: Desk, person_id: str) -> AnyResponse:
    actor = current_actor()
    person = find_account(desk.workspace, actor, person_id).person
    change_grant(
        desk.workspace,
        actor,
        person_id,
        version=_version(),
        grant=sent_grant(desk.store, reach_of(desk), person),
        why=_reason("why"),
    )
    return _done(person_id, "role")


def _state(workspace: Workspace, person_id: str) -> AnyResponse:
    disabled = typed("state") == "closed"
    set_disabled(
        workspace,
        current_actor(),
        person_id,
        version=_version(),
        disabled=disabled,
        why=_reason("reason"),
    )
    return _done(person_id, "disabled" if disabled else "enabled")


def _reason(field: str) -> str:
    reason = typed(field).strip()
    if not reason:
        raise InputError(_("Expected a reason: it stays in the audit trail."))
    return reason


def _link(desk: Desk, person_id: str) -> AnyResponse:
    token = password_link(desk.workspace, current_actor(), person_id)
    words = _("Send this link to the person. It works once, for a day.")
    return person_page(desk, person_id, made=_made(token, words))


def _everywhere(workspace: Workspace, person_id: str) -> AnyResponse:
    actor = current_actor()
    find_account(workspace, actor, person_id)
    sign_out_everywhere(workspace, actor, person_id=person_id)
    return _done(person_id, "sessions")


def _revoked(workspace: Workspace, person_id: str, token_id: str) -> AnyResponse:
    revoke_token(workspace, current_actor(), token_id)
    return _done(person_id, "token")
