"""One observation with all that it rests on, and what else is known of the same thing."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from observatory.errors import LicenceError, UnknownIdError
from observatory.queries.catalogue import find_source
from observatory.store.warehouse import Store

_STATED = """
    stated AS (
        SELECT o.*
        FROM observations AS o
        WHERE o.rowid IN (
            SELECT row_no
            FROM observation_rows
            WHERE id_half = TRY_CAST('0x' || $observation_id[:8] AS UINTEGER)
        )
          AND o.observation_id = $observation_id
    )
"""
OBSERVATION = f"""
    WITH {_STATED}
    SELECT o.observation_id, o.indicator_id, o.place_id,
           coalesce(c.member_name, n.country_name) AS place_name,
           o.period_year, o.value, o.category, o.status, o.scale, o.boundary,
           o.source_id, o.source_row, o.note,
           l.observation_id IS NOT NULL AS is_latest
    FROM stated AS o
    LEFT JOIN cities AS c ON c.city_id = o.place_id
    LEFT JOIN countries AS n ON n.iso3 = o.place_id
    LEFT JOIN latest AS l
        ON l.indicator_id = o.indicator_id
        AND l.place_id = o.place_id
        AND l.observation_id = o.observation_id
"""


def find_observation(store: Store, observation_id: str) -> dict[Hashable, Any]:
    """One observation: its columns as stored, place_name, and is_latest.

    Missing values are None. `is_latest` says whether pages show it as the place's newest.

    Raises:
        UnknownIdError: there is none of this id.
    """
    found = store.frame(OBSERVATION, observation_id=observation_id)
    if found.empty:
        raise UnknownIdError("observation", observation_id, [])
    row = found.astype(object).where(found.notna(), None).iloc[0]
    return row.to_dict()


def find_open_observation(store: Store, observation_id: str) -> dict[Hashable, Any]:
    """One observation that may be passed on, as `find_observation`.

    Raises:
        UnknownIdError: there is none of this id.
        LicenceError: the licence of its source does not let it be passed on.
    """
    row = find_observation(store, observation_id)
    source = find_source(store, str(row["source_id"]))
    if source.licence_class != "open":
        raise LicenceError(
            f"The licence of {source.title} ({source.publisher}) does not let its figures be "
            "passed on. Ask the publisher for them."
        )
    return row


ALTERNATIVES = f"""
    WITH {_STATED},
    this AS (
        SELECT o.*, i.theme, i.unit
        FROM stated AS o
        JOIN indicators AS i USING (indicator_id)
    ),
    others AS (
        SELECT 'source' AS why, o.observation_id, o.indicator_id, o.period_year, o.value,
               o.status, o.scale, o.source_id
        FROM observations AS o
        JOIN this AS t
            ON o.indicator_id = t.indicator_id
            AND o.place_id = t.place_id
            AND o.source_id <> t.source_id
            AND o.period_year IS NOT DISTINCT FROM t.period_year
        UNION ALL
        SELECT 'indicator', l.observation_id, l.indicator_id, l.period_year, l.value,
               l.status, l.scale, l.source_id
        FROM latest AS l
        JOIN indicators AS i USING (indicator_id)
        JOIN this AS t
            ON l.place_id = t.place_id
            AND i.theme = t.theme
            AND i.unit = t.unit
            AND i.kind = 'number'
            AND i.indicator_id <> t.indicator_id
    )
    SELECT o.why, o.observation_id, o.indicator_id, i.title, o.period_year, o.value,
           o.status, o.scale, o.source_id, s.title AS source_title
    FROM others AS o
    JOIN indicators AS i USING (indicator_id)
    JOIN sources AS s ON s.source_id = o.source_id
    ORDER BY o.why DESC, i.title, s.rank, o.observation_id
"""


def alternatives(store: Store, *, observation_id: str) -> pd.DataFrame:
    """Other observations a reader may hold against this one, the most alike first.

    Columns:
        why: "source" (the same indicator, place and period from another source) or "indicator"
            (the newest figure of another indicator of the theme in the same unit).
        observation_id: unique. indicator_id, title: of the indicator.
        period_year, value, status, scale, source_id, source_title.
    """
    return store.frame(ALTERNATIVES, observation_id=observation_id)
