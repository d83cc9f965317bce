"""`ingest events`: what is taken, what is refused, preview, confirmation."""

import csv
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from observatory.cli import main
from observatory.config import Settings
from observatory.ingest.event_sheet import OPTIONAL, REQUIRED
from observatory.ingest.events_import import events_change, write_events
from tests.conftest import DATA
from tests.facts import change_fact

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


@pytest.fixture
def facts(unbuilt: Settings, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unbuilt.datasets_dir, tmp_path / "datasets"))


def _csv(folder: Path, rows: list[str], header: str = HEADER) -> Path:
    path = folder / "events to add.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def _run(facts: Path, path: Path, *options: str, answer: str | None = None) -> Result:
    environment = {**os.environ, "OBSERVATORY_DATASETS_DIR": str(facts)}
    command = ["ingest", "events", str(path), *options]
    return CliRunner().invoke(main, command, env=environment, input=answer)


def _contents(facts: Path) -> dict[str, bytes]:
    return {name: (facts / "network" / name).read_bytes() for name in FILES}


def _rows(facts: Path, name: str) -> list[dict[str, str]]:
    with (facts / "network" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(facts: Path, event_id: str) -> list[tuple[str, str, str]]:
    return [
        (row["city_id"], row["organisation_id"], row["role"])
        for row in _rows(facts, "participations.csv")
        if row["event_id"] == event_id
    ]


def _told(facts: Path, path: Path) -> str:
    """What is said of a file that must be refused, with nothing written."""
    before = _contents(facts)
    done = _run(facts, path, "--yes")
    assert done.exit_code == 1, done.output
    assert _contents(facts) == before
    return done.output


def test_events_participations_and_partners_are_previewed_and_written(
    facts: Path, tmp_path: Path
) -> None:
    done = _run(facts, _csv(tmp_path, GOOD), answer="y\n")
    assert done.exit_code == 0, done.output
    for told in (
        "1 event added, 4 participations added, 0 already there, 1 outside partner added, 0 rows",
        "+ C9: Congress of 2030 (congress, 2030–2030), 3 participations",
        "~ P1: 1 participation more",
        "o bremen-germany: Bremen, Germany, outside the roster.",
        "Written.",
    ):
        assert told in done.output
    assert _parts(facts, "C9") == [
        ("berlin", "", "host"),
        ("", "bremen-germany", "participant"),
        ("montreal", "", "participant"),
    ]
    assert ("guangzhou", "", "partner") in _parts(facts, "P1")
    event = next(row for row in _rows(facts, "events.csv") if row["event_id"] == "C9")
    assert (event["themes"], event["year_start"], event["note"]) == (
        "air and emissions;people",
        "2030",
        "",
    )


def test_what_was_written_builds(facts: Path, tmp_path: Path) -> None:
    assert _run(facts, _csv(tmp_path, GOOD), "--yes").exit_code == 0
    environment = {
        "OBSERVATORY_DATASETS_DIR": str(facts),
        "OBSERVATORY_DATA_DIR": str(tmp_path / "data"),
    }
    done = CliRunner().invoke(main, ["build"], env={**os.environ, **environment})
    assert done.exit_code == 0, done.output


def test_importing_twice_adds_nothing(facts: Path, tmp_path: Path) -> None:
    path = _csv(tmp_path, GOOD)
    _run(facts, path, "--yes")
    once = _contents(facts)
    done = _run(facts, path)
    assert done.exit_code == 0, done.output
    assert "0 events added, 0 participations added, 4 already there, 0 outside" in done.output
    assert "Nothing to do." in done.output
    assert _contents(facts) == once


def test_without_a_confirmation_nothing_is_written(facts: Path, tmp_path: Path) -> None:
    before = _contents(facts)
    done = _run(facts, _csv(tmp_path, GOOD), answer="n\n")
    assert "1 event added" in done.output
    assert "Nothing was changed." in done.output
    assert _contents(facts) == before


def test_the_files_stay_sorted(facts: Path, tmp_path: Path) -> None:
    _run(facts, _csv(tmp_path, GOOD), "--yes")
    events = [row["event_id"] for row in _rows(facts, "events.csv")]
    organisations = [row["organisation_id"] for row in _rows(facts, "organisations.csv")]
    parts = [
        (row["event_id"], row["city_id"] or row["organisation_id"], row["role"])
        for row in _rows(facts, "participations.csv")
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
    told = _told(facts, _csv(tmp_path, [*GOOD, row]))
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
    told = _told(facts, _csv(tmp_path, [*GOOD, *rows]))
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
    told = _told(facts, _csv(tmp_path, rows))
    assert "row 6, column title: expected what row 2 says of C9 (Congress of 2030)" in told


def test_event_facts_repeated_on_every_row_are_one_event(facts: Path, tmp_path: Path) -> None:
    event = "C9,Congress,Congress of  2030,People; air and emissions,2030,2030"
    cities = ("Berlin,Germany", "Montreal,Canada")
    rows = [f"{event},{city},participant,{SOURCE}," for city in cities]
    assert "1 event added, 2 participations added" in _run(facts, _csv(tmp_path, rows)).output


@pytest.mark.parametrize(
    ("city", "country", "city_id"),
    [
        ("MEDELLIN", "Colombia", "medellin"),
        ("Medellín", "COL", "medellin"),
        ("Ville-Marie", "Canada", "montreal"),
        ("Barcelona", "Spain", "barcelona"),
        ("Barcelona Metropolitan Area (AMB)", "Spain", "barcelona-amb"),
        ("Gauteng Province", "South Africa", "gauteng"),
    ],
)
def test_members_are_known_by_exact_names_in_their_country(
    facts: Path, tmp_path: Path, city: str, country: str, city_id: str
) -> None:
    _run(facts, _csv(tmp_path, [f"G1,,,,,,{city},{country},observer,{SOURCE},"]), "--yes")
    assert (city_id, "", "observer") in _parts(facts, "G1")


@pytest.mark.parametrize(
    ("city", "country", "organisation_id", "near"),
    [
        ("Medelin", "Colombia", "medelin-colombia", "Did you mean medellin (Medellín, Colombia)"),
        ("City of Berlin", "Germany", "city-of-berlin-germany", "Did you mean berlin ("),
        ("Victoria", "Canada", "victoria-canada", "Did you mean victoria (Victoria, Seychelles)?"),
        ("Graz", "Utopia", "graz-utopia", "The country is not in roster/countries.csv."),
        ("Bremen", "Germany", "bremen-germany", "Bremen, Germany, outside the roster.\n"),
        ("Vienna", "Austria", "vienna-austria", ""),
    ],
)
def test_cities_outside_the_roster_become_partners_and_near_members_are_named(
    facts: Path, tmp_path: Path, city: str, country: str, organisation_id: str, near: str
) -> None:
    done = _run(facts, _csv(tmp_path, [f"G1,,,,,,{city},{country},observer,{SOURCE},"]), "--yes")
    assert near in done.output
    assert ("", organisation_id, "observer") in _parts(facts, "G1")
    known = [row["organisation_id"] for row in _rows(facts, "organisations.csv")]
    assert known == sorted({"vienna-austria", organisation_id})


def test_a_partner_named_in_another_script_gets_an_id_of_latin_letters(
    facts: Path, tmp_path: Path
) -> None:
    rows = [f"G1,,,,,,{city},China,observer,{SOURCE}," for city in ("苏州", "无锡", "苏州")]
    done = _run(facts, _csv(tmp_path, rows), "--yes")
    assert "2 outside partners added" in done.output
    partners = [organisation for _, organisation, _ in _parts(facts, "G1") if organisation]
    assert len(partners) == 2
    assert all(partner.isascii() and partner.endswith("-china") for partner in partners)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("Medellin", "Medellín", "'Medellin' and 'Medellín' are one city (medellin)"),
        ("Guangzhou", "广州", "'Guangzhou' and '广州' are one city (guangzhou)"),
        ("Lubeck", "LÜBECK", "'Lubeck' and 'LÜBECK' are one city (lubeck-germany)"),
        ("Berlin", "Berlin", "rows 2 and 3: one city (berlin)"),
    ],
)
def test_two_spellings_of_one_city_are_one_participation(
    facts: Path, tmp_path: Path, first: str, second: str, told: str
) -> None:
    countries = {"M": "Colombia", "G": "China", "L": "Germany", "B": "Germany"}
    country = countries[first[0]]
    rows = [
        f"I1,,,,,,{first},{country},observer,{SOURCE},",
        f"I1,,,,,,{second},{country},Observer,{SOURCE}/2,",
    ]
    done = _run(facts, _csv(tmp_path, rows), "--yes")
    assert "1 participation added" in done.output
    assert told in done.output
    assert "one participation; source_url of row 3 left out." in done.output
    assert sum(role == "observer" for *_, role in _parts(facts, "I1")) == 1


def test_two_roles_of_one_city_are_two_participations(facts: Path, tmp_path: Path) -> None:
    rows = [f"I1,,,,,,Berlin,Germany,{role},{SOURCE}," for role in ("Lead", "co-president")]
    done = _run(facts, _csv(tmp_path, rows), "--yes")
    assert "2 participations added" in done.output
    assert ("berlin", "", "co_president") in _parts(facts, "I1")


def test_a_role_that_comes_up_for_the_first_time_is_told(facts: Path, tmp_path: Path) -> None:
    done = _run(facts, _csv(tmp_path, [f"A1,,,,,,Berlin,Germany,hosts,{SOURCE},"]))
    assert "! row 2: the role 'hosts' is new. Did you mean host?" in done.output


def test_a_new_event_with_a_title_on_record_is_told(facts: Path, tmp_path: Path) -> None:
    rows = [f"X1,congress,CONGRESS of 2021,,2021,,Berlin,Germany,host,{SOURCE},"]
    told = _run(facts, _csv(tmp_path, rows)).output
    assert "! X1 has the title of C1: use one id if they are one." in told


@pytest.fixture
def metropolis(facts: Path) -> Path:
    """Montréal stands for the whole metropolis: its name may as well mean the city inside it."""
    change_fact(facts, "roster/members.csv", "montreal,Montréal,", "montreal,Greater Montréal,")
    with (facts / "roster" / "scopes.csv").open("a") as file:
        file.write("montreal,metropolis,yes,made up\n")
    return facts


WITH_IDS = ",".join((*REQUIRED, *OPTIONAL))


def test_an_ambiguous_name_is_refused(metropolis: Path, tmp_path: Path) -> None:
    rows = [f"I1,,,,,,Montreal,Canada,observer,{SOURCE},"]
    told = _told(metropolis, _csv(tmp_path, rows))
    assert "row 2, column city: expected a name that means one only, found 'Montreal'" in told
    assert "montreal (Greater Montréal, Canada)" in told
    assert "Fill the column city_id, or organisation_id with montreal-canada." in told


@pytest.mark.parametrize(
    ("ids", "part"),
    [
        ("montreal,", ("montreal", "", "observer")),
        (",montreal-canada", ("", "montreal-canada", "observer")),
        (",vienna-austria", ("", "vienna-austria", "observer")),
    ],
)
def test_ids_settle_an_ambiguous_name(
    metropolis: Path, tmp_path: Path, ids: str, part: tuple[str, str, str]
) -> None:
    rows = [f"I1,,,,,,Montreal,Canada,observer,{SOURCE},,{ids}"]
    path = _csv(tmp_path, rows, WITH_IDS)
    assert _run(metropolis, path, "--yes").exit_code == 0
    assert part in _parts(metropolis, "I1")
    assert "1 already there" in _run(metropolis, path).output


def test_a_metropolis_of_the_same_city_is_taken_by_its_id(facts: Path, tmp_path: Path) -> None:
    rows = [f"I1,,,,,,Medellin,Colombia,observer,{SOURCE},,valle-de-aburra,"]
    assert _run(facts, _csv(tmp_path, rows, WITH_IDS), "--yes").exit_code == 0
    assert ("valle-de-aburra", "", "observer") in _parts(facts, "I1")


@pytest.mark.parametrize(
    ("cells", "ids", "column", "told"),
    [
        ("Berlin,Germany", "berlyn,", "city_id", "Did you mean berlin?"),
        ("Berlin,Germany", "medellin,", "city_id", "expected a member in Germany"),
        ("Berlin,", "medellin,", "", ""),
        ("Gauteng Province,South Africa", "johannesburg,", "city_id", "expected gauteng"),
        ("Berlin,Germany", "berlin,vienna-austria", "city_id", "Leave one of them empty."),
        ("Ulm,Germany", ",ulm", "organisation_id", "A new partner of this name is ulm-germany."),
        ("Ulm,", ",ulm", "country", "expected a country of the new partner"),
    ],
)
def test_an_id_that_contradicts_its_row_is_refused(
    facts: Path, tmp_path: Path, cells: str, ids: str, column: str, told: str
) -> None:
    path = _csv(tmp_path, [f"I1,,,,,,{cells},observer,{SOURCE},,{ids}"], WITH_IDS)
    if not column:  # without a country an id is all there is to go by
        assert _run(facts, path, "--yes").exit_code == 0
        return
    output = _told(facts, path)
    assert f"row 2, column {column}: " in output
    assert told in output


SPOILT: list[tuple[Callable[[str], bytes], str]] = [
    (lambda text: text.replace(",", ";").encode(), "Save it with commas, not semicolons."),
    (lambda text: text.encode("cp1252"), "row 3: expected text in UTF-8, found other bytes"),
    (lambda text: text.replace("role", "part", 1).encode(), "Missing: role. Not known: part."),
    (lambda text: text.replace("country", "contry", 1).encode(), "you mean country by contry?"),
    (lambda text: text.replace("kind", "title", 1).encode(), "Missing: kind. Twice: title."),
    (lambda text: text.replace(",note", ",note,note", 1).encode(), "Twice: note."),
    (lambda text: text.split("\n")[0].encode(), "expected participations, found none"),
    (lambda _text: b"", "found 0 bytes"),
    (lambda text: text.rstrip()[:-30].encode(), "row 3: expected 11 cells, found 9 cells."),
    (lambda text: (text + 'C9,,,"half').encode(), "The file may be cut off, or a quotation mark"),
    (lambda text: text.replace("Montréal", "Montréal, QC").encode(), "found 12 cells. Put a cell"),
    (lambda _text: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "expected text in UTF-8"),
    (lambda _text: b"a\0b\0c", "expected text, found other bytes"),
    (lambda _text: b'{"events": []}', "Is it the right file?"),
    (lambda _text: b"PK\x03\x04 and then something else", "expected a whole Excel workbook"),
]


@pytest.mark.parametrize(("spoil", "told"), SPOILT)
def test_a_file_of_another_kind_is_refused(
    facts: Path, tmp_path: Path, spoil: Callable[[str], bytes], told: str
) -> None:
    rows = [GOOD[0], f"C9,,,,,,Montréal,Canada,participant,{SOURCE},"]
    path = _csv(tmp_path, rows)
    path.write_bytes(spoil(path.read_text(encoding="utf-8")))
    output = _told(facts, path)
    assert told in output
    assert "events to add.csv" in output


def test_a_missing_file_is_told(facts: Path, tmp_path: Path) -> None:
    assert "Check the path." in _told(facts, tmp_path / "absent.csv")


def test_one_file_at_a_time(facts: Path, tmp_path: Path) -> None:
    path = _csv(tmp_path, GOOD)
    assert "expected exactly this file, found 2 files" in _run(facts, path, str(path)).output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_spreadsheets_save_as_text_is_read(facts: Path, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "events.csv"
    lines = [f"{HEADER.upper()},,", *(f"{row},," for row in GOOD), "," * 12]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert "1 event added, 4 participations added" in _run(facts, path).output


def _workbook(path: Path, rows: list[str]) -> Path:
    """A workbook as a person makes it: years are numbers, empty rows in between."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Events")
        for column, name in enumerate(REQUIRED):
            sheet.write(0, column, name.title())
        for place, row in enumerate(rows):
            for column, cell in enumerate(row.split(",")):
                if cell:
                    sheet.write(2 * place + 1, column, int(cell) if cell.isdigit() else cell)
        sheet.set_column(0, 20, 30)
    return path


def test_a_workbook_gives_what_a_csv_gives(facts: Path, tmp_path: Path) -> None:
    _run(facts, _workbook(tmp_path / "events.xlsx", GOOD), "--yes")
    from_workbook = _contents(facts)
    again = Path(shutil.copytree(DATA, tmp_path / "again"))
    _run(again, _csv(tmp_path, GOOD), "--yes")
    assert from_workbook == _contents(again)


def test_problems_of_a_workbook_name_the_row_of_the_sheet(facts: Path, tmp_path: Path) -> None:
    rows = [GOOD[0], "C9,,,,,,Montreal,Canada,participant,,"]
    told = _told(facts, _workbook(tmp_path / "events.xlsx", rows))
    assert "events.xlsx, row 4, column source_url" in told


def test_a_workbook_that_is_cut_off_is_refused(facts: Path, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "events.xlsx", GOOD)
    path.write_bytes(path.read_bytes()[:2000])
    assert "expected a whole Excel workbook" in _told(facts, path)


def test_nothing_is_written_where_one_file_cannot_be(facts: Path, tmp_path: Path) -> None:
    change = events_change(_csv(tmp_path, GOOD), facts)
    before = _contents(facts)
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
    path = _csv(tmp_path, rows)
    started = time.perf_counter()
    done = _run(facts, path, "--yes")
    seconds = time.perf_counter() - started
    assert "1000 events added, 5000 participations added" in done.output
    assert "1000 outside partners added, 0 rows refused" in done.output
    assert seconds < 5
    assert "5000 already there" in _run(facts, path).output


def test_5000_bad_rows_are_counted_and_the_first_ones_told(facts: Path, tmp_path: Path) -> None:
    rows = [f"P1,,,,,,Berlin,Germany,role {number},," for number in range(5000)]
    told = _told(facts, _csv(tmp_path, rows))
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
        sheet = _csv(Path(folder), _lines(rows))
        change = events_change(sheet, one)
        assert not change.problems
        assert len(change.parts) + change.already + len(change.notes) == len(rows)
        write_events(change)
        assert events_change(sheet, one).is_empty
        for half in (other[::2], other[1::2]):
            if half:
                write_events(events_change(_csv(Path(folder), _lines(half)), several))
        for event_id in ("X1", "X2", "P1"):
            assert _parts(one, event_id) == _parts(several, event_id)
        assert (one / "network/events.csv").read_text() == (
            several / "network/events.csv"
        ).read_text()
