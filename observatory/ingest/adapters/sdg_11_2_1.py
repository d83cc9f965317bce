"""Convenient access to public transport (SDG 11.2.1) by city, compiled by 360info."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import csv_frame, one_file

FILE = "pt-access.csv"
BOUNDARY = "urban area as in the SDG database"
COLUMNS = (
    "country_iso2",
    "city",
    "city_std",
    "year",
    "geoname_id",
    "lat",
    "lon",
    "population",
    "pct_pt_access",
)
# Our choice, not the publisher's: it parts the namesakes seen (up to 13,000) from large cities.
LEAST_POINT_POPULATION = 50_000
CITY = ["country_iso2", "city"]


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Percent of people with access, one place per country and name in the SDG database.

    The compilers looked each name up in GeoNames. A name they could not place (several points)
    is left out. A point they gave to several names, or one too small to be the city meant (Sao
    Paulo stands at Frei Paulo, Brasilia at Brasiléia), is not used: the name alone counts then.
    """
    path = one_file(files, FILE)
    table = csv_frame(path, COLUMNS)
    table = table.drop_duplicates([*COLUMNS])
    several = table.duplicated([*CITY, "year"], keep=False)
    notes = _notes(table[several])
    table = table[~several]
    table = table.assign(
        place_key=table["country_iso2"] + "|" + table["city"],
        latitude_deg=numbers(table, "lat", path),
        longitude_deg=numbers(table, "lon", path),
        period_year=numbers(table, "year", path).astype(int),
        value=numbers(table, "pct_pt_access", path),
        point_population=numbers(table, "population", path),
    )
    return Extract(_places(table, roster), _figures(table), notes)


def _notes(several: pd.DataFrame) -> tuple[str, ...]:
    names = sorted({f"{row.city} ({row.country_iso2})" for row in several.itertuples()})
    note = (
        f"{len(several)} rows of {len(names)} names have several points or values in one year; "
        f"left out: {', '.join(names)}."
    )
    return (note,) if names else ()


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    places = table.drop_duplicates("place_key")
    trusted = ~places["geoname_id"].duplicated(keep=False)
    trusted &= places["point_population"] >= LEAST_POINT_POPULATION
    return pd.DataFrame(
        {
            "place_key": places["place_key"],
            "place_name": places["city_std"].where(trusted, places["city"]),
            "iso3": places["country_iso2"].map(lambda code: codes.get(plain_name(code))),
            "latitude_deg": places["latitude_deg"].where(trusted),
            "longitude_deg": places["longitude_deg"].where(trusted),
            "identifier": places["geoname_id"].where(trusted),
            "scale": "metro",
        }
    )


def _figures(table: pd.DataFrame) -> pd.DataFrame:
    return table.dropna(subset=["value"]).assign(
        indicator_id="public_transport_access_pct",
        category=None,
        status="estimated",
        scale="metro",
        boundary=BOUNDARY,
        note=None,
    )[list(FIGURE_COLUMNS)]


ADAPTER = Adapter(
    source_id="sdg-11-2-1",
    grain="place",
    scheme="geonames",
    files=FILE,
    read=read,
    scope_note="the source lists the about 1,930 cities with a value in the SDG database",
)
