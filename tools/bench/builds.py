"""Building snapshots: how long, and how much memory at most."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from observatory.config import PROJECT_DIR, Settings
from tools.bench.table import Row

DATASETS_SECONDS = 20
MANY_SECONDS = 60
MANY_MEMORY_GB = 4
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Built:
    """What a build took: seconds, and the most memory its process held, in GB."""

    seconds: float
    memory_gb: float


def built(settings: Settings) -> Built:
    """Run `observatory build --force` as a process of its own.

    Raises:
        RuntimeError: the build failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "observatory", "build", "--force"],
        cwd=PROJECT_DIR,
        env={**os.environ, **settings.as_variables()},
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the build ended with {process.returncode}")
    return Built(seconds, usage.ru_maxrss * RSS_UNIT_BYTES / GIGABYTE)


def datasets_row(build: Built) -> Row:
    """The build of the project's own facts."""
    words = f"{build.seconds:.1f} s, {build.memory_gb:.1f} GB"
    budget = f"<= {DATASETS_SECONDS} s"
    return Row("build from datasets/", budget, words, build.seconds <= DATASETS_SECONDS)


def many_row(build: Built, observations: int) -> Row:
    """The build of very many synthetic observations."""
    words = f"{build.seconds:.1f} s, {build.memory_gb:.1f} GB at most"
    is_kept = build.seconds <= MANY_SECONDS and build.memory_gb <= MANY_MEMORY_GB
    what = f"build of {observations / 1_000_000:g} million synthetic observations"
    return Row(what, f"<= {MANY_SECONDS} s and <= {MANY_MEMORY_GB} GB", words, is_kept)
