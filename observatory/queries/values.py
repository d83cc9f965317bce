"""Figures: one indicator over all members, one member over all indicators, trends."""

import pandas as pd

from observatory.queries.catalogue import all_indicators
from observatory.store.warehouse import Store

INDICATOR_YEARS = """
    SELECT indicator_id, list_sort(list(DISTINCT period_year))
    FROM annual
    WHERE period_year IS NOT NULL
    GROUP BY indicator_id
    ORDER BY indicator_id
"""


def indicator_years(store: Store, *, indicator_id: str) -> tuple[int, ...]:
    """Years with a figure of the indicator, oldest first; empty where none is dated."""
    return store.kept("indicator-years", lambda: _years(store)).get(indicator_id, ())


def _years(store: Store) -> dict[str, tuple[int, ...]]:
    rows = store.rows(INDICATOR_YEARS)
    return {str(indicator): tuple(years) for indicator, years in rows}  # type: ignore[arg-type]  # a list of years


PLACED_MEMBERS = """
    SELECT c.city_id, c.city, c.member_name, c.country, c.iso3, c.region, c.evidence,
           p.x_km, p.y_km
    FROM cities AS c
    JOIN city_points AS p USING (city_id)
    ORDER BY c.city, c.city_id
"""
_FIGURES = """
    SELECT place_id, observation_id, period_year, value, category, status, scale, boundary,
           source_id, source_row, note
    FROM {figures}
    WHERE indicator_id = $indicator_id
"""
LATEST_FIGURES = _FIGURES.format(figures="latest")
YEAR_FIGURES = _FIGURES.format(figures="annual") + " AND period_year = $period_year"
GAPS = """
    SELECT city_id, reason_code, reason
    FROM gaps
    WHERE indicator_id = $indicator_id
"""


def member_values(
    store: Store, *, indicator_id: str, period_year: int | None = None
) -> pd.DataFrame:
    """One row per member: its figure of an indicator, or why there is none.

    Args:
        store: the published snapshot.
        indicator_id: the indicator; for national ones each member has its country's figure.
        period_year: figures of that year only; None for each member's newest.

    Columns:
        city_id, city, member_name, country, iso3, region, evidence; x_km, y_km (Equal Earth).
        observation_id, period_year, value, category, status, scale, boundary, source_id,
        source_row, note: missing where there is no figure.
        reason_code, reason: why no figure at all is held; missing where one is held for any
        year (a figure missing in the chosen year only has neither).
    """
    asked = {"indicator_id": indicator_id}
    figures = (
        store.frame(LATEST_FIGURES, **asked)
        if period_year is None
        else store.frame(YEAR_FIGURES, **asked, period_year=period_year)
    )
    members = store.kept("placed-members", lambda: store.frame(PLACED_MEMBERS))
    place = "iso3" if all_indicators(store)[indicator_id].is_national else "city_id"
    return pd.concat(
        [
            members,
            _beside(members[place], figures.astype({"period_year": "Int16"}), "place_id"),
            _beside(members["city_id"], store.frame(GAPS, **asked), "city_id"),
        ],
        axis="columns",
    )


def _beside(keys: pd.Series, rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """The row of each key, in the order of the keys; missing values where there is none."""
    return rows.set_index(key).reindex(keys).set_axis(keys.index)


YEARLY_CHANGES = """
    SELECT indicator_id, change_per_year
    FROM yearly_changes
    ORDER BY indicator_id
"""


def yearly_change(store: Store, *, indicator_id: str) -> float | None:
    """How much an indicator typically moves in a year, in its unit; None where it has no series."""
    return store.kept("yearly-changes", lambda: _changes(store)).get(indicator_id)


def _changes(store: Store) -> dict[str, float]:
    return {str(name): float(str(change)) for name, change in store.rows(YEARLY_CHANGES)}


PLACE_VALUES = """
    SELECT period_year, place_id, value
    FROM annual
    WHERE indicator_id = $indicator_id
      AND period_year = ANY ($years)
      AND value IS NOT NULL
    ORDER BY period_year, place_id
"""


def place_values(store: Store, *, indicator_id: str, years: list[int]) -> pd.DataFrame:
    """The numbers of an indicator in some years: period_year, place_id (the key), value."""
    return store.frame(PLACE_VALUES, indicator_id=indicator_id, years=years)


CITY_LATEST = """
    SELECT i.indicator_id, v.observation_id, v.period_year, v.value, v.category, v.status,
           v.scale, v.boundary, v.source_id, v.source_row, v.note, g.reason_code, g.reason
    FROM indicators AS i
    JOIN cities AS c ON c.city_id = $city_id
    LEFT JOIN latest AS v
        ON v.indicator_id = i.indicator_id
        AND v.place_id = CASE WHEN i.scale = 'national' THEN c.iso3 ELSE c.city_id END
    LEFT JOIN gaps AS g ON g.indicator_id = i.indicator_id AND g.city_id = c.city_id
    ORDER BY i.theme, i.title
"""


def city_latest(store: Store, *, city_id: str) -> pd.DataFrame:
    """One row per indicator of the catalogue: the member's newest figure, or why there is none.

    Columns:
        indicator_id: unique, by theme and title.
        observation_id, period_year, value, category, status, scale, boundary, source_id,
        source_row, note: missing where there is no figure.
        reason_code, reason: missing where there is one.
    """
    return store.frame(CITY_LATEST, city_id=city_id)


CITY_TREND = """
    SELECT period_year, value, status, source_id, source_row, note
    FROM annual
    WHERE place_id = $place_id
      AND indicator_id = $indicator_id
      AND period_year IS NOT NULL
      AND value IS NOT NULL
    ORDER BY period_year
"""


def place_trend(store: Store, *, place_id: str, indicator_id: str) -> pd.DataFrame:
    """Yearly figures of one indicator at one place (city id or country code), oldest first.

    Columns:
        period_year: calendar year, unique. value: in the indicator's unit, never missing.
        status, source_id, source_row, note: as published.
    """
    return store.frame(CITY_TREND, place_id=place_id, indicator_id=indicator_id)


CITY_SERIES = """
    SELECT a.indicator_id, a.period_year, a.value, a.status
    FROM annual AS a
    WHERE a.place_id = $place_id
      AND a.period_year IS NOT NULL
      AND a.value IS NOT NULL
    ORDER BY a.indicator_id, a.period_year
"""


def place_series(store: Store, *, place_id: str) -> pd.DataFrame:
    """All dated numeric figures of a place: indicator_id, period_year, value, status."""
    return store.frame(CITY_SERIES, place_id=place_id)
