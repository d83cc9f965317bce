"""Every warehouse table, declared once: columns, types, units, conditions, keys.

`CREATE TABLE`, the validation of staged rows and the data dictionary are made from this.
"""

from observatory.schema.declaration import Column, Table
from observatory.schema.facts import (
    ALIASES,
    CITIES,
    COUNTRIES,
    IDENTIFIERS,
    INDICATORS,
    MATCHES,
    OBSERVATIONS,
    SCOPES,
    SOURCES,
)
from observatory.schema.network import (
    AIR_LINKS,
    EVENTS,
    KINDS_OF_EVENTS,
    ORGANISATIONS,
    PARTICIPATIONS,
)
from observatory.schema.vocabulary import (
    EVENT_KINDS,
    EVIDENCE_LEVELS,
    KINDS,
    LICENCE_CLASSES,
    MEMBER_KINDS,
    OUTCOMES,
    POLARITIES,
    REGIONS,
    SCALES,
    SCHEMA_VERSION,
    STANDS_FOR,
    STATUSES,
    TIE_STRENGTHS,
)

__all__ = [
    "AIR_LINKS",
    "ALIASES",
    "CITIES",
    "COUNTRIES",
    "EVENTS",
    "EVENT_KINDS",
    "EVIDENCE_LEVELS",
    "IDENTIFIERS",
    "INDICATORS",
    "KINDS",
    "KINDS_OF_EVENTS",
    "LICENCE_CLASSES",
    "MATCHES",
    "MEMBER_KINDS",
    "OBSERVATIONS",
    "ORGANISATIONS",
    "OUTCOMES",
    "PARTICIPATIONS",
    "POLARITIES",
    "REGIONS",
    "SCALES",
    "SCHEMA_VERSION",
    "SCOPES",
    "SOURCES",
    "STANDS_FOR",
    "STATUSES",
    "TABLES",
    "TIE_STRENGTHS",
    "Column",
    "Table",
]

TABLES: tuple[Table, ...] = (
    SOURCES,
    COUNTRIES,
    CITIES,
    ALIASES,
    IDENTIFIERS,
    SCOPES,
    INDICATORS,
    OBSERVATIONS,
    MATCHES,
    KINDS_OF_EVENTS,
    EVENTS,
    ORGANISATIONS,
    PARTICIPATIONS,
    AIR_LINKS,
)
