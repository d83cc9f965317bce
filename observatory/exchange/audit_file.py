"""The audit trail as a file: CSV or JSON, row by row."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from observatory.errors import WorkspaceError
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import CHAINED, audit_rows

COLUMNS = (*CHAINED, "row_hash")
FORMS = ("csv", "json")


def trail_lines(workspace: Workspace, form: str) -> Iterator[str]:
    """Every row of the trail, oldest first, as a line of a file.

    Args:
        workspace: the workspace.
        form: one of FORMS: CSV with a header, or one JSON document a line.
    """
    if form == "csv":
        yield _csv_line(COLUMNS)
    for row in audit_rows(workspace):
        cells = {name: row[name] for name in COLUMNS}
        yield _csv_line(cells.values()) if form == "csv" else orjson.dumps(cells).decode() + "\n"


def _csv_line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def write_trail(workspace: Workspace, file: Path) -> int:
    """Write every row of the trail, oldest first; gives how many.

    Args:
        workspace: the workspace.
        file: ends in .csv, or .json for one JSON document a line.

    Raises:
        WorkspaceError: another ending, or the file cannot be written.
    """
    form = file.suffix.removeprefix(".")
    if form not in FORMS:
        raise WorkspaceError(f"Expected a file that ends in .csv or .json, found {file.name}.")
    count = -1 if form == "csv" else 0  # the header is no row
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            for line in trail_lines(workspace, form):
                out.write(line)
                count += 1
    except OSError as error:
        raise WorkspaceError(f"The trail could not be written to {file}: {error}.") from error
    return count
