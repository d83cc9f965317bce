"""OpenFlights: airports, and the routes between them in January 2012, October 2013, August 2014.

A route counts when it is flown without a stop; a code-share is a route and its airline serves
the city. An airport is known by the code that the routes state; where it lies is looked up by its
OpenFlights number, then by its code. Codes that airports.dat lacks count as destinations, but
belong to no city. An airport across a border is no airport of the city, however near: who lives
there may not be let over.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from observatory.domain.derived import (
    airlines_serving,
    airports_reached,
    place_links,
    places_reached,
)
from observatory.domain.names import country_codes, plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.adapters.member_points import distances_km, member_points
from observatory.ingest.extract import Adapter, Extract, Roster, empty_places
from observatory.ingest.files import refuse, text_of

AIRPORTS = "airports.dat"
ROUTES = re.compile(r"routes.*?(20\d\d).*\.dat")
FILES = f"{AIRPORTS} and routes_YYYY-MM-DD.dat, one for each year"
RADIUS_KM = 60.0
NONE = r"\N"
AIRPORT_CELLS = 14
ROUTE_CELLS = (
    "airline",
    "airline_number",
    "start",
    "start_number",
    "destination",
    "destination_number",
    "codeshare",
    "stops",
    "equipment",
)


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Airports, airlines and members reached from within 60 km, for each year of routes.

    The pairs of members that flights join are handed over too, as links of the network.
    """
    airports_file, routes_files = _told_apart(files)
    airports = _airports(airports_file, roster)
    near = _near(airports, roster)
    figures, links, remarks = [], [], []
    for year, path in sorted(routes_files.items()):
        routes = _routes(path)
        non_stop = routes[routes["stops"] == "0"]
        located = _located(non_stop, airports)
        departures = _departures(located, near)
        figures.append(_figures(departures, near).assign(period_year=year))
        links.append(place_links(departures, near).assign(period_year=year))
        unknown = located["destination_key"].isna().sum()
        remarks.append(
            f"{path.name}: {len(routes) - len(non_stop)} routes with a stop left out; "
            f"{unknown} of {len(non_stop)} end at an airport that {AIRPORTS} lacks."
        )
    return Extract(
        empty_places(),
        pd.concat(figures, ignore_index=True),
        tuple(remarks),
        links=pd.concat(links, ignore_index=True),
    )


def _told_apart(files: Sequence[Path]) -> tuple[Path, dict[int, Path]]:
    airports = [path for path in files if path.name == AIRPORTS]
    years = {path: ROUTES.fullmatch(path.name) for path in files if path.name != AIRPORTS}
    routes = {int(found[1]): path for path, found in years.items() if found}
    if len(airports) != 1 or not routes or len(routes) != len(files) - 1:
        names = ", ".join(path.name for path in files) or "none"
        raise DatasetError([Problem(AIRPORTS, None, None, f"expected {FILES}; found {names}.")])
    return airports[0], routes


def _rows(path: Path, cells: int) -> list[list[str]]:
    """The rows of a file that has no header."""
    reader = csv.reader(io.StringIO(text_of(path), newline=""))
    rows = []
    problems = []
    for row in reader:
        if row and len(row) != cells:
            rule = f"expected {cells} cells, found {len(row)}."
            problems.append(Problem(path.name, reader.line_num, None, rule))
        elif row:
            rows.append(row)
    if problems:
        raise DatasetError(problems)
    return rows


def _airports(path: Path, roster: Roster) -> pd.DataFrame:
    """Columns airport (number), code, iso3 (each missing if none), latitude_deg, longitude_deg."""
    table = pd.DataFrame(_rows(path, AIRPORT_CELLS), dtype="str")
    places = table[[6, 7]].apply(pd.to_numeric, errors="coerce")
    if places.isna().any(axis=None):
        row = int(np.flatnonzero(places.isna().any(axis="columns"))[0]) + 1
        raise refuse(path, "expected latitude and longitude in cells 7 and 8.", row=row)
    codes = country_codes(roster.countries)
    return pd.DataFrame(
        {
            "airport": table[0],
            "code": table[4].mask(table[4] == NONE),
            "iso3": table[3].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": places[6],
            "longitude_deg": places[7],
        }
    )


def _routes(path: Path) -> pd.DataFrame:
    return pd.DataFrame(_rows(path, len(ROUTE_CELLS)), columns=list(ROUTE_CELLS), dtype="str")


def _near(airports: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """Columns place_key, airport: airports of its country within 60 km of each member's point."""
    points = member_points(roster)
    distances = distances_km(points, airports["latitude_deg"], airports["longitude_deg"])
    country = points["city_id"].map(roster.members.set_index("city_id")["iso3"])
    is_own = airports["iso3"].to_numpy()[:, None] == country.to_numpy()[None, :]
    airport_no, member_no = np.nonzero(is_own & (distances <= RADIUS_KM))
    return pd.DataFrame(
        {
            "place_key": points["city_id"].to_numpy()[member_no],
            "airport": airports["airport"].to_numpy()[airport_no],
        }
    )


def _located(routes: pd.DataFrame, airports: pd.DataFrame) -> pd.DataFrame:
    """Routes with start_key and destination_key: numbers of airports.dat, missing if unknown."""
    coded = airports.dropna(subset=["code"])
    by_code = dict(zip(coded["code"], coded["airport"], strict=True))
    known = set(airports["airport"])
    keys = {
        f"{end}_key": routes[f"{end}_number"].where(
            routes[f"{end}_number"].isin(known), routes[end].map(by_code)
        )
        for end in ("start", "destination")
    }
    return routes.assign(**keys)


def _departures(routes: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """Each member's routes; destination is a number of airports.dat, or missing.

    Columns place_key, start, destination_code, destination, is_own, and those of the routes.
    """
    departures = near.merge(routes, left_on="airport", right_on="start_key")
    own = set(zip(near["place_key"], near["airport"], strict=True))
    pairs = zip(departures["place_key"], departures["destination_key"], strict=True)
    departures["is_own"] = [pair in own for pair in pairs]
    return departures.rename(
        columns={"destination": "destination_code", "destination_key": "destination"}
    )


def _figures(departures: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """Three figures for each member with a departure; none is absent, not 0."""
    coded = departures.drop(columns="destination").rename(
        columns={"destination_code": "destination"}
    )
    figures = pd.concat(
        {
            "air_destinations": airports_reached(coded),
            "airlines": airlines_serving(departures),
            "air_links_to_members": places_reached(departures, near),
        },
        names=["indicator_id", "place_key"],
    )
    codes = departures.groupby("place_key")["start"].agg(lambda start: " ".join(sorted(set(start))))
    tidy = figures.rename("value").reset_index()
    return tidy.assign(
        value=tidy["value"].astype(float),
        category=None,
        status="derived",
        scale="metro",
        boundary="airports of the country within 60 km of the city point",
        source_row="routes from " + tidy["place_key"].map(codes),
        note=None,
    )


ADAPTER = Adapter(
    source_id="openflights",
    grain="point",
    files=FILES,
    read=read,
    scope_note="the source has no route from an airport of the country within 60 km of the city",
)
