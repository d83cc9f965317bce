"""`roster import`: preview, refusal, confirmation."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from observatory.cli import main
from observatory.config import Settings
from observatory.errors import DatasetError
from observatory.ingest.roster_import import change_words, roster_change, write_roster


@pytest.fixture
def facts(unbuilt: Settings, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unbuilt.datasets_dir, tmp_path / "datasets"))


@pytest.fixture
def official(facts: Path, tmp_path: Path) -> Path:
    """A list as somebody may send it: the present one."""
    path = tmp_path / "official.csv"
    path.write_text((facts / "roster" / "members.csv").read_text())
    return path


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_the_same_list_changes_nothing(facts: Path, official: Path) -> None:
    assert roster_change(official, facts).is_empty


def test_added_dropped_renamed_and_ambiguous_are_told(facts: Path, official: Path) -> None:
    lines = official.read_text().splitlines()
    kept = [line for line in lines if not line.startswith("berlin,")]
    berlin = next(line for line in lines if line.startswith("berlin,"))
    kept.append(berlin.replace("berlin,Berlin,", "land-berlin,Land Berlin,", 1))
    official.write_text("\n".join(kept) + "\n")
    _edit(official, "abuja,Abuja,", "abuja,Federal Capital Territory,")
    change = roster_change(official, facts)
    assert list(change.added.index) == ["land-berlin"]
    assert list(change.dropped.index) == ["berlin"]
    assert change.renamed == (("abuja", "Abuja", "Federal Capital Territory"),)
    assert change.ambiguous == (("berlin", "land-berlin"),)
    assert change.lost_rows["observations/figures.csv"] == 4
    assert "? berlin and land-berlin may be one member" in change_words(change)


def test_every_fault_of_a_bad_list_is_told(facts: Path, official: Path) -> None:
    _edit(official, "52.5", "152.5")
    _edit(official, ",DEU,", ",DEX,")
    _edit(official, ",North America,", ",Northamerica,")
    official.write_text(official.read_text() + official.read_text().splitlines()[1] + "\n")
    with pytest.raises(DatasetError) as caught:
        roster_change(official, facts)
    told = str(caught.value)
    for part in ("from -90 to 90", "DEX", "Northamerica", "each key once"):
        assert part in told


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace(",", ";").encode(), "not semicolons"),
        (lambda text: text.encode("utf-16"), "expected UTF-8"),
        (lambda text: text.encode("cp1252", "replace"), "utf-8"),
        (lambda text: text.replace("city_id", "id", 1).encode(), "expected the columns"),
        (lambda _text: b"", "0 bytes"),
        (lambda text: text.splitlines()[0].encode(), "expected members, found none"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    facts: Path, official: Path, spoil: Callable[[str], bytes], told: str
) -> None:
    official.write_bytes(spoil(official.read_text()))
    with pytest.raises(DatasetError, match=f"(?i){told}"):
        roster_change(official, facts)


def test_a_confirmed_change_leaves_facts_that_build(
    facts: Path, official: Path, tmp_path: Path
) -> None:
    lines = official.read_text().splitlines()
    official.write_text("\n".join(line for line in lines if not line.startswith("berlin,")) + "\n")
    write_roster(roster_change(official, facts), facts)
    environment = {
        "OBSERVATORY_DATASETS_DIR": str(facts),
        "OBSERVATORY_DATA_DIR": str(tmp_path / "data"),
    }
    done = CliRunner().invoke(main, ["build"], env={**os.environ, **environment})
    assert done.exit_code == 0, done.output
    assert "berlin" not in (facts / "observations" / "figures.csv").read_text()


def test_without_a_confirmation_nothing_is_written(facts: Path, official: Path) -> None:
    _edit(official, "abuja,Abuja,", "abuja,Federal Capital Territory,")
    before = (facts / "roster" / "members.csv").read_text()
    done = CliRunner().invoke(
        main,
        ["roster", "import", str(official)],
        input="n\n",
        env={**os.environ, "OBSERVATORY_DATASETS_DIR": str(facts)},
    )
    assert "1 renamed" in done.output
    assert "Nothing was changed." in done.output
    assert (facts / "roster" / "members.csv").read_text() == before
