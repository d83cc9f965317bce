"""A spreadsheet of events and participations: checked row by row, previewed, then written."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.errors import Problem
from observatory.ingest.catalogue import indicator_rows
from observatory.ingest.dropped_members import participations_content
from observatory.ingest.event_cities import WhoIsWho
from observatory.ingest.event_facts import FACTS, sheet_events
from observatory.ingest.event_parts import sheet_parts
from observatory.ingest.event_sheet import COLUMNS, EventSheet, read_event_sheet
from observatory.ingest.files import csv_frame
from observatory.ingest.outside_partners import OutsidePartners
from observatory.ingest.roster import read_roster
from observatory.ingest.writing import csv_text, write_together
from observatory.schema import EVENTS, PARTICIPATIONS, Table

EVENT_COLUMNS = list(EVENTS.column_names)
PART_COLUMNS = list(PARTICIPATIONS.column_names)


@dataclass(frozen=True)
class NewPartner:
    """A partner outside the roster that an import would add.

    Attributes:
        organisation_id, name, country: as they would stand on record.
        near: members and partners that may be meant instead, for a reader.
        is_known_country: whether the list of countries has it.
        row: the first row of the file that names it.
        is_named_by_id: whether the file gives its id, so that nobody else can be meant.
    """

    organisation_id: str
    name: str
    country: str
    near: tuple[str, ...]
    is_known_country: bool
    row: str
    is_named_by_id: bool


@dataclass(frozen=True)
class EventsChange:
    """What an import would do; nothing is written before it is confirmed.

    Attributes:
        events: events to add, columns of `events`.
        parts: participations to add, columns of `participations`.
        partners: outside partners to add.
        already: rows whose participation is on record.
        refused: rows that cannot be taken.
        notes: what the person who confirms should know.
        problems: why rows are refused; while there are any, nothing is written.
        contents: new content by path, in the order of writing.
    """

    events: pd.DataFrame
    parts: pd.DataFrame
    partners: tuple[NewPartner, ...]
    already: int
    refused: int
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    contents: dict[Path, str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to add."""
        return not (len(self.events) or len(self.parts))

    @property
    def doubtful(self) -> tuple[NewPartner, ...]:
        """New partners that are called nearly like somebody we have, and given no id in the file.

        For a person to settle.
        """
        return tuple(one for one in self.partners if one.near and not one.is_named_by_id)


def events_change(path: Path, datasets_dir: Path) -> EventsChange:
    """Compare a spreadsheet of events and participations with ours.

    Args:
        path: CSV in UTF-8 with commas, or XLSX; columns as in `event_sheet`.
        datasets_dir: the project's facts.

    Raises:
        DatasetError: the file as a whole cannot be read, or one of ours cannot.
    """
    sheet = read_event_sheet(path)
    folder = datasets_dir / "network"
    ours = _table(folder / "events.csv", EVENTS)
    record = _table(folder / "participations.csv", PARTICIPATIONS)
    roster = read_roster(datasets_dir)
    partners = OutsidePartners.of(datasets_dir, country_codes(roster.countries))
    who_is_who = WhoIsWho(roster, partners)
    known = {
        row["event_id"]: {name: row[name] for name in FACTS} for row in ours.to_dict("records")
    }
    stated = sheet_events(sheet, known, set(indicator_rows(datasets_dir)["theme"]))
    found = sheet_parts(sheet, stated, record, partners, who_is_who)
    parts = pd.DataFrame(list(found.added.values()), columns=PART_COLUMNS)
    events = stated.facts[stated.facts["event_id"].isin(parts["event_id"])]
    all_events = pd.concat([ours, events]).sort_values("event_id", kind="stable")
    return EventsChange(
        events=events,
        parts=parts,
        partners=_new_partners(
            partners, who_is_who, list(found.added.values()), set(sheet.rows["organisation_id"])
        ),
        already=found.already,
        refused=found.refused,
        notes=(*found.notes, *_same_titles(events, ours)),
        problems=_in_order(sheet, [*stated.problems, *found.problems]),
        contents={
            folder / "organisations.csv": partners.content(),
            folder / "events.csv": csv_text(EVENT_COLUMNS, all_events.to_numpy().tolist()),
            folder / "participations.csv": participations_content(pd.concat([record, parts])),
        },
    )


def _table(path: Path, table: Table) -> pd.DataFrame:
    return csv_frame(path, table.column_names)[list(table.column_names)]


def _in_order(sheet: EventSheet, problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems row by row, each row's in the order of the columns; of a cut row only that."""
    cut = {problem.row for problem in sheet.problems}
    whole = [problem for problem in problems if problem.row not in cut]
    places = {name: place for place, name in enumerate(COLUMNS)}
    return tuple(
        sorted(
            [*sheet.problems, *whole],
            key=lambda problem: (problem.row or 0, places.get(problem.column or "", -1)),
        )
    )


def _new_partners(
    partners: OutsidePartners,
    who_is_who: WhoIsWho,
    added: list[dict[str, str]],
    given: set[str],
) -> tuple[NewPartner, ...]:
    rows: dict[str, str] = {}
    for part in added:
        rows.setdefault(part["organisation_id"], str(part["row"]))
    return tuple(
        NewPartner(
            organisation_id,
            name,
            country,
            tuple(who_is_who.near(name, country)),
            who_is_who.is_known_country(country),
            rows.get(organisation_id, ""),
            organisation_id in given,
        )
        for organisation_id, (name, country) in sorted(partners.added.items())
    )


def _same_titles(events: pd.DataFrame, ours: pd.DataFrame) -> list[str]:
    """New events that are called like another one: perhaps one event under two ids."""
    titles = {plain_name(row.title): str(row.event_id) for row in ours.itertuples()}
    notes = []
    for row in events.itertuples():
        other = titles.setdefault(plain_name(row.title), str(row.event_id))
        if other != row.event_id:
            notes.append(f"{row.event_id} has the title of {other}: use one id if they are one.")
    return notes


def write_events(change: EventsChange) -> None:
    """Carry out a confirmed change: all three files, or none."""
    write_together(change.contents)


def change_words(change: EventsChange) -> str:
    """The preview, for the person who confirms it."""
    figures = (
        f"{_count(len(change.events), 'event')} added",
        f"{_count(len(change.parts), 'participation')} added",
        f"{change.already} already there",
        f"{_count(len(change.partners), 'outside partner')} added",
        f"{_count(change.refused, 'row')} refused",
    )
    lines = [f"{', '.join(figures)}."]
    counts = Counter(change.parts["event_id"])
    for row in change.events.itertuples():
        years = "–".join(dict.fromkeys(filter(None, (row.year_start, row.year_end)))) or "no year"
        took_part = _count(counts.pop(row.event_id), "participation")
        lines.append(f"  + {row.event_id}: {row.title} ({row.kind}, {years}), {took_part}")
    lines += [
        f"  ~ {event_id}: {_count(count, 'participation')} more"
        for event_id, count in counts.items()
    ]
    lines += [f"  o {_partner_words(partner)}" for partner in change.partners]
    lines += [f"  ! {note}" for note in change.notes]
    if change.problems:
        lines.append("Nothing is written while rows are refused. Correct them, import it again.")
    elif change.is_empty:
        lines.append("Everything is there already. Nothing to do.")
    return "\n".join(lines)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _partner_words(partner: NewPartner) -> str:
    words = f"{partner.organisation_id}: {partner.name}, {partner.country}, outside the roster"
    words += f" (row {partner.row})." if partner.row else "."
    if partner.near and not partner.is_named_by_id:
        words += f" Did you mean {' or '.join(partner.near)}? Then fill the column city_id."
    if not partner.is_known_country:
        words += " The country is not in roster/countries.csv."
    return words
