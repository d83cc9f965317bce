"""`ingest events`: who is meant by a name, and who may be."""

from pathlib import Path

import pytest

from observatory.ingest.event_sheet import OPTIONAL, REQUIRED
from tests.event_sheets import SOURCE, csv_file, parts_of, refusal, rows_of, run_import
from tests.facts import change_fact


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
    run_import(facts, csv_file(tmp_path, [f"G1,,,,,,{city},{country},observer,{SOURCE},"]), "--yes")
    assert (city_id, "", "observer") in parts_of(facts, "G1")


@pytest.mark.parametrize(
    ("city", "country", "organisation_id", "near"),
    [
        ("Medelin", "Colombia", "medelin-colombia", "Did you mean medellin (Medellín, Colombia)"),
        ("City of Berlin", "Germany", "city-of-berlin-germany", "Did you mean berlin ("),
        ("Victoria", "Canada", "victoria-canada", "Did you mean victoria (Victoria, Seychelles)?"),
        ("Graz", "Utopia", "graz-utopia", "The country is not in roster/countries.csv."),
        ("Bremen", "Germany", "bremen-germany", "Bremen, Germany, outside the roster (row 2).\n"),
        ("Vienna", "Austria", "vienna-austria", ""),
    ],
)
def test_cities_outside_the_roster_become_partners_and_near_members_are_named(
    facts: Path, tmp_path: Path, city: str, country: str, organisation_id: str, near: str
) -> None:
    sheet = csv_file(tmp_path, [f"G1,,,,,,{city},{country},observer,{SOURCE},"])
    before = rows_of(facts, "participations.csv")
    hasty = run_import(facts, sheet, "--yes")
    if "Did you mean" in near:
        assert f"found {organisation_id}, each called nearly like" in hasty.output
        assert rows_of(facts, "participations.csv") == before
        done = run_import(facts, sheet, answer="y\n")
    else:
        done = hasty
    assert near in done.output
    assert ("", organisation_id, "observer") in parts_of(facts, "G1")
    known = [row["organisation_id"] for row in rows_of(facts, "organisations.csv")]
    assert known == sorted({"vienna-austria", organisation_id})


def test_a_partner_named_in_another_script_gets_an_id_of_latin_letters(
    facts: Path, tmp_path: Path
) -> None:
    rows = [f"G1,,,,,,{city},China,observer,{SOURCE}," for city in ("苏州", "无锡", "苏州")]
    done = run_import(facts, csv_file(tmp_path, rows), "--yes")
    assert "2 outside partners added" in done.output
    partners = [organisation for _, organisation, _ in parts_of(facts, "G1") if organisation]
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
    done = run_import(facts, csv_file(tmp_path, rows), "--yes")
    assert "1 participation added" in done.output
    assert told in done.output
    assert "one participation; source_url of row 3 left out." in done.output
    assert sum(role == "observer" for *_, role in parts_of(facts, "I1")) == 1


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
    told = refusal(metropolis, csv_file(tmp_path, rows))
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
    path = csv_file(tmp_path, rows, WITH_IDS)
    assert run_import(metropolis, path, "--yes").exit_code == 0
    assert part in parts_of(metropolis, "I1")
    assert "1 already there" in run_import(metropolis, path).output


def test_a_metropolis_of_the_same_city_is_taken_by_its_id(facts: Path, tmp_path: Path) -> None:
    rows = [f"I1,,,,,,Medellin,Colombia,observer,{SOURCE},,valle-de-aburra,"]
    assert run_import(facts, csv_file(tmp_path, rows, WITH_IDS), "--yes").exit_code == 0
    assert ("valle-de-aburra", "", "observer") in parts_of(facts, "I1")


@pytest.mark.parametrize(
    ("cells", "ids", "column", "told"),
    [
        ("Berlin,Germany", "berlyn,", "city_id", "Did you mean berlin?"),
        ("Berlin,Germany", "medellin,", "city_id", "expected a member in Germany"),
        ("Gauteng Province,South Africa", "johannesburg,", "city_id", "expected gauteng"),
        ("Berlin,Germany", "berlin,vienna-austria", "city_id", "Leave one of them empty."),
        ("Ulm,Germany", ",ulm", "organisation_id", "A new partner of this name is ulm-germany."),
        ("Ulm,", ",ulm", "country", "expected a country of the new partner"),
    ],
)
def test_an_id_that_contradicts_its_row_is_refused(
    facts: Path, tmp_path: Path, cells: str, ids: str, column: str, told: str
) -> None:
    path = csv_file(tmp_path, [f"I1,,,,,,{cells},observer,{SOURCE},,{ids}"], WITH_IDS)
    output = refusal(facts, path)
    assert f"row 2, column {column}: " in output
    assert told in output


def test_an_id_needs_no_country_beside_it(facts: Path, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [f"I1,,,,,,The capital,,observer,{SOURCE},,berlin,"], WITH_IDS)
    assert run_import(facts, path, "--yes").exit_code == 0
    assert ("berlin", "", "observer") in parts_of(facts, "I1")
