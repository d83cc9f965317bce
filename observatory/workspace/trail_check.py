"""Whether the tables still are what the audit trail tells of them, row by row.

The chain of `ledger` proves the trail; whoever can write to the database may have changed what it
speaks of behind its back. Each row of the trail tells what a write made of something, so all of
them together tell what has to be there now.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, Table, select

from observatory.workspace.engine import Workspace, reading
from observatory.workspace.people import Role
from observatory.workspace.plan_imports import content_hash
from observatory.workspace.tables import (
    AUDIT,
    DECISIONS,
    INITIATIVE_OWNERS,
    PEOPLE,
    PLAN_IMPORTS,
    REMARKS,
    TOKENS,
    UPDATES,
)

READ_AT_ONCE = 2_000
MOST_TOLD = 200  # letters of a cell
REMARKED = frozenset({"update.submit", "update.returned", "update.approved", "update.comment"})
ACCOUNTS = frozenset({"person.invite", "person.create_first_admin", "person.join_provider"})
GRANTS = ("role", "city_id", "initiative_ids")

Told = dict[str, object]
NEW_ACCOUNT: Told = {
    "role": Role.PUBLIC.value,
    "city_id": "",
    "initiative_ids": [],
    "is_closed": False,
}


@dataclass(frozen=True)
class Deviation:
    """Something that is not as the trail tells.

    Attributes:
        table, row_id: what it is.
        column: which part of it; "" where the whole row is meant.
        told, found: what the trail tells, and what is there; "" for no row.
    """

    table: str
    row_id: str
    column: str
    told: str
    found: str

    def __str__(self) -> str:
        """In one line, long contents cut."""
        where = " ".join(part for part in (self.table, self.row_id, self.column) if part)
        told, found = (text[:MOST_TOLD] or "nothing" for text in (self.told, self.found))
        return f"{where}: the trail tells {told}, found {found}"


class _Ought:
    """What has to be there, as far as the trail was read: by table, then by row."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Told]] = defaultdict(lambda: defaultdict(dict))
        self.remarks: Counter[str] = Counter()  # by update

    def take(self, action: str, row_id: str, new: Told) -> None:
        """Add what one row of the trail tells."""
        if action in REMARKED:
            self.remarks[row_id] += 1
        table, told = self._told(action, row_id, new)
        if told:
            self.rows[table][row_id] |= told

    def _told(self, action: str, row_id: str, new: Told) -> tuple[str, Told]:
        kind = action.partition(".")[0]
        if kind == "update":
            return "updates", {} if action == "update.comment" else new
        if kind == "decision":
            return "decisions", new
        if kind == "token":
            kept = {"label": new["label"]} if new else {}
            return "tokens", kept | {"is_revoked": not new}
        if action == "plan.import":
            return "plan_imports", _told_of_import(new)
        is_new = row_id not in self.rows["people"]
        return "people", _told_of_person(action, new, is_new=is_new)


def _told_of_import(new: Told) -> Told:
    """Name and content of an imported plan; of the content, its hash."""
    own = {"file_name": "file_name", "content": "sha256"}
    return {column: new[name] for column, name in own.items() if name in new}


def _told_of_person(action: str, new: Told, *, is_new: bool) -> Told:
    """What a row tells of an account; most are of what leaves it as it is."""
    if action in ACCOUNTS:
        begun = NEW_ACCOUNT if is_new else {}
        return begun | {name: new[name] for name in GRANTS if name in new}
    if action == "person.change_role":
        return new
    closes = action in {"person.close", "person.open"}
    return {"is_closed": new["disabled"]} if closes else {}


def deviations(workspace: Workspace) -> list[Deviation]:
    """What is not as the trail tells: rows changed, gone, or never told of.

    Looked at are updates and their threads, decisions, imported plans, accounts with their rights,
    and tokens. Passwords and sessions are told of by no more than that they were set and began.

    Raises:
        WorkspaceError: the workspace cannot be read.
    """
    with reading(workspace) as connection:
        ought = _ought(connection)
        found = {
            "updates": _rows(connection, UPDATES),
            "decisions": _rows(connection, DECISIONS),
            "plan_imports": _imports(connection),
            "tokens": _tokens(connection),
        }
        return [
            *(one for name in found for one in _differing(name, ought.rows[name], found[name])),
            *_threads(ought.remarks, connection),
            *_people(ought.rows["people"], connection),
        ]


def _ought(connection: Connection) -> _Ought:
    ought, last = _Ought(), 0
    columns = (AUDIT.c.sequence, AUDIT.c.action, AUDIT.c.subject, AUDIT.c.new)
    while True:
        query = select(*columns).where(AUDIT.c.sequence > last).order_by(AUDIT.c.sequence)
        rows = connection.execute(query.limit(READ_AT_ONCE)).all()
        for sequence, action, subject, new in rows:
            ought.take(action, subject.partition(":")[2], orjson.loads(new) if new else {})
            last = sequence
        if len(rows) < READ_AT_ONCE:
            return ought


def _rows(connection: Connection, table: Table) -> dict[str, Told]:
    (key,) = table.primary_key.columns
    rows = connection.execute(select(table)).mappings()
    return {row[key.name]: {str(name): row[name] for name in row} for row in rows}


def _imports(connection: Connection) -> dict[str, Told]:
    return {
        row["import_id"]: {"file_name": row["file_name"], "content": content_hash(row["content"])}
        for row in connection.execute(select(PLAN_IMPORTS)).mappings()
    }


def _tokens(connection: Connection) -> dict[str, Told]:
    return {
        row["token_id"]: {"label": row["label"], "is_revoked": row["revoked_at"] is not None}
        for row in connection.execute(select(TOKENS)).mappings()
    }


def _people(told: Mapping[str, Told], connection: Connection) -> Iterator[Deviation]:
    """Accounts are told of by their address when they begin, by their id from then on."""
    owned = defaultdict(list)
    for row in connection.execute(select(INITIATIVE_OWNERS)).mappings():
        owned[row["person_id"]].append(row["initiative_id"])
    found, ought, known = dict[str, Told](), dict[str, Told](), set[str]()
    for row in connection.execute(select(PEOPLE)).mappings():
        person_id, email = row["person_id"], row["email"]
        found[person_id] = {
            "role": row["role"],
            "city_id": row["city_id"] or "",
            "initiative_ids": sorted(owned[person_id]),
            "is_closed": row["disabled_at"] is not None,
        }
        known |= {person_id, email}
        if told.get(email) or told.get(person_id):
            ought[person_id] = {**told.get(email, {}), **told.get(person_id, {})}
    gone = {name: cells for name, cells in told.items() if name not in known}
    yield from _differing("people", ought | gone, found)


def _threads(told: Counter[str], connection: Connection) -> Iterator[Deviation]:
    held = Counter(connection.execute(select(REMARKS.c.update_id)).scalars())
    for update_id in sorted(told.keys() | held.keys()):
        if told[update_id] != held[update_id]:
            counts = str(told[update_id]), str(held[update_id])
            yield Deviation("remarks", update_id, "count", *counts)


def _differing(
    table: str, told: Mapping[str, Told], found: Mapping[str, Told]
) -> Iterator[Deviation]:
    for row_id in sorted(told.keys() | found.keys()):
        if row_id not in found or row_id not in told:
            words = ("a row", "") if row_id in told else ("", "a row")
            yield Deviation(table, row_id, "", *words)
            continue
        for column, value in sorted(told[row_id].items()):
            if found[row_id].get(column) != value:
                yield Deviation(table, row_id, column, str(value), str(found[row_id].get(column)))
