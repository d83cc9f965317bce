"""What is held, what is missing and why."""

import pandas as pd

from observatory.store.warehouse import Store

COVERAGE = """
    SELECT city_id, theme, held, possible, withheld
    FROM coverage
    ORDER BY city_id, theme
"""


def coverage(store: Store) -> pd.DataFrame:
    """One row per member and theme.

    Columns:
        city_id, theme: the key.
        held: indicators with a figure. possible: indicators of the theme.
        withheld: those missing only because their source's licence keeps them out.
    """
    return store.frame(COVERAGE)


GAP_REASONS = """
    SELECT indicator_id, reason_code, count(*) AS cities
    FROM gaps
    GROUP BY indicator_id, reason_code
    ORDER BY indicator_id, cities DESC, reason_code
"""


def gap_reasons(store: Store) -> pd.DataFrame:
    """How many members lack each indicator, by reason: indicator_id, reason_code, cities."""
    return store.frame(GAP_REASONS)


SOURCE_MATCHES = """
    SELECT m.city_id, c.city, c.country, m.outcome, m.matched_by, m.place_name, m.distance_km,
           m.reason_code, m.reason
    FROM matches AS m
    JOIN cities AS c USING (city_id)
    WHERE m.source_id = $source_id
    ORDER BY c.city, m.city_id
"""


def source_matches(store: Store, *, source_id: str) -> pd.DataFrame:
    """How each member was found in a source, by city name; empty before its first ingest."""
    return store.frame(SOURCE_MATCHES, source_id=source_id)


LAND_RINGS = """
    SELECT ring_id, x_km, y_km
    FROM land_rings
    ORDER BY ring_id, point_no
"""


def land_rings(store: Store) -> pd.DataFrame:
    """Outlines of land in drawing order: ring_id, x_km, y_km (Equal Earth); not to be changed."""
    return store.kept("land", lambda: store.frame(LAND_RINGS))
