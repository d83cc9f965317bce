"""Documents' facts on the plan, read from files that are known by their columns.

The frame (objectives, lines, initiatives), figures of initiatives, counts of members, cycles of the
award; one JSON file holds what is documented of the plan itself.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from observatory.domain.stated import last_day, stated
from observatory.ingest.files import csv_frame, refuse, text_of
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
COUNTED = ("exact", "over", "at_least", "about")
HIGHEST_SEEN = "(highest number seen)"

Row = Mapping[str, str]
Fact = tuple[Table, dict[str, str]]


@dataclass(frozen=True)
class Told:
    """What a row of a file says.

    Attributes:
        table: the table it belongs to.
        cells: cells of a row of this table; columns that the file says nothing of are left out.
        file: name of the file. row: the row there; None in JSON.
    """

    table: Table
    cells: dict[str, str]
    file: str
    row: int | None

    @property
    def key(self) -> tuple[str, ...]:
        """The key of the row in its table."""
        return tuple(self.cells[name] for name in self.table.key)


def facts_told(path: Path, today: date) -> list[Told]:
    """Every fact of a file, in its order.

    Args:
        path: the file.
        today: what is not dated is known from this day.

    Raises:
        DatasetError: the file is none of those known, or holds a row that cannot be read.
    """
    if path.suffix.lower() == ".json":
        return [Told(STATEMENTS, cells, path.name, None) for cells in _statements(path)]
    header = next(csv.reader([text_of(path).partition("\n")[0]]), [])
    names = {name.strip() for name in header}
    kinds = (
        (FRAME, ("source_url",), _of_the_frame),
        (FIGURES, ("period", "source_url"), _of_a_figure),
        (CYCLES, tuple(CYCLE_MEASURES), _of_a_cycle),
        (COUNTS, (), _of_a_count),
    )
    for columns, others, read in kinds:
        if set(columns) <= names:
            rows = csv_frame(path, [*columns, *others]).to_dict("records")
            return [
                Told(table, cells, path.name, int(row["source_row"]))
                for row in rows
                for table, cells in read(path, row, today)
            ]
    expected = "; or ".join(", ".join(columns) for columns, _others, _read in kinds)
    raise refuse(path, f"expected the columns {expected}. Found {', '.join(header)[:200]}.", row=1)


def _of_the_frame(_path: Path, row: Row, _today: date) -> Iterator[Fact]:
    yield OBJECTIVES, {"objective_id": row["objective_id"], "title": row["objective"]}
    ids = {name: row[name] for name in ("line_id", "objective_id")}
    yield LINES, ids | {"title": row["line"]}
    yield (
        INITIATIVES,
        {
            "initiative_id": row["initiative_id"],
            "line_id": row["line_id"],
            "title": row["name"],
            "owner": row["responsible"],
            "source_url": row["source_url"],
            "note": row.get("note", ""),
        },
    )


def _of_a_figure(path: Path, row: Row, today: date) -> Iterator[Fact]:
    initiative, title, unit = row["initiative_id"], row["measure"], row["unit"]
    words = row["value_as_stated"]
    if "/" in unit and " / " not in unit:  # one list of two things: each is its own measure
        unit = next((one for one in unit.split("/") if one in words), unit)
        title = unit.capitalize()
    measure_id = f"{initiative}-{_slug(title)}"
    kept = {"polarity": row["polarity"], "value_chain_stage": row["value_chain_stage"]}
    yield MEASURES, _measure(measure_id, initiative, title, unit) | kept
    actual = _actual(path, row, words, today)
    if HIGHEST_SEEN in title and actual["relation"] == "exact":
        actual["relation"] = "at_least"
    yield ACTUALS, actual | {"measure_id": measure_id, "source_url": row["source_url"]}


def _of_a_count(path: Path, row: Row, today: date) -> Iterator[Fact]:
    if row["relation"] not in COUNTED:
        rule = f"expected one of {', '.join(COUNTED)}, found {row['relation']!r}."
        raise refuse(path, rule, row=int(row["source_row"]), column="relation")
    relation = "" if row["relation"] == "exact" else f"{row['relation'].replace('_', ' ')} "
    actual = _actual(path, row, f"{relation}{row['members']}", today)
    yield ACTUALS, actual | {"measure_id": MEMBERS, "source_url": row["source_url"]}


def _of_a_cycle(path: Path, row: Row, today: date) -> Iterator[Fact]:
    source = {"source_url": row["figures_source"]}
    for column, (ending, title, unit) in CYCLE_MEASURES.items():
        measure_id = f"{AWARD}-{ending}"
        yield MEASURES, _measure(measure_id, AWARD, title, unit)
        actual = _actual(path, {**row, "period": row["award_date"]}, row[column], today)
        yield ACTUALS, actual | source | {"measure_id": measure_id, "note": row.get("note", "")}
    yield (
        MILESTONES,
        source
        | {
            "milestone_id": f"{AWARD}-cycle-{row['cycle']}",
            "node_id": AWARD,
            "title": f"Award ceremony, cycle {row['cycle']}",
            "done_on": row["award_date"],
        },
    )


def _measure(measure_id: str, node_id: str, title: str, unit: str) -> dict[str, str]:
    return {"measure_id": measure_id, "node_id": node_id, "title": title, "unit": unit}


def _actual(path: Path, row: Row, words: str, today: date) -> dict[str, str]:
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


def _statements(path: Path) -> list[dict[str, str]]:
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
    names = ("topic", "words", "stated_on", "source_url")
    return [{name: str(one) for name, one in zip(names, row, strict=True)} for row in found]


def _slug(title: str) -> str:
    """A short id from a title."""
    words = re.sub(r"\(.*?\)", "", title).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")
