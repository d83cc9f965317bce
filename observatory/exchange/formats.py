"""A table as CSV, XLSX, JSON or Parquet, each with its metadata inside."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from observatory.exchange.tables import Export
from observatory.language import gettext as _

# What spreadsheets run as a formula, also in their full-width spelling; an apostrophe before it
# belongs to the text already, so that the guard can be taken off again.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
EXACT_WHOLE_NUMBERS = 2**53  # beyond it a float is no longer exact to the unit
METADATA_KEY = b"metropolis_observatory"
WIDEST_COLUMN = 60  # characters
SHEET_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter writes it as it stands; equal rows, equal file


@dataclass(frozen=True)
class Format:
    """One form of a file: its media type, and how it is written."""

    media_type: str
    written: Callable[[Export], bytes]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, its header, its rows (texts, numbers, None for nothing)."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    has_filter: bool = False


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def as_csv(export: Export) -> bytes:
    """What the rows rest on as # comments, then the rows."""
    return commented_csv(
        _comments(export), [column.name for column in export.columns], export.rows()
    )


def commented_csv(
    comments: Iterable[str], header: Iterable[str], rows: Iterable[Iterable[object]]
) -> bytes:
    """Lines as # comments, then a header and rows as RFC 4180 asks; in UTF-8.

    A byte order mark comes first: without it spreadsheets take the text for another encoding.
    The comments are no CSV cells, so that a reader told of them (pandas: comment="#") finds the
    table alone.
    """
    out = io.StringIO()
    out.writelines(f"# {' '.join(line.split())}\r\n" for line in comments)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def csv_cell(value: object) -> object:
    """A value as it is written to CSV: numbers in full, texts that cannot run as a formula."""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_WHOLE_NUMBERS:
        return int(value)
    return value


def _comments(export: Export) -> list[str]:
    lines = [export.title, *export.filters]
    for source in export.sources:
        lines.append(_("Source: {citation}").format(citation=source.citation))
        lines.append(_("Licence: {licence}").format(licence=source.licence))
    lines += export.notes
    for column in export.columns:
        unit = f" ({column.unit})" if column.unit else ""
        lines.append(f"{column.name}: {column.meaning}{unit}")
    lines.append(
        _("Metropolis Observatory, snapshot {snapshot}, {address}").format(
            snapshot=export.snapshot_id, address=export.address
        )
    )
    return lines


def as_json(export: Export) -> bytes:
    """`{"data": [one object per row], "metadata": {…}}`; missing values are null."""
    names = [column.name for column in export.columns]
    data = [dict(zip(names, row, strict=True)) for row in export.rows()]
    return orjson.dumps({"data": data, "metadata": export.metadata()}, option=orjson.OPT_INDENT_2)


def as_parquet(export: Export) -> bytes:
    """Rows with their types; the metadata as JSON under METADATA_KEY of the schema."""
    table = pa.Table.from_pandas(export.frame, preserve_index=False)
    kept = table.schema.metadata or {}
    table = table.replace_schema_metadata({**kept, METADATA_KEY: orjson.dumps(export.metadata())})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def as_xlsx(export: Export) -> bytes:
    """A workbook of three sheets: data, metadata, notes."""
    names = [column.name for column in export.columns]
    return workbook(
        export.title,
        (
            Sheet("data", names, export.rows(), has_filter=True),
            Sheet("metadata", [_("What"), _("Which"), _("Value")], _facts(export)),
            Sheet("notes", [_("Note")], [(note,) for note in export.notes]),
        ),
    )


def workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """Sheets as an XLSX file. Texts are texts, never formulas; equal sheets give equal bytes."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": SHEET_EPOCH})
        writer = _Sheets(book)
        for sheet in sheets:
            writer.add(sheet)
    return out.getvalue()


def _facts(export: Export) -> list[tuple[object, ...]]:
    """The metadata as rows of three cells."""
    metadata = export.metadata()
    facts: list[tuple[object, ...]] = [
        (key, None, metadata[key]) for key in ("title", "address", "snapshot", "rows")
    ]
    facts += [("filter", None, words) for words in export.filters]
    for source in export.sources:
        facts += [("source", f"{source.source_id}: {what}", value) for what, value in (
            ("title", source.title), ("publisher", source.publisher),
            ("address", source.address), ("licence", source.licence),
            ("citation", source.citation), ("last look", source.looked_on),
        )]  # fmt: skip
    for column in export.columns:
        unit = f" ({column.unit})" if column.unit else ""
        facts.append(("column", column.name, f"{column.meaning}{unit}"))
    return facts


class _InFull(float):
    """A number that XlsxWriter writes with all its digits: it asks for 16, some need 17."""

    def __format__(self, _spec: str) -> str:
        return repr(float(self))


class _Sheets:
    """Writes tables to the sheets of a workbook, texts so that no program runs them."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._quoted = book.add_format({"quote_prefix": True})

    def add(self, what: Sheet) -> None:
        """One sheet with a bold header; columns as wide as what they hold."""
        sheet = self._book.add_worksheet(what.name)
        for position, title in enumerate(what.header):
            sheet.write_string(0, position, title, self._bold)
            longest = max((len(str(row[position] or "")) for row in what.rows), default=0)
            sheet.set_column(position, position, min(max(longest, len(title)) + 2, WIDEST_COLUMN))
        for number, row in enumerate(what.rows, start=1):
            for position, value in enumerate(row):
                if isinstance(value, str):
                    style = self._quoted if FORMULA.match(value) else None
                    sheet.write_string(number, position, value, style)
                elif isinstance(value, int | float):
                    full = _InFull(value) if isinstance(value, float) else value
                    sheet.write_number(number, position, full)
        sheet.freeze_panes(1, 0)
        if what.has_filter and what.rows:
            sheet.autofilter(0, 0, len(what.rows), len(what.header) - 1)


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv", as_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "json": Format("application/json", as_json),
    "parquet": Format("application/vnd.apache.parquet", as_parquet),
}
