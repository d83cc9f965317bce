"""Saved views: what a page showed, kept under a short id."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from observatory.errors import UnknownIdError, WorkspaceError
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.tables import SAVED_VIEWS

ID_LENGTH = 8
MOST_VIEWS = 100_000
MOST_BYTES = 2_000_000

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class SavedView:
    """What was saved.

    Attributes:
        view_id: its short id.
        page: name of the page as in `pages/exports.py`.
        search: query string of the page's address.
        snapshot_id: the snapshot it was shown from.
        saved_at: ISO 8601, UTC.
        rows: the rows that were shown, by column.
    """

    view_id: str
    page: str
    search: str
    snapshot_id: str
    saved_at: str
    rows: Rows


def save_view(workspace: Workspace, *, page: str, search: str, snapshot_id: str, rows: Rows) -> str:
    """Save what a page shows; the same view of the same snapshot gets the same id.

    Returns:
        The view's id.

    Raises:
        WorkspaceError: the view is too large, or there are too many.
    """
    content = orjson.dumps(rows).decode()
    if len(content) > MOST_BYTES:
        raise WorkspaceError(
            f"Expected a view of at most {MOST_BYTES:,} bytes, found {len(content):,}. "
            "Choose fewer rows, or download them."
        )
    view_id = _view_id(page, search, snapshot_id)
    values = {
        "view_id": view_id,
        "page": page,
        "search": search,
        "snapshot_id": snapshot_id,
        "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "content": content,
    }
    with writing(workspace) as connection:
        count = connection.execute(select(func.count()).select_from(SAVED_VIEWS)).scalar_one()
        if count >= MOST_VIEWS:
            raise WorkspaceError(f"There are {count:,} saved views already; no more are taken.")
    try:
        with writing(workspace) as connection:
            connection.execute(insert(SAVED_VIEWS).values(**values))
    except IntegrityError:
        return view_id  # saved before, by this reader or another: the same rows
    return view_id


def find_view(workspace: Workspace, view_id: str) -> SavedView:
    """A saved view.

    Raises:
        UnknownIdError: there is none of this id.
    """
    with reading(workspace) as connection:
        query = select(SAVED_VIEWS).where(SAVED_VIEWS.c.view_id == view_id)
        found = connection.execute(query).mappings().first()
    if found is None:
        raise UnknownIdError("saved view", view_id, [])
    fields = {name: str(found[name]) for name in SAVED_VIEWS.columns.keys() if name != "content"}  # noqa: SIM118 - of a table, not of a dict
    return SavedView(**fields, rows=orjson.loads(found["content"]))


def _view_id(page: str, search: str, snapshot_id: str) -> str:
    digest = hashlib.sha256(f"{page}\n{search}\n{snapshot_id}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]
