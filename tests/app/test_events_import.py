"""`ingest events`: what is taken, what is refused, preview, confirmation."""

import os
import shutil
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from observatory.cli import main
from observatory.ingest.events_import import events_change, write_events
from tests.conftest import DATA
from tests.event_sheets import (
    GOOD,
    SOURCE,
    contents,
    csv_file,
    parts_of,
    refusal,
    rows_of,
    run_import,
)


def test_events_participations_and_partners_are_previewed_and_written(
    facts: Path, tmp_path: Path
) -> None:
    done = run_import(facts, csv_file(tmp_path, GOOD), answer="y\n")
    assert done.exit_code == 0, done.output
    for told in (
        "1 event added, 4 participations added, 0 already there, 1 outside partner added, 0 rows",
        "+ C9: Congress of 2030 (congress, 2030), 3 participations",
        "~ P1: 1 participation more",
        "o bremen-germany: Bremen, Germany, outside the roster (row 4).",
        "Written.",
    ):
        assert told in done.output
    assert parts_of(facts, "C9") == [
        ("berlin", "", "host"),
        ("", "bremen-germany", "participant"),
        ("montreal", "", "participant"),
    ]
    assert ("guangzhou", "", "partner") in parts_of(facts, "P1")
    event = next(row for row in rows_of(facts, "events.csv") if row["event_id"] == "C9")
    assert (event["themes"], event["year_start"], event["note"]) == (
        "air and emissions;people",
        "2030",
        "",
    )


def test_what_was_written_builds(facts: Path, tmp_path: Path) -> None:
    assert run_import(facts, csv_file(tmp_path, GOOD), "--yes").exit_code == 0
    environment = {
        "OBSERVATORY_DATASETS_DIR": str(facts),
        "OBSERVATORY_DATA_DIR": str(tmp_path / "data"),
    }
    done = CliRunner().invoke(main, ["build"], env={**os.environ, **environment})
    assert done.exit_code == 0, done.output


def test_importing_twice_adds_nothing(facts: Path, tmp_path: Path) -> None:
    path = csv_file(tmp_path, GOOD)
    run_import(facts, path, "--yes")
    once = contents(facts)
    done = run_import(facts, path)
    assert done.exit_code == 0, done.output
    assert "0 events added, 0 participations added, 4 already there, 0 outside" in done.output
    assert "Nothing to do." in done.output
    assert contents(facts) == once


def test_without_a_confirmation_nothing_is_written(facts: Path, tmp_path: Path) -> None:
    before = contents(facts)
    done = run_import(facts, csv_file(tmp_path, GOOD), answer="n\n")
    assert "1 event added" in done.output
    assert "Nothing was changed." in done.output
    assert contents(facts) == before


def test_the_files_stay_sorted(facts: Path, tmp_path: Path) -> None:
    run_import(facts, csv_file(tmp_path, GOOD), "--yes")
    events = [row["event_id"] for row in rows_of(facts, "events.csv")]
    organisations = [row["organisation_id"] for row in rows_of(facts, "organisations.csv")]
    parts = [
        (row["event_id"], row["city_id"] or row["organisation_id"], row["role"])
        for row in rows_of(facts, "participations.csv")
    ]
    assert (events, organisations, parts) == (sorted(events), sorted(organisations), sorted(parts))


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        (f"X1,parade,Title,,2020,2020,Berlin,Germany,lead,{SOURCE},", "kind", "'parade'"),
        (f"X1,air_link,Title,,2020,2020,Berlin,Germany,lead,{SOURCE},", "kind", "'air_link'"),
        (f"X1,,Title,,2020,2020,Berlin,Germany,lead,{SOURCE},", "kind", "nothing"),
        (f"X1,award,,,2020,2020,Berlin,Germany,lead,{SOURCE},", "title", "nothing"),
        (f"X1,award,Title,,2021,2020,Berlin,Germany,lead,{SOURCE},", "year_end", "'2020'"),
        (f"X1,award,Title,,soon,,Berlin,Germany,lead,{SOURCE},", "year_start", "'soon'"),
        (f"X1,award,Title,,2019.5,,Berlin,Germany,lead,{SOURCE},", "year_start", "'2019.5'"),
        (f"X1,award,Title,,20190,,Berlin,Germany,lead,{SOURCE},", "year_start", "'20190'"),
        (f"X1,award,Title,,,1066,Berlin,Germany,lead,{SOURCE},", "year_end", "'1066'"),
        (
            f"X1,award,Title,,2020,2022-01-01,Berlin,Germany,lead,{SOURCE},",
            "year_end",
            "the date 2022-01-01",
        ),
        (f"X1,award,Title,peeple,2020,,Berlin,Germany,lead,{SOURCE},", "themes", "'peeple'"),
        (f"X 1,award,Title,,2020,,Berlin,Germany,lead,{SOURCE},", "event_id", "'X 1'"),
        (f",award,Title,,2020,,Berlin,Germany,lead,{SOURCE},", "event_id", "nothing"),
        (f"p1,,,,,,Berlin,Germany,observer,{SOURCE},", "event_id", "'p1'"),
        ("P1,,,,,,Berlin,Germany,observer,,", "source_url", "nothing"),
        ("P1,,,,,,Berlin,Germany,observer,a leaflet,", "source_url", "'a leaflet'"),
        ("P1,,,,,,Berlin,Germany,observer,javascript:x,", "source_url", "'javascript:x'"),
        (f"P1,,,,,,Berlin,Germany,,{SOURCE},", "role", "nothing"),
        (f"P1,,,,,,,Germany,observer,{SOURCE},", "city", "nothing"),
        (f"P1,,,,,,Berlin,,observer,{SOURCE},", "country", "nothing"),
        (f"P1,,,,,,Berlin,Germny,observer,{SOURCE},", "country", "'Germny'"),
        (f"P1,,,,,,Berlin,Utopia,observer,{SOURCE},", "country", "'Utopia'"),
        (f"P1,award,,,,,Berlin,Germany,observer,{SOURCE},", "kind", "'award'"),
        (f"P1,,,,2018,,Berlin,Germany,observer,{SOURCE},", "year_start", "'2018'"),
        (f"P1,,Another project,,,,Berlin,Germany,observer,{SOURCE},", "title", "'Another project'"),
        (f"I1,,,people,,,Berlin,Germany,observer,{SOURCE},", "themes", "'people'"),
    ],
)
def test_a_bad_cell_is_told_with_row_column_rule_and_what_was_found(
    facts: Path, tmp_path: Path, row: str, column: str, found: str
) -> None:
    told = refusal(facts, csv_file(tmp_path, [*GOOD, row]))
    problem = next(line for line in told.splitlines() if line.startswith("  events to add.csv"))
    assert problem.startswith(f"  events to add.csv, row 6, column {column}: expected ")
    assert f"found {found}" in problem
    advice = problem.split(f"found {found}", 1)[1].strip(". ")
    assert len(advice) > 10
    assert "1 problem:" in told
    assert "1 row refused." in told
    assert "Nothing is written while rows are refused." in told


def test_every_bad_row_is_told_and_the_rows_of_a_bad_event_are_refused(
    facts: Path, tmp_path: Path
) -> None:
    rows = [
        f"X1,parade,,,2021,2020,Berlin,Germany,lead,{SOURCE},",
        f"X1,,,,,,Montreal,Canada,partner,{SOURCE},",
        "P1,,,,,,Guangzhou,China,,,",
    ]
    told = refusal(facts, csv_file(tmp_path, [*GOOD, *rows]))
    assert "1 event added, 4 participations added, 0 already there" in told
    assert "3 rows refused" in told
    assert [line.split(":")[0].split(", ", 1)[1] for line in told.splitlines()[-5:]] == [
        "row 6, column kind",
        "row 6, column title",
        "row 6, column year_end",
        "row 8, column role",
        "row 8, column source_url",
    ]


def test_rows_of_one_event_that_contradict_each_other_are_refused(
    facts: Path, tmp_path: Path
) -> None:
    rows = [*GOOD, f"C9,,Congress of 2031,,,,Victoria,Seychelles,participant,{SOURCE},"]
    told = refusal(facts, csv_file(tmp_path, rows))
    assert "row 6, column title: expected what row 2 says of C9 (Congress of 2030)" in told


def test_event_facts_repeated_on_every_row_are_one_event(facts: Path, tmp_path: Path) -> None:
    event = "C9,Congress,Congress of  2030,People; air and emissions,2030,2030"
    cities = ("Berlin,Germany", "Montreal,Canada")
    rows = [f"{event},{city},participant,{SOURCE}," for city in cities]
    assert (
        "1 event added, 2 participations added"
        in run_import(facts, csv_file(tmp_path, rows)).output
    )


def test_two_roles_of_one_city_are_two_participations(facts: Path, tmp_path: Path) -> None:
    rows = [f"I1,,,,,,Berlin,Germany,{role},{SOURCE}," for role in ("Lead", "co-president")]
    done = run_import(facts, csv_file(tmp_path, rows), "--yes")
    assert "2 participations added" in done.output
    assert ("berlin", "", "co_president") in parts_of(facts, "I1")


def test_a_role_that_comes_up_for_the_first_time_is_told(facts: Path, tmp_path: Path) -> None:
    done = run_import(facts, csv_file(tmp_path, [f"A1,,,,,,Berlin,Germany,hosts,{SOURCE},"]))
    assert "! row 2: the role 'hosts' is new. Did you mean host?" in done.output


def test_a_new_event_with_a_title_on_record_is_told(facts: Path, tmp_path: Path) -> None:
    rows = [f"X1,congress,CONGRESS of 2021,,2021,,Berlin,Germany,host,{SOURCE},"]
    told = run_import(facts, csv_file(tmp_path, rows)).output
    assert "! X1 has the title of C1: use one id if they are one." in told


def test_nothing_is_written_where_one_file_cannot_be(facts: Path, tmp_path: Path) -> None:
    change = events_change(csv_file(tmp_path, GOOD), facts)
    before = contents(facts)
    last = facts / "network" / "participations.csv"
    last.unlink()
    last.mkdir()
    with pytest.raises(OSError, match=r"participations\.csv"):
        write_events(change)
    last.rmdir()
    for name in ("events.csv", "organisations.csv"):
        assert (facts / "network" / name).read_bytes() == before[name]
    assert not list((facts / "network").glob(".*"))


def test_5000_rows_in_less_than_5_seconds(facts: Path, tmp_path: Path) -> None:
    members = ("Berlin,Germany", "Montreal,Canada", "Medellín,Colombia", "Guangzhou,China")
    rows = []
    for number in range(1000):
        event = f"E{number},learning,Course {number},people,2020,2021"
        cities = [*members, f"Town {number},Germany"]
        rows += [
            f"{event if place == 0 else f'E{number},,,,,'},{city},participant,{SOURCE},"
            for place, city in enumerate(cities)
        ]
    path = csv_file(tmp_path, rows)
    started = time.perf_counter()
    done = run_import(facts, path, "--yes")
    seconds = time.perf_counter() - started
    assert "1000 events added, 5000 participations added" in done.output
    assert "1000 outside partners added, 0 rows refused" in done.output
    assert seconds < 5
    assert "5000 already there" in run_import(facts, path).output


def test_5000_bad_rows_are_counted_and_the_first_ones_told(facts: Path, tmp_path: Path) -> None:
    rows = [f"P1,,,,,,Berlin,Germany,role {number},," for number in range(5000)]
    told = refusal(facts, csv_file(tmp_path, rows))
    assert "5000 rows refused" in told
    assert "5000 problems:" in told
    assert "row 2, column source_url" in told
    assert "… and 4950 more" in told


CITIES = st.sampled_from(
    [
        ("Berlin", "Germany"),
        ("BERLIN", "DEU"),
        ("Medellin", "Colombia"),
        ("Medellín", "Colombia"),
        ("Bremen", "Germany"),
        ("Ulm", "Germany"),
        ("Victoria", "Canada"),
        ("Vienna", "Austria"),
        ("Montreal", "Canada"),
    ]
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["X1", "X2", "P1"]), CITIES, st.sampled_from(["lead", "host"])),
    min_size=1,
    max_size=12,
)


def _lines(rows: list[tuple[str, tuple[str, str], str]]) -> list[str]:
    facts_of = {name: f"learning,Course {name},,2020," for name in ("X1", "X2")}
    facts_of["P1"] = ",,,,"
    return [
        f"{event},{facts_of[event]},{','.join(city)},{role},{SOURCE}," for event, city, role in rows
    ]


@given(rows=ROWS, shuffled=st.randoms())
@hypothesis_settings(max_examples=15)
def test_the_order_of_rows_and_the_number_of_files_make_no_difference(
    rows: list[tuple[str, tuple[str, str], str]], shuffled: Random
) -> None:
    other = list(rows)
    shuffled.shuffle(other)
    with TemporaryDirectory() as folder:
        one = Path(shutil.copytree(DATA, f"{folder}/one"))
        several = Path(shutil.copytree(DATA, f"{folder}/several"))
        sheet = csv_file(Path(folder), _lines(rows))
        change = events_change(sheet, one)
        assert not change.problems
        assert len(change.parts) + change.already + len(change.notes) == len(rows)
        write_events(change)
        assert events_change(sheet, one).is_empty
        for half in (other[::2], other[1::2]):
            if half:
                write_events(events_change(csv_file(Path(folder), _lines(half)), several))
        for event_id in ("X1", "X2", "P1"):
            assert parts_of(one, event_id) == parts_of(several, event_id)
        assert (one / "network/events.csv").read_text() == (
            several / "network/events.csv"
        ).read_text()
