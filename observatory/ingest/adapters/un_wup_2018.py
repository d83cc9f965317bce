"""World Urbanization Prospects 2018, File 12: population of urban agglomerations, 1950-2035."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.derived import yearly_growth_pct
from observatory.domain.names import country_codes, plain_name
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

HEADER_ROW = 17
LAST_ESTIMATED_YEAR = 2018  # the revision's base year: what comes after is a projection
BOUNDARY = "urban agglomeration (UN)"
COLUMNS = ("Country or area", "City Code", "Urban Agglomeration", "Latitude", "Longitude")


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Population in persons (the file counts thousands) and its growth over five years."""
    table = sheet_frame(
        one_file(files, "WUP2018-F12-Cities_Over_300K.xls"),
        COLUMNS,
        sheet="Data",
        header_row=HEADER_ROW,
    )
    table["place_key"] = table["City Code"].astype(int).astype(str)
    population = _population(table)
    return Extract(_places(table, roster), pd.concat([population, _growth(population)]))


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    return pd.DataFrame(
        {
            "place_key": table["place_key"],
            "place_name": table["Urban Agglomeration"],
            "iso3": table["Country or area"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": table["Latitude"].astype(float),
            "longitude_deg": table["Longitude"].astype(float),
            "identifier": None,
            "scale": "metro",
        }
    )


def _population(table: pd.DataFrame) -> pd.DataFrame:
    years = [column for column in table.columns if column.removesuffix(".0").isdigit()]
    figures = table.melt(
        id_vars=["place_key", "source_row"],
        value_vars=years,
        var_name="year",
        value_name="thousands",
    )
    figures["period_year"] = figures["year"].astype(float).astype(int)
    figures["value"] = pd.to_numeric(figures["thousands"], errors="coerce") * 1000
    figures = figures.dropna(subset=["value"])
    projected = figures["period_year"] > LAST_ESTIMATED_YEAR
    return figures.assign(
        indicator_id="population_agglomeration",
        value=figures["value"].round(0),
        category=None,
        status=projected.map({True: "projected", False: "estimated"}),
        scale="metro",
        boundary=BOUNDARY,
        note=None,
    ).drop(columns=["year", "thousands"])


def _growth(population: pd.DataFrame) -> pd.DataFrame:
    growth = yearly_growth_pct(population, years=5)
    return growth.assign(indicator_id="population_growth_pct")


ADAPTER = Adapter(
    source_id="un-wup-2018",
    grain="place",
    files="WUP2018-F12-Cities_Over_300K.xls",
    read=read,
    scope_note="the source lists agglomerations of 300,000 inhabitants or more in 2018",
)
