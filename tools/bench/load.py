"""Many people at once: pages, Atlas controls and the API, with a pause between."""

import http.client
import random
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.bench.answers import percentile_95
from tools.bench.callbacks import UPDATE, Callbacks, answered, callbacks_of
from tools.bench.server import Memory, Server
from tools.bench.table import Row

PAGES = ("/", "/atlas", "/cities/montreal")
CONTROL = "Atlas control"
API = "API"
ACTIONS = (*PAGES, CONTROL, API)
INDICATORS = ("pm25_ug_per_m3", "population_agglomeration", "national_hdi", "air_destinations")
METHODS = ("quantile", "equal", "natural")
OBSERVATIONS = "/api/v1/observations?limit=100&indicator="
MOST_MS = 500
MOST_START_MB = 400
MOST_GROWTH = 0.05


@dataclass(frozen=True)
class Crowd:
    """How many people, for how long, and the bounds of their pause between two actions."""

    people: int
    seconds: float
    least_pause: float
    longest_pause: float


@dataclass(frozen=True)
class Action:
    """One thing a person did: which, how long it took, and what went wrong, if anything."""

    kind: str
    milliseconds: float
    error: str = ""


def actions_of(server: Server, crowd: Crowd, seed: int = 1) -> list[Action]:
    """All that a crowd did; each person chooses among ACTIONS with equal chance."""
    callbacks = callbacks_of(server)
    deadline = time.monotonic() + crowd.seconds
    with ThreadPoolExecutor(crowd.people) as threads:
        running = [
            threads.submit(_visit, server, callbacks, crowd, deadline, seed * 1000 + person)
            for person in range(crowd.people)
        ]
        return [action for person in running for action in person.result()]


def _visit(
    server: Server, callbacks: Callbacks, crowd: Crowd, deadline: float, seed: int
) -> list[Action]:
    chance = random.Random(seed)  # noqa: S311 - a course to repeat, no secret
    done: list[Action] = []
    time.sleep(chance.uniform(0, crowd.longest_pause))  # people do not come at the same instant
    while time.monotonic() < deadline:
        kind = chance.choice(ACTIONS)
        started, error = time.perf_counter(), ""
        try:
            _act(server, callbacks, kind, chance)
        except (OSError, http.client.HTTPException, RuntimeError) as problem:
            error = f"{kind}: {problem}"
        done.append(Action(kind, 1000 * (time.perf_counter() - started), error))
        time.sleep(chance.uniform(crowd.least_pause, crowd.longest_pause))
    return done


def _act(server: Server, callbacks: Callbacks, kind: str, chance: random.Random) -> None:
    """A page is its document and its layout, a control its map and its lists."""
    indicator = chance.choice(INDICATORS)
    if kind == API:
        answered(server, f"{OBSERVATIONS}{indicator}")
    elif kind == CONTROL:
        search = f"?indicator={indicator}&method={chance.choice(METHODS)}"
        for asked in (callbacks.control, callbacks.lists):
            answered(server, UPDATE, asked(search))
    else:
        answered(server, kind)
        answered(server, UPDATE, callbacks.layout(kind))


def crowd_row(crowd: Crowd, actions: Sequence[Action]) -> Row:
    """How long people waited, and whether anything failed."""
    times = [action.milliseconds for action in actions]
    errors = [action.error for action in actions if action.error]
    p95 = percentile_95(times)
    words = (
        f"{len(errors)} errors, p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms over "
        f"{len(times)} actions in {crowd.seconds:g} s"
    )
    words += f"; first error: {errors[0]}" if errors else ""
    return Row(
        f"{crowd.people} people at once",
        f"no error, p95 <= {MOST_MS} ms",
        words,
        not errors and p95 <= MOST_MS,
    )


def kinds_note(actions: Sequence[Action]) -> str:
    """The p95 of each kind of action."""
    parts = []
    for kind in ACTIONS:
        times = [action.milliseconds for action in actions if action.kind == kind]
        if len(times) > 1:
            parts.append(f"{kind} {percentile_95(times):.0f} ms")
    return f"p95 of the people's actions by kind: {', '.join(parts)}."


def start_memory_row(memory: Memory) -> Row:
    """What a worker holds after its first answer."""
    words = f"{memory.resident_mb:.0f} MB resident, {memory.proportional_mb:.0f} MB proportional"
    is_kept = memory.resident_mb <= MOST_START_MB
    return Row("memory of a worker after start", f"<= {MOST_START_MB} MB", words, is_kept)


def growth_row(crowd: Crowd, before: Memory, after: Memory) -> Row:
    """How much more a worker holds after a long mixed load than before it, once warm."""
    growth = after.resident_mb / before.resident_mb - 1
    words = f"{100 * growth:+.1f} % ({before.resident_mb:.0f} to {after.resident_mb:.0f} MB)"
    what = f"growth of a worker's memory over {crowd.seconds / 60:g} minutes of mixed load"
    return Row(what, "< 5 % over 30 minutes", words, growth < MOST_GROWTH)
