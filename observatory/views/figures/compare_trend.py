"""One indicator of several places over the years, each line named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.domain.indicators import Indicator
from observatory.views.theme import Theme, figure_layout

SYMBOLS = ("circle", "square", "triangle-up", "triangle-down", "cross", "star")
HEIGHT, TOP, BOTTOM = 260, 10, 28  # pixels; the plot lies between
LABEL_PIXELS = 15  # names closer than that are moved apart
NAME_LETTERS = 13
MARKS_AT_MOST = 7  # of a line, so that shapes can be told from each other


@dataclass(frozen=True)
class Line:
    """The series of one place.

    Attributes:
        number: place among those compared, from 0; it decides mark and tone.
        letter: its letter.
        name: its name.
        is_documented: whether the seat is; marks of others are hollow.
        points: (year, value, whether projected, observation id), oldest first; at least one.
    """

    number: int
    letter: str
    name: str
    is_documented: bool
    points: Sequence[tuple[int, float, bool, str]]


def compare_trend(
    lines: Sequence[Line], indicator: Indicator, theme: Theme, *, years: tuple[int, int]
) -> dict[str, object]:
    """The lines of an indicator; what is projected is dotted.

    A plain dictionary: checking each trace of a page of such charts takes longer than all else.

    Args:
        lines: one per place.
        indicator: gives decimals.
        theme: colours.
        years: first and last year of the axis, the same in all charts of a page.
    """
    span = _span([value for line in lines for _year, value, *_rest in line.points])
    layout = figure_layout(theme)
    layout["height"] = HEIGHT
    layout["margin"] = {"l": 8, "r": 116, "t": TOP, "b": BOTTOM}
    layout["xaxis"] = _axis(layout["xaxis"], range=list(years), showgrid=False, tickformat="d")
    layout["yaxis"] = _axis(layout["yaxis"], range=list(span), nticks=5)
    layout["annotations"] = _names(lines, theme, span)
    traces = [trace for line in lines for trace in _traces(line, indicator, theme)]
    return {"data": traces, "layout": layout}


def _axis(axis: object, **changes: object) -> dict[str, object]:
    return {**axis, "automargin": "left", "nticks": 6, **changes}  # type: ignore[dict-item]  # a dict made by figure_layout


def _span(values: Sequence[float]) -> tuple[float, float]:
    """The range of the axis: from zero, unless all values lie far above it or some below."""
    low, high = min(values), max(values)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    if 0 <= low <= high / 2:
        return 0.0, high + room
    return low - room, high + room


def _tone(theme: Theme, number: int) -> str:
    return (theme.accent, theme.ink, theme.muted)[number % 3]


def _traces(line: Line, indicator: Indicator, theme: Theme) -> list[dict[str, object]]:
    past = [point for point in line.points if not point[2]]
    future = [point for point in line.points if point[2]]
    drawn = [_trace(line, past, indicator, theme, dash="solid")] if past else []
    if future:
        joined = [*past[-1:], *future]
        drawn.append(_trace(line, joined, indicator, theme, dash="dot"))
    return drawn


def _trace(
    line: Line,
    points: Sequence[tuple[int, float, bool, str]],
    indicator: Indicator,
    theme: Theme,
    *,
    dash: str,
) -> dict[str, object]:
    tone, is_solid = _tone(theme, line.number), dash == "solid"
    opened = "" if line.is_documented else "-open"
    return {
        "type": "scatter",
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "customdata": [point[3] for point in points],
        "mode": "lines+markers" if is_solid else "lines",
        "line": {"color": tone, "width": 1.8, "dash": dash},
        "marker": {
            "symbol": SYMBOLS[line.number] + opened,
            "color": tone,
            "size": 7,
            "maxdisplayed": MARKS_AT_MOST,
        },
        "hovertemplate": f"{line.letter} {_plain(line.name)}, %{{x}}: "
        f"%{{y:,.{indicator.decimals}f}}<extra></extra>",
    }


def _plain(name: str) -> str:
    """A name without what the chart would take for markup or a placeholder."""
    return name.replace("<", "‹").replace("%{", "% {")


def _names(
    lines: Sequence[Line], theme: Theme, span: tuple[float, float]
) -> list[dict[str, object]]:
    """A name at the end of each line, moved up or down where two would touch."""
    ends = sorted(lines, key=lambda line: line.points[-1][1])
    scale = (HEIGHT - TOP - BOTTOM) / (span[1] - span[0])
    places = spread_out([(line.points[-1][1] - span[0]) * scale for line in ends])
    return [
        {
            "x": line.points[-1][0],
            "y": span[0] + place / scale,
            "text": f"<b>{line.letter}</b> {_short(line.name)}",
            "xanchor": "left",
            "xshift": 5,
            "yanchor": "middle",
            "showarrow": False,
            "align": "left",
            "font": {"size": 12, "color": _tone(theme, line.number)},
        }
        for line, place in zip(ends, places, strict=True)
    ]


def spread_out(places: Sequence[float], *, least: float = LABEL_PIXELS) -> list[float]:
    """Places from low to high, moved as little as needed to stand `least` apart.

    Those that would touch are set around their middle; none falls below zero.
    """
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _low(groups[-1], least) - _high(groups[-2], least) < least:
            groups[-2:] = [[*groups[-2], *groups[-1]]]
    return [_low(group, least) + at * least for group in groups for at in range(len(group))]


def _low(group: Sequence[float], least: float) -> float:
    middle = sum(group) / len(group)
    return max(0.0, middle - least * (len(group) - 1) / 2)


def _high(group: Sequence[float], least: float) -> float:
    return _low(group, least) + least * (len(group) - 1)


def _short(name: str) -> str:
    short = _plain(name)
    return short if len(short) <= NAME_LETTERS else f"{short[: NAME_LETTERS - 1].rstrip()}…"
