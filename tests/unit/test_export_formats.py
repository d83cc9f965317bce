"""Files hold the table cell by cell, say what it rests on, and no spreadsheet runs a text."""

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.exchange.formats import FORMATS, as_csv, as_xlsx, guarded
from observatory.exchange.tables import Export, described, kind_of, typed, without_restricted
from observatory.queries.catalogue import Source
from observatory.schema import Column
from tests.reading import csv_table, metadata_of, rows_of

COLUMNS = (
    Column("city_id", "VARCHAR", "stable id"),
    Column("note", "VARCHAR", "remark"),
    Column("period_year", "SMALLINT", "year"),
    Column("value", "DOUBLE", "figure", unit="µg/m³"),
)
TEXTS = ["=1+1", "+cmd|' /C calc'!A0", "-1", "@x", "\tx", "'=1", "＝1", "a,b", 'say "x"', "", "二"]
NUMBERS = [-1.0, 0.1 + 0.2, 1e-12, 12345678901.0, None, 2.0**60, 14.25, 3.0, -0.5, 1e300, 0.0]
SOURCE = Source(
    source_id="figures",
    publisher="Test bureau",
    title="Figures",
    address="https://example.org",
    licence="CC BY 4.0",
    licence_class="open",
    licence_evidence="made",
    scale="metro",
    boundary="as declared",
    years="2020",
    cautions="",
    citation="=Test bureau (2020). Figures.",
    rhythm="yearly",
    rhythm_months=12,
    looked_on="2026-11-22",
    rows=1,
)


def _export() -> Export:
    frame = pd.DataFrame(
        {
            "value": NUMBERS,
            "note": TEXTS,
            "city_id": [f"city-{number}" for number in range(len(TEXTS))],
            "period_year": [2020, None, *range(2000, 2000 + len(TEXTS) - 2)],
        }
    )
    return Export(
        stem="metropolis-test-abc",
        title="A table",
        frame=typed(frame, COLUMNS),
        columns=COLUMNS,
        filters=("Regions: Europe",),
        address="/atlas?indicator=x",
        snapshot_id="abc123",
        sources=(SOURCE,),
        notes=("Mind the gap.",),
    )


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_read_back_is_the_table_cell_by_cell(form: str) -> None:
    export = _export()
    kinds = {column.name: kind_of(column) for column in COLUMNS}
    names = [column.name for column in COLUMNS]
    expected = [dict(zip(names, row, strict=True)) for row in export.rows()]
    assert rows_of(form, FORMATS[form].written(export), kinds) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_every_file_says_what_it_rests_on(form: str) -> None:
    told = metadata_of(form, FORMATS[form].written(_export()))
    for words in (
        "A table",
        "Regions: Europe",
        "/atlas?indicator=x",
        "abc123",
        "CC BY 4.0",
        "Test bureau (2020). Figures.",
        "Mind the gap.",
        "µg/m³",
    ):
        assert words in told


@pytest.mark.parametrize("form", FORMATS)
def test_equal_tables_make_equal_files(form: str) -> None:
    assert FORMATS[form].written(_export()) == FORMATS[form].written(_export())


def test_the_csv_guards_texts_and_leaves_numbers_alone() -> None:
    lines = csv_table(as_csv(_export())).split("\r\n")
    assert lines[0] == "city_id,note,period_year,value"
    assert lines[1].split(",") == ["city-0", "'=1+1", "2020", "-1"]
    assert lines[3].split(",")[1] == "'-1"
    assert not any(line.startswith(("=", "+", "-", "@")) for line in lines)


def test_the_csv_is_its_table_to_who_leaves_out_comments() -> None:
    content = as_csv(_export())
    assert content.startswith(b"\xef\xbb\xbf# ")  # the mark tells spreadsheets that it is UTF-8
    found = pd.read_csv(io.BytesIO(content), comment="#")
    assert list(found.columns) == ["city_id", "note", "period_year", "value"]
    assert len(found) == len(TEXTS)
    assert content.decode("utf-8-sig").endswith(csv_table(content))


@given(st.text(max_size=6))
def test_a_guarded_text_is_never_run_and_can_be_had_back(text: str) -> None:
    written = guarded(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert written in (text, f"'{text}")


def test_the_workbook_has_three_sheets_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(_export())))
    assert book.sheetnames == ["data", "metadata", "notes"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    header = book["data"][1]
    assert all(cell.font.bold for cell in header)
    assert book["data"]["D2"].data_type == "n"
    assert book["data"]["B4"].data_type == "s"
    assert book["data"]["B2"].quotePrefix


def test_an_empty_table_keeps_its_header() -> None:
    export = _export()
    none = Export(**{**vars(export), "frame": export.frame.head(0)})
    for form, entry in FORMATS.items():
        assert rows_of(form, entry.written(none), {}) == []


def test_restricted_figures_are_left_out_and_their_rows_kept_last() -> None:
    columns = described(
        "cities.city_id",
        "observations.value",
        "observations.category",
        "observations.source_id",
        "matches.reason_code",
        "rank_first",
    )
    frame = typed(
        pd.DataFrame(
            {
                "city_id": ["z", "y", "x", "w"],
                "value": [9.0, 8.0, 7.0, None],
                "category": [None] * 4,
                "source_id": ["closed", "open", "closed", None],
                "reason_code": [None, None, None, "not-listed"],
                "rank_first": [1, 2, 3, None],
            }
        ),
        columns,
    )
    rows, left_out = without_restricted(frame, ["closed"])
    assert left_out == 2
    assert rows["city_id"].tolist() == ["y", "w", "x", "z"]
    assert rows["value"].tolist()[0] == 8.0
    assert rows["value"].isna().tolist() == [False, True, True, True]
    assert rows["rank_first"].isna().tolist() == [False, True, True, True]
    assert rows["reason_code"].fillna("").tolist() == ["", "not-listed", "licence", "licence"]
    assert rows.dtypes.equals(frame.dtypes)
