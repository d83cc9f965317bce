"""`ingest events`: rows checked one by one, preview, confirmation, nothing twice."""

import os
import shutil
import time
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from observatory.cli import main
from observatory.config import Settings
from observatory.errors import DatasetError
from observatory.ingest.build import build, check
from observatory.ingest.event_rows import COLUMNS
from observatory.ingest.events_import import change_words, events_change, write_events
from observatory.ingest.roster_import import roster_change, write_roster
from observatory.store.warehouse import Store

HEADER = ",".join(COLUMNS)
SOURCE = "https://example.org/visit"
NEW = [
    f"V1,learning,A visit,people,2022,2022,Berlin,Germany,host,{SOURCE},",
    f"V1,,,,,,Medellín,Colombia,participant,{SOURCE},by train",
    f"V1,,,,,,Lille,France,participant,{SOURCE},",
]


@pytest.fixture
def facts(unbuilt: Settings, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unbuilt.datasets_dir, tmp_path / "datasets"))


def sheet(tmp_path: Path, *rows: str, name: str = "events.csv", header: str = HEADER) -> Path:
    path = tmp_path / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def content(facts: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((facts / "network").iterdir())}


def refused(path: Path, facts: Path) -> list[str]:
    before = content(facts)
    with pytest.raises(DatasetError) as error:
        events_change(path, facts)
    assert content(facts) == before
    return [str(problem) for problem in error.value.problems]


def test_a_visit_is_added_and_adds_nothing_the_second_time(facts: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, *NEW)
    change = events_change(path, facts)
    assert change.events == ("V1",)
    assert change.participations["city_id"].tolist() == ["berlin", "medellin", ""]
    assert change.outside == (("lille-france", "Lille", ""),)
    write_events(change)
    settings = Settings(datasets_dir=facts, data_dir=tmp_path / "data")
    check(settings)
    again = events_change(path, facts)
    assert again.is_empty
    assert again.known == 3
    assert change_words(again) == "All 3 rows are on record already. Nothing to do."
    build(settings)
    tie = Store(settings).rows(
        "SELECT kind, year_start FROM tie_evidence WHERE city_a = 'berlin' AND event_id = 'V1'"
    )
    assert tie == [("learning", 2022)]


def test_nothing_is_written_before_it_is_confirmed(facts: Path, tmp_path: Path) -> None:
    path, before = sheet(tmp_path, *NEW), content(facts)

    def run(*options: str, answer: str = "") -> Result:
        return CliRunner(env={**os.environ, "OBSERVATORY_DATASETS_DIR": str(facts)}).invoke(
            main, ["ingest", "events", str(path), *options], input=answer
        )

    declined = run(answer="n\n")
    assert "1 events and 3 participations added" in declined.output
    assert "Nothing was changed." in declined.output
    assert content(facts) == before
    assert "Written." in run("--yes").output
    assert content(facts) != before


def test_every_bad_row_is_told_with_its_column(facts: Path, tmp_path: Path) -> None:
    told = refused(
        sheet(
            tmp_path,
            f"V1,lunch,A visit,people,2022,2021,Berlin,Germany,host,{SOURCE},",
            f"V2,,A walk,weather,20x2,,Berlin,Germany,Host,{SOURCE},",
            "V 3,learning,A talk,,,,Berlin,,host,somewhere,",
            f"V4,learning,,,,,,Germany,host,{SOURCE},",
        ),
        facts,
    )
    expected = [
        ("row 2, column kind", "'lunch'"),
        ("row 2, column year_end", "found 2021. Are the two reversed?"),
        ("row 3, column themes", "'weather'"),
        ("row 3, column year_start", "'20x2'"),
        ("row 3, column role", "'Host'"),
        ("row 3, column kind", "found nothing"),
        ("row 4, column event_id", "'V 3'"),
        ("row 4, column country", "since names occur in several"),
        ("row 4, column source_url", "'somewhere'"),
        ("row 5, column city", "expected the name of a city"),
        ("row 5, column title", "found nothing"),
    ]
    for place, words in expected:
        assert any(place in line and words in line for line in told), (place, told)
    assert len(told) == len(expected)


def test_a_known_event_with_other_facts_is_refused(facts: Path, tmp_path: Path) -> None:
    told = refused(sheet(tmp_path, f"P1,learning,,,2016,,Berlin,Germany,lead,{SOURCE},"), facts)
    assert any("one kind of P1, found pilot_project and learning" in line for line in told)
    assert any("one year_start of P1, found 2017 and 2016" in line for line in told)


def test_two_spellings_of_one_member_are_one_part(facts: Path, tmp_path: Path) -> None:
    rows = [
        f"V1,learning,A visit,,2022,,Medellin,Colombia,participant,{SOURCE},",
        f"V1,,,,,,MEDELLÍN,Colombia,participant,{SOURCE},",
        f"V1,,,,,,Berlin,Germany,host,{SOURCE},",
    ]
    change = events_change(sheet(tmp_path, *rows), facts)
    assert change.participations["city_id"].tolist() == ["medellin", "berlin"]
    assert "taken once" in change_words(change)


def test_a_name_in_another_country_is_no_member(facts: Path, tmp_path: Path) -> None:
    row = f"V1,learning,A visit,,2022,,Córdoba,Spain,participant,{SOURCE},"
    change = events_change(sheet(tmp_path, row), facts)
    assert change.participations["city_id"].tolist() == [""]
    assert change.outside == (("cordoba-spain", "Córdoba", "cordoba"),)
    assert "name it in a column city_id" in change_words(change)


def test_a_column_settles_what_a_name_leaves_open(facts: Path, tmp_path: Path) -> None:
    row = f"V1,learning,A visit,,2022,,the metropolis,,participant,{SOURCE},,barcelona-amb"
    path = sheet(tmp_path, row, header=f"{HEADER},city_id")
    assert events_change(path, facts).participations["city_id"].tolist() == ["barcelona-amb"]
    wrong = sheet(tmp_path, row.replace("barcelona-amb", "barca"), header=f"{HEADER},city_id")
    assert "expected the city_id of a member, found 'barca'" in refused(wrong, facts)[0]


def test_a_workbook_is_read_as_a_list_is(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, [name.upper() for name in COLUMNS])
        cells = [
            "V1",
            "learning",
            "A visit",
            "",
            2022,
            2022,
            "Berlin",
            "Germany",
            "host",
            SOURCE,
            "",
        ]
        page.write_row(1, 0, cells)
    change = events_change(path, facts)
    assert change.participations["city_id"].tolist() == ["berlin"]
    assert "V1,learning,A visit,,2022,2022," in change.contents[facts / "network" / "events.csv"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER.replace(",", ";"), "Save it with commas, not semicolons"),
        ("event_id,kind\nV1,learning", "expected the columns title"),
        (HEADER, "expected rows, found none"),
        ("", "expected content, found 0 bytes"),
    ],
)
def test_a_file_of_another_shape_is_told(
    facts: Path, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_text(text)
    assert words in refused(path, facts)[0]


def test_other_bytes_than_utf8_are_told(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes("\n".join([HEADER, NEW[1]]).encode("latin-1"))
    assert "found other bytes. Save it as UTF-8" in refused(path, facts)[0]


def test_five_thousand_rows_take_less_than_five_seconds(facts: Path, tmp_path: Path) -> None:
    rows = [
        f"V{n},learning,Visit {n},people,2022,2022,City {n},Germany,host,{SOURCE},"
        for n in range(5000)
    ]
    started = time.perf_counter()
    change = events_change(sheet(tmp_path, *rows), facts)
    assert time.perf_counter() - started < 5
    assert len(change.events) == len(change.participations) == 5000
    assert "… and 4980 more" in change_words(change)


def test_what_a_member_that_leaves_took_part_in_stays(facts: Path, tmp_path: Path) -> None:
    official = tmp_path / "official.csv"
    lines = (facts / "roster" / "members.csv").read_text().splitlines()
    official.write_text(
        "\n".join(line for line in lines if not line.startswith("montreal,")) + "\n"
    )
    change = roster_change(official, facts)
    assert change.released == 2
    write_roster(change, facts)
    written = content(facts)
    assert b"P1,,montreal-canada,Montreal,Canada,partner," in written["participations.csv"]
    assert (
        "montreal-canada,Montréal,Canada,government,a member before"
        in written["organisations.csv"].decode()
    )
    assert b"montreal" not in written["air_links.csv"]
