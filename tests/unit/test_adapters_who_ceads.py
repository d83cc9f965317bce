"""WHO air quality and CEADs: small workbooks made by hand in the publishers' layouts."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from observatory.errors import DatasetError
from observatory.ingest.adapters import ceads_china, who_air_2022
from observatory.ingest.extract import FIGURE_COLUMNS, PLACE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.match import match_places
from observatory.ingest.tidy import report_of, tidy_rows

MEMBERS = (
    ("cordoba", "Córdoba", "ARG", "city", "yes"),
    ("fuzhou", "Fuzhou", "CHN", "city", "yes"),
    ("guadalajara", "Guadalajara", "MEX", "metropolis", "yes"),
    ("isfahan", "Isfahan", "IRN", "city", "yes"),
    ("jilin", "Jilin", "CHN", "city", "yes"),
    ("minas-gerais", "Belo Horizonte", "BRA", "region", "no"),
    ("taichung", "Taichung", "TWN", "city", "yes"),
)
ALIASES = (
    ("guadalajara", "Zona Metropolitana de Guadalajara", "other-language", ""),
    ("jilin", "吉林吉林", "source-spelling", "ceads-china"),
)


@pytest.fixture
def roster() -> Roster:
    members = pd.DataFrame(
        [(city_id, city, iso3, 0.0, 0.0) for city_id, city, iso3, _, _ in MEMBERS],
        columns=["city_id", "city", "iso3", "latitude_deg", "longitude_deg"],
    )
    scopes = pd.DataFrame(
        [(row[0], *row[3:]) for row in MEMBERS],
        columns=["city_id", "stands_for", "answers_to_city_name"],
    )
    aliases = pd.DataFrame(ALIASES, columns=["city_id", "alias", "kind", "source_id"], dtype="str")
    identifiers = pd.DataFrame(columns=["city_id", "scheme", "identifier"], dtype="str")
    return Roster(members, aliases, identifiers, scopes, pd.DataFrame())


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
    assert set(extract.figures.columns) == set(FIGURE_COLUMNS)
    assert extract.places["place_key"].is_unique
    assert set(extract.figures["place_key"]) <= set(extract.places["place_key"])
    return extract


def takers(extract: Extract, roster: Roster, adapter: Adapter) -> dict[str, str]:
    """Which member takes which place."""
    return dict(match_places(extract.places, roster, adapter).assigned.to_numpy().tolist())


AIR_HEADER = (
    "ISO3",
    "City or Locality",
    "Measurement Year",
    "PM2.5 (\u03bcg/m3)",
    "PM10 (\u03bcg/m3)",
    "NO2 (\u03bcg/m3)",
)


def air(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return write_sheet(tmp_path / "air.xlsx", who_air_2022.SHEET, AIR_HEADER, *rows)


def test_air_of_a_city_keeps_value_year_and_row_and_leaves_gaps(
    tmp_path: Path, roster: Roster
) -> None:
    path = air(tmp_path, ("CHN", "Jilin", 2015, 10.5, None, None))
    extract = extract_of(who_air_2022.ADAPTER, path, roster)
    assert len(extract.figures) == 1
    figure = extract.figures.iloc[0]
    assert figure["indicator_id"] == "pm25_measured_ug_per_m3"
    assert (figure["period_year"], figure["value"], figure["source_row"]) == (2015, 10.5, "2")
    assert pd.isna(figure["note"])


def test_several_rows_of_a_city_and_year_are_averaged_and_told(
    tmp_path: Path, roster: Roster
) -> None:
    path = air(
        tmp_path,
        ("CHN", "Jilin", 2015, 10, 30, None),
        ("CHN", "Jilin", 2015, 20, None, None),
        ("CHN", "Jilin", 2016, 40, None, None),
    )
    figures = extract_of(who_air_2022.ADAPTER, path, roster).figures
    averaged = figures[figures["note"].notna()]
    assert averaged[["value", "source_row", "note"]].to_numpy().tolist() == [
        [15.0, "2;3", "mean of 2 rows"]
    ]
    pm10 = figures[figures["indicator_id"] == "pm10_measured_ug_per_m3"]
    assert pm10[["value", "source_row"]].to_numpy().tolist() == [[30.0, "2"]]


def test_two_spellings_of_a_city_are_one_place(tmp_path: Path, roster: Roster) -> None:
    path = air(
        tmp_path,
        ("IRN", "Isfahan", 2011, 11, None, None),
        ("IRN", "Esfahan", 2012, 12, None, None),
        ("CHN", "Taichung City", 2014, 13, None, None),
    )
    extract = extract_of(who_air_2022.ADAPTER, path, roster)
    assert takers(extract, roster, who_air_2022.ADAPTER) == {
        "isfahan": "IRN|Isfahan",
        "taichung": "TWN|Taichung",
    }
    assert len(extract.figures) == 3


def test_a_namesake_abroad_a_core_city_and_a_region_take_no_air(
    tmp_path: Path, roster: Roster
) -> None:
    path = air(
        tmp_path,
        ("ESP", "Cordoba", 2015, 12, None, None),
        ("MEX", "Guadalajara", 2015, 14, None, None),
        ("BRA", "Belo Horizonte", 2015, 20, None, None),
    )
    extract = extract_of(who_air_2022.ADAPTER, path, roster)
    assert takers(extract, roster, who_air_2022.ADAPTER) == {}


def test_a_metropolis_takes_the_stations_of_its_whole_area(tmp_path: Path, roster: Roster) -> None:
    path = air(
        tmp_path,
        ("MEX", "Guadalajara", 2018, 14, None, None),
        ("MEX", "Zona Metropolitana De Guadalajara", 2018, None, 17.5, None),
    )
    extract = extract_of(who_air_2022.ADAPTER, path, roster)
    report = report_of(extract, roster, who_air_2022.ADAPTER)
    rows = tidy_rows(extract, report, who_air_2022.ADAPTER)
    assert rows[["place_id", "value", "scale", "boundary"]].to_numpy().tolist() == [
        ["guadalajara", 17.5, "city", "ground stations in the metropolitan area"]
    ]


def test_one_spelling_for_two_cities_gives_no_figure_and_says_so(
    tmp_path: Path, roster: Roster
) -> None:
    path = air(tmp_path, ("CHN", "Fuzhou", 2017, 15, None, None))
    extract = extract_of(who_air_2022.ADAPTER, path, roster)
    assert extract.figures.empty
    report = report_of(extract, roster, who_air_2022.ADAPTER).members.set_index("city_id")
    assert report.loc["fuzhou", "reason_code"] == "failed-check"
    assert "Jiangxi" in extract.notes[0]


def test_air_refuses_another_file_a_missing_column_and_text_for_a_number(
    tmp_path: Path, roster: Roster
) -> None:
    other = write_sheet(tmp_path / "other.xlsx", "Data", AIR_HEADER)
    with pytest.raises(DatasetError, match=r"expected a sheet 'AAP_2022_city_v9', found Data"):
        who_air_2022.ADAPTER.read([other], roster)
    without = write_sheet(tmp_path / "without.xlsx", who_air_2022.SHEET, AIR_HEADER[:-1])
    with pytest.raises(DatasetError, match="expected the columns NO2"):
        who_air_2022.ADAPTER.read([without], roster)
    text = air(tmp_path, ("CHN", "Jilin", 2015, "<5", None, None))
    with pytest.raises(DatasetError, match=r"row 2, column PM2.5.*expected a number, found '<5'"):
        who_air_2022.ADAPTER.read([text], roster)


INVENTORY_HEADER = ("ID", "city", "year", "emission")


def inventory(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return write_sheet(tmp_path / "ceads.xlsx", ceads_china.SHEET, INVENTORY_HEADER, *rows)


def test_inventories_stay_in_millions_of_tonnes_and_leave_gaps(
    tmp_path: Path, roster: Roster
) -> None:
    path = inventory(
        tmp_path, ("吉林吉林2000", "吉林吉林", 2000, 2.5), ("吉林吉林2001", "吉林吉林", 2001, None)
    )
    extract = extract_of(ceads_china.ADAPTER, path, roster)
    columns = ["period_year", "value", "status", "source_row"]
    assert extract.figures[columns].to_numpy().tolist() == [[2000, 2.5, "estimated", "2"]]
    assert extract.notes == ()


def test_a_chinese_city_is_told_from_its_province_and_from_its_namesake(
    tmp_path: Path, roster: Roster
) -> None:
    path = inventory(
        tmp_path,
        ("吉林吉林2000", "吉林吉林", 2000, 2.5),
        ("吉林通化2000", "吉林通化", 2000, 5.0),
        ("江西抚州2000", "江西抚州", 2000, 4.0),
    )
    extract = extract_of(ceads_china.ADAPTER, path, roster)
    assert takers(extract, roster, ceads_china.ADAPTER) == {"jilin": "吉林吉林"}


def test_a_year_outside_the_series_is_left_out_and_told(tmp_path: Path, roster: Roster) -> None:
    path = inventory(
        tmp_path, ("吉林吉林1995", "吉林吉林", 1995, 3.0), ("吉林吉林2000", "吉林吉林", 2000, 2.5)
    )
    extract = extract_of(ceads_china.ADAPTER, path, roster)
    assert set(extract.figures["period_year"]) == {2000}
    assert extract.notes == ("Years outside 1997-2019 were left out: 吉林吉林 1995.",)


def test_inventories_refuse_another_file_a_missing_column_and_text_for_a_number(
    tmp_path: Path, roster: Roster
) -> None:
    other = write_sheet(tmp_path / "other.xlsx", "emission matrix", INVENTORY_HEADER)
    with pytest.raises(DatasetError, match="expected a sheet 'emission vector'"):
        ceads_china.ADAPTER.read([other], roster)
    without = write_sheet(tmp_path / "without.xlsx", ceads_china.SHEET, INVENTORY_HEADER[:-1])
    with pytest.raises(DatasetError, match="expected the columns emission"):
        ceads_china.ADAPTER.read([without], roster)
    text = inventory(tmp_path, ("吉林吉林2000", "吉林吉林", 2000, "n/a"))
    with pytest.raises(DatasetError, match="row 2, column emission: expected a number"):
        ceads_china.ADAPTER.read([text], roster)
