"""A table to be taken away: its rows with types, and all that has to go with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from observatory.queries.catalogue import Source
from observatory.schema import TABLES, Column

KINDS = {
    "VARCHAR": "text",
    "DATE": "text",
    "DOUBLE": "number",
    "INTEGER": "whole number",
    "SMALLINT": "whole number",
    "TINYINT": "whole number",
}
PANDAS_TYPES = {"text": "string", "number": "float64", "whole number": "Int64"}

# What a licence may withhold of a row: the figure itself and what is made of it.
FIGURE_COLUMNS = ("value", "category", "note", "rank_first", "rank_last")

DERIVED_COLUMNS = {
    column.name: column
    for column in (
        Column("rank_first", "INTEGER", "best position among members it may hold"),
        Column("rank_last", "INTEGER", "last position among members it may hold"),
        Column("members_compared", "INTEGER", "members with a figure at the same scale"),
        Column("held", "INTEGER", "city and metropolitan indicators with a figure"),
        Column("possible", "INTEGER", "city and metropolitan indicators of the catalogue"),
        Column("cities_held", "INTEGER", "members with a figure, or a country with one"),
        Column("first_year", "INTEGER", "first year of its figures"),
        Column("last_year", "INTEGER", "last year of its figures"),
        Column("gaps", "VARCHAR", "why other members have none, with how many"),
        Column("indicators", "INTEGER", "indicators taken from it"),
        Column("figures", "INTEGER", "figures held"),
    )
}


@dataclass(frozen=True)
class Export:
    """A table with what it rests on; made by `export`.

    Attributes:
        stem: file name without its ending.
        title: what the table shows.
        frame: the rows, one column per entry of `columns`, typed, missing values missing.
        columns: name, type, meaning and unit of each column.
        filters: the choices that led to these rows, in words.
        address: path and query string of the page that shows the same.
        snapshot_id: the snapshot it is of.
        sources: where the rows come from, with licence and citation.
        notes: what to mind.
    """

    stem: str
    title: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    filters: tuple[str, ...]
    address: str
    snapshot_id: str
    sources: tuple[Source, ...]
    notes: tuple[str, ...]

    def rows(self) -> list[tuple[object, ...]]:
        """The rows as plain Python values; None where one is missing."""
        plain = self.frame.astype("object").where(self.frame.notna(), None)
        columns = [plain[column.name].tolist() for column in self.columns]
        return list(zip(*columns, strict=True))

    def metadata(self) -> dict[str, object]:
        """All but the rows, ready to be written as JSON."""
        return {
            "title": self.title,
            "filters": list(self.filters),
            "address": self.address,
            "snapshot": self.snapshot_id,
            "rows": len(self.frame),
            "columns": [
                {
                    "name": column.name,
                    "type": kind_of(column),
                    "unit": column.unit,
                    "meaning": column.meaning,
                }
                for column in self.columns
            ],
            "sources": [credit(source) for source in self.sources],
            "notes": list(self.notes),
        }


def kind_of(column: Column) -> str:
    """The type of a column in a word: "text", "number" or "whole number"."""
    return KINDS[column.sql_type]


def credit(source: Source) -> dict[str, str]:
    """Whom to name for figures of a source, and under which licence they stand."""
    return {
        "source_id": source.source_id,
        "title": source.title,
        "publisher": source.publisher,
        "address": source.address,
        "licence": source.licence,
        "licence_class": source.licence_class,
        "citation": source.citation,
        "looked_on": source.looked_on,
    }


def described(*names: str) -> tuple[Column, ...]:
    """Columns as the schema declares them ("cities.city_id"), or as derived here ("held").

    Raises:
        KeyError: nothing of this name is declared.
    """
    declared = {
        f"{table.name}.{column.name}": column for table in TABLES for column in table.columns
    }
    return tuple(declared[name] if "." in name else DERIVED_COLUMNS[name] for name in names)


def typed(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The columns of a frame in this order and with their types; an empty text is missing."""
    kept = {column.name: _typed(frame[column.name], kind_of(column)) for column in columns}
    return pd.DataFrame(kept).reset_index(drop=True)


def _typed(values: pd.Series, kind: str) -> pd.Series:
    if kind != "text":
        return pd.to_numeric(values).astype(PANDAS_TYPES[kind])
    texts = values.astype("object").where(values.notna(), pd.NA)
    texts = texts.map(str, na_action="ignore").astype("string")
    return texts.mask(texts == "", pd.NA)


def without_restricted(frame: pd.DataFrame, restricted: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """The rows without the figures that may not be passed on, and how many those are.

    Args:
        frame: source_id, reason_code, and any of FIGURE_COLUMNS.
        restricted: ids of the sources whose figures stay here.

    Returns:
        Rows whose figure is left out keep all else, say "licence" as their reason and stand
        last, by their first column: their place among the others would tell how large they are.
    """
    figures = [name for name in FIGURE_COLUMNS if name in frame.columns]
    is_held = frame[["value", "category"]].notna().any(axis="columns")
    is_kept_back = frame["source_id"].isin(restricted).fillna(value=False) & is_held
    if not is_kept_back.any():
        return frame, 0
    rows = frame.assign(**{name: frame[name].mask(is_kept_back) for name in figures})
    kept_back = rows[is_kept_back].assign(reason_code="licence").astype(frame.dtypes.to_dict())
    kept_back = kept_back.sort_values(str(frame.columns[0]), kind="stable")
    return pd.concat([rows[~is_kept_back], kept_back], ignore_index=True), int(is_kept_back.sum())
