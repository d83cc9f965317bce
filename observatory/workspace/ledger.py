"""The audit trail: every write and its row in one transaction, each row chained to the one before.

A row's hash is taken over all its cells and the hash of the row before it, so that no row can be
changed, moved or left out without being found. Writers queue for the head of the chain, which is
one row: locked by SELECT … FOR UPDATE on PostgreSQL, by BEGIN IMMEDIATE on SQLite.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from sqlalchemy import Connection, insert, select, update

from observatory.errors import NotAllowedError
from observatory.language import gettext as _
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.people import Actor
from observatory.workspace.tables import AUDIT, AUDIT_HEAD

CHAINED = (
    "sequence",
    "written_at",
    "person_id",
    "person_name",
    "address",
    "action",
    "subject",
    "old",
    "new",
    "why",
    "previous_hash",
)
NONE_BEFORE = "0" * 64  # the hash before the first row
ONLY = 1  # the number of the head's one row
READ_AT_ONCE = 2_000

Cells = Mapping[str, object]


@dataclass
class Entry:
    """A write that is under way; `old` and `new` are filled in before it ends.

    Attributes:
        connection: of the transaction, for the write itself.
        now: the moment of the write, ISO 8601 in UTC.
        subject: what is written about, like "update:ab12"; may be set once its id is known.
        old, new: what was and what is.
        why: the reason given.
    """

    connection: Connection
    now: str
    subject: str
    why: str = ""
    old: Cells | None = None
    new: Cells | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds.

    Attributes:
        rows: how many rows there are.
        broken_at: number of the first row that is not as it was written; None if all are.
        problem: what is wrong with it; "" if nothing.
    """

    rows: int
    broken_at: int | None = None
    problem: str = ""


def moment() -> str:
    """Now, as the workspace writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@contextmanager
def recorded(  # noqa: PLR0913 - the cells of a row
    workspace: Workspace,
    actor: Actor,
    *,
    action: str,
    subject: str,
    old: Cells | None = None,
    new: Cells | None = None,
    why: str = "",
) -> Iterator[Connection]:
    """One write with its row in the trail, where what was and will be is known beforehand.

    Args:
        workspace: the workspace.
        actor: who writes, and from where.
        action: what is done, like "update.submit".
        subject: what it is done to, like "update:ab12".
        old: what was.
        new: what will be.
        why: the reason given.

    Raises:
        WorkspaceError: the database cannot be written; nothing was.
    """
    with recording(workspace, actor, action=action, subject=subject) as entry:
        entry.old, entry.new, entry.why = old, new, why
        yield entry.connection


@contextmanager
def recording(workspace: Workspace, actor: Actor, *, action: str, subject: str) -> Iterator[Entry]:
    """One write with its row in the trail: both are kept, or neither.

    Args:
        workspace: the workspace.
        actor: who writes, and from where.
        action: what is done.
        subject: what it is done to; what was and is, is told to the entry on the way.

    Raises:
        NotAllowedError: the actor only looks on.
        WorkspaceError: the database cannot be written; nothing was.
    """
    if actor.person.is_looking_on:
        raise NotAllowedError(_("Who looks as somebody else writes nothing."))
    with writing(workspace) as connection:
        head = connection.execute(
            select(AUDIT_HEAD).where(AUDIT_HEAD.c.only == ONLY).with_for_update()
        ).one()
        entry = Entry(connection, moment(), subject)
        yield entry
        row: dict[str, object] = {
            "sequence": head.sequence + 1,
            "written_at": entry.now,
            "person_id": actor.person.person_id or None,
            "person_name": actor.person.name,
            "address": actor.address,
            "action": action,
            "subject": entry.subject,
            "old": _json(entry.old),
            "new": _json(entry.new),
            "why": entry.why,
            "previous_hash": head.row_hash,
        }
        row["row_hash"] = row_hash(row)
        connection.execute(insert(AUDIT).values(**row))
        connection.execute(
            update(AUDIT_HEAD)
            .where(AUDIT_HEAD.c.only == ONLY)
            .values(sequence=row["sequence"], row_hash=row["row_hash"])
        )


def _json(cells: Cells | None) -> str | None:
    """Cells as JSON; the names of a row's columns are strings of a kind of their own."""
    options = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    return None if cells is None else orjson.dumps(cells, option=options).decode()


def row_hash(row: Cells) -> str:
    """SHA-256 over the cells of a row of the trail, in the order of CHAINED."""
    cells = [row[name] for name in CHAINED]
    return hashlib.sha256(orjson.dumps(cells)).hexdigest()


def audit_rows(workspace: Workspace, *, subject: str = "", after: int = 0) -> Iterator[Cells]:
    """Rows of the trail, oldest first.

    Args:
        workspace: the workspace.
        subject: of this subject alone; "" for all.
        after: only rows after this number.
    """
    last = after
    while True:
        with reading(workspace) as connection:
            rows = _rows_after(connection, last, subject)
        yield from rows
        if len(rows) < READ_AT_ONCE:
            return
        last = int(str(rows[-1]["sequence"]))


def _rows_after(connection: Connection, last: int, subject: str = "") -> list[Cells]:
    query = select(AUDIT).where(AUDIT.c.sequence > last).order_by(AUDIT.c.sequence)
    if subject:
        query = query.where(AUDIT.c.subject == subject)
    return [dict(row) for row in connection.execute(query.limit(READ_AT_ONCE)).mappings()]


def verify_chain(workspace: Workspace) -> Verdict:
    """Whether every row of the trail is as it was written, and none is missing.

    Rows written while it runs are not looked at.
    """
    with reading(workspace) as connection:
        return chain_of(connection)


def chain_of(connection: Connection) -> Verdict:
    """The same within a transaction that is under way."""
    head = connection.execute(select(AUDIT_HEAD).where(AUDIT_HEAD.c.only == ONLY)).first()
    last, previous = 0, NONE_BEFORE
    while rows := _rows_after(connection, last):
        for row in rows:
            if row["sequence"] != last + 1:
                problem = f"expected row {last + 1}, found row {row['sequence']}: rows are missing"
                return Verdict(last, last + 1, problem)
            if row["previous_hash"] != previous or row["row_hash"] != row_hash(row):
                problem = f"expected row {last + 1} as it was written, found it changed"
                return Verdict(last, last + 1, problem)
            last, previous = last + 1, str(row["row_hash"])
    if head is None or head.sequence != last or head.row_hash != previous:
        expected = head.sequence if head is not None else "a head of the trail"
        problem = f"expected {expected} rows, found {last}: the last are missing"
        return Verdict(last, last + 1, problem)
    return Verdict(last)
