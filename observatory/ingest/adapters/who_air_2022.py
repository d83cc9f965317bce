"""Ambient Air Quality Database of the WHO, update 2022: means of ground stations. Restricted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

FILE = "who_aap_2021_v9_11august2022.xlsx"
SHEET = "AAP_2022_city_v9"
UNIT = "(\u03bcg/m3)"  # with the Greek letter, as in the file
INDICATORS = {
    "pm25_measured_ug_per_m3": f"PM2.5 {UNIT}",
    "pm10_measured_ug_per_m3": f"PM10 {UNIT}",
    "no2_measured_ug_per_m3": f"NO2 {UNIT}",
}
COLUMNS = ("ISO3", "City or Locality", "Measurement Year", *INDICATORS.values())
BOUNDARY = "ground stations in the city"
METROPOLITAN = "ground stations in the metropolitan area"

# Places that are more than one city, under their names in the file.
WIDER_AREAS = {
    "EGY|Greater Cairo": METROPOLITAN,
    "KOR|Gyeonggi-Do": "ground stations in the province",
    "MEX|Zona Metropolitana De Guadalajara": METROPOLITAN,
    "USA|Atlanta-Sandy Springs-Roswell (Ga)": METROPOLITAN,
}
# One city under several spellings, or under the country it is listed with.
SAME_CITY = {
    "BEL|Brussel": "BEL|Brussels",
    "BEL|Bruxelles": "BEL|Brussels",
    "BEL|Bruxelles/Brussel": "BEL|Brussels",
    "CHN|Ji'nan": "CHN|Jinan",
    "CHN|New Taipei": "TWN|New Taipei",
    "CHN|New Taipei City": "TWN|New Taipei",
    "CHN|Taichung": "TWN|Taichung",
    "CHN|Taichung City": "TWN|Taichung",
    "IND|Hydrabad": "IND|Hyderabad",
    "IRN|Esfahan": "IRN|Isfahan",
    "MEX|Toluca De Lerdo": "MEX|Toluca",
    "ROU|București": "ROU|Bucharest",
}
# One spelling for two cities, whose figures the file does not part.
NAMESAKES = {
    "CHN|Fuzhou": "the file does not tell Fuzhou in Fujian from Fuzhou in Jiangxi",
}


def read(files: Sequence[Path], _roster: Roster) -> Extract:
    """Yearly means in micrograms a cubic metre; several rows of a city and year are averaged.

    The rows are of stations, of earlier versions of the database or of another spelling of the
    city: none is preferred by the publisher. What stands for two cities at once is left out.
    """
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS, sheet=SHEET)
    keys = table["ISO3"].astype(str).str.strip() + "|" + table["City or Locality"].astype(str)
    table["place_key"] = keys.str.strip().replace(SAME_CITY)
    table["period_year"] = numbers(table, "Measurement Year", path)
    table = table.dropna(subset=["period_year"]).astype({"period_year": "int"})
    unclear = table["place_key"].isin(NAMESAKES)
    failed = {key: NAMESAKES[key] for key in table.loc[unclear, "place_key"].unique()}
    figures = [_figures(table[~unclear], *pair, path) for pair in INDICATORS.items()]
    notes = tuple(f"Left out: {reason}." for reason in failed.values())
    return Extract(_places(table), pd.concat(figures, ignore_index=True), notes, failed)


def _places(table: pd.DataFrame) -> pd.DataFrame:
    keys = table["place_key"].drop_duplicates()
    parts = keys.str.split("|", n=1)
    return pd.DataFrame(
        {
            "place_key": keys,
            "place_name": parts.str[1],
            "iso3": parts.str[0],
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": keys.isin(WIDER_AREAS).map({True: "metro", False: "city"}),
        }
    )


def _figures(table: pd.DataFrame, indicator_id: str, column: str, path: Path) -> pd.DataFrame:
    stated = table.assign(value=numbers(table, column, path)).dropna(subset=["value"])
    means = stated.groupby(["place_key", "period_year"], as_index=False).agg(
        value=("value", "mean"), source_row=("source_row", ";".join), rows=("value", "size")
    )
    return means.assign(
        indicator_id=indicator_id,
        category=None,
        status="observed",
        scale="city",
        boundary=means["place_key"].map(WIDER_AREAS).fillna(BOUNDARY),
        note=("mean of " + means["rows"].astype(str) + " rows").where(means["rows"] > 1, None),
    )[list(FIGURE_COLUMNS)]


ADAPTER = Adapter(
    source_id="who-air-2022",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source lists no ground station under the city's name",
)
