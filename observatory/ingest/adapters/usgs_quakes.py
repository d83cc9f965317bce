"""USGS significant earthquakes of magnitude 5.5 and more, 1965-2016: how many near each member.

One figure per member: the whole count, dated by the last year. The decades are in its note
(1965-69 and 2010-16 are shorter than ten years and would mislead as points of a series).
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.derived import events_within
from observatory.errors import DatasetError, Problem
from observatory.ingest.adapters.member_points import distances_km, member_points
from observatory.ingest.extract import Adapter, Extract, Roster, empty_places
from observatory.ingest.files import csv_frame, one_file

FILE = "earthquakes-23k.csv"
COLUMNS = ("Date", "Latitude", "Longitude", "Magnitude")
RADIUS_KM = 300.0
LEAST_MAGNITUDE = 5.5
LAST_YEAR = 2016
SPANS = {
    "1965-69": (1965, 1969),
    "1970s": (1970, 1979),
    "1980s": (1980, 1989),
    "1990s": (1990, 1999),
    "2000s": (2000, 2009),
    "2010-16": (2010, 2016),
}


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Earthquakes within 300 km of each member's point; 0 is a count, not a gap."""
    quakes = _quakes(one_file(files, FILE))
    points = member_points(roster)
    near = pd.DataFrame(
        distances_km(points, quakes["latitude_deg"], quakes["longitude_deg"]),
        columns=points["city_id"].to_list(),
    )
    total = events_within(near, radius_km=RADIUS_KM)
    by_span = {
        span: events_within(near[quakes["year"].between(*ends)], radius_km=RADIUS_KM)
        for span, ends in SPANS.items()
    }
    notes = pd.DataFrame(by_span).apply(_note, axis="columns")
    rows = (near <= RADIUS_KM).apply(lambda inside: _rows(quakes["source_row"][inside]))
    figures = pd.DataFrame(
        {
            "place_key": total.index,
            "indicator_id": "earthquakes_m55_300km",
            "period_year": LAST_YEAR,
            "value": total.to_numpy(float),
            "category": None,
            "status": "derived",
            "scale": "city",
            "boundary": "within 300 km of the city point",
            "source_row": rows.reindex(total.index).to_numpy(),
            "note": notes.reindex(total.index).to_numpy(),
        }
    )
    return Extract(empty_places(), figures)


def _quakes(path: Path) -> pd.DataFrame:
    """Columns year, latitude_deg, longitude_deg, source_row of quakes of the magnitude asked.

    Dates are month/day/year, three of them ISO 8601: the year stands in either.
    """
    table = csv_frame(path, COLUMNS)
    years = pd.to_numeric(table["Date"].str.extract(r"(\d{4})$|^(\d{4})-").bfill(axis=1)[0])
    numbers = table[list(COLUMNS[1:])].apply(pd.to_numeric, errors="coerce")
    bad = years.isna() | numbers.isna().any(axis="columns")
    if bad.any():
        raise DatasetError(
            [
                Problem(path.name, int(row), None, "expected a date and three numbers, found none.")
                for row in table.loc[bad, "source_row"]
            ]
        )
    quakes = pd.DataFrame(
        {
            "year": years.astype(int),
            "latitude_deg": numbers["Latitude"],
            "longitude_deg": numbers["Longitude"],
            "source_row": table["source_row"],
        }
    )
    first = min(start for start, _ in SPANS.values())
    asked = (numbers["Magnitude"] >= LEAST_MAGNITUDE) & quakes["year"].between(first, LAST_YEAR)
    return quakes[asked].reset_index(drop=True)


def _note(counts: pd.Series) -> str:
    return "by decade: " + "; ".join(f"{span} {count}" for span, count in counts.items())


def _rows(rows: pd.Series) -> str:
    if rows.empty:
        return "no row within 300 km"
    return f"{len(rows)} rows from {rows.iloc[0]} to {rows.iloc[-1]}"


ADAPTER = Adapter(source_id="usgs-quakes", grain="point", files=FILE, read=read)
