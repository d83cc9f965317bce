"""CEADs: CO2 emissions of 290 Chinese cities, 1997 to 2019. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

SHEET = "emission vector"
FILE = "The_Emission_Inventories_for_290_Chinese_Cities_from_1997_to_2019.xlsx"
INDICATOR = "co2_inventory_china_mt"
BOUNDARY = "prefecture-level city"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Emissions in millions of tonnes, by the Chinese name (province and city in one word)."""
    del roster
    path = one_file(files, FILE)
    table = sheet_frame(path, ("city", "year", "emission"), sheet=SHEET)
    for column in ("year", "emission"):
        table[column] = numbers(table, column, path)
    stated = table.dropna(subset=["year", "emission"])
    figures = pd.DataFrame(
        {
            "place_key": stated["city"],
            "indicator_id": INDICATOR,
            "period_year": stated["year"].astype(int),
            "value": stated["emission"],
            "category": None,
            "status": "estimated",
            "scale": "city",
            "boundary": BOUNDARY,
            "source_row": stated["source_row"],
            "note": None,
        }
    )
    return Extract(_places(table), figures)


def _places(table: pd.DataFrame) -> pd.DataFrame:
    names = table["city"].drop_duplicates()
    return pd.DataFrame(
        {
            "place_key": names,
            "place_name": names,
            "iso3": "CHN",
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


ADAPTER = Adapter(
    source_id="ceads-china",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists 290 prefecture-level cities of China",
)
