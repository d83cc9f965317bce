"""CO2 inventory of European cities, OpenGHGMap R2021A (Moran et al. 2022)."""

from collections.abc import Sequence
from pathlib import Path

from observatory.ingest.adapters.openclimate_emissions import (
    FILE,
    city_totals,
    places_of,
    without_repeats,
)
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file

BOUNDARY = "administrative"


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Tonnes of CO2; totals of countries and regions in the same file are no cities."""
    totals, notes = without_repeats(city_totals(one_file(files, FILE), "openGHGmap"))
    figures = totals.assign(
        indicator_id="co2_inventory_t",
        category=None,
        status="estimated",
        scale="city",
        boundary=BOUNDARY,
        note=None,
    )
    return Extract(places_of(totals, roster), figures[list(FIGURE_COLUMNS)], notes)


ADAPTER = Adapter(
    source_id="openghgmap-2018",
    grain="place",
    scheme="locode",
    files=f"{FILE} (OpenGHGMap R2021A)",
    read=read,
    scope_note="the source covers Europe, keyed by UN/LOCODE",
)
