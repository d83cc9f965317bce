"""The measured budgets as the page docs/benchmarks.md."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import psutil

HEAD = ("what", "budget", "measured", "bare DuckDB", "verdict")
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Row:
    """One line of the table; `bare` is the time of the same query without us."""

    what: str
    budget: str
    measured: str
    is_kept: bool
    bare: str = ""


@dataclass(frozen=True)
class Machine:
    """Where and when it was measured; the load is that of others, before we began."""

    day: str
    processor: str
    cores: int
    memory_gb: float
    load_before: float


def this_machine() -> Machine:
    """The machine as it is now: ask before anything is measured."""
    return Machine(
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=psutil.virtual_memory().total / GIGABYTE,
        load_before=os.getloadavg()[0],
    )


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {platform.machine()}" if names else platform.machine()


def document(machine: Machine, rows: Sequence[Row], notes: Sequence[str]) -> str:
    """The page: where it was measured, the table, and how each thing was measured."""
    where = (
        f"Measured by `make bench` on {machine.day}: {machine.cores} cores ({machine.processor}), "
        f"{machine.memory_gb:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}. "
        f"Load of the machine before: {machine.load_before:.2f}."
    )
    table = [_line(HEAD), _line(["---"] * len(HEAD)), *(_line(_cells(row)) for row in rows)]
    how = ["How it is measured:", "", *(f"* {note}" for note in notes)]
    return "\n".join(["# Benchmarks", "", where, "", *table, "", *how]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row) -> tuple[str, ...]:
    return row.what, row.budget, row.measured, row.bare, "kept" if row.is_kept else "**missed**"


def tell(words: str) -> None:
    """Say on the terminal how far the measuring is."""
    sys.stderr.write(f"{words}\n")
