"""From a publisher's file to tidy observations in datasets/: what `observatory ingest` does."""

import hashlib
import io
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import tomlkit

from observatory.errors import DatasetError, Problem
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.match import MATCH_COLUMNS, MatchReport, match_places
from observatory.ingest.roster import read_roster
from observatory.schema import AIR_LINKS, OBSERVATIONS

logger = logging.getLogger(__name__)

TIDY_COLUMNS = tuple(
    name for name in OBSERVATIONS.column_names if name not in {"observation_id", "source_id"}
)
SIGNIFICANT_DIGITS = 12  # beyond what any source states, and the same text on every machine
LARGE_BYTES = 1_000_000  # above this the tidy rows are kept as Parquet


@dataclass(frozen=True)
class Difference:
    """How new tidy rows differ from those held.

    Attributes:
        held: rows held. added, removed, changed: rows by their key.
        lost: ids of places that had figures and would have none.
    """

    held: int
    added: int
    removed: int
    changed: int
    lost: tuple[str, ...]

    @property
    def takes_away(self) -> bool:
        """Whether figures would go or change: a cut file looks like that."""
        return bool(self.removed or self.changed)


@dataclass(frozen=True)
class Ingested:
    """What an ingest wrote: the tidy rows, the match report and the adapter's remarks."""

    source_id: str
    path: Path
    observations: pd.DataFrame
    report: MatchReport
    notes: tuple[str, ...]


def ingest(
    adapter: Adapter,
    files: Sequence[Path],
    *,
    datasets_dir: Path,
    operator_dir: Path,
    today: date,
    confirmed: Callable[[Difference], bool] = lambda _difference: True,
) -> Ingested | None:
    """Read a source's files, match its places and write the tidy rows and the match report.

    Open sources are written to `datasets_dir` with checksums in sources.toml; restricted ones
    to `operator_dir`, which is never part of the project. Nothing is written before all of it
    is known to be right, and each file is replaced as a whole.

    Args:
        adapter: of the source.
        files: as the publisher gave them.
        datasets_dir: the project's facts.
        operator_dir: where figures of restricted sources lie.
        today: written down as the day of the last look.
        confirmed: asked where figures held would go or change; nothing is written on False.

    Returns:
        What was written; None where it was not confirmed.

    Raises:
        DatasetError: a file is missing, damaged or not in the layout; no figure was found.
    """
    roster = read_roster(datasets_dir)
    extract = _read(adapter, files, roster)
    report = report_of(extract, roster, adapter)
    observations = tidy_rows(extract, report, adapter)
    catalogue = tomlkit.parse((datasets_dir / "sources.toml").read_text(encoding="utf-8"))
    entry = catalogue.get(adapter.source_id)
    if entry is None:
        raise DatasetError(
            [Problem("sources.toml", None, adapter.source_id, "expected an entry, found none.")]
        )
    is_open = entry["licence_class"] == "open"
    folder = datasets_dir if is_open else operator_dir
    content, suffix = _tidy_content(observations)
    path = folder / "observations" / f"{adapter.source_id}{suffix}"
    other = path.with_suffix(".csv" if suffix == ".parquet" else ".parquet")
    difference = difference_of(path if path.exists() else other, content, suffix)
    if difference.takes_away and not confirmed(difference):
        return None
    _replace(path, content)
    other.unlink(missing_ok=True)
    _replace(folder / "matches" / f"{adapter.source_id}.csv", _csv(report.members))
    if is_open and extract.links is not None:
        _replace(folder / "network" / "air_links.csv", _csv(_link_rows(extract.links, adapter)))
    if is_open:
        entry["looked_on"] = today
        entry["sha256"] = hashlib.sha256(content).hexdigest()
        entry["rows"] = len(observations)
        entry["files"] = [_upstream(file) for file in files]
        _replace(datasets_dir / "sources.toml", tomlkit.dumps(catalogue).encode())
    logger.info("%s: %d observations", adapter.source_id, len(observations))
    return Ingested(adapter.source_id, path, observations, report, extract.notes)


def _read(adapter: Adapter, files: Sequence[Path], roster: Roster) -> Extract:
    """The adapter's extract; what it trips over is told as a damaged file.

    Publishers' files break in more ways than an adapter foresees: a row cut in the middle makes
    a number of a text, or a key of nothing.
    """
    try:
        return adapter.read(files, roster)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        names = ", ".join(file.name for file in files)
        logger.info("reading %s", names, exc_info=True)
        rule = (
            f"expected the publisher's file as published, found one that cannot be read ({error}). "
            "It may be cut off or of another edition: download it again."
        )
        raise DatasetError([Problem(names, None, None, rule)]) from error


def difference_of(held: Path, content: bytes, suffix: str) -> Difference:
    """How new tidy rows differ from a file held; all are added where there is none."""
    new = _texts(content, suffix)
    old = _texts(held.read_bytes(), held.suffix) if held.exists() else new.head(0)
    key = ["indicator_id", "place_id", "period_year"]
    both = old.merge(new, on=key, how="outer", suffixes=("_old", "_new"), indicator=True)
    shared = both[both["_merge"] == "both"]
    changed = (shared["value_old"] != shared["value_new"]) | (
        shared["category_old"] != shared["category_new"]
    )
    lost = set(old["place_id"]) - set(new["place_id"])
    return Difference(
        held=len(old),
        added=int((both["_merge"] == "right_only").sum()),
        removed=int((both["_merge"] == "left_only").sum()),
        changed=int(changed.sum()),
        lost=tuple(sorted(lost)),
    )


def _texts(content: bytes, suffix: str) -> pd.DataFrame:
    read = pd.read_parquet if suffix == ".parquet" else _read_texts
    return read(io.BytesIO(content))


def _read_texts(content: io.BytesIO) -> pd.DataFrame:
    return pd.read_csv(content, dtype="str", keep_default_na=False)


def report_of(extract: Extract, roster: Roster, adapter: Adapter) -> MatchReport:
    """The match report of an extract; members of a point or country source match by that."""
    if adapter.grain == "place":
        report = match_places(extract.places, roster, adapter)
        members = _with_failures(report.members, extract)
        return MatchReport(members, report.assigned, report.unmatched_places)
    having = set(extract.figures["place_key"])
    keys = roster.members["iso3" if adapter.grain == "country" else "city_id"]
    rule = "identifier" if adapter.grain == "country" else "point"
    rows = [
        (city_id, "matched", rule, key, key, None, None, None)
        if key in having
        else (city_id, "unmatched", None, None, None, None, *_no_figure(city_id, roster, adapter))
        for city_id, key in zip(roster.members["city_id"], keys, strict=True)
    ]
    members = pd.DataFrame(rows, columns=list(MATCH_COLUMNS))
    matched = members.loc[members["outcome"] == "matched", ["city_id", "place_key"]]
    return MatchReport(members, matched, extract.places[["place_key", "place_name", "iso3"]])


def _no_figure(city_id: str, roster: Roster, adapter: Adapter) -> tuple[str, str]:
    stands_for = roster.scopes.set_index("city_id").loc[city_id, "stands_for"]
    if adapter.grain == "point" and stands_for == "region":
        return "other-body", "a province or state takes no value of one point"
    return "not-listed", adapter.scope_note or "the source has no figure"


def _with_failures(members: pd.DataFrame, extract: Extract) -> pd.DataFrame:
    keys = members["place_key"].str.split(" | ", regex=False)
    reasons = keys.map(
        lambda found: next((extract.failed[key] for key in found if key in extract.failed), None),
        na_action="ignore",
    )
    failed = reasons.notna()
    return members.assign(
        reason_code=members["reason_code"].mask(failed, "failed-check"),
        reason=members["reason"].mask(failed, reasons),
    )


def tidy_rows(extract: Extract, report: MatchReport, adapter: Adapter) -> pd.DataFrame:
    """Figures of the matched places under our ids, sorted, each key once.

    Raises:
        DatasetError: a key occurs twice, or no figure is left.
    """
    figures = extract.figures.copy()
    if adapter.grain == "place":
        figures = figures.merge(report.assigned, on="place_key")
        figures = figures.rename(columns={"city_id": "place_id"})
    else:
        figures["place_id"] = figures["place_key"]
    figures = figures.dropna(subset=["place_id"])
    if adapter.scheme != "geonames" and figures.empty and not extract.failed:
        problem = "expected figures for at least one member, found none. Is it the right file?"
        raise DatasetError([Problem(adapter.files, None, None, problem)])
    key = ["indicator_id", "place_id", "period_year"]
    twice = figures[figures.duplicated(key, keep=False)]
    if len(twice):
        raise DatasetError(
            [
                Problem(
                    adapter.files,
                    None,
                    row.indicator_id,
                    f"{row.place_id} {row.period_year}: "
                    f"expected one figure, found several (row {row.source_row}).",
                )
                for row in twice.itertuples()
            ]
        )
    figures["period_year"] = figures["period_year"].astype("Int16")
    return figures.sort_values(key, kind="stable")[list(TIDY_COLUMNS)].reset_index(drop=True)


def _link_rows(links: pd.DataFrame, adapter: Adapter) -> pd.DataFrame:
    """Links as rows of the table air_links, sorted by its key."""
    named = links.rename(columns={"place_a": "city_a", "place_b": "city_b"})
    rows = named.assign(source_id=adapter.source_id).sort_values(list(AIR_LINKS.key))
    return rows[list(AIR_LINKS.column_names)]


def _csv(frame: pd.DataFrame) -> bytes:
    text: str = frame.to_csv(
        index=False, lineterminator="\n", float_format=f"%.{SIGNIFICANT_DIGITS}g"
    )
    return text.encode()


def _tidy_content(observations: pd.DataFrame) -> tuple[bytes, str]:
    """The tidy rows as CSV, or as Parquet of the same texts where that is large."""
    content = _csv(observations)
    if len(content) <= LARGE_BYTES:
        return content, ".csv"
    texts = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
    parquet: bytes = texts.to_parquet(index=False, compression="zstd")
    return parquet, ".parquet"


def _upstream(file: Path) -> dict[str, str]:
    return {"name": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def _replace(path: Path, content: bytes) -> None:
    """Write a whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)
