"""National series of several publishers, under ISO 3166-1 codes: for all countries alike."""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.errors import DatasetError, Problem
from observatory.ingest.extract import Roster

FACTORS = {"": 1.0, "k": 1e3, "M": 1e6, "B": 1e9}
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)([kMB]?)")
MINUS_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


def suffixed_number(text: str) -> float | None:
    """The number that "10.7k", "1.2M" or "-3B" means, whatever its minus sign; None if none."""
    found = NUMBER.fullmatch(text.strip().translate(MINUS_SIGNS))
    if found is None:
        return None
    return round(float(found[1]) * FACTORS[found[2]], 9)


def long_series(
    table: pd.DataFrame, path: Path, *, country: str, years: range, missing: Sequence[str] = ("",)
) -> pd.DataFrame:
    """A table with one column per year as one row per country and year.

    Args:
        table: the publisher's cells as text, with source_row.
        path: the file, for messages.
        country: the column that names the country.
        years: the years to keep.
        missing: what the publisher writes where there is no value.

    Returns:
        Columns country_name, source_row, period_year, value; missing values are absent.

    Raises:
        DatasetError: a cell is no number, or no column is a year; lists every such cell.
    """
    columns = [name for name in table.columns if name.isdigit() and int(name) in years]
    if not columns:
        rule = f"expected columns for years from {years[0]} to {years[-1]}, found none."
        raise DatasetError([Problem(path.name, None, None, rule)])
    cells = table.melt(
        id_vars=[country, "source_row"], value_vars=columns, var_name="year", value_name="text"
    )
    cells = cells[~cells["text"].str.strip().isin(missing)]
    return numbered(cells.rename(columns={country: "country_name"}), path)


def numbered(cells: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Cells with their text read as numbers.

    Args:
        cells: columns country_name, source_row, year, text.
        path: the file, for messages.

    Returns:
        Columns country_name, source_row, period_year, value.

    Raises:
        DatasetError: a text is no number; lists every such cell.
    """
    values = cells["text"].map(suffixed_number)
    problems = [
        Problem(
            path.name, int(cell.source_row), cell.year, f"expected a number, found {cell.text!r}."
        )
        for cell in cells[values.isna()].itertuples()
    ]
    if problems:
        raise DatasetError(problems)
    numbers = cells.assign(period_year=cells["year"].astype(int), value=values.astype(float))
    return numbers[["country_name", "source_row", "period_year", "value"]]


def national_figures(
    series: pd.DataFrame, roster: Roster, *, indicator_id: str, status: str
) -> pd.DataFrame:
    """Figures under the country's ISO 3166-1 alpha-3 code.

    Args:
        series: columns country_name, source_row, period_year, value.
        roster: whose countries' names, codes and spellings are used.
        indicator_id: what the values are.
        status: of every value.

    Returns:
        The columns of figures and country_name; place_key is missing for names that are no
        country (see `without_unknown_countries`).
    """
    codes = country_codes(roster.countries)
    return series.assign(
        place_key=series["country_name"].map(lambda name: codes.get(plain_name(name))),
        indicator_id=indicator_id,
        category=None,
        status=status,
        scale="national",
        boundary="country",
        note=None,
    )


def without_unknown_countries(figures: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Figures of countries alone, and a remark that names what else the files list."""
    known = figures["place_key"].notna()
    names = sorted(set(figures.loc[~known, "country_name"]))
    kept = figures[known].drop(columns="country_name")
    if not names:
        return kept, ()
    remark = f"{len(names)} names are no country of ISO 3166-1 and were left out: "
    return kept, (remark + "; ".join(names) + ".",)
