"""The world and the members in the Equal Earth projection, computed once in the build."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import area, get_coordinates, get_parts, get_rings, orient_polygons, polygons

EQUAL_EARTH = "EPSG:8857"
TOLERANCE_KM = 12.0  # half a pixel of a world map 1,400 px wide
SMALLEST_RING_M2 = (2 * TOLERANCE_KM * 1000) ** 2


def land_rings(basemap: Path) -> pd.DataFrame:
    """The outlines of land in the order they are drawn.

    Args:
        basemap: GeoJSON of country polygons in degrees (WGS 84), cut at the antimeridian.

    Returns:
        Columns ring_id (0, 1, …), point_no (0, 1, …), x_km and y_km (Equal Earth, kilometres
        from the centre), rounded to a whole kilometre. A country inside another (Lesotho) is a
        ring inside a hole, whichever rule fills the picture. Rings smaller than the tolerance
        are left out.
    """
    countries = gpd.read_file(basemap).to_crs(EQUAL_EARTH)
    simple = countries.simplify_coverage(TOLERANCE_KM * 1000)
    rings = get_rings(orient_polygons(get_parts(simple.to_numpy())))
    rings = rings[area(polygons(rings)) > SMALLEST_RING_M2]
    frames = []
    for ring_id, ring in enumerate(rings):
        corners = (get_coordinates(ring) / 1000).round(0)
        frames.append(pd.DataFrame(corners, columns=["x_km", "y_km"]).assign(ring_id=ring_id))
    points = pd.concat(frames, ignore_index=True)
    points["point_no"] = points.groupby("ring_id").cumcount()
    return points[["ring_id", "point_no", "x_km", "y_km"]]


def projected_points(places: pd.DataFrame) -> pd.DataFrame:
    """Coordinates in Equal Earth.

    Args:
        places: columns city_id, latitude_deg, longitude_deg.

    Returns:
        Columns city_id, x_km, y_km, rounded to 0.1 km, in the order given.
    """
    points = gpd.points_from_xy(places["longitude_deg"], places["latitude_deg"], crs="EPSG:4326")
    projected = gpd.GeoSeries(points).to_crs(EQUAL_EARTH)
    return pd.DataFrame(
        {
            "city_id": places["city_id"],
            "x_km": (projected.x / 1000).round(1),
            "y_km": (projected.y / 1000).round(1),
        }
    )
