"""UNdata's export of Demographic Yearbook table 240: what its two adapters share.

Several records may state one city and year. One is chosen, never an average: a census before an
estimate, an estimate before a survey, final before provisional, then the latest source year. Two
records alike in all of this are left out.
"""

from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import Roster
from observatory.ingest.files import csv_frame, refuse

COLUMNS = (
    "Country or Area",
    "Year",
    "Sex",
    "City",
    "City type",
    "Record Type",
    "Reliability",
    "Source Year",
    "Value",
)
FOOTNOTES = "footnoteSeqID"  # first cell of the row above the footnotes
SCALES = {"City proper": "city", "Urban agglomeration": "metro"}
BOUNDARIES = {
    "city": "city proper as nationally defined",
    "metro": "urban agglomeration as nationally defined",
}
RECORD_TYPES = (  # best first
    "Census - de jure - complete tabulation",
    "Census - de facto - complete tabulation",
    "Census - de jure - sample tabulation",
    "Census - de facto - sample tabulation",
    "Estimate - de jure",
    "Estimate - de facto",
    "Sample survey - de jure",
    "Sample survey - de facto",
    "Record type not defined/applicable",
)
RELIABILITIES = ("Final figure, complete", "Provisional figure", "Other estimate")
WITHDRAWN = {  # (country, year): what is wrong with the whole of it in the publisher's file
    ("Mexico", 2005): "the figures stand at other cities than their own (Ciudad Del Carmen has "
    "Mexico City's 8,720,916, Guadalajara has Culiacán's 605,304) or are 1",
}
PREFERENCE = ["record_rank", "reliability_rank", "source_age"]  # the lowest wins


def table_rows(path: Path) -> pd.DataFrame:
    """The data rows above the footnotes.

    Returns:
        Columns of the file plus place_key (country, city in plain letters, city type), scale,
        boundary, period_year (int), value (float), status and the columns of PREFERENCE.

    Raises:
        DatasetError: as `csv_frame`; no footnotes, so the file is cut off; an unknown city type
            or record type; a year or value that is no number.
    """
    rows = csv_frame(path, COLUMNS)
    ends = rows.index[rows["Country or Area"] == FOOTNOTES]
    if not len(ends):
        raise refuse(
            path,
            f"expected a row {FOOTNOTES!r} above the footnotes, found none. The file may be cut "
            "off: download it again.",
        )
    rows = rows.loc[: ends[0] - 1].copy()
    _check_words(rows, "City type", tuple(SCALES), path)
    _check_words(rows, "Record Type", RECORD_TYPES, path)
    _check_words(rows, "Reliability", RELIABILITIES, path)
    rows["scale"] = rows["City type"].map(SCALES)
    city = rows["City"].map(plain_name)
    return rows.assign(
        place_key=rows["Country or Area"] + "|" + city + "|" + rows["City type"],
        boundary=rows["scale"].map(BOUNDARIES),
        period_year=numbers(rows, "Year", path).astype(int),
        value=numbers(rows, "Value", path),
        status=_status(rows),
        record_rank=rows["Record Type"].map(RECORD_TYPES.index),
        reliability_rank=rows["Reliability"].map(RELIABILITIES.index),
        source_age=-numbers(rows, "Source Year", path),
    )


def _check_words(rows: pd.DataFrame, column: str, known: tuple[str, ...], path: Path) -> None:
    other = rows[~rows[column].isin(known)]
    if len(other):
        first = other.iloc[0]
        raise refuse(
            path,
            f"expected one of {', '.join(known)}, found {first[column]!r}.",
            row=int(first["source_row"]),
            column=column,
        )


def _status(rows: pd.DataFrame) -> pd.Series:
    status = (
        rows["Record Type"].str.startswith("Census").map({True: "observed", False: "estimated"})
    )
    return status.mask(rows["Reliability"] == "Provisional figure", "provisional")


def chosen(records: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """One record per place and year, and a note on each pair nothing tells apart.

    Args:
        records: place_key, period_year, value, City and the columns of PREFERENCE.
    """
    key = ["place_key", "period_year"]
    best = records.sort_values([*key, *PREFERENCE], kind="stable")
    best = best.drop_duplicates([*key, *PREFERENCE, "value"])
    leading = best.groupby(key)[PREFERENCE].transform("first")
    best = best[(best[PREFERENCE] == leading).all(axis="columns")]
    tied = best.duplicated(key, keep=False)
    notes = [
        f"{rows['City'].iloc[0]} {year}: records of one kind state "
        f"{' and '.join(f'{value:,.10g}' for value in rows['value'])}; left out."
        for (_, year), rows in best[tied].groupby(key)
    ]
    return best[~tied], notes


def without_withdrawn(records: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The records of countries and years that can be trusted, and a note on each that cannot."""
    notes = []
    for (country, year), reason in WITHDRAWN.items():
        struck = (records["Country or Area"] == country) & (records["period_year"] == year)
        if struck.any():
            notes.append(f"{country} {year}: {struck.sum()} figures left out: {reason}.")
            records = records[~struck]
    return records, notes


def places_of(records: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """One place per key, under its most recent spelling as published."""
    latest = records.sort_values("period_year", kind="stable").drop_duplicates(
        "place_key", keep="last"
    )
    codes = country_codes(roster.countries)
    return pd.DataFrame(
        {
            "place_key": latest["place_key"],
            "place_name": latest["City"],
            "iso3": latest["Country or Area"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": latest["scale"],
        }
    ).sort_values("place_key", ignore_index=True)
