"""Adapters of sources of points and places, on small files in the publishers' layout."""

import json
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from observatory.errors import DatasetError
from observatory.ingest.adapters import (
    citylines_2019,
    geonames,
    ghs_ucdb_streets,
    koppen,
    openflights,
    usgs_quakes,
)
from observatory.ingest.extract import Roster
from observatory.ingest.match import match_places
from tests.adapters import assert_tidy, small_roster, values, written


@pytest.fixture
def roster() -> Roster:
    return small_roster()


# OpenFlights


def airport(number: int, code: str, latitude: float, longitude: float, land: str) -> str:
    return (
        f'{number},"Name","City","{land}","{code}","ICAO",{latitude},{longitude},1,1,"E",'
        '"Europe/Berlin","airport","OurAirports"'
    )


@pytest.fixture
def airports(tmp_path: Path) -> Path:
    return written(
        tmp_path,
        "airports.dat",
        airport(351, "TXL", 52.56, 13.29, "Germany"),
        airport(337, "BER", 52.38, 13.52, "Germany"),
        airport(1382, "CDG", 49.01, 2.55, "France"),
        airport(1386, "ORY", 48.72, 2.38, "France"),
        airport(3370, "CAN", 23.39, 113.3, "China"),
    )


def test_openflights_counts_what_is_reached_without_a_stop(
    tmp_path: Path, airports: Path, roster: Roster
) -> None:
    routes = written(
        tmp_path,
        "routes_2014-08-06.dat",
        "LH,1,TXL,351,CDG,1382,,0,320",
        "AF,2,TXL,351,CDG,1382,Y,0,320",
        "AF,2,SXF,337,ORY,1386,,0,320",
        r"AF,2,BER,\N,ORY,1386,,0,320",
        "LH,1,TXL,351,SXF,337,,0,320",
        "XX,3,TXL,351,CAN,3370,,1,320",
        r"LH,1,TXL,351,ZZZ,\N,,0,320",
        "AF,2,CDG,1382,TXL,351,,0,320",
    )
    extract = openflights.ADAPTER.read([airports, routes], roster)
    assert_tidy(extract)
    # CDG, ORY and ZZZ; not its own SXF, and not Guangzhou after a stop.
    assert values(extract, "air_destinations") == {
        ("berlin", 2014): 3,
        ("twin", 2014): 3,
        ("paris", 2014): 1,
    }
    assert values(extract, "airlines")["berlin", 2014] == 2
    # From Paris both members at Berlin's airports are reached; these do not reach each other.
    assert values(extract, "air_links_to_members") == {
        ("berlin", 2014): 1,
        ("twin", 2014): 1,
        ("paris", 2014): 2,
    }
    rows = extract.figures.set_index("place_key")["source_row"]
    assert set(rows["berlin"]) == {"routes from BER SXF TXL"}
    assert any("1 routes with a stop" in note for note in extract.notes)


def test_openflights_gives_no_city_the_airport_across_a_border(
    tmp_path: Path, roster: Roster
) -> None:
    airports = written(
        tmp_path,
        "airports.dat",
        airport(351, "TXL", 52.56, 13.29, "Korea (Republic of)"),
        airport(1382, "CDG", 49.01, 2.55, "France"),
    )
    routes = written(
        tmp_path,
        "routes_2014-08-06.dat",
        "LH,1,TXL,351,CDG,1382,,0,320",
        "AF,2,CDG,1382,TXL,351,,0,320",
    )
    extract = openflights.ADAPTER.read([airports, routes], roster)
    assert values(extract, "airlines") == {("paris", 2014): 1}
    assert values(extract, "air_destinations") == {("paris", 2014): 1}


def test_openflights_takes_the_year_from_the_file_name(
    tmp_path: Path, airports: Path, roster: Roster
) -> None:
    files = [
        written(tmp_path, f"routes_{year}-01-24.dat", "LH,1,TXL,351,CDG,1382,,0,320")
        for year in (2012, 2013)
    ]
    extract = openflights.ADAPTER.read([*files, airports], roster)
    assert set(values(extract, "airlines")) == {
        (city, year) for city in ("berlin", "twin") for year in (2012, 2013)
    }


def test_openflights_refuses_other_files_and_short_rows(
    tmp_path: Path, airports: Path, roster: Roster
) -> None:
    with pytest.raises(DatasetError, match="routes_YYYY"):
        openflights.ADAPTER.read([airports], roster)
    cut = written(tmp_path, "routes_2014-08-06.dat", "LH,1,TXL,351,CDG,1382,,0,320", "LH,1,TX")
    with pytest.raises(DatasetError, match="row 2: expected 9 cells, found 3"):
        openflights.ADAPTER.read([airports, cut], roster)


# USGS


def test_quakes_count_within_300_km_with_their_decades(tmp_path: Path, roster: Roster) -> None:
    path = written(
        tmp_path,
        "earthquakes-23k.csv",
        "Date,Latitude,Longitude,Magnitude",
        "01/02/1965,52.5,13.4,6.0",
        "1975-02-23T02:58:41.000Z,52.5,13.4,5.6",
        "12/30/2016,51.0,13.4,5.5",
        "12/30/2016,52.5,13.4,5.4",
        "12/30/2016,40.0,13.4,7.0",
    )
    extract = usgs_quakes.ADAPTER.read([path], roster)
    assert_tidy(extract)
    counts = values(extract, "earthquakes_m55_300km")
    assert counts["berlin", 2016] == 3
    assert counts["paris", 2016] == 0
    assert ("region", 2016) not in counts
    row = extract.figures.set_index("place_key").loc["berlin"]
    assert row["note"] == ("by decade: 1965-69 1; 1970s 1; 1980s 0; 1990s 0; 2000s 0; 2010-16 1")
    assert row["source_row"] == "3 rows from 2 to 4"


def test_quakes_refuse_a_missing_column_and_a_bad_date(tmp_path: Path, roster: Roster) -> None:
    path = written(tmp_path, "a.csv", "Date,Latitude,Longitude", "01/02/1965,1,1")
    with pytest.raises(DatasetError, match="Magnitude"):
        usgs_quakes.ADAPTER.read([path], roster)
    path = written(tmp_path, "b.csv", "Date,Latitude,Longitude,Magnitude", "soon,1,1,6")
    with pytest.raises(DatasetError, match="row 2"):
        usgs_quakes.ADAPTER.read([path], roster)


# Koppen


@pytest.mark.parametrize(
    ("latitude_deg", "longitude_deg", "cell"),
    [(90, -180, (0, 0)), (-90, 180, (12959, 6479)), (0.01, 0.01, (6480, 3239))],
)
def test_cells_are_counted_from_the_north_west(
    latitude_deg: float, longitude_deg: float, cell: tuple[int, int]
) -> None:
    assert koppen.cell_of(latitude_deg, longitude_deg) == cell


def test_koppen_gives_the_class_of_the_cell_and_none_at_sea(
    tmp_path: Path, roster: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(koppen, "CELLS_AROUND", 36)
    monkeypatch.setattr(koppen, "CELLS_POLE_TO_POLE", 18)
    image = Image.new("L", (36, 18), 32)
    image.putpixel((19, 3), 10)  # 10 to 20 E, 50 to 60 N: Berlin
    image.putpixel((18, 4), 9)  # 0 to 10 E, 40 to 50 N: Paris
    image.save(tmp_path / koppen.GRID)
    table = written(
        tmp_path, koppen.CLASSES, ",kg_zone,zoneNum", "9,Cfa,9", "10,Cfb,10", "32,Ocean,32"
    )
    extract = koppen.ADAPTER.read([tmp_path / koppen.GRID, table], roster)
    assert_tidy(extract)
    classes = extract.figures.set_index("place_key")["category"].to_dict()
    assert classes == {"berlin": "Cfb", "paris": "Cfa", "twin": "Cfb"}
    assert "victoria" in extract.notes[0]


def test_koppen_reads_the_installed_package(roster: Roster) -> None:
    extract = koppen.ADAPTER.read([], roster)
    classes = extract.figures.set_index("place_key")["category"]
    assert classes["guangzhou"] == "Cwa"
    assert "victoria" not in classes


def test_koppen_refuses_a_broken_image(tmp_path: Path, roster: Roster) -> None:
    grid = tmp_path / koppen.GRID
    grid.write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    table = written(tmp_path, koppen.CLASSES, ",kg_zone,zoneNum", "9,Cfa,9")
    with pytest.raises(DatasetError, match="PNG"):
        koppen.ADAPTER.read([grid, table], roster)


# GeoNames


def test_geonames_matches_by_identifier_and_has_no_figures(tmp_path: Path, roster: Roster) -> None:
    berlin = {
        "geonameid": 2950159,
        "name": "Berlin",
        "latitude": 52.52,
        "longitude": 13.41,
        "countrycode": "DE",
    }
    path = written(tmp_path, "cities15000.json", json.dumps({"2950159": berlin}))
    extract = geonames.ADAPTER.read([path], roster)
    assert_tidy(extract)
    assert extract.figures.empty
    matched = match_places(extract.places, roster, geonames.ADAPTER).matched
    assert matched[["city_id", "matched_by"]].to_numpy().tolist() == [["berlin", "identifier"]]


@pytest.mark.parametrize("content", ['{"1": {"geonameid": 1', "{}", '{"1": {"name": "x"}}'])
def test_geonames_refuses_what_is_cut_off_or_lacks_fields(
    tmp_path: Path, roster: Roster, content: str
) -> None:
    with pytest.raises(DatasetError, match="expected"):
        geonames.ADAPTER.read([written(tmp_path, "cities15000.json", content)], roster)


# Urban centres

UCDB = sorted(
    {*ghs_ucdb_streets.PLACE_FIELDS} | {measure.column for measure in ghs_ucdb_streets.MEASURES}
)


def urban_centres(folder: Path, *rows: dict[str, str]) -> Path:
    lines = [",".join(f'"{row.get(column, "1")}"' for column in UCDB) for row in rows]
    return written(folder, "indicators.csv", ",".join(UCDB), *lines)


BERLIN = {
    "core_city": "berlin",
    "uc_names": "Berlin; Potsdam",
    "uc_id": "7",
    "country_iso": "DEU",
    "centroid_lat": "52.5",
    "centroid_lng": "13.4",
    "resident_pop": "3000",
    "area": "20.0",
    "gdp_ppp": "90000",
    "intersect_count_clean": "50",
    "prop_4way": "0.25",
    "prop_deadend": "0.1",
    "transport_co2_em_fossil": "",
    "land_use_efficiency": "INF",
}


def test_urban_centres_state_shares_in_percent_and_ratios_of_their_own(
    tmp_path: Path, roster: Roster
) -> None:
    extract = ghs_ucdb_streets.ADAPTER.read([urban_centres(tmp_path, BERLIN)], roster)
    assert_tidy(extract)
    found = extract.figures.set_index("indicator_id")["value"]
    assert found["four_way_intersections_pct"] == 25
    assert found["dead_ends_pct"] == 10
    assert found["population_density_per_km2"] == 150
    assert found["gdp_ppp_per_person_usd_2011"] == 30
    assert found["intersections_per_km2"] == 2.5
    assert "transport_co2_t" not in found
    assert "land_use_efficiency" not in found
    period = extract.figures.set_index("indicator_id")["period_year"]
    assert period["pm25_ug_per_m3"] == 2014
    assert period["street_grade"] == 2020
    assert pd.isna(period["elevation_m"])


def test_a_product_of_0_is_none(tmp_path: Path, roster: Roster) -> None:
    path = urban_centres(tmp_path, BERLIN | {"gdp_ppp": "0"})
    found = set(ghs_ucdb_streets.ADAPTER.read([path], roster).figures["indicator_id"])
    assert not found & {"gdp_ppp_usd_2011", "gdp_ppp_per_person_usd_2011"}


def test_guangzhou_is_not_the_pearl_river_delta(tmp_path: Path, roster: Roster) -> None:
    delta = {
        "core_city": "guangzhou",
        "uc_names": "Guangzhou; Shenzhen",
        "uc_id": "12080",
        "country_iso": "CHN",
        "centroid_lat": "22.63",
        "centroid_lng": "114.0",
    }
    xian = {
        "core_city": "xi_an",
        "uc_names": "Xi'an; Xianyang",
        "uc_id": "9",
        "country_iso": "CHN",
        "centroid_lat": "34.26",
        "centroid_lng": "108.92",
    }
    extract = ghs_ucdb_streets.ADAPTER.read([urban_centres(tmp_path, delta, xian)], roster)
    report = match_places(extract.places, roster, ghs_ucdb_streets.ADAPTER)
    assert report.matched["city_id"].tolist() == ["xian"]


@pytest.mark.parametrize(
    ("core_city", "first_name", "name"),
    [
        ("sao_paulo", "São Paulo", "São Paulo"),
        ("delhi_new_delhi", "Delhi", "delhi new delhi"),
        ("unnamed", "-", "unnamed"),
    ],
)
def test_the_core_city_names_the_place(core_city: str, first_name: str, name: str) -> None:
    assert ghs_ucdb_streets.place_name(core_city, first_name) == name


def test_urban_centres_refuse_text_for_a_number(tmp_path: Path, roster: Roster) -> None:
    path = urban_centres(tmp_path, BERLIN | {"area": "large"})
    with pytest.raises(DatasetError, match="row 2, column area: expected a number, found 'large'"):
        ghs_ucdb_streets.ADAPTER.read([path], roster)


# Citylines


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"stations": 20, "dated": 16, "lines": 4, "drawn": 2}, ""),
        ({"stations": 0, "dated": 0, "lines": 4, "drawn": 0}, "no station"),
        ({"stations": 15, "dated": 12, "lines": 12, "drawn": 2}, "too few stations (15;"),
        ({"stations": 20, "dated": 15, "lines": 4, "drawn": 4}, "known for 15 of 20"),
        ({"stations": 37, "dated": 37, "lines": 16, "drawn": 4}, "4 of 16 lines"),
    ],
)
def test_a_city_is_complete_by_three_rules(counts: dict[str, int], reason: str) -> None:
    found = citylines_2019.completeness_failure(**counts)
    assert found.startswith(reason) if not reason else reason in found
    assert bool(found) == bool(reason)


def citylines(folder: Path, *stations: str) -> list[Path]:
    header = "id,name,geometry,buildstart,opening,closure,city_id"
    numbers = [line.split(",")[0] for line in stations if line.endswith(",1")]
    return [
        written(folder, "stations.csv", header, *stations),
        written(
            folder,
            "cities.csv",
            "id,name,coords,start_year,url_name,country,country_state",
            "1,Paris,POINT(2.33333 48.86667),1898,paris,France,",
            "2,Berlin,POINT(13.4 52.5),1896,berlin,Germany,",
            "3,Leeds,POINT(-1.5 53.8),1896,leeds,England,",
        ),
        written(folder, "lines.csv", "id,city_id,name", "9,1,Line 1", "8,2,U5"),
        written(
            folder,
            "station_lines.csv",
            "id,station_id,line_id,city_id",
            *(f"{number},{number},9,1" for number in numbers),
        ),
    ]


def test_citylines_counts_stations_of_complete_cities_by_year(
    tmp_path: Path, roster: Roster
) -> None:
    lines = [f"{n},S,POINT(2 48),0,1960,999999,1" for n in range(100, 118)]
    lines += [
        "1,Closed,POINT(2 48),0,1960,1980,1",
        "2,Late,POINT(2 48),0,2019,999999,1",
        "3,Unknown,POINT(2 48),0,0,999999,1",
        "4,Planned,POINT(2 48),0,2025,999999,1",
        "5,Alone,POINT(13 52),0,1930,999999,2",
    ]
    extract = citylines_2019.ADAPTER.read(citylines(tmp_path, *lines), roster)
    assert_tidy(extract)
    counts = values(extract, "transit_stations")
    assert counts["1", 1970] == 19
    assert counts["1", 1979] == 19
    assert counts["1", 1980] == 18
    assert counts["1", 2018] == 18
    assert counts["1", 2019] == 19
    assert len(counts) == 50
    assert extract.failed == {
        "2": "too few stations (1; at least 20 are asked)",
        "3": "no station is in the file",
    }
    assert extract.places.set_index("place_key")["iso3"].to_dict()["3"] == "GBR"
    assert "Berlin" in extract.notes[1]


def test_citylines_refuses_a_missing_file_and_a_bad_year(tmp_path: Path, roster: Roster) -> None:
    files = citylines(tmp_path, "1,S,POINT(2 48),0,early,999999,1")
    with pytest.raises(DatasetError, match=r"lines\.csv: expected exactly one such file, found 0"):
        citylines_2019.ADAPTER.read([files[0], files[1], files[3]], roster)
    with pytest.raises(DatasetError, match="row 2, column opening: expected a year, found 'early'"):
        citylines_2019.ADAPTER.read(files, roster)
