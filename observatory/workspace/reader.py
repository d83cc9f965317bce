"""Who sends this request: by the session of the browser's cookie, or by a token of a program."""

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, has_request_context, request
from werkzeug.wrappers import Response as AnyResponse

from observatory.config import Settings
from observatory.errors import NotAllowedError, SignInError, WorkspaceError
from observatory.language import gettext as _
from observatory.workspace.api_tokens import find_token_person
from observatory.workspace.engine import Workspace
from observatory.workspace.people import PUBLIC, Actor, Person
from observatory.workspace.policy import Action, may, require
from observatory.workspace.sessions import Session, find_session

logger = logging.getLogger(__name__)

COOKIE = "session"
HOST_ONLY = "__Host-"  # of a cookie that only https on this very host can have set
EXTENSION = "observatory_sessions"
PROGRAMS = "/api/"  # tokens of programs count below it only
BEARER = "Bearer "


@dataclass(frozen=True)
class Reader:
    """Who reads, and what is known of it.

    Attributes:
        person: PUBLIC where nobody is known; whose view it is where an administrator looks on.
        session: of a browser; None where there is none.
        problem: why nobody is known though the request names somebody; None where that is so.
    """

    person: Person = PUBLIC
    session: Session | None = None
    problem: WorkspaceError | SignInError | None = None


@dataclass(frozen=True)
class _Sessions:
    workspace: Workspace
    settings: Settings


def register_sessions(server: Flask, workspace: Workspace, settings: Settings) -> None:
    """Let `current_person` know who sends a request to this server."""
    server.extensions[EXTENSION] = _Sessions(workspace, settings)

    @server.after_request
    def keep_to_the_reader(response: Response) -> Response:
        if names_somebody():
            response.headers["Cache-Control"] = "no-store"
        return response


def current_person() -> Person:
    """The person who sends this request; PUBLIC outside of one, and where nobody is known."""
    return current_reader().person


def current_actor() -> Actor:
    """The same with the address the request comes from."""
    return Actor(current_person(), current_address())


def current_address() -> str:
    """The network address of the request, as the last trusted proxy tells it."""
    return (request.remote_addr or "") if has_request_context() else ""


def current_reader() -> Reader:
    """Who sends this request; looked up once, and only where somebody asks."""
    if not has_request_context() or EXTENSION not in current_app.extensions:
        return Reader()
    if "reader" not in g:
        g.reader = _found()
    return g.reader


def require_not_looking_on() -> None:
    """Go on only if who sends this request is oneself.

    Raises:
        NotAllowedError: an administrator looks as somebody else.
    """
    session = current_reader().session
    if session is not None and session.looks_as is not None:
        raise NotAllowedError(
            _("You look as somebody else, so nothing can be written. Be yourself again first.")
        )


def require_current(action: Action) -> Person:
    """Go on only if who sends this request may do this; gives the person.

    Raises:
        NotAllowedError: not this person.
        WorkspaceError: the request names somebody, and who it is cannot be read now.
    """
    reader = current_reader()
    if reader.problem is not None and not may(reader.person, action):
        raise reader.problem
    require(reader.person, action)
    return reader.person


def require_token() -> None:
    """Go on only with the token of a program: its role, its end and its name are on record.

    Raises:
        SignInError: the request has none, whatever session its browser has.
    """
    if not _bearer():
        raise SignInError(
            _("Expected a token (Authorization: Bearer …), found none. /account makes one.")
        )


def names_somebody() -> bool:
    """Whether the request has the session of a browser or the token of a program."""
    return session_token() != "" or _bearer() != ""


def session_token() -> str:
    """The secret in the browser's cookie; "" where there is none."""
    return request.cookies.get(cookie_name(COOKIE), "")


def cookie_name(name: str) -> str:
    """A cookie's name here: over https with the prefix that binds it to this host."""
    return f"{HOST_ONLY}{name}" if is_https() else name


def set_cookie(response: AnyResponse, name: str, value: str, *, seconds: float) -> None:
    """Give the browser a cookie that no script reads and no other site sends along."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=int(seconds),
        httponly=True,
        samesite="Lax",
        secure=is_https(),
        path="/",
    )


def drop_cookie(response: AnyResponse, name: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(
        cookie_name(name), httponly=True, samesite="Lax", secure=is_https(), path="/"
    )


def is_https() -> bool:
    """Whether the browser came by https, told by the address readers use where a proxy hides it."""
    public = urlsplit(_settings().public_url)
    return request.is_secure or (public.scheme == "https" and public.netloc == request.host)


def own_address() -> str:
    """Where the browser finds this server: scheme and host, without a slash at the end."""
    if is_https() and not request.is_secure:
        return _settings().public_url
    return request.host_url.rstrip("/")


def _settings() -> Settings:
    return current_app.extensions[EXTENSION].settings


def _bearer() -> str:
    given = request.headers.get("Authorization", "")
    is_program = request.path.startswith(PROGRAMS) and given.startswith(BEARER)
    return given.removeprefix(BEARER).strip() if is_program else ""


def _found() -> Reader:
    sessions: _Sessions = current_app.extensions[EXTENSION]
    try:
        if bearer := _bearer():
            return _program(sessions, bearer)
        token = session_token()
        session = find_session(sessions.workspace, sessions.settings, token) if token else None
    except WorkspaceError as error:
        logger.warning("Who sends a request cannot be read: %s", error)
        return Reader(problem=error)
    return Reader() if session is None else Reader(session.looks_as or session.person, session)


def _program(sessions: _Sessions, bearer: str) -> Reader:
    person = find_token_person(sessions.workspace, bearer)
    if person is None:
        return Reader(problem=SignInError(_("This token is unknown, withdrawn, or has ended.")))
    return Reader(person)
