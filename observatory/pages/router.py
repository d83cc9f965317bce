"""Addresses to pages: one callback fills the frame; what is unknown gets a helpful 404."""

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from observatory.errors import NotAllowedError, StoreError, UnknownIdError, WorkspaceError
from observatory.language import gettext as _
from observatory.pages.search_kinds import KINDS
from observatory.pages.visit import Page, visit_of
from observatory.queries.search import search_index
from observatory.store.warehouse import Store
from observatory.views.components.frame import (
    LOCATION,
    MAIN,
    NAVIGATION,
    TITLE,
    navigation,
    opening,
)
from observatory.workspace.policy import may
from observatory.workspace.reader import current_person, require_current

PAGES_BY_KIND = {
    "city": "/cities",
    "indicator": "/data",
    "source": "/data/sources",
    "observation": "/passport",
    "saved view": "/views",
    "event": "/events",
    "tie": "/ties",
    "node of the plan": "/plan",
}


def find_page(pages: Sequence[Page], path: str) -> tuple[Page, dict[str, str]] | None:
    """The page of a path and the values of its variable parts; None where there is none."""
    trimmed = path.rstrip("/") or "/"
    for page in pages:
        pattern = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", page.path)
        match = re.fullmatch(pattern, trimmed)
        if match:
            return page, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


def page_content(store: Store, pages: Sequence[Page], path: str, search: str | None) -> Component:
    """The page for an address; where there is none, what may have been meant."""
    found = find_page(pages, path)
    if found is None:
        return _not_found(_("There is no page at this address."), [])
    page, parts = found
    try:
        require_current(page.needs)
        with store.reading():
            return page.layout(store, visit_of(path, search, parts))
    except UnknownIdError as error:
        near = _near(store, error)
        message = _("We know no {kind} called “{unknown}”.").format(
            kind=error.kind, unknown=error.unknown_id
        )
        return _not_found(message, near)
    except NotAllowedError as error:
        return _not_allowed(error, path)
    except StoreError as error:
        return opening(_("The data cannot be read just now"), str(error))
    except WorkspaceError as error:
        return opening(_("What people write cannot be read just now"), str(error))


def page_title(store: Store, pages: Sequence[Page], path: str) -> tuple[str, int]:
    """The document's title for an address, and the status of an HTTP answer."""
    product = _("Metropolis Observatory")
    found = find_page(pages, path)
    if found is None:
        return f"{_('Not found')} · {product}", 404
    page, parts = found
    try:
        require_current(page.needs)
        name = page.subject(store, parts) if page.subject else page.title()
    except UnknownIdError:
        return f"{_('Not found')} · {product}", 404
    except NotAllowedError:
        return f"{_('Not allowed')} · {product}", 403
    except (StoreError, WorkspaceError):
        return f"{_('No data')} · {product}", 503
    return f"{name} · {product}", 200


def _not_allowed(error: NotAllowedError, path: str) -> Component:
    sign_in = html.A(
        _("Sign in"), href=f"/sign-in?next={quote(path, safe='/')}", className="button"
    )
    is_known = current_person().is_signed_in
    return html.Div(
        [
            opening(_("This page is not for everybody"), str(error)),
            None if is_known else html.P(sign_in, className="button-row"),
        ]
    )


def _near(store: Store, error: UnknownIdError) -> list[tuple[str, str]]:
    """Address and name of what may have been meant."""
    if not error.near:
        return []
    entries = search_index(store, KINDS).entries
    titles = {entry.entry_id: entry.title for entry in entries if entry.kind == error.kind}
    page = PAGES_BY_KIND[error.kind]
    return [(f"{page}/{near_id}", titles.get(near_id, near_id)) for near_id in error.near]


def _not_found(message: str, near: Sequence[tuple[str, str]]) -> Component:
    links = [html.Li(dcc.Link(name, href=href)) for href, name in near]
    return html.Div(
        [
            opening(_("Nothing here"), message),
            html.P(_("Did you mean one of these?")) if links else None,
            html.Ul(links, className="plain-list") if links else None,
            html.P(
                [
                    dcc.Link(_("All cities"), href="/cities"),
                    " · ",
                    dcc.Link(_("All indicators"), href="/data"),
                    " · ",
                    dcc.Link(_("The map"), href="/atlas"),
                ]
            ),
        ]
    )


def register(app: Dash, store: Store, pages: Sequence[Page]) -> None:
    """Wire the frame to the address, and give unknown addresses their status."""
    listed = [page for page in pages if page.in_navigation]

    @app.callback(
        Output(MAIN, "children"),
        Output(NAVIGATION, "children"),
        Output(TITLE, "data"),
        Input(LOCATION, "pathname"),
        Input(LOCATION, "search"),
    )
    def show_page(path: str | None, search: str | None) -> tuple[Component, list[Component], str]:
        here = path or "/"
        content = page_content(store, pages, here, search)
        person = current_person()
        entries = [(page.path, page.title()) for page in listed if may(person, page.needs)]
        return content, navigation(entries, here), page_title(store, pages, here)[0]

    app.clientside_callback(
        ClientsideFunction("frame", "showTitle"),
        Output(TITLE, "modified_timestamp"),
        Input(TITLE, "data"),
    )

    @app.server.after_request
    def mark_unknown(response: Response) -> Response:
        if request.endpoint == "/<path:path>" and response.mimetype == "text/html":
            response.status_code = page_title(store, pages, request.path)[1]
        return response
