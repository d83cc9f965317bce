"""`/account`: who I am here, where I am signed in, my password, tokens for my programs."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.config import Settings
from observatory.errors import InputError, NotAllowedError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.forms import check_field, form, require_form_token, text_field, typed
from observatory.pages.grant_fields import reach_of
from observatory.pages.plain import in_one_line, plain_page, plain_section, plain_table, plain_words
from observatory.pages.queue import Desk
from observatory.pages.sign_in import OUT_PATH, signed_in
from observatory.views.words import moment_text
from observatory.workspace.accounts import Account, find_account, set_notices
from observatory.workspace.api_tokens import Token, make_token, revoke_token, tokens_of
from observatory.workspace.credentials import change_password
from observatory.workspace.engine import Workspace
from observatory.workspace.passwords import SHORTEST
from observatory.workspace.people import Person
from observatory.workspace.policy import Action, may, role_words
from observatory.workspace.reader import current_actor, current_reader, require_current
from observatory.workspace.sessions import (
    Session,
    end_session,
    sessions_of,
    sign_out_everywhere,
)

PATH = "/account"
DEFAULT_DAYS = 90
LONGEST_AGENT = 40  # letters of a program we do not know
BROWSERS = (  # the first that fits: most also name those they descend from
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def done_words() -> Mapping[str, str]:
    """What was done, by its name in the address one is sent on to."""
    return {
        "password": _("Your password is changed, and you are signed out everywhere else."),
        "session": _("That session has ended."),
        "notices": _("Kept."),
        "token": _("The token is withdrawn."),
    }


def register_account(server: Flask, desk: Desk, settings: Settings) -> None:
    """Answer the addresses of one's own account."""
    workspace = desk.workspace

    @server.get(PATH)
    def account() -> Response:
        return account_page(desk, settings)

    @server.post(f"{PATH}/password")
    def account_password() -> AnyResponse:
        return _answered(desk, settings, lambda: _password(workspace, settings))

    @server.post(f"{PATH}/sessions/<session_id>/end")
    def account_session_end(session_id: str) -> AnyResponse:
        return _answered(desk, settings, lambda: _session_end(workspace, session_id))

    @server.post(f"{PATH}/sign-out-everywhere")
    def account_sign_out_everywhere() -> AnyResponse:
        return _answered(desk, settings, lambda: _everywhere(workspace))

    @server.post(f"{PATH}/notices")
    def account_notices() -> AnyResponse:
        return _answered(desk, settings, lambda: _notices(workspace))

    @server.post(f"{PATH}/tokens")
    def account_tokens() -> AnyResponse:
        return _answered(desk, settings, lambda: _token(desk, settings))

    @server.post(f"{PATH}/tokens/<token_id>/revoke")
    def account_token_revoke(token_id: str) -> AnyResponse:
        return _answered(desk, settings, lambda: _token_revoke(workspace, token_id))


def account_page(
    desk: Desk,
    settings: Settings,
    *,
    problem: str = "",
    made: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """The reader's own account.

    Raises:
        NotAllowedError: nobody is signed in.
    """
    person, workspace = require_current(Action.USE_ACCOUNT), desk.workspace
    actor = current_actor()
    account = find_account(workspace, actor, person.person_id)
    parts = [
        _new_token(made),
        _sessions(sessions_of(workspace, settings, person)),
        _password_part(account),
        _notices_part(account),
    ]
    if may(person, Action.HAVE_TOKEN):
        parts.append(_tokens(tokens_of(workspace, actor, person.person_id)))
    done = done_words().get(request.args.get("done", ""), "") if not problem else ""
    who = _who(person, desk)
    return plain_page(person.name, who, *parts, status=status, problem=problem, done=done)


def token_rows(tokens: list[Token], address: str) -> Markup:
    """A table of tokens, each with a button that withdraws it."""
    return plain_table(
        _("Tokens"),
        [_("For"), _("Made"), _("Ends"), _("Withdraw")],
        [
            [
                token.label,
                moment_text(token.created_at),
                moment_text(token.ends_at),
                form(
                    f"{address}/{token.token_id}/revoke",
                    button=_("Withdraw “{label}”").format(label=token.label),
                    quiet=True,
                ),
            ]
            for token in tokens
        ],
    )


def agent_words(agent: str) -> str:
    """A browser and its system by name, from the long text by which it calls itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    if browser and system:
        return _("{browser} on {system}").format(browser=browser, system=system)
    return browser or agent[:LONGEST_AGENT] or _("unknown program")


def _answered(desk: Desk, settings: Settings, change: Callable[[], AnyResponse]) -> AnyResponse:
    """What came of a form: on to the page again, or the page with what is wrong."""
    require_current(Action.USE_ACCOUNT)
    require_form_token()
    try:
        return change()
    except (InputError, NotAllowedError, UnknownIdError) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowedError) else 400
        return account_page(desk, settings, problem=str(error), status=status)


def _done(what: str) -> AnyResponse:
    return redirect(f"{PATH}?done={what}", HTTPStatus.SEE_OTHER)


def _password(workspace: Workspace, settings: Settings) -> AnyResponse:
    actor = current_actor()
    change_password(workspace, actor, current=typed("current"), wanted=typed("wanted"))
    return signed_in(
        workspace, settings, actor.person, how="new password", back=f"{PATH}?done=password"
    )


def _session_end(workspace: Workspace, session_id: str) -> AnyResponse:
    end_session(workspace, current_actor(), session_id)
    return _done("session")


def _everywhere(workspace: Workspace) -> AnyResponse:
    actor = current_actor()
    sign_out_everywhere(workspace, actor, person_id=actor.person.person_id)
    return redirect("/sign-in", HTTPStatus.SEE_OTHER)


def _notices(workspace: Workspace) -> AnyResponse:
    set_notices(workspace, current_actor(), wanted=typed("notices") == "yes")
    return _done("notices")


def _token(desk: Desk, settings: Settings) -> AnyResponse:
    days = typed("days")
    made = make_token(
        desk.workspace,
        current_actor(),
        label=typed("label"),
        days=int(days) if days.isdecimal() else 0,
    )
    return account_page(desk, settings, made=made)


def _token_revoke(workspace: Workspace, token_id: str) -> AnyResponse:
    revoke_token(workspace, current_actor(), token_id)
    return _done("token")


def _who(person: Person, desk: Desk) -> str:
    words = {"email": person.email, "role": role_words()[person.role]}
    if not person.city_id and not person.initiative_ids:
        return _("{email}. Role: {role}.").format(**words)
    reach = reach_of(desk).words(person)
    if person.city_id:
        return _("{email}. Role: {role}, for {city}.").format(city=reach, **words)
    return _("{email}. Role: {role}, of {initiatives}.").format(initiatives=reach, **words)


def _new_token(made: str) -> Markup:
    if not made:
        return Markup("")
    return plain_section(
        _("Your new token"),
        plain_words(
            _("Copy it now: nobody can show it again. Send it as “Authorization: Bearer …”.")
        ),
        Markup('<p><code class="secret">{}</code></p>').format(made),
    )


def _sessions(sessions: list[Session]) -> Markup:
    own = current_reader().session
    rows = [
        [
            agent_words(session.agent),
            in_one_line(session.address),
            moment_text(session.started_at),
            _("this one")
            if own is not None and session.session_id == own.session_id
            else form(
                f"{PATH}/sessions/{session.session_id}/end",
                button=_("End the one of {start}").format(start=moment_text(session.started_at)),
                quiet=True,
            ),
        ]
        for session in sessions
    ]
    out = form(OUT_PATH, button=_("Sign out"), quiet=True)
    everywhere = form(f"{PATH}/sign-out-everywhere", button=_("Sign out everywhere"), quiet=True)
    return plain_section(
        _("Where you are signed in"),
        plain_table(
            _("Where you are signed in"), [_("Program"), _("From"), _("Since"), _("End it")], rows
        ),
        Markup('<div class="button-row">{}{}</div>').format(out, everywhere),
    )


def _password_part(account: Account) -> Markup:
    if not account.has_password:
        words = _("You sign in with your organisation; there is no password here.")
        return plain_section(_("Password"), plain_words(words))
    fields = form(
        f"{PATH}/password",
        text_field(
            "current", _("Current password"), kind="password", autocomplete="current-password"
        ),
        text_field(
            "wanted",
            _("New password"),
            kind="password",
            autocomplete="new-password",
            note=_("At least {least} characters.").format(least=SHORTEST),
        ),
        button=_("Change the password"),
    )
    return plain_section(_("Password"), fields)


def _notices_part(account: Account) -> Markup:
    fields = form(
        f"{PATH}/notices",
        check_field("notices", _("Remind me by e-mail of what I owe"), checked=account.has_notices),
        button=_("Keep this choice"),
    )
    return plain_section(_("Reminders"), fields)


def _tokens(tokens: list[Token]) -> Markup:
    words = plain_words(
        _("A program that sends a token acts as you, with your role, until the token ends.")
    )
    fields = form(
        f"{PATH}/tokens",
        text_field("label", _("What is it for?")),
        text_field("days", _("How many days?"), kind="number", value=str(DEFAULT_DAYS)),
        button=_("Make a token"),
    )
    held = token_rows(tokens, f"{PATH}/tokens") if tokens else Markup("")
    return plain_section(_("Tokens for programs"), words, held, fields)
