"""The yearly layouts of CDP's city-wide emissions, and which of them a file is in."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from observatory.ingest.files import csv_frame, refuse

TARGETS = frozenset({"Percentage reduction target", "Percentage.reduction.target"})


@dataclass(frozen=True)
class Layout:
    """Where a year's file keeps what we read; a column named "" is not in that file.

    Attributes:
        report_year: the reporting year of every row of the file.
        reported: column of the reporting year.
        account: CDP's number of the reporting body, the same in all years.
        organisation: name of the reporting body.
        country: name of its country.
        period: the accounting period, or its last day (2016).
        total: city-wide total, t CO₂e.
        scope1: total of scope 1, t CO₂e.
        gases: gases included.
        boundary: boundary of the inventory.
        basis: what the total takes in, in words.
        scopes: scopes included in the total.
        inventory: answer to whether there is an inventory.
    """

    report_year: int
    reported: str
    account: str
    organisation: str
    country: str
    period: str
    total: str
    scope1: str
    gases: str
    boundary: str
    basis: str
    scopes: str = ""
    inventory: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that has to be there."""
        names = (
            self.reported,
            self.account,
            self.organisation,
            self.country,
            self.period,
            self.total,
            self.scope1,
            self.gases,
            self.boundary,
            self.scopes,
            self.inventory,
        )
        return tuple(name for name in names if name)


BASIC = "BASIC total of the GPC"
BREAK = "from the report of 2019 on not on one basis with earlier totals"

OF_2016 = Layout(
    report_year=2016,
    reported="Reporting Year",
    account="Account Number",
    organisation="City Name",
    country="Country",
    period="Measurement Year",
    total="Total City-wide Emissions (metric tonnes CO2e)",
    scope1="Total Scope 1 Emissions (metric tonnes CO2e)",
    gases="Gases included",
    boundary="Boundary",
    basis="city-wide total, scopes as the city chose",
)
OF_2017 = Layout(
    report_year=2017,
    reported="Reporting year",
    account="Account number",
    organisation="Organization",
    country="Country",
    period="Accounting year",
    total="Total emissions (metric tonnes CO2e)",
    scope1="Total Scope 1 Emissions (metric tonnes CO2e)",
    gases="Gases included",
    boundary="Boundary",
    basis="city-wide total, scopes as the city chose",
    scopes="Scopes Included",
)
OF_2018 = Layout(
    report_year=2018,
    reported="Year Reported to CDP",
    account="Account Number",
    organisation="Organization",
    country="Country",
    period="Accounting Year",
    total="Total BASIC Emissions (GPC)",
    scope1="Total Scope 1 Emissions (metric tonnes CO2e)",
    gases="Gases Included",
    boundary="Inventory Boundary",
    basis=BASIC,
    inventory="City-wide Emissions Inventory",
)
OF_2019 = replace(OF_2018, report_year=2019, basis=f"{BASIC}; {BREAK}")
OF_2020 = Layout(
    report_year=2020,
    reported="Year Reported to CDP",
    account="Account Number",
    organisation="Organization",
    country="Country",
    period="Accounting year",
    total="TOTAL BASIC Emissions (GPC)",
    scope1="TOTAL Scope 1 Emissions (metric tonnes CO2e)",
    gases="Gases Included",
    boundary="Inventory boundary (compared to Administrative city boundary)",
    basis=f"{BASIC}; {BREAK}",
    inventory="City-wide emissions inventory",
)
# The file of 2021 keeps the column of the total, wholly empty.
OF_2021 = replace(OF_2020, report_year=2021, total="", basis="")

LAYOUTS = (OF_2016, OF_2017, OF_2018, OF_2019, OF_2020, OF_2021)


def laid_out(path: Path) -> tuple[pd.DataFrame, Layout]:
    """A file's cells as text, and the layout its columns and reporting year are of.

    Raises:
        DatasetError: as `csv_frame`; a column is missing; the file is of another data set or
            of a year that is not declared.
    """
    table = csv_frame(path, ())
    found = set(table.columns)
    if TARGETS & found:
        raise refuse(
            path,
            "expected city-wide emissions, found emissions reduction targets, another data set. "
            "Leave this file out.",
            row=1,
        )
    fitting = [layout for layout in LAYOUTS if found.issuperset(layout.columns)]
    if not fitting:
        raise _without_columns(path, table)
    years = set(table[fitting[0].reported].str.strip())
    for layout in fitting:
        if years == {str(layout.report_year)}:
            return table, layout
    expected = " or ".join(str(layout.report_year) for layout in fitting)
    raise refuse(
        path,
        f"expected reports of {expected}, found {', '.join(sorted(years)) or 'no rows'}.",
        column=fitting[0].reported,
    )


def _without_columns(path: Path, table: pd.DataFrame) -> Exception:
    """The refusal of a file in no layout: what it lacks of the nearest one."""
    names = [name for name in table.columns if name != "source_row"]
    lacking = [
        (layout, [name for name in layout.columns if name not in names]) for layout in LAYOUTS
    ]
    nearest, missing = min(lacking, key=lambda pair: len(pair[1]))
    return refuse(
        path,
        f"expected the columns {', '.join(missing)} of the layout of {nearest.report_year}, "
        f"found {', '.join(names[:12]) or 'nothing'}.",
        row=1,
    )
