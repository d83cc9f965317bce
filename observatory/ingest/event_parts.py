"""The participations of a spreadsheet: who took part in what, each once."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd

from observatory.errors import Problem
from observatory.ingest.event_cities import Fault, Stated, Who, WhoIsWho
from observatory.ingest.event_facts import ADVICE, SheetEvents, plain_word, schema_problems
from observatory.ingest.event_sheet import EventSheet
from observatory.ingest.outside_partners import OutsidePartners
from observatory.schema import PARTICIPATIONS

Key = tuple[str, str, str, str]
ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


@dataclass
class SheetParts:
    """The participations of a spreadsheet.

    Attributes:
        added: those not on record, by key (event_id, city_id, organisation_id, role): columns
            of `participations` and `row`.
        already: rows whose participation is on record.
        refused: rows that are not taken: those with a problem, and those of refused events.
        problems: what is wrong, cell by cell.
        notes: what the person who confirms should know.
    """

    added: dict[Key, dict[str, str]] = field(default_factory=dict)
    already: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sheet_parts(
    sheet: EventSheet,
    stated: SheetEvents,
    record: pd.DataFrame,
    partners: OutsidePartners,
    who_is_who: WhoIsWho,
) -> SheetParts:
    """The participations that a spreadsheet states; partners that come are added to the others.

    Args:
        sheet: the rows.
        stated: its events; rows of refused ones are checked, but not taken.
        record: the participations on record.
        partners: those outside the roster.
        who_is_who: names of members and partners.
    """
    rows = sheet.rows.rename(columns={"city": "name_as_stated", "country": "country_as_stated"})
    rows["role"] = rows["role"].map(plain_word)
    parts = SheetParts()
    parts.problems += schema_problems(PARTICIPATIONS, rows, sheet.file)
    parts.problems += _address_problems(sheet.file, rows)
    wrong = {problem.row for problem in (*sheet.problems, *stated.problems, *parts.problems)}
    known = set(record[list(PARTICIPATIONS.key)].itertuples(index=False, name=None))
    answers: dict[Stated, Who | Fault] = {}
    for row in rows.to_dict("records"):
        name = Stated(
            row["name_as_stated"], row["country_as_stated"], row["city_id"], row["organisation_id"]
        )
        who = answers.get(name) or answers.setdefault(name, who_is_who.find(name))
        if isinstance(who, Fault) and name.name:
            parts.problems.append(Problem(sheet.file, row["row"], who.column, who.rule))
        if isinstance(who, Fault) or row["row"] in wrong or row["event_id"] in stated.refused:
            parts.refused += 1
        else:
            _take(parts, row, _settled(who, name, partners), known)
    parts.notes += _role_notes(parts, set(record["role"]))
    return parts


def _address_problems(file: str, rows: pd.DataFrame) -> list[Problem]:
    odd = rows[(rows["source_url"] != "") & ~rows["source_url"].str.fullmatch(ADDRESS)]
    rule = "expected an address that begins with http:// or https://, found"
    return [
        Problem(file, row.row, "source_url", f"{rule} {row.source_url!r}. {ADVICE['source_url']}")
        for row in odd.itertuples()
    ]


def _settled(who: Who, stated: Stated, partners: OutsidePartners) -> Who:
    if who.city_id or who.organisation_id:
        return who
    return Who(organisation_id=partners.found_or_added(stated.name, stated.country))


def _take(parts: SheetParts, row: dict[str, str], who: Who, known: Collection[Key]) -> None:
    """Add a participation, unless it is on record or in an earlier row."""
    key = (row["event_id"], who.city_id, who.organisation_id, row["role"])
    if key in known:
        parts.already += 1
    elif key in parts.added:
        parts.notes.append(_one_only(parts.added[key], row, who))
    else:
        parts.added[key] = {
            **row,
            "city_id": who.city_id,
            "organisation_id": who.organisation_id,
        }


def _one_only(first: dict[str, str], row: dict[str, str], who: Who) -> str:
    """That two rows are one participation, and what of the second is not kept."""
    names = [first["name_as_stated"], row["name_as_stated"]]
    one = who.city_id or who.organisation_id
    spelled = f"{names[0]!r} and {names[1]!r} are one city" if names[0] != names[1] else "one city"
    lost = [name for name in ("source_url", "note") if row[name] not in {"", first[name]}]
    left = f"; {' and '.join(lost)} of row {row['row']} left out" if lost else ""
    return (
        f"rows {first['row']} and {row['row']}: {spelled} ({one}) as {row['role']} in "
        f"{row['event_id']}: one participation{left}."
    )


def _role_notes(parts: SheetParts, known: Collection[str]) -> list[str]:
    """Roles that come up for the first time: some roles make no tie, so that spelling counts."""
    first: dict[str, str] = {}
    for part in parts.added.values():
        if part["role"] not in known:
            first.setdefault(part["role"], part["row"])
    notes = []
    for role, row in first.items():
        near = get_close_matches(role, sorted(known), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        notes.append(f"row {row}: the role {role!r} is new.{hint}")
    return notes
