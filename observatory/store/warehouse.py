"""`Store`: questions to the published snapshot, from many threads, across publications."""

import logging
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb
import pandas as pd
from cachetools import LRUCache

from observatory.config import Settings
from observatory.errors import QueryTimeoutError, StoreError
from observatory.store.publication import (
    POINTER,
    Publication,
    current_publication,
    publication_of,
    snapshots_dir,
)

logger = logging.getLogger(__name__)

# Up to so many values of a join are looked for in the index of each part of a table, where DuckDB
# alone takes 50: the indicators of a theme are more in a large catalogue, and all parts are read.
MOST_LOOKED_FOR = 1000
MOST_KEPT_LATELY = 20  # answers of one kind; the measures of 2,000 members take 0.3 MB

T = TypeVar("T")


@dataclass
class _Opened:
    """One open snapshot and how many readers it has; closed when it is replaced and unread."""

    publication: Publication
    connection: duckdb.DuckDBPyConnection
    readers: int = 0
    retired: bool = False
    kept: dict[str, object] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> bool:
        with self.lock:
            if self.retired and self.readers == 0:
                return False
            self.readers += 1
            return True

    def leave(self) -> None:
        with self.lock:
            self.readers -= 1
            self._close_if_unused()

    def retire(self) -> None:
        with self.lock:
            self.retired = True
            self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self.retired and self.readers == 0:
            self.connection.close()


class Store:
    """The read side of the observatory.

    One connection per snapshot, a cursor per query: a connection shared by threads gives wrong
    answers. A new publication is picked up by the next question; questions under way, and a
    `reading` block, end on the snapshot they began with.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._swap = threading.Lock()
        self._opened: _Opened | None = None
        self._seen: tuple[int, int] | None = None
        self._pinned: ContextVar[_Opened | None] = ContextVar("pinned", default=None)

    def publication(self) -> Publication:
        """What is being served.

        Raises:
            StoreError: nothing is published, or it cannot be opened.
        """
        with self._reader() as opened:
            return opened.publication

    @contextmanager
    def reading(self, as_of: date | None = None) -> Iterator[Publication]:
        """Answer every question of the block from one snapshot: the one served on a day, or now.

        Raises:
            NoSnapshotError: what was served on that day is not to be had.
            StoreError: nothing is published, or it cannot be opened.
        """
        with self._reader() if as_of is None else self._reader_of(as_of) as opened:
            token = self._pinned.set(opened)
            try:
                yield opened.publication
            finally:
                self._pinned.reset(token)

    def frame(self, sql: str, **parameters: object) -> pd.DataFrame:
        """The rows of a query, with values bound by name.

        Raises:
            QueryTimeoutError: it ran past the time limit.
            StoreError: the snapshot cannot be read.
        """
        with self._reader() as opened, self._cursor(opened) as cursor:
            return cursor.execute(sql, parameters).df()

    def rows(self, sql: str, **parameters: object) -> list[tuple[object, ...]]:
        """The rows of a query as tuples: for a few values, without the cost of a frame."""
        with self._reader() as opened, self._cursor(opened) as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` draws from the snapshot, made once per snapshot and then shared.

        For what every page asks for and nobody changes: the catalogue, the shape of the land.
        Two threads may both make it at first; both results are the same.

        Args:
            name: what is kept, unique in the program.
            make: asks this store; its result is never changed by a caller.
        """
        with self.reading():
            shelf = self._pinned_snapshot().kept
            if name not in shelf:
                shelf[name] = make()
            return shelf[name]  # type: ignore[return-value]  # one name, one make

    def kept_lately(self, name: str, question: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for the answers to one of very many questions: those asked last are kept.

        Args:
            name: what is kept, unique in the program.
            question: all that the answer follows from, but for the snapshot.
            make: asks this store; its result is never changed by a caller.
        """
        with self.reading():
            answers: LRUCache[Hashable, T] = self.kept(name, lambda: LRUCache(MOST_KEPT_LATELY))
            lock = self._pinned_snapshot().lock
            with lock:
                if question in answers:
                    return answers[question]
            answer = make()
            with lock:
                answers[question] = answer
            return answer

    def close(self) -> None:
        """Close the snapshot once its readers are done."""
        with self._swap:
            if self._opened is not None:
                self._opened.retire()
            self._opened, self._seen = None, None

    @contextmanager
    def _cursor(self, opened: _Opened) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = opened.connection.cursor()
        guard = threading.Timer(self._settings.query_seconds, cursor.interrupt)
        guard.start()
        try:
            yield cursor
        except duckdb.InterruptException as error:
            raise QueryTimeoutError(
                f"The question took longer than {self._settings.query_seconds:g} seconds and was "
                "stopped. Ask for fewer indicators, places or years."
            ) from error
        except duckdb.Error as error:
            raise StoreError(f"The snapshot could not be read: {error}") from error
        finally:
            guard.cancel()
            cursor.close()

    def _pinned_snapshot(self) -> _Opened:
        pinned = self._pinned.get()
        if pinned is None:
            raise ValueError("expected to be inside a reading block")
        return pinned

    @contextmanager
    def _reader(self) -> Iterator[_Opened]:
        pinned = self._pinned.get()
        if pinned is not None:
            yield pinned
            return
        opened = self._current()
        while not opened.enter():
            opened = self._current()
        try:
            yield opened
        finally:
            opened.leave()

    @contextmanager
    def _reader_of(self, day: date) -> Iterator[_Opened]:
        """The snapshot of a day; an earlier one, asked for rarely, is open for this block."""
        publication = publication_of(self._settings.data_dir, day)
        with self._reader() as opened:
            if opened.publication.file == publication.file:
                yield opened
                return
        path = snapshots_dir(self._settings.data_dir) / publication.file
        earlier = _Opened(publication, _connection(path, self._settings))
        earlier.enter()
        earlier.retire()
        try:
            yield earlier
        finally:
            earlier.leave()

    def _current(self) -> _Opened:
        """The open snapshot; opens the new one when the pointer has changed."""
        pointer = snapshots_dir(self._settings.data_dir) / POINTER
        try:
            stat = pointer.stat()
        except FileNotFoundError:
            raise StoreError(
                f"Expected a published snapshot in {self._settings.data_dir}, found none. "
                "Run `observatory build`."
            ) from None
        seen = (stat.st_mtime_ns, stat.st_ino)
        opened = self._opened
        if opened is not None and seen == self._seen:
            return opened
        with self._swap:
            if self._opened is None or seen != self._seen:
                self._reopen(seen)
            if self._opened is None:
                raise StoreError("The store was closed while a question was asked.")
            return self._opened

    def _reopen(self, seen: tuple[int, int]) -> None:
        publication = current_publication(self._settings.data_dir)
        if publication is None:
            raise StoreError("The snapshot pointer vanished while it was read. Try again.")
        before = self._opened
        path = snapshots_dir(self._settings.data_dir) / publication.file
        self._opened = _Opened(publication, _connection(path, self._settings))
        self._seen = seen
        if before is not None:
            before.retire()
        logger.info("serving snapshot %s", publication.snapshot_id)


def _connection(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(
            str(path),
            read_only=True,
            config={
                "threads": settings.query_threads,
                "memory_limit": settings.memory_limit,
                "dynamic_or_filter_threshold": MOST_LOOKED_FOR,
                "enable_external_access": False,
                "lock_configuration": True,
            },
        )
    except duckdb.Error as error:
        raise StoreError(
            f"Expected a DuckDB snapshot at {path}, found one that cannot be opened ({error}). "
            "Run `observatory build --force`."
        ) from error
