"""Waste collection and City Prosperity Index: small workbooks in the publishers' layouts."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from observatory.errors import DatasetError
from observatory.ingest.adapters import city_prosperity_index, unsd_sdg_extracts
from observatory.ingest.extract import FIGURE_COLUMNS, PLACE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.match import match_places
from observatory.ingest.tidy import report_of, tidy_rows

COUNTRIES = (
    ("CMR", "CM", "Cameroon", ""),
    ("FRA", "FR", "France", ""),
    ("GHA", "GH", "Ghana", ""),
    ("MEX", "MX", "Mexico", ""),
    ("NPL", "NP", "Nepal", ""),
    ("THA", "TH", "Thailand", ""),
)
MEMBERS = (
    ("accra", "Accra", "GHA", "city"),
    ("bangkok", "Bangkok", "THA", "city"),
    ("paris", "Paris", "FRA", "metropolis"),
    ("puebla", "Puebla", "MEX", "city"),
    ("yaounde", "Yaoundé", "CMR", "city"),
)
ALIASES = (
    ("accra", "GH_ACCRA", "source-spelling", "unsd-sdg-extracts"),
    ("puebla", "MX_PUE_PUEBLA", "source-spelling", "unsd-sdg-extracts"),
)


@pytest.fixture
def roster() -> Roster:
    members = pd.DataFrame(
        [(city_id, city, iso3, 0.0, 0.0) for city_id, city, iso3, _ in MEMBERS],
        columns=["city_id", "city", "iso3", "latitude_deg", "longitude_deg"],
    )
    scopes = pd.DataFrame(
        [(row[0], row[3], "yes") for row in MEMBERS],
        columns=["city_id", "stands_for", "answers_to_city_name"],
    )
    aliases = pd.DataFrame(ALIASES, columns=["city_id", "alias", "kind", "source_id"], dtype="str")
    identifiers = pd.DataFrame(columns=["city_id", "scheme", "identifier"], dtype="str")
    countries = pd.DataFrame(COUNTRIES, columns=["iso3", "iso2", "country_name", "aliases"])
    return Roster(members, aliases, identifiers, scopes, countries)


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


WASTE_HEADER = unsd_sdg_extracts.COLUMNS


def waste_row(
    country: str,
    city: str,
    *,
    value: object = "41.0",
    nature: str = "C",
    series: str = "EN_REF_WASCOL",
    units: str = "PERCENT",
) -> tuple[object, ...]:
    return (series, country, 2018, value, "Survey  of\xa0waste", city, nature, units)


def waste(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return write_sheet(tmp_path / "waste.xlsx", unsd_sdg_extracts.SHEET, WASTE_HEADER, *rows)


def test_waste_keeps_value_status_row_and_who_compiled_it(tmp_path: Path, roster: Roster) -> None:
    path = waste(
        tmp_path,
        waste_row("Ghana", "GH_ACCRA"),
        waste_row("Ghana", "GH_KUMASI", value="60.5", nature="E"),
        waste_row("Ghana", "GH_TAMALE", value=None),
        waste_row("Ghana", "GH_ACCRA", series="EN_LND_SLUM"),
    )
    extract = extract_of(unsd_sdg_extracts.ADAPTER, path, roster)
    columns = ["place_key", "period_year", "value", "status", "source_row", "note"]
    assert extract.figures[columns].to_numpy().tolist() == [
        ["GH_ACCRA", 2018, 41.0, "observed", "2", "data: Survey of waste"],
        ["GH_KUMASI", 2018, 60.5, "estimated", "3", "data: Survey of waste"],
    ]


def test_waste_is_matched_by_code_alone_and_rows_without_city_are_left_out(
    tmp_path: Path, roster: Roster
) -> None:
    path = waste(
        tmp_path,
        waste_row("Ghana", "GH_ACCRA"),
        waste_row("Ghana", "NOCITI"),
        waste_row("Mexico", "MX_VER_PUEBLA", value="50"),
        waste_row("France", "FR_PARIS"),
    )
    extract = extract_of(unsd_sdg_extracts.ADAPTER, path, roster)
    assert takers(extract, roster, unsd_sdg_extracts.ADAPTER) == {"accra": "GH_ACCRA"}
    assert extract.notes == ("1 rows of EN_REF_WASCOL name no city and were left out.",)


def test_one_figure_for_all_places_of_a_country_is_no_citys(tmp_path: Path, roster: Roster) -> None:
    codes = [f"MX_PUE_{n}" for n in range(unsd_sdg_extracts.MANY_CITIES - 1)]
    rows = [waste_row("Mexico", code, value="33") for code in [*codes, "MX_PUE_PUEBLA"]]
    path = waste(tmp_path, *rows, waste_row("Ghana", "GH_ACCRA"))
    extract = extract_of(unsd_sdg_extracts.ADAPTER, path, roster)
    assert set(extract.figures["place_key"]) == {"GH_ACCRA"}
    assert "Mexico 2018: one figure for all 100 places" in extract.notes[1]
    report = report_of(extract, roster, unsd_sdg_extracts.ADAPTER).members.set_index("city_id")
    assert report.loc["puebla", "reason_code"] == "failed-check"
    assert pd.isna(report.loc["accra", "reason_code"])


def test_waste_refuses_another_file_series_unit_and_text_for_a_number(
    tmp_path: Path, roster: Roster
) -> None:
    without = write_sheet(tmp_path / "without.xlsx", "data", WASTE_HEADER[:-3])
    with pytest.raises(DatasetError, match="expected the columns Cities, Nature, Units"):
        unsd_sdg_extracts.ADAPTER.read([without], roster)
    path = waste(tmp_path, waste_row("Ghana", "GH_ACCRA", series="EN_LND_SLUM"))
    with pytest.raises(DatasetError, match="expected rows of the series EN_REF_WASCOL"):
        unsd_sdg_extracts.ADAPTER.read([path], roster)
    path = waste(tmp_path, waste_row("Ghana", "GH_ACCRA", units="NUMBER"))
    with pytest.raises(DatasetError, match="row 2, column Units: expected PERCENT"):
        unsd_sdg_extracts.ADAPTER.read([path], roster)
    path = waste(tmp_path, waste_row("Ghana", "GH_ACCRA", value="<50"))
    with pytest.raises(DatasetError, match="row 2, column Value: expected a number"):
        unsd_sdg_extracts.ADAPTER.read([path], roster)


SCORE_TITLE = ("City Prosperity Index, and the components of its 5 dimensions",)
SCORE_HEADER = city_prosperity_index.COLUMNS
SCORE_SOURCE = ("Source: made by hand.",)


def scores(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return write_sheet(
        tmp_path / "cpi.xlsx",
        city_prosperity_index.SHEET,
        SCORE_TITLE,
        SCORE_HEADER,
        *rows,
        (),
        SCORE_SOURCE,
    )


def test_scores_have_no_year_and_a_missing_one_is_absent(tmp_path: Path, roster: Roster) -> None:
    path = scores(tmp_path, ("Cameroon", "Yaoundé ", 0.1, 0.2, 0.3, 0.4, None))
    extract = extract_of(city_prosperity_index.ADAPTER, path, roster)
    report = report_of(extract, roster, city_prosperity_index.ADAPTER)
    rows = tidy_rows(extract, report, city_prosperity_index.ADAPTER)
    assert dict(rows[["indicator_id", "value"]].to_numpy().tolist()) == {
        "cpi_productivity": 0.1,
        "cpi_infrastructure": 0.2,
        "cpi_quality_of_life": 0.3,
        "cpi_equity": 0.4,
    }
    assert rows["period_year"].isna().all()
    assert set(rows["source_row"]) == {"3"}


def test_scores_go_by_city_and_country_and_not_to_a_metropolis(
    tmp_path: Path, roster: Roster
) -> None:
    path = scores(
        tmp_path,
        ("Thailand ", "Bangkok", 0.5, 0.5, 0.5, 0.5, 0.5),
        ("Nepal", "Accra", 0.5, 0.5, 0.5, 0.5, 0.5),
        ("France", "Paris", 0.5, 0.5, 0.5, 0.5, 0.5),
    )
    extract = extract_of(city_prosperity_index.ADAPTER, path, roster)
    taken = takers(extract, roster, city_prosperity_index.ADAPTER)
    assert taken == {"bangkok": "Thailand|Bangkok"}


def test_scores_refuse_another_file_a_missing_column_and_text_for_a_number(
    tmp_path: Path, roster: Roster
) -> None:
    other = write_sheet(tmp_path / "other.xlsx", "Data", SCORE_TITLE, SCORE_HEADER)
    with pytest.raises(DatasetError, match="expected a sheet 'City Propserity Index'"):
        city_prosperity_index.ADAPTER.read([other], roster)
    without = write_sheet(
        tmp_path / "without.xlsx", city_prosperity_index.SHEET, SCORE_TITLE, SCORE_HEADER[:-1]
    )
    with pytest.raises(DatasetError, match="row 2: expected the columns Enivronment Index"):
        city_prosperity_index.ADAPTER.read([without], roster)
    text = scores(tmp_path, ("Cameroon", "Yaoundé", "high", 0.2, 0.3, 0.4, 0.5))
    with pytest.raises(DatasetError, match="row 3, column Productivity Index: expected a number"):
        city_prosperity_index.ADAPTER.read([text], roster)
