"""A real `observatory serve` on a free port, its memory, stopped by its own process id."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psutil

from observatory.config import PROJECT_DIR, Settings

WAIT_SECONDS = 60
PAUSE_SECONDS = 0.02
MEGABYTE = 1_000_000
ENCODINGS = "gzip, deflate, br, zstd"  # what Chromium says it can read


@dataclass(frozen=True)
class Memory:
    """Memory of a worker in MB: all that it holds, and its own share of what is shared."""

    resident_mb: float
    proportional_mb: float


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and how long the first answer took."""

    settings: Settings
    pid: int
    start_seconds: float

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{self.settings.host}:{self.settings.port}"

    def connection(self) -> http.client.HTTPConnection:
        """A new connection to it; close it after use."""
        return http.client.HTTPConnection(
            self.settings.host, self.settings.port, timeout=WAIT_SECONDS
        )

    def memory(self) -> Memory:
        """What its largest worker holds now."""
        workers = [child.memory_full_info() for child in psutil.Process(self.pid).children()]
        largest = max(workers, key=lambda worker: worker.rss)
        return Memory(largest.rss / MEGABYTE, getattr(largest, "pss", largest.rss) / MEGABYTE)


@dataclass(frozen=True)
class Answer:
    """What came back: status and body as sent, compressed or not."""

    status: int
    body: bytes


def ask(connection: http.client.HTTPConnection, path: str, body: bytes | None = None) -> Answer:
    """GET a path, or POST a JSON body to it, as a browser would.

    Raises:
        OSError, http.client.HTTPException: there was no answer.
    """
    headers = {"Accept-Encoding": ENCODINGS, "Content-Type": "application/json"}
    connection.request("GET" if body is None else "POST", path, body, headers)
    response = connection.getresponse()
    return Answer(response.status, response.read())


@contextmanager
def served(settings: Settings) -> Iterator[Server]:
    """The dashboard served over the settings' snapshot."""
    settings = replace(settings, port=_free_port())
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "observatory", "serve"],
        cwd=PROJECT_DIR,
        env={**os.environ, **settings.as_variables()},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for_an_answer(Server(settings, process.pid, 0.0), process)
        yield Server(settings, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=WAIT_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_an_answer(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        connection = server.connection()
        try:
            ask(connection, "/")
        except (OSError, http.client.HTTPException):
            time.sleep(PAUSE_SECONDS)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError(f"no answer from {server.address} within {WAIT_SECONDS} s")
