"""Fossil CO2 emissions against 2019, Carbon Monitor Cities v0325 (Huo et al. 2022)."""

from collections.abc import Sequence
from pathlib import Path

from observatory.domain.derived import index_of_base
from observatory.ingest.adapters.openclimate_emissions import (
    FILE,
    city_totals,
    places_of,
    without_repeats,
)
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file

BASE_YEAR = 2019
BOUNDARY = "functional urban area or administrative, not stated which"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Emissions as an index, 2019 = 100: the levels are unreliable and are not handed on."""
    totals, notes = without_repeats(city_totals(one_file(files, FILE), "carbon_monitor_cities"))
    figures = index_of_base(totals, base_year=BASE_YEAR).assign(
        indicator_id="co2_fossil_index",
        category=None,
        status="derived",
        scale="city",
        boundary=BOUNDARY,
        note=None,
    )
    return Extract(places_of(totals, roster), figures[list(FIGURE_COLUMNS)], notes)


ADAPTER = Adapter(
    source_id="carbon-monitor-cities",
    grain="place",
    scheme="locode",
    files=f"{FILE} (Carbon Monitor Cities v0325)",
    read=read,
    scope_note="the source follows about 800 cities, keyed by UN/LOCODE",
)
