"""Addresses to pages: one callback fills the frame; what is unknown gets a helpful 404."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, request

from observatory.errors import StoreError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.visit import Page, visit_of
from observatory.store.warehouse import Store
from observatory.views.components.frame import (
    LOCATION,
    MAIN,
    NAVIGATION,
    navigation,
    opening,
)

PAGES_BY_KIND = {"city": "/cities", "indicator": "/data", "source": "/data/sources"}


def find_page(pages: Sequence[Page], path: str) -> tuple[Page, dict[str, str]] | None:
    """The page of a path and the values of its variable parts; None where there is none."""
    trimmed = path.rstrip("/") or "/"
    for page in pages:
        pattern = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", page.path)
        match = re.fullmatch(pattern, trimmed)
        if match:
            return page, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


def page_content(
    store: Store, pages: Sequence[Page], path: str, search: str | None
) -> tuple[Component, str, int]:
    """The page for an address, its title, and the status an HTTP answer would carry."""
    found = find_page(pages, path)
    if found is None:
        return _not_found(_("There is no page at this address."), []), _("Not found"), 404
    page, parts = found
    try:
        with store.reading():
            return page.layout(store, visit_of(path, search, parts)), page.title(), 200
    except UnknownIdError as error:
        near = [(f"{PAGES_BY_KIND[error.kind]}/{near_id}", near_id) for near_id in error.near]
        message = _("We know no {kind} called “{unknown}”.").format(
            kind=error.kind, unknown=error.unknown_id
        )
        return _not_found(message, near), _("Not found"), 404
    except StoreError as error:
        return opening(_("The data cannot be read just now"), str(error)), _("No data"), 503


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
    entries = [(page.path, page.title()) for page in pages if page.in_navigation]

    @app.callback(
        Output(MAIN, "children"),
        Output(NAVIGATION, "children"),
        Input(LOCATION, "pathname"),
        Input(LOCATION, "search"),
    )
    def show_page(path: str | None, search: str | None) -> tuple[Component, list[Component]]:
        return page_content(store, pages, path or "/", search)[0], navigation(entries, path or "/")

    @app.server.after_request
    def mark_unknown(response: Response) -> Response:
        if request.endpoint == "/<path:path>" and response.mimetype == "text/html":
            response.status_code = _status(store, pages, request.path)
        return response


def _status(store: Store, pages: Sequence[Page], path: str) -> int:
    return page_content(store, pages, path, "")[2]
