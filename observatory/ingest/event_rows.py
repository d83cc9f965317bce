"""A spreadsheet of events and who took part, row by row: read, checked, every problem told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from observatory.errors import DatasetError, Problem
from observatory.ingest.files import csv_frame, require_file, sheet_rows
from observatory.schema import EVENT_KINDS

EVENT_COLUMNS = ("kind", "title", "themes", "year_start", "year_end")
COLUMNS = ("event_id", *EVENT_COLUMNS, "city", "country", "role", "source_url", "note")
OPTIONAL = ("city_id",)  # settles a name that more than one member answers to
WORKBOOKS = {".xlsx", ".xls", ".ods"}
EVENT_ID = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")
ROLE = re.compile(r"[a-z]+(_[a-z]+)*")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class EventSheet:
    """The rows of a spreadsheet, every cell as text, and the facts of its events.

    Attributes:
        rows: columns COLUMNS, OPTIONAL and source_row.
        events: event_id and EVENT_COLUMNS, one row per event.
        problems: everything that is wrong with rows, in their order.
    """

    rows: pd.DataFrame
    events: pd.DataFrame
    problems: tuple[Problem, ...]


def read_event_sheet(path: Path, known: pd.DataFrame, themes: Iterable[str]) -> EventSheet:
    """Read and check a spreadsheet of events.

    Args:
        path: CSV in UTF-8 with commas, or a workbook whose first sheet it is; one row per part
            somebody had in an event. Facts of an event may stand in one of its rows alone.
        known: events on record, columns of the table `events`, as text.
        themes: themes of the catalogue.

    Raises:
        DatasetError: the file as a whole is not as needed.
    """
    rows = _rows(path)
    problems = [*_cell_problems(path.name, rows, set(themes))]
    events, event_problems = _events(path.name, rows, known)
    return EventSheet(rows, events, (*problems, *event_problems))


def _rows(path: Path) -> pd.DataFrame:
    require_file(path)
    frame = _workbook(path) if path.suffix.lower() in WORKBOOKS else _text(path)
    for name in OPTIONAL:
        if name not in frame:
            frame[name] = ""
    return frame[[*COLUMNS, *OPTIONAL, "source_row"]].reset_index(drop=True)


def _text(path: Path) -> pd.DataFrame:
    frame = csv_frame(path, ())
    return _named(path, frame.rename(columns=lambda name: str(name).strip().lower()))


def _workbook(path: Path) -> pd.DataFrame:
    header, *body = sheet_rows(path)
    names = [str(cell).strip().lower() for cell in header]
    frame = pd.DataFrame(
        [[_cell_text(cell) for cell in row] for row in body], columns=names, dtype="str"
    )
    frame["source_row"] = [str(number) for number in range(2, len(body) + 2)]
    filled = frame.drop(columns="source_row").ne("").any(axis="columns")
    return _named(path, frame[filled])


def _cell_text(cell: object) -> str:
    """A cell as it is typed: years of a workbook are numbers with a fraction of nothing."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _named(path: Path, frame: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        found = ", ".join(str(name) for name in frame.columns if name != "source_row")[:200]
        hint = " Save it with commas, not semicolons." if ";" in found else ""
        rule = f"expected the columns {', '.join(missing)} too, found {found}.{hint}"
        raise DatasetError([Problem(path.name, 1, None, rule)])
    if frame.empty:
        raise DatasetError([Problem(path.name, None, None, "expected rows, found none.")])
    texts = {name: frame[name].str.strip() for name in frame.columns}
    return pd.DataFrame(texts)


def _cell_problems(file: str, rows: pd.DataFrame, themes: set[str]) -> list[Problem]:
    problems = []
    for row in rows.to_dict("records"):
        number = int(row["source_row"])
        for column, rule in _broken(row, themes):
            problems.append(Problem(file, number, column, f"{rule}, found {row[column]!r}."))
    return problems


def _broken(row: dict[str, str], themes: set[str]) -> list[tuple[str, str]]:
    """Columns of a row that break a rule, and the rule."""
    found = []
    if not EVENT_ID.fullmatch(row["event_id"]):
        found.append(("event_id", "expected a short id of letters, digits, - and _"))
    if row["kind"] and row["kind"] not in EVENT_KINDS[:-1]:
        found.append(("kind", f"expected one of {', '.join(EVENT_KINDS[:-1])}"))
    unknown = {theme for theme in row["themes"].split(";") if theme} - themes
    if unknown:
        found.append(("themes", f"expected themes of the catalogue ({', '.join(sorted(themes))})"))
    years = {name: row[name] for name in ("year_start", "year_end") if row[name]}
    wrong = [name for name, text in years.items() if not _is_year(text)]
    found += [(name, f"expected a year from {FIRST_YEAR} to {LAST_YEAR}") for name in wrong]
    if not row["city"] and not row["city_id"]:
        found.append(("city", "expected the name of a city or government"))
    if not row["country"] and not row["city_id"]:
        found.append(("country", "expected the country, since names occur in several"))
    if not ROLE.fullmatch(row["role"]):
        found.append(("role", "expected a role in small letters (lead, partner, participant …)"))
    if not row["source_url"].startswith(("http://", "https://")):
        found.append(("source_url", "expected the address where the part is documented"))
    return found


def _is_year(text: str) -> bool:
    return text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR


def _events(
    file: str, rows: pd.DataFrame, known: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem]]:
    """The facts of each event from its rows and from the record, and where they disagree."""
    on_record = {str(row["event_id"]): row for row in known.to_dict("records")}
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows.to_dict("records"):
        grouped.setdefault(row["event_id"], []).append(row)
    events, problems = [], []
    for event_id in sorted(grouped):
        record = on_record.get(event_id)
        stated = [*([record] if record else []), *grouped[event_id]]
        facts = {"event_id": event_id}
        first = int(grouped[event_id][0]["source_row"])
        told = {
            one: list(dict.fromkeys(row[one] for row in stated if row[one]))
            for one in EVENT_COLUMNS
        }
        for column, values in told.items():
            facts[column] = values[0] if values else ""
            if len(values) > 1:
                hint = " The first is on record." if record else ""
                rule = f"expected one {column} of {event_id}, found {' and '.join(values)}.{hint}"
                problems.append(Problem(file, first, column, rule))
        problems += [Problem(file, first, *one) for one in _broken_event(facts)]
        events.append(facts)
    return pd.DataFrame(events, columns=["event_id", *EVENT_COLUMNS]), problems


def _broken_event(facts: dict[str, str]) -> list[tuple[str, str]]:
    """Columns of an event that break a rule, and the rule with what was found."""
    event_id, start, end = facts["event_id"], facts["year_start"], facts["year_end"]
    found = [
        (column, f"expected the {column} of {event_id} in one of its rows, found nothing.")
        for column in ("kind", "title")
        if not facts[column]
    ]
    if start.isdigit() and end.isdigit() and int(end) < int(start):
        rule = f"expected a year not before {start}, found {end}. Are the two reversed?"
        found.append(("year_end", rule))
    return found
