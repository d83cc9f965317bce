"""Tables of several figures a row as files: two indicators of `/explore`, members of `/compare`."""

import pandas as pd
from werkzeug.exceptions import BadRequest

from observatory.domain.indicators import Indicator
from observatory.exchange.tables import described
from observatory.language import gettext as _
from observatory.pages.compare import LEAST
from observatory.pages.compare_data import CompareData, Row, compare_data
from observatory.pages.compare_view import compare_view
from observatory.pages.explore_data import explore_data
from observatory.pages.explore_parts import answer, not_shown
from observatory.pages.explore_view import ExploreView, explore_view
from observatory.pages.export_figures import FIGURE, ORIGIN
from observatory.pages.export_table import ShownTable
from observatory.pages.visit import Visit
from observatory.queries.cities import all_cities
from observatory.queries.observations import observations_of
from observatory.store.warehouse import Store
from observatory.views.words import unit_text

COLUMNS = described(
    "indicators.indicator_id",
    "indicators.title",
    "cities.city_id",
    "cities.member_name",
    "cities.country",
    "cities.region",
    *FIGURE,
    *ORIGIN,
)
OF_A_MEMBER = ["city_id", "member_name"]


def explore_shown(store: Store, visit: Visit) -> ShownTable:
    """The points of a view of `/explore`, a row for each of their two (or three) figures.

    Raises:
        BadRequest: the address names what makes no sense.
    """
    view = explore_view(store, visit)
    if view.ignored:
        raise BadRequest(_("Makes no sense here: {parts}").format(parts="; ".join(view.ignored)))
    data = explore_data(store, view)
    points = data.points.sort_values("name", kind="stable")
    if view.is_national:
        points = points.assign(**dict.fromkeys(OF_A_MEMBER, ""))
    sides = [("x", view.x), ("y", view.y)] + ([("size", view.size)] if view.size else [])
    frames = [_side(store, points, f"observation_id_{axis}", one) for axis, one in sides]
    return ShownTable(
        name=("explore", view.x.indicator_id, view.y.indicator_id),
        title=_("{y} and {x}").format(y=view.y.title, x=view.x.title),
        frame=pd.concat(frames, ignore_index=True),
        columns=COLUMNS,
        address=f"/explore{view.address()}",
        source_ids=_source_ids(view),
        notes=(answer(view, data).replace("**", ""), *not_shown(view, data)),
    )


def _source_ids(view: ExploreView) -> tuple[str, ...]:
    return tuple(one.source_id for one in (view.x, view.y, view.size) if one is not None)


def _side(store: Store, points: pd.DataFrame, ids: str, indicator: Indicator) -> pd.DataFrame:
    members = points[["city_id", "member_name", "country", "region", ids]].dropna(subset=[ids])
    members = members.rename(columns={ids: "observation_id"})
    return _with_figures(store, members).assign(
        indicator_id=indicator.indicator_id, title=indicator.title, unit=unit_text(indicator)
    )


def _with_figures(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with an observation_id (missing where there is no figure), and what it says."""
    figures = observations_of(store, observation_ids=rows["observation_id"].dropna().tolist())
    return rows.merge(figures, on="observation_id", how="left").assign(
        reason_code=rows.get("reason_code"), reason=None
    )


def compare_shown(store: Store, visit: Visit) -> ShownTable:
    """The cells of a view of `/compare`, row by row: a figure, or why there is none.

    Raises:
        BadRequest: the address names what makes no sense, or fewer than two members.
    """
    view = compare_view(store, visit)
    wrong = [*view.ignored, *(name for name, _near in view.unknown)]
    if wrong or len(view.cities) < LEAST:
        raise BadRequest(
            _("Makes no sense here: {parts}").format(parts="; ".join(wrong) or "cities")
        )
    data = compare_data(store, view)
    return ShownTable(
        name=("compare", *view.cities),
        title=_("Side by side: {members}").format(
            members=", ".join(member.name for member in data.members)
        ),
        frame=_cells(store, data),
        columns=COLUMNS,
        address=view.href(),
        notes=(
            _("Figures of the scale “national” are of the country: context, never the city's."),
        ),
    )


def _cells(store: Store, data: CompareData) -> pd.DataFrame:
    cells = [
        {
            "indicator_id": row.indicator.indicator_id,
            "title": row.indicator.title,
            "unit": unit_text(row.indicator),
            "city_id": member.city_id,
            "observation_id": _observation_id(row, member.city_id),
            "reason_code": row.gaps.get(member.city_id),
        }
        for row in data.shown
        for member in data.members
    ]
    members = all_cities(store)[["city_id", "member_name", "country", "region"]]
    rows = pd.DataFrame(cells).merge(members, on="city_id", how="left")
    return _with_figures(store, rows)


def _observation_id(row: Row, city_id: str) -> str | None:
    figure = row.compared.figures.get(city_id)
    return None if figure is None else figure.observation_id
