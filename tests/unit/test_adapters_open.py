"""The open sources' adapters, each on a small file in its publisher's layout."""

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from observatory.errors import DatasetError
from observatory.ingest.adapters import (
    carbon_monitor_cities,
    net_zero_tracker_2022,
    openghgmap_2018,
    sdg_11_2_1,
    unhabitat_green_2024,
    unhabitat_open_space_2024,
    wikidata_2022,
)
from observatory.ingest.extract import FIGURE_COLUMNS, PLACE_COLUMNS, Adapter, Extract, Roster

COUNTRIES = (
    ("MEX", "MX", "Mexico", ""),
    ("ROU", "RO", "Romania", ""),
    ("AUT", "AT", "Austria", ""),
    ("BRA", "BR", "Brazil", ""),
    ("GRC", "GR", "Greece", ""),
    ("NOR", "NO", "Norway", ""),
    ("USA", "US", "United States", "United States of America"),
)


@pytest.fixture
def roster() -> Roster:
    countries = pd.DataFrame(COUNTRIES, columns=["iso3", "iso2", "country_name", "aliases"])
    nothing = pd.DataFrame()
    return Roster(nothing, nothing, nothing, nothing, countries)


def write_csv(path: Path, *rows: tuple[object, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_sheet(path: Path, sheet: str, *rows: tuple[object, ...]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def extract_of(adapter: Adapter, path: Path, roster: Roster) -> Extract:
    """What the adapter reads, once its shape is seen to be as declared."""
    extract = adapter.read([path], roster)
    assert list(extract.places.columns) == list(PLACE_COLUMNS)
    assert set(extract.figures.columns) >= set(FIGURE_COLUMNS)
    assert extract.places["place_key"].is_unique
    assert set(extract.figures["place_key"]) <= set(extract.places["place_key"])
    return extract


def figure(extract: Extract, place_key: str, indicator_id: str, year: int | None) -> pd.Series:
    """The one figure with this key."""
    figures = extract.figures
    chosen = figures[
        (figures["place_key"] == place_key) & (figures["indicator_id"] == indicator_id)
    ]
    if year is not None:
        chosen = chosen[chosen["period_year"] == year]
    assert len(chosen) == 1
    return chosen.iloc[0]


def without_column(row: tuple[object, ...], name: str) -> tuple[object, ...]:
    return tuple("other" if cell == name else cell for cell in row)


GREEN_HEADER = (
    "Country or Territory Name",
    "City Code",
    "City Name",
    *unhabitat_green_2024.FIGURES,
    "Data Source",
)
TOLUCA = ("Mexico", "MX_TOLUCA", "México_Toluca", 5.5, 5.8, 3.9, 3.5, 7.75, 5.27, 2.59, 1.71, "x")
GAP = ("Mexico", "MX_TEPIC", "Tepic", 20.0, 0.0, 18.0, 16.0, 50.0, 0.0, 40.0, "30.5", "x")
AVERAGE = ("Global Average", "", "", 19.4, 17.0, 15.0, 13.9, 66.9, 49.3, 36.2, 30.6, "x")


def test_green_areas_keep_year_and_unit_and_leave_out_averages(
    tmp_path: Path, roster: Roster
) -> None:
    path = write_sheet(tmp_path / "green.xlsx", "Data", GREEN_HEADER, TOLUCA, GAP, AVERAGE)
    extract = extract_of(unhabitat_green_2024.ADAPTER, path, roster)
    assert list(extract.places["place_name"]) == ["México_Toluca", "Tepic"]
    assert set(extract.places["iso3"]) == {"MEX"}
    share = figure(extract, "MX_TOLUCA", "green_area_share_pct", 2010)
    assert (share["value"], share["source_row"], share["scale"]) == (3.9, "2", "metro")
    assert figure(extract, "MX_TEPIC", "green_area_m2_per_person", 2020)["value"] == 30.5


def test_a_green_area_of_zero_between_others_is_missing(tmp_path: Path, roster: Roster) -> None:
    path = write_sheet(tmp_path / "green.xlsx", "Data", GREEN_HEADER, TOLUCA, GAP)
    extract = extract_of(unhabitat_green_2024.ADAPTER, path, roster)
    assert (extract.figures["value"] > 0).all()
    assert len(extract.figures) == 14
    assert len(extract.notes) == 2
    assert "Tepic 2000" in extract.notes[0]


def test_green_areas_refuse_a_missing_column_and_text_for_a_number(
    tmp_path: Path, roster: Roster
) -> None:
    header = without_column(GREEN_HEADER, "City Code")
    path = write_sheet(tmp_path / "green.xlsx", "Data", header, TOLUCA)
    with pytest.raises(DatasetError, match="City Code"):
        unhabitat_green_2024.ADAPTER.read([path], roster)
    path = write_sheet(
        tmp_path / "green.xlsx", "Data", GREEN_HEADER, (*TOLUCA[:3], "n/a", *TOLUCA[4:])
    )
    with pytest.raises(DatasetError, match=r"row 2.*expected a number, found 'n/a'"):
        unhabitat_green_2024.ADAPTER.read([path], roster)


SHARE, ACCESS = unhabitat_open_space_2024.INDICATORS
SPACE_HEADER = (
    "Country or Territory Name",
    "City Code",
    "City Name",
    SHARE,
    ACCESS,
    "Data Reference Year",
    "Data Source",
)


def test_open_space_keeps_two_years_of_one_city_and_skips_empty_cells(
    tmp_path: Path, roster: Roster
) -> None:
    path = write_sheet(
        tmp_path / "space.xlsx",
        unhabitat_open_space_2024.SHEET,
        SPACE_HEADER,
        ("Norway", "NO_OSLO", "Oslo ", 32.4, 56.0, 2022, "Statistics Norway"),
        ("Norway", "NO_OSLO", "Oslo", None, 57.5, 2018, "Statistics Norway"),
        ("World", "", "", None, 44.2, 2020, "UN-Habitat"),
    )
    extract = extract_of(unhabitat_open_space_2024.ADAPTER, path, roster)
    assert extract.places[["place_name", "iso3"]].to_numpy().tolist() == [["Oslo", "NOR"]]
    assert len(extract.figures) == 3
    assert figure(extract, "NO_OSLO", "open_public_space_share_pct", 2022)["value"] == 32.4
    earlier = figure(extract, "NO_OSLO", "open_public_space_access_pct", 2018)
    assert (earlier["value"], earlier["note"]) == (57.5, "data: Statistics Norway")


def test_open_space_refuses_a_missing_column(tmp_path: Path, roster: Roster) -> None:
    header = without_column(SPACE_HEADER, ACCESS)
    path = write_sheet(tmp_path / "space.xlsx", unhabitat_open_space_2024.SHEET, header)
    with pytest.raises(DatasetError, match="convenient access"):
        unhabitat_open_space_2024.ADAPTER.read([path], roster)


TRANSPORT_HEADER = sdg_11_2_1.COLUMNS


def transport_row(
    city: str, point: str, geoname: int, people: int, pct: float
) -> tuple[object, ...]:
    return ("BR", city, point, 2020, geoname, -23.5, -46.6, people, pct)


def test_transport_access_carries_identifier_and_percent(tmp_path: Path, roster: Roster) -> None:
    row = transport_row("Belem", "Belém", 11, 1_400_000, 31.2)
    path = write_csv(tmp_path / "pt.csv", TRANSPORT_HEADER, row, row)  # repeats word by word occur
    extract = extract_of(sdg_11_2_1.ADAPTER, path, roster)
    place = extract.places.iloc[0]
    assert (place["place_name"], place["iso3"], place["identifier"]) == ("Belém", "BRA", "11")
    access = figure(extract, "BR|Belem", "public_transport_access_pct", 2020)
    assert (access["value"], access["source_row"]) == (31.2, "2")


def test_transport_access_trusts_no_small_or_shared_point(tmp_path: Path, roster: Roster) -> None:
    path = write_csv(
        tmp_path / "pt.csv",
        TRANSPORT_HEADER,
        transport_row("Sao Paulo", "Frei Paulo", 3, 7_047, 88.3),
        transport_row("Abha", "Abha", 4, 210_000, 56.5),
        transport_row("Rafa", "Abha", 4, 210_000, 50.8),
    )
    places = extract_of(sdg_11_2_1.ADAPTER, path, roster).places
    assert list(places["place_name"]) == ["Sao Paulo", "Abha", "Rafa"]
    assert places[["identifier", "latitude_deg", "longitude_deg"]].isna().all(axis=None)


def test_transport_access_leaves_out_a_name_with_several_points(
    tmp_path: Path, roster: Roster
) -> None:
    path = write_csv(
        tmp_path / "pt.csv",
        TRANSPORT_HEADER,
        transport_row("Rada", "Ar Raydah", 5, 90_000, 55.0),
        transport_row("Rada", "Rada", 6, 90_000, 55.0),
    )
    extract = extract_of(sdg_11_2_1.ADAPTER, path, roster)
    assert extract.figures.empty
    assert "Rada (BR)" in extract.notes[0]


TRACKER_HEADER = net_zero_tracker_2022.COLUMNS


def tracker_row(*actor: str, **cells: object) -> tuple[object, ...]:
    return ("2022-05-28 08:07:58", *actor, *(cells.get(name) for name in TRACKER_HEADER[5:]))


def test_the_tracker_gives_categories_years_and_flags_of_cities_only(
    tmp_path: Path, roster: Roster
) -> None:
    path = write_sheet(
        tmp_path / "tracker.xlsx",
        "Sheet1",
        TRACKER_HEADER,
        tracker_row("COU-1", "Mexico", "MEX", "Country", end_target="Net zero"),
        tracker_row(
            "CIT-1",
            "Atlanta, GA",
            "USA",
            "City",
            end_target="Net zero",
            end_target_year=2050,
            has_plan="Yes",
            equity="No",
        ),
        tracker_row(
            "CIT-2", "Tepic", "MEX", "City", end_target="No target", race_to_zero_member="No"
        ),
    )
    extract = extract_of(net_zero_tracker_2022.ADAPTER, path, roster)
    assert list(extract.places["place_key"]) == ["CIT-1", "CIT-2"]
    assert figure(extract, "CIT-1", "climate_target_type", 2022)["category"] == "Net zero"
    assert figure(extract, "CIT-1", "climate_target_year", 2022)["value"] == 2050
    assert figure(extract, "CIT-1", "climate_plan_published", 2022)["value"] == 1
    assert figure(extract, "CIT-1", "climate_equity", 2022)["value"] == 0
    second = extract.figures[extract.figures["place_key"] == "CIT-2"]
    assert set(second["indicator_id"]) == {"climate_target_type", "race_to_zero_member"}
    assert set(second["source_row"]) == {"4"}


def test_the_tracker_refuses_a_missing_column_and_an_unknown_answer(
    tmp_path: Path, roster: Roster
) -> None:
    path = write_sheet(tmp_path / "t.xlsx", "S", without_column(TRACKER_HEADER, "has_plan"))
    with pytest.raises(DatasetError, match="has_plan"):
        net_zero_tracker_2022.ADAPTER.read([path], roster)
    row = tracker_row("CIT-1", "Tepic", "MEX", "City", equity="Maybe")
    path = write_sheet(tmp_path / "t.xlsx", "S", TRACKER_HEADER, row)
    with pytest.raises(DatasetError, match=r"row 2, column equity.*'Maybe'"):
        net_zero_tracker_2022.ADAPTER.read([path], roster)


TOTALS_HEADER = ("emissions_id", "actor_id", "year", "total_emissions", "datasource_id")


def totals_file(path: Path, source: str, *rows: tuple[str, int, object]) -> Path:
    lines = [(f"x:{actor}", actor, year, total, f"{source}:v1") for actor, year, total in rows]
    return write_csv(path, TOTALS_HEADER, *lines)


def test_carbon_monitor_is_an_index_of_2019_and_hands_on_no_level(
    tmp_path: Path, roster: Roster
) -> None:
    path = totals_file(
        tmp_path / "EmissionsAgg.csv",
        "carbon_monitor_cities",
        ("MX MEX", 2021, 50),
        ("MX MEX", 2019, 40),
        ("BR SAO", 2020, 70),
    )
    extract = extract_of(carbon_monitor_cities.ADAPTER, path, roster)
    assert extract.places["identifier"].tolist() == ["MXMEX", "BRSAO"]
    assert extract.places["iso3"].tolist() == ["MEX", "BRA"]
    assert figure(extract, "MXMEX", "co2_fossil_index", 2021)["value"] == 125
    assert figure(extract, "MXMEX", "co2_fossil_index", 2019)["status"] == "derived"
    assert len(extract.figures) == 2  # no index without a value in 2019


def test_openghgmap_takes_cities_and_no_countries_or_regions(
    tmp_path: Path, roster: Roster
) -> None:
    path = totals_file(
        tmp_path / "EmissionsAgg.csv",
        "openGHGmap",
        ("AT", 2018, 89_738_817),
        ("AT-5", 2018, 4_546_720),
        ("AT VIE", 2018, 7_000_000),
        ("AT GRZ", 2018, 1),
        ("AT GRZ", 2018, 2),
    )
    extract = extract_of(openghgmap_2018.ADAPTER, path, roster)
    assert extract.places["place_key"].tolist() == ["ATVIE"]
    assert figure(extract, "ATVIE", "co2_inventory_t", 2018)["value"] == 7_000_000
    assert "ATGRZ" in extract.notes[0]


def test_the_two_files_of_one_name_are_told_apart(tmp_path: Path, roster: Roster) -> None:
    path = totals_file(tmp_path / "EmissionsAgg.csv", "openGHGmap", ("AT VIE", 2018, 7))
    with pytest.raises(DatasetError, match="expected rows of carbon_monitor_cities"):
        carbon_monitor_cities.ADAPTER.read([path], roster)


def test_wikidata_leaves_out_ambiguous_codes_and_fails_areas_that_are_too_small(
    tmp_path: Path, roster: Roster
) -> None:
    item = "http://www.wikidata.org/entity/Q"
    path = write_csv(
        tmp_path / "area.csv",
        ("city", "locode", "area"),
        (f"{item}1", "BRSAO", 1523.0),
        (f"{item}2", "ATVIE", 414.8),
        (f"{item}2", "ATVIE", 410.0),
        (f"{item}3", "ATGRZ", 127.6),
        (f"{item}4", "ATGRZ", 127.6),
        (f"{item}5", "MXMEX", 0.7),
        (f"{item}6", "US-DC", 177.0),
    )
    extract = extract_of(wikidata_2022.ADAPTER, path, roster)
    area = figure(extract, "BRSAO", "administrative_area_km2", None)
    assert area["value"] == 1523
    assert pd.isna(area["period_year"])
    assert area["note"] == "Wikidata item Q1"
    assert extract.places["place_key"].tolist() == ["BRSAO", "MXMEX"]
    assert extract.figures["place_key"].tolist() == ["BRSAO"]
    assert "0.7 km2" in extract.failed["MXMEX"]
    assert extract.notes[0].startswith("2 codes")


@pytest.mark.parametrize(
    ("adapter", "column"),
    [
        (sdg_11_2_1.ADAPTER, "pct_pt_access"),
        (carbon_monitor_cities.ADAPTER, "total_emissions"),
        (openghgmap_2018.ADAPTER, "actor_id"),
        (wikidata_2022.ADAPTER, "locode"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.source_id,
)
def test_a_text_file_without_a_column_is_refused(
    adapter: Adapter, column: str, tmp_path: Path, roster: Roster
) -> None:
    header = (*TRANSPORT_HEADER, *TOTALS_HEADER, "city", "locode", "area")
    path = write_csv(tmp_path / "file.csv", without_column(header, column))
    with pytest.raises(DatasetError, match=column):
        adapter.read([path], roster)
