"""The workspace's database: opened, brought up to date, and written in whole transactions."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, delete, event, false
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from observatory.config import Settings
from observatory.errors import WorkspaceError
from observatory.language import gettext as _
from observatory.workspace.tables import SAVED_VIEWS
from observatory.workspace.turns import Turns

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_MS = 10_000
CONNECT_SECONDS = 5
POOL, OVERFLOW = 8, 40  # connections kept, and more when all threads ask at once
READS_ONLY = "observatory_reads_only"


def workspace_url(settings: Settings) -> str:
    """Where the workspace is: the setting, or a SQLite file beside the snapshots.

    An address that names PostgreSQL without a driver gets the one that is installed.
    """
    url = settings.workspace_url or f"sqlite:///{settings.data_dir / 'workspace.sqlite'}"
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return f"postgresql+psycopg://{url.removeprefix(plain)}"
    return url


class Workspace:
    """The workspace's database, opened and migrated when it is first asked for.

    Where it cannot be opened, each use tries again: it comes back by itself.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self.turns = Turns()
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The engine.

        Raises:
            WorkspaceError: the database cannot be opened or written.
        """
        with self._lock:
            if self._engine is None:
                self._engine = _opened(self._settings)
            return self._engine

    def require_writable(self) -> None:
        """Check that the workspace can be written now, by a change of nothing.

        Raises:
            WorkspaceError: it cannot.
        """
        with writing(self) as connection:
            connection.execute(delete(SAVED_VIEWS).where(false()))

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None


@contextmanager
def writing(workspace: Workspace) -> Iterator[Connection]:
    """One transaction: all of it is kept, or nothing.

    Writers of one process take turns on SQLite, which lets one write at a time and would have the
    others ask again and again, in no order. PostgreSQL queues them itself.

    Raises:
        WorkspaceError: the database cannot be reached or written.
    """
    with _told_plainly():
        engine = workspace.engine
        turn = workspace.turns.turn() if engine.dialect.name == "sqlite" else nullcontext()
        with turn, engine.begin() as connection:
            yield connection


@contextmanager
def reading(workspace: Workspace) -> Iterator[Connection]:
    """One view of the database, all of the same moment, which keeps no writer waiting.

    Raises:
        WorkspaceError: the database cannot be reached.
    """
    with _told_plainly():
        engine = workspace.engine
        options: dict[str, object] = {READS_ONLY: True}
        if engine.dialect.name != "sqlite":  # which reads of one moment anyway
            options["isolation_level"] = "REPEATABLE READ"
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise _away(str(error).splitlines()[0]) from error


def _away(detail: str) -> WorkspaceError:
    """What readers are told, with what the operator wants to know apart."""
    logger.warning("The workspace cannot be read or written: %s", detail)
    words = _("What people write cannot be read or written now. Nothing that was kept is lost.")
    return WorkspaceError(words, detail)


def _opened(settings: Settings) -> Engine:
    url = workspace_url(settings)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        waits = {} if url.startswith("sqlite") else {"connect_timeout": CONNECT_SECONDS}
        engine = create_engine(
            url, pool_pre_ping=True, connect_args=waits, pool_size=POOL, max_overflow=OVERFLOW
        )
        if engine.dialect.name == "sqlite":
            _keep_every_commit(engine)
        _migrate(engine)
    except (SQLAlchemyError, OSError) as error:
        raise _away(
            f"Expected a workspace that can be written at {shown_url(url)}, found: "
            f"{str(error).splitlines()[0]}. Check the address and who may write there."
        ) from error
    return engine


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _keep_every_commit(engine: Engine) -> None:
    """Readers beside one writer, each commit on disk, and writers that wait for each other."""

    @event.listens_for(engine, "connect")
    def settle(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # we begin ourselves
        cursor = connection.cursor()  # type: ignore[attr-defined]  # as above
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get(READS_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def shown_url(url: str) -> str:
    """The address without its password."""
    before, at, after = url.rpartition("@")
    return f"{before.split('://')[0]}://…{at}{after}" if at else url
