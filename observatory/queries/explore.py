"""Two indicators at a time, and many at once."""

import pandas as pd

from observatory.store.warehouse import Store

LATEST_FIGURES = """
    SELECT v.place_id, v.observation_id, v.period_year, v.value, v.status
    FROM latest AS v
    WHERE v.indicator_id = $indicator_id
      AND v.value IS NOT NULL
    ORDER BY v.place_id
"""
YEAR_FIGURES = """
    SELECT v.place_id, v.observation_id, v.period_year, v.value, v.status
    FROM annual AS v
    WHERE v.indicator_id = $indicator_id
      AND v.period_year = $period_year
      AND v.value IS NOT NULL
    ORDER BY v.place_id
"""


def place_figures(store: Store, *, indicator_id: str, period_year: int | None) -> pd.DataFrame:
    """The numbers of an indicator, one row per place that has one.

    Args:
        store: the published snapshot.
        indicator_id: the indicator.
        period_year: figures of that year only; None for each place's newest.

    Columns:
        place_id: unique; a city id, or the code of a country for national indicators.
        observation_id, period_year (may be missing), value, status.
    """
    if period_year is None:
        return store.frame(LATEST_FIGURES, indicator_id=indicator_id)
    return store.frame(YEAR_FIGURES, indicator_id=indicator_id, period_year=period_year)


LATEST_OF_MANY = """
    SELECT v.indicator_id, v.place_id, v.value
    FROM latest AS v
    WHERE v.indicator_id = ANY ($indicator_ids)
      AND v.value IS NOT NULL
    ORDER BY v.indicator_id, v.place_id
"""


def latest_of_many(store: Store, *, indicator_ids: list[str]) -> pd.DataFrame:
    """Newest numbers of several indicators, places as rows.

    Returns:
        One column per indicator that has a number, indexed by place_id; missing where a place
        has none.
    """
    found = store.frame(LATEST_OF_MANY, indicator_ids=indicator_ids)
    return found.pivot_table(index="place_id", columns="indicator_id", values="value")
