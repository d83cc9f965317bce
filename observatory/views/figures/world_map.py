"""Members on the world in Equal Earth: quiet land, loud points."""

from typing import TypeAlias

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from observatory.views.theme import Theme, figure_layout

Trace: TypeAlias = dict[str, object]

POINT_SIZE = 11
HOLE_SIZE = 5
MARK_COLUMNS = ["city_id", "x_km", "y_km", "colour", "symbol", "hollow", "words"]
FIRST_MEMBER_TRACE = 1  # the land is the one below
SIDE_BY_SIDE_KM = 130.0  # members at one point are drawn this far apart from it
WORLD_X_KM = (-16_800, 17_400)
WORLD_Y_KM = (-6_600, 8_500)


def side_by_side(points: pd.DataFrame) -> pd.DataFrame:
    """The points with members at one place drawn left and right of it, so both are reachable.

    Args:
        points: columns x_km, y_km and any others.
    """
    group = points.groupby(["x_km", "y_km"])["x_km"]
    position = group.cumcount() - (group.transform("size") - 1) / 2
    return points.assign(x_km=points["x_km"] + position * 2 * SIDE_BY_SIDE_KM)


def world_map(
    land: pd.DataFrame, points: pd.DataFrame, theme: Theme, *, selected: str
) -> go.Figure:
    """A map of members.

    Args:
        land: ring_id, x_km, y_km in drawing order.
        points: city_id, x_km, y_km, colour ("" where unknown), symbol ("circle", "diamond"),
            hollow (bool), words (what a reader is told on hover).
        theme: colours.
        selected: city_id of the highlighted member, or "".

    Returns:
        Traces in this order: land, members without a value, members with one, the selected,
        and the holes that make rings of members whose seat is not documented.
    """
    figure = go.Figure([land_trace(land, theme), *member_traces(points, theme, selected=selected)])
    layout = figure_layout(theme)
    hidden = {"visible": False, "fixedrange": False}
    layout["xaxis"] = {**hidden, "range": list(WORLD_X_KM)}
    layout["yaxis"] = {**hidden, "range": list(WORLD_Y_KM), "scaleanchor": "x"}
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 0}
    figure.update_layout(
        **layout, dragmode="pan", hovermode="closest", uirevision="map", height=None
    )
    return figure


def member_traces(points: pd.DataFrame, theme: Theme, *, selected: str) -> list[Trace]:
    """What is drawn over the land: members without a value, with one, the selected, holes.

    As plain dictionaries of Plotly's names: they are made anew for each answer to a control,
    where checking every colour of every member would cost more than all the rest.

    Args:
        points: members, as in `world_map`.
        theme: colours.
        selected: city_id of the highlighted member, or "".
    """
    spread = side_by_side(points[MARK_COLUMNS])
    has_value = spread["colour"] != ""
    return [
        _unknown(spread[~has_value], theme),
        _known(spread[has_value], theme),
        _selection(spread[spread["city_id"] == selected], theme),
        _holes(spread[has_value & spread["hollow"]], theme),
    ]


def land_trace(land: pd.DataFrame, theme: Theme) -> Trace:
    """All rings in one filled trace, parted by gaps."""
    breaks = np.flatnonzero(np.diff(land["ring_id"].to_numpy())) + 1
    x = np.insert(land["x_km"].to_numpy(np.float32), breaks, np.nan)
    y = np.insert(land["y_km"].to_numpy(np.float32), breaks, np.nan)
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "fill": "toself",
        "fillcolor": theme.land,
        "line": {"color": theme.land_line, "width": 0.6},
        "hoverinfo": "skip",
    }


def _marks(points: pd.DataFrame, marker: dict[str, object]) -> Trace:
    return {
        "type": "scatter",
        "x": points["x_km"].to_numpy(),
        "y": points["y_km"].to_numpy(),
        "mode": "markers",
        "marker": marker,
    }


def _told(points: pd.DataFrame) -> Trace:
    return {
        "customdata": points["city_id"].tolist(),
        "text": points["words"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
    }


def _unknown(points: pd.DataFrame, theme: Theme) -> Trace:
    line = {"color": theme.muted, "width": 1.2}
    marker = {"size": POINT_SIZE - 3, "symbol": "x-thin", "color": theme.muted, "line": line}
    return _marks(points, marker) | _told(points)


def _known(points: pd.DataFrame, theme: Theme) -> Trace:
    marker = {
        "size": POINT_SIZE,
        "symbol": points["symbol"].tolist(),
        "color": points["colour"].tolist(),
        "line": {"color": theme.mark_edge, "width": 1.0},
    }
    return _marks(points, marker) | _told(points)


def _selection(points: pd.DataFrame, theme: Theme) -> Trace:
    marker = {
        "size": POINT_SIZE + 9,
        "symbol": "circle-open",
        "color": theme.ink,
        "line": {"width": 2},
    }
    return _marks(points, marker) | {"hoverinfo": "skip"}


def _holes(points: pd.DataFrame, theme: Theme) -> Trace:
    """Makes a ring of a mark whose seat is not documented; its edge stays as clear as others'."""
    return _marks(points, {"size": HOLE_SIZE, "color": theme.paper}) | {"hoverinfo": "skip"}
