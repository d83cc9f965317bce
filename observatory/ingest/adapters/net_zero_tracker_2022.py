"""Climate targets and plans of city governments, Net Zero Tracker, 20 December 2022."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file, refuse, sheet_frame

FILE = "snapshot_2022-12-20_13-07-14.xlsx"
SNAPSHOT_YEAR = 2022
BOUNDARY = "city government"
CATEGORIES = {
    "end_target": "climate_target_type",
    "end_target_status": "climate_target_status",
    "reporting_mechanism": "climate_reporting",
}
YEARS = {
    "end_target_year": "climate_target_year",
    "interim_target_year": "climate_interim_target_year",
}
FLAGS = {
    "has_plan": "climate_plan_published",
    "equity": "climate_equity",
    "race_to_zero_member": "race_to_zero_member",
}
ANSWERS = {"Yes": 1.0, "No": 0.0}
COLUMNS = (
    "last_updated",
    "id_code",
    "name",
    "country",
    "actor_type",
    *CATEGORIES,
    *YEARS,
    *FLAGS,
)


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """What the tracker holds on actors of type City; an empty cell is an absent row."""
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS, sheet=0)
    cities = table[table["actor_type"] == "City"]
    kinds = [
        *(_categories(cities, column) for column in CATEGORIES),
        *(_years(cities, column, path) for column in YEARS),
        *(_flags(cities, column, path) for column in FLAGS),
    ]
    return Extract(_places(cities, roster), pd.concat(kinds, ignore_index=True))


def _places(cities: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    return pd.DataFrame(
        {
            "place_key": cities["id_code"],
            "place_name": cities["name"].str.strip(),
            "iso3": cities["country"].map(lambda code: codes.get(plain_name(code))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


def _categories(cities: pd.DataFrame, column: str) -> pd.DataFrame:
    stated = cities[cities[column].ne("")]
    return _figures(stated, CATEGORIES[column]).assign(category=stated[column].str.strip())


def _years(cities: pd.DataFrame, column: str, path: Path) -> pd.DataFrame:
    figures = _figures(cities, YEARS[column]).assign(value=numbers(cities, column, path))
    return figures.dropna(subset=["value"])


def _flags(cities: pd.DataFrame, column: str, path: Path) -> pd.DataFrame:
    stated = cities[cities[column].ne("")]
    other = stated[~stated[column].isin(ANSWERS)]
    if len(other):
        first = other.iloc[0]
        raise refuse(
            path,
            f"expected Yes, No or nothing, found {first[column]!r}.",
            row=int(first["source_row"]),
            column=column,
        )
    return _figures(stated, FLAGS[column]).assign(value=stated[column].map(ANSWERS))


def _figures(cities: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    updated = cities["last_updated"].astype(str).str[:10]
    return pd.DataFrame(
        {
            "place_key": cities["id_code"],
            "indicator_id": indicator_id,
            "period_year": SNAPSHOT_YEAR,
            "value": float("nan"),
            "category": None,
            "status": "observed",
            "scale": "city",
            "boundary": BOUNDARY,
            "source_row": cities["source_row"],
            "note": "entry last updated " + updated,
        },
        columns=list(FIGURE_COLUMNS),
    )


ADAPTER = Adapter(
    source_id="net-zero-tracker-2022",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists cities of 500,000 inhabitants or more",
)
