"""The base map: countries inside others, and which rings are drawn."""

import json
from pathlib import Path

import pandas as pd
import pytest
from shapely import Polygon, area

from observatory.ingest.basemap import land_rings

OUTER = [[20, -35], [32, -35], [32, -22], [20, -22], [20, -35]]
INNER = [[26, -31], [30, -31], [30, -27], [26, -27], [26, -31]]
SPECK = [[0, 0], [0.1, 0], [0.1, 0.1], [0, 0.1], [0, 0]]


@pytest.fixture
def rings(tmp_path: Path) -> pd.DataFrame:
    shapes = {"Around": [OUTER, INNER[::-1]], "Within": [INNER], "Speck": [SPECK]}
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": coordinates},
        }
        for name, coordinates in shapes.items()
    ]
    path = tmp_path / "countries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return land_rings(path)


def test_a_country_inside_another_fills_the_hole_it_leaves(rings: pd.DataFrame) -> None:
    areas = sorted(
        float(area(Polygon(ring[["x_km", "y_km"]]))) for _, ring in rings.groupby("ring_id")
    )
    assert len(areas) == 3  # the outline, the hole in it, and the country in the hole
    assert areas[0] == areas[1]
    assert areas[2] > 5 * areas[0]


def test_a_hole_runs_against_the_outline_it_is_in(rings: pd.DataFrame) -> None:
    turns = [_turn(ring) for _, ring in rings.groupby("ring_id")]
    assert sorted(turns) == [-1, 1, 1] or sorted(turns) == [-1, -1, 1]


def _turn(ring: pd.DataFrame) -> int:
    return 1 if Polygon(ring[["x_km", "y_km"]]).exterior.is_ccw else -1
