"""UN-Habitat City Prosperity Index: five dimensions, without a year. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

FILE = "city-prosperity-index_country.xlsx"
HEADER_ROW = 2
INDICATORS = {
    "cpi_productivity": "Productivity Index",
    "cpi_infrastructure": "Infrastructure Index",
    "cpi_quality_of_life": "Quality of life Index",
    "cpi_equity": "Equity Index",
    "cpi_environment": "Enivronment Index",  # spelt so in the file
}
BOUNDARY = "as reported"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Indices from 0 to 1; the file states no year, so none is given."""
    path = one_file(files, FILE)
    columns = ("Country", "City", *INDICATORS.values())
    table = sheet_frame(path, columns, header_row=HEADER_ROW)
    table = table[table["City"].astype(str).str.strip().ne("")].copy()
    for column in INDICATORS.values():
        table[column] = numbers(table, column, path)
    table["place_key"] = table["Country"] + ", " + table["City"]
    figures = [_figures(table, *pair) for pair in INDICATORS.items()]
    return Extract(_places(table, roster), pd.concat(figures, ignore_index=True))


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    places = table.drop_duplicates("place_key")
    return pd.DataFrame(
        {
            "place_key": places["place_key"],
            "place_name": places["City"].str.strip(),
            "iso3": places["Country"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


def _figures(table: pd.DataFrame, indicator_id: str, column: str) -> pd.DataFrame:
    stated = table.dropna(subset=[column])
    return pd.DataFrame(
        {
            "place_key": stated["place_key"],
            "indicator_id": indicator_id,
            "period_year": None,
            "value": stated[column],
            "category": None,
            "status": "observed",
            "scale": "city",
            "boundary": BOUNDARY,
            "source_row": stated["source_row"],
            "note": None,
        }
    )


ADAPTER = Adapter(
    source_id="city-prosperity-index",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists 69 cities",
)
