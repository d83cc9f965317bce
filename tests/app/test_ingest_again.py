"""`ingest` a second time: what a cut file would take away is told, and nothing written unasked."""

import csv
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from observatory.cli import main
from observatory.config import PROJECT_DIR
from observatory.ingest.adapters import sdg_11_2_1

SOURCE = sdg_11_2_1.ADAPTER.source_id
ROWS = [
    ("DE", "Berlin", "Berlin", 2020, 2950159, 52.52, 13.41, 3_426_354, 95.1),
    ("CA", "Montreal", "Montréal", 2020, 6077243, 45.51, -73.59, 1_600_000, 80.2),
]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """The published facts, with the figures of two members of one source."""
    facts = Path(shutil.copytree(PROJECT_DIR / "datasets", tmp_path / "datasets"))
    (facts / "observations" / f"{SOURCE}.csv").unlink()
    assert ingested(facts, published(tmp_path, *ROWS)).exit_code == 0
    return facts


def published(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    """A file in the publisher's layout."""
    path = tmp_path / "pt-access.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([sdg_11_2_1.COLUMNS, *rows])
    return path


def ingested(facts: Path, path: Path, *options: str, answer: str = "") -> Result:
    given = {**os.environ, "OBSERVATORY_DATASETS_DIR": str(facts)}
    arguments = ["ingest", SOURCE, str(path), *options]
    return CliRunner(env=given).invoke(main, arguments, input=answer)


def content(facts: Path) -> tuple[bytes, bytes]:
    held = (facts / "observations" / f"{SOURCE}.csv").read_bytes()
    return held, (facts / "sources.toml").read_bytes()


def test_the_same_file_again_asks_nothing(facts: Path, tmp_path: Path) -> None:
    done = ingested(facts, published(tmp_path, *ROWS))
    assert done.exit_code == 0
    assert "Against" not in done.output


def test_a_file_cut_off_takes_nothing_away_unasked(facts: Path, tmp_path: Path) -> None:
    before = content(facts)
    done = ingested(facts, published(tmp_path, ROWS[0]), answer="n\n")
    assert "Against the 2 figures held: 0 added, 1 removed, 0 changed." in done.output
    assert "No figure any more: montreal" in done.output
    assert "Nothing was changed." in done.output
    assert content(facts) == before
    assert ingested(facts, published(tmp_path, ROWS[0]), "--yes").exit_code == 0
    assert content(facts) != before


def test_a_changed_figure_is_told(facts: Path, tmp_path: Path) -> None:
    changed = (*ROWS[1][:-1], 8.2)
    done = ingested(facts, published(tmp_path, ROWS[0], changed), answer="n\n")
    assert "0 added, 0 removed, 1 changed" in done.output


def test_a_row_cut_in_the_middle_is_told_as_a_damaged_file(facts: Path, tmp_path: Path) -> None:
    path = published(tmp_path, *ROWS)
    before = content(facts)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(",2020,6077243")], encoding="utf-8")
    done = ingested(facts, path)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "pt-access.csv" in done.output
    assert "download it again" in done.output
    assert content(facts) == before
