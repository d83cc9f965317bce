"""`roster import`: preview, refusal, confirmation."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from observatory.cli import main
from observatory.errors import DatasetError
from observatory.ingest.roster_import import change_words, roster_change, write_roster


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


def test_decimal_commas_are_one_fault_of_a_column_told_as_what_they_are(
    facts: Path, official: Path
) -> None:
    header, *rows = list(csv.reader(official.read_text().splitlines()))
    places = [header.index("latitude_deg"), header.index("longitude_deg")]
    for row in rows:
        for at in places:
            row[at] = row[at].replace(".", ",")
    with official.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    with pytest.raises(DatasetError) as caught:
        roster_change(official, facts)
    assert len(caught.value.problems) == 2
    assert "Save numbers with points, not commas" in str(caught.value)
    assert "-90 to 90" not in str(caught.value)


@pytest.mark.parametrize(("ending", "found"), [("", 2), (",x" * 14, 16)])
def test_a_row_of_another_length_is_told_with_its_number(
    facts: Path, official: Path, ending: str, found: int
) -> None:
    lines = official.read_text().splitlines()
    lines[3] = f"berlin,Berlin{ending}"
    official.write_text("\n".join(lines) + "\n")
    with pytest.raises(DatasetError, match=f"row 4: expected 15 cells, found {found}") as caught:
        roster_change(official, facts)
    assert "CSV Error" not in str(caught.value)


def test_an_unknown_country_is_told_in_plain_english(facts: Path, official: Path) -> None:
    _edit(official, ",DEU,", ",DEX,")
    with pytest.raises(DatasetError, match="expected a known iso3 of countries, found 'DEX'"):
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


def _without(official: Path, city_id: str) -> None:
    lines = official.read_text().splitlines()
    kept = [line for line in lines if not line.startswith(f"{city_id},")]
    assert len(kept) == len(lines) - 1
    official.write_text("\n".join(kept) + "\n")


def _rows(facts: Path, name: str) -> list[dict[str, str]]:
    with (facts / "network" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_parts_of_a_dropped_member_become_those_of_an_outside_partner(
    facts: Path, official: Path
) -> None:
    before = _rows(facts, "participations.csv")
    links = _rows(facts, "air_links.csv")
    _without(official, "berlin")
    change = roster_change(official, facts)
    assert change.network.turned == (("berlin", "berlin-germany", 3),)
    words = change_words(change)
    assert "3 participations of berlin become those of berlin-germany, an outside partner" in words
    assert "from network/air_links.csv: 2 rows of dropped members" in words
    write_roster(change, facts)
    after = _rows(facts, "participations.csv")
    assert [row for row in after if row["organisation_id"] == "berlin-germany"] == [
        {**row, "city_id": "", "organisation_id": "berlin-germany"}
        for row in before
        if row["city_id"] == "berlin"
    ]
    assert len(after) == len(before)
    assert _rows(facts, "organisations.csv")[0] == {
        "organisation_id": "berlin-germany",
        "name": "Berlin",
        "country": "Germany",
        "kind": "government",
        "note": "",
    }
    assert _rows(facts, "air_links.csv") == [row for row in links if row["city_a"] != "berlin"]


def test_a_partner_of_the_same_name_takes_the_parts_of_a_dropped_member(
    facts: Path, official: Path
) -> None:
    with (facts / "network" / "organisations.csv").open("a") as file:
        file.write("city-of-berlin,BERLIN,DEU,government,\n")
    with (facts / "network" / "participations.csv").open("a") as file:
        file.write("P1,,city-of-berlin,Berlin,Germany,lead,https://example.org/project,\n")
    before = len(_rows(facts, "participations.csv"))
    _without(official, "berlin")
    write_roster(roster_change(official, facts), facts)
    parts = _rows(facts, "participations.csv")
    theirs = [row["event_id"] for row in parts if row["organisation_id"] == "city-of-berlin"]
    assert theirs == ["G1", "P1", "W1"]
    assert len(parts) == before - 1


def test_a_member_without_parts_leaves_no_partner_behind(facts: Path, official: Path) -> None:
    before = _rows(facts, "organisations.csv")
    _without(official, "victoria")
    write_roster(roster_change(official, facts), facts)
    assert _rows(facts, "organisations.csv") == before


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
