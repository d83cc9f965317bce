"""Members and their ties, by structure or on the map: quiet lines, loud points."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.views.figures.network_names import (
    DESK,
    PHONE,
    Mark,
    Plane,
    name_annotation,
    placed_names,
)
from observatory.views.figures.world_map import WORLD_Y_KM, land_trace
from observatory.views.theme import Theme, figure_layout

Trace: TypeAlias = dict[str, Any]
Numbers: TypeAlias = npt.NDArray[np.float64]

STRUCTURE_X, STRUCTURE_Y = (-40.0, 1640.0), (0.0, 1030.0)
LEAST_PX, MOST_PX, UNLINKED_PX = 8.0, 30.0, 6.0
LAND_X_KM = (-12_600.0, 16_200.0)  # no land is cut; islands of the Pacific lie beyond
MOST_NAMES = DESK.names
STEPS = np.linspace(0.0, 1.0, 9)
HANDLES = (2, 4, 6)  # of the steps of a line, where it can be pointed at
BOW = 0.12  # of its length, how far a line on the map bends
DRAWN_WHOLE = 600  # up to so many ties all are drawn
KEPT_PER_MEMBER = 3  # of more, the strongest of each member
WIDTHS = ((3.0, 1.0), (6.0, 2.0), (float("inf"), 3.2))  # strength below, width in pixels
SIGNS = {"weak": "dot", "strong": "solid", "assumed": "dash"}  # what a line looks like
ASSUMED_OPACITY = 0.9  # what a scenario adds is few, and what one looks for
OWN_WIDTH = 2.0  # of the ties of the member looked at
FIRST_CHANGING_TRACE = 1  # the land is the one below


@dataclass(frozen=True)
class Drawing:
    """What a network's drawing needs.

    Attributes:
        members: city_id, x, y (in the units of the layout), size (missing without a tie),
            colour, hollow, name, words (told on hover).
        ties: city_a, city_b, strength, sign (of SIGNS), words; strongest first.
        chosen: the member looked at, or "".
        path: ids from the member looked at to the goal; may be empty.
        on_map: whether places are those on the map.
    """

    members: pd.DataFrame
    ties: pd.DataFrame
    chosen: str
    path: Sequence[str]
    on_map: bool


def backbone(ties: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """The ties that are drawn: all, or of many the three strongest of each member.

    Ties of the member looked at are always drawn. Order and columns are those of `ties`.
    """
    if len(ties) <= DRAWN_WHOLE:
        return ties
    ends = pd.concat(
        [
            pd.DataFrame({"city": ties["city_a"], "tie": ties.index}),
            pd.DataFrame({"city": ties["city_b"], "tie": ties.index}),
        ]
    ).sort_values("tie", kind="stable")
    kept = ends[ends.groupby("city").cumcount() < KEPT_PER_MEMBER]["tie"]
    own = (ties["city_a"] == chosen) | (ties["city_b"] == chosen)
    return ties[ties.index.isin(kept) | own]


def network_figure(land: pd.DataFrame, drawing: Drawing, theme: Theme) -> dict[str, Any]:
    """The drawing, as plain data and layout of Plotly's names; the land is the first trace."""
    return {
        "data": [
            land_trace(land, theme) | {"visible": drawing.on_map},
            *changing_traces(drawing, theme),
        ],
        "layout": changing_layout(drawing, theme),
    }


def changing_layout(drawing: Drawing, theme: Theme) -> dict[str, Any]:
    """The layout of the drawing: its span, and the names that do not cover each other."""
    layout: dict[str, Any] = figure_layout(theme)
    x, y = _span(drawing)
    hidden = {"visible": False, "fixedrange": False}
    layout |= {
        "xaxis": {**hidden, "range": list(x)},
        "yaxis": {**hidden, "range": list(y), "scaleanchor": "x" if drawing.on_map else None},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "dragmode": "pan",
        "hovermode": "closest",
        "hoverdistance": 14,
        "uirevision": "map" if drawing.on_map else "structure",
    }
    names = _names(drawing, x, y, theme)
    layout["annotations"] = names["desk"]
    layout["meta"] = {"phone": {"scale": PHONE.scale}, "names": names}  # read by network_marks.js
    return layout


def changing_traces(drawing: Drawing, theme: Theme) -> list[Trace]:
    """What changes with the view, always in this order and number.

    Lines by width and sign; lines of the member looked at by sign; the path; handles to point at
    lines; members without a tie; members with ties; holes of seats not documented; the ring.
    """
    places = drawing.members.set_index("city_id")[["x", "y"]].astype(float)
    placed = places.dropna().index
    ties = drawing.ties[
        drawing.ties["city_a"].isin(placed) & drawing.ties["city_b"].isin(placed)
    ].reset_index(drop=True)
    x, y = _lines(ties, places, bows=drawing.on_map)
    own = ((ties["city_a"] == drawing.chosen) | (ties["city_b"] == drawing.chosen)).to_numpy()
    faded = 0.35 if own.any() else 0.6
    colours = {"weak": theme.edge, "strong": theme.edge, "assumed": theme.assumed}
    traces = []
    least = 0.0
    for below, width in WIDTHS:
        of_width = (ties["strength"] >= least).to_numpy() & (ties["strength"] < below).to_numpy()
        for sign, dash in SIGNS.items():
            seen = max(faded, ASSUMED_OPACITY) if sign == "assumed" else faded
            shown = of_width & (ties["sign"] == sign).to_numpy() & ~own
            traces.append(_line(x[shown], y[shown], _pen(colours[sign], width, dash), seen))
        least = below
    for sign, dash in SIGNS.items():
        shown = own & (ties["sign"] == sign).to_numpy()
        colour = theme.assumed if sign == "assumed" else theme.accent
        traces.append(_line(x[shown], y[shown], _pen(colour, OWN_WIDTH, dash), 0.9))
    traces.append(_path_line(drawing.path, places, theme, bows=drawing.on_map))
    traces.append(_handles(x, y, ties))
    return [*traces, *_marks(drawing, theme)]


def _span(drawing: Drawing) -> tuple[tuple[float, float], tuple[float, float]]:
    return (LAND_X_KM, WORLD_Y_KM) if drawing.on_map else (STRUCTURE_X, STRUCTURE_Y)


def _lines(ties: pd.DataFrame, places: pd.DataFrame, *, bows: bool) -> tuple[Numbers, Numbers]:
    """Points of each line, one row a tie: straight by structure, bent to the north on the map."""
    start = places.loc[ties["city_a"]].to_numpy()
    end = places.loc[ties["city_b"]].to_numpy()
    along = STEPS[None, :, None]
    line = start[:, None, :] * (1 - along) + end[:, None, :] * along
    if bows and len(ties):
        apart = end - start
        across = np.stack([-apart[:, 1], apart[:, 0]], axis=1)
        across *= np.where(across[:, 1:2] < 0, -1.0, 1.0)
        line = line + (4 * BOW * STEPS * (1 - STEPS))[None, :, None] * across[:, None, :]
    return line[:, :, 0], line[:, :, 1]


def _pen(colour: str, width: float, dash: str) -> Trace:
    return {"color": colour, "width": width, "dash": dash}


def _line(x: Numbers, y: Numbers, pen: Trace, opacity: float) -> Trace:
    return {
        "type": "scatter",
        "x": _joined(x),
        "y": _joined(y),
        "mode": "lines",
        "line": pen,
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def _joined(points: Numbers) -> list[float | None]:
    """All lines in one list, parted by gaps."""
    if not len(points):
        return []
    gaps = np.full((len(points), 1), np.nan)
    flat = np.hstack([np.round(points, 1), gaps]).ravel()[:-1]
    return [None if value != value else value for value in flat.tolist()]  # noqa: PLR0124 - not a number is unlike itself


def _path_line(path: Sequence[str], places: pd.DataFrame, theme: Theme, *, bows: bool) -> Trace:
    known = [city_id for city_id in path if city_id in places.index]
    pairs = [tuple(sorted(pair)) for pair in itertools.pairwise(known)]
    steps = pd.DataFrame(pairs, columns=["city_a", "city_b"])
    x, y = _lines(steps, places, bows=bows)
    return _line(x, y, _pen(theme.ink, 3.4, "solid"), 1.0)


def _handles(x: Numbers, y: Numbers, ties: pd.DataFrame) -> Trace:
    """Unseen points on each line: they tell its words and are what a click meets."""
    at = list(HANDLES)
    names = (ties["city_a"] + "~" + ties["city_b"]).tolist()
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(x[:, at], 1).ravel().tolist(),
        "y": np.round(y[:, at], 1).ravel().tolist(),
        "marker": {"size": 12, "opacity": 0},
        "customdata": [f"tie:{name}" for name in names for _ in at],
        "text": [words for words in ties["words"] for _ in at],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _marks(drawing: Drawing, theme: Theme) -> list[Trace]:
    members = drawing.members.dropna(subset=["x", "y"])
    is_linked = members["size"].notna()
    without = members[~is_linked]
    linked = members[is_linked].sort_values("size", ascending=False, kind="stable")  # small on top
    pixels = _pixels(linked["size"])
    hollow = linked["hollow"].to_numpy(dtype=bool)
    chosen = members[members["city_id"].isin([drawing.chosen, *drawing.path[-1:]])]
    return [
        _points(
            linked,
            {
                "size": pixels.tolist(),
                "opacity": 1,
                "color": linked["colour"].tolist(),
                "line": {"color": theme.paper, "width": 1.5},
            },
        ),
        _silent(linked[hollow], {"size": (pixels[hollow] * 0.45).tolist(), "color": theme.paper}),
        _points(
            without,
            {
                "size": UNLINKED_PX,
                "color": theme.paper,
                "line": {"color": without["colour"].tolist(), "width": 1.4},
            },
        ),
        _silent(
            chosen,
            {"size": 34, "symbol": "circle-open", "color": theme.ink, "line": {"width": 2}},
        ),
    ]


def _pixels(sizes: pd.Series) -> Numbers:
    """Diameters whose areas follow the measure."""
    values = sizes.to_numpy(dtype=float)
    most = values.max(initial=0)
    scaled = np.sqrt(np.clip(values, 0, None) / most) if most > 0 else np.zeros(len(values))
    return np.round(LEAST_PX + (MOST_PX - LEAST_PX) * scaled, 1)


def _silent(points: pd.DataFrame, marker: dict[str, Any]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": points["x"].tolist(),
        "y": points["y"].tolist(),
        "marker": marker,
        "hoverinfo": "skip",
    }


def _points(points: pd.DataFrame, marker: dict[str, Any]) -> Trace:
    told = {
        "customdata": ("city:" + points["city_id"]).tolist(),
        "text": points["words"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "hoverinfo": None,
    }
    return _silent(points, marker) | told


def _names(
    drawing: Drawing, x: tuple[float, float], y: tuple[float, float], theme: Theme
) -> dict[str, list[dict[str, Any]]]:
    """Names of the largest marks and of the path, for a desk and for a phone."""
    members = drawing.members.dropna(subset=["x", "y"]).reset_index(drop=True)
    pixels = _pixels(members["size"].fillna(0))
    radii = np.where(members["size"].notna(), pixels, UNLINKED_PX) / 2
    marks = [
        Mark(float(row["x"]), float(row["y"]), float(radius), str(row["name"]))
        for row, radius in zip(members.to_dict("records"), radii, strict=True)
    ]
    chosen = {drawing.chosen, *drawing.path}
    linked = members[members["size"].notna() | members["city_id"].isin(chosen)]
    wanted = linked.assign(first=~linked["city_id"].isin(chosen)).sort_values(
        ["first", "size", "city_id"], ascending=[True, False, True]
    )
    order = wanted.index[: 4 * MOST_NAMES].tolist()
    needed = wanted.index[~wanted["first"]].tolist()
    plane = Plane(x, y, drawing.on_map)
    return {
        kind: [
            name_annotation(marks[at], stand, screen, theme)
            for at, stand in placed_names(marks, order, screen, plane, needed)
        ]
        for kind, screen in (("desk", DESK), ("phone", PHONE))
    }
