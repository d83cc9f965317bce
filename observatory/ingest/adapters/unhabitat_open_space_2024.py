"""Open public space in cities (SDG 11.7.1), UN-Habitat, 2024."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

FILE = "fbb02b19d417497093418484448e3465-data.xlsx"
SHEET = "SDG 11-7-1 2024"
BOUNDARY = "urban area by degree of urbanisation"
INDICATORS = {
    "Average share of the built-up area of cities that is open space for public use for all (%) "
    "[a]": "open_public_space_share_pct",
    "Average share of urban population with convenient access to open public spaces (%) "
    "[b]": "open_public_space_access_pct",
}
COLUMNS = (
    "Country or Territory Name",
    "City Code",
    "City Name",
    *INDICATORS,
    "Data Reference Year",
    "Data Source",
)


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Shares in percent, by reference year; averages of regions (no city code) are no places."""
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS, sheet=SHEET)
    table = table[table["City Code"].astype(str).str.strip() != ""]
    year = numbers(table, "Data Reference Year", path).astype(int)
    figures = [_figures(table, year, column, path) for column in INDICATORS]
    return Extract(_places(table, roster), pd.concat(figures, ignore_index=True))


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    cities = table.drop_duplicates("City Code")
    country = cities["Country or Territory Name"]
    return pd.DataFrame(
        {
            "place_key": cities["City Code"],
            "place_name": cities["City Name"].str.strip(),
            "iso3": country.map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "metro",
        }
    )


def _figures(table: pd.DataFrame, year: pd.Series, column: str, path: Path) -> pd.DataFrame:
    figures = pd.DataFrame(
        {
            "place_key": table["City Code"],
            "indicator_id": INDICATORS[column],
            "period_year": year,
            "value": numbers(table, column, path),
            "category": None,
            "status": "estimated",
            "scale": "metro",
            "boundary": BOUNDARY,
            "source_row": table["source_row"],
            "note": "data: " + table["Data Source"],
        },
        columns=list(FIGURE_COLUMNS),
    )
    return figures.dropna(subset=["value"])


ADAPTER = Adapter(
    source_id="unhabitat-open-space-2024",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source measures a sample of about 1,350 cities",
)
