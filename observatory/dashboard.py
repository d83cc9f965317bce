"""`create_dashboard`: opens the store, registers pages and API, answers health checks."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from dash import Dash, html
from dash.development.base_component import Component
from flask import Flask, Response, jsonify, request

from observatory.answer_cache import register_answer_cache
from observatory.api.routes import register_api
from observatory.chart_library import ONE_YEAR, register_chart_library
from observatory.config import PROJECT_DIR, Settings
from observatory.errors import ObservatoryError
from observatory.language import gettext as _
from observatory.pages import router
from observatory.pages.account import register_account
from observatory.pages.admin import register_admin
from observatory.pages.admin_audit import register_admin_audit
from observatory.pages.board_pack import register_board_pack
from observatory.pages.exports import exported, page_tables, register_exports
from observatory.pages.graph_files import register_graph_files
from observatory.pages.looking_banner import looking_banner
from observatory.pages.map_route import register_map
from observatory.pages.own_links import own_links
from observatory.pages.passport import register_passport_window
from observatory.pages.plain import register_plain_pages
from observatory.pages.plan_data import PlanReader
from observatory.pages.plan_decisions import register_decisions
from observatory.pages.plan_files import register_plan_files
from observatory.pages.plan_import import register_plan_import
from observatory.pages.queue import Desk, register_queue
from observatory.pages.queue_update import register_updates
from observatory.pages.saved import create_page, register_saved_views
from observatory.pages.search_kinds import KINDS
from observatory.pages.sheets import register_sheets
from observatory.pages.sign_in import register_sign_in
from observatory.pages.site import pages_of
from observatory.pages.tie import register_tie_window
from observatory.pages.view_as import register_view_as
from observatory.pages.visit import Page
from observatory.routes_policy import register_policy, trust_proxies
from observatory.store.warehouse import Store
from observatory.views.components.frame import frame
from observatory.views.components.static import static
from observatory.workspace.engine import Workspace
from observatory.workspace.reader import current_person, register_sessions

logger = logging.getLogger(__name__)

ASSETS_DIR = PROJECT_DIR / "assets"
NOT_LOADED_AT_START = r"plotly-custom.*"  # the chart library comes with the first chart
INDEX_HTML = """<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
<noscript><p>The pages need JavaScript. Without it, the data are at /api/v1/cities,
/api/v1/indicators and /api/v1/observations, as JSON or, with format=csv, as a table.</p></noscript>
{%app_entry%}
<footer hidden>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


def create_dashboard(settings: Settings) -> Dash:
    """The whole application over the snapshot published in `settings.data_dir`.

    The snapshot need not exist yet: pages and `/readyz` then say what is missing.
    """
    store = Store(settings)
    workspace = Workspace(settings)
    server = Flask("observatory", static_folder=None)
    trust_proxies(server, settings)
    register_sessions(server, workspace, settings)
    register_policy(server, settings)
    register_answer_cache(server, store, workspace)
    app = _TitledDash(
        __name__,
        server=server,
        assets_folder=str(ASSETS_DIR),
        assets_ignore=NOT_LOADED_AT_START,
        title=_("Metropolis Observatory"),
        update_title="",
        serve_locally=True,
        compress=True,
        prevent_initial_callbacks=False,
        index_string=INDEX_HTML,
        add_log_handler=False,
    )
    reader = PlanReader(workspace)
    tables = page_tables(reader)
    shown = partial(exported, tables)
    pages = (*pages_of(reader), create_page(workspace, shown))
    app.title_of = lambda path: escape(router.page_title(store, pages, path)[0])
    app.layout = _layout
    _register_pages(app, store, pages)
    desk = Desk(store, workspace, reader)
    _register_people(app.server, desk, settings)
    register_saved_views(app.server, store, workspace, shown)
    register_exports(app.server, store, tables)
    register_graph_files(app.server, store)
    register_sheets(app.server, store, settings.public_url)
    register_board_pack(app.server, store, reader, settings.public_url)
    register_plan_files(app.server, store, reader)
    register_plan_import(app.server, store, workspace, reader)
    register_decisions(app.server, store, workspace, reader)
    register_queue(app.server, desk)
    register_updates(app.server, desk)
    register_map(app.server, store)
    register_passport_window(app.server, store)
    register_tie_window(app.server, store)
    register_api(app.server, store, reader, workspace, KINDS)
    register_chart_library(app.server, ASSETS_DIR / "plotly")
    _register_health(app.server, store, workspace)
    app.server.after_request(_cache_headers)
    return app


def _layout() -> Component:
    """What surrounds every page, for who sends the request."""
    banner = looking_banner()
    return frame(own_links(current_person()), static(banner) if banner else None)


class _TitledDash(Dash):
    """Dash whose documents carry the title of their page before any script has run."""

    title_of: Callable[[str], str]

    def interpolate_index(self, **parts: str) -> str:
        """The document, with the title of the page that is asked for."""
        return str(super().interpolate_index(**{**parts, "title": self.title_of(request.path)}))


def _register_pages(app: Dash, store: Store, pages: Sequence[Page]) -> None:
    router.register(app, store, pages)
    register_plain_pages(app.server, pages, ASSETS_DIR)
    for page in pages:
        if page.register is not None:
            page.register(app, store)
    app.validation_layout = html.Div(
        [frame(), *(part for page in pages for part in page.skeleton())]
    )


def _register_people(server: Flask, desk: Desk, settings: Settings) -> None:
    workspace = desk.workspace
    register_sign_in(server, workspace, settings)
    if settings.oidc_issuer:
        from observatory.pages.sign_in_provider import (  # noqa: PLC0415 - late: heavy, rarely used
            register_provider,
        )

        register_provider(server, workspace, settings)
    register_account(server, desk, settings)
    register_admin(server, desk)
    register_view_as(server, desk)
    register_admin_audit(server, workspace)


def _register_health(server: Flask, store: Store, workspace: Workspace) -> None:
    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="alive")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        try:
            store.rows("SELECT 1")
        except ObservatoryError as error:
            return jsonify(status="not ready", snapshot=str(error)), 503
        try:
            workspace.require_writable()
        except ObservatoryError as error:
            return jsonify(status="not ready", workspace=str(error)), 503
        return jsonify(status="ready", snapshot=store.publication().snapshot_id), 200


def _cache_headers(response: Response) -> Response:
    fingerprinted = request.path.startswith(("/_dash-component-suites", "/assets/")) and (
        "m=" in request.query_string.decode() or ".v" in request.path
    )
    if fingerprinted and response.status_code == 200:  # noqa: PLR2004 - HTTP OK
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
