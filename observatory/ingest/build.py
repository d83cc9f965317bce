"""`build`: read, validate, load, derive, publish; the only writer of snapshots."""

import hashlib
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from observatory.config import Settings
from observatory.domain.network import AIR, graph_of, ties_of
from observatory.domain.network_layout import structure_positions
from observatory.errors import DatasetError, Problem, StoreError
from observatory.ingest.basemap import land_rings, projected_points
from observatory.ingest.staging import Inputs, require_inputs, stage, unstage
from observatory.ingest.validate import problems_in_staged
from observatory.schema import OBSERVATIONS, SCHEMA_VERSION, TABLES, Table
from observatory.store.publication import (
    BUILDING,
    Publication,
    building_alone,
    current_publication,
    prune,
    publish,
    snapshots_dir,
)

logger = logging.getLogger(__name__)

CODE_DIR = Path(__file__).resolve().parent
CODE = ("build.py", "basemap.py", "staging.py", "validate.py", "catalogue.py", "derive.sql")
BUILD_MEMORY = "3GB"
DRAWING = "network_positions"
ROW_NUMBERS = "observation_rows"
ROWS_SORTED_AT_ONCE = 2_000_000  # what a sort holds in memory, far below BUILD_MEMORY

Progress = Callable[[str], None]


def inputs_of(settings: Settings) -> Inputs:
    """Where this machine's input facts lie."""
    return Inputs(settings.datasets_dir, settings.data_dir)


def build(
    settings: Settings, *, force: bool = False, progress: Progress = lambda _step: None
) -> Publication:
    """Publish a snapshot of the input facts, unless the published one is of the same facts.

    A build that fails or is killed leaves what is published untouched. Two builds at once
    follow each other.

    Raises:
        DatasetError: the facts break a rule; it carries every problem.
        StoreError: the data folder cannot be written to.
    """
    inputs = inputs_of(settings)
    require_inputs(inputs)
    with building_alone(settings.data_dir):
        before = None if force else current_publication(settings.data_dir)
        fingerprint = _fingerprint(inputs)
        if before is not None and before.inputs == fingerprint and _exists(settings, before):
            return before
        return _build_anew(settings, inputs, fingerprint, progress)


def check(settings: Settings) -> None:
    """Validate the input facts without building.

    Raises:
        DatasetError: with every problem.
    """
    inputs = inputs_of(settings)
    require_inputs(inputs)
    with duckdb.connect(":memory:") as connection:
        _validated(connection, inputs)


def _exists(settings: Settings, publication: Publication) -> bool:
    return (snapshots_dir(settings.data_dir) / publication.file).exists()


def _fingerprint(inputs: Inputs) -> str:
    digest = hashlib.sha256(inputs.fingerprint().encode())
    for name in CODE:
        digest.update((CODE_DIR / name).read_bytes())
    drawing = [CODE_DIR.parent / "domain" / name for name in ("network.py", "network_layout.py")]
    for path in (*sorted((CODE_DIR.parent / "schema").glob("*.py")), *drawing):
        digest.update(path.read_bytes())
    digest.update(duckdb.__version__.encode())
    return digest.hexdigest()


def _build_anew(
    settings: Settings, inputs: Inputs, fingerprint: str, progress: Progress
) -> Publication:
    aside = snapshots_dir(settings.data_dir) / f"observatory-{os.getpid()}{BUILDING}.duckdb"
    for left in snapshots_dir(settings.data_dir).glob(f"*{BUILDING}*"):
        left.unlink(missing_ok=True)  # of a build that was killed: this one builds alone
    try:
        content_hash = _write(aside, inputs, progress)
    except (duckdb.Error, OSError) as error:
        aside.unlink(missing_ok=True)
        raise StoreError(
            f"The snapshot could not be written to {aside.parent}: {error}. Is the disk full? "
            "What was published before is untouched."
        ) from error
    finally:
        Path(f"{aside}.wal").unlink(missing_ok=True)
    publication = _publication(settings, content_hash, fingerprint)
    try:
        publish(settings.data_dir, publication, aside)
    except OSError as error:
        raise StoreError(f"The snapshot could not be published: {error}.") from error
    prune(settings.data_dir, kept=settings.snapshots_kept)
    progress(f"published snapshot {publication.snapshot_id}")
    return publication


def _publication(settings: Settings, content_hash: str, fingerprint: str) -> Publication:
    try:
        before = current_publication(settings.data_dir)
    except StoreError:  # a damaged or newer pointer, replaced because the user forced it
        before = None
    sequence = before.sequence + 1 if before else 1
    snapshot_id = content_hash[:12]
    return Publication(
        snapshot_id=snapshot_id,
        content_hash=content_hash,
        inputs=fingerprint,
        file=f"observatory-{snapshot_id}-{sequence}.duckdb",
        sequence=sequence,
        schema_version=SCHEMA_VERSION,
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _write(path: Path, inputs: Inputs, progress: Progress) -> str:
    with duckdb.connect(str(path), config={"memory_limit": BUILD_MEMORY}) as connection:
        _validated(connection, inputs)
        progress("validated the input facts")
        for table in TABLES:
            count = _load(connection, table)
            logger.info("%s: %d rows", table.name, count)
        _load_basemap(connection, inputs)
        progress("loaded the tables")
        connection.execute((CODE_DIR / "derive.sql").read_text(encoding="utf-8"))
        _load_positions(connection)
        progress("derived the marts")
        content_hash = _content_hash(connection)
        connection.execute("CHECKPOINT")
    return content_hash


def _validated(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    problems: list[Problem] = stage(connection, inputs)
    problems += problems_in_staged(connection)
    if problems:
        raise DatasetError(problems)


def _load(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Create the table and fill it from its staged rows, sorted by key or as in the file."""
    columns = ", ".join(
        f"{column.name} {column.sql_type}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    )
    connection.execute(f"CREATE TABLE {table.name} ({columns})")
    values = ", ".join(
        _observation_id()
        if table is OBSERVATIONS and column.name == "observation_id"
        else f"CAST({column.name} AS {column.sql_type})"
        for column in table.columns
    )
    if table.in_file_order:
        connection.execute(
            f"INSERT INTO {table.name} SELECT {values} FROM staged_{table.name} ORDER BY row_number"
        )
    for first, last in () if table.in_file_order else _portions(connection, table):
        connection.execute(
            f"INSERT INTO {table.name} SELECT {values} FROM staged_{table.name} "
            f"WHERE {table.key[0]} BETWEEN $first AND $last ORDER BY {', '.join(table.key)}",
            {"first": first, "last": last},
        )
    unstage(connection, table)
    row = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
    return int(row[0]) if row else 0


def _portions(connection: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[str, str]]:
    """First and last value of the key's first column, of portions that are sorted in memory."""
    return [
        (str(first), str(last))
        for first, last in connection.execute(
            f"""
            WITH counted AS (
                SELECT {table.key[0]} AS part, count(*) AS own
                FROM staged_{table.name}
                GROUP BY part
            ),
            numbered AS (
                SELECT part, sum(own) OVER (ORDER BY part) // $rows AS portion
                FROM counted
            )
            SELECT min(part), max(part)
            FROM numbered
            GROUP BY portion
            ORDER BY portion
            """,
            {"rows": ROWS_SORTED_AT_ONCE},
        ).fetchall()
    ]


def _observation_id() -> str:
    key = ", ".join(f"coalesce({name}, '')" for name in OBSERVATIONS.key)
    return f"md5(concat_ws('|', {key}))[:16]"


def _load_basemap(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    places = connection.execute(
        "SELECT city_id, latitude_deg, longitude_deg FROM cities ORDER BY city_id"
    ).df()
    points = projected_points(places)  # noqa: F841 - DuckDB reads the frame by its name
    connection.execute("CREATE TABLE city_points AS SELECT * FROM points ORDER BY city_id")
    rings = land_rings(inputs.datasets_dir / "basemap" / "countries-50m.geojson")  # noqa: F841 - as above
    connection.execute("CREATE TABLE land_rings AS SELECT * FROM rings ORDER BY ring_id, point_no")


def _load_positions(connection: duckdb.DuckDBPyConnection) -> None:
    """Where members stand in the drawing of the network, from all cooperation but air links."""
    members = connection.execute("SELECT city_id, region FROM cities ORDER BY city_id").df()
    evidence = connection.execute(
        "SELECT * FROM tie_evidence WHERE kind <> $air ORDER BY ALL", {"air": AIR}
    ).df()
    weights = dict(connection.execute("SELECT kind, weight FROM event_kinds").fetchall())
    graph = graph_of(members["city_id"], ties_of(evidence, weights))
    positions = structure_positions(members, graph)  # noqa: F841 - DuckDB reads the frame by its name
    connection.execute(f"CREATE TABLE {DRAWING} AS SELECT * FROM positions ORDER BY city_id")


def _content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over every table's name, row count and rows, whatever their order on disk.

    What follows from the rest is left out where it is no fact: the drawing's places, whose last
    unit is a matter of the machine's arithmetic, and the numbers of rows, a matter of the disk.
    """
    digest = hashlib.sha256()
    columns = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) "
        "FROM duckdb_columns() JOIN duckdb_tables() USING (table_oid, table_name) "
        "WHERE NOT temporary AND NOT list_contains($left_out, table_name) "
        "GROUP BY table_name ORDER BY table_name",
        {"left_out": [DRAWING, ROW_NUMBERS]},
    ).fetchall()
    for table_name, names in columns:
        cells = ", ".join(f"coalesce(CAST({name} AS VARCHAR), chr(0))" for name in names)
        row = connection.execute(
            f"SELECT count(*), bit_xor(md5_number(concat_ws(chr(31), {cells}))) FROM {table_name}"
        ).fetchone()
        digest.update(f"{table_name}:{row}\n".encode())
    return digest.hexdigest()
