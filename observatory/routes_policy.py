"""What each address of the server needs; an address that is not declared here is refused.

The policy itself is `workspace/policy.py`. Pages of Dash come through one address and one callback:
they ask for themselves (`Page.needs`), as does every function that reads or writes for a person.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, request
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from observatory.api.problems import PREFIX, problem
from observatory.config import Settings
from observatory.errors import (
    ConflictError,
    InputError,
    NotAllowedError,
    ObservatoryError,
    SignInError,
    TooManyTriesError,
    UnknownIdError,
    WorkspaceError,
)
from observatory.language import gettext as _
from observatory.pages.plain import plain_page
from observatory.pages.sent_again import sent_again
from observatory.workspace.policy import Action
from observatory.workspace.reader import (
    current_person,
    current_reader,
    require_current,
    require_not_looking_on,
    session_token,
)

READS = (
    # Dash: the document, its scripts, its layout, and the one address of all callbacks.
    "/",
    "/<path:path>",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_dash-dependencies",
    "/_dash-layout",
    "/_dash-update-component",
    "/_favicon.ico",
    "/_reload-hash",
    "_dash_assets.static",
    "chart_library",
    # Health.
    "healthz",
    "readyz",
    # What is published.
    "api.cities",
    "api.city",
    "api.events",
    "api.indicator",
    "api.indicators",
    "api.metrics",
    "api.observation",
    "api.observations",
    "api.openapi",
    "api.participations",
    "api.plan",
    "api.plan_node",
    "api.search",
    "api.snapshot",
    "api.source",
    "api.sources",
    "api.ties",
    "api.unknown",
    "atlas_csv",
    "board_pack",
    "decision_form",
    "plan_as_file",
    "export",
    "land",
    "network_graph",
    "passport_window",
    "sheet",
    "tie_window",
    # Saved views: short addresses of what is published.
    "save",
    "saved_numbers",
    "short",
    # Becoming known, and ceasing to be.
    "sign_in",
    "sign_in_sent",
    "sign_out",
    "provider_sign_in",
    "provider_back",
    "welcome",
    "welcome_sent",
    # Ceasing to look as somebody else: asked inside, of who it really is.
    "view_as_end",
)
OWN = (
    "account",
    "account_notices",
    "account_password",
    "account_session_end",
    "account_sign_out_everywhere",
    "account_token_revoke",
    "account_tokens",
)
QUEUES = (
    "queue",
    "queue_new",
    "queue_quick",
    "queue_start",
    "queue_unchanged",
)
UPDATES = ("queue_step", "queue_update")  # each step asks for itself
DECIDES = ("decision_made", "decision_settled")
IMPORTS = ("plan_import", "plan_import_confirmed", "plan_import_shown")
ADMINISTERS = (
    "admin",
    "admin_audit",
    "admin_audit_export",
    "admin_invite",
    "admin_link",
    "admin_person",
    "admin_role",
    "admin_sign_out_everywhere",
    "admin_state",
    "admin_token_revoke",
    "admin_view_as",
    "admin_view_as_begin",
)
ENDPOINTS: Mapping[str, Action] = {
    **dict.fromkeys(READS, Action.READ),
    **dict.fromkeys(OWN, Action.USE_ACCOUNT),
    **dict.fromkeys(QUEUES, Action.SEE_QUEUE),
    **dict.fromkeys(UPDATES, Action.SEE_UNPUBLISHED),
    **dict.fromkeys(DECIDES, Action.DECIDE),
    **dict.fromkeys(IMPORTS, Action.IMPORT_PLAN),
    "api.plan_update": Action.WRITE_UPDATE,
    **dict.fromkeys(ADMINISTERS, Action.ADMINISTER),
}
WHILE_LOOKING_ON = {"/_dash-update-component", "view_as_end"}  # what is posted and writes nothing
SAFE = {"GET", "HEAD", "OPTIONS"}
OWN_SITES = {"same-origin", "none"}  # of Sec-Fetch-Site; none: typed in, or a bookmark
PROBLEMS: Mapping[type[ObservatoryError], HTTPStatus] = {
    NotAllowedError: HTTPStatus.FORBIDDEN,
    SignInError: HTTPStatus.UNAUTHORIZED,
    TooManyTriesError: HTTPStatus.TOO_MANY_REQUESTS,
    ConflictError: HTTPStatus.CONFLICT,
    WorkspaceError: HTTPStatus.SERVICE_UNAVAILABLE,
    UnknownIdError: HTTPStatus.NOT_FOUND,
    InputError: HTTPStatus.BAD_REQUEST,
}


def register_policy(server: Flask, settings: Settings) -> None:
    """Ask before every request whether it is allowed; to be called before all but sessions."""

    @server.before_request
    def gate() -> None:
        if request.endpoint is None:  # no such address or method: told by Flask
            return
        require_own_site(settings)
        if request.endpoint not in ENDPOINTS:
            raise NotAllowedError(_("This address is not declared, so it is closed."))
        require_known_token()
        action = ENDPOINTS[request.endpoint]
        is_own = request.method not in SAFE or action is Action.USE_ACCOUNT
        if is_own and request.endpoint not in WHILE_LOOKING_ON:
            require_not_looking_on()
        require_current(action)

    for kind in PROBLEMS:
        server.register_error_handler(kind, told)


def trust_proxies(server: Flask, settings: Settings) -> None:
    """Take address, scheme and host from the proxies that are trusted, if any."""
    count = settings.trusted_proxies
    if count:
        trusted = ProxyFix(server.wsgi_app, count, count, count)
        server.wsgi_app = trusted  # type: ignore[method-assign]  # as Flask documents it


def require_own_site(settings: Settings) -> None:
    """Check that a request which may change something was sent by a page of ours.

    Browsers say where a request comes from, and no page can make them say otherwise. Who says
    nothing is no browser, and may go on only without a browser's session.

    Raises:
        NotAllowedError: another site sent it.
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_other_site = site is not None and site not in OWN_SITES
    is_other_origin = origin is not None and origin not in own_origins(settings)
    is_silent = site is None and origin is None and session_token() != ""
    if is_other_site or is_other_origin or is_silent:
        raise NotAllowedError(_("This was sent from another site, so nothing was done."))


def own_origins(settings: Settings) -> set[str]:
    """What a browser may say it comes from: where it found us, or where readers find us."""
    return {request.host_url.rstrip("/"), *([settings.public_url] if settings.public_url else [])}


def require_known_token() -> None:
    """Refuse a program's token that is not one, even where nobody needs any.

    Raises:
        SignInError: the token is unknown, withdrawn, or has ended.
    """
    if request.path.startswith(PREFIX) and "Authorization" in request.headers:
        found = current_reader().problem
        if found is not None:
            raise found


def told(error: ObservatoryError) -> Response:
    """An error as a page for people, or as a problem document for programs."""
    status = next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)
    is_page = request.accept_mimetypes.accept_html and not request.path.startswith((PREFIX, "/_"))
    answer = _page(error, status) if is_page else _problem(error, status)
    if isinstance(error, TooManyTriesError):
        answer.headers["Retry-After"] = str(error.wait_seconds)
    if status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _title(status: HTTPStatus) -> str:
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return _("This does not work for the moment")
    titles = {
        HTTPStatus.CONFLICT: _("Somebody else was faster"),
        HTTPStatus.NOT_FOUND: _("Nothing here"),
        HTTPStatus.BAD_REQUEST: _("This cannot be taken"),
    }
    if status in titles:
        return titles[status]
    return _("This is not for everybody")


def _problem(error: ObservatoryError, status: HTTPStatus) -> Response:
    kind = status.name.lower().replace("_", "-")
    return problem(status, kind, _title(status), str(error))


def _page(error: ObservatoryError, status: HTTPStatus) -> Response:
    way = Markup("")
    if status is HTTPStatus.FORBIDDEN and not current_person().is_signed_in:
        path = urlsplit(request.path).path if request.method in SAFE else "/"
        way = Markup('<p class="button-row"><a class="button" href="/sign-in?next={}">{}</a></p>')
        way = way.format(path, _("Sign in"))
    if status is HTTPStatus.SERVICE_UNAVAILABLE and request.method not in SAFE:
        way = sent_again()
    return plain_page(_title(status), str(error), way, status=status)
