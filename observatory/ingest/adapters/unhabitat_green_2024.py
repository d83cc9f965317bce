"""Green area of cities 1990-2020, UN-Habitat, August 2024."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.cells import numbers
from observatory.ingest.extract import FIGURE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.files import one_file, sheet_frame

FILE = "cc37148f95304783a6ccfad8a9124a9d-data.xlsx"
BOUNDARY = "urban area by degree of urbanisation"
FIGURES = {  # header: (indicator, year); the publisher's blanks differ from year to year
    "Average share of green area in city/urban area 1990 (%)": ("green_area_share_pct", 1990),
    "Average share of green area in city/ urban area 2000 (%)": ("green_area_share_pct", 2000),
    "Average share of green area in city/ urban area 2010 (%)": ("green_area_share_pct", 2010),
    "Average share of green area in city/ urban area 2020 (%)": ("green_area_share_pct", 2020),
    "Green area per capita 1990 (m2/person)": ("green_area_m2_per_person", 1990),
    "Green area per capita 2000 (m2/person)": ("green_area_m2_per_person", 2000),
    "Green area per capita 2010 (m2/person)": ("green_area_m2_per_person", 2010),
    "Green area per capita 2020 (m2/person)": ("green_area_m2_per_person", 2020),
}
COLUMNS = ("Country or Territory Name", "City Code", "City Name", *FIGURES)


def read(files: Sequence[Path], roster: Roster) -> Extract:
    """Share in percent and area per person; averages of regions (no city code) are no places."""
    path = one_file(files, FILE)
    table = sheet_frame(path, COLUMNS, sheet="Data")
    table = table[table["City Code"].astype(str).str.strip() != ""]
    figures = pd.concat([_figures(table, column, path) for column in FIGURES], ignore_index=True)
    # Exactly 0 stands in single years between others well above 0: a gap, written as 0.
    zero = figures["value"] == 0
    names = table.set_index("City Code")["City Name"]
    notes = tuple(
        f"{names[row.place_key]} {row.period_year}: {row.indicator_id} is 0 in the file, "
        "taken as missing."
        for row in figures[zero].itertuples()
    )
    return Extract(_places(table, roster), figures[~zero], notes)


def _places(table: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    codes = country_codes(roster.countries)
    country = table["Country or Territory Name"]
    return pd.DataFrame(
        {
            "place_key": table["City Code"],
            "place_name": table["City Name"].str.strip(),
            "iso3": country.map(lambda name: codes.get(plain_name(name))),
            "latitude_deg": None,
            "longitude_deg": None,
            "identifier": None,
            "scale": "metro",
        }
    )


def _figures(table: pd.DataFrame, column: str, path: Path) -> pd.DataFrame:
    indicator_id, year = FIGURES[column]
    figures = pd.DataFrame(
        {
            "place_key": table["City Code"],
            "indicator_id": indicator_id,
            "period_year": year,
            "value": numbers(table, column, path),
            "category": None,
            "status": "estimated",
            "scale": "metro",
            "boundary": BOUNDARY,
            "source_row": table["source_row"],
            "note": None,
        },
        columns=list(FIGURE_COLUMNS),
    )
    return figures.dropna(subset=["value"])


ADAPTER = Adapter(
    source_id="unhabitat-green-2024",
    grain="place",
    files=FILE,
    read=read,
    scope_note="the source measures a sample of about 660 cities",
)
