"""The land of the world as an SVG image: the mask of the maps drawn without a chart library."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.views.figures.world_map import WORLD_X_KM, WORLD_Y_KM

BORDER_KM = 26  # about 0.8 pixel on a map 1,000 pixels wide


def land_svg(rings: pd.DataFrame) -> str:
    """Land opaque, sea and the lines between countries clear; stretched to the box it is in.

    Args:
        rings: ring_id, x_km, y_km (Equal Earth) in drawing order.
    """
    width, height = WORLD_X_KM[1] - WORLD_X_KM[0], WORLD_Y_KM[1] - WORLD_Y_KM[0]
    x = (rings["x_km"] - WORLD_X_KM[0]).round().astype(int).to_numpy()
    y = (WORLD_Y_KM[1] - rings["y_km"]).round().astype(int).to_numpy()
    borders = np.flatnonzero(np.diff(rings["ring_id"].to_numpy())) + 1
    paths = "".join(
        _closed(ring_x, ring_y)
        for ring_x, ring_y in zip(np.split(x, borders), np.split(y, borders), strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'preserveAspectRatio="none" width="{width // 20}" height="{height // 20}">'
        f'<mask id="land" maskUnits="userSpaceOnUse" x="0" y="0" width="{width}" height="{height}">'
        f'<path fill="white" stroke="black" stroke-width="{BORDER_KM}" d="{paths}"/></mask>'
        f'<rect width="{width}" height="{height}" mask="url(#land)"/></svg>'
    )


def _closed(x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> str:
    """A ring as a path of whole kilometres, in steps from point to point."""
    steps = zip(np.diff(x).tolist(), np.diff(y).tolist(), strict=True)
    return f"M{x[0]} {y[0]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z"
