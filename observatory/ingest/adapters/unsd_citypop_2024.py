"""City population, Demographic Yearbook table 240, as exported from UNdata in 2024."""

from collections.abc import Sequence
from pathlib import Path

from observatory.ingest.adapters.unsd_table_240 import chosen, places_of, screened, table_rows
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file

FILE = "UNdata_Export_20240220_163008679.csv"
INDICATORS = {"city": "population_city_proper", "metro": "population_agglomeration_national"}


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Population of both sexes, one record per city and year, screened."""
    rows = table_rows(one_file(files, FILE))
    records, ties = chosen(rows[rows["Sex"] == "Both Sexes"])
    records, notes = screened(records.assign(persons=records["value"]))
    figures = records.assign(
        indicator_id=records["scale"].map(INDICATORS),
        category=None,
        note=records["Record Type"] + ", reported " + records["Source Year"],
    )
    return Extract(places_of(records, roster), figures[list(FIGURE_COLUMNS)], (*ties, *notes))


ADAPTER = Adapter(
    source_id="unsd-citypop-2024",
    grain="place",
    files=f"{FILE} (UNdata, tableCode:240)",
    read=read,
    scope_note="the source lists cities that national statistical offices reported",
)
