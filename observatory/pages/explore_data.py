"""What `/explore` draws: the points of two indicators, who is left out, what goes with what."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from observatory.domain.association import Association, TrendLine, association, trend_line
from observatory.domain.indicators import Indicator
from observatory.pages.explore_view import ExploreView, choices
from observatory.queries.cities import all_cities
from observatory.queries.explore import latest_of_many
from observatory.queries.values import member_values
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store

MOST_IN_MATRIX = 12
PLACE = ["city_id", "city", "member_name", "country", "iso3", "region", "evidence", "x_km", "y_km"]
FIGURE = ["value", "period_year", "observation_id", "status"]


@dataclass(frozen=True)
class ExploreData:
    """The points of a view.

    Attributes:
        points: one row per point, by name: point_id (city_id, or iso3 where both indicators are
            national), name, country, region, evidence, x_km, y_km, and for each axis
            value_x, period_year_x, observation_id_x, status_x (and _y); value_size and
            observation_id_size where asked.
        left_out: members without a point by reason: "missing-x", "missing-y", "missing-both",
            "apart" (periods further apart than the window), "log" (no place on a logarithmic
            axis), "same-country"; and "mixed" (unlike scales) for all of them.
        members: members of the regions and evidence levels shown.
        association: how the two go together.
        line: the trend line, or None.
    """

    points: pd.DataFrame
    left_out: dict[str, int]
    members: int
    association: Association
    line: TrendLine | None


def explore_data(store: Store, view: ExploreView) -> ExploreData:
    """Query, join, filter and compute everything the scatter shows."""
    both = _both(store, view)
    reasons = _reasons(both, view)
    points = both[reasons == ""].reset_index(drop=True)
    left_out = {
        str(why): int(count) for why, count in reasons[reasons != ""].value_counts().items()
    }
    x, y = points["value_x"], points["value_y"]
    return ExploreData(
        points=_named(points, view),
        left_out=left_out,
        members=len(both),
        association=association(
            _on_axis(x, is_log=view.log_x), _on_axis(y, is_log=view.log_y), view.method
        ),
        line=trend_line(x, y, log_x=view.log_x, log_y=view.log_y),
    )


def _on_axis(values: pd.Series, *, is_log: bool) -> pd.Series:
    """Values as the axis places them: coefficient and line speak of the same picture."""
    return np.log10(values) if is_log else values


def _both(store: Store, view: ExploreView) -> pd.DataFrame:
    x = _figures(store, view, view.x)
    y = _figures(store, view, view.y)
    both = x[PLACE + FIGURE].merge(y[["city_id", *FIGURE]], on="city_id", suffixes=("_x", "_y"))
    if view.size is not None:
        size = _figures(store, view, view.size)[["city_id", "value", "observation_id"]]
        names = {"value": "value_size", "observation_id": "observation_id_size"}
        both = both.merge(size.rename(columns=names), on="city_id")
    kept = both["region"].isin(view.regions) & both["evidence"].isin(view.evidence)
    return both[kept].reset_index(drop=True)


def _figures(store: Store, view: ExploreView, indicator: Indicator) -> pd.DataFrame:
    return member_values(store, indicator_id=indicator.indicator_id, period_year=view.year)


def _reasons(both: pd.DataFrame, view: ExploreView) -> pd.Series:
    """Why a member has no point, the first reason that holds; "" where it has one."""
    no_x, no_y = both["value_x"].isna(), both["value_y"].isna()
    apart = (both["period_year_x"] - both["period_year_y"]).abs() > view.window
    off_log = (view.log_x & (both["value_x"] <= 0)) | (view.log_y & (both["value_y"] <= 0))
    reasons = pd.Series("", index=both.index)
    if view.is_national:
        reasons[both.duplicated("iso3")] = "same-country"
    reasons[off_log.fillna(value=False)] = "log"
    reasons[apart.fillna(value=False)] = "apart"
    reasons[no_x] = "missing-x"
    reasons[no_y] = "missing-y"
    reasons[no_x & no_y] = "missing-both"
    if view.is_mixed and not view.mixed:
        reasons[:] = "mixed"
    return reasons


def _named(points: pd.DataFrame, view: ExploreView) -> pd.DataFrame:
    if view.is_national:
        return points.assign(point_id=points["iso3"], name=points["country"])
    return points.assign(point_id=points["city_id"], name=points["member_name"])


@dataclass(frozen=True)
class Matrix:
    """Correlations of a theme's indicators, each pair once.

    Attributes:
        indicators: rows and columns, in the catalogue's order.
        pairs: by the two indicators' ids in that order; a pair of unlike scales is not in it.
        dropped: indicators of the theme that are not shown, since there are too many.
    """

    indicators: list[Indicator]
    pairs: dict[tuple[str, str], Association]
    dropped: int


def matrix(store: Store, view: ExploreView) -> Matrix:
    """How the indicators of the view's theme go together, over members (or their countries)."""
    is_whole = len(view.regions) == len(REGIONS) and len(view.evidence) == len(EVIDENCE_LEVELS)
    if not is_whole:
        return _matrix(store, view)
    return store.kept(f"matrix-{view.theme}-{view.method}", lambda: _matrix(store, view))


def _matrix(store: Store, view: ExploreView) -> Matrix:
    of_theme = [one for one in choices(store).values() if one.theme == view.theme]
    shown = of_theme[:MOST_IN_MATRIX]
    wide = latest_of_many(store, indicator_ids=[one.indicator_id for one in shown])
    members = all_cities(store)
    kept = members[members["region"].isin(view.regions) & members["evidence"].isin(view.evidence)]
    countries, cities = wide.index.isin(kept["iso3"]), wide.index.isin(kept["city_id"])
    numbers = {
        one.indicator_id: wide[one.indicator_id].to_numpy(float)[
            countries if one.is_national else cities
        ]
        for one in shown
    }
    pairs = {
        (one.indicator_id, other.indicator_id): association(
            numbers[one.indicator_id], numbers[other.indicator_id], view.method
        )
        for one, other in combinations(shown, 2)
        if one.scale == other.scale
    }
    return Matrix(shown, pairs, len(of_theme) - len(shown))
