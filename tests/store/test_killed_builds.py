"""SIGKILL at random moments of a build, while a server is serving: nothing breaks."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from observatory.config import Settings
from observatory.ingest.build import build
from observatory.store.publication import current_publication
from tests.serving import served

PROJECT = Path(__file__).resolve().parents[2]
KILLS = 50
SEED = 20211108


class _Reader(threading.Thread):
    """Asks the server for a snapshot and a page's data until told to stop."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.ended = threading.Event()
        self.answers = 0
        self.failures: list[str] = []

    def run(self) -> None:
        while not self.ended.is_set():
            for path in ("/readyz", "/atlas/view.csv?indicator=pm25_ug_per_m3"):
                try:
                    with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                        answer.read()
                        self.answers += 1
                except OSError as error:
                    self.failures.append(f"{path}: {error}")


def test_fifty_killed_builds_harm_neither_snapshot_nor_server(unbuilt: Settings) -> None:
    build(unbuilt)
    chance = random.Random(SEED)
    longest = _seconds_of_a_build(unbuilt)
    with served(unbuilt) as address:
        reader = _Reader(address)
        reader.start()
        newest = current_publication(unbuilt.data_dir).sequence
        try:
            for _ in range(KILLS):
                _killed_build(unbuilt, chance.uniform(0.0, longest))
                now = current_publication(unbuilt.data_dir)
                assert now is not None
                assert now.sequence >= newest
                newest = now.sequence
        finally:
            reader.ended.set()
            reader.join()
    assert reader.failures == []
    assert reader.answers > KILLS
    assert build(unbuilt, force=True).sequence == newest + 1


def _start_build(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "observatory", "build", "--force"],
        cwd=PROJECT,
        env={**os.environ, **settings.as_variables()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _seconds_of_a_build(settings: Settings) -> float:
    started = time.monotonic()
    assert _start_build(settings).wait(timeout=120) == 0
    return time.monotonic() - started


def _killed_build(settings: Settings, seconds: float) -> None:
    process = _start_build(settings)
    try:
        process.wait(timeout=seconds)  # it may end before its time: then nothing is killed
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
