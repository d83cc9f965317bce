"""A real server on a free port of this machine, stopped by its own process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from observatory.config import Settings

PROJECT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
LOWEST, PORTS = 20_000, 12_000
_PORTS = (LOWEST + (os.getpid() * 61 + turn) % PORTS for turn in range(PORTS))  # each once


def free_port() -> int:
    """A port nobody listens on, below those that systems lend to outgoing connections.

    One of those could be lent again before the server that wants it has started.
    """
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The dashboard served over the settings' snapshot; gives its address."""
    settings = replace(settings, port=free_port())
    process = subprocess.Popen(
        [sys.executable, "-m", "observatory", "serve"],
        cwd=PROJECT,
        env={**os.environ, **settings.as_variables()},
    )
    address = f"http://127.0.0.1:{settings.port}"
    try:
        wait_until_alive(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_alive(address: str, process: subprocess.Popen[Any]) -> None:
    """Wait for the first answer of a server that was just started."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            process_ended = process.poll()
            if process_ended is None:
                _pause()
    raise AssertionError(f"no answer from {address} within {START_SECONDS} s")


def _pause() -> None:
    """Give the server a moment between two questions for its health."""
    with socket.socket() as waiting:
        waiting.settimeout(0.1)
        try:
            waiting.connect(("127.0.0.1", 9))
        except OSError:
            return
