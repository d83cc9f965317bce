"""Two indicators at a time, and many at once."""

import pandas as pd

from observatory.store.warehouse import Store

LATEST_OF_MANY = """
    SELECT v.indicator_id, v.place_id, v.value
    FROM latest AS v
    WHERE v.indicator_id = ANY ($indicator_ids)
      AND v.value IS NOT NULL
    ORDER BY v.indicator_id, v.place_id
"""


def latest_of_many(store: Store, *, indicator_ids: list[str]) -> pd.DataFrame:
    """Newest numbers of several indicators, places as rows; not to be changed.

    Returns:
        One column per indicator that has a number, indexed by place_id; missing where a place
        has none.
    """
    name = f"latest-of-{','.join(indicator_ids)}"
    return store.kept(name, lambda: _latest_of_many(store, indicator_ids))


def _latest_of_many(store: Store, indicator_ids: list[str]) -> pd.DataFrame:
    found = store.frame(LATEST_OF_MANY, indicator_ids=indicator_ids)
    return found.pivot_table(index="place_id", columns="indicator_id", values="value")
