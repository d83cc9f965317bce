"""Single answers: the map query beside bare DuckDB, and the Atlas after a control."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import duckdb
import pandas as pd

from observatory.config import Settings
from observatory.errors import StoreError
from observatory.pages import atlas, compare, explore, network
from observatory.pages.explore_view import choices
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import all_cities
from observatory.queries.values import member_values
from observatory.store.publication import current_publication, snapshots_dir
from observatory.store.warehouse import Store
from tools.bench.callbacks import UPDATE, answered, answered_on, callbacks_of
from tools.bench.server import Server, ask
from tools.bench.table import Row

RUNS = 100
PAGE_RUNS = 60
NETWORK_MS, NETWORK_LARGE_MS, SEARCH_MS = 150, 2_000, 150
SEARCH = "/api/v1/search"
MOST_CONTROLS = 158
INDICATOR = "pm25_ug_per_m3"
TIMES_BARE = 3
MAP_QUERY = """
    SELECT c.city_id, c.city, c.member_name, c.country, c.iso3, c.region, c.evidence,
           p.x_km, p.y_km, v.observation_id, v.period_year, v.value, v.category, v.status,
           v.scale, v.boundary, v.source_id, v.source_row, v.note, g.reason_code, g.reason
    FROM cities AS c
    JOIN city_points AS p USING (city_id)
    CROSS JOIN (SELECT scale FROM indicators WHERE indicator_id = $indicator_id) AS i
    LEFT JOIN (SELECT * FROM latest WHERE indicator_id = $indicator_id) AS v
        ON v.place_id = CASE WHEN i.scale = 'national' THEN c.iso3 ELSE c.city_id END
    LEFT JOIN gaps AS g
        ON g.indicator_id = $indicator_id AND g.city_id = c.city_id
    ORDER BY c.city, c.city_id
"""


@dataclass(frozen=True)
class Control:
    """A page whose control is answered twice: the stores that ask first and then."""

    page: str
    state: str
    shown: str


def query_row(settings: Settings, size: str) -> Row:
    """One map query through the store, and the same rows by one query without it."""
    publication = current_publication(settings.data_dir)
    if publication is None:
        raise StoreError("Expected the snapshot that was just built, found none.")
    path = snapshots_dir(settings.data_dir) / publication.file
    with duckdb.connect(str(path), read_only=True) as plain:
        plain.execute(f"SET threads = {settings.query_threads}")
        bare = _median_ms(partial(_bare, plain))
    store = Store(settings)
    ours = _median_ms(lambda: member_values(store, indicator_id=INDICATOR))
    store.close()
    words = f"{ours / bare:.2f} x ({ours:.1f} ms)"
    budget = f"<= {TIMES_BARE} x bare DuckDB"
    is_kept = ours <= TIMES_BARE * bare
    return Row(f"one map query, {size}", budget, words, is_kept, f"{bare:.1f} ms")


def _bare(plain: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return plain.cursor().execute(MAP_QUERY, {"indicator_id": INDICATOR}).df()


def control_rows(server: Server, size: str, most_ms: int) -> list[Row]:
    """Answers to a control of the Atlas, over the indicators in turn."""
    store = Store(server.settings)
    ids = list(all_indicators(store))
    store.close()
    step = max(1, len(ids) // MOST_CONTROLS)
    control = Control("/atlas", atlas.STATE, atlas.SHOWN)
    searches = [f"?indicator={one}" for one in ids[::step]]
    return _two_rows(server, control, searches, size, most_ms)


def _two_rows(
    server: Server, control: Control, searches: Sequence[str], size: str, most_ms: int
) -> list[Row]:
    """What is seen first after a control, and what is below and asked for once that has come."""
    callbacks = callbacks_of(server)
    seen: list[float] = []
    below: list[float] = []
    connection = server.connection()
    for search in searches:
        for times, state in ((seen, control.state), (below, control.shown)):
            body = callbacks.control_of(control.page, state, search)
            times.append(_milliseconds(partial(answered_on, connection, UPDATE, body)))
    connection.close()
    return [
        _times_row(f"server answer to a control of {control.page}, {size}", most_ms, seen),
        _times_row(f"what is below it on {control.page}, {size}", most_ms, below),
    ]


def page_rows(server: Server, size: str, most_ms: int) -> list[Row]:
    """Answers to controls of the other pages, and to a search, another question each time."""
    store = Store(server.settings)
    numbers = sorted(choices(store))
    cities = sorted(all_cities(store)["city_id"])
    store.close()
    chance = random.Random(1)  # noqa: S311 - a course to repeat, no secret
    pairs = [f"?x={chance.choice(numbers)}&y={chance.choice(numbers)}" for _run in range(PAGE_RUNS)]
    sixes = [f"?cities={','.join(chance.sample(cities, 6))}" for _run in range(PAGE_RUNS)]
    rows = _two_rows(
        server, Control("/explore", explore.STATE, explore.SHOWN), pairs, size, most_ms
    )
    rows += _two_rows(
        server, Control("/compare", compare.STATE, compare.SHOWN), sixes, size, most_ms
    )
    callbacks = callbacks_of(server)
    bodies = [
        callbacks.control_of("/network", network.STATE, f"?city={chance.choice(cities)}")
        for _run in range(PAGE_RUNS)
    ]
    most = NETWORK_MS if size == "1x" else NETWORK_LARGE_MS
    rows.append(_answer_row(f"server answer to a control of /network, {size}", most, [
        partial(answered, server, UPDATE, body) for body in bodies
    ]))  # fmt: skip
    words = [city.replace("-", " ")[: 3 + number % 6] for number, city in enumerate(cities)]
    searches = [f"{SEARCH}?q={quote(text)}" for text in chance.sample(words, PAGE_RUNS)]
    connection = server.connection()
    rows.append(_answer_row(f"a search while typing, {size}", SEARCH_MS, [
        partial(ask, connection, address) for address in searches
    ]))  # fmt: skip
    connection.close()
    return rows


def _answer_row(what: str, most_ms: int, actions: Sequence[Callable[[], object]]) -> Row:
    actions[0]()
    return _times_row(what, most_ms, [_milliseconds(action) for action in actions])


def _times_row(what: str, most_ms: int, times: Sequence[float]) -> Row:
    p95 = percentile_95(times)
    words = f"p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms"
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
