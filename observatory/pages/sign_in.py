"""`/sign-in`, `/sign-out` and `/welcome/<token>`: how somebody becomes known, and ceases to be."""

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.config import Settings
from observatory.errors import InputError, SignInError, TooManyTriesError
from observatory.language import gettext as _
from observatory.pages.forms import form, hidden_field, require_form_token, text_field, typed
from observatory.pages.plain import plain_page, plain_section, plain_words
from observatory.views.words import date_text
from observatory.workspace.credentials import person_by_password
from observatory.workspace.engine import Workspace
from observatory.workspace.links import (
    OpenLink,
    Purpose,
    accept_link,
    create_first_admin,
    find_link,
)
from observatory.workspace.passwords import SHORTEST
from observatory.workspace.people import Actor, Person
from observatory.workspace.reader import (
    COOKIE,
    current_actor,
    current_address,
    current_person,
    current_reader,
    drop_cookie,
    own_address,
    session_token,
    set_cookie,
)
from observatory.workspace.sessions import end_session, start_session

PATH = "/sign-in"
PROVIDER_PATH = "/sign-in/provider"
OUT_PATH = "/sign-out"
LINK_PATH = "/welcome/<token>"
LOCAL = {"127.0.0.1", "::1"}


def title() -> str:
    """The page's title."""
    return _("Sign in")


def register_sign_in(server: Flask, workspace: Workspace, settings: Settings) -> None:
    """Answer the addresses of signing in and out."""
    has_provider = settings.oidc_issuer != ""

    @server.get(PATH)
    def sign_in() -> AnyResponse:
        if current_person().is_signed_in:
            return redirect(local_path(request.args.get("next", "/account")))
        return sign_in_page(has_provider=has_provider, back=_asked_before())

    @server.post(PATH)
    def sign_in_sent() -> AnyResponse:
        return answer_to_password(workspace, settings)

    @server.post(OUT_PATH)
    def sign_out() -> AnyResponse:
        return signed_out(workspace)

    @server.get(LINK_PATH)
    def welcome(token: str) -> Response:
        return link_page(workspace, token)

    @server.post(LINK_PATH)
    def welcome_sent(token: str) -> AnyResponse:
        return answer_to_link(workspace, settings, token)


def sign_in_page(
    *,
    has_provider: bool,
    back: str = "/",
    email: str = "",
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """The form for e-mail address and password, and the way to the provider where there is one."""
    parts = []
    if has_provider:
        link = Markup('<p class="button-row"><a class="button" href="{}">{}</a></p>').format(
            f"{PROVIDER_PATH}?next={quote(back, safe='/')}", _("Sign in with your organisation")
        )
        parts.append(plain_section(_("With your organisation"), link))
    fields = form(
        PATH,
        hidden_field("next", back),
        text_field(
            "email",
            _("E-mail address"),
            kind="email",
            value=email,
            autocomplete="username",
            autofocus=not email,
        ),
        text_field(
            "password",
            _("Password"),
            kind="password",
            autocomplete="current-password",
            autofocus=bool(email),
        ),
        button=_("Sign in"),
    )
    forgotten = plain_words(
        _(
            "Accounts are made by invitation. If you have forgotten your password, ask an "
            "administrator for a link to choose a new one."
        )
    )
    parts.append(plain_section(_("With a password"), fields, forgotten))
    return plain_page(
        title(),
        _("What is published can be read without an account. Sign in to update the plan."),
        *parts,
        status=status,
        problem=problem,
    )


def answer_to_password(workspace: Workspace, settings: Settings) -> AnyResponse:
    """Sign in who typed the right password; else the form again, with what is wrong."""
    require_form_token()
    email, back = typed("email"), local_path(typed("next"))
    try:
        person = person_by_password(
            workspace, email=email, password=typed("password"), address=current_address()
        )
    except SignInError as error:
        problem, status, wait = str(error), HTTPStatus.FORBIDDEN, ""
    except TooManyTriesError as error:
        problem, status, wait = str(error), HTTPStatus.TOO_MANY_REQUESTS, str(error.wait_seconds)
    else:
        return signed_in(workspace, settings, person, how="password", back=back)
    has_provider = settings.oidc_issuer != ""
    answer = sign_in_page(
        has_provider=has_provider, back=back, email=email, problem=problem, status=status
    )
    if wait:
        answer.headers["Retry-After"] = wait
    return answer


def signed_in(
    workspace: Workspace, settings: Settings, person: Person, *, how: str, back: str
) -> AnyResponse:
    """Begin a session with a new secret, end the one this browser had, and go on to a page."""
    token = start_session(
        workspace,
        Actor(person, current_address()),
        agent=request.user_agent.string,
        replaces=session_token(),
        how=how,
    )
    answer = redirect(local_path(back), HTTPStatus.SEE_OTHER)
    set_cookie(answer, COOKIE, token, seconds=settings.session_hours * 3_600)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def signed_out(workspace: Workspace) -> AnyResponse:
    """End this browser's session."""
    require_form_token()
    session = current_reader().session
    if session is not None:
        end_session(workspace, current_actor(), session.session_id)
    answer = redirect("/", HTTPStatus.SEE_OTHER)
    drop_cookie(answer, COOKIE)
    return answer


def link_page(
    workspace: Workspace, token: str, *, problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    """The form of a one-time link; opening it does not use it up."""
    try:
        link = _usable(workspace, token)
    except SignInError as error:
        return plain_page(_("This link does not work"), str(error), status=HTTPStatus.GONE)
    who = (
        (
            text_field("name", _("Your name"), value=typed("name"), autocomplete="name"),
            text_field(
                "email",
                _("Your e-mail address"),
                kind="email",
                value=typed("email"),
                autocomplete="username",
            ),
        )
        if link.purpose is Purpose.FIRST_ADMIN
        else ()
    )
    password = text_field(
        "password",
        _("Your password"),
        kind="password",
        autocomplete="new-password",
        note=_("At least {least} characters. Three or four words make a good one.").format(
            least=SHORTEST
        ),
    )
    fields = form(f"/welcome/{token}", *who, password, button=_("Keep it and sign in"))
    return plain_page(*_link_words(link), fields, problem=problem, status=status)


def answer_to_link(workspace: Workspace, settings: Settings, token: str) -> AnyResponse:
    """Use a one-time link, and sign its person in; else the form again, with what is wrong."""
    require_form_token()
    try:
        link = _usable(workspace, token)
        password, address = typed("password"), current_address()
        if link.purpose is Purpose.FIRST_ADMIN:
            person = create_first_admin(
                workspace,
                token,
                name=typed("name"),
                email=typed("email"),
                password=password,
                address=address,
            )
        else:
            person = accept_link(workspace, token, password=password, address=address)
    except (SignInError, InputError) as error:
        return link_page(workspace, token, problem=str(error), status=HTTPStatus.BAD_REQUEST)
    return signed_in(workspace, settings, person, how=link.purpose.value, back="/account")


def local_path(path: str) -> str:
    """A path of ours to go on to; "/" for whatever leads elsewhere."""
    parts = urlsplit(path)
    is_ours = (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and path.isprintable()
        and not (parts.scheme or parts.netloc)
    )
    return path if is_ours else "/"


def _usable(workspace: Workspace, token: str) -> OpenLink:
    """A link that may be used from here: the first administrator's on the machine itself only."""
    link = find_link(workspace, token)
    if link.purpose is Purpose.FIRST_ADMIN and current_address() not in LOCAL:
        raise SignInError(
            _(
                "This link works on the machine itself only. From elsewhere use a tunnel "
                "(ssh -L), or run there: observatory invite."
            )
        )
    return link


def _link_words(link: OpenLink) -> tuple[str, str]:
    ends = date_text(link.ends_at)
    if link.purpose is Purpose.FIRST_ADMIN:
        lede = _("Nobody administers this observatory yet. This link makes you the first one to.")
        return _("Who are you?"), lede
    if link.purpose is Purpose.INVITATION:
        lede = _("{name}, you are invited as {email}. The link works once, until {date}.")
        return _("Choose a password"), lede.format(name=link.name, email=link.email, date=ends)
    lede = _("{name}, choose a new password for {email}. The link works once, until {date}.")
    return _("A new password"), lede.format(name=link.name, email=link.email, date=ends)


def _asked_before() -> str:
    """Where the reader wants to go on to: as asked, else where the link was followed."""
    if "next" in request.args:
        return local_path(request.args["next"])
    before = urlsplit(request.referrer or "")
    is_own = f"{before.scheme}://{before.netloc}" == own_address() and before.path != PATH
    return local_path(before.path + (f"?{before.query}" if before.query else "")) if is_own else "/"
