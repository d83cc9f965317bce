"""One indicator of one place over the years."""

from typing import Any

import pandas as pd

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.views.theme import Theme, figure_layout

LEAST_LINE = 4  # points; fewer need marks to be seen


def trend_figure(trend: pd.DataFrame, indicator: Indicator, theme: Theme) -> dict[str, Any]:
    """A line from the first year to the last; projections are dotted and labelled so.

    Plain data and layout, not a `go.Figure`: making one takes 30 ms, and a page has four. A
    test puts the result through `go.Figure`, which checks it.

    Args:
        trend: period_year, value, status, observation_id; oldest first; may be empty.
        indicator: gives unit and decimals.
        theme: colours.
    """
    projected = trend["status"].eq("projected")
    past, future = trend[~projected], trend[projected]
    data = [_line(past, "solid", indicator, theme)]
    layout: dict[str, Any] = figure_layout(theme)
    layout["xaxis"] |= {"showgrid": False, "tickformat": "d", "nticks": 6}
    layout["yaxis"] |= {"rangemode": "tozero", "nticks": 5}
    layout["hovermode"] = "x"  # the year pointed at, wherever the line runs
    if not future.empty:
        data.append(_line(pd.concat([past.tail(1), future]), "dot", indicator, theme))
        layout["annotations"] = [_label(future, theme)]
    return {"data": data, "layout": layout}


def _line(part: pd.DataFrame, dash: str, indicator: Indicator, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": part["period_year"].tolist(),
        "y": part["value"].tolist(),
        "customdata": part["observation_id"].tolist(),
        "mode": "lines+markers" if len(part) < LEAST_LINE else "lines",
        "line": {"color": theme.accent, "width": 2, "dash": dash},
        "hovertemplate": f"%{{x}}: %{{y:,.{indicator.decimals}f}}<extra></extra>",
    }


def _label(future: pd.DataFrame, theme: Theme) -> dict[str, Any]:
    """The word above the dotted line, so that no legend is needed."""
    return {
        "x": int(future["period_year"].iloc[-1]),
        "y": float(future["value"].max()),
        "text": _("projected"),
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": 6,
        "font": {"size": 12, "color": theme.muted},
    }
