"""Where one value stands among all: a tick for each city, a long tick for the median, a dot."""

from urllib.parse import quote

import numpy as np
import numpy.typing as npt
from dash import html
from dash.development.base_component import Component

LOG_FROM = 100.0  # the highest over the lowest value from which on a strip runs in powers of ten

Numbers = npt.NDArray[np.float64]


def is_log(values: Numbers) -> bool:
    """Whether a strip of the values runs in powers of ten, as they span that much."""
    return bool(values.min() > 0 and values.max() / values.min() >= LOG_FROM)


def strip(values: Numbers, own: float, *, label: str, peers: Numbers | None = None) -> Component:
    """The strip of an indicator.

    Args:
        values: the values of all cities, none missing, at least one; `own` is among them.
        own: the value of the city it is about.
        label: the same in words, for screen readers.
        peers: values of the cities alike; they are among the values too.
    """
    scale = np.log10 if is_log(values) else np.asarray
    scaled = scale(values.astype(float))
    low, span = float(scaled.min()), float(scaled.max() - scaled.min()) or 1.0
    positions = (scaled - low) / span
    marks = [html.Span(className="standing-ticks", style=_mask(positions))]
    if peers is not None and len(peers):
        alike = (scale(peers.astype(float)) - low) / span
        marks.append(html.Span(className="standing-ticks standing-peers", style=_mask(alike)))
    mine = (float(scale(np.array([own]))[0]) - low) / span
    marks += [
        html.Span(className="standing-median", style=_left(float(np.median(positions)))),
        html.Span(className="standing-own", style=_left(mine)),
    ]
    return html.Span(marks, className="standing-strip", role="img", **{"aria-label": label})


def _left(position: float) -> dict[str, str]:
    return {"left": f"{100 * position:.1f}%"}


def _mask(positions: Numbers) -> dict[str, str]:
    """All ticks as one mask: a hundred elements a strip would make the page slow."""
    ticks = "".join(f"M{x:g} 0V1" for x in np.unique(np.round(1000 * positions)))
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1000 1' preserveAspectRatio='none'>"
        f"<path d='{ticks}' stroke='black' vector-effect='non-scaling-stroke'/></svg>"
    )
    return {"--ticks": f'url("data:image/svg+xml,{quote(svg)}")'}
