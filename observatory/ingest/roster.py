"""The roster as the other parts of ingest need it: members, names, identifiers, scopes."""

from pathlib import Path

import pandas as pd

from observatory.ingest.extract import Roster
from observatory.ingest.files import csv_frame
from observatory.schema import ALIASES, CITIES, COUNTRIES, IDENTIFIERS, SCOPES, Table

DEFAULT_SCOPES = {
    "city": ("city", "yes"),
    "metropolitan area": ("metropolis", "yes"),
    "province/region": ("region", "no"),
}


def read_roster(datasets_dir: Path) -> Roster:
    """The members and their names from datasets/roster.

    Raises:
        DatasetError: a file is missing or lacks a column.
    """
    folder = datasets_dir / "roster"
    members = _table(folder / "members.csv", CITIES)
    members = members.assign(
        latitude_deg=pd.to_numeric(members["latitude_deg"]),
        longitude_deg=pd.to_numeric(members["longitude_deg"]),
    )
    return Roster(
        members=members,
        aliases=_table(folder / "aliases.csv", ALIASES),
        identifiers=_table(folder / "identifiers.csv", IDENTIFIERS),
        scopes=_scopes(members, _table(folder / "scopes.csv", SCOPES)),
        countries=_table(folder / "countries.csv", COUNTRIES),
    )


def _table(path: Path, table: Table) -> pd.DataFrame:
    frame = csv_frame(path, table.column_names)
    return frame[list(table.column_names)]


def _scopes(members: pd.DataFrame, exceptions: pd.DataFrame) -> pd.DataFrame:
    """What every member stands for: its kind of government decides, unless declared."""
    defaults = members["member_kind"].map(DEFAULT_SCOPES)
    scopes = pd.DataFrame(
        {
            "city_id": members["city_id"],
            "stands_for": defaults.str[0],
            "answers_to_city_name": defaults.str[1],
        }
    ).set_index("city_id")
    declared = exceptions.set_index("city_id")[["stands_for", "answers_to_city_name"]]
    scopes.update(declared)
    return scopes.reset_index()
