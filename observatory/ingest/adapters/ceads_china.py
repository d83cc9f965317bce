"""CO2 inventories of Chinese prefecture-level cities, CEADs (Shan et al. 2022). Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

FILE = "The_Emission_Inventories_for_290_Chinese_Cities_from_1997_to_2019.xlsx"
SHEET = "emission vector"
COLUMNS = ("city", "year", "emission")
BOUNDARY = "prefecture-level city"
YEARS = range(1997, 2020)  # the series, by the file's sheet NOTE


def read(files: Sequence[Path], _roster: Roster) -> Extract:
    """Emissions in millions of tonnes, as published; years outside the series are left out.

    Province and city are written together in Chinese (吉林吉林 is the city of Jilin in Jilin), so
    that cities of one name are told apart.
    """
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS, sheet=SHEET)
    table["place_key"] = table["city"].astype(str).str.strip()
    table["year"] = numbers(table, "year", path)
    table["emission"] = numbers(table, "emission", path)
    within = table["year"].isin(YEARS)
    outside = [f"{row.place_key} {row.year:g}" for row in table[~within].itertuples()]
    notes = (f"Years outside {YEARS[0]}-{YEARS[-1]} were left out: {', '.join(outside)}.",)
    return Extract(_places(table), _figures(table[within]), notes if outside else ())


def _places(table: pd.DataFrame) -> pd.DataFrame:
    cities = table["place_key"].drop_duplicates()
    return pd.DataFrame(
        {
            "place_key": cities,
            "place_name": cities,
            "iso3": "CHN",
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


def _figures(table: pd.DataFrame) -> pd.DataFrame:
    stated = table.dropna(subset=["emission"])
    return pd.DataFrame(
        {
            "place_key": stated["place_key"],
            "indicator_id": "co2_inventory_china_mt",
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


ADAPTER = Adapter(
    source_id="ceads-china",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists 290 prefecture-level cities of China",
)
