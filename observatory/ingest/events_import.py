"""Events and participations from a spreadsheet: matched, previewed, and only then written."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process

from observatory.domain.names import plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.catalogue import indicator_rows
from observatory.ingest.event_rows import read_event_sheet
from observatory.ingest.extract import Roster
from observatory.ingest.files import csv_frame
from observatory.ingest.roster import read_roster
from observatory.schema import EVENTS, ORGANISATIONS, PARTICIPATIONS, Table

FOLDER = "network"
KEY = list(PARTICIPATIONS.key)
NEAR = 80.0
SHOWN = 20


@dataclass(frozen=True)
class EventsChange:
    """What an import would do; nothing is written before it is confirmed.

    Attributes:
        events: event_ids added.
        participations: rows added, columns of `participations`.
        known: rows that are on record already.
        outside: (organisation_id, name, near members) of partners added; near members of the
            first alone, those that are shown.
        spellings: (event_id, member, spellings) where one member stands in two spellings.
        contents: new content by file.
    """

    events: tuple[str, ...]
    participations: pd.DataFrame
    known: int
    outside: tuple[tuple[str, str, str], ...]
    spellings: tuple[tuple[str, str, str], ...]
    contents: dict[Path, str]

    @property
    def is_empty(self) -> bool:
        """Whether all of it is on record already."""
        return not self.events and self.participations.empty


def events_change(path: Path, datasets_dir: Path) -> EventsChange:
    """Compare a spreadsheet of events with what is on record.

    Args:
        path: as `event_rows.read_event_sheet`.
        datasets_dir: the project's facts.

    Raises:
        DatasetError: with everything that is wrong with the file.
    """
    roster = read_roster(datasets_dir)
    events, parts, organisations = (
        read_network(datasets_dir, table) for table in (EVENTS, PARTICIPATIONS, ORGANISATIONS)
    )
    themes = indicator_rows(datasets_dir)["theme"].unique()
    sheet = read_event_sheet(path, events, themes)
    matched, problems = _matched(path.name, sheet.rows, roster)
    if sheet.problems or problems:
        ordered = sorted([*sheet.problems, *problems], key=lambda one: one.row or 0)
        raise DatasetError(ordered)
    named = matched.assign(organisation_id=_organisation_ids(matched))
    rows = _participations(named)
    added = rows[~_keys(rows).isin(set(_keys(parts)))]
    new_events = sheet.events[~sheet.events["event_id"].isin(events["event_id"])]
    partners = _new_partners(named, organisations)
    return EventsChange(
        events=tuple(new_events["event_id"]),
        participations=added,
        known=len(rows) - len(added),
        outside=_told_partners(partners, roster),
        spellings=_spellings(named, roster),
        contents={
            network_path(datasets_dir, EVENTS): merged(events, new_events.assign(note=""), EVENTS),
            network_path(datasets_dir, PARTICIPATIONS): merged(parts, added, PARTICIPATIONS),
            network_path(datasets_dir, ORGANISATIONS): merged(
                organisations, partners, ORGANISATIONS
            ),
        },
    )


def write_events(change: EventsChange) -> None:
    """Carry out a confirmed change; every content is at hand before the first file changes."""
    asides = {}
    for path, content in change.contents.items():
        aside = path.with_name(f".{path.name}.new")
        aside.write_text(content, encoding="utf-8", newline="")
        asides[aside] = path
    for aside, path in asides.items():
        aside.replace(path)


def network_path(datasets_dir: Path, table: Table) -> Path:
    """Where a table of the network lies."""
    return datasets_dir / FOLDER / f"{table.name}.csv"


def read_network(datasets_dir: Path, table: Table) -> pd.DataFrame:
    """A table of the network as text."""
    columns = list(table.column_names)
    return csv_frame(network_path(datasets_dir, table), columns)[columns]


def merged(old: pd.DataFrame, new: pd.DataFrame, table: Table) -> str:
    """Two tables of the network as one file, sorted."""
    columns = list(table.column_names)
    both = pd.concat([old[columns], new[columns]], ignore_index=True).fillna("")
    order = [name for name in table.key if name in columns]
    if table is PARTICIPATIONS:
        own = both["city_id"]
        both = both.assign(who=own.where(own != "", both["organisation_id"]))
        order = ["event_id", "who", "role"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(both.sort_values(order, kind="stable")[columns].to_numpy().tolist())
    return out.getvalue()


def _names(roster: Roster) -> pd.DataFrame:
    """Every name a member answers to in its country: city_id, iso3, plain."""
    answering = roster.scopes.loc[roster.scopes["answers_to_city_name"] == "yes", "city_id"]
    members = roster.members[["city_id", "iso3", "member_name", "city"]]
    own_city = members[members["city_id"].isin(answering)]
    aliases = roster.aliases[
        (roster.aliases["source_id"] == "") & (roster.aliases["kind"] != "agglomeration")
    ].merge(members[["city_id", "iso3"]], on="city_id")
    pieces = [
        members.rename(columns={"member_name": "name"}),
        own_city.rename(columns={"city": "name"}),
        aliases.rename(columns={"alias": "name"}),
    ]
    names = pd.concat([piece[["city_id", "iso3", "name"]] for piece in pieces], ignore_index=True)
    return names.assign(plain=names["name"].map(plain_name)).drop_duplicates(
        ["city_id", "iso3", "plain"]
    )


def _countries(roster: Roster) -> dict[str, str]:
    """ISO codes by every spelling of a country on record."""
    found = {}
    for row in roster.countries.itertuples():
        for name in (row.country_name, row.iso3, row.iso2, *str(row.aliases).split(";")):
            if name.strip():
                found[plain_name(name)] = row.iso3
    for row in roster.members.itertuples():
        found.setdefault(plain_name(row.country), row.iso3)
    return found


def _matched(file: str, rows: pd.DataFrame, roster: Roster) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows with the member each names, "" for a partner outside; a name is never guessed."""
    countries, names = _countries(roster), _names(roster)
    by_name = names.groupby(["plain", "iso3"])["city_id"].agg(list).to_dict()
    ids = set(roster.members["city_id"])
    problems, found = [], []
    for row in rows.itertuples():
        number = int(str(row.source_row))
        iso3 = countries.get(plain_name(row.country), "")
        claims = by_name.get((plain_name(row.city), iso3), [])
        if row.city_id and row.city_id not in ids:
            rule = f"expected the city_id of a member, found {row.city_id!r}."
            problems.append(Problem(file, number, "city_id", rule))
        elif not row.city_id and len(claims) > 1:
            rule = (
                f"expected one government, found {row.city!r}, which may be "
                f"{' or '.join(sorted(claims))}. Name it in a column city_id."
            )
            problems.append(Problem(file, number, "city", rule))
        found.append(row.city_id or (claims[0] if len(claims) == 1 else ""))
    return rows.assign(city_id=found), problems


def _organisation_ids(rows: pd.DataFrame) -> list[str]:
    return [
        "" if row.city_id else outside_id(str(row.city), str(row.country))
        for row in rows.itertuples()
    ]


def outside_id(name: str, country: str) -> str:
    """The id of a partner outside: its name and country in plain letters."""
    return "-".join(_slug(part) for part in (name, country) if part)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug or "-".join(f"{ord(letter):x}" for letter in text)  # scripts without such letters


def _participations(rows: pd.DataFrame) -> pd.DataFrame:
    named = rows.rename(columns={"city": "name_as_stated", "country": "country_as_stated"})
    return named.drop_duplicates(KEY)[list(PARTICIPATIONS.column_names)]


def _keys(rows: pd.DataFrame) -> pd.Series:
    return rows[KEY].fillna("").agg("\x1f".join, axis="columns")


def _new_partners(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    outside = rows[(rows["organisation_id"] != "")].drop_duplicates("organisation_id")
    new = outside[~outside["organisation_id"].isin(known["organisation_id"])]
    named = new.rename(columns={"city": "name"})
    return named.assign(kind="government", note="")[list(ORGANISATIONS.column_names)]


def _spellings(rows: pd.DataFrame, roster: Roster) -> tuple[tuple[str, str, str], ...]:
    members = rows[rows["city_id"] != ""]
    names = roster.members.set_index("city_id")["member_name"]
    found = []
    for (event_id, city_id), own in members.groupby(["event_id", "city_id"]):
        spelled = list(dict.fromkeys(own["city"]))
        if len(spelled) > 1:
            found.append((str(event_id), str(names[city_id]), " and ".join(spelled)))
    return tuple(found)


def _told_partners(partners: pd.DataFrame, roster: Roster) -> tuple[tuple[str, str, str], ...]:
    """Partners outside, the first with the members whose names are like theirs."""
    names = _names(roster)
    ids, plain = names["city_id"].tolist(), names["plain"].tolist()
    told = []
    rows = zip(partners["organisation_id"], partners["name"], strict=True)
    for number, (organisation_id, name) in enumerate(rows):
        near: dict[str, None] = {}
        if number < SHOWN:
            found = process.extract(
                plain_name(name), plain, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3
            )
            near = dict.fromkeys(ids[position] for _, _, position in found)
        told.append((str(organisation_id), str(name), ", ".join(near)))
    return tuple(told)


def change_words(change: EventsChange) -> str:
    """The preview, for the person who confirms it."""
    if change.is_empty:
        return f"All {change.known} rows are on record already. Nothing to do."
    counts = (
        f"{len(change.events)} events and {len(change.participations)} participations added, "
        f"{change.known} on record already, {len(change.outside)} partners outside the roster "
        "added."
    )
    lines = [counts]
    lines += [f"  + event {event_id}" for event_id in change.events[:SHOWN]]
    lines += _more(len(change.events))
    lines += [
        f"  = {event_id}: {member} stands there as {spelled}; taken once"
        for event_id, member, spelled in change.spellings
    ]
    lines += [
        f"  o {organisation_id}: {name}, no member of this name and country"
        + (f" (like {near}: if it is meant, name it in a column city_id)" if near else "")
        for organisation_id, name, near in change.outside[:SHOWN]
    ]
    return "\n".join([*lines, *_more(len(change.outside))])


def _more(count: int) -> list[str]:
    return [f"  … and {count - SHOWN} more"] if count > SHOWN else []
