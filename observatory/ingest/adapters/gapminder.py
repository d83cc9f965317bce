"""Gapminder: national series by country and year, one file per indicator."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.ingest.adapters.named_files import named_files
from observatory.ingest.adapters.national_series import (
    long_series,
    national_figures,
    without_unknown_countries,
)
from observatory.ingest.extract import Adapter, Extract, Roster, empty_places
from observatory.ingest.files import csv_frame

# Before 1990 the series are reconstructions with wide gaps, after 2018 projections to 2040.
YEARS = range(1990, 2019)
INDICATORS = {
    "gapminder_income_per_person_gdppercapita_ppp_inflation_adjusted.csv": (
        "national_gdp_per_person"
    ),
    "gapminder_life_expectancy_years.csv": "national_life_expectancy_years",
    "gapminder_child_mortality_0_5_year_olds_dying_per_1000_born.csv": "national_child_mortality",
    "gapminder_children_per_woman_total_fertility.csv": "national_fertility",
    "gapminder_aged_15plus_unemployment_rate_percent.csv": "national_unemployment_pct",
    "gapminder_aged_15_24_unemployment_rate_percent.csv": "national_youth_unemployment_pct",
    "gapminder_co2_emissions_tonnes_per_person.csv": "national_co2_t_per_person",
    "gapminder_services_percent_of_gdp.csv": "national_services_share_pct",
}


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Eight national series, 1990 to 2018, as published (suffixes k, M and B resolved)."""
    by_name = named_files(files, tuple(INDICATORS))
    figures = pd.concat(
        [_figures(by_name[name], roster, indicator_id) for name, indicator_id in INDICATORS.items()]
    )
    kept, remarks = without_unknown_countries(figures)
    years = f"Years before {YEARS[0]} and after {YEARS[-1]} were left out."
    return Extract(empty_places(), kept, (years, *remarks))


def _figures(path: Path, roster: Roster, indicator_id: str) -> pd.DataFrame:
    table = csv_frame(path, ("country",))
    series = long_series(table, path, country="country", years=YEARS)
    return national_figures(series, roster, indicator_id=indicator_id, status="estimated")


ADAPTER = Adapter(
    source_id="gapminder",
    grain="country",
    files=", ".join(INDICATORS),
    read=read,
    scope_note="the source has no series for the country",
)
