"""UNSD extract of SDG goal 11: waste collection by city (11.6.1). Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, refuse, sheet_frame

FILE = "SDG_Goal11_slums_waste.xlsx"
SERIES = "EN_REF_WASCOL"
INDICATOR = "waste_collection_pct"
COLUMNS = ("SeriesCode", "GeoAreaName", "TimePeriod", "Value", "Cities", "Nature")
STATUSES = {"C": "observed", "CA": "observed", "E": "estimated", "M": "estimated"}
BOUNDARY = "as reported"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Shares in percent by the source's city codes ("BE_BRUXELLES"), which are aliases.

    A city with several values in one year is left out for that year, unless they agree: the
    file does not say which one holds.
    """
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS)
    table = table[table["SeriesCode"] == SERIES].copy()
    if table.empty:
        raise refuse(path, f"expected rows of the series {SERIES}, found none.")
    for column in ("TimePeriod", "Value"):
        table[column] = numbers(table, column, path)
    stated = table.dropna(subset=["TimePeriod", "Value"])
    stated = stated.drop_duplicates(["Cities", "TimePeriod", "Value"])
    several = stated.duplicated(["Cities", "TimePeriod"], keep=False)
    single = stated[~several]
    figures = pd.DataFrame(
        {
            "place_key": single["Cities"],
            "indicator_id": INDICATOR,
            "period_year": single["TimePeriod"].astype(int),
            "value": single["Value"],
            "category": None,
            "status": single["Nature"].map(STATUSES).fillna("observed"),
            "scale": "city",
            "boundary": BOUNDARY,
            "source_row": single["source_row"],
            "note": None,
        }
    )
    note = f"{int(several.sum())} rows of cities with several values in one year were left out."
    return Extract(_places(table, roster), figures, (note,) if several.any() else ())


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """The codes begin with the ISO 3166-1 alpha-2 code of the country."""
    countries = roster.countries.set_index("iso2")["iso3"]
    codes = table["Cities"].drop_duplicates()
    return pd.DataFrame(
        {
            "place_key": codes,
            "place_name": codes,
            "iso3": codes.str[:2].map(countries),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


ADAPTER = Adapter(
    source_id="unsd-sdg-extracts",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists cities that reported waste collection",
)
