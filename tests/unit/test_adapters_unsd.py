"""The two adapters of Demographic Yearbook table 240, and the screening of its records."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from observatory.domain.outliers import disproportionate, outliers
from observatory.errors import DatasetError
from observatory.ingest.adapters import unsd_citypop_2024, unsd_citypop_sex_2014
from observatory.ingest.extract import Extract, Roster

HEADER = (
    "Country or Area", "Year", "Area", "Sex", "City", "City type", "Record Type", "Reliability",
    "Source Year", "Value", "Value Footnotes",
)  # fmt: skip
CENSUS = "Census - de jure - complete tabulation"
ESTIMATE = "Estimate - de jure"
FINAL = "Final figure, complete"
CITY = "Mexico|mexico ciudad de|City proper"
METRO = "Mexico|mexico ciudad de|Urban agglomeration"


@pytest.fixture
def roster() -> Roster:
    countries = pd.DataFrame(
        [("MEX", "MX", "Mexico", "")], columns=["iso3", "iso2", "country_name", "aliases"]
    )
    nothing = pd.DataFrame()
    return Roster(nothing, nothing, nothing, nothing, countries)


def row(  # noqa: PLR0913 - the columns of the file
    year: int,
    value: object,
    *,
    sex: str = "Both Sexes",
    kind: str = "City proper",
    record: str = CENSUS,
    reported: int = 2021,
    reliability: str = FINAL,
) -> tuple[object, ...]:
    city = "MEXICO, CIUDAD DE"
    return ("Mexico", year, "Total", sex, city, kind, record, reliability, reported, value, "")


def export(path: Path, *rows: tuple[object, ...], footnotes: bool = True) -> Path:
    """A UNdata export: the rows, then the footnotes under a header of their own."""
    notes = [("footnoteSeqID", "Footnote"), ("1", "Data, from\nregisters.")] if footnotes else []
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows, *notes])
    return path


def population(path: Path, roster: Roster, *rows: tuple[object, ...]) -> Extract:
    return unsd_citypop_2024.ADAPTER.read([export(path / "export.csv", *rows)], roster)


def values(extract: Extract, place_key: str) -> dict[int, float]:
    figures = extract.figures[extract.figures["place_key"] == place_key]
    return dict(zip(figures["period_year"], figures["value"], strict=True))


def test_city_proper_and_agglomeration_are_two_places(tmp_path: Path, roster: Roster) -> None:
    rows = [row(2020, 9_209_944), row(2020, "21804515.5", kind="Urban agglomeration")]
    extract = population(tmp_path, roster, *rows)
    assert extract.places[["place_key", "place_name", "iso3", "scale"]].to_numpy().tolist() == [
        [CITY, "MEXICO, CIUDAD DE", "MEX", "city"],
        [METRO, "MEXICO, CIUDAD DE", "MEX", "metro"],
    ]
    figures = extract.figures.set_index("place_key")
    assert figures.loc[CITY, "indicator_id"] == "population_city_proper"
    assert figures.loc[METRO, "indicator_id"] == "population_agglomeration_national"
    assert figures.loc[METRO, "value"] == 21_804_515.5
    assert figures.loc[CITY, "source_row"] == "2"
    assert figures.loc[CITY, "status"] == "observed"
    assert figures.loc[CITY, "note"] == f"{CENSUS}, reported 2021"


def test_a_census_goes_before_an_estimate_and_a_later_source_before_an_earlier(
    tmp_path: Path, roster: Roster
) -> None:
    extract = population(
        tmp_path,
        roster,
        row(2020, 110, record=ESTIMATE, reported=2023),
        row(2020, 100, record=CENSUS, reported=2021),
        row(2019, 98, record=ESTIMATE, reported=2020),
        row(2019, 99, record=ESTIMATE, reported=2022),
        row(2018, 97, record=ESTIMATE, reliability="Provisional figure"),
    )
    assert values(extract, CITY) == {2018: 97, 2019: 99, 2020: 100}
    assert extract.figures["status"].tolist() == ["provisional", "estimated", "observed"]


def test_two_records_of_one_kind_are_left_out_and_never_averaged(
    tmp_path: Path, roster: Roster
) -> None:
    rows = [row(2019, 1_832_624), row(2019, 1_829_897), row(2020, 1_830_000)]
    extract = population(tmp_path, roster, *rows)
    assert values(extract, CITY) == {2020: 1_830_000}
    assert "2019" in extract.notes[0]
    assert "1,832,624 and 1,829,897" in extract.notes[0]


def test_an_outlier_is_left_out_and_reported_with_city_year_and_value(
    tmp_path: Path, roster: Roster
) -> None:
    known = {2005: 653_046, 2007: 8_261_679, 2010: 8_851_080, 2014: 8_874_724}
    extract = population(tmp_path, roster, *(row(year, value) for year, value in known.items()))
    assert sorted(values(extract, CITY)) == [2007, 2010, 2014]
    assert "MEXICO, CIUDAD DE, Mexico (City proper) 2005: 653,046" in extract.notes[0]


def test_the_displaced_mexican_figures_of_2005_are_withdrawn(
    tmp_path: Path, roster: Roster
) -> None:
    extract = population(tmp_path, roster, row(2005, 8_200_000), row(2007, 8_261_679))
    assert values(extract, CITY) == {2007: 8_261_679}
    assert "Mexico 2005: 1 figure(s) left out" in extract.notes[0]


def test_a_city_of_less_than_a_hundredth_of_its_agglomeration_is_left_out(
    tmp_path: Path, roster: Roster
) -> None:
    rows = [row(2010, 105_269), row(2010, 11_152_968, kind="Urban agglomeration")]
    extract = population(tmp_path, roster, *rows)
    assert extract.figures["place_key"].tolist() == [METRO]
    assert "out of proportion" in extract.notes[0]


def test_a_file_cut_off_before_its_footnotes_is_refused(tmp_path: Path, roster: Roster) -> None:
    path = export(tmp_path / "export.csv", row(2020, 100), footnotes=False)
    with pytest.raises(DatasetError, match="cut off"):
        unsd_citypop_2024.ADAPTER.read([path], roster)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(2020, "many"), "row 2, column Value.*'many'"),
        (row(2020, 1, kind="Suburb"), "row 2, column City type.*'Suburb'"),
        (row(2020, 1, record="Guess"), "row 2, column Record Type.*'Guess'"),
    ],
)
def test_an_unknown_word_or_number_is_refused(
    wrong: tuple[object, ...], message: str, tmp_path: Path, roster: Roster
) -> None:
    with pytest.raises(DatasetError, match=message):
        population(tmp_path, roster, wrong)


def test_a_missing_column_is_refused(tmp_path: Path, roster: Roster) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Country or Area,Year\nMexico,2020\n", encoding="utf-8")
    for adapter in (unsd_citypop_2024.ADAPTER, unsd_citypop_sex_2014.ADAPTER):
        with pytest.raises(DatasetError, match="City type"):
            adapter.read([path], roster)


def test_women_per_100_men_pairs_one_record_and_ignores_both_sexes(
    tmp_path: Path, roster: Roster
) -> None:
    path = export(
        tmp_path / "export.csv",
        row(2010, 4_617_297, sex="Female"),
        row(2010, 4_233_783, sex="Male"),
        row(2010, 8_851_080),
        row(2010, 5_000_000, sex="Female", record=ESTIMATE),  # no man in the same record
        row(2010, 120, sex="Female", kind="Urban agglomeration"),
        row(2010, 100, sex="Male", kind="Urban agglomeration"),
    )
    extract = unsd_citypop_sex_2014.ADAPTER.read([path], roster)
    figures = extract.figures.set_index("indicator_id")
    assert figures.loc["women_per_100_men", "value"] == pytest.approx(109.05842, abs=1e-5)
    assert figures.loc["women_per_100_men", "source_row"] == "3;2"
    assert figures.loc["women_per_100_men", "status"] == "derived"
    assert "women_per_100_men_agglomeration" not in figures.index  # 220 persons beside 8.8 million
    assert extract.notes[0].startswith("1 rows of one sex")


def series(*pairs: tuple[int, float]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["period_year", "value"])
    return frame.assign(place_key="a")


def test_one_wrong_value_does_not_condemn_its_neighbours() -> None:
    found = outliers(series((2000, 100), (2005, 1000), (2010, 110)))
    assert found.tolist() == [False, True, False]


def test_two_values_alone_are_never_outliers() -> None:
    assert not outliers(series((2000, 1), (2005, 1000))).any()


def test_growth_over_a_generation_is_no_outlier() -> None:
    assert not outliers(series((1976, 458), (1987, 810), (2005, 1907))).any()


def test_a_lasting_step_is_no_outlier() -> None:
    years = [(year, 100.0 if year < 2005 else 400.0) for year in range(2000, 2010)]
    assert not outliers(series(*years)).any()


def test_a_population_of_zero_is_an_outlier() -> None:
    assert outliers(series((2010, 0))).tolist() == [True]


def test_outliers_do_not_depend_on_row_order() -> None:
    frame = series((2005, 1000), (2010, 110), (2000, 100))
    assert outliers(frame).tolist() == [True, False, False]


def test_an_agglomeration_far_below_its_city_is_disproportionate() -> None:
    city, metro = pd.Series({"a": 2106.0, "b": 5.0}), pd.Series({"a": 174.0, "c": 9.0})
    assert disproportionate(city, metro).loc["a"].tolist() == [False, True]
