"""Citylines 2019: stations of rail and rapid transit with the years they opened and closed.

The source is crowd-sourced: some cities are complete, others hardly begun (Berlin has 15
stations). Only cities that pass `completeness_failure` are shown.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.derived import stations_in_service
from observatory.domain.names import country_codes, plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.adapters.named_files import named_files
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import csv_frame

YEARS = range(1970, 2020)
FILES = ("stations.csv", "cities.csv", "lines.csv", "station_lines.csv")
POINT = r"^POINT\((?P<longitude_deg>-?[\d.]+) (?P<latitude_deg>-?[\d.]+)\)$"
# Citylines' own names for parts of states and for one country in two spellings.
COUNTRY_NAMES = {
    "England": "GBR",
    "Scotland": "GBR",
    "Northern Ireland": "GBR",
    "Tasmania": "AUS",
    "México": "MEX",
    "Congo": "COD",  # its one city there is Kinshasa
}
# Years outside this span mean "unknown" (0 or empty) or "never" (999999 and its misspellings).
# A closure that is empty is "never" too: so stand most underground stations of Buenos Aires.
FIRST_YEAR, LAST_YEAR = 1800, 2100
LEAST_STATIONS = 20
LEAST_DATED_PCT = 80
LEAST_DRAWN_PCT = 50


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Stations in service in each year 1970-2019, of every kind of line the source has."""
    by_name = named_files(files, FILES)
    stations = _stations(by_name["stations.csv"])
    places = _places(by_name["cities.csv"], roster)
    counts = _counts(stations, by_name["lines.csv"], by_name["station_lines.csv"])
    counts = counts.reindex(places["place_key"], fill_value=0)
    reasons = {
        str(city): completeness_failure(**{str(key): int(n) for key, n in row.items()})
        for city, row in counts.to_dict(orient="index").items()
    }
    failed = {city: reason for city, reason in reasons.items() if reason}
    passed = stations[~stations["place_key"].isin(failed)].dropna(subset=["opened_year"])
    in_service = stations_in_service(passed, years=list(YEARS))
    figures = in_service.assign(
        indicator_id="transit_stations",
        value=in_service["value"].astype(float),
        category=None,
        status="derived",
        scale="metro",
        boundary="city as in Citylines",
        source_row="rows of stations.csv with city_id " + in_service["place_key"],
        note=None,
    )
    return Extract(places, figures, _remarks(places, counts, failed), failed)


def completeness_failure(*, stations: int, dated: int, lines: int, drawn: int) -> str:
    """Why a city is not complete enough to be shown; empty if it is.

    Three rules, each from what the source itself says of the city: at least 20 stations built
    by 2019; a known opening year for 80 % of them; two stations or more on half of its lines.

    Args:
        stations: not counting those planned to open after 2019.
        dated: stations of those whose opening year is known.
        lines: lines the source names.
        drawn: lines of those with at least two stations.
    """
    if stations == 0:
        return "no station is in the file"
    if stations < LEAST_STATIONS:
        return f"too few stations ({stations}; at least {LEAST_STATIONS} are asked)"
    if 100 * dated < LEAST_DATED_PCT * stations:
        return (
            f"the opening year is known for {dated} of {stations} stations; "
            f"{LEAST_DATED_PCT} % are asked"
        )
    if 100 * drawn < LEAST_DRAWN_PCT * lines:
        return f"{drawn} of {lines} lines have stations; {LEAST_DRAWN_PCT} % are asked"
    return ""


def _places(path: Path, roster: Roster) -> pd.DataFrame:
    table = csv_frame(path, ("id", "name", "coords", "country"))
    codes = country_codes(roster.countries)
    points = _required(table, table["coords"].str.extract(POINT), path, "coords").astype(float)
    country = table["country"]
    return pd.DataFrame(
        {
            "place_key": table["id"],
            "place_name": table["name"],
            "iso3": country.map(COUNTRY_NAMES).fillna(
                country.map(lambda name: codes.get(plain_name(name)))
            ),
            "latitude_deg": points["latitude_deg"],
            "longitude_deg": points["longitude_deg"],
            "identifier": None,
            "scale": "metro",
        }
    )


def _required(table: pd.DataFrame, values: pd.DataFrame, path: Path, column: str) -> pd.DataFrame:
    bad = table[values.isna().any(axis="columns")]
    if len(bad):
        raise DatasetError(
            [
                Problem(
                    path.name,
                    int(row),
                    column,
                    f"expected POINT(longitude latitude), found {found!r}.",
                )
                for row, found in zip(bad["source_row"], bad[column], strict=True)
            ]
        )
    return values


def _stations(path: Path) -> pd.DataFrame:
    """Columns station, place_key, opened_year, closed_year; years are missing where unknown."""
    table = csv_frame(path, ("id", "opening", "closure", "city_id"))
    years = {}
    problems = []
    for column in ("opening", "closure"):
        numbers = pd.to_numeric(table[column], errors="coerce")
        bad = table[numbers.isna() & (table[column] != "")]
        problems += [
            Problem(path.name, int(row), column, f"expected a year, found {found!r}.")
            for row, found in zip(bad["source_row"], bad[column], strict=True)
        ]
        years[column] = numbers.where(numbers.between(FIRST_YEAR, LAST_YEAR))
    if problems:
        raise DatasetError(problems)
    return pd.DataFrame(
        {
            "station": table["id"],
            "place_key": table["city_id"],
            "opened_year": years["opening"],
            "closed_year": years["closure"],
        }
    )


def _counts(stations: pd.DataFrame, lines_file: Path, links_file: Path) -> pd.DataFrame:
    """By city id, whole numbers: what `completeness_failure` asks for."""
    built = stations[~(stations["opened_year"] > YEARS[-1])]
    lines = csv_frame(lines_file, ("id", "city_id"))
    links = csv_frame(links_file, ("station_id", "line_id"))
    per_line = links.groupby("line_id")["station_id"].nunique()
    drawn = lines[lines["id"].map(per_line).fillna(0) >= 2]  # noqa: PLR2004 - a line has two ends
    counts = pd.DataFrame(
        {
            "stations": built.groupby("place_key").size(),
            "dated": built.groupby("place_key")["opened_year"].count(),
            "lines": lines.groupby("city_id").size(),
            "drawn": drawn.groupby("city_id").size(),
        }
    )
    return counts.fillna(0).astype(int)


def _remarks(places: pd.DataFrame, counts: pd.DataFrame, failed: dict[str, str]) -> tuple[str, ...]:
    names = places.set_index("place_key")["place_name"]
    begun = counts["stations"] > 0
    listed = sorted(
        f"{names[city]} ({failed[city]})" for city in counts.index[begun] if city in failed
    )
    remarks = (f"{(~begun).sum()} of {len(counts)} cities have no station in the file.",)
    if not listed:
        return remarks
    return (*remarks, f"{len(listed)} cities are not complete: {'; '.join(listed)}.")


ADAPTER = Adapter(
    source_id="citylines-2019",
    grain="place",
    files=", ".join(FILES),
    read=read,
    scope_note="the source does not map the city's lines",
)
