"""A folder of made-up figures of any size in the layout of `datasets/`, to measure with.

Every source, indicator and boundary says that it is synthetic. Nothing of it is a fact, and it
never goes into `datasets/`.
"""

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import tomlkit

from observatory.config import PROJECT_DIR
from observatory.schema import AIR_LINKS, MATCHES, OBSERVATIONS, ORGANISATIONS

SEED = 2026
TITLE = "Synthetic figures to measure speed with, not facts"
BOUNDARY = "synthetic: drawn at random, about no real place"
LAST_YEAR = 2024
MOST_YEARS = 120
EVENTS_PER_MEMBER = 0.7
MEMBERS_PER_EVENT = 6
SYNTHETIC_KINDS = ("pilot_project", "working_group", "initiative", "learning", "governance")
COVERED = 0.85  # share of the members that a source has figures of
STATUSES_DRAWN = ("observed", "estimated", "provisional")
UNUSED_ROSTER = ("aliases.csv", "identifiers.csv", "scopes.csv")
COLUMNS = tuple(
    name for name in OBSERVATIONS.column_names if name not in {"observation_id", "source_id"}
)

Entry = dict[str, object]


@dataclass(frozen=True)
class Size:
    """How much is made.

    Attributes:
        copies: how often each member and each indicator stands in it. The first copies keep
            their ids, so that the addresses of the observatory have an answer.
        observations: rows of all sources together.
    """

    copies: int
    observations: int


@dataclass(frozen=True)
class _Places:
    """Ids of the places one source has figures of, sorted."""

    members: list[str]
    countries: list[str]

    def of(self, scale: object) -> list[str]:
        return self.countries if scale == "national" else self.members


def write_synthetic(folder: Path, *, base: Path, size: Size, seed: int = SEED) -> None:
    """Fill a new folder with input facts that the build accepts.

    Args:
        folder: where to write; must not exist.
        base: input facts whose members, indicators and base map are multiplied.
        size: how much of it.
        seed: equal seeds give equal files.

    Raises:
        ValueError: the folder lies inside the project's `datasets/`, or the size asks for more
            years of an indicator than there are.
    """
    if folder.resolve().is_relative_to(PROJECT_DIR / "datasets"):
        raise ValueError(f"Synthetic figures never go into datasets/, found {folder}.")
    random = np.random.default_rng(seed)
    for name in ("roster", "observations", "matches"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(base / "basemap", folder / "basemap")
    (folder / "network").mkdir()
    members = _write_roster(base / "roster", folder / "roster", size.copies, random)
    _write_network(base / "network", folder / "network", members, random)
    _write_plan(base / "plan", folder / "plan")
    countries = sorted(pd.read_csv(folder / "roster" / "countries.csv")["iso3"])
    declared = tomllib.loads((base / "indicators.toml").read_text(encoding="utf-8"))
    rows = _shares(size.observations, len(declared) * size.copies)
    indicators: dict[str, Entry] = {}
    for copy in range(1, size.copies + 1):
        own = {_copy_id(key, "_", copy): _indicator(entry, copy) for key, entry in declared.items()}
        is_covered = random.random(len(members)) < COVERED
        _write_matches(folder / "matches", copy, members, is_covered)
        places = _Places(sorted(members[is_covered]), countries)
        _write_observations(folder / "observations", copy, own, places, rows, random)
        indicators |= own
    _write_toml(folder / "indicators.toml", indicators)
    sources = {_source_id(copy): _source() for copy in range(1, size.copies + 1)}
    _write_toml(folder / "sources.toml", sources)


def _write_plan(base: Path, folder: Path) -> None:
    """Write the plan as it is, without the members and events that are not in these facts."""
    shutil.copytree(base, folder)
    path = folder / "initiatives.csv"
    pd.read_csv(path, dtype="str").assign(cities=None, events=None).to_csv(path, index=False)


def _write_network(
    base: Path, folder: Path, members: "pd.Series[str]", random: np.random.Generator
) -> None:
    """Write events of six members each, about fifteen ties a member, and no air links."""
    shutil.copy(base / "event_kinds.csv", folder)
    ids = sorted(members)
    numbers = range(max(1, round(len(ids) * EVENTS_PER_MEMBER)))
    kinds, years = (
        random.choice(SYNTHETIC_KINDS, len(numbers)),
        random.integers(2010, 2024, len(numbers)),
    )
    events = pd.DataFrame(
        {
            "event_id": [f"SYN-{number}" for number in numbers],
            "kind": kinds,
            "title": TITLE,
            "themes": None,
            "year_start": years,
            "year_end": years,
            "note": TITLE,
        }
    )
    taking_part = [
        (f"SYN-{number}", city_id)
        for number in numbers
        for city_id in random.choice(ids, min(MEMBERS_PER_EVENT, len(ids)), replace=False)
    ]
    parts = pd.DataFrame(taking_part, columns=["event_id", "city_id"]).assign(
        organisation_id=None,
        name_as_stated=BOUNDARY,
        country_as_stated=None,
        role="participant",
        source_url="https://example.org/synthetic",
        note=TITLE,
    )
    events.to_csv(folder / "events.csv", index=False)
    parts.to_csv(folder / "participations.csv", index=False)
    for table in (ORGANISATIONS, AIR_LINKS):
        pd.DataFrame(columns=list(table.column_names)).to_csv(
            folder / f"{table.name}.csv", index=False
        )


def _shares(total: int, parts: int) -> Iterator[int]:
    """A total in parts that differ by 1 at most."""
    return (total // parts + (part < total % parts) for part in range(parts))


def _copy_id(original: str, joint: str, copy: int) -> str:
    return original if copy == 1 else f"{original}{joint}copy{joint}{copy}"


def _source_id(copy: int) -> str:
    return f"synthetic-{copy}"


def _source() -> Entry:
    return {
        "publisher": "nobody: made by make bench",
        "title": TITLE,
        "address": "https://example.org/synthetic",
        "licence": "none needed",
        "licence_class": "open",
        "licence_evidence": "made up",
        "scale": "all",
        "boundary": BOUNDARY,
        "citation": TITLE,
        "rhythm": "never again",
        "rhythm_months": 0,
        "rank": 1,
        "looked_on": "2026-01-01",
    }


def _indicator(entry: Entry, copy: int) -> Entry:
    titles = entry["title"]
    english = titles.get("en") if isinstance(titles, dict) else titles
    own = {"title": {"en": f"{english} (synthetic {copy})"}, "source_id": _source_id(copy)}
    return {**entry, **own, "definition": TITLE, "method": BOUNDARY}


def _write_roster(
    base: Path, folder: Path, copies: int, random: np.random.Generator
) -> "pd.Series[str]":
    """Write the roster; gives the ids of all members."""
    shutil.copy(base / "countries.csv", folder)
    for name in UNUSED_ROSTER:
        header = (base / name).read_text(encoding="utf-8").splitlines()[0]
        (folder / name).write_text(f"{header}\n", encoding="utf-8")
    original = pd.read_csv(base / "members.csv", keep_default_na=False)
    parts = [original]
    for copy in range(2, copies + 1):
        shift = random.normal(0.0, 0.5, (len(original), 2))
        part = original.assign(
            city_id=[_copy_id(key, "-", copy) for key in original["city_id"]],
            member_name=original["member_name"] + f" (synthetic {copy})",
            city=original["city"] + f" {copy}",
            latitude_deg=(original["latitude_deg"] + shift[:, 0]).clip(-90, 90).round(5),
            longitude_deg=(original["longitude_deg"] + shift[:, 1]).clip(-180, 180).round(5),
            note=BOUNDARY,
        )
        parts.append(part)
    members = pd.concat(parts, ignore_index=True)
    members.to_csv(folder / "members.csv", index=False)
    return members["city_id"]


def _write_matches(
    folder: Path, copy: int, members: "pd.Series[str]", is_covered: np.ndarray
) -> None:
    rows = pd.DataFrame(
        {
            "city_id": members,
            "outcome": np.where(is_covered, "matched", "unmatched"),
            "matched_by": np.where(is_covered, "identifier", ""),
            "reason_code": np.where(is_covered, "", "not-listed"),
            "reason": np.where(is_covered, "", "left out at random"),
        }
    )
    names = [name for name in MATCHES.column_names if name != "source_id"]
    rows.reindex(columns=names).to_csv(folder / f"{_source_id(copy)}.csv", index=False)


def _write_observations(
    folder: Path,
    copy: int,
    indicators: dict[str, Entry],
    places: _Places,
    rows: Iterator[int],
    random: np.random.Generator,
) -> None:
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with pq.ParquetWriter(folder / f"{_source_id(copy)}.parquet", schema) as file:
        for indicator_id in sorted(indicators):
            entry = indicators[indicator_id]
            table = _series(indicator_id, entry, places.of(entry["scale"]), next(rows), random)
            file.write_table(table.cast(schema))


def _series(
    indicator_id: str, entry: Entry, places: list[str], rows: int, random: np.random.Generator
) -> pa.Table:
    """The rows of one indicator: the last years of every place, sorted by place and year."""
    years = -(-rows // len(places))
    if years > MOST_YEARS:
        raise ValueError(f"Expected at most {MOST_YEARS} years of {indicator_id}, found {years}.")
    place_no, year_no = np.divmod(np.arange(rows), years)
    drawn = random.integers(len(STATUSES_DRAWN), size=rows)
    columns = {
        "place_id": pa.array(places).take(pa.array(place_no)),
        "period_year": pa.array(LAST_YEAR - years + 1 + year_no),
        "value": _values(entry, rows, random),
        "category": _categories(entry, rows, random),
        "status": pa.array(STATUSES_DRAWN).take(pa.array(drawn)),
        "source_row": pa.array(np.arange(rows) + 2),
    }
    fixed = {"indicator_id": indicator_id, "scale": entry["scale"], "boundary": BOUNDARY}
    constant = {name: pa.repeat(pa.scalar(text), rows) for name, text in fixed.items()}
    columns |= {**constant, "note": pa.nulls(rows, pa.string())}
    return pa.table({name: columns[name] for name in COLUMNS})


def _values(entry: Entry, rows: int, random: np.random.Generator) -> pa.Array:
    if entry["kind"] == "category":
        return pa.nulls(rows, pa.string())
    if entry["kind"] == "flag":
        return pa.array(random.integers(2, size=rows))
    low, high = float(str(entry["minimum"])), float(str(entry["maximum"]))
    drawn = random.uniform(low, high, rows).round(int(str(entry["decimals"])))
    return pa.array(drawn.clip(low, high))


def _categories(entry: Entry, rows: int, random: np.random.Generator) -> pa.Array:
    categories = entry.get("categories")
    if entry["kind"] != "category" or not isinstance(categories, list):
        return pa.nulls(rows, pa.string())
    return pa.array(categories).take(pa.array(random.integers(len(categories), size=rows)))


def _write_toml(path: Path, tables: dict[str, Entry]) -> None:
    path.write_text(tomlkit.dumps(tables), encoding="utf-8")
