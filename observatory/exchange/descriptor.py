"""What a Data Package says of itself: fields, licences and sources with citation."""

from collections.abc import Sequence

from observatory.queries.catalogue import Source
from observatory.schema import OBSERVATIONS, Column, Table
from observatory.store.publication import Publication

FIELD_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array",
    "DATE": "date",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "SMALLINT": "integer",
    "TINYINT": "integer",
}
# Names of the Open Definition; other terms are told in words.
LICENCE_NAMES = {
    "CC BY 4.0": "CC-BY-4.0",
    "CC0": "CC0-1.0",
    "ODbL": "ODbL-1.0",
    "ODbL 1.0": "ODbL-1.0",
    "PDDL": "ODC-PDDL-1.0",
    "ODC-PDDL-1.0": "ODC-PDDL-1.0",
}
README = "README.md"


def package_descriptor(
    publication: Publication, resources: Sequence[dict[str, object]], sources: Sequence[Source]
) -> dict[str, object]:
    """The content of datapackage.json."""
    return {
        "profile": "tabular-data-package",
        "name": "metropolis-observatory",
        "id": publication.content_hash,
        "title": "Metropolis Observatory: the open snapshot",
        "description": (
            "City indicators of the member governments of Metropolis, each figure with period, "
            "scale, boundary, status, source and row. See README.md."
        ),
        "version": publication.snapshot_id,
        "created": publication.published_at,
        "licenses": [{"path": README, "title": "Each source keeps its own licence: see there"}],
        "sources": [_source(source) for source in sources],
        "resources": list(resources),
    }


def resource_descriptor(name: str, table: Table, source: Source | None) -> dict[str, object]:
    """A file of the package: what a row is, its fields, and whom it comes from."""
    described: dict[str, object] = {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": f"{table.name}: {table.meaning}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }
    if source is not None:
        described["title"] = f"{source.publisher}: {source.title}"
        described["licenses"] = [_licence(source)]
        described["sources"] = [_source(source)]
    return described


def _schema(table: Table) -> dict[str, object]:
    required = {column.name for column in table.columns if column.required}
    key = ["observation_id"] if table is OBSERVATIONS else list(table.key)
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "foreignKeys": [
            {"fields": own, "reference": {"resource": other, "fields": theirs}}
            for own, other, theirs in table.references
        ],
    }
    if set(key) <= required:
        schema["primaryKey"] = key
    return schema


def _field(column: Column) -> dict[str, object]:
    words = f"{column.meaning}; {column.rule}" if column.rule else column.meaning
    field: dict[str, object] = {
        "name": column.name,
        "type": FIELD_TYPES[column.sql_type],
        "description": words,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.required:
        field["constraints"] = {"required": True}
    return field


def _licence(source: Source) -> dict[str, str]:
    name = LICENCE_NAMES.get(source.licence)
    return {"name": name, "title": source.licence} if name else _licence_in_words(source)


def _licence_in_words(source: Source) -> dict[str, str]:
    return {"path": README, "title": source.licence}


def _source(source: Source) -> dict[str, str]:
    described = {
        "title": f"{source.publisher}: {source.title}",
        "source_id": source.source_id,
        "licence": source.licence,
        "citation": source.citation,
        "looked_on": source.looked_on,
    }
    if source.address.startswith(("https://", "http://")):
        described["path"] = source.address
    return described
