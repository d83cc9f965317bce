"""A small world map without a chart library: land as a mask, members as dots in percent."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from observatory.views.figures.world_map import WORLD_X_KM, WORLD_Y_KM


def map_position(x_km: float, y_km: float) -> dict[str, str]:
    """Where a point of the projection lies on the map, as CSS `left` and `top` in percent."""
    left = (x_km - WORLD_X_KM[0]) / (WORLD_X_KM[1] - WORLD_X_KM[0])
    top = (WORLD_Y_KM[1] - y_km) / (WORLD_Y_KM[1] - WORLD_Y_KM[0])
    return {"left": f"{100 * left:.2f}%", "top": f"{100 * top:.2f}%"}


def dot_map(points: pd.DataFrame, *, label: str) -> Component:
    """Dots over land; the land itself is the mask that CSS takes from /map/land.svg.

    Args:
        points: x_km, y_km, colour.
        label: what the map shows, for screen readers.
    """
    dots = [
        html.Span(
            className="map-dot",
            style={**map_position(row.x_km, row.y_km), "background": row.colour},
        )
        for row in points.itertuples()
    ]
    return html.Div(
        [html.Div(className="map-land"), *dots],
        className="dot-map",
        role="img",
        **{"aria-label": label},
    )
