"""Backup and restore of the workspace while it is in use, in a file that fits both databases.

The file is gzipped text, a JSON document a line: a header, then each row with its table, then a
last line with the count and the SHA-256 of all before it. A file that was cut off or changed is
found before anything is written.
"""

import gzip
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import orjson
from sqlalchemy import Connection, delete, func, insert, select, text

from observatory.errors import WorkspaceError
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.ledger import chain_of, recorded
from observatory.workspace.links import OPERATOR
from observatory.workspace.tables import AUDIT, METADATA, PEOPLE, SAVED_VIEWS

FORMAT = "metropolis-observatory-workspace"
READ_AT_ONCE = 1_000


@dataclass(frozen=True)
class Backup:
    """What a backup holds.

    Attributes:
        made_at: ISO 8601, UTC. revision: of the tables. counts: rows by table.
    """

    made_at: str
    revision: str
    counts: dict[str, int]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.counts.values())


def back_up(workspace: Workspace, file: Path) -> Backup:
    """Write everything that people wrote to a file, as it is at one moment.

    Nobody who writes meanwhile waits. The file is whole or not there, nobody but its owner reads
    it, and no earlier one is written over.

    Raises:
        WorkspaceError: the workspace cannot be read, or the file cannot be written.
    """
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        if file.exists():
            raise FileExistsError(f"{file} is there already; name a new file")
        with _own_file(aside) as raw, gzip.open(raw, "wb") as out, reading(workspace) as connection:
            made = _written(connection, out)
        aside.replace(file)
    except OSError as error:
        raise WorkspaceError(f"The backup could not be written to {file}: {error}.") from error
    finally:
        aside.unlink(missing_ok=True)
    return made


def _own_file(path: Path) -> IO[bytes]:
    """A new file that nobody else may read: hashes of secrets are in it."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _written(connection: Connection, out: gzip.GzipFile) -> Backup:
    revision = _revision(connection)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    digest, counts = hashlib.sha256(), dict.fromkeys(map(str, METADATA.tables), 0)

    def put(line: object) -> None:
        written = orjson.dumps(line) + b"\n"
        digest.update(written)
        out.write(written)

    put({"format": FORMAT, "made_at": made_at, "revision": revision})
    for table in METADATA.sorted_tables:
        found = connection.execute(select(table), execution_options={"yield_per": READ_AT_ONCE})
        for row in found.mappings():
            put({"table": str(table.name), "row": {str(name): row[name] for name in row}})
            counts[str(table.name)] += 1
    ending = {"counts": counts, "sha256": digest.hexdigest()}
    out.write(orjson.dumps(ending) + b"\n")
    return Backup(made_at, revision, counts)


def _revision(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def checked_backup(file: Path) -> Backup:
    """What a backup file holds, once it is sure that the file is whole.

    Raises:
        WorkspaceError: there is no such file, or it is not whole, or no backup.
    """
    digest, counts = hashlib.sha256(), dict.fromkeys(map(str, METADATA.tables), 0)
    header: dict[str, str] = {}
    last: bytes = b""
    try:
        with gzip.open(file, "rb") as lines:
            for line in lines:
                if last:
                    digest.update(last)
                    if header:
                        counts[orjson.loads(last)["table"]] += 1
                    header = header or _header(file, last)
                last = line
        ending = orjson.loads(last) if last else {}
    except (OSError, EOFError, KeyError, orjson.JSONDecodeError) as error:
        raise _no_backup(file, str(error) or type(error).__name__) from None
    if ending.get("sha256") != digest.hexdigest() or ending.get("counts") != counts:
        raise _no_backup(file, "its last line does not fit the rest: it was cut off or changed")
    return Backup(header["made_at"], header["revision"], counts)


def _header(file: Path, line: bytes) -> dict[str, str]:
    found = orjson.loads(line)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _no_backup(file, "its first line is none of a backup")
    return found


def _no_backup(file: Path, problem: str) -> WorkspaceError:
    return WorkspaceError(
        f"Expected a backup of the workspace in {file}, found: {problem}. Nothing was changed."
    )


def restore(workspace: Workspace, file: Path, *, replace: bool = False) -> Backup:
    """Put a backup into the workspace: all of it, or nothing.

    Args:
        workspace: an empty one, unless `replace`.
        file: written by `back_up`, of either database.
        replace: whether what is there now is given up for it.

    Raises:
        WorkspaceError: the file is no whole backup, of other tables, its trail does not hold, or
            the workspace is not empty; nothing was changed.
    """
    found = checked_backup(file)
    with writing(workspace) as connection:
        if found.revision != _revision(connection):
            raise WorkspaceError(
                f"Expected a backup of tables {_revision(connection)}, found {found.revision}. "
                "Restore it with the version that made it, then update. Nothing was changed."
            )
        if not replace and not _is_empty(connection):
            raise WorkspaceError(
                "Expected an empty workspace, found one with people or writings. Use --replace "
                "to give them up. Nothing was changed."
            )
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
        for name, rows in _portions(file):
            connection.execute(insert(METADATA.tables[name]), rows)
        verdict = chain_of(connection)
        if verdict.broken_at is not None:
            raise WorkspaceError(
                f"Expected a trail that holds, found row {verdict.broken_at}: {verdict.problem}. "
                "Nothing was changed."
            )
    told = {"made_at": found.made_at, "rows": found.rows}
    with recorded(workspace, OPERATOR, action="workspace.restore", subject="workspace", new=told):
        pass
    return found


def _is_empty(connection: Connection) -> bool:
    return not any(
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (PEOPLE, AUDIT, SAVED_VIEWS)
    )


def _portions(file: Path) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Rows of one table at a time, some at once, in the order that references need."""
    name, rows = "", list[dict[str, object]]()
    with gzip.open(file, "rb") as lines:
        for line in lines:
            found = orjson.loads(line)
            if "table" not in found:
                continue
            if rows and (found["table"] != name or len(rows) == READ_AT_ONCE):
                yield name, rows
                rows = []
            name = found["table"]
            rows.append(found["row"])
    if rows:
        yield name, rows
