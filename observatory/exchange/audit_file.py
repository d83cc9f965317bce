"""The audit trail as a file: CSV or JSON, row by row."""

import csv
from pathlib import Path

import orjson

from observatory.errors import WorkspaceError
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import CHAINED, audit_rows

COLUMNS = (*CHAINED, "row_hash")


def write_trail(workspace: Workspace, file: Path) -> int:
    """Write every row of the trail, oldest first; gives how many.

    Args:
        workspace: the workspace.
        file: ends in .csv, or .json for one JSON document a line.

    Raises:
        WorkspaceError: another ending, or the file cannot be written.
    """
    if file.suffix not in {".csv", ".json"}:
        raise WorkspaceError(f"Expected a file that ends in .csv or .json, found {file.name}.")
    count = 0
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            if file.suffix == ".csv":
                writer.writerow(COLUMNS)
            for row in audit_rows(workspace):
                count += 1
                if file.suffix == ".csv":
                    writer.writerow([row[name] for name in COLUMNS])
                else:
                    out.write(orjson.dumps({name: row[name] for name in COLUMNS}).decode() + "\n")
    except OSError as error:
        raise WorkspaceError(f"The trail could not be written to {file}: {error}.") from error
    return count
