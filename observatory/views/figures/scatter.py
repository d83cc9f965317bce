"""Two indicators against each other: a mark per city, the trend line with its band."""

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import pandas as pd

from observatory.domain.association import TrendLine
from observatory.domain.indicators import Indicator
from observatory.views.figures.labels import placed_labels
from observatory.views.theme import Theme, figure_layout
from observatory.views.words import number_text, unit_text

Figure: TypeAlias = dict[str, Any]

WIDTH_PX, HEIGHT_PX = 900.0, 470.0  # what labels are placed for; a narrower drawing has fewer
MARK_PX = 9.0
LEAST_PX, MOST_PX = 5.0, 30.0
SYMBOLS = ("circle", "square", "triangle-up", "diamond", "cross")
MOST_LABELS = 9
MOST_DECADES = 3  # with marks between the powers of ten
MARGIN = 0.04  # of the span, free around the points
BAND_TRACES = 2  # the band's edges and the line come before the marks


def scatter_figure(
    points: pd.DataFrame,
    axes: tuple[Indicator, Indicator],
    logs: tuple[bool, bool],
    line: TrendLine | None,
    theme: Theme,
    *,
    named: Sequence[str],
) -> Figure:
    """The scatter, as plain data and layout of Plotly's names.

    Args:
        points: point_id, name, region, value_x, value_y, words (told on hover), and value_size
            where the marks are sized; may be empty.
        axes: indicators across and upwards.
        logs: whether each axis is logarithmic.
        line: the trend line, or None.
        theme: colours.
        named: ids of points that are named in any case.
    """
    layout: dict[str, Any] = figure_layout(theme)
    for name, indicator, is_log in zip(("xaxis", "yaxis"), axes, logs, strict=True):
        layout[name] |= _axis(indicator, is_log=is_log, theme=theme)
    layout["xaxis"] |= _range(points["value_x"], is_log=logs[0])
    layout["yaxis"] |= _range(points["value_y"], is_log=logs[1])
    layout |= {
        "dragmode": "select",
        "hovermode": "closest",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    }
    layout["annotations"] = _labels(points, layout, logs, theme, named)
    return {"data": [*_trend(line, theme), *_marks(points, theme)], "layout": layout}


def _axis(indicator: Indicator, *, is_log: bool, theme: Theme) -> Figure:
    unit = unit_text(indicator)
    words = f"{indicator.title}<br>{unit}" if unit else indicator.title
    axis: Figure = {"title": {"text": words, "font": {"size": 13, "color": theme.muted}}}
    return axis | ({"type": "log"} if is_log else {"nticks": 7})


def _range(values: pd.Series, *, is_log: bool) -> Figure:
    if values.empty:
        return {}
    low, high = float(values.min()), float(values.max())
    if is_log:
        low, high = math.log10(low), math.log10(high)
    free = (high - low or 1.0) * MARGIN
    found: Figure = {"range": [low - free, high + free]}
    return found | (_log_ticks(low - free, high + free) if is_log else {})


def _log_ticks(low: float, high: float) -> Figure:
    """Marks at 1, 2, 5, 10, 20, …, written out; powers of ten alone over many of them."""
    steps = (1,) if high - low > MOST_DECADES else (1, 2, 5)
    values = [
        step * 10.0**power
        for power in range(math.floor(low), math.ceil(high) + 1)
        for step in steps
        if low <= math.log10(step * 10.0**power) <= high
    ]
    texts = [number_text(value, 0 if value >= 1 else 3) for value in values]
    return {"tickvals": values, "ticktext": texts}


def _trend(line: TrendLine | None, theme: Theme) -> list[Figure]:
    if line is None:
        return []
    quiet = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": line.x.tolist()}
    edge = {"width": 0, "color": theme.muted}
    return [
        quiet | {"y": line.low.tolist(), "line": edge},
        quiet
        | {
            "y": line.high.tolist(),
            "line": edge,
            "fill": "tonexty",
            "fillcolor": f"{theme.line}99",
        },
        quiet | {"y": line.y.tolist(), "line": {"width": 1.6, "color": theme.ink}},
    ]


def _marks(points: pd.DataFrame, theme: Theme) -> list[Figure]:
    """One trace per region, told apart by hue and by shape."""
    sizes = _sizes(points)
    traces = []
    for (region, colour), symbol in zip(theme.regions.items(), SYMBOLS, strict=True):
        part = points[points["region"] == region]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": region,
                "x": part["value_x"].tolist(),
                "y": part["value_y"].tolist(),
                "customdata": part["point_id"].tolist(),
                "text": part["words"].tolist(),
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {
                    "symbol": symbol,
                    "color": colour,
                    "size": sizes[part.index].tolist(),
                    "line": {"width": 1, "color": theme.paper},
                    "opacity": 0.9,
                },
            }
        )
    return traces


def _sizes(points: pd.DataFrame) -> pd.Series:
    """Sizes whose area follows the third indicator; the smallest where it is missing."""
    if "value_size" not in points or points["value_size"].dropna().empty:
        return pd.Series(MARK_PX, index=points.index)
    share = (points["value_size"].clip(lower=0) / points["value_size"].max()) ** 0.5
    return (LEAST_PX + (MOST_PX - LEAST_PX) * share).fillna(LEAST_PX)


def _labels(
    points: pd.DataFrame,
    layout: Figure,
    logs: tuple[bool, bool],
    theme: Theme,
    named: Sequence[str],
) -> list[Figure]:
    """Names of the points asked for and of those at the ends, as far as they do not collide."""
    if points.empty:
        return []
    wanted = _wanted(points, named)
    places = [
        (
            WIDTH_PX * _place(row.value_x, layout["xaxis"]["range"], is_log=logs[0]),
            HEIGHT_PX * (1 - _place(row.value_y, layout["yaxis"]["range"], is_log=logs[1])),
            str(row.name_),
        )
        for row in wanted.rename(columns={"name": "name_"}).itertuples()
    ]
    rows, sizes = wanted.to_dict("records"), _sizes(points)[wanted.index].tolist()
    return [
        {
            "x": math.log10(rows[at]["value_x"]) if logs[0] else rows[at]["value_x"],
            "y": math.log10(rows[at]["value_y"]) if logs[1] else rows[at]["value_y"],
            "text": rows[at]["name"],
            "showarrow": False,
            "xanchor": "left" if side == "right" else "right",
            "xshift": (sizes[at] / 2 + 4) * (1 if side == "right" else -1),
            "font": {"size": 12, "color": theme.ink},
        }
        for at, side in placed_labels(places, WIDTH_PX, HEIGHT_PX)
    ]


def _wanted(points: pd.DataFrame, named: Sequence[str]) -> pd.DataFrame:
    """The points asked for first, then those at the ends of both axes in turn."""
    ends = [
        end.index.tolist()
        for side in (pd.Series.nlargest, pd.Series.nsmallest)
        for end in (side(points["value_y"], 3), side(points["value_x"], 3))
    ]
    order = [
        *points.index[points["point_id"].isin(named)],
        *(i for group in zip(*ends, strict=False) for i in group),
    ]
    return points.loc[list(dict.fromkeys(order))[:MOST_LABELS]]


def _place(value: float, span: list[float], *, is_log: bool) -> float:
    at = math.log10(value) if is_log else value
    return (at - span[0]) / (span[1] - span[0])
