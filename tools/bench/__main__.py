"""`python -m tools.bench`: measure every budget and write docs/benchmarks.md."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from observatory.config import PROJECT_DIR, Settings
from tools.bench.answers import control_rows, page_rows, query_row
from tools.bench.builds import built, datasets_row, many_row
from tools.bench.drawing import drawing_rows
from tools.bench.load import (
    Crowd,
    actions_of,
    crowd_row,
    growth_row,
    kinds_note,
    start_memory_row,
)
from tools.bench.server import Server, served
from tools.bench.synthetic import SEED, Size, write_synthetic
from tools.bench.table import Row, document, tell, this_machine
from tools.bench.weights import weight_rows

PAGE = PROJECT_DIR / "docs" / "benchmarks.md"
TENFOLD = Size(copies=10, observations=14_000_000)
CONTROL_MS = 60
TENFOLD_CONTROL_MS = 100
START_SECONDS = 3
PEOPLE = Crowd(people=50, seconds=30, least_pause=1.0, longest_pause=3.0)
LASTING = Crowd(people=10, seconds=120, least_pause=1.0, longest_pause=3.0)
NOTES = (
    (
        "Page weights are the bytes that Chromium received over loopback, headers included, in "
        "fresh contexts: the heaviest of 5 loads, until the network is idle. The first number is "
        "the first digit in the main part of the page, from the start of navigation: median of 5."
    ),
    (
        "The network is drawn when its first mark is in the page; its data have arrived with the "
        "end of the last answer before: median of 5. Frames are those of the browser while the "
        "drawing is dragged by the mouse, 80 moves of 3 pixels."
    ),
    (
        "A control is the request of the page's own callback to `observatory serve`, one after "
        "the other, each for an indicator, pair or six members not asked before, compressed as "
        "for Chromium; what is below is asked for once that has come, over the same connection. "
        "Answers given before are kept (decision 10). The people below repeat each other: three "
        "pages and twelve Atlas views, so that most of their answers are kept ones."
    ),
    (
        "10x is a synthetic catalogue of ten times the members and ten times the indicators with "
        f"14 million observations, drawn at random (seed {SEED}), made in a temporary folder."
    ),
    (
        "Bare DuckDB gets the rows of the map by one query on the same file, fetched as a frame; "
        "ours sets figures and gaps beside the members it keeps."
    ),
    (
        "The memory of a build is the most its process held; that of a worker is read after its "
        "first answer, and before and after the mixed load, which follows all other measurements."
    ),
)


@click.command()
@click.option("--minutes", default=2.0, show_default=True, help="Length of the memory run.")
@click.option("--output", default=PAGE, type=click.Path(path_type=Path), help="Page to write.")
def main(*, minutes: float, output: Path) -> None:
    """Measure, print and write the table."""
    machine = this_machine()
    lasting = replace(LASTING, seconds=60 * minutes)
    with tempfile.TemporaryDirectory() as folder:
        ours = replace(Settings(), data_dir=Path(folder) / "data")
        rows, note = _own_facts(ours, lasting)
        rows += _tenfold(Path(folder))
    text = document(machine, rows, [*NOTES, _people_note(lasting), note])
    sys.stdout.write(text)
    output.write_text(text, encoding="utf-8")


def _own_facts(settings: Settings, lasting: Crowd) -> tuple[list[Row], str]:
    """What is measured over the project's own facts, and the actions of the people by kind."""
    tell("build from datasets/ …")
    rows = [datasets_row(built(settings)), query_row(settings, "1x")]
    with served(settings) as server:
        started = server.start_seconds
        words = f"{started:.1f} s"
        rows.append(
            Row("start to first answer", f"<= {START_SECONDS} s", words, started <= START_SECONDS)
        )
        rows.append(start_memory_row(server.memory()))
        tell("first loads in Chromium …")
        rows += weight_rows(server)
        rows += drawing_rows(server)
        tell("Atlas controls …")
        rows += control_rows(server, "1x", CONTROL_MS)
        rows += page_rows(server, "1x", CONTROL_MS)
        load, note = _people(server, lasting)
    return [*rows, *load], note


def _people(server: Server, lasting: Crowd) -> tuple[list[Row], str]:
    tell(f"{PEOPLE.people} people for {PEOPLE.seconds:g} s …")
    actions = actions_of(server, PEOPLE)
    before = server.memory()
    tell(f"{lasting.people} people for {lasting.seconds / 60:g} minutes …")
    actions_of(server, lasting, seed=2)
    rows = [crowd_row(PEOPLE, actions), growth_row(lasting, before, server.memory())]
    return rows, kinds_note(actions)


def _tenfold(folder: Path) -> list[Row]:
    """What is measured over ten times the members and indicators."""
    tell(f"{TENFOLD.observations:,} synthetic observations …")
    facts = folder / "synthetic"
    write_synthetic(facts, base=Settings().datasets_dir, size=TENFOLD)
    settings = replace(Settings(), data_dir=folder / "tenfold", datasets_dir=facts)
    rows = [many_row(built(settings), TENFOLD.observations), query_row(settings, "10x")]
    tell("Atlas controls, 10x …")
    with served(settings) as server:
        rows += control_rows(server, "10x", TENFOLD_CONTROL_MS)
        return [*rows, *page_rows(server, "10x", TENFOLD_CONTROL_MS)]


def _people_note(lasting: Crowd) -> str:
    return (
        f"{PEOPLE.people} people each open a page (document and layout, counted together), change "
        "an Atlas control or ask the API for 100 observations, with equal chance, and pause "
        f"{PEOPLE.least_pause:g} to {PEOPLE.longest_pause:g} s in between. The load of the memory "
        f"run is the same with {lasting.people} people, here for {lasting.seconds / 60:g} minutes; "
        "`python -m tools.bench --minutes 30` is the long one."
    )


if __name__ == "__main__":
    main()
