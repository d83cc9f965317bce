"""Single answers: the map query beside bare DuckDB, and the Atlas after a control."""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice

import duckdb

from observatory.config import Settings
from observatory.errors import StoreError
from observatory.queries.catalogue import all_indicators
from observatory.queries.values import LATEST_VALUES, member_values
from observatory.store.publication import current_publication, snapshots_dir
from observatory.store.warehouse import Store
from tools.bench.callbacks import UPDATE, answered, callbacks_of
from tools.bench.server import Server
from tools.bench.table import Row

RUNS = 100
CONTROLS = 158  # each of the 79 indicators of the catalogue twice
INDICATOR = "pm25_ug_per_m3"
TIMES_BARE = 3


def query_row(settings: Settings, size: str) -> Row:
    """One map query through the store, and the same SQL without it."""
    publication = current_publication(settings.data_dir)
    if publication is None:
        raise StoreError("Expected the snapshot that was just built, found none.")
    path = snapshots_dir(settings.data_dir) / publication.file
    with duckdb.connect(str(path), read_only=True) as plain:
        plain.execute(f"SET threads = {settings.query_threads}")
        parameters = {"indicator_id": INDICATOR}
        bare = _median_ms(lambda: plain.cursor().execute(LATEST_VALUES, parameters).df())
    store = Store(settings)
    ours = _median_ms(lambda: member_values(store, indicator_id=INDICATOR))
    store.close()
    words = f"{ours / bare:.2f} x ({ours:.1f} ms)"
    budget = f"<= {TIMES_BARE} x bare DuckDB"
    is_kept = ours <= TIMES_BARE * bare
    return Row(f"one map query, {size}", budget, words, is_kept, f"{bare:.1f} ms")


def control_row(server: Server, size: str, most_ms: int) -> Row:
    """Answers of a server to a control of the Atlas, over the indicators in turn."""
    store = Store(server.settings)
    ids = list(all_indicators(store))
    store.close()
    step = max(1, len(ids) // CONTROLS)
    callbacks = callbacks_of(server)
    bodies = [callbacks.control(f"?indicator={one}") for one in ids[::step]]
    answered(server, UPDATE, bodies[0])
    times = [
        _milliseconds(partial(answered, server, UPDATE, body))
        for body in islice(cycle(bodies), CONTROLS)
    ]
    p95 = percentile_95(times)
    words = f"p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms"
    what = f"server answer to an Atlas control, {size}"
    return Row(what, f"p95 <= {most_ms} ms", words, p95 <= most_ms)


def percentile_95(times: Sequence[float]) -> float:
    """What 95 of 100 times do not exceed."""
    return statistics.quantiles(times, n=20)[-1]


def _milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def _median_ms(action: Callable[[], object]) -> float:
    action()
    return statistics.median(_milliseconds(action) for _ in range(RUNS))
