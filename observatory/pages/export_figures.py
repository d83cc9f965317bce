"""Tables of figures as files: a view of the Atlas, an indicator, a member."""

import pandas as pd
from werkzeug.exceptions import BadRequest

from observatory.domain.indicators import Indicator
from observatory.exchange.tables import described
from observatory.language import gettext as _
from observatory.pages.atlas_data import atlas_data
from observatory.pages.atlas_view import AtlasView, atlas_view, view_name, view_title
from observatory.pages.city_figures import CityFigure, city_figures
from observatory.pages.city_view import city_view
from observatory.pages.export_table import ShownTable
from observatory.pages.indicator import members_shown
from observatory.pages.visit import Visit, first
from observatory.queries.catalogue import all_indicators, find_indicator
from observatory.queries.cities import find_city
from observatory.queries.profile import member_series
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store
from observatory.views.words import list_text, region_name, unit_text

MEMBER = ("cities.city_id", "cities.member_name", "cities.country", "cities.region")
FIGURE = (
    "observations.period_year",
    "observations.value",
    "observations.category",
    "indicators.unit",
    "observations.status",
    "observations.scale",
    "observations.boundary",
)
ORIGIN = (
    "observations.source_id",
    "observations.source_row",
    "observations.note",
    "observations.observation_id",
    "matches.reason_code",
    "matches.reason",
)
ATLAS_COLUMNS = described(*MEMBER, "cities.evidence", *FIGURE, "rank_first", "rank_last", *ORIGIN)
INDICATOR_COLUMNS = described(*MEMBER, *FIGURE, *ORIGIN)
CITY_COLUMNS = described(
    "indicators.indicator_id",
    "indicators.title",
    "indicators.theme",
    *FIGURE,
    "rank_first",
    "rank_last",
    "members_compared",
    *ORIGIN,
)


SERIES_COLUMNS = described(
    *MEMBER,
    "indicators.indicator_id",
    "indicators.title",
    "observations.period_year",
    "observations.value",
    "observations.category",
    "indicators.unit",
    "observations.status",
    "observations.scale",
    "observations.source_id",
    "observations.observation_id",
    "matches.reason_code",
)


def atlas_shown(store: Store, visit: Visit) -> ShownTable:
    """Every member of a view of the Atlas: the rows of its table of all values.

    Raises:
        BadRequest: the address names a year, region, … that makes no sense.
    """
    view = atlas_view(store, visit)
    if view.ignored:
        raise BadRequest(_("Makes no sense here: {parts}").format(parts="; ".join(view.ignored)))
    members = atlas_data(store, view, visit.theme).members
    return ShownTable(
        name=view_name(view),
        title=view_title(view),
        frame=_with_indicator(members, view.indicator).rename(
            columns={"first": "rank_first", "last": "rank_last"}
        ),
        columns=ATLAS_COLUMNS,
        address=f"/atlas{view.address(city='')}",
        filters=_atlas_filters(view),
        source_ids=(view.indicator.source_id,),
        notes=_about(view.indicator),
    )


def _atlas_filters(view: AtlasView) -> tuple[str, ...]:
    filters = []
    if len(view.regions) < len(REGIONS):
        names = list_text([region_name(region) for region in view.regions])
        filters.append(_("Regions: {names}").format(names=names))
    if len(view.evidence) < len(EVIDENCE_LEVELS):
        levels = list_text(list(view.evidence))
        filters.append(_("Evidence for the seat: {levels}").format(levels=levels))
    return tuple(filters)


def indicator_shown(store: Store, visit: Visit) -> ShownTable:
    """The newest figure of every member, those without one last, with the reason.

    Raises:
        UnknownIdError: there is no such indicator.
    """
    indicator = find_indicator(store, first(visit, "indicator"))
    return ShownTable(
        name=("indicator", indicator.indicator_id),
        title=_("{indicator}: newest figure of each member").format(indicator=indicator.title),
        frame=_with_indicator(members_shown(store, indicator), indicator),
        columns=INDICATOR_COLUMNS,
        address=f"/data/{indicator.indicator_id}",
        source_ids=(indicator.source_id,),
        notes=_about(indicator),
    )


def _with_indicator(members: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    return members.assign(unit=unit_text(indicator))


def _about(indicator: Indicator) -> tuple[str, ...]:
    notes = [
        _("Definition: {definition}").format(definition=indicator.definition),
        _("Method: {method}").format(method=indicator.method),
    ]
    if indicator.is_national:
        notes.append(_("A figure of the country: context for its cities, never their value."))
    return tuple(notes)


def city_shown(store: Store, visit: Visit) -> ShownTable:
    """The newest figure of every indicator for one member, or why there is none.

    Raises:
        UnknownIdError: there is no such member.
    """
    city = find_city(store, first(visit, "city"))
    city_id = str(city["city_id"])
    rows = [_city_row(figure) for figure in city_figures(store, city_id)]
    return ShownTable(
        name=("city", city_id),
        title=_("{member}: newest figure of every indicator").format(member=city["member_name"]),
        frame=pd.DataFrame(rows),
        columns=CITY_COLUMNS,
        address=f"/cities/{city_id}{city_view(visit, also=('city',)).address}",
        notes=(
            _("Figures of the scale “national” are of the country: context, never the city's."),
            _("Positions are among members with a figure at the same scale; the best is 1."),
        ),
    )


def series_shown(store: Store, visit: Visit) -> ShownTable:
    """All dated numbers of one or several members: what their charts over the years draw.

    Raises:
        UnknownIdError: there is no such member.
    """
    names = [find_city(store, one) for one in first(visit, "cities").split(",") if one]
    if not names:
        raise BadRequest(_("Say of which members: ?cities=…"))
    indicators = all_indicators(store)
    series = pd.concat(
        [
            member_series(store, city_id=str(city["city_id"])).assign(**_place(city))
            for city in names
        ]
    )
    keys = series["indicator_id"]
    titles = keys.map({key: one.title for key, one in indicators.items()})
    units = keys.map({key: unit_text(one) for key, one in indicators.items()})
    members = list_text([str(city["member_name"]) for city in names])
    return ShownTable(
        name=("series", *(str(city["city_id"]) for city in names)),
        title=_("{members}: all figures with a year").format(members=members),
        frame=series.assign(title=titles, unit=units, category=None, reason_code=None),
        columns=SERIES_COLUMNS,
        address=f"/compare?cities={first(visit, 'cities')}",
        notes=(_("Projections of a publisher are marked by their status."),),
    )


def _place(city: pd.Series) -> dict[str, str]:
    return {name: str(city[name]) for name in ("city_id", "member_name", "country", "region")}


def _city_row(figure: CityFigure) -> dict[str, object]:
    """A row as the member's page has it; the scale of a gap is the indicator's."""
    indicator, band = figure.indicator, figure.band or (None, None)
    has_peers = figure.is_held and not indicator.is_national
    return {
        **{str(name): value for name, value in figure.row.items()},
        "title": indicator.title,
        "theme": indicator.theme,
        "unit": unit_text(indicator),
        "scale": figure.row["scale"] if figure.is_held else indicator.scale,
        "rank_first": band[0],
        "rank_last": band[1],
        "members_compared": figure.members.known if has_peers else None,
    }
