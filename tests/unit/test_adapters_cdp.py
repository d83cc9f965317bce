"""The adapter of CDP's city-wide emissions, on test data in the six yearly layouts.

Cities and figures are invented; only the columns are the publisher's.
"""

import csv
from pathlib import Path

import pandas as pd
import pytest

from observatory.errors import DatasetError
from observatory.ingest.adapters import cdp_cities
from observatory.ingest.adapters.cdp_layouts import LAYOUTS, laid_out
from observatory.ingest.extract import Extract, Roster
from observatory.ingest.match import match_places

BODY, NAME, COUNTRY, PERIOD, TOTAL, SCOPE1 = range(6)
CALENDAR_2015 = "2015-01-01 - 2015-12-31"
TOWN = ("1", "City of Testtown", "Belgium", CALENDAR_2015, "3000000", "2000000")

# Columns of each layout in the publisher's spelling, first the six above, then the others
# that are read, each with the cell of the test data.
GPC_2018 = (
    "Account Number,Organization,Country,Accounting Year,Total BASIC Emissions (GPC),"
    "Total Scope 1 Emissions (metric tonnes CO2e)"
)
GPC_2020 = (
    "Account Number,Organization,Country,Accounting year,TOTAL BASIC Emissions (GPC),"
    "TOTAL Scope 1 Emissions (metric tonnes CO2e)"
)
COMPARED = "Inventory boundary (compared to Administrative city boundary)"
OTHERS_2018 = {
    "Gases Included": "GPC gases",
    "Inventory Boundary": "Same",
    "City-wide Emissions Inventory": "Yes",
}
OTHERS_2020 = {
    "Gases Included": "CO2",
    COMPARED: "Same",
    "City-wide emissions inventory": "Yes",
}
FILES: dict[int, tuple[str, dict[str, str]]] = {
    2016: (
        (
            "Account Number,City Name,Country,Measurement Year,"
            "Total City-wide Emissions (metric tonnes CO2e),"
            "Total Scope 1 Emissions (metric tonnes CO2e)"
        ),
        {"Reporting Year": "2016", "Gases included": "CO2; CH4", "Boundary": "0"},
    ),
    2017: (
        (
            "Account number,Organization,Country,Accounting year,"
            "Total emissions (metric tonnes CO2e),Total Scope 1 Emissions (metric tonnes CO2e)"
        ),
        {
            "Reporting year": "2017",
            "Gases included": "",
            "Boundary": "A metropolitan area",
            "Scopes Included ": "Total Scope 1 and Scope 2",
        },
    ),
    2018: (GPC_2018, {"Year Reported to CDP": "2018", **OTHERS_2018}),
    2019: (GPC_2018, {"Year Reported to CDP": "2019", **OTHERS_2018}),
    2020: (GPC_2020, {"Year Reported to CDP": "2020", **OTHERS_2020}),
    2021: (GPC_2020, {"Year Reported to CDP": "2021", **OTHERS_2020}),
}

MEMBERS = (
    ("brussels", "Brussels", "BEL"),
    ("cordoba", "Córdoba", "ARG"),
)


@pytest.fixture
def roster() -> Roster:
    members = pd.DataFrame(MEMBERS, columns=["city_id", "city", "iso3"])
    countries = [("BEL", "BE", "Belgium", ""), ("ARG", "AR", "Argentina", "")]
    countries += [("ESP", "ES", "Spain", "")]
    return Roster(
        members.assign(latitude_deg=float("nan"), longitude_deg=float("nan")),
        pd.DataFrame(
            [
                ("brussels", "Region of Brussels", "source-spelling", "cdp-cities"),
                ("cordoba", "Town Hall of Córdoba", "source-spelling", "cdp-cities"),
            ],
            columns=["city_id", "alias", "kind", "source_id"],
        ),
        pd.DataFrame(columns=["city_id", "scheme", "identifier"]),
        members[["city_id"]].assign(stands_for="city", answers_to_city_name="yes"),
        pd.DataFrame(countries, columns=["iso3", "iso2", "country_name", "aliases"]),
    )


def _written(
    folder: Path, year: int, *reports: tuple[str, ...], without: str = "", name: str = ""
) -> Path:
    """A file in the layout of a year, under a name that does not tell the year."""
    path = folder / (name or f"file {len(list(folder.iterdir()))}.csv")
    columns, others = FILES[year]
    header = [*columns.split(","), *others]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [column for column in header if column != without])
        writer.writeheader()
        for report in reports:
            row = dict(zip(header, [*report, *others.values()], strict=True))
            row.pop(without, None)
            writer.writerow(row)
    return path


def _of(extract: Extract, indicator_id: str) -> dict[int, float]:
    figures = extract.figures[extract.figures["indicator_id"] == indicator_id]
    return dict(zip(figures["period_year"], figures["value"], strict=True))


def _notes(extract: Extract, indicator_id: str) -> list[str]:
    figures = extract.figures
    return list(figures.loc[figures["indicator_id"] == indicator_id, "note"])


def _report(**cells: str) -> tuple[str, ...]:
    """The report of the test town with other cells: period=…, total=…, scope1=…, and so on."""
    places = {
        "body": BODY,
        "name": NAME,
        "country": COUNTRY,
        "period": PERIOD,
        "total": TOTAL,
        "scope1": SCOPE1,
    }
    report = list(TOWN)
    for which, cell in cells.items():
        report[places[which]] = cell
    return tuple(report)


@pytest.mark.parametrize("year", [layout.report_year for layout in LAYOUTS])
def test_a_layout_is_known_by_its_columns_and_reporting_year(tmp_path: Path, year: int) -> None:
    period = "12/31/2015 12:00:00 AM" if year == 2016 else CALENDAR_2015
    path = _written(tmp_path, year, _report(period=period), name="2099_nothing.csv")
    assert laid_out(path)[1].report_year == year


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019, 2020])
def test_total_and_scope_1_stand_at_the_accounting_year(
    tmp_path: Path, roster: Roster, year: int
) -> None:
    period = "12/31/2015 12:00:00 AM" if year == 2016 else CALENDAR_2015
    extract = cdp_cities.read([_written(tmp_path, year, _report(period=period))], roster)
    assert _of(extract, "ghg_total_t") == {2015: 3_000_000}
    assert _of(extract, "ghg_scope1_t") == {2015: 2_000_000}
    assert _of(extract, "cdp_disclosed") == {year: 1}
    assert set(extract.figures["source_row"]) == {f"row 2 of the file of {year}"}
    assert extract.notes == ()


def test_the_file_of_2021_states_no_total(tmp_path: Path, roster: Roster) -> None:
    extract = cdp_cities.read([_written(tmp_path, 2021, _report(total=""))], roster)
    assert _of(extract, "ghg_total_t") == {}
    assert _of(extract, "ghg_scope1_t") == {2015: 2_000_000}
    assert _of(extract, "cdp_disclosed") == {2021: 1}


def test_the_note_says_what_the_total_takes_in(tmp_path: Path, roster: Roster) -> None:
    files = [
        _written(tmp_path, 2017, TOWN),
        _written(tmp_path, 2019, _report(period="2016-07-01 - 2017-06-30")),
    ]
    extract = cdp_cities.read(files, roster)
    assert _notes(extract, "ghg_total_t") == [
        (
            "city-wide total, scopes as the city chose; Total Scope 1 and Scope 2; "
            "boundary: A metropolitan area; accounting period: 2015-01-01 - 2015-12-31; "
            "reported in 2017"
        ),
        (
            "BASIC total of the GPC; "
            "from the report of 2019 on not on one basis with earlier totals; "
            "gases: GPC gases; boundary: Same; accounting period: 2016-07-01 - 2017-06-30; "
            "reported in 2019"
        ),
    ]
    assert "basis" not in " ".join(_notes(extract, "ghg_scope1_t"))


def test_not_applicable_is_missing(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, 2018, _report(total="Not Applicable", scope1=""))
    extract = cdp_cities.read([path], roster)
    assert set(extract.figures["indicator_id"]) == {"cdp_disclosed"}
    assert extract.notes == ()


def test_a_total_that_is_no_number_is_refused_with_its_row(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, 2018, _report(total="much"))
    with pytest.raises(DatasetError, match=r"row 2, column Total BASIC .*found 'much'"):
        cdp_cities.read([path], roster)


def test_more_than_300_million_tonnes_is_left_out_and_told(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, 2018, _report(total="300000000", scope1="300000001"))
    extract = cdp_cities.read([path], roster)
    assert _of(extract, "ghg_total_t") == {2015: 300_000_000}
    assert _of(extract, "ghg_scope1_t") == {}
    assert extract.notes == (
        "Values left out: 1, above 300 million tonnes, an error of units (City of Testtown 2018).",
    )
    assert "scope 1 of the same report is an error of units" in _notes(extract, "ghg_total_t")[0]


def test_nothing_emitted_is_taken_as_missing(tmp_path: Path, roster: Roster) -> None:
    extract = cdp_cities.read([_written(tmp_path, 2018, _report(scope1="0"))], roster)
    assert _of(extract, "ghg_scope1_t") == {}
    assert extract.notes == (
        (
            "Values left out: 1, 0 is no figure of a whole city, so taken as missing "
            "(City of Testtown 2018)."
        ),
    )


def test_the_later_report_on_a_year_wins_in_any_order_of_files(
    tmp_path: Path, roster: Roster
) -> None:
    earlier = _written(tmp_path, 2017, _report(total="1000000"))
    later = _written(tmp_path, 2018, _report(name="City of Testtown, TT"))
    for files in ([earlier, later], [later, earlier]):
        extract = cdp_cities.read(files, roster)
        assert _of(extract, "ghg_total_t") == {2015: 3_000_000}
        assert _of(extract, "cdp_disclosed") == {2017: 1, 2018: 1}
        assert extract.places["place_name"].tolist() == ["City of Testtown, TT"]
        assert extract.notes == (
            (
                "Values that gave way to a later report on the same accounting year: 2, "
                "of which 1 to another value."
            ),
        )


def test_a_later_report_without_the_figure_replaces_nothing(tmp_path: Path, roster: Roster) -> None:
    files = [
        _written(tmp_path, 2017, TOWN),
        _written(tmp_path, 2018, _report(total="Not Applicable")),
    ]
    assert _of(cdp_cities.read(files, roster), "ghg_total_t") == {2015: 3_000_000}


@pytest.mark.parametrize(
    ("stated", "year"),
    [
        ("12/31/2014 12:00:00 AM", 2014),
        ("2014-01-01 - 2014-12-31", 2014),
        ("2014-07-01 - 2015-06-30", 2015),
        ("- 2014-12-31", None),
        ("2014-01-01 -", None),
        ("-", None),
        ("", None),
        ("2005-01-01 - 2012-12-31", None),
        ("2014-01-01 - 2014-01-31", None),
    ],
)
def test_the_accounting_year_is_the_one_in_which_one_year_ends(
    stated: str, year: int | None
) -> None:
    assert cdp_cities.accounting_year(stated)[0] == year


def test_figures_without_one_accounting_year_are_left_out_and_told(
    tmp_path: Path, roster: Roster
) -> None:
    path = _written(tmp_path, 2018, _report(period="-"))
    extract = cdp_cities.read([path], roster)
    assert set(extract.figures["indicator_id"]) == {"cdp_disclosed"}
    assert extract.notes == (
        "Values left out: 2, no whole accounting period is stated (City of Testtown 2018).",
    )


@pytest.mark.parametrize("stated", ["soon", "2014-13-01 - 2014-12-31"])
def test_a_period_of_another_form_is_refused_with_its_row(
    tmp_path: Path, roster: Roster, stated: str
) -> None:
    path = _written(tmp_path, 2018, _report(period=stated))
    with pytest.raises(DatasetError, match=f"row 2, column Accounting Year: .*found '{stated}'"):
        cdp_cities.read([path], roster)


def test_the_file_of_targets_is_refused_as_another_data_set(tmp_path: Path, roster: Roster) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("Year.Reported.to.CDP,Account.Number,Percentage.reduction.target\n2021,1,50\n")
    with pytest.raises(DatasetError, match="found emissions reduction targets, another data set"):
        cdp_cities.read([path], roster)


@pytest.mark.parametrize("year", [layout.report_year for layout in LAYOUTS])
def test_a_file_without_a_column_is_refused_by_the_columns_name(
    tmp_path: Path, roster: Roster, year: int
) -> None:
    scope1 = FILES[year][0].split(",")[SCOPE1]
    path = _written(tmp_path, year, TOWN, without=scope1)
    with pytest.raises(DatasetError, match=r"expected the columns T.*Scope 1 .* of the layout of"):
        cdp_cities.read([path], roster)


def test_two_files_of_one_year_are_refused(tmp_path: Path, roster: Roster) -> None:
    files = [_written(tmp_path, 2018, TOWN), _written(tmp_path, 2018, TOWN)]
    with pytest.raises(DatasetError, match=r"expected one file a reporting year, found 2018 in"):
        cdp_cities.read(files, roster)


def test_a_year_without_a_layout_is_refused(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, 2018, TOWN)
    path.write_text(path.read_text().replace(",2018,", ",2023,"))
    with pytest.raises(DatasetError, match="expected reports of 2018 or 2019, found 2023"):
        cdp_cities.read([path], roster)


def test_no_file_at_all_is_refused(roster: Roster) -> None:
    with pytest.raises(DatasetError, match="expected one to 6 files, found none"):
        cdp_cities.read([], roster)


def test_the_municipality_of_brussels_is_not_the_region(tmp_path: Path, roster: Roster) -> None:
    """Account 35854 must not match, however the file spells it; the Region itself would."""
    path = _written(
        tmp_path,
        2019,
        _report(body="35854", name="Brussels"),
        _report(body="2", name="Region of Brussels"),
    )
    extract = cdp_cities.read([path], roster)
    report = match_places(extract.places, roster, cdp_cities.ADAPTER)
    assert dict(report.assigned.itertuples(index=False)) == {"brussels": "2"}
    assert "35854" not in set(extract.figures["place_key"])
    assert extract.notes == (
        (
            "Reports left out: 1 of account 35854, City of Brussels, one municipality of the "
            "Brussels-Capital Region."
        ),
    )


def test_a_namesake_in_another_country_is_not_taken(tmp_path: Path, roster: Roster) -> None:
    path = _written(
        tmp_path,
        2018,
        _report(body="3", name="Town Hall of Córdoba", country="Spain"),
        _report(body="4", name="Town Hall  of Córdoba", country="Argentina"),
    )
    extract = cdp_cities.read([path], roster)
    report = match_places(extract.places, roster, cdp_cities.ADAPTER)
    assert dict(report.assigned.itertuples(index=False)) == {"cordoba": "4"}


def test_the_body_is_matched_and_not_the_city_it_lies_in(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, 2018, _report(body="5", name="District 4 of Córdoba"))
    extract = cdp_cities.read([path], roster)
    assert match_places(extract.places, roster, cdp_cities.ADAPTER).assigned.empty


def test_a_metropolitan_body_is_told_in_the_boundary(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, 2018, _report(body="35898", name="Greater Testtown"), TOWN)
    extract = cdp_cities.read([path], roster)
    boundaries = extract.figures.drop_duplicates("place_key").set_index("place_key")["boundary"]
    assert boundaries.to_dict() == {"35898": "metropolitan body", "1": "city government"}
    scales = extract.places.set_index("place_key")["scale"].to_dict()
    assert scales == {"35898": "metro", "1": "city"}
