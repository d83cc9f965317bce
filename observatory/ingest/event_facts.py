"""The events of a spreadsheet: what its first row says of each, and what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import duckdb
import pandas as pd

from observatory.errors import Problem
from observatory.ingest.event_sheet import EventSheet
from observatory.ingest.validate import column_problems
from observatory.schema import EVENTS, Table

FACTS = ("kind", "title", "themes", "year_start", "year_end")
YEARS = ("year_start", "year_end")
YEAR = r"[0-9]{4}"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*"
ADVICE = {
    "event_id": "Give the row the id of its event, like CON30-XV.",
    "kind": "Write one of these words on the event's first row.",
    "title": "Write the title on the event's first row.",
    "year_start": "Write a year, or leave it empty where no source gives it.",
    "year_end": "Write a year, or leave it empty where no source gives it.",
    "city": "Name the city as the source does.",
    "role": "Say what it did there: lead, partner, participant, host, …",
    "source_url": "Give the address of the page that documents it.",
}


@dataclass(frozen=True)
class SheetEvents:
    """The events of a spreadsheet.

    Attributes:
        facts: columns of `events` as text, one row per event of the sheet that is not on record,
            in the sheet's order.
        problems: what is wrong, cell by cell.
        refused: ids of events that cannot be taken, and none of their rows.
    """

    facts: pd.DataFrame
    problems: tuple[Problem, ...]
    refused: frozenset[str]


def sheet_events(
    sheet: EventSheet, known: Mapping[str, Mapping[str, str]], themes: Collection[str]
) -> SheetEvents:
    """The events that a spreadsheet states, each by its first row.

    Args:
        sheet: the rows.
        known: by event_id, what is on record of an event: FACTS as text.
        themes: the themes of the catalogue.
    """
    rows = sheet.rows[sheet.rows["event_id"] != ""]
    rows = rows.assign(
        kind=rows["kind"].map(plain_word),
        themes=rows["themes"].map(lambda cell: ";".join(_themes(cell))),
    )
    first = rows.drop_duplicates("event_id")
    new = first[~first["event_id"].isin(list(known))]
    found = _id_problems(sheet.file, first, known)
    new = new[~new["row"].isin([problem.row for problem in found])]
    # SQL takes 2019.5 for a year; what is no year at all is told below.
    years = {name: new[name].where(new[name].str.fullmatch(YEAR), "") for name in YEARS}
    found += schema_problems(EVENTS, new.assign(note="", **years), sheet.file)
    for row in new.itertuples():
        found += _year_problems(sheet.file, row)
        found += _theme_problems(sheet.file, row, themes)
    refused = first.loc[first["row"].isin([problem.row for problem in found]), "event_id"]
    found += _differences(sheet.file, rows, known)
    facts = new.assign(note="")[list(EVENTS.column_names)].reset_index(drop=True)
    return SheetEvents(facts, tuple(found), frozenset(refused))


def plain_word(cell: str) -> str:
    """A word as our tables hold it: "Co-president" is co_president."""
    return re.sub(r"[\s-]+", "_", cell.casefold())


def _themes(cell: str) -> list[str]:
    return sorted({theme.strip() for theme in cell.casefold().split(";")} - {""})


def schema_problems(table: Table, rows: pd.DataFrame, file: str) -> list[Problem]:
    """What breaks the declaration of a table's columns, with what to do about it.

    Args:
        table: the columns that the rows hold, as text ("" is empty).
        rows: also `row`, the row of the file.
        file: the file's name.
    """
    named = {"name_as_stated": "city", "country_as_stated": "country"}
    values = ", ".join(f"nullif({name}, '') AS {name}" for name in table.column_names)
    staged = rows[[*table.column_names, "row"]].astype({"row": "int64"})
    with duckdb.connect(":memory:") as connection:
        connection.register("sheet", staged)
        connection.execute(
            f"CREATE TABLE staged_{table.name} AS "
            f"SELECT {values}, $file AS file_name, row AS row_number FROM sheet",
            {"file": file},
        )
        problems = column_problems(connection, table)
    return [
        _advised(problem, named.get(problem.column or "", problem.column)) for problem in problems
    ]


def _advised(problem: Problem, column: str | None) -> Problem:
    advice = ADVICE.get(column or "", "")
    return Problem(problem.file, problem.row, column, f"{problem.rule} {advice}".strip())


def _differences(
    file: str, rows: pd.DataFrame, known: Mapping[str, Mapping[str, str]]
) -> list[Problem]:
    """Cells that say something else than the record, or than the event's first row."""
    stated: dict[str, tuple[str, Mapping[str, str]]] = {
        event_id: ("the record", facts) for event_id, facts in known.items()
    }
    problems = []
    for row in rows.to_dict("records"):
        where, facts = stated.setdefault(row["event_id"], (f"row {row['row']}", row))
        for name in FACTS:
            if row[name] and row[name] != facts[name]:
                rule = (
                    f"expected what {where} says of {row['event_id']} "
                    f"({facts[name] or 'nothing'}) or an empty cell, found {row[name]!r}. "
                    "Correct it, or give another event another id."
                )
                problems.append(Problem(file, row["row"], name, rule))
    return problems


def _id_problems(file: str, first: pd.DataFrame, known: Collection[str]) -> list[Problem]:
    """Ids that differ from another one in capitals only."""
    spelled = {event_id.casefold(): event_id for event_id in known}
    problems = []
    for row in first.itertuples():
        other = spelled.setdefault(row.event_id.casefold(), row.event_id)
        if other != row.event_id:
            rule = f"expected the id as it is spelled elsewhere ({other}), found {row.event_id!r}."
            problems.append(Problem(file, row.row, "event_id", f"{rule} Use one spelling."))
    return problems


def _year_problems(file: str, row: pd.Series) -> list[Problem]:
    """Cells that are no year, and years in the wrong order."""
    rules = {column.name: column.rule for column in EVENTS.columns}
    problems = [
        Problem(file, row.row, name, f"expected {rules[name]}, found {_cell(cell)}. {ADVICE[name]}")
        for name, cell in ((name, getattr(row, name)) for name in YEARS)
        if cell and not re.fullmatch(YEAR, cell)
    ]
    if not problems and "" < row.year_end < row.year_start:
        rule = f"expected a year not before year_start ({row.year_start}), found {row.year_end!r}."
        problems.append(Problem(file, row.row, "year_end", f"{rule} Correct one of the two."))
    return problems


def _cell(text: str) -> str:
    """What a cell holds; a spreadsheet shows a date as it likes, and may show a year alone."""
    return f"the date {text}" if re.fullmatch(DATE, text) else repr(text)


def _theme_problems(file: str, row: pd.Series, themes: Collection[str]) -> list[Problem]:
    problems = []
    for theme in _themes(row.themes):
        if theme not in themes:
            near = get_close_matches(theme, themes, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            rule = f"expected themes of the catalogue, separated by ;, found {theme!r}. {hint}"
            listed = f"The themes are: {', '.join(sorted(themes))}."
            problems.append(Problem(file, row.row, "themes", rule + listed))
    return problems
