"""An official list of members in place of ours: checked, previewed, and only then written."""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import tomlkit
from rapidfuzz import fuzz

from observatory.domain.geodesy import distance_km
from observatory.domain.names import plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.dropped_members import NetworkWithout, network_without
from observatory.ingest.files import csv_frame, text_of
from observatory.ingest.staging import stage_file
from observatory.ingest.validate import table_problems
from observatory.ingest.writing import csv_text, write_together
from observatory.schema import CITIES, COUNTRIES

ALIKE = 80.0
SAME_SEAT_KM = 25.0
AIR_FILE = "network/air_links.csv"
OF_A_MEMBER = ("roster/aliases.csv", "roster/identifiers.csv", "roster/scopes.csv")


@dataclass(frozen=True)
class RosterChange:
    """What an import would do; nothing is written before it is confirmed.

    Attributes:
        added: rows of the new list whose city_id we do not have, columns of `cities`.
        dropped: our rows whose city_id the new list does not have.
        renamed: (city_id, name before, name after).
        ambiguous: (dropped city_id, added city_id): perhaps one member under another id.
        changed: city_ids with other changes.
        lost_rows: rows about dropped members, by file, that would be removed with them.
        network: what becomes of their parts in events, and of their air links.
        content: the new members.csv.
    """

    added: pd.DataFrame
    dropped: pd.DataFrame
    renamed: tuple[tuple[str, str, str], ...]
    ambiguous: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    lost_rows: dict[str, int]
    network: NetworkWithout
    content: str

    @property
    def is_empty(self) -> bool:
        """Whether the new list says the same as ours."""
        return not (len(self.added) or len(self.dropped) or self.renamed or self.changed)


def roster_change(path: Path, datasets_dir: Path) -> RosterChange:
    """Compare a list of members with ours.

    Args:
        path: CSV in UTF-8 with commas and the columns of datasets/roster/members.csv.
        datasets_dir: the project's facts.

    Raises:
        DatasetError: with everything that is wrong with the file.
    """
    _refuse_bad(path, datasets_dir)
    columns = list(CITIES.column_names)
    new = csv_frame(path, columns)[columns].set_index("city_id", drop=False)
    old_path = datasets_dir / "roster" / "members.csv"
    old = csv_frame(old_path, columns)[columns].set_index("city_id", drop=False)
    added, dropped = new[~new.index.isin(old.index)], old[~old.index.isin(new.index)]
    kept = new.index.intersection(old.index)
    renamed = tuple(
        (city_id, str(old.loc[city_id, "member_name"]), str(new.loc[city_id, "member_name"]))
        for city_id in kept
        if old.loc[city_id, "member_name"] != new.loc[city_id, "member_name"]
    )
    others = [name for name in columns if name != "member_name"]
    differs = (old.loc[kept, others] != new.loc[kept, others]).any(axis="columns")
    return RosterChange(
        added=added,
        dropped=dropped,
        renamed=renamed,
        ambiguous=tuple(_perhaps_one(dropped, added)),
        changed=tuple(kept[differs]),
        lost_rows=_rows_of(set(dropped.index), datasets_dir),
        network=network_without(dropped, datasets_dir),
        content=csv_text(columns, new.to_numpy().tolist()),
    )


def _refuse_bad(path: Path, datasets_dir: Path) -> None:
    text_of(path)
    with duckdb.connect(":memory:") as connection:
        problems = stage_file(connection, CITIES, path)
        problems += stage_file(connection, COUNTRIES, datasets_dir / "roster" / "countries.csv")
        if not problems:
            problems = table_problems(connection, CITIES)
            rows = connection.execute("SELECT count(*) FROM staged_cities").fetchone()
            if rows == (0,):
                problems.append(Problem(path.name, None, None, "expected members, found none."))
    if problems:
        raise DatasetError(sorted(problems, key=lambda problem: (problem.file, problem.row or 0)))


def _perhaps_one(dropped: pd.DataFrame, added: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = []
    for gone in dropped.itertuples():
        for came in added[added["iso3"] == gone.iso3].itertuples():
            apart = distance_km(
                float(gone.latitude_deg),
                float(gone.longitude_deg),
                float(came.latitude_deg),
                float(came.longitude_deg),
            )
            alike = fuzz.token_set_ratio(plain_name(gone.member_name), plain_name(came.member_name))
            if alike >= ALIKE or float(apart) <= SAME_SEAT_KM:
                pairs.append((str(gone.city_id), str(came.city_id)))
    return pairs


def _files_of_members(datasets_dir: Path) -> list[tuple[Path, str]]:
    """Files with rows about members, and the column that names the member."""
    files = [(datasets_dir / name, "city_id") for name in OF_A_MEMBER]
    files += [(path, "city_id") for path in sorted((datasets_dir / "matches").glob("*.csv"))]
    files += [(path, "place_id") for path in sorted((datasets_dir / "observations").glob("*.csv"))]
    return [(path, column) for path, column in files if path.exists()]


def _rows_of(city_ids: set[str], datasets_dir: Path) -> dict[str, int]:
    counts = {}
    for path, column in _files_of_members(datasets_dir) if city_ids else []:
        count = int(csv_frame(path, [column])[column].isin(city_ids).sum())
        if count:
            counts[f"{path.parent.name}/{path.name}"] = count
    return counts


def write_roster(change: RosterChange, datasets_dir: Path) -> None:
    """Carry out a confirmed change: the list itself, and the rows of members that are gone."""
    gone = set(change.dropped.index)
    contents = dict(change.network.contents)
    catalogue = tomlkit.parse((datasets_dir / "sources.toml").read_text(encoding="utf-8"))
    for path, column in _files_of_members(datasets_dir) if gone else []:
        header, *rows = _records(path)
        position = header.index(column)
        kept = [row for row in rows if row[position] not in gone]
        if len(kept) == len(rows):
            continue
        contents[path] = csv_text(header, kept)
        if path.parent.name == "observations" and path.stem in catalogue:
            entry = catalogue[path.stem]
            entry["sha256"] = hashlib.sha256(contents[path].encode()).hexdigest()
            entry["rows"] = len(kept)
    contents[datasets_dir / "sources.toml"] = tomlkit.dumps(catalogue)
    contents[datasets_dir / "roster" / "members.csv"] = change.content
    write_together(contents)


def _records(path: Path) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text_of(path), newline="")) if row]


def change_words(change: RosterChange) -> str:
    """The preview, for the person who confirms it."""
    if change.is_empty:
        return "The list says the same as the roster. Nothing to do."
    counts = (
        f"{len(change.added)} added, {len(change.dropped)} dropped, {len(change.renamed)} renamed, "
        f"{len(change.ambiguous)} ambiguous, {len(change.changed)} otherwise changed."
    )
    lines = [counts]
    lines += [f"  + {row.city_id}: {row.member_name}" for row in change.added.itertuples()]
    lines += [f"  - {row.city_id}: {row.member_name}" for row in change.dropped.itertuples()]
    lines += [f"  ~ {city_id}: {before} → {after}" for city_id, before, after in change.renamed]
    lines += [
        f"  ? {gone} and {came} may be one member: use one id if they are"
        for gone, came in change.ambiguous
    ]
    lines += [f"  * {city_id}: other columns" for city_id in change.changed]
    lines += [
        f"  from {name}: {_rows_words(count)} of dropped members"
        for name, count in change.lost_rows.items()
    ]
    lines += [
        f"  {count} participations of {city_id} become those of {partner}, an outside partner"
        for city_id, partner, count in change.network.turned
    ]
    if change.network.air_links:
        rows = _rows_words(change.network.air_links)
        lines.append(f"  from {AIR_FILE}: {rows} of dropped members")
    if len(change.added):
        lines.append("  Run `observatory ingest` for each source so that new members are matched.")
    return "\n".join(lines)


def _rows_words(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"
