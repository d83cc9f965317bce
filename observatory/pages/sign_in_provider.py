"""`/sign-in/provider` and back: signing in with the OpenID provider of the settings."""

from http import HTTPStatus
from urllib.parse import quote, unquote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from observatory.config import Settings
from observatory.errors import SignInError
from observatory.language import gettext as _
from observatory.pages.sign_in import PROVIDER_PATH, local_path, sign_in_page, signed_in
from observatory.workspace.engine import Workspace
from observatory.workspace.oidc import Handshake, Provider, person_by_identity
from observatory.workspace.reader import (
    cookie_name,
    current_address,
    drop_cookie,
    own_address,
    set_cookie,
)
from observatory.workspace.secret_tokens import new_token

BACK_PATH = f"{PROVIDER_PATH}/back"
COOKIE = "handshake"
COOKIE_SECONDS = 600


def register_provider(server: Flask, workspace: Workspace, settings: Settings) -> None:
    """Answer the addresses of the way to the provider and of the way back."""
    provider = Provider(settings)

    @server.get(PROVIDER_PATH)
    def provider_sign_in() -> AnyResponse:
        return way_there(provider)

    @server.get(BACK_PATH)
    def provider_back() -> AnyResponse:
        return way_back(workspace, settings, provider)


def way_there(provider: Provider) -> AnyResponse:
    """Send the browser to the provider, with a secret of its own to come back with."""
    handshake = Handshake(new_token())
    goal = local_path(request.args.get("next", "/"))
    try:
        answer = redirect(provider.address(handshake, own_address() + BACK_PATH))
    except SignInError as error:
        return _told(error, goal)
    kept = f"{handshake.secret}.{quote(goal, safe='')}"
    set_cookie(answer, COOKIE, kept, seconds=COOKIE_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def way_back(workspace: Workspace, settings: Settings, provider: Provider) -> AnyResponse:
    """Sign in whom the provider names in answer to this browser's question; once."""
    secret, _dot, quoted = request.cookies.get(cookie_name(COOKIE), "").partition(".")
    goal = local_path(unquote(quoted))
    try:
        identity = provider.identity(
            Handshake(secret),
            code=_given_code(secret),
            state=request.args.get("state", ""),
            back=own_address() + BACK_PATH,
        )
        person = person_by_identity(workspace, identity, address=current_address())
        answer = signed_in(workspace, settings, person, how="provider", back=goal)
    except SignInError as error:
        answer = _told(error, goal)
    drop_cookie(answer, COOKIE)
    return answer


def _given_code(secret: str) -> str:
    """The provider's code; it is worth nothing without the secret this browser went with.

    Raises:
        SignInError: there is no code, or this browser did not ask for one.
    """
    if request.args.get("error"):
        raise SignInError(_("The provider did not sign you in. Begin again from this page."))
    code = request.args.get("code", "")
    if not secret or not code:
        raise SignInError(_("This browser has not asked the provider. Begin again from this page."))
    return code


def _told(error: SignInError, goal: str) -> AnyResponse:
    return sign_in_page(
        has_provider=True, back=goal, problem=str(error), status=HTTPStatus.FORBIDDEN
    )
