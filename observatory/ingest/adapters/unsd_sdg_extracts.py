"""Waste collection by city (SDG 11.6.1), extract of the UN's SDG database. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, refuse, sheet_frame

FILE = "SDG_Goal11_slums_waste.xlsx"
SHEET = "data"
SERIES = "EN_REF_WASCOL"
UNIT = "PERCENT"
COLUMNS = (
    "SeriesCode",
    "GeoAreaName",
    "TimePeriod",
    "Value",
    "Source",
    "Cities",
    "Nature",
    "Units",
)
NO_CITY = ("", "NOCITI")
COUNTRY_DATA = "C"  # the database's code of figures from the country; others are estimates
BOUNDARY = "as reported"
# One and the same figure for so many places of a country and year is the country's, not theirs.
MANY_CITIES = 100


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Percent of waste collected, by the database's city codes (GH_ACCRA), as published.

    Where a country's source gives one figure to all its places, none of them takes it.
    """
    path = one_file(files, FILE)
    table = _series(path)
    named = table[~table["place_key"].isin(NO_CITY)]
    national = _national(named)
    own, others = named[~national], named[national]
    without = others.loc[~others["place_key"].isin(own["place_key"]), "place_key"]
    notes = (
        f"{len(table) - len(named)} rows of {SERIES} name no city and were left out.",
        *_notes_on_national(others),
    )
    failed = dict.fromkeys(without, "the source gives one figure to all places of the country")
    return Extract(_places(named, roster), _figures(own), notes, failed)


def _series(path: Path) -> pd.DataFrame:
    """The rows of the series, with place_key, period_year and value."""
    table = sheet_frame(path, COLUMNS, sheet=SHEET)
    table = table[table["SeriesCode"] == SERIES]
    if table.empty:
        raise refuse(path, f"expected rows of the series {SERIES}, found none.")
    other = table[table["Units"] != UNIT]
    if len(other):
        first = other.iloc[0]
        raise refuse(
            path,
            f"expected {UNIT}, found {first['Units']!r}.",
            row=int(first["source_row"]),
            column="Units",
        )
    table = table.assign(
        place_key=table["Cities"].astype(str).str.strip(),
        period_year=numbers(table, "TimePeriod", path),
        value=numbers(table, "Value", path),
    )
    return table.dropna(subset=["period_year", "value"])


def _national(named: pd.DataFrame) -> pd.Series:
    """Whether a row repeats the one figure that a source gives to all places of a country."""
    alike = named.groupby(["GeoAreaName", "period_year", "Source"])["value"]
    return (alike.transform("nunique") == 1) & (alike.transform("size") >= MANY_CITIES)


def _notes_on_national(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{country} {year:g}: one figure for all {len(group)} places, so none of theirs; left out."
        for (country, year), group in rows.groupby(["GeoAreaName", "period_year"])
    )


def _places(named: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    places = named.drop_duplicates("place_key")
    return pd.DataFrame(
        {
            "place_key": places["place_key"],
            "place_name": places["place_key"],
            "iso3": places["GeoAreaName"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


def _figures(stated: pd.DataFrame) -> pd.DataFrame:
    compilation = stated["Source"].astype(str).str.split().str.join(" ")
    country_data = stated["Nature"] == COUNTRY_DATA
    return pd.DataFrame(
        {
            "place_key": stated["place_key"],
            "indicator_id": "waste_collection_pct",
            "period_year": stated["period_year"].astype(int),
            "value": stated["value"],
            "category": None,
            "status": country_data.map({True: "observed", False: "estimated"}),
            "scale": "city",
            "boundary": BOUNDARY,
            "source_row": stated["source_row"],
            "note": "data: " + compilation,
        }
    )


ADAPTER = Adapter(
    source_id="unsd-sdg-extracts",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source has no figure of the city's own on waste collection",
)
