"""Urban centres (GHS-UCDB R2019A) with street-network indicators (Boeing, May 2020)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from observatory.domain.derived import ratio
from observatory.domain.names import plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import csv_frame, one_file

FILE = "indicators.csv"
BOUNDARY = "GHS urban centre"
PLACE_FIELDS = ("country_iso", "core_city", "uc_id", "uc_names", "centroid_lat", "centroid_lng")
# The publisher writes these for a ratio that has no value.
NO_NUMBER = ("", "NAN", "INF")
# One urban centre of 40 million people from Guangzhou to Shenzhen, which the publisher names after
# the former: no city's figures, so it does not go by a city's name here.
REGIONAL = {"12080": "Pearl River Delta"}


@dataclass(frozen=True)
class Measure:
    """One column of the file as an indicator, or the ratio of two.

    Attributes:
        indicator_id: in the catalogue.
        column: of the file; the numerator of a ratio.
        period_year: what the values are about; none where the publisher dates nothing.
        status: "observed" of OpenStreetMap's streets, else "estimated" by a model.
        factor: from the file's unit to the catalogue's.
        divisor: column of the denominator, of the same urban centre.
        positive: a value of 0 means that the publisher has none.
    """

    indicator_id: str
    column: str
    period_year: int | None
    status: str = "estimated"
    factor: float = 1.0
    divisor: str = ""
    positive: bool = False


MEASURES = (
    Measure("urban_centre_population", "resident_pop", 2015),
    Measure("urban_centre_area_km2", "area", 2015),
    Measure("built_up_area_km2", "built_up_area", 2015),
    Measure("population_density_per_km2", "resident_pop", 2015, "derived", divisor="area"),
    Measure("gdp_ppp_usd_2011", "gdp_ppp", 2015, positive=True),
    Measure(
        "gdp_ppp_per_person_usd_2011",
        "gdp_ppp",
        2015,
        "derived",
        divisor="resident_pop",
        positive=True,
    ),
    Measure("night_light", "night_light_em", 2015),
    Measure("pm25_ug_per_m3", "pm25_concentration", 2014),
    Measure("transport_co2_t", "transport_co2_em_fossil", 2015),  # 10^3 kg are tonnes
    Measure("transport_pm25_t", "transport_pm25_em", 2015),
    Measure("precipitation_mm", "avg_precipitation", 2014),
    Measure("temperature_c", "avg_temperature", 2014),
    Measure("elevation_m", "avg_elevation", None),
    Measure("open_space_share_pct", "pct_open_space", 2015),
    Measure("land_use_efficiency", "land_use_efficiency", 2015),
    Measure("street_length_m", "length_mean", 2020, "observed"),
    Measure("four_way_intersections_pct", "prop_4way", 2020, "observed", factor=100),
    Measure("dead_ends_pct", "prop_deadend", 2020, "observed", factor=100),
    Measure("street_circuity", "circuity", 2020, "observed"),
    Measure("street_orientation_entropy", "orientation_entropy", 2020, "observed"),
    Measure("street_grade", "grade_mean", 2020, "observed"),
    Measure("intersections_per_km2", "intersect_count_clean", 2020, "derived", divisor="area"),
)


def read(files: Sequence[Path], roster: Roster) -> Extract:  # noqa: ARG001 - countries are coded
    """Twenty-two indicators of each urban centre; ratios only within one urban centre."""
    path = one_file(files, FILE)
    columns = {measure.column for measure in MEASURES} | {"resident_pop", "area"}
    table = csv_frame(path, (*PLACE_FIELDS, *sorted(columns)))
    numbers = _numbers(table, sorted(columns | {"centroid_lat", "centroid_lng"}), path)
    figures = [_figures(measure, numbers, table) for measure in MEASURES]
    names = ", ".join(REGIONAL.values())
    note = f"{names}: an urban centre of several cities, taken by none of them."
    return Extract(_places(table, numbers), pd.concat(figures, ignore_index=True), (note,))


def _places(table: pd.DataFrame, numbers: pd.DataFrame) -> pd.DataFrame:
    first_names = table["uc_names"].str.split(";").str[0].str.strip()
    names = pd.Series(
        [place_name(*pair) for pair in zip(table["core_city"], first_names, strict=True)],
        index=table.index,
    )
    return pd.DataFrame(
        {
            "place_key": table["uc_id"],
            "place_name": table["uc_id"].map(REGIONAL).fillna(names),
            "iso3": table["country_iso"],
            "latitude_deg": numbers["centroid_lat"],
            "longitude_deg": numbers["centroid_lng"],
            "identifier": None,
            "scale": "metro",
        }
    )


def place_name(core_city: str, first_name: str) -> str:
    """The core city; in the spelling of the first listed name where the letters are the same.

    `core_city` has no accents and _ for whatever is no letter: xi_an is Xi'an.
    """
    same = plain_name(core_city).replace(" ", "") == plain_name(first_name).replace(" ", "")
    return first_name if same else core_city.replace("_", " ")


def _numbers(table: pd.DataFrame, columns: list[str], path: Path) -> pd.DataFrame:
    """The columns as numbers; missing where the publisher has none."""
    texts = table[columns].apply(lambda cells: cells.str.strip())
    texts = texts.mask(texts.isin(NO_NUMBER))
    numbers = texts.apply(pd.to_numeric, errors="coerce")
    bad = texts.notna() & (numbers.isna() | np.isinf(numbers))
    problems = [
        Problem(
            path.name,
            int(table.loc[index, "source_row"]),
            column,
            f"expected a number, found {texts.loc[index, column]!r}.",
        )
        for column in columns
        for index in bad.index[bad[column]]
    ]
    if problems:
        raise DatasetError(problems)
    return numbers


def _figures(measure: Measure, numbers: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    values = numbers[measure.column]
    if measure.positive:
        values = values.where(values > 0)
    if measure.divisor:
        values = ratio(values, numbers[measure.divisor])
    values = (values * measure.factor).dropna()
    known = table.loc[values.index]
    return pd.DataFrame(
        {
            "place_key": known["uc_id"],
            "indicator_id": measure.indicator_id,
            "period_year": pd.Series(measure.period_year, index=known.index, dtype="Int16"),
            "value": values,
            "category": None,
            "status": measure.status,
            "scale": "metro",
            "boundary": BOUNDARY,
            "source_row": known["source_row"],
            "note": None,
        }
    )


ADAPTER = Adapter(
    source_id="ghs-ucdb-streets",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source is partial and lacks many urban centres, or has the city only as a "
    "part of a larger one",
)
