"""Input files into staging tables: every value as text, with the file and row it stood in."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from observatory.errors import DatasetError, Problem
from observatory.ingest.catalogue import indicator_rows, source_rows
from observatory.schema import (
    ACTUALS,
    AIR_LINKS,
    ALIASES,
    BASELINES,
    CITIES,
    COUNTRIES,
    EVENTS,
    IDENTIFIERS,
    INDICATORS,
    INITIATIVES,
    KINDS_OF_EVENTS,
    LINES,
    MATCHES,
    MEASURES,
    MILESTONES,
    OBJECTIVES,
    OBSERVATIONS,
    ORGANISATIONS,
    PARTICIPATIONS,
    PLANS,
    SCOPES,
    SOURCES,
    STATEMENTS,
    TARGETS,
    Table,
)

OWN_FILES = {
    CITIES: "roster/members.csv",
    COUNTRIES: "roster/countries.csv",
    ALIASES: "roster/aliases.csv",
    IDENTIFIERS: "roster/identifiers.csv",
    SCOPES: "roster/scopes.csv",
    KINDS_OF_EVENTS: "network/event_kinds.csv",
    EVENTS: "network/events.csv",
    ORGANISATIONS: "network/organisations.csv",
    PARTICIPATIONS: "network/participations.csv",
    AIR_LINKS: "network/air_links.csv",
    PLANS: "plan/plans.csv",
    OBJECTIVES: "plan/objectives.csv",
    LINES: "plan/lines.csv",
    INITIATIVES: "plan/initiatives.csv",
    MILESTONES: "plan/milestones.csv",
    MEASURES: "plan/measures.csv",
    BASELINES: "plan/baselines.csv",
    TARGETS: "plan/targets.csv",
    ACTUALS: "plan/actuals.csv",
    STATEMENTS: "plan/statements.csv",
}
PER_SOURCE = {OBSERVATIONS: "observations", MATCHES: "matches"}


@dataclass(frozen=True)
class Inputs:
    """Where the input facts lie.

    Attributes:
        datasets_dir: the project's own facts.
        operator_dir: figures the operator added (restricted sources); may not exist.
    """

    datasets_dir: Path
    operator_dir: Path

    def files(self) -> list[Path]:
        """Every file the build reads, in a fixed order."""
        own = [self.datasets_dir / "sources.toml", self.datasets_dir / "indicators.toml"]
        own += [self.datasets_dir / name for name in OWN_FILES.values()]
        own += sorted((self.datasets_dir / "basemap").glob("*.geojson"))
        for folder in PER_SOURCE.values():
            own += [path for path, _ in self.per_source(folder)]
        return own

    def per_source(self, folder: str) -> Iterator[tuple[Path, str]]:
        """The files of a folder with one file a source, and the source each is of."""
        for parent in (self.datasets_dir, self.operator_dir):
            for path in sorted((parent / folder).glob("*.*")):
                if path.suffix in {".csv", ".parquet"} and not path.name.startswith("."):
                    yield path, path.stem

    def fingerprint(self) -> str:
        """SHA-256 over names and contents of all the files: equal inputs, equal fingerprint."""
        digest = hashlib.sha256()
        for path in self.files():
            digest.update(f"{path.parent.name}/{path.name}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"-")
        return digest.hexdigest()


def stage(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> list[Problem]:
    """Load every input file into `staged_<table>`; columns of the table, file_name, row_number.

    Returns:
        What is wrong with files as a whole: missing, other columns, other encoding, no entry in
        sources.toml, another checksum. Such a file's rows are not staged.
    """
    problems: list[Problem] = []
    sources = source_rows(inputs.datasets_dir)
    stage_frame(connection, SOURCES, sources, "sources.toml")
    stage_frame(connection, INDICATORS, indicator_rows(inputs.datasets_dir), "indicators.toml")
    for table, name in OWN_FILES.items():
        _create_staging(connection, table)
        problems += _stage_csv(connection, table, inputs.datasets_dir / name)
    checksums = dict(zip(sources["source_id"], sources["sha256"], strict=True))
    for table, folder in PER_SOURCE.items():
        _create_staging(connection, table)
        parquet_files = []
        for path, source_id in inputs.per_source(folder):
            found = _file_problems(path, source_id, checksums, table)
            if not found and path.suffix == ".parquet":
                found = _parquet_problems(connection, table, path)
                parquet_files += [] if found else [path]
            elif not found:
                found = _stage_csv(connection, table, path, _outside_the_file(table, source_id))
            problems += found
        if parquet_files:
            _stage_parquet(connection, table, parquet_files)
    return problems


def unstage(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Let go of the staged rows of a table."""
    name = f"staged_{table.name}"
    found = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE view_name = $name", {"name": name}
    ).fetchall()
    if found:
        connection.execute(f"DROP VIEW {name}")
        name = f"{name}_csv"
    connection.execute(f"DROP TABLE {name}")


def stage_file(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> list[Problem]:
    """Stage one file of ours alone, to check it before it is taken; returns what is wrong."""
    _create_staging(connection, table)
    return _stage_csv(connection, table, path)


def _file_problems(
    path: Path, source_id: str, checksums: dict[str, object], table: Table
) -> list[Problem]:
    name = f"{path.parent.name}/{path.name}"
    if source_id not in checksums:
        rule = f"expected an entry [{source_id}] in sources.toml, found none. Add it."
        return [Problem(name, None, None, rule)]
    declared = checksums[source_id]
    if table is OBSERVATIONS and isinstance(declared, str):
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != declared:
            rule = (
                f"expected the checksum {declared[:12]}… of sources.toml, found {found[:12]}…. "
                "Files are not edited by hand: run `observatory ingest` again."
            )
            return [Problem(name, None, None, rule)]
    return []


def _staged_columns(table: Table) -> tuple[str, ...]:
    return (*table.column_names, "file_name", "row_number")


def _create_staging(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(
        f"{name} {'BIGINT' if name == 'row_number' else 'VARCHAR'}"
        for name in _staged_columns(table)
    )
    connection.execute(f"CREATE TEMP TABLE staged_{table.name} ({columns})")


def stage_frame(
    connection: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame, file: str
) -> None:
    """Stage rows that were read already; the first has the number 1, empty cells are missing."""
    _create_staging(connection, table)
    texts = [
        [None if _is_missing(cell) else _text(cell) for cell in row]
        for row in frame.itertuples(index=False)
    ]
    marks = ", ".join("?" for _ in table.column_names)
    for number, row in enumerate(texts, start=1):
        connection.execute(
            f"INSERT INTO staged_{table.name} VALUES ({marks}, ?, ?)", [*row, file, number]
        )


def _is_missing(cell: object) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and cell != cell)  # noqa: PLR0124 - not a number is unlike itself


def _text(cell: object) -> str:
    if isinstance(cell, list):
        quoted = ", ".join("'" + str(item).replace("'", "''") + "'" for item in cell)
        return f"[{quoted}]"
    return str(cell)


def _outside_the_file(table: Table, source_id: str) -> dict[str, str]:
    """The columns that a source's file does not hold, and their value."""
    given = {"source_id": source_id}
    return {**given, "observation_id": ""} if table is OBSERVATIONS else given


def _parquet_problems(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path
) -> list[Problem]:
    name = f"{path.parent.name}/{path.name}"
    outside = _outside_the_file(table, path.stem)
    expected = [column for column in table.column_names if column not in outside]
    try:
        found = connection.read_parquet(str(path)).columns
    except duckdb.Error as error:
        line = str(error).splitlines()[0]
        return [Problem(name, None, None, f"expected a Parquet file: {line}")]
    if found != expected:
        rule = f"expected the columns {', '.join(expected)}, found {', '.join(found)[:200]}."
        return [Problem(name, None, None, rule)]
    return []


def _stage_parquet(connection: duckdb.DuckDBPyConnection, table: Table, paths: list[Path]) -> None:
    """Let `staged_<table>` read Parquet files where they lie: copies would fill the memory."""
    name = f"staged_{table.name}"
    places = {
        "source_id": "parse_filename(filename, true)",
        "observation_id": "''",
        "file_name": "parse_path(filename)[-2] || '/' || parse_filename(filename)",
        "row_number": "file_row_number + 2",  # as in a CSV, where the header is row 1
    }
    values = ", ".join(
        places.get(column) or f"nullif(CAST({column} AS VARCHAR), '')"
        for column in _staged_columns(table)
    )
    connection.execute(f"ALTER TABLE {name} RENAME TO {name}_csv")
    connection.execute(f"SET VARIABLE {name}_files = $paths", {"paths": [str(p) for p in paths]})
    connection.execute(
        f"CREATE TEMP VIEW {name} AS SELECT {', '.join(_staged_columns(table))} FROM {name}_csv "
        f"UNION ALL SELECT {values} FROM read_parquet(getvariable('{name}_files'), "
        "filename = true, file_row_number = true, union_by_name = true)"
    )


def _stage_csv(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    path: Path,
    extra: dict[str, str] | None = None,
) -> list[Problem]:
    """Stage one CSV of ours; `extra` gives columns that the file does not hold."""
    extra = extra or {}
    name = f"{path.parent.name}/{path.name}"
    expected = [column for column in table.column_names if column not in extra]
    problem = _header_problem(path, name, expected)
    if problem:
        return [problem]
    reader = (
        "read_csv($path, header = true, all_varchar = true, delim = ',', quote = '\"', "
        "escape = '\"', strict_mode = true, auto_detect = false, parallel = false, columns = {"
        + ", ".join(f"'{column}': 'VARCHAR'" for column in expected)
        + "})"
    )
    try:
        _insert(connection, table, path, reader, extra)
    except duckdb.Error as error:
        line = str(error).splitlines()[0]
        unread = Problem(name, None, None, f"expected rows of {len(expected)} cells: {line}")
        return _other_lengths(path, name, len(expected)) or [unread]
    return []


def _other_lengths(path: Path, name: str, cells: int) -> list[Problem]:
    """Rows that are shorter or longer than the header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Problem(name, number, None, f"expected {cells} cells, found {len(row)}.")
            for number, row in enumerate(csv.reader(file), start=1)
            if len(row) != cells
        ]


def _header_problem(path: Path, name: str, expected: list[str]) -> Problem | None:
    if not path.exists():
        return Problem(name, None, None, f"expected a file, found nothing at {path}.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
            for _ in file:  # the whole file has to be UTF-8, not its first line alone
                pass
    except (UnicodeDecodeError, csv.Error):
        return Problem(name, None, None, "expected UTF-8, found other bytes. Save it as UTF-8.")
    if len(header) == 1 and ";" in header[0]:
        rule = (
            "expected commas between cells, found semicolons. Save it with commas, not semicolons."
        )
        return Problem(name, 1, None, rule)
    if header != expected:
        found = ", ".join(header)[:200] or "nothing"
        rule = f"expected the columns {', '.join(expected)}, found {found}."
        return Problem(name, 1, None, rule)
    return None


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    path: Path,
    reader: str,
    extra: dict[str, str],
) -> None:
    values = ", ".join(
        f"${column}" if column in extra else f"nullif(CAST({column} AS VARCHAR), '')"
        for column in table.column_names
    )
    connection.execute(
        f"INSERT INTO staged_{table.name} "
        f"SELECT {values}, $file_name, row_number() OVER () + 1 FROM {reader}",
        {"path": str(path), "file_name": f"{path.parent.name}/{path.name}", **extra},
    )


def require_inputs(inputs: Inputs) -> None:
    """Check that there are any facts to build from.

    Raises:
        DatasetError: the folder of input facts is missing.
    """
    if not inputs.datasets_dir.is_dir():
        rule = f"expected a folder of input facts, found nothing at {inputs.datasets_dir}."
        raise DatasetError([Problem("datasets", None, None, rule)])
