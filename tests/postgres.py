"""A real PostgreSQL of the tests' own: in a folder, on a free port, stopped by its pid."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.serving import free_port
from tools.find_postgres import installed_postgres

START_SECONDS = 30
SQLITE, POSTGRESQL = DATABASES = ("sqlite", "postgresql")
ACCOUNTS = ("postgres", "nobody")  # it refuses to run as root


class Cluster:
    """A PostgreSQL cluster; each test gets a database of its own in it."""

    def __init__(self) -> None:
        binaries = installed_postgres()
        assert binaries, "no PostgreSQL on this machine: run `make test`, which installs one"
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="observatory-postgres-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        if _account():
            shutil.chown(self._folder, _account())
        self._run("initdb", "-D", self._data, "-U", "observatory", "-A", "trust", "-N")
        self.start()

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ("-p", str(self.port), "-k", str(self._folder), "-h", "127.0.0.1", "-F")
        self._process = subprocess.Popen(
            [str(self._binaries / "postgres"), "-D", self._data, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=_account() or None,
            cwd=self._folder,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "PostgreSQL ended before it answered"
            assert time.monotonic() < deadline, "no answer from PostgreSQL"
            self._process_pause()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._dsn("postgres"), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    def _process_pause(self) -> None:
        """Give it a moment between two questions."""
        try:
            assert self._process is not None
            self._process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            return

    def stop(self) -> None:
        """Stop it at once, whatever is under way."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)  # an immediate shutdown
            self._process.wait(timeout=30)
            self._process = None

    def remove(self) -> None:
        """Stop it, and take its folder away."""
        self.stop()
        shutil.rmtree(self._folder)

    def new_database(self) -> str:
        """The address of a new, empty database, as SQLAlchemy writes it."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://observatory@127.0.0.1:{self.port}/{name}"

    def _dsn(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=observatory dbname={database}"

    def _run(self, name: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._binaries / name), *words],
            capture_output=True,
            text=True,
            check=False,
            user=_account() or None,
            cwd=self._folder,
        )
        assert done.returncode == 0, done.stderr


def _account() -> str:
    """The account it runs as where the tests run as root; "" for the tests' own."""
    if os.geteuid() != 0:
        return ""
    there = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in there)
