"""Tables without figures as files: the directory, a source, the catalogue."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from werkzeug.exceptions import BadRequest

from observatory.exchange.tables import described
from observatory.language import gettext as _
from observatory.pages.cities import chosen, filters_of, members_held
from observatory.pages.data import catalogue_shown, coverage_shown, sources_shown
from observatory.pages.export_table import ShownTable, made_by
from observatory.pages.source import indicators_shown, matches_shown
from observatory.pages.visit import Visit, first
from observatory.queries.catalogue import Source, find_source
from observatory.schema import EVIDENCE_LEVELS, REGIONS, Column
from observatory.store.warehouse import Store
from observatory.views.words import list_text, region_name

Make = TypeVar("Make", bound=Callable[..., ShownTable])

CITY_COLUMNS = described(
    "cities.city_id",
    "cities.member_name",
    "cities.city",
    "cities.country",
    "cities.iso3",
    "cities.region",
    "cities.member_kind",
    "cities.joined_year",
    "cities.latitude_deg",
    "cities.longitude_deg",
    "cities.evidence",
    "held",
    "possible",
    "cities.source_url",
    "cities.source_date",
    "cities.note",
)
TAKEN_COLUMNS = described(
    "indicators.indicator_id",
    "indicators.title",
    "indicators.theme",
    "cities_held",
    "first_year",
    "last_year",
)
MATCH_COLUMNS = described(
    "cities.city_id",
    "cities.member_name",
    "cities.country",
    "matches.outcome",
    "matches.matched_by",
    "matches.place_name",
    "matches.distance_km",
    "matches.reason_code",
    "matches.reason",
)
CATALOGUE_COLUMNS = described(
    "indicators.indicator_id",
    "indicators.title",
    "indicators.theme",
    "indicators.unit",
    "indicators.scale",
    "cities_held",
    "first_year",
    "last_year",
    "indicators.source_id",
    "sources.publisher",
    "gaps",
)
SOURCE_COLUMNS = described(
    "sources.source_id",
    "sources.title",
    "sources.publisher",
    "first_year",
    "last_year",
    "sources.looked_on",
    "indicators",
    "figures",
    "sources.licence",
    "sources.licence_class",
    "sources.citation",
    "sources.address",
)
MEMBER_COLUMNS = described("cities.city_id", "cities.member_name")


def cities_shown(store: Store, visit: Visit) -> ShownTable:
    """The directory of members with its filters.

    Raises:
        BadRequest: a region or an evidence level does not exist.
    """
    _require_known(visit, "region", REGIONS)
    _require_known(visit, "evidence", EVIDENCE_LEVELS)
    filters = filters_of(visit)
    words = []
    if filters.text:
        words.append(_("Name or country: {text}").format(text=filters.text))
    if filters.regions:
        names = list_text([region_name(region) for region in filters.regions])
        words.append(_("Regions: {names}").format(names=names))
    if filters.evidence:
        levels = list_text(list(filters.evidence))
        words.append(_("Evidence for the seat: {levels}").format(levels=levels))
    return ShownTable(
        name=("cities",),
        title=_("Members of the association"),
        frame=chosen(store, members_held(store), filters),
        columns=CITY_COLUMNS,
        address=filters.address,
        filters=tuple(words),
        notes=(
            made_by(),
            _("The list of members is compiled from public pages; evidence says how well each "
              "seat is documented, from A to D."),
        ),
    )  # fmt: skip


def _require_known(visit: Visit, name: str, allowed: tuple[str, ...]) -> None:
    unknown = [value for value in visit.query.get(name, []) if value not in allowed]
    if unknown:
        raise BadRequest(
            _("{name}: expected one of {allowed}, found {unknown}.").format(
                name=name, allowed=", ".join(allowed), unknown=", ".join(unknown)
            )
        )


def source_shown(store: Store, visit: Visit) -> ShownTable:
    """What is taken from a source (table=indicators), or how members were met (table=matches).

    Raises:
        UnknownIdError: there is no such source.
        BadRequest: there is no such table.
    """
    source = find_source(store, first(visit, "source"))
    table = _table(visit, {"indicators": _source_indicators, "matches": _source_matches})
    return table(store, source)


def _source_indicators(store: Store, source: Source) -> ShownTable:
    return ShownTable(
        name=("source", source.source_id, "indicators"),
        title=_("{source}: indicators from it").format(source=source.title),
        frame=indicators_shown(store, source.source_id),
        columns=TAKEN_COLUMNS,
        address=f"/data/sources/{source.source_id}",
        source_ids=(source.source_id,),
    )


def _source_matches(store: Store, source: Source) -> ShownTable:
    return ShownTable(
        name=("source", source.source_id, "matches"),
        title=_("{source}: how members were met").format(source=source.title),
        frame=matches_shown(store, source.source_id),
        columns=MATCH_COLUMNS,
        address=f"/data/sources/{source.source_id}",
        source_ids=(source.source_id,),
    )


def data_shown(store: Store, visit: Visit) -> ShownTable:
    """The catalogue (table=catalogue), the sources or the coverage.

    Raises:
        BadRequest: there is no such table.
    """
    table = _table(visit, {"catalogue": _catalogue, "sources": _sources, "coverage": _coverage})
    return table(store)


def _catalogue(store: Store) -> ShownTable:
    return ShownTable(
        name=("catalogue",),
        title=_("Indicators by theme"),
        frame=catalogue_shown(store),
        columns=CATALOGUE_COLUMNS,
        address="/data",
        notes=(made_by(),),
    )


def _sources(store: Store) -> ShownTable:
    return ShownTable(
        name=("sources",),
        title=_("Sources, newest data first"),
        frame=sources_shown(store),
        columns=SOURCE_COLUMNS,
        address="/data",
        notes=(made_by(),),
    )


def _coverage(store: Store) -> ShownTable:
    shown = coverage_shown(store)
    named = {theme: f"held_{'_'.join(theme.split())}" for theme in shown.possible}
    themes = tuple(
        Column(
            named[theme],
            "INTEGER",
            _("indicators of “{theme}” held, of {count}").format(theme=theme, count=count),
        )
        for theme, count in shown.possible.items()
    )
    return ShownTable(
        name=("coverage",),
        title=_("Coverage by member and theme"),
        frame=shown.members.rename(columns=named),
        columns=(*MEMBER_COLUMNS, *themes),
        address="/data",
        notes=(made_by(),),
    )


def _table(visit: Visit, tables: Mapping[str, Make]) -> Make:
    """The table asked for; the first one where none is."""
    _require_known(visit, "table", tuple(tables))
    return tables[first(visit, "table", next(iter(tables)))]
