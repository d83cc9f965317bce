"""Administrative area of cities by UN/LOCODE, extract from Wikidata, 2022."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import csv_frame, one_file

FILE = "wikidata-city-area.csv"
BOUNDARY = "administrative; definitions mixed"
COLUMNS = ("city", "locode", "area")
LOCODE = r"[A-Z]{2}[A-Z0-9]{3}"  # a few rows carry an ISO 3166-2 code (US-DC) instead
LEAST_AREA_KM2 = 5.0  # our choice; the code of Beijing sits on an item of 0.7 km2


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Square kilometres, without a year: the extract states none.

    A code that several items carry, or whose item states several areas, is ambiguous and left
    out. An area too small for a city of our kind fails: the code sits on the wrong item.
    """
    path = one_file(files, FILE)
    table = csv_frame(path, COLUMNS)
    table = table.assign(value=numbers(table, "area", path)).dropna(subset=["value"])
    coded = table[table["locode"].str.fullmatch(LOCODE)].drop_duplicates(
        ["city", "locode", "value"]
    )
    several = coded["locode"].duplicated(keep=False)
    single = coded[~several]
    small = single["value"] < LEAST_AREA_KM2
    failed = {
        row.locode: f"the item with this code has {row.value:g} km2: not the city itself"
        for row in single[small].itertuples()
    }
    counts = {
        "codes have several items or areas": coded.loc[several, "locode"].nunique(),
        "rows have no UN/LOCODE": (~table["locode"].str.fullmatch(LOCODE)).sum(),
        f"areas are under {LEAST_AREA_KM2:g} km2": len(failed),
    }
    notes = tuple(f"{count} {what}; left out." for what, count in counts.items() if count)
    return Extract(_places(single, roster), _figures(single[~small]), notes, failed)


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    return pd.DataFrame(
        {
            "place_key": table["locode"],
            "place_name": table["city"].str.rsplit("/", n=1).str[-1],
            "iso3": table["locode"].map(lambda locode: codes.get(plain_name(locode[:2]))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": table["locode"],
            "scale": "city",
        }
    )


def _figures(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(
        place_key=table["locode"],
        indicator_id="administrative_area_km2",
        period_year=pd.NA,
        category=None,
        status="observed",
        scale="city",
        boundary=BOUNDARY,
        note="Wikidata item " + table["city"].str.rsplit("/", n=1).str[-1],
    )[list(FIGURE_COLUMNS)]


ADAPTER = Adapter(
    source_id="wikidata-2022",
    grain="place",
    scheme="locode",
    files=FILE,
    read=read,
    scope_note="the source holds items with a UN/LOCODE and one stated area",
)
