"""What pages say of all members at once: their figures, their completeness, the sources' reach."""

import pandas as pd

from observatory.store.warehouse import Store

MEMBER_FIGURES = """
    SELECT l.indicator_id, l.place_id AS city_id, l.value, l.category, l.scale, l.period_year
    FROM latest AS l
    JOIN cities AS c ON c.city_id = l.place_id
    ORDER BY l.indicator_id, l.place_id
"""


def member_figures(store: Store) -> pd.DataFrame:
    """The newest figure of every member and indicator; national series are left out.

    Columns:
        indicator_id, city_id: the key.
        value, category: the one or the other is missing.
        scale: "metro" or "city".
        period_year: missing where the figure is undated.
    """
    return store.frame(MEMBER_FIGURES)


MEMBER_SERIES = """
    SELECT a.indicator_id, a.period_year, a.value, a.status, a.scale, a.source_id, a.observation_id
    FROM annual AS a
    WHERE a.place_id = $city_id
      AND a.period_year IS NOT NULL
      AND a.value IS NOT NULL
    ORDER BY a.indicator_id, a.period_year
"""


def member_series(store: Store, *, city_id: str) -> pd.DataFrame:
    """All dated numbers of a member, one per indicator and year, oldest first.

    Columns:
        indicator_id, period_year: the key.
        value, status, scale, source_id, observation_id: of the figure.
    """
    return store.frame(MEMBER_SERIES, city_id=city_id)


COMPLETENESS = """
    SELECT c.city_id, count(*) - count(g.city_id) AS held, count(*) AS possible
    FROM cities AS c
    CROSS JOIN indicators AS i
    LEFT JOIN gaps AS g ON g.city_id = c.city_id AND g.indicator_id = i.indicator_id
    WHERE i.scale <> 'national'
    GROUP BY c.city_id
    ORDER BY c.city_id
"""


def completeness(store: Store) -> pd.DataFrame:
    """How much is held of each member: city_id, held, possible; national context left out."""
    return store.frame(COMPLETENESS)


SOURCE_REACH = """
    SELECT s.source_id,
           (SELECT count(*) FROM indicators AS i WHERE i.source_id = s.source_id) AS indicators,
           count(o.observation_id) AS figures,
           min(o.period_year) AS first_year,
           max(o.period_year) FILTER (o.status <> 'projected') AS last_year
    FROM sources AS s
    LEFT JOIN observations AS o USING (source_id)
    GROUP BY s.source_id
    ORDER BY last_year DESC NULLS LAST, s.source_id
"""


def source_reach(store: Store) -> pd.DataFrame:
    """What each source brings, the newest data first.

    Columns:
        source_id: unique. indicators: taken from it. figures: held, 0 without a file.
        first_year, last_year: years of its figures, projections left out of the last;
        missing where nothing dated is held.
    """
    return store.frame(SOURCE_REACH)


SPOKEN_NAMES = """
    SELECT c.city_id,
           concat_ws(' ', c.member_name, c.city, c.country, string_agg(a.alias, ' ')) AS names
    FROM cities AS c
    LEFT JOIN aliases AS a USING (city_id)
    GROUP BY c.city_id, c.member_name, c.city, c.country
    ORDER BY c.city_id
"""


def spoken_names(store: Store) -> pd.DataFrame:
    """All names of each member in one text, its country too: city_id, names."""
    return store.frame(SPOKEN_NAMES)
