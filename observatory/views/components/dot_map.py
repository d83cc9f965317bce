"""A small world map without a chart library: land as a mask, members as one path a class."""

import pandas as pd
from markupsafe import Markup

from observatory.views.components.template import rendered
from observatory.views.figures.world_map import WORLD_X_KM, WORLD_Y_KM


def map_position(x_km: float, y_km: float) -> dict[str, str]:
    """Where a point of the projection lies on the map, as CSS `left` and `top` in percent."""
    left = (x_km - WORLD_X_KM[0]) / (WORLD_X_KM[1] - WORLD_X_KM[0])
    top = (WORLD_Y_KM[1] - y_km) / (WORLD_Y_KM[1] - WORLD_Y_KM[0])
    return {"left": f"{100 * left:.2f}%", "top": f"{100 * top:.2f}%"}


def dots_of(points: pd.DataFrame) -> list[str]:
    """Each point as a dot of `dot_map`: the same for every map it stands on.

    Args:
        points: x_km, y_km.
    """
    left = (points["x_km"] - WORLD_X_KM[0]).round().astype(int)
    top = (WORLD_Y_KM[1] - points["y_km"]).round().astype(int)
    return [f"M{x} {y}h0" for x, y in zip(left.tolist(), top.tolist(), strict=True)]


def dot_map(points: pd.DataFrame, *, label: str) -> Markup:
    """Dots over land; the land itself is the mask that CSS takes from /map/land.svg.

    Args:
        points: dot (as of `dots_of`), colour, hollow (bool): a ring instead of a dot.
        label: what the map shows, for screen readers.
    """
    layers: dict[str, list[str]] = {}
    holes: list[str] = []
    columns = (points["dot"], points["colour"], points["hollow"])
    for dot, colour, hollow in zip(*(c.tolist() for c in columns), strict=True):
        layers.setdefault(colour, []).append(dot)
        if hollow:
            holes.append(dot)
    return rendered(
        "dot_map",
        label=label,
        layers=[(colour, "".join(dots)) for colour, dots in sorted(layers.items())],
        holes="".join(holes),
        width=WORLD_X_KM[1] - WORLD_X_KM[0],
        height=WORLD_Y_KM[1] - WORLD_Y_KM[0],
    )
