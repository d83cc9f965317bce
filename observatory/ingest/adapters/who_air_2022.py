"""WHO ambient air quality database 2022: measured fine particles, PM10 and NO2. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

SHEET = "AAP_2022_city_v9"
INDICATORS = {
    "pm25_measured_ug_per_m3": "PM2.5 (μg/m3)",
    "pm10_measured_ug_per_m3": "PM10 (μg/m3)",
    "no2_measured_ug_per_m3": "NO2 (μg/m3)",
}
COUNTRY, CITY, YEAR = "ISO3", "City or Locality", "Measurement Year"
FILE = "who_aap_2021_v9_11august2022.xlsx"
BOUNDARY = "ground stations in the city"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Yearly means of a city's stations in µg/m³; several rows of a city and year: their mean."""
    del roster
    path = one_file(files, FILE)
    table = sheet_frame(path, (COUNTRY, CITY, YEAR, *INDICATORS.values()), sheet=SHEET)
    for column in (YEAR, *INDICATORS.values()):
        table[column] = numbers(table, column, path)
    table["place_key"] = table[COUNTRY] + " " + table[CITY].astype(str).str.strip()
    figures = [_figures(table, *pair) for pair in INDICATORS.items()]
    return Extract(_places(table), pd.concat(figures, ignore_index=True), _notes(table))


def _places(table: pd.DataFrame) -> pd.DataFrame:
    places = table.drop_duplicates("place_key")
    return pd.DataFrame(
        {
            "place_key": places["place_key"],
            "place_name": places[CITY].astype(str).str.strip(),
            "iso3": places[COUNTRY],
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "city",
        }
    )


def _figures(table: pd.DataFrame, indicator_id: str, column: str) -> pd.DataFrame:
    stated = table.dropna(subset=[YEAR, column])
    means = stated.groupby(["place_key", YEAR], as_index=False).agg(
        value=(column, "mean"), rows=(column, "size"), source_row=("source_row", " ".join)
    )
    several = means["rows"] > 1
    return pd.DataFrame(
        {
            "place_key": means["place_key"],
            "indicator_id": indicator_id,
            "period_year": means[YEAR].astype(int),
            "value": means["value"],
            "category": None,
            "status": "observed",
            "scale": "city",
            "boundary": BOUNDARY,
            "source_row": means["source_row"],
            "note": ("mean of " + means["rows"].astype(str) + " rows").where(several, None),
        }
    )


def _notes(table: pd.DataFrame) -> tuple[str, ...]:
    several = int(table.duplicated(["place_key", YEAR], keep=False).sum())
    if not several:
        return ()
    return (f"{several} rows share city and year with another: the mean of each is taken.",)


ADAPTER = Adapter(
    source_id="who-air-2022",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists cities with ground stations that reported",
)
