"""A spreadsheet of events and participations as rows of text, or why it is none.

A CSV in UTF-8 with commas, or the first sheet of an Excel workbook: one row per participation.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from observatory.errors import Problem
from observatory.ingest.files import Cell, refuse, require_file, sheet_rows, text_of

REQUIRED = (
    "event_id",
    "kind",
    "title",
    "themes",
    "year_start",
    "year_end",
    "city",
    "country",
    "role",
    "source_url",
    "note",
)
OPTIONAL = ("city_id", "organisation_id")
COLUMNS = (*REQUIRED, *OPTIONAL)
WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods"}
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class EventSheet:
    """The rows of a spreadsheet of events.

    Attributes:
        file: the file's name, for messages.
        rows: COLUMNS as text ("" where empty) and `row`, the 1-based row of the file; in the
            file's order, without empty rows.
        problems: rows with more or fewer cells than the header.
    """

    file: str
    rows: pd.DataFrame
    problems: tuple[Problem, ...]


def read_event_sheet(path: Path) -> EventSheet:
    """The rows of a CSV or of a workbook's first sheet.

    Raises:
        DatasetError: the file is missing, damaged, of another type or encoding, has other
            columns, or no rows.
    """
    require_file(path)
    lines = _workbook_lines(path) if _is_workbook(path) else _csv_lines(path)
    header = _header(path, lines[0] if lines else [])
    rows, problems = [], []
    for number, cells in enumerate(lines[1:], start=2):
        filled = _filled(cells)
        if not filled:
            continue
        if len(cells) != len(lines[0]):
            problems.append(_other_length(path, number, len(lines[0]), len(cells)))
        elif filled > len(header):
            problems.append(_other_length(path, number, len(header), filled))
        named = dict(zip(header, cells, strict=False))
        rows.append({**dict.fromkeys(COLUMNS, ""), **named, "row": number})
    if not rows:
        raise refuse(path, "expected participations, found none. Fill at least one row.")
    return EventSheet(path.name, pd.DataFrame(rows), tuple(problems))


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4)
    return start in WORKBOOK_STARTS or path.suffix.lower() in WORKBOOK_SUFFIXES


def _filled(cells: Sequence[str]) -> int:
    """How many cells there are up to the last one that holds something."""
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _workbook_lines(path: Path) -> list[list[str]]:
    return [[_text(cell) for cell in cells] for cells in sheet_rows(path)]


def _csv_lines(path: Path) -> list[list[str]]:
    text = text_of(path)
    if "\0" in text:
        raise refuse(path, "expected text, found other bytes. Save the spreadsheet as CSV UTF-8.")
    return [[_text(cell) for cell in cells] for cells in _records(path, text)]


def _records(path: Path, text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield cells
    except csv.Error as error:
        raise refuse(
            path,
            f"expected a whole row, found one that cannot be read ({error}). The file may be cut "
            "off, or a quotation mark may be missing: export it again.",
            row=number + 1,
        ) from error


def _text(cell: Cell) -> str:
    """A cell as text: one space between words, accents as one letter, 2019.0 as 2019."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return unicodedata.normalize("NFC", " ".join(str(cell).split()))


def _header(path: Path, cells: list[str]) -> list[str]:
    """The names of the columns, which are ours, each once.

    Raises:
        DatasetError: they are not.
    """
    header = ["_".join(cell.casefold().split()) for cell in cells[: _filled(cells)]]
    missing = [name for name in REQUIRED if name not in header]
    wrong = [name or "one without a name" for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    rule = f"expected the columns {', '.join(REQUIRED)} (and {' or '.join(OPTIONAL)} if need be)"
    if missing or wrong or twice:
        if len(header) == 1 and ";" in header[0]:
            advice = "Save it with commas, not semicolons."
        elif len(header) <= 1:
            advice = "Is it the right file? Save it as CSV UTF-8 (comma delimited) or as XLSX."
        else:
            advice = _column_advice({"Missing": missing, "Not known": wrong, "Twice": twice})
        found = ", ".join(cells)[:200] or "nothing"
        raise refuse(path, f"{rule}, found {found}. {advice}", row=1)
    return header


def _column_advice(faults: Mapping[str, list[str]]) -> str:
    parts = [f"{what}: {', '.join(names)[:200]}." for what, names in faults.items() if names]
    return " ".join([*parts, *filter(None, map(_did_you_mean, faults["Not known"]))])


def _did_you_mean(name: str) -> str:
    near = get_close_matches(name, COLUMNS, n=1)
    return f"Did you mean {near[0]} by {name}?" if near else ""


def _other_length(path: Path, row: int, expected: int, found: int) -> Problem:
    advice = (
        "The file may be cut off, or commas are missing."
        if found < expected
        else "Put a cell that holds a comma in quotation marks."
    )
    return Problem(
        path.name, row, None, f"expected {expected} cells, found {found} cells. {advice}"
    )
