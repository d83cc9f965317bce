"""Spreadsheets of events as tests write them, and the command that imports them."""

import csv
import os
from pathlib import Path

from click.testing import CliRunner, Result

from observatory.cli import main
from observatory.ingest.event_sheet import REQUIRED

HEADER = ",".join(REQUIRED)
SOURCE = "https://example.org/x"
FILES = ("events.csv", "participations.csv", "organisations.csv")
EVENT = "C9,congress,Congress of 2030,air and emissions;people,2030,2030"
GOOD = [
    f"{EVENT},Berlin,Germany,host,{SOURCE},",
    f"C9,,,,,,Montreal,Canada,participant,{SOURCE},in person",
    f"C9,,,,,,Bremen,Germany,participant,{SOURCE},",
    f"P1,,,,,,广州,China,partner,{SOURCE},",
]


def csv_file(folder: Path, rows: list[str], header: str = HEADER) -> Path:
    path = folder / "events to add.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def run_import(facts: Path, path: Path, *options: str, answer: str | None = None) -> Result:
    environment = {**os.environ, "OBSERVATORY_DATASETS_DIR": str(facts)}
    command = ["ingest", "events", str(path), *options]
    return CliRunner().invoke(main, command, env=environment, input=answer)


def contents(facts: Path) -> dict[str, bytes]:
    return {name: (facts / "network" / name).read_bytes() for name in FILES}


def rows_of(facts: Path, name: str) -> list[dict[str, str]]:
    with (facts / "network" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts_of(facts: Path, event_id: str) -> list[tuple[str, str, str]]:
    return [
        (row["city_id"], row["organisation_id"], row["role"])
        for row in rows_of(facts, "participations.csv")
        if row["event_id"] == event_id
    ]


def refusal(facts: Path, path: Path) -> str:
    """What is said of a file that must be refused, with nothing written."""
    before = contents(facts)
    done = run_import(facts, path, "--yes")
    assert done.exit_code == 1, done.output
    assert contents(facts) == before
    return done.output
