"""One indicator of one place over the years."""

import pandas as pd
import plotly.graph_objects as go

from observatory.domain.indicators import Indicator
from observatory.views.theme import Theme, figure_layout


def trend_figure(trend: pd.DataFrame, indicator: Indicator, theme: Theme) -> go.Figure:
    """A line from the first year to the last; projections are dotted.

    Args:
        trend: period_year, value, status; oldest first; may be empty.
        indicator: gives unit and decimals.
        theme: colours.
    """
    projected = trend["status"].eq("projected")
    past = trend[~projected]
    future = pd.concat([past.tail(1), trend[projected]])
    figure = go.Figure()
    for part, dash in ((past, "solid"), (future, "dot")):
        figure.add_scatter(
            x=part["period_year"].to_numpy(),
            y=part["value"].to_numpy(float),
            mode="lines+markers" if len(part) < 4 else "lines",  # noqa: PLR2004 - a line needs points to be seen
            line={"color": theme.accent, "width": 2, "dash": dash},
            hovertemplate=f"%{{x}}: %{{y:,.{indicator.decimals}f}}<extra></extra>",
        )
    layout = figure_layout(theme)
    layout["xaxis"] = {**layout["xaxis"], "showgrid": False, "tickformat": "d", "nticks": 6}  # type: ignore[dict-item]  # a dict made by figure_layout
    layout["yaxis"] = {**layout["yaxis"], "rangemode": "tozero", "nticks": 5}  # type: ignore[dict-item]  # a dict made by figure_layout
    figure.update_layout(**layout)
    return figure
