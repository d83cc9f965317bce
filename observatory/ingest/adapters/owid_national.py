"""Our World in Data: the latest national value of four indicators, each in its own year.

The exports are those of maps: `Code` and `Year` are filled only where the value is of the map's
own year; the last column `time` always holds the value's year (where `Year` is filled, the two
agree, and a file in which they do not is refused).
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.errors import DatasetError, Problem
from observatory.ingest.adapters.named_files import named_files
from observatory.ingest.adapters.national_series import (
    national_figures,
    numbered,
    without_unknown_countries,
)
from observatory.ingest.extract import Adapter, Extract, Roster, empty_places
from observatory.ingest.files import csv_frame

# By file: the indicator, the column of its values, and how far the publisher observed them.
SERIES = {
    "homicide-rate-unodc.csv": (
        "national_homicide_rate",
        "Homicide rate per 100,000 population - sex: Total - age: Total",
        "observed",
    ),
    "happiness-cantril-ladder.csv": (
        "national_life_satisfaction",
        "Cantril ladder score",
        "observed",
    ),
    "share-of-the-population-with-access-to-electricity.csv": (
        "national_electricity_access_pct",
        "Access to electricity (% of population)",
        "estimated",
    ),
    "mean-years-of-schooling-long-run.csv": (
        "national_schooling_years",
        "Combined - average years of education for 15-64 years male and female youth and adults",
        "estimated",
    ),
}


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """The latest value of each country and indicator, in the value's own year."""
    by_name = named_files(files, tuple(SERIES))
    figures = []
    undated = 0
    for name, (indicator_id, column, status) in SERIES.items():
        cells = _cells(by_name[name], column)
        dated = cells[cells["year"] != ""]
        undated += len(cells) - len(dated)
        series = numbered(dated, by_name[name])
        figures.append(national_figures(series, roster, indicator_id=indicator_id, status=status))
    kept, remarks = without_unknown_countries(pd.concat(figures))
    if undated:
        remarks = (f"Values without a year were left out: {undated}.", *remarks)
    return Extract(empty_places(), kept, remarks)


def _cells(path: Path, column: str) -> pd.DataFrame:
    """One row per value: country_name, source_row, year and text; the year may be empty."""
    table = csv_frame(path, ("Entity", "Code", "Year", column, "time"))
    times = table.loc[:, table.columns == "time"]  # one per variable of the map, ours last
    cells = pd.DataFrame(
        {
            "country_name": table["Entity"],
            "source_row": table["source_row"],
            "year": times.iloc[:, -1],
            "text": table[column],
            "map_year": table["Year"],
        }
    )
    cells = cells[cells["text"] != ""]
    differing = cells[(cells["map_year"] != "") & (cells["map_year"] != cells["year"])]
    if len(differing):
        raise DatasetError(
            [
                Problem(
                    path.name,
                    int(row.source_row),
                    "time",
                    f"expected {row.map_year} as in Year, found {row.year or 'nothing'}.",
                )
                for row in differing.itertuples()
            ]
        )
    return cells.drop(columns="map_year")


ADAPTER = Adapter(
    source_id="owid-national",
    grain="country",
    files=", ".join(SERIES),
    read=read,
    scope_note="the source has no value for the country",
)
