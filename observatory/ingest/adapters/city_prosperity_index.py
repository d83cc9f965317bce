"""City Prosperity Index of UN-Habitat: five dimensions, without a year. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

FILE = "city-prosperity-index_country.xlsx"
SHEET = "City Propserity Index"  # spelt so in the file
HEADER_ROW = 2
INDICATORS = {
    "cpi_productivity": "Productivity Index",
    "cpi_infrastructure": "Infrastructure Index",
    "cpi_quality_of_life": "Quality of life Index",
    "cpi_equity": "Equity Index",
    "cpi_environment": "Enivronment Index",  # spelt so in the file
}
COLUMNS = ("Country", "City", *INDICATORS.values())
BOUNDARY = "as reported"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Scores from 0 to 1, as published. The file gives no year, so neither do the figures."""
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS, sheet=SHEET, header_row=HEADER_ROW)
    for column in ("Country", "City"):
        table[column] = table[column].astype(str).str.strip()
    table = table[table["City"] != ""]  # below the cities stands a line on the source
    table = table.assign(place_key=table["Country"] + "|" + table["City"])
    figures = [_figures(table, *pair, path) for pair in INDICATORS.items()]
    return Extract(_places(table, roster), pd.concat(figures, ignore_index=True))


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    places = table.drop_duplicates("place_key")
    return pd.DataFrame(
        {
            "place_key": places["place_key"],
            "place_name": places["City"],
            "iso3": places["Country"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


def _figures(table: pd.DataFrame, indicator_id: str, column: str, path: Path) -> pd.DataFrame:
    figures = table.assign(
        indicator_id=indicator_id,
        period_year=pd.array([pd.NA] * len(table), dtype="Int16"),
        value=numbers(table, column, path),
        category=None,
        status="estimated",
        scale="city",
        boundary=BOUNDARY,
        note=None,
    )
    return figures.dropna(subset=["value"])[list(FIGURE_COLUMNS)]


ADAPTER = Adapter(
    source_id="city-prosperity-index",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists 69 cities",
)
