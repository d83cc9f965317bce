"""UNdata's export of Demographic Yearbook table 240: what its two adapters share.

Several records may state one city and year. One is chosen, never an average: a census before an
estimate, an estimate before a survey, final before provisional, then the latest source year. Two
records alike in all of this are left out.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.domain.outliers import disproportionate, outliers
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
OUTLIER_FACTOR = 3.0
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


def screened(records: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The records that can be trusted, and a note on each one that cannot.

    Args:
        records: one row per place and year, with `persons`, the figure that is looked at.
    """
    odd = outliers(records.assign(value=records["persons"]), factor=OUTLIER_FACTOR)
    notes = [
        _note(row, f"more than {OUTLIER_FACTOR:g} times off its neighbours in the series")
        for row in records[odd].to_dict("records")
    ]
    records = records[~odd]
    odd = _disproportionate(records)
    notes += [
        _note(row, "out of proportion to the other city type of the same name and year")
        for row in records[odd].to_dict("records")
    ]
    records, withdrawn = _without_withdrawn(records[~odd])
    return records, [*notes, *withdrawn]


def _note(row: dict[Hashable, Any], reason: str) -> str:
    return (
        f"{row['City']}, {row['Country or Area']} ({row['City type']}) {row['period_year']}: "
        f"{row['persons']:,.10g} persons, {reason}; left out."
    )


def _disproportionate(records: pd.DataFrame) -> pd.Series:
    name = records["place_key"].str.rpartition("|")[0]
    key = [name.rename("name"), records["period_year"]]
    persons = {scale: records["persons"].where(records["scale"] == scale) for scale in BOUNDARIES}
    city, metro = (persons[scale].groupby(key).first() for scale in ("city", "metro"))
    failing = disproportionate(city, metro).melt(ignore_index=False, var_name="scale")
    failing = failing[failing["value"].astype(bool)]
    wrong = failing.set_index("scale", append=True).index
    own = pd.MultiIndex.from_arrays([name, records["period_year"], records["scale"]])
    return pd.Series(own.isin(wrong), index=records.index)


def _without_withdrawn(records: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    notes = []
    for (country, year), reason in WITHDRAWN.items():
        struck = (records["Country or Area"] == country) & (records["period_year"] == year)
        if struck.any():
            notes.append(f"{country} {year}: {struck.sum()} figure(s) left out: {reason}.")
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
