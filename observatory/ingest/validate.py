"""Staged rows against the schema: every problem at once, with file, row, column and rule."""

import re
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from observatory.errors import Problem
from observatory.ingest.plan_rules import PLAN_RULES
from observatory.schema import OBSERVATIONS, TABLES, Column, Table

DECIMAL_COMMA = r"-?\d+,\d+"

# What concerns several columns or tables: name, the rule in words, and the rows that break it.
FACT_RULES = (
    (
        "value",
        "a number within the indicator's plausible range (see indicators.toml)",
        """
        SELECT o.file_name, o.row_number, o.value AS found
        FROM staged_observations AS o
        JOIN staged_indicators AS i USING (indicator_id)
        WHERE TRY_CAST(o.value AS DOUBLE) < TRY_CAST(i.minimum AS DOUBLE)
           OR TRY_CAST(o.value AS DOUBLE) > TRY_CAST(i.maximum AS DOUBLE)
        """,
    ),
    (
        "value",
        "a value for a number or a flag, a category for a category, and not both",
        """
        SELECT o.file_name, o.row_number, coalesce(o.value, o.category, 'neither') AS found
        FROM staged_observations AS o
        JOIN staged_indicators AS i USING (indicator_id)
        WHERE (i.kind = 'category') <> (o.category IS NOT NULL)
           OR (i.kind = 'category') = (o.value IS NOT NULL)
        """,
    ),
    (
        "value",
        "1 or 0 for a flag",
        """
        SELECT o.file_name, o.row_number, o.value AS found
        FROM staged_observations AS o
        JOIN staged_indicators AS i USING (indicator_id)
        WHERE i.kind = 'flag' AND TRY_CAST(o.value AS DOUBLE) NOT IN (0, 1)
        """,
    ),
    (
        "category",
        "one of the indicator's categories (see indicators.toml)",
        """
        SELECT o.file_name, o.row_number, o.category AS found
        FROM staged_observations AS o
        JOIN staged_indicators AS i USING (indicator_id)
        WHERE o.category IS NOT NULL
          AND NOT list_contains(TRY_CAST(i.categories AS VARCHAR[]), o.category)
        """,
    ),
    (
        "scale",
        "the indicator's own scale: scales are not mixed",
        """
        SELECT o.file_name, o.row_number, o.scale AS found
        FROM staged_observations AS o
        JOIN staged_indicators AS i USING (indicator_id)
        WHERE o.scale <> i.scale
        """,
    ),
    (
        "place_id",
        "a member's city_id, or an ISO 3166-1 alpha-3 code where the scale is national",
        """
        SELECT o.file_name, o.row_number, o.place_id AS found
        FROM staged_observations AS o
        WHERE NOT coalesce(
            CASE WHEN o.scale = 'national'
                THEN o.place_id IN (SELECT iso3 FROM staged_countries)
                ELSE o.place_id IN (SELECT city_id FROM staged_cities)
            END, false)
        """,
    ),
    (
        "year_end",
        "a year not before year_start",
        """
        SELECT file_name, row_number, year_end AS found
        FROM staged_events
        WHERE TRY_CAST(year_end AS INTEGER) < TRY_CAST(year_start AS INTEGER)
        """,
    ),
    (
        "themes",
        "themes of the catalogue, separated by ;",
        """
        SELECT file_name, row_number, themes AS found
        FROM staged_events
        WHERE NOT list_has_all(
            (SELECT list(DISTINCT theme) FROM staged_indicators), string_split(themes, ';'))
        """,
    ),
    (
        "city_id",
        "a member or an organisation_id, and not both",
        """
        SELECT file_name, row_number, concat_ws(' and ', city_id, organisation_id) AS found
        FROM staged_participations
        WHERE (city_id IS NULL) = (organisation_id IS NULL)
        """,
    ),
    (
        "source_id",
        "no figures of a restricted source among the project's own facts",
        """
        SELECT DISTINCT o.file_name, NULL AS row_number, o.source_id AS found
        FROM staged_observations AS o
        JOIN staged_sources AS s USING (source_id)
        WHERE s.licence_class = 'restricted' AND $own_facts_only
        """,
    ),
)
CROSS_RULES = (*FACT_RULES, *PLAN_RULES)


def problems_in_staged(
    connection: duckdb.DuckDBPyConnection, *, own_facts_only: bool = False
) -> list[Problem]:
    """Every problem of the staged rows, in the order of the tables.

    Args:
        connection: holds `staged_<table>` for each table.
        own_facts_only: figures of restricted sources are a problem too.
    """
    problems: list[Problem] = []
    for table in TABLES:
        problems += table_problems(connection, table)
    return problems + rule_problems(connection, CROSS_RULES, own_facts_only=own_facts_only)


def rule_problems(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[tuple[str, str, str]],
    *,
    own_facts_only: bool = False,
) -> list[Problem]:
    """What breaks rules about several columns or tables, in the order of the rules."""
    problems: list[Problem] = []
    for column_name, rule, query in rules:
        given = {"own_facts_only": own_facts_only} if "$own_facts_only" in query else {}
        rows = connection.execute(query + " ORDER BY ALL", given).fetchall()
        problems += [_problem(row, column_name, rule) for row in rows]
    return problems


def table_problems(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Problem]:
    """What breaks the declaration of one table: types, conditions, key, references."""
    problems = column_problems(connection, table)
    problems += _key_problems(connection, table)
    return problems + _reference_problems(connection, table)


def column_problems(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Problem]:
    """What breaks the declaration of a table's columns: types and conditions."""
    problems: list[Problem] = []
    for column in table.columns:
        problems += _column_problems(connection, table, column)
    return problems


def _column_problems(
    connection: duckdb.DuckDBPyConnection, table: Table, column: Column
) -> list[Problem]:
    """One pass per column: a value that is missing, of another type, or against its condition."""
    if table is OBSERVATIONS and column.name == "observation_id":
        return []
    typed = f"TRY_CAST({column.name} AS {column.sql_type})"
    tests = [f"{column.name} IS NOT NULL AND {typed} IS NULL"]
    if column.required:
        tests.append(f"{column.name} IS NULL")
    if column.condition:
        tests.append(f"NOT coalesce({_on_typed(column, typed)}, true)")
    rows = connection.execute(
        f"SELECT file_name, row_number, {column.name} FROM staged_{table.name} "
        f"WHERE {' OR '.join(tests)} ORDER BY ALL"
    ).fetchall()
    rule = column.rule or (
        f"a value of type {column.sql_type}" if column.sql_type != "VARCHAR" else "a value"
    )
    if column.sql_type == "DOUBLE":
        commas = [row for row in rows if re.fullmatch(DECIMAL_COMMA, str(row[2]))]
        rows = [row for row in rows if row not in commas]
        return [*_commas(commas, column), *(_problem(row, column.name, rule) for row in rows)]
    return [_problem(row, column.name, rule) for row in rows]


def _commas(rows: Sequence[tuple[object, ...]], column: Column) -> list[Problem]:
    """Numbers with a decimal comma are one fault of a file, not one of each row."""
    if not rows:
        return []
    first = _problem(rows[0], column.name, "decimal points")
    rest = f" It is so in {len(rows)} rows." if len(rows) > 1 else ""
    return [replace(first, rule=f"{first.rule}{rest} Save numbers with points, not commas.")]


def _on_typed(column: Column, typed: str) -> str:
    return column.condition.replace(column.name, typed, 1)


def _key_problems(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Problem]:
    key = ", ".join(table.key)
    is_same = " AND ".join(f"s.{name} IS NOT DISTINCT FROM r.{name}" for name in table.key)
    rows = connection.execute(
        f"WITH repeated AS (SELECT {key} FROM staged_{table.name} GROUP BY ALL HAVING count(*) > 1)"
        f" SELECT file_name, row_number, concat_ws(' + ', {key})"
        f" FROM staged_{table.name} AS s SEMI JOIN repeated AS r ON {is_same} ORDER BY ALL"
    ).fetchall()
    return [_problem(row, key, "each key once") for row in rows]


def _reference_problems(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Problem]:
    problems: list[Problem] = []
    for column, other, other_column in table.references:
        rows = connection.execute(
            f"SELECT file_name, row_number, {column} FROM staged_{table.name} "
            f"WHERE {column} IS NOT NULL AND {column} NOT IN "
            f"(SELECT {other_column} FROM staged_{other} WHERE {other_column} IS NOT NULL) "
            "ORDER BY ALL"
        ).fetchall()
        problems += [_problem(row, column, f"a known {other_column} of {other}") for row in rows]
    return problems


def _problem(row: tuple[object, ...], column: str, rule: str) -> Problem:
    file_name, number, found = row
    shown = "nothing" if found is None else repr(found)
    row_number = int(str(number)) if number is not None else None
    return Problem(str(file_name), row_number, column, f"expected {rule}, found {shown}.")
