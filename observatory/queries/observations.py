"""Observations as stored: filtered, in the order of their key, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from observatory.errors import UnknownIdError
from observatory.queries.cities import near_cities
from observatory.store.warehouse import Store

EVERYTHING = 2**40  # a LIMIT that no table reaches
FIRST_KEY = ("", "", 0, "")


@dataclass(frozen=True)
class ObservationFilter:
    """Which observations; an empty list or None filters nothing.

    Attributes:
        indicator_ids: their indicators.
        place_ids: city ids and country codes.
        regions: regions of the members, or of a member in the country.
        from_year: first year; undated figures are then left out.
        to_year: last year; undated figures are then left out.
        statuses: how the value came about.
        scales: geographic scales.
        source_ids: their sources.
    """

    indicator_ids: Sequence[str] = ()
    place_ids: Sequence[str] = ()
    regions: Sequence[str] = ()
    from_year: int | None = None
    to_year: int | None = None
    statuses: Sequence[str] = ()
    scales: Sequence[str] = ()
    source_ids: Sequence[str] = ()


OBSERVATIONS = """
    WITH in_regions AS (
        SELECT city_id AS place_id
        FROM cities
        WHERE region = ANY (CAST($regions AS VARCHAR[]))
        UNION
        SELECT iso3
        FROM cities
        WHERE region = ANY (CAST($regions AS VARCHAR[]))
    ),
    page AS (
        SELECT observation_id, indicator_id, place_id, period_year, value, category, status,
               scale, boundary, source_id, source_row, note,
               coalesce(period_year, 0) AS sorting_year
        FROM observations
        WHERE source_id IN (SELECT source_id FROM sources WHERE licence_class = 'open')
          AND (len($indicator_ids) = 0 OR indicator_id = ANY (CAST($indicator_ids AS VARCHAR[])))
          AND (len($place_ids) = 0 OR place_id = ANY (CAST($place_ids AS VARCHAR[])))
          AND (len($regions) = 0 OR place_id IN (SELECT place_id FROM in_regions))
          AND (len($statuses) = 0 OR status = ANY (CAST($statuses AS VARCHAR[])))
          AND (len($scales) = 0 OR scale = ANY (CAST($scales AS VARCHAR[])))
          AND (len($source_ids) = 0 OR source_id = ANY (CAST($source_ids AS VARCHAR[])))
          AND ($from_year IS NULL OR period_year >= CAST($from_year AS INTEGER))
          AND ($to_year IS NULL OR period_year <= CAST($to_year AS INTEGER))
          AND indicator_id >= $after_indicator
          AND (indicator_id > $after_indicator OR place_id > $after_place
               OR (place_id = $after_place
                   AND (sorting_year > $after_year
                        OR (sorting_year = $after_year AND source_id > $after_source))))
        ORDER BY indicator_id, place_id, sorting_year, source_id
        LIMIT $rows
    )
    SELECT o.observation_id, o.indicator_id, o.place_id, o.period_year AS period, o.value,
           o.category, i.unit, o.status, o.scale, o.boundary, o.source_id, o.source_row,
           CAST(s.looked_on AS VARCHAR) AS looked_on, o.note
    FROM page AS o
    JOIN indicators AS i USING (indicator_id)
    JOIN sources AS s ON s.source_id = o.source_id
    ORDER BY o.indicator_id, o.place_id, o.sorting_year, o.source_id
"""


def observations(
    store: Store,
    *,
    wanted: ObservationFilter,
    after: Sequence[str | int] = FIRST_KEY,
    rows: int | None = None,
) -> pd.DataFrame:
    """Observations of open sources by indicator, place, year (undated first) and source.

    Figures that an operator added from a restricted source are shown on pages, with their
    source; they are not passed on.

    Args:
        store: the published snapshot.
        wanted: which.
        after: indicator, place, year (0 for undated) and source of the row before the first.
        rows: the most rows given; None for all.

    Columns:
        observation_id: unique. indicator_id, place_id, source_id: with period, unique too.
        period: calendar year, Int16; missing where the source gives none.
        value, category: the one or the other is missing. unit: of the indicator.
        status, scale, boundary, source_row: as stored. note: may be missing.
        looked_on: day the source was last looked at, ISO 8601.
    """
    after_indicator, after_place, after_year, after_source = after
    found = store.frame(
        OBSERVATIONS,
        indicator_ids=list(wanted.indicator_ids),
        place_ids=list(wanted.place_ids),
        regions=list(wanted.regions),
        from_year=wanted.from_year,
        to_year=wanted.to_year,
        statuses=list(wanted.statuses),
        scales=list(wanted.scales),
        source_ids=list(wanted.source_ids),
        after_indicator=after_indicator,
        after_place=after_place,
        after_year=after_year,
        after_source=after_source,
        rows=EVERYTHING if rows is None else rows,
    )
    return found.astype({"period": "Int16"})


OBSERVATIONS_OF = """
    SELECT observation_id, period_year, value, category, status, scale, boundary, source_id,
           source_row, note
    FROM observations
    WHERE observation_id = ANY ($observation_ids)
    ORDER BY observation_id
"""


def observations_of(store: Store, *, observation_ids: Sequence[str]) -> pd.DataFrame:
    """Observations by id, as stored; ids that name none are left out.

    Columns:
        observation_id: unique. period_year, value, category, status, scale, boundary,
        source_id, source_row, note.
    """
    return store.frame(OBSERVATIONS_OF, observation_ids=list(observation_ids))


PLACES = """
    SELECT city_id AS place_id FROM cities
    UNION
    SELECT iso3 FROM countries
    ORDER BY place_id
"""


def find_place(store: Store, place_id: str) -> str:
    """The id of a member or a country, as given.

    Raises:
        UnknownIdError: it names neither; carries ids that look alike.
    """
    known = {str(found) for (found,) in store.rows(PLACES)}
    if place_id not in known:
        code = [place_id.upper()] if place_id.upper() in known else []
        raise UnknownIdError("place", place_id, [*code, *near_cities(store, place_id)])
    return place_id
