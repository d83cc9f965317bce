"""`ingest plan FILES`: documents' facts on the plan into the tables of `datasets/plan`.

Each file is known by its columns: the frame (objectives, lines, initiatives), figures of
initiatives, counts of members, cycles of the award; one JSON file holds what is documented of the
plan itself. What a file says replaces what is on record of the same thing; what the files do not
say (kinds, days, weights, targets) is kept.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from observatory.domain.stated import last_day, stated
from observatory.errors import DatasetError, Problem
from observatory.ingest.files import csv_frame, refuse, text_of
from observatory.ingest.writing import csv_text, write_together
from observatory.schema import (
    ACTUALS,
    INITIATIVES,
    LINES,
    MEASURES,
    MILESTONES,
    OBJECTIVES,
    STATEMENTS,
    Table,
)

FOLDER = "plan"
FILES = {
    OBJECTIVES: "objectives.csv",
    LINES: "lines.csv",
    INITIATIVES: "initiatives.csv",
    MILESTONES: "milestones.csv",
    MEASURES: "measures.csv",
    ACTUALS: "actuals.csv",
    STATEMENTS: "statements.csv",
}
FRAME = ("initiative_id", "objective_id", "objective", "line_id", "line", "name", "responsible")
FIGURES = ("initiative_id", "measure", "unit", "polarity", "value_chain_stage", "value_as_stated")
COUNTS = ("period", "members", "relation", "source_url")
CYCLES = ("cycle", "award_date", "applications_initiatives", "applying_cities", "figures_source")
AWARD = "gza"
MEMBERS = "members-members"
CYCLE_MEASURES = {
    "applications_initiatives": ("initiatives-submitted", "Initiatives submitted", "initiatives"),
    "applying_cities": ("applying-cities", "Cities that applied", "cities"),
    "applying_countries": ("applying-countries", "Countries of applicants", "countries"),
    "shortlisted_known": ("shortlisted", "Shortlisted entries on record", "entries"),
    "winners_known": ("winners", "Winners on record", "entries"),
}
HIGHEST_SEEN = "(highest number seen)"
AT_FIRST = {  # of new rows, where no file says so; kept by hand from then on
    INITIATIVES: {"kind": "knowledge", "stage": "unknown"},
    MEASURES: {
        "polarity": "up",
        "value_chain_stage": "Output",
        "accumulation": "level",
        "rhythm_months": "12",
        "decimals": "0",
    },
}

Rows = dict[Table, list[dict[str, str]]]


@dataclass(frozen=True)
class PlanChange:
    """What an import would write.

    Attributes:
        tables: all rows of each changed table, as text, in order.
        added, changed: how many rows of each table are new, or differ from those on record.
        folder: where the tables lie.
    """

    tables: dict[Table, pd.DataFrame]
    added: dict[Table, int]
    changed: dict[Table, int]
    folder: Path


def plan_change(files: Sequence[Path], datasets_dir: Path, today: date) -> PlanChange:
    """What the files would change on record.

    Raises:
        DatasetError: a file is none of those known, or holds a row that cannot be read.
    """
    if not files:
        rule = "expected one or more files of plan facts (CSV or JSON), found none."
        raise DatasetError([Problem("plan", None, None, rule)])
    folder = datasets_dir / FOLDER
    rows: Rows = {table: [] for table in FILES}
    for path in files:
        _reader_of(path)(path, today, rows)
    tables, added, changed = {}, {}, {}
    for table, own in rows.items():
        if not own:
            continue
        before = _on_record(folder / FILES[table], table)
        after = _merged(before, own, table)
        after = _told_once(after) if table is ACTUALS else after
        held = before.set_index(list(table.key))
        new = after.set_index(list(table.key))
        common = new.index.intersection(held.index)
        added[table] = len(new) - len(common)
        changed[table] = int((new.loc[common] != held.loc[common]).any(axis=1).sum())
        tables[table] = after
    return PlanChange(tables, added, changed, folder)


def write_plan(change: PlanChange) -> None:
    """Write all of a change, or nothing.

    Raises:
        OSError: a file cannot be written; all are as they were.
    """
    change.folder.mkdir(parents=True, exist_ok=True)
    write_together(
        {
            change.folder / FILES[table]: csv_text(list(frame.columns), frame.to_numpy().tolist())
            for table, frame in change.tables.items()
        }
    )


def change_words(change: PlanChange) -> str:
    """The change as lines to read."""
    return "\n".join(
        f"{FILES[table]}: {len(frame)} rows, {change.added[table]} new, "
        f"{change.changed[table]} changed"
        for table, frame in change.tables.items()
    )


def _reader_of(path: Path) -> Callable[[Path, date, Rows], None]:
    if path.suffix == ".json":
        return _read_statements
    header = text_of(path).partition("\n")[0]
    names = {name.strip() for name in header.split(",")}
    readers = {FRAME: _read_frame, FIGURES: _read_figures, CYCLES: _read_cycles}
    for columns, reader in (*readers.items(), (COUNTS, _read_counts)):
        if set(columns) <= names:
            return reader
    expected = "; or ".join(", ".join(columns) for columns in (*readers, COUNTS))
    raise refuse(path, f"expected the columns {expected}. Found {header[:200]}.", row=1)


def _on_record(path: Path, table: Table) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame(columns=list(table.column_names), dtype="str")
    frame = csv_frame(path, table.column_names)
    return frame[list(table.column_names)]


def _merged(before: pd.DataFrame, rows: list[dict[str, str]], table: Table) -> pd.DataFrame:
    """The rows on record with what the files say put in; new rows at the end, in their order."""
    found: dict[tuple[str, ...], dict[str, str]] = {
        tuple(str(row[name]) for name in table.key): {str(k): str(v) for k, v in row.items()}
        for row in before.to_dict("records")
    }
    for row in rows:
        key = tuple(row[name] for name in table.key)
        empty = dict.fromkeys(table.column_names, "") | AT_FIRST.get(table, {})
        found[key] = {**found.get(key, empty), **row}
    ordered = [[row[name] for name in table.column_names] for row in found.values()]
    return pd.DataFrame(ordered, columns=list(table.column_names), dtype="str")


def _told_once(actuals: pd.DataFrame) -> pd.DataFrame:
    """Without a figure by the year where the same is there by the month or the day."""
    same = [actuals["measure_id"], actuals["value"], actuals["on_date"].str[:4]]
    exactness = actuals["period"].str.replace("/", "").str.count("-") + 1
    is_best = exactness == exactness.groupby(same).transform("max")
    return actuals[is_best | (actuals["on_date"] == "")].reset_index(drop=True)


def _read_frame(path: Path, _today: date, rows: Rows) -> None:
    frame = csv_frame(path, [*FRAME, "source_url"])
    for row in frame.to_dict("records"):
        rows[OBJECTIVES].append({"objective_id": row["objective_id"], "title": row["objective"]})
        rows[LINES].append(
            {k: row[v] for k, v in _LINE_COLUMNS.items()} | {"title": str(row["line"])}
        )
        rows[INITIATIVES].append(
            {
                "initiative_id": row["initiative_id"],
                "line_id": row["line_id"],
                "title": row["name"],
                "owner": row["responsible"],
                "source_url": row["source_url"],
                "note": row.get("note", ""),
            }
        )


_LINE_COLUMNS = {"line_id": "line_id", "objective_id": "objective_id"}


def _read_figures(path: Path, today: date, rows: Rows) -> None:
    frame = csv_frame(path, [*FIGURES, "period", "source_url"])
    for row in frame.to_dict("records"):
        initiative, title, unit = row["initiative_id"], row["measure"], row["unit"]
        words = str(row["value_as_stated"])
        if "/" in unit and " / " not in unit:  # one list of two things: each is its own measure
            unit = next((one for one in unit.split("/") if one in words), unit)
            title = unit.capitalize()
        measure_id = f"{initiative}-{_slug(title)}"
        kept = {"polarity": row["polarity"], "value_chain_stage": row["value_chain_stage"]}
        rows[MEASURES].append(_measure(measure_id, initiative, title, unit) | kept)
        actual = _actual(path, row, words, today)
        if HIGHEST_SEEN in title and actual["relation"] == "exact":
            actual["relation"] = "at_least"
        source = {"measure_id": measure_id, "source_url": row["source_url"]}
        rows[ACTUALS].append(actual | source)


def _read_counts(path: Path, today: date, rows: Rows) -> None:
    for row in csv_frame(path, COUNTS).to_dict("records"):
        relation = "" if row["relation"] == "exact" else f"{row['relation']} "
        actual = _actual(path, row, f"{relation}{row['members']}", today)
        rows[ACTUALS].append(actual | {"measure_id": MEMBERS, "source_url": row["source_url"]})


def _read_cycles(path: Path, today: date, rows: Rows) -> None:
    frame = csv_frame(path, [*CYCLES, *CYCLE_MEASURES])
    for row in frame.to_dict("records"):
        for column, (ending, title, unit) in CYCLE_MEASURES.items():
            measure_id = f"{AWARD}-{ending}"
            rows[MEASURES].append(_measure(measure_id, AWARD, title, unit))
            actual = _actual(path, {**row, "period": row["award_date"]}, row[column], today)
            source = {"measure_id": measure_id, "source_url": row["figures_source"]}
            rows[ACTUALS].append(actual | source | {"note": row.get("note", "")})
        rows[MILESTONES].append(
            {
                "milestone_id": f"{AWARD}-cycle-{row['cycle']}",
                "node_id": AWARD,
                "title": f"Award ceremony, cycle {row['cycle']}",
                "done_on": row["award_date"],
                "source_url": row["figures_source"],
            }
        )


def _measure(measure_id: str, node_id: str, title: str, unit: str) -> dict[str, str]:
    return {"measure_id": measure_id, "node_id": node_id, "title": title, "unit": unit}


def _actual(path: Path, row: dict[str, str], words: str, today: date) -> dict[str, str]:
    """A figure of a row: all of it but its measure and its source."""
    try:
        day = last_day(row["period"])
    except ValueError as error:
        raise refuse(path, f"{error}.", row=int(row["source_row"]), column="period") from None
    found = stated(words)
    return {
        "period": row["period"],
        "on_date": day.isoformat() if day else "",
        "value": "" if found.value is None else f"{found.value:.15g}",
        "relation": found.relation,
        "as_stated": words,
        "known_on": (day or today).isoformat(),
        "note": found.note,
    }


def _read_statements(path: Path, _today: date, rows: Rows) -> None:
    try:
        content = json.loads(text_of(path))
        official = content["official_2021_2023"]
        found = [("plan", one["fact"], "", one["source"]) for one in official["facts"]]
        found += [
            ("calendar", one["event"], one["date"], one["source"])
            for one in official["process_calendar"]
        ]
        found += [
            ("body", f"{one['body']}: {one['duty']}", "", one["source"])
            for one in official["responsible_bodies"]
        ]
        found += [
            ("earlier plan", f"{one['plan']}: {one['facts']}", "", one["source"])
            for one in content["earlier_plans"]
        ]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise refuse(path, f"expected the facts of the plan as JSON: {error!r}.") from None
    rows[STATEMENTS] += [
        dict(zip(("topic", "words", "stated_on", "source_url"), one, strict=True)) for one in found
    ]


def _slug(title: str) -> str:
    """A short id from a title."""
    words = re.sub(r"\(.*?\)", "", title).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")
