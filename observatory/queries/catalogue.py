"""Indicators and sources of the snapshot."""

from dataclasses import dataclass, fields
from difflib import get_close_matches

import pandas as pd

from observatory.domain.indicators import Indicator
from observatory.errors import UnknownIdError
from observatory.store.warehouse import Store

ALL_INDICATORS = """
    SELECT indicator_id, title, theme, kind, unit, better, decimals, scale, source_id,
           coalesce(sdg, ''), coalesce(topics, []), definition, method, coalesce(formula, ''),
           minimum, maximum, coalesce(categories, []), update_rhythm
    FROM indicators
    ORDER BY theme, title
"""


def all_indicators(store: Store) -> dict[str, Indicator]:
    """Every indicator of the catalogue by id, ordered by theme and title; not to be changed."""
    return store.kept("indicators", lambda: _indicators(store))


def _indicators(store: Store) -> dict[str, Indicator]:
    rows = store.rows(ALL_INDICATORS)
    names = [field.name for field in fields(Indicator)]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return {str(row["indicator_id"]): Indicator(**_hashable(row)) for row in found}  # type: ignore[arg-type]  # types as declared in the schema


def _hashable(row: dict[str, object]) -> dict[str, object]:
    return {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in row.items()}


def find_indicator(store: Store, indicator_id: str) -> Indicator:
    """One indicator.

    Raises:
        UnknownIdError: there is none of this id; carries ids that look alike.
    """
    known = all_indicators(store)
    if indicator_id not in known:
        near = get_close_matches(indicator_id, known, n=3, cutoff=0.4)
        raise UnknownIdError("indicator", indicator_id, near)
    return known[indicator_id]


@dataclass(frozen=True)
class Source:
    """One upstream source, as shown beside every figure."""

    source_id: str
    publisher: str
    title: str
    address: str
    licence: str
    licence_class: str
    licence_evidence: str
    scale: str
    boundary: str
    years: str
    cautions: str
    citation: str
    rhythm: str
    rhythm_months: int
    looked_on: str
    rows: int | None


ALL_SOURCES = """
    SELECT source_id, publisher, title, address, licence, licence_class, licence_evidence,
           scale, boundary, coalesce(years, ''), coalesce(cautions, ''), citation, rhythm,
           rhythm_months, CAST(looked_on AS VARCHAR), rows
    FROM sources
    ORDER BY source_id
"""


def all_sources(store: Store) -> dict[str, Source]:
    """Every source by id, in the order of the ids; not to be changed."""
    return store.kept("sources", lambda: _sources(store))


def _sources(store: Store) -> dict[str, Source]:
    names = [field.name for field in fields(Source)]
    rows = [dict(zip(names, row, strict=True)) for row in store.rows(ALL_SOURCES)]
    return {str(row["source_id"]): Source(**row) for row in rows}  # type: ignore[arg-type]  # types as declared in the schema


def find_source(store: Store, source_id: str) -> Source:
    """One source.

    Raises:
        UnknownIdError: there is none of this id; carries ids that look alike.
    """
    known = all_sources(store)
    if source_id not in known:
        near = get_close_matches(source_id, known, n=3, cutoff=0.4)
        raise UnknownIdError("source", source_id, near)
    return known[source_id]


HOLDINGS = """
    SELECT indicator_id, cities_held, first_year, last_year, observations
    FROM holdings
    ORDER BY indicator_id
"""


def holdings(store: Store) -> pd.DataFrame:
    """What each indicator holds.

    Columns:
        indicator_id: unique.
        cities_held: members with a figure (or a country with one), 0 to the number of members.
        first_year, last_year: years covered; missing where nothing or nothing dated is held.
        observations: figures held, one per place and year.
    """
    return store.frame(HOLDINGS)
