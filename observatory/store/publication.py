"""Published snapshots: files named by content, and one pointer that says which is served."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from observatory.errors import StoreError
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


def publish(data_dir: Path, publication: Publication, built: Path) -> None:
    """Make a built file the served snapshot: the file first, then the pointer, each at once."""
    folder = snapshots_dir(data_dir)
    with built.open("rb") as file:
        os.fsync(file.fileno())
    built.replace(folder / publication.file)
    aside = folder / f"{POINTER}{BUILDING}"
    with aside.open("w", encoding="utf-8") as file:
        json.dump(asdict(publication), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / POINTER)
    _sync_folder(folder)


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
