"""City population, Demographic Yearbook table 240, as exported from UNdata in 2024."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.outliers import outliers
from observatory.ingest.adapters.unsd_table_240 import (
    chosen,
    places_of,
    table_rows,
    without_withdrawn,
)
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file

FILE = "UNdata_Export_20240220_163008679.csv"
INDICATORS = {"city": "population_city_proper", "metro": "population_agglomeration_national"}
OUTLIER_FACTOR = 3.0


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Population of both sexes, one record per city and year, without outliers."""
    rows = table_rows(one_file(files, FILE))
    records, notes = chosen(rows[rows["Sex"] == "Both Sexes"])
    odd = outliers(records, factor=OUTLIER_FACTOR)
    notes += [_outlier_note(row) for row in records[odd].to_dict("records")]
    records, withdrawn = without_withdrawn(records[~odd])
    figures = records.assign(
        indicator_id=records["scale"].map(INDICATORS), category=None, note=_remark(records)
    )
    return Extract(places_of(records, roster), figures[list(FIGURE_COLUMNS)], (*notes, *withdrawn))


def _outlier_note(row: dict[str, object]) -> str:
    return (
        f"{row['City']}, {row['Country or Area']} ({row['City type']}) {row['period_year']}: "
        f"{row['value']:,.10g} is more than {OUTLIER_FACTOR:g} times off its neighbours; left out."
    )


def _remark(records: pd.DataFrame) -> pd.Series:
    return records["Record Type"] + ", reported " + records["Source Year"]


ADAPTER = Adapter(
    source_id="unsd-citypop-2024",
    grain="place",
    files=f"{FILE} (UNdata, tableCode:240)",
    read=read,
    scope_note="the source lists capitals and cities of 100,000 inhabitants or more as reported "
    "by national statistical offices",
)
