"""Adapters of national series, on small files in the publishers' layout."""

from pathlib import Path

import pytest

from observatory.errors import DatasetError
from observatory.ingest.adapters import (
    gapminder,
    owid_national,
    undp_hdi_2018,
)
from observatory.ingest.adapters.national_series import suffixed_number
from observatory.ingest.extract import Roster
from tests.adapters import assert_tidy, small_roster, values, written


@pytest.fixture
def roster() -> Roster:
    return small_roster()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1190", 1190),
        ("10.7k", 10_700),
        ("1.2M", 1_200_000),
        ("3B", 3_000_000_000),
        ("-0.5", -0.5),
        ("\N{MINUS SIGN}4.76", -4.76),
        ("\N{EN DASH}2k", -2000),
        ("1.2 million", None),
        ("1,200", None),
        ("..", None),
        ("", None),
    ],
)
def test_suffixes_and_minus_signs_are_understood(text: str, number: float | None) -> None:
    assert suffixed_number(text) == number


def gapminder_files(folder: Path, *income: str) -> list[Path]:
    plain = ["country,1989,1990,2018,2019", "Germany,1,2,3,4"]
    return [
        written(folder, name, *(income if "income" in name else plain))
        for name in gapminder.INDICATORS
    ]


def test_gapminder_keeps_all_countries_and_the_years_observed(
    tmp_path: Path, roster: Roster
) -> None:
    files = gapminder_files(
        tmp_path,
        "country,1989,1990,2018,2019",
        "Germany,1,28k,45.9k,9",
        "South Korea,1,12.1k,,9",
        "Narnia,1,2,3,4",
    )
    extract = gapminder.ADAPTER.read(files, roster)
    assert_tidy(extract)
    assert values(extract, "national_gdp_per_person") == {
        ("DEU", 1990): 28_000,
        ("DEU", 2018): 45_900,
        ("KOR", 1990): 12_100,
    }
    assert values(extract, "national_fertility") == {("DEU", 1990): 2, ("DEU", 2018): 3}
    assert any("Narnia" in note for note in extract.notes)


def test_gapminder_refuses_text_other_columns_and_missing_files(
    tmp_path: Path, roster: Roster
) -> None:
    files = gapminder_files(tmp_path, "country,1990", "Germany,many")
    with pytest.raises(DatasetError, match="row 2, column 1990: expected a number, found 'many'"):
        gapminder.ADAPTER.read(files, roster)
    with pytest.raises(DatasetError, match="7 problems"):
        gapminder.ADAPTER.read(files[:1], roster)
    with pytest.raises(DatasetError, match="country"):
        gapminder.ADAPTER.read(gapminder_files(tmp_path, "nation,1990", "Germany,1"), roster)
    with pytest.raises(DatasetError, match="expected columns for years"):
        gapminder.ADAPTER.read(gapminder_files(tmp_path, "country,1800", "Germany,1"), roster)


def test_hdi_has_a_title_row_and_dots_for_gaps(tmp_path: Path, roster: Roster) -> None:
    path = written(
        tmp_path,
        "undp_human-development-index.csv",
        '"Human development index (HDI)"',
        '"HDI Rank (2018)","Country","1990","2018"',
        '"4","Germany","0.801","0.939"',
        '"22","Korea (Republic of)","..","0.906"',
        '"","World","0.598","0.731"',
    )
    extract = undp_hdi_2018.ADAPTER.read([path], roster)
    assert_tidy(extract)
    assert values(extract, "national_hdi") == {
        ("DEU", 1990): 0.801,
        ("DEU", 2018): 0.939,
        ("KOR", 2018): 0.906,
    }
    assert extract.figures.set_index("value").loc[0.906, "source_row"] == "4"
    assert any("World" in note for note in extract.notes)


def owid_files(folder: Path, *homicides: str) -> list[Path]:
    files = []
    for name, (_, column, _) in owid_national.SERIES.items():
        lines = [f'Entity,Code,Year,"{column}",time', "Germany,DEU,2020,7,2020"]
        files.append(written(folder, name, *(homicides if "homicide" in name else lines)))
    return files


HOMICIDE_HEADER = (
    'Entity,Code,Year,"Homicide rate per 100,000 population - sex: Total - age: Total",'
    "World regions according to OWID,time,time"
)


def test_owid_dates_a_value_by_its_own_time(tmp_path: Path, roster: Roster) -> None:
    files = owid_files(
        tmp_path,
        HOMICIDE_HEADER,
        "Germany,,,0.91,,,2023",
        "South Korea,KOR,2024,0.5,Asia,2023,2024",
        "France,,,,,,2024",
        "China,,,0.5,,2023,",
    )
    extract = owid_national.ADAPTER.read(files, roster)
    assert_tidy(extract)
    assert values(extract, "national_homicide_rate") == {("DEU", 2023): 0.91, ("KOR", 2024): 0.5}
    assert values(extract, "national_life_satisfaction") == {("DEU", 2020): 7}
    assert any("without a year were left out: 1" in note for note in extract.notes)


def test_owid_refuses_years_that_disagree(tmp_path: Path, roster: Roster) -> None:
    files = owid_files(tmp_path, HOMICIDE_HEADER, "Germany,DEU,2024,0.91,,2024,2023")
    with pytest.raises(DatasetError, match="row 2, column time: expected 2024 as in Year"):
        owid_national.ADAPTER.read(files, roster)
