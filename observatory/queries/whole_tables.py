"""Tables as they are stored, whole: for who takes the snapshot away."""

import pandas as pd

from observatory.schema import Table
from observatory.store.warehouse import Store

WHOLE_TABLE = """
    SELECT {columns}
    FROM {table}
    WHERE {condition}
    ORDER BY {key}
"""
OPEN_ONLY = "source_id IN (SELECT source_id FROM sources WHERE licence_class = 'open')"


def whole_table(store: Store, table: Table, *, open_only: bool = False) -> pd.DataFrame:
    """All rows of a table by its key, with the columns the schema declares.

    Args:
        store: the published snapshot.
        table: the table.
        open_only: only the rows of sources whose figures may be passed on.
    """
    return store.frame(
        WHOLE_TABLE.format(
            columns=", ".join(table.column_names),
            table=table.name,
            condition=OPEN_ONLY if open_only else "true",
            key=", ".join(table.key),
        )
    )


OF_SOURCE = """
    SELECT {columns}
    FROM {table}
    WHERE source_id = $source_id
    ORDER BY {key}
"""


def rows_of_source(store: Store, table: Table, *, source_id: str) -> pd.DataFrame:
    """The rows of a table that come from one source, by its key."""
    return store.frame(
        OF_SOURCE.format(
            columns=", ".join(table.column_names), table=table.name, key=", ".join(table.key)
        ),
        source_id=source_id,
    )


FIGURES_BY_SOURCE = """
    SELECT s.source_id, s.licence_class = 'open' AS is_open, count(*) AS figures
    FROM observations AS o
    JOIN sources AS s USING (source_id)
    GROUP BY s.source_id, is_open
    ORDER BY s.source_id
"""


def figures_by_source(store: Store) -> pd.DataFrame:
    """Sources that have figures: source_id, is_open (may be passed on), figures."""
    return store.frame(FIGURES_BY_SOURCE)
