"""Published snapshots: files named by content, and one pointer that says which is served.

A snapshot that is replaced leaves what the pointer said of it beside its file, for ever: what was
served on a day stays known also when the file itself is not kept any more.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from observatory.errors import NoSnapshotError, StoreError
from observatory.schema import SCHEMA_VERSION

POINTER = "current.json"
BUILDING = ".building"


@dataclass(frozen=True)
class Publication:
    """What the pointer says of the published snapshot.

    Attributes:
        snapshot_id: the first 12 digits of the content hash.
        content_hash: SHA-256 over the content of all tables: equal facts, equal hash.
        inputs: fingerprint of the input files and of the code that read them.
        file: name of the DuckDB file beside the pointer.
        sequence: 1, 2, …: grows with every publication.
        schema_version: version of the tables' declaration.
        published_at: ISO 8601, UTC.
    """

    snapshot_id: str
    content_hash: str
    inputs: str
    file: str
    sequence: int
    schema_version: int
    published_at: str

    @property
    def day(self) -> str:
        """The day of publishing, ISO 8601."""
        return self.published_at[:10]


def snapshots_dir(data_dir: Path) -> Path:
    """The folder of snapshots inside the data folder."""
    return data_dir / "snapshots"


def current_publication(data_dir: Path) -> Publication | None:
    """What is published, or None before the first build.

    Raises:
        StoreError: the pointer is damaged, or a newer version of the observatory wrote it.
    """
    pointer = snapshots_dir(data_dir) / POINTER
    try:
        content = json.loads(pointer.read_text(encoding="utf-8"))
        version = int(content["schema_version"])
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"The snapshot in {data_dir} was made by a newer version of the observatory "
                f"(tables of version {version}, this one knows {SCHEMA_VERSION}). Update the "
                "program, or build again with `observatory build --force`."
            )
        return Publication(**content)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"Expected a snapshot pointer at {pointer}, found something else ({error}). "
            "Run `observatory build --force`."
        ) from error


def publication_of(data_dir: Path, day: date) -> Publication:
    """What was served at the end of a day in UTC; today and later: what is served now.

    Raises:
        NoSnapshotError: nothing is known to have been served then, its file is not kept, or this
            version cannot read it.
        StoreError: nothing is published, or the pointer is damaged.
    """
    known = _known_publications(data_dir)
    if not known:
        raise StoreError(f"Expected a published snapshot in {data_dir}, found none.")
    found = next((one for one in known if one.day <= day.isoformat()), None)
    if found is None:
        raise NoSnapshotError(
            f"No snapshot of {day} is known: the first one known was published on {known[-1].day}. "
            "Ask for that day or later."
        )
    if found == known[0]:
        return found
    if not (snapshots_dir(data_dir) / found.file).exists():
        raise NoSnapshotError(
            f"Snapshot {found.snapshot_id}, served on {day}, is not kept any more. "
            f"{_readable(data_dir, known)}"
        )
    if found.schema_version != SCHEMA_VERSION:
        raise NoSnapshotError(
            f"Snapshot {found.snapshot_id}, served on {day}, was made by an earlier version of the "
            f"observatory, which this one cannot read. {_readable(data_dir, known)}"
        )
    return found


def _known_publications(data_dir: Path) -> list[Publication]:
    """What is served and all that is known to have been served before it, the newest first."""
    current = current_publication(data_dir)
    if current is None:
        return []
    before = [_replaced(path) for path in snapshots_dir(data_dir).glob("observatory-*.json")]
    earlier = [one for one in before if one.file != current.file]
    newest_first = sorted(earlier, key=lambda one: (one.published_at, one.sequence), reverse=True)
    return [current, *newest_first]


def _replaced(path: Path) -> Publication:
    try:
        return Publication(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"Expected what was published before in {path}, found something else ({error}). Put "
            "the file back from a backup, or remove it: its snapshot cannot be asked for then."
        ) from error


def _readable(data_dir: Path, known: list[Publication]) -> str:
    """From which day on snapshots can be asked for."""
    first = known[0]
    for one in known[1:]:
        is_kept = (snapshots_dir(data_dir) / one.file).exists()
        if not is_kept or one.schema_version != SCHEMA_VERSION:
            break
        first = one
    return f"Ask for {first.day} or later."


def publish(data_dir: Path, publication: Publication, built: Path) -> None:
    """Make a built file the served snapshot: the file first, then the pointer, each at once."""
    folder = snapshots_dir(data_dir)
    with built.open("rb") as file:
        os.fsync(file.fileno())
    built.replace(folder / publication.file)
    try:
        replaced = current_publication(data_dir)
    except StoreError:  # damaged or newer, and replaced because the user forced it
        replaced = None
    if replaced is not None:
        _write_whole(folder / Path(replaced.file).with_suffix(".json"), replaced)
    _write_whole(folder / POINTER, publication)
    _sync_folder(folder)


def _write_whole(path: Path, publication: Publication) -> None:
    aside = path.with_name(f"{path.name}{BUILDING}")
    with aside.open("w", encoding="utf-8") as file:
        json.dump(asdict(publication), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def prune(data_dir: Path, *, kept: int) -> None:
    """Remove leftovers of killed builds and all but the newest snapshots; never the served one."""
    folder = snapshots_dir(data_dir)
    current = current_publication(data_dir)
    for leftover in folder.glob(f"*{BUILDING}*"):
        leftover.unlink(missing_ok=True)
    files = sorted(folder.glob("observatory-*.duckdb"), key=lambda file: file.stat().st_mtime_ns)
    for old in files[:-kept]:
        if current is None or old.name != current.file:
            old.unlink(missing_ok=True)


@contextmanager
def building_alone(data_dir: Path) -> Iterator[None]:
    """Hold the lock of the data folder while building; a second build waits for the first.

    Raises:
        StoreError: the folder cannot be written to.
    """
    folder = snapshots_dir(data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "build.lock").open("w", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"Expected to write snapshots to {folder}, found: {error.strerror}. "
            "Give the folder to this user, or set OBSERVATORY_DATA_DIR to another."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
