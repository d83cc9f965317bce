"""City-wide emissions as city governments report them to CDP, 2016 to 2021. Restricted."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.adapters.cdp_layouts import LAYOUTS, Layout, laid_out
from observatory.ingest.cells import numbers
from observatory.ingest.extract import Adapter, Extract, Roster
from observatory.ingest.files import refuse

FILES = "the files of city-wide emissions, one a reporting year from 2016 to 2021"
NOT_APPLICABLE = "Not Applicable"
MOST_T = 300_000_000.0  # no city emits more: such a cell is in another unit
YEAR_DAYS = range(330, 401)  # a period of so many days is one accounting year
MEASURED = re.compile(r"\d\d/\d\d/(?P<year>\d{4}) .*")  # 12/31/2014 12:00:00 AM
DAY = r"\d{4}-\d\d-\d\d"
PERIOD = re.compile(rf"(?P<first>{DAY})?\s*-?\s*(?P<last>{DAY})?")  # 2014-01-01 - 2014-12-31
NO_PERIOD = "no whole accounting period is stated"
NOT_ONE_YEAR = "the accounting period is not one year"
NOTHING = "0 is no figure of a whole city, so taken as missing"
ERROR_OF_UNITS = "above 300 million tonnes, an error of units"

# Bodies that bear a member's name and are other governments.
OTHER_BODIES = {"35854": "City of Brussels, one municipality of the Brussels-Capital Region"}
# Bodies whose area is more than one city's, under their names in the files.
METROPOLITAN = {
    "31159": "Alcaldía Metropolitana de Caracas",
    "31180": "Región Metropolitana de Santiago",
    "35867": "Region Metropolitana de Guadalajara",
    "35898": "Greater Manchester",
    "35903": "Le Grand Casablanca",
    "35904": "Kolkata Metropolitan Area",
}


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Totals, scope 1 and the fact of reporting, from one to six yearly files in any order."""
    reports = _reports(files)
    other = reports["place_key"].isin(OTHER_BODIES)
    stated = _stated(reports[~other])
    kept = stated[stated["fault"].isna()]
    latest = kept[kept["report_year"] == _latest_report(kept)]
    notes = (
        *_notes_on_other_bodies(reports[other]),
        *_notes_on_faults(stated),
        *_notes_on_replaced(kept, latest),
    )
    figures = pd.concat([_disclosed(reports[~other]), latest], ignore_index=True)
    return Extract(_places(reports[~other], roster), _tidy(figures), notes)


def _reports(files: Sequence[Path]) -> pd.DataFrame:
    """All reports of all files, by reporting year, with the same columns."""
    read_as: dict[int, tuple[Path, pd.DataFrame]] = {}
    for path in files:
        table, layout = laid_out(path)
        if layout.report_year in read_as:
            first = read_as[layout.report_year][0].name
            raise refuse(
                path,
                f"expected one file a reporting year, found {layout.report_year} in {first} too.",
            )
        read_as[layout.report_year] = (path, _report(table, layout, path))
    if not read_as:
        raise DatasetError(
            [Problem(FILES, None, None, f"expected one to {len(LAYOUTS)} files, found none.")]
        )
    return pd.concat([read_as[year][1] for year in sorted(read_as)], ignore_index=True)


def _report(table: pd.DataFrame, layout: Layout, path: Path) -> pd.DataFrame:
    """One file's rows in the columns shared by all years.

    Columns:
        place_key, place_name, country: account, name and country of the reporting body.
        report_year, source_row, inventory: when and where it reported, and its answer.
        total_t, scope1_t: in tonnes, missing where not stated.
        accounting_year, period_fault: the year the figures are about, or why there is none.
        basis, scopes, gases, boundary, period: what the note says.
    """
    years = _accounting_years(table, layout.period, path)
    return pd.DataFrame(
        {
            "place_key": table[layout.account].str.strip(),
            "place_name": table[layout.organisation].str.split().str.join(" "),
            "country": table[layout.country],
            "report_year": layout.report_year,
            "source_row": "row " + table["source_row"] + f" of the file of {layout.report_year}",
            "inventory": _texts(table, layout.inventory),
            "total_t": _tonnes(table, layout.total, path),
            "scope1_t": _tonnes(table, layout.scope1, path),
            "accounting_year": [year for year, _ in years],
            "period_fault": [fault for _, fault in years],
            "basis": layout.basis,
            "scopes": _texts(table, layout.scopes),
            "gases": _texts(table, layout.gases),
            "boundary": _texts(table, layout.boundary).replace("0", ""),
            "period": table[layout.period].str.removesuffix(" 12:00:00 AM").str.strip(),
        }
    )


def _texts(table: pd.DataFrame, column: str) -> pd.Series:
    return table[column].str.strip() if column else pd.Series("", index=table.index)


def _tonnes(table: pd.DataFrame, column: str, path: Path) -> pd.Series:
    if not column:
        return pd.Series(float("nan"), index=table.index)
    return numbers(table.replace({column: {NOT_APPLICABLE: ""}}), column, path)


def _accounting_years(
    table: pd.DataFrame, column: str, path: Path
) -> list[tuple[int | None, str | None]]:
    years, problems = [], []
    for row, cell in zip(table["source_row"], table[column], strict=True):
        try:
            years.append(accounting_year(cell.strip()))
        except ValueError:
            rule = f"expected a date or two, as 2014-01-01 - 2014-12-31, found {cell!r}."
            problems.append(Problem(path.name, int(row), column, rule))
    if problems:
        raise DatasetError(problems)
    return years


def accounting_year(stated: str) -> tuple[int | None, str | None]:
    """The calendar year in which the accounting period ends, or why no year can be told.

    Args:
        stated: the last day (2016: "12/31/2014 12:00:00 AM"), or the first and the last day
            ("2014-07-01 - 2015-06-30"), of which one or both may be missing.

    Raises:
        ValueError: the text is of another form, or a day is not in the calendar.
    """
    measured = MEASURED.fullmatch(stated)
    if measured:
        return int(measured["year"]), None
    period = PERIOD.fullmatch(stated)
    if not period:
        raise ValueError(stated)
    if not period["first"] or not period["last"]:
        return None, NO_PERIOD
    first, last = date.fromisoformat(period["first"]), date.fromisoformat(period["last"])
    if (last - first).days + 1 not in YEAR_DAYS:
        return None, NOT_ONE_YEAR
    return last.year, None


def _stated(reports: pd.DataFrame) -> pd.DataFrame:
    """Every value stated, of both indicators; `fault` says why it is left out, if it is."""
    in_doubt = reports["scope1_t"].gt(MOST_T)
    doubt = in_doubt.map({True: "scope 1 of the same report is an error of units", False: ""})
    total = reports.assign(indicator_id="ghg_total_t", value=reports["total_t"], doubt=doubt)
    scope1 = reports.assign(indicator_id="ghg_scope1_t", value=reports["scope1_t"], doubt="")
    stated = pd.concat([total, scope1.assign(basis="", scopes="")], ignore_index=True)
    stated = stated.dropna(subset=["value"])
    fault = stated["period_fault"].mask(stated["value"].eq(0), NOTHING)
    return stated.assign(
        fault=fault.mask(stated["value"].gt(MOST_T), ERROR_OF_UNITS),
        period_year=stated["accounting_year"],
        note=[_note(row) for row in stated.to_dict("records")],
    )


def _note(report: dict[str, object]) -> str:
    """What the figure takes in, as far as the report says."""
    parts = (
        report["basis"],
        report["scopes"],
        report["doubt"],
        report["gases"] and f"gases: {report['gases']}",
        report["boundary"] and f"boundary: {report['boundary']}",
        f"accounting period: {report['period']}",
        f"reported in {report['report_year']}",
    )
    return "; ".join(str(part) for part in parts if part)


def _latest_report(stated: pd.DataFrame) -> pd.Series:
    """For each row, the last reporting year that states its city, indicator and year."""
    key = ["place_key", "indicator_id", "period_year"]
    return stated.groupby(key)["report_year"].transform("max")


def _disclosed(reports: pd.DataFrame) -> pd.DataFrame:
    """1 for every body in a year's file; the files do not tell who else was asked."""
    answers = reports["inventory"]
    return reports.assign(
        indicator_id="cdp_disclosed",
        period_year=reports["report_year"],
        value=1.0,
        note=("city-wide inventory: " + answers).where(answers.ne(""), None),
    )


def _scales(place_keys: pd.Series) -> pd.Series:
    return place_keys.isin(METROPOLITAN).map({True: "metro", False: "city"})


def _tidy(figures: pd.DataFrame) -> pd.DataFrame:
    scales = _scales(figures["place_key"])
    return pd.DataFrame(
        {
            "place_key": figures["place_key"],
            "indicator_id": figures["indicator_id"],
            "period_year": figures["period_year"].astype(int),
            "value": figures["value"],
            "category": None,
            "status": "observed",
            "scale": "city",  # the area of a government, as the indicators declare it
            "boundary": scales.map({"city": "city government", "metro": "metropolitan body"}),
            "source_row": figures["source_row"],
            "note": figures["note"],
        }
    )


def _places(reports: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """One place per account, under the name of its last report: the body, not the city."""
    codes = country_codes(roster.countries)
    places = reports.drop_duplicates("place_key", keep="last")
    return pd.DataFrame(
        {
            "place_key": places["place_key"],
            "place_name": places["place_name"],
            "iso3": places["country"].map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": _scales(places["place_key"]),
        }
    )


def _notes_on_other_bodies(reports: pd.DataFrame) -> list[str]:
    counts = reports["place_key"].value_counts().sort_index()
    return [
        f"Reports left out: {count} of account {account}, {OTHER_BODIES[account]}."
        for account, count in counts.items()
    ]


def _notes_on_faults(stated: pd.DataFrame) -> list[str]:
    return [
        f"Values left out: {len(rows)}, {fault} ({', '.join(_whose(rows))})."
        for fault, rows in stated.dropna(subset=["fault"]).groupby("fault")
    ]


def _whose(rows: pd.DataFrame) -> list[str]:
    named = rows["place_name"].mask(rows["place_name"].eq(""), "account " + rows["place_key"])
    return list(dict.fromkeys(named + " " + rows["report_year"].astype(str)))


def _notes_on_replaced(kept: pd.DataFrame, latest: pd.DataFrame) -> list[str]:
    """How many values gave way to a later report on the same accounting year."""
    key = ["place_key", "indicator_id", "period_year"]
    replaced = kept.drop(index=latest.index).merge(latest, on=key, suffixes=("", "_later"))
    if replaced.empty:
        return []
    other = int(replaced["value"].ne(replaced["value_later"]).sum())
    note = (
        f"Values that gave way to a later report on the same accounting year: {len(replaced)}, "
        f"of which {other} to another value."
    )
    return [note]


ADAPTER = Adapter(
    source_id="cdp-cities",
    grain="place",
    files=FILES,
    read=read,
    scope_note="the source lists governments that reported to CDP in public from 2016 to 2021",
)
