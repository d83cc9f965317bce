"""The tables of the API: their rows by key, and one thing by id."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

import pandas as pd

from observatory.api.answers import Rows
from observatory.api.formats import records
from observatory.api.models import CITY_COLUMNS, INDICATOR_COLUMNS, SOURCE_COLUMNS, Fault
from observatory.api.paging import Key
from observatory.api.parameters import CityQuestion, ObservationQuestion
from observatory.api.problems import refuse_request
from observatory.domain.indicators import Indicator
from observatory.errors import UnknownIdError
from observatory.language import gettext as _
from observatory.queries.catalogue import (
    Source,
    all_indicators,
    all_sources,
    find_indicator,
    find_source,
)
from observatory.queries.cities import all_cities, find_city
from observatory.queries.observations import (
    FIRST_KEY,
    ObservationFilter,
    find_place,
    observations,
)
from observatory.queries.passport import find_open_observation
from observatory.store.warehouse import Store

MOST_FAULTS = 10


def city_object(store: Store, city_id: str) -> dict[str, object]:
    """One member.

    Raises:
        UnknownIdError: there is none of this id.
    """
    city = find_city(store, city_id)
    return records(city.to_frame().T.loc[:, list(CITY_COLUMNS)])[0]


def city_rows(store: Store, question: CityQuestion) -> Rows:
    """The members of some regions, or all."""

    def read() -> pd.DataFrame:
        cities = all_cities(store).loc[:, list(CITY_COLUMNS)]
        return cities.loc[cities["region"].isin(question.region)] if question.region else cities

    return small_table("cities", "city_id", read)


def indicator_object(store: Store, indicator_id: str) -> dict[str, object]:
    """One indicator.

    Raises:
        UnknownIdError: there is none of this id.
    """
    return _plain(find_indicator(store, indicator_id), INDICATOR_COLUMNS)


def indicator_rows(store: Store) -> Rows:
    """The indicators of the catalogue."""

    def read() -> pd.DataFrame:
        return _framed(all_indicators(store).values(), INDICATOR_COLUMNS)

    return small_table("indicators", "indicator_id", read)


def source_object(store: Store, source_id: str) -> dict[str, object]:
    """One source.

    Raises:
        UnknownIdError: there is none of this id.
    """
    return _plain(find_source(store, source_id), SOURCE_COLUMNS)


def source_rows(store: Store) -> Rows:
    """The sources."""

    def read() -> pd.DataFrame:
        return _framed(all_sources(store).values(), SOURCE_COLUMNS).astype({"rows": "Int64"})

    return small_table("sources", "source_id", read)


def observation_object(store: Store, observation_id: str) -> dict[str, object]:
    """One observation.

    Raises:
        UnknownIdError: there is none of this id.
        LicenceError: the licence of its source does not let it be passed on.
    """
    row = find_open_observation(store, observation_id)
    beside = ObservationFilter([str(row["indicator_id"])], [str(row["place_id"])])
    found = observations(store, wanted=beside)
    one = found[found["observation_id"] == observation_id]
    return records(one.assign(snapshot=store.publication().snapshot_id))[0]


def observation_rows(store: Store, question: ObservationQuestion) -> Rows:
    """The observations that meet the filters; a filter that makes no sense is refused."""

    def after(key: Key, limit: int | None) -> pd.DataFrame:
        _refuse_senseless(store, question)
        found = observations(
            store, wanted=_filter(question), after=key, rows=None if limit is None else limit + 1
        )
        return found.assign(snapshot=store.publication().snapshot_id)

    key = ("indicator_id", "place_id", "period", "source_id")
    return Rows("observations", key, list(FIRST_KEY), after)


def _filter(question: ObservationQuestion) -> ObservationFilter:
    return ObservationFilter(
        indicator_ids=question.indicator,
        place_ids=question.place,
        regions=question.region,
        from_year=question.from_year,
        to_year=question.to_year,
        statuses=question.status,
        scales=question.scale,
        source_ids=question.source,
    )


def _refuse_senseless(store: Store, question: ObservationQuestion) -> None:
    faults = [
        *unknown_ids("indicator", question.indicator, lambda name: find_indicator(store, name)),
        *unknown_ids("place", question.place, lambda name: find_place(store, name)),
        *unknown_ids("source", question.source, lambda name: find_source(store, name)),
    ]
    refuse_any([*faults, *reversed_years(question.from_year, question.to_year)])


def refuse_any(faults: list[Fault]) -> None:
    """End the request with 400 where anything is wrong with it."""
    if faults:
        refuse_request(faults)


def reversed_years(first: int | None, last: int | None) -> list[Fault]:
    """The fault of a window of years that ends before it begins."""
    if first is None or last is None or first <= last:
        return []
    reason = _("is {first}, after `to`, which is {last}").format(first=first, last=last)
    return [Fault(parameter="from", reason=reason)]


def unknown_ids(parameter: str, ids: Iterable[str], find: Callable[[str], object]) -> list[Fault]:
    """The ids that name nothing; not more than anyone would read."""
    faults: list[Fault] = []
    for name in dict.fromkeys(ids):
        try:
            find(name)
        except UnknownIdError as error:
            faults.append(Fault(parameter=parameter, reason=str(error), near=list(error.near)))
        if len(faults) == MOST_FAULTS:
            break
    return faults


def small_table(name: str, key: str, read: Callable[[], pd.DataFrame]) -> Rows:
    """A table that is read whole and cut here."""

    def after(last: Key, limit: int | None) -> pd.DataFrame:
        frame = read()
        following = frame.loc[frame[key] > last[0]].sort_values(by=key)
        return following if limit is None else following.head(limit + 1)

    return Rows(name, (key,), [""], after)


def _framed(things: Iterable[Indicator | Source], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame([_plain(thing, columns) for thing in things], columns=list(columns))


def _plain(thing: Indicator | Source, columns: tuple[str, ...]) -> dict[str, object]:
    """Its fields by column; an empty text or list is missing, as it is in the snapshot."""
    fields = asdict(thing)
    return {column: _or_none(fields[column]) for column in columns}


def _or_none(value: object) -> object:
    if isinstance(value, tuple):
        return list(value) or None
    return None if value == "" else value
