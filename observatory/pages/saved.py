"""`/views/<view_id>`: a saved view, and whether its numbers are still the same."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeAlias

import orjson
from dash import dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from observatory.domain.difference import Change, changes
from observatory.errors import ObservatoryError
from observatory.exchange.tables import Export
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.exports import problem_of
from observatory.pages.visit import Page, Visit
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import static
from observatory.views.words import date_text, number_text
from observatory.workspace.engine import Workspace
from observatory.workspace.saved_views import SavedView, find_view, save_view

PATH = "/views/<view_id>"
SHORT_PATH = "/v/<view_id>"
KEY = ("city_id", "indicator_id", "source_id", "theme", "node_id", "measure_id", "period")
NAMES = ("member_name", "title", "city", *KEY)
MOST_SHOWN = 200
LONGEST_SEARCH = 4_000

Shown: TypeAlias = Callable[[Store, str, str], Export]  # a page's table by name and query string


def create_page(workspace: Workspace, shown: Shown) -> Page:
    """The page, which reads the workspace as well as the snapshot."""

    def layout(store: Store, visit: Visit) -> Component:
        view = find_view(workspace, visit.parts["view_id"])
        return saved_layout(view, shown(store, view.page, view.search))

    def subject(_store: Store, parts: dict[str, str]) -> str:
        return _("Saved view {view_id}").format(
            view_id=find_view(workspace, parts["view_id"]).view_id
        )

    return Page(PATH, title, layout, subject=subject)


def title() -> str:
    """The page's title."""
    return _("Saved view")


def saved_layout(view: SavedView, now: Export) -> Component:
    """What was saved, and how it differs from what is shown today."""
    found = differences(view, now)
    return static(
        html.Div(
            [
                opening(
                    _("Does this saved view still hold?"), emphasised(_answer(view, now, found))
                ),
                html.Div(
                    [
                        dcc.Link(
                            _("Open the view as it is today"), href=now.address, className="button"
                        ),
                        html.A(
                            _("The numbers as saved"),
                            href=f"/v/{view.view_id}.json",
                            className="button",
                        ),
                    ],
                    className="button-row",
                ),
                _changed(found) if found else None,
            ],
            className="saved-view",
        )
    )


def differences(view: SavedView, now: Export) -> list[Change]:
    """How the rows of a saved view differ from those of today."""
    rows = rows_of(now)
    key = [name for name in KEY if any(name in row for row in (*view.rows[:1], *rows[:1]))]
    return changes(view.rows, rows, key=key)


def rows_of(export: Export) -> list[dict[str, object]]:
    """The rows of a table by column, as JSON gives them back."""
    names = [column.name for column in export.columns]
    rows = [dict(zip(names, row, strict=True)) for row in export.rows()]
    back: list[dict[str, object]] = orjson.loads(orjson.dumps(rows))
    return back


def _answer(view: SavedView, now: Export, found: list[Change]) -> str:
    words = {
        "title": now.title,
        "date": date_text(view.saved_at),
        "snapshot": view.snapshot_id,
        "rows": number_text(len(view.rows)),
        "changed": number_text(len(found)),
    }
    if not found:
        return _(
            "{title}. Saved on {date} from snapshot {snapshot}: **all {rows} rows are the same "
            "today**."
        ).format(**words)
    return ngettext(
        "{title}. Saved on {date} from snapshot {snapshot}, {rows} rows: **{changed} row has "
        "changed since**.",
        "{title}. Saved on {date} from snapshot {snapshot}, {rows} rows: **{changed} rows have "
        "changed since**.",
        len(found),
    ).format(**words)


def _changed(found: list[Change]) -> Component:
    header = [
        (_("Row"), "text"),
        (_("Column"), "text"),
        (_("As saved"), "text"),
        (_("Today"), "text"),
    ]
    cells = [cell for change in found for cell in _cells(change)]
    note = _("The first {count} differences.").format(count=number_text(MOST_SHOWN))
    return section(
        _("What has changed"),
        data_table(_("What has changed"), header, cells[:MOST_SHOWN]),
        note=note if len(cells) > MOST_SHOWN else None,
    )


def _cells(change: Change) -> list[tuple[str, str, str, str]]:
    row = change.now or change.before or {}
    name = next((str(row[column]) for column in NAMES if row.get(column)), str(change.key))
    if change.before is None:
        return [(name, _("whole row"), _("not there"), _("new"))]
    if change.now is None:
        return [(name, _("whole row"), _("there"), _("gone"))]
    return [
        (name, column, _shown(change.before.get(column)), _shown(change.now[column]))
        for column in change.columns
    ]


def _shown(cell: object) -> str:
    return "–" if cell is None else str(cell)


def register_saved_views(server: Flask, store: Store, workspace: Workspace, shown: Shown) -> None:
    """Answer POST /views, and GET /v/<view_id> (also as .json)."""

    @server.post("/views")
    def save() -> AnyResponse:
        return _answered(lambda: save_response(store, workspace, shown))

    @server.get("/v/<view_id>.json")
    def saved_numbers(view_id: str) -> AnyResponse:
        return _answered(lambda: _numbers(find_view(workspace, view_id)))

    @server.get(SHORT_PATH)
    def short(view_id: str) -> AnyResponse:
        return _answered(lambda: opened(store, find_view(workspace, view_id), shown))


def save_response(store: Store, workspace: Workspace, shown: Shown) -> Response:
    """Save the view that the request's JSON names: {"page": "atlas", "search": "?year=2015"}.

    Raises:
        BadRequest: the request is no such JSON, or the view makes no sense.
        UnknownIdError: the view names something that is not there.
        WorkspaceError: it cannot be saved.
    """
    asked = request.get_json(silent=True)
    page, search = (
        (asked.get("page"), asked.get("search")) if isinstance(asked, dict) else (None, None)
    )
    if not isinstance(page, str) or not isinstance(search, str) or len(search) > LONGEST_SEARCH:
        raise BadRequest(_('Expected JSON with texts "page" and "search", found something else.'))
    export = shown(store, page, search)
    view_id = save_view(
        workspace, page=page, search=search, snapshot_id=export.snapshot_id, rows=rows_of(export)
    )
    content = {"view_id": view_id, "address": f"/v/{view_id}", "snapshot": export.snapshot_id}
    return Response(orjson.dumps(content), status=HTTPStatus.CREATED, mimetype="application/json")


def opened(store: Store, view: SavedView, shown: Shown) -> AnyResponse:
    """The view itself where its numbers are the same; else the page that says what changed."""
    now = shown(store, view.page, view.search)
    return redirect(f"/views/{view.view_id}" if differences(view, now) else now.address)


def _numbers(view: SavedView) -> Response:
    content = {
        "view_id": view.view_id,
        "page": view.page,
        "search": view.search,
        "snapshot": view.snapshot_id,
        "saved_at": view.saved_at,
        "data": view.rows,
    }
    return Response(orjson.dumps(content), mimetype="application/json")


def _answered(answer: Callable[[], AnyResponse]) -> AnyResponse:
    """The answer, or a problem document that says what is wrong."""
    try:
        return answer()
    except (ObservatoryError, BadRequest) as error:
        return problem_of(error)
