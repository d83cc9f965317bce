"""What an import of plan facts would break, told with the rows of the files it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from observatory.errors import Problem
from observatory.ingest.catalogue import indicator_rows
from observatory.ingest.files import csv_frame
from observatory.ingest.plan_facts import Told
from observatory.ingest.plan_rules import PLAN_RULES
from observatory.ingest.staging import OWN_FILES, stage_frame
from observatory.ingest.validate import rule_problems, table_problems
from observatory.schema import (
    ACTUALS,
    CITIES,
    EVENTS,
    INDICATORS,
    INITIATIVES,
    LINES,
    OBJECTIVES,
    Table,
)

PLAN_FOLDER = "plan/"
SAID_ONCE = {  # of one key, what two rows may not say differently
    OBJECTIVES: ("title",),
    LINES: ("objective_id", "title"),
    INITIATIVES: ("line_id", "title"),
    ACTUALS: ("value", "relation"),
}


def contradictions(told: Sequence[Told]) -> list[Problem]:
    """Rows that say of the same thing something else than a row before them."""
    first: dict[tuple[Table, tuple[str, ...]], Told] = {}
    problems: list[Problem] = []
    for one in told:
        before = first.setdefault((one.table, one.key), one)
        for name in SAID_ONCE.get(one.table, ()):
            if one.cells[name] != before.cells[name]:
                rule = (
                    f"expected {before.cells[name]!r} as in {before.file}, row {before.row}, for "
                    f"{' + '.join(one.key)}, found {one.cells[name]!r}."
                )
                problems.append(Problem(one.file, one.row, name, rule))
    return problems


def problems_after(
    tables: Mapping[Table, pd.DataFrame], told: Sequence[Told], datasets_dir: Path
) -> list[Problem]:
    """What the plan would break with the tables as an import would write them.

    Args:
        tables: all rows of each changed table, as text.
        told: what the files say; a problem of theirs is told with their file and row.
        datasets_dir: the project's facts.
    """
    own = {table: name for table, name in OWN_FILES.items() if name.startswith(PLAN_FOLDER)}
    staged = {
        table: tables[table] if table in tables else _on_record(datasets_dir / name, table)
        for table, name in own.items()
    }
    with duckdb.connect(":memory:") as connection:
        for table, name in own.items():
            stage_frame(connection, table, staged[table], name)
        for table in (CITIES, EVENTS):
            frame = _on_record(datasets_dir / OWN_FILES[table], table)
            stage_frame(connection, table, frame, OWN_FILES[table])
        stage_frame(connection, INDICATORS, indicator_rows(datasets_dir), "indicators.toml")
        found = [one for table in own for one in table_problems(connection, table)]
        found += rule_problems(connection, PLAN_RULES)
    places = {(own[one.table], one.key): one for one in told}
    keys = {own[table]: _keys(frame, table) for table, frame in staged.items()}
    return [_in_its_file(one, keys, places) for one in found]


def _on_record(path: Path, table: Table) -> pd.DataFrame:
    columns = list(table.column_names)
    return csv_frame(path, columns)[columns] if path.exists() else pd.DataFrame(columns=columns)


def _keys(frame: pd.DataFrame, table: Table) -> list[tuple[str, ...]]:
    return [tuple(row) for row in frame[list(table.key)].itertuples(index=False)]


def _in_its_file(
    problem: Problem,
    keys: Mapping[str, list[tuple[str, ...]]],
    places: Mapping[tuple[str, tuple[str, ...]], Told],
) -> Problem:
    """A problem with the file and row it came from; on record the header is row 1."""
    number = problem.row or 1
    told = places.get((problem.file, keys[problem.file][number - 1]))
    if told is None:
        return replace(problem, row=number + 1)
    return replace(problem, file=told.file, row=told.row)
