"""OpenClimate's EmissionsAgg.csv: what the adapters of its two data sets share.

Actors are keyed by country code ("AT"), ISO 3166-2 ("AT-5") or UN/LOCODE ("AT VIE"). Only the
last are cities.
"""

from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import Roster
from observatory.ingest.files import csv_frame, refuse

FILE = "EmissionsAgg.csv"
COLUMNS = ("actor_id", "year", "total_emissions", "datasource_id")
LOCODE = r"[A-Z]{2} [A-Z0-9]{3}"


def city_totals(path: Path, datasource: str) -> pd.DataFrame:
    """Yearly totals of the cities in the file.

    Args:
        path: the file.
        datasource: what `datasource_id` starts with; both data sets come under one file name.

    Returns:
        Columns of the file plus place_key (UN/LOCODE without its blank), period_year (int) and
        value (t CO2).

    Raises:
        DatasetError: as `csv_frame`; another data set; a total that is no number.
    """
    rows = csv_frame(path, COLUMNS)
    other = rows[~rows["datasource_id"].str.startswith(f"{datasource}:")]
    if len(other):
        first = other.iloc[0]
        raise refuse(
            path,
            f"expected rows of {datasource}, found {first['datasource_id']!r}. Is it the right "
            "data set?",
            row=int(first["source_row"]),
            column="datasource_id",
        )
    rows = rows[rows["actor_id"].str.fullmatch(LOCODE)]
    return rows.assign(
        place_key=rows["actor_id"].str.replace(" ", ""),
        period_year=numbers(rows, "year", path).astype(int),
        value=numbers(rows, "total_emissions", path),
    ).dropna(subset=["value"])


def without_repeats(totals: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The totals stated once per city and year, and a note on those stated differently."""
    totals = totals.drop_duplicates(["place_key", "period_year", "value"])
    several = totals.duplicated(["place_key", "period_year"], keep=False)
    names = sorted(set(totals.loc[several, "place_key"]))
    notes = (
        (f"{len(names)} cities have several totals in one year; left out: {', '.join(names)}.",)
        if names
        else ()
    )
    return totals[~several], notes


def places_of(totals: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """One place per UN/LOCODE; the file gives no names, so the code stands for one."""
    keys = totals["place_key"].drop_duplicates()
    codes = country_codes(roster.countries)
    return pd.DataFrame(
        {
            "place_key": keys,
            "place_name": keys,
            "iso3": keys.map(lambda locode: codes.get(plain_name(locode[:2]))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": keys,
            "scale": "city",
        }
    )
