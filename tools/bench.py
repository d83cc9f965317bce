"""`make bench`: what the budgets ask, measured here, as a table in docs/benchmarks.md."""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from dash.development.base_component import Component

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from observatory.config import Settings  # noqa: E402 - the project's root comes first
from observatory.errors import StoreError  # noqa: E402
from observatory.ingest.build import build  # noqa: E402
from observatory.pages.atlas import result_of  # noqa: E402
from observatory.queries.catalogue import all_indicators  # noqa: E402
from observatory.queries.values import LATEST_VALUES, member_values  # noqa: E402
from observatory.store.publication import current_publication, snapshots_dir  # noqa: E402
from observatory.store.warehouse import Store  # noqa: E402

RUNS = 100
PORT = 8199


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    budget: str
    measured: str
    is_kept: bool


def main() -> None:
    """Measure, print and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), data_dir=Path(folder), port=PORT)
        rows = [_build(settings), *_queries(settings), _control(settings), _start(settings)]
    text = _document(rows)
    sys.stdout.write(text)
    (PROJECT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


def _build(settings: Settings) -> Row:
    seconds = _seconds(lambda: build(settings, force=True))
    return Row("build from datasets/", "<= 20 s", f"{seconds:.1f} s", seconds <= 20)  # noqa: PLR2004 - the budget


def _queries(settings: Settings) -> list[Row]:
    publication = current_publication(settings.data_dir)
    if publication is None:
        raise StoreError("Expected the snapshot that was just built, found none.")
    path = snapshots_dir(settings.data_dir) / publication.file
    with duckdb.connect(str(path), read_only=True) as plain:
        bare = _median(
            lambda: plain.cursor().execute(LATEST_VALUES, {"indicator_id": "pm25_ug_per_m3"}).df()
        )
    store = Store(settings)
    ours = _median(lambda: member_values(store, indicator_id="pm25_ug_per_m3"))
    store.close()
    words = f"{ours / bare:.2f} x ({1000 * ours:.1f} ms against {1000 * bare:.1f} ms)"
    return [Row("one map query", "<= 3 x bare DuckDB", words, ours <= 3 * bare)]


def _control(settings: Settings) -> Row:
    """Answers of the Atlas to a control, serialised, over all indicators in turn."""
    store = Store(settings)
    ids = list(all_indicators(store))
    times = []
    for run in range(RUNS):
        started = time.perf_counter()
        _serialised(result_of(store, f"?indicator={ids[run % len(ids)]}"))
        times.append(time.perf_counter() - started)
    store.close()
    p95 = 1000 * statistics.quantiles(times, n=20)[-1]
    words = f"p50 {1000 * statistics.median(times):.0f} ms, p95 {p95:.0f} ms"
    return Row("server answer to an Atlas control, 1x", "p95 <= 60 ms", words, p95 <= 60)  # noqa: PLR2004 - the budget


def _serialised(parts: object) -> str:
    def plain(part: object) -> object:
        return part.to_plotly_json() if isinstance(part, Component) else str(type(part))

    return json.dumps(parts, default=plain)


def _start(settings: Settings) -> Row:
    process = subprocess.Popen(
        [sys.executable, "-m", "observatory", "serve"],
        cwd=PROJECT,
        env={**os.environ, **settings.as_variables()},
        stdout=subprocess.DEVNULL,
    )
    try:
        seconds = _seconds(lambda: _first_answer(f"http://127.0.0.1:{PORT}/"))
    finally:
        process.terminate()
        process.wait(timeout=30)
    return Row("start to first answer", "<= 3 s", f"{seconds:.1f} s", seconds <= 3)  # noqa: PLR2004 - the budget


def _first_answer(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).read()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"no answer from {address}")


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _median(action: Callable[[], object]) -> float:
    action()
    return statistics.median(_seconds(action) for _ in range(RUNS))


def _document(rows: list[Row]) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    machine = (
        f"Measured by `make bench` on {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}. "
        f"The measuring process, which also built the snapshot, peaked at {memory} MB."
    )
    missing = (
        "Not measured yet: 10x cities and indicators, 14 million observations, 50 people at once, "
        "memory over time, page weights."
    )
    table = [f"| {row.what} | {row.budget} | {row.measured} | {_verdict(row)} |" for row in rows]
    head = ["| what | budget | measured | verdict |", "|---|---|---|---|"]
    lines = ["# Benchmarks", "", machine, "", *head, *table, "", missing]
    return "\n".join(lines) + "\n"


def _verdict(row: Row) -> str:
    return "kept" if row.is_kept else "missed"


if __name__ == "__main__":
    main()
