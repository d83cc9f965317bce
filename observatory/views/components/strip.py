"""Where one value stands among all: a tick for each city, a long tick for the median, a dot."""

from urllib.parse import quote

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component

LOG_FROM = 100.0  # the highest over the lowest value from which on a strip runs in powers of ten


def is_log(values: pd.Series) -> bool:
    """Whether a strip of the values runs in powers of ten, as they span that much."""
    return bool(values.min() > 0 and values.max() / values.min() >= LOG_FROM)


def strip(values: pd.Series, own: float, *, label: str) -> Component:
    """The strip of an indicator.

    Args:
        values: the values of all cities, none missing, at least one; `own` is among them.
        own: the value of the city it is about.
        label: the same in words, for screen readers.
    """
    scaled = np.log10(values) if is_log(values) else values.astype(float)
    mine = float(np.log10(own)) if is_log(values) else own
    low, span = float(scaled.min()), float(scaled.max() - scaled.min()) or 1.0
    positions = (scaled - low) / span
    return html.Span(
        [
            html.Span(className="standing-ticks", style=_mask(positions)),
            html.Span(className="standing-median", style=_left(float(positions.median()))),
            html.Span(className="standing-own", style=_left((mine - low) / span)),
        ],
        className="standing-strip",
        role="img",
        **{"aria-label": label},
    )


def _left(position: float) -> dict[str, str]:
    return {"left": f"{100 * position:.1f}%"}


def _mask(positions: pd.Series) -> dict[str, str]:
    """All ticks as one mask: a hundred elements a strip would make the page slow."""
    ticks = "".join(f"M{x:.1f} 0V1" for x in sorted(set((1000 * positions).round(1))))
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1000 1' preserveAspectRatio='none'>"
        f"<path d='{ticks}' stroke='black' vector-effect='non-scaling-stroke'/></svg>"
    )
    image = f'url("data:image/svg+xml,{quote(svg)}")'
    return {"maskImage": image, "WebkitMaskImage": image}
