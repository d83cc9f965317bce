"""What `/explore` draws: the points of two indicators, who is left out, what goes with what."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.association import Association, TrendLine, association, trend_line
from observatory.domain.indicators import Indicator
from observatory.pages.explore_view import ExploreView, choices
from observatory.pages.recent import recent
from observatory.queries.cities import all_cities
from observatory.queries.explore import latest_of_many, place_figures
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store

MOST_IN_MATRIX = 12
PLACE_TEXTS = ["city_id", "member_name", "country", "iso3", "region", "evidence"]
PLACE_KM = ["x_km", "y_km"]
NUMBERS = ["value", "period_year"]
TEXTS = ["observation_id", "status"]

Columns: TypeAlias = dict[str, npt.NDArray[Any]]  # numbers, or Python's texts


@dataclass(frozen=True)
class ExploreData:
    """The points of a view.

    Attributes:
        points: one row per point, by name: point_id (city_id, or iso3 where both indicators are
            national), name, country, region, evidence, x_km, y_km, and for each axis
            value_x, period_year_x, observation_id_x, status_x (and _y); the same with _size
            where asked, missing where a member has none.
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


@recent
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
    """The members of the regions and evidence levels shown, with the figures they have."""
    members = _members(store)
    kept = members[_is_shown(members, view)].reset_index(drop=True)
    axes = {"x": view.x, "y": view.y} | ({"size": view.size} if view.size else {})
    columns: Columns = {}
    for axis, indicator in axes.items():
        columns |= _figures(store, view, indicator, kept, axis)
    return kept.assign(**columns)


def _members(store: Store) -> pd.DataFrame:
    """All members, with texts as Python has them: taken and listed in a tenth of the time."""
    texts = dict.fromkeys(PLACE_TEXTS, object)
    return store.kept(
        "explore-members", lambda: all_cities(store)[PLACE_TEXTS + PLACE_KM].astype(texts)
    )


def _is_shown(members: pd.DataFrame, view: ExploreView) -> pd.Series:
    return members["region"].isin(view.regions) & members["evidence"].isin(view.evidence)


def _figures(
    store: Store, view: ExploreView, indicator: Indicator, members: pd.DataFrame, axis: str
) -> Columns:
    """The columns of an axis: each member's figure, or its country's for national ones."""
    found = place_figures(store, indicator_id=indicator.indicator_id, period_year=view.year)
    places = members["iso3" if indicator.is_national else "city_id"]
    figures = found.set_index("place_id").astype(dict.fromkeys(TEXTS, object)).reindex(places)
    return {f"{name}_{axis}": figures[name].to_numpy() for name in NUMBERS + TEXTS}


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
    by_member = store.kept(f"explore-theme-{view.theme}", lambda: _by_member(store, shown))
    members = _members(store)
    cities = _is_shown(members, view).to_numpy()
    countries = cities.copy()
    countries[cities] = ~members.loc[cities, "iso3"].duplicated().to_numpy()
    numbers = [
        column[countries if one.is_national else cities]
        for one, column in zip(shown, by_member, strict=True)
    ]
    pairs = {
        (one.indicator_id, other.indicator_id): association(first, second, view.method)
        for (one, first), (other, second) in combinations(zip(shown, numbers, strict=True), 2)
        if one.scale == other.scale
    }
    return Matrix(shown, pairs, len(of_theme) - len(shown))


def _by_member(store: Store, indicators: list[Indicator]) -> list[npt.NDArray[np.float64]]:
    """Newest numbers of each indicator, in the order of all members; not to be changed."""
    wide = latest_of_many(store, indicator_ids=[one.indicator_id for one in indicators])
    members = _members(store)
    return [
        wide[one.indicator_id]
        .reindex(members["iso3" if one.is_national else "city_id"])
        .to_numpy(float)
        for one in indicators
    ]
