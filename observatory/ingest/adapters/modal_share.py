"""ABC of mobility (Prieto-Curiel and Ospina 2024): how people travel to work. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import csv_frame, one_file

SHARES = {
    "modal_share_car_pct": "Car",
    "modal_share_transit_pct": "Bus",  # the file's word for all public transport
    "modal_share_active_pct": "Active",
}
COLUMNS = ("CityID", "year", "City", "Country", "longitude", "latitude", *SHARES.values())
MISSING = "NA"
BOUNDARY = "metropolitan area"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Shares of trips in percent (the file holds proportions from 0 to 1).

    A city with several surveys in one year is left out for that year: none is preferred by the
    publisher, and surveys of different makers are not averaged.
    """
    path = one_file(files, "ModalShare.csv")
    table = csv_frame(path, COLUMNS).replace(MISSING, "")
    for column in ("year", *SHARES.values()):
        table[column] = numbers(table, column, path)
    several = table.duplicated(["CityID", "year"], keep=False)
    single = table[~several]
    figures = pd.concat([_share(single, *pair) for pair in SHARES.items()], ignore_index=True)
    note = f"{int(several.sum())} rows of cities with several surveys in one year were left out."
    return Extract(_places(table, roster), figures, (note,) if several.any() else ())


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    places = table.drop_duplicates("CityID")
    return pd.DataFrame(
        {
            "place_key": places["CityID"],
            "place_name": places["City"],
            "iso3": places["Country"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": pd.to_numeric(places["latitude"], errors="coerce"),
            "longitude_deg": pd.to_numeric(places["longitude"], errors="coerce"),
            "identifier": None,
            "scale": "metro",
        }
    )


def _share(table: pd.DataFrame, indicator_id: str, column: str) -> pd.DataFrame:
    stated = table.dropna(subset=["year", column])
    return pd.DataFrame(
        {
            "place_key": stated["CityID"],
            "indicator_id": indicator_id,
            "period_year": stated["year"].astype(int),
            "value": stated[column] * 100,
            "category": None,
            "status": "observed",
            "scale": "metro",
            "boundary": BOUNDARY,
            "source_row": stated["source_row"],
            "note": None,
        }
    )


ADAPTER = Adapter(
    source_id="modal-share",
    grain="place",
    files="ModalShare.csv",
    read=read,
    scope_note="the source lists cities with a published survey of trips to work",
)
