"""Human Development Index 1990-2018: a title row above the header, ".." where missing."""

from collections.abc import Sequence
from pathlib import Path

from observatory.ingest.adapters.national_series import (
    long_series,
    national_figures,
    without_unknown_countries,
)
from observatory.ingest.extract import Adapter, Extract, Roster, empty_places
from observatory.ingest.files import csv_frame, one_file

FILE = "undp_human-development-index.csv"
TITLE_ROWS = 1
YEARS = range(1990, 2019)
MISSING = ("", "..")


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """The index as published; groups of countries at the file's end are left out."""
    path = one_file(files, FILE)
    table = csv_frame(path, ("HDI Rank (2018)", "Country"), skip_rows=TITLE_ROWS)
    series = long_series(table, path, country="Country", years=YEARS, missing=MISSING)
    figures = national_figures(series, roster, indicator_id="national_hdi", status="observed")
    return Extract(empty_places(), *without_unknown_countries(figures))


ADAPTER = Adapter(
    source_id="undp-hdi-2018",
    grain="country",
    files=FILE,
    read=read,
    scope_note="the source has no index for the country",
)
