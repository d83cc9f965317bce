"""Women per 100 men, from City population by sex, Demographic Yearbook table 240, 2014."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.derived import women_per_100_men
from observatory.ingest.adapters.unsd_table_240 import (
    PREFERENCE,
    chosen,
    places_of,
    screened,
    table_rows,
)
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file

FILE = "unsd-citypopulation-year-fm.csv"
INDICATORS = {"city": "women_per_100_men", "metro": "women_per_100_men_agglomeration"}
SAME_RECORD = ["place_key", "period_year", *PREFERENCE]


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """The ratio within one record: one city, year, city type, record type and source year."""
    rows = table_rows(one_file(files, FILE))
    pairs, notes = _pairs(rows)
    records, ties = chosen(pairs)
    records, left_out = screened(records)
    figures = records.assign(
        indicator_id=records["scale"].map(INDICATORS),
        category=None,
        status="derived",
        note=records["Record Type"] + ", reported " + records["Source Year"],
    )
    return Extract(
        places_of(records, roster), figures[list(FIGURE_COLUMNS)], (*notes, *ties, *left_out)
    )


def _pairs(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Women's and men's rows of one record side by side; `value` is the ratio."""
    women = rows[rows["Sex"] == "Female"]
    men = rows[rows["Sex"] == "Male"]
    pairs = women.merge(
        men[[*SAME_RECORD, "value", "source_row"]], on=SAME_RECORD, suffixes=("", "_men")
    )
    alone = len(women) + len(men) - 2 * len(pairs)
    value = women_per_100_men(pairs["value"], pairs["value_men"])
    without_men = len(pairs) - len(value)
    pairs = pairs.loc[value.index].assign(value=value, persons=pairs["value"] + pairs["value_men"])
    pairs["source_row"] = pairs["source_row_men"] + ";" + pairs["source_row"]
    notes = [f"{alone} rows of one sex have no counterpart in the same record; left out."] * (
        alone > 0
    ) + [f"{without_men} records state no men; left out."] * (without_men > 0)
    return pairs, notes


ADAPTER = Adapter(
    source_id="unsd-citypop-sex-2014",
    grain="place",
    files=f"{FILE} (UNdata, tableCode:240, by sex)",
    read=read,
    scope_note="the source lists cities whose national statistical office reported both sexes",
)
