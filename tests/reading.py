"""What a reader does with our files and pages: reads the rows back, and the tables on screen."""

import csv
import io
import itertools
import json
import re
from html.parser import HTMLParser

import openpyxl
import pyarrow.parquet as pq
from dash.development.base_component import Component
from flask.testing import FlaskClient

from observatory.exchange.formats import FORMULA, METADATA_KEY
from observatory.views.components.static import markup

Rows = list[dict[str, object]]
KINDS = {"text": str, "number": float, "whole number": int}


def rows_of(form: str, content: bytes, kinds: dict[str, str]) -> Rows:
    """The rows of a file by column; None where a value is missing."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json, "parquet": _parquet}[form](content, kinds)


def _csv(content: bytes, kinds: dict[str, str]) -> Rows:
    lines = csv.reader(io.StringIO(csv_table(content), newline=""))
    header = next(lines)
    rows = []
    for cells in lines:
        pairs = zip(header, cells, strict=True)
        rows.append({name: _value(cell, kinds[name]) for name, cell in pairs})
    return rows


def csv_table(content: bytes) -> str:
    """A CSV of ours without the comments above its table."""
    text = content.decode("utf-8-sig")
    return text[len("".join(_comments(content))) :]


def _comments(content: bytes) -> list[str]:
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return list(itertools.takewhile(lambda line: line.startswith("# "), lines))


def _value(cell: str, kind: str) -> object:
    if cell == "":
        return None
    if kind == "text" and cell.startswith("'") and FORMULA.match(cell):
        cell = cell[1:]
    return KINDS[kind](cell)


def _xlsx(content: bytes, kinds: dict[str, str]) -> Rows:
    header, *rows = openpyxl.load_workbook(io.BytesIO(content))["data"].iter_rows(values_only=True)
    return [
        {
            str(name): None if cell is None else KINDS[kinds[str(name)]](cell)
            for name, cell in zip(header, row, strict=True)
        }
        for row in rows
    ]


def _json(content: bytes, _kinds: dict[str, str]) -> Rows:
    return json.loads(content)["data"]


def _parquet(content: bytes, _kinds: dict[str, str]) -> Rows:
    return pq.read_table(io.BytesIO(content)).to_pylist()


def metadata_of(form: str, content: bytes) -> str:
    """All that a file says beside its rows, as one text."""
    if form == "csv":
        return "".join(_comments(content))
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheets = (book[name].iter_rows(values_only=True) for name in ("metadata", "notes"))
        return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row if cell)
    if form == "json":
        return json.dumps(json.loads(content)["metadata"], ensure_ascii=False)
    return pq.read_schema(io.BytesIO(content)).metadata[METADATA_KEY].decode()


def page_answer(client: FlaskClient, path: str, search: str = "") -> dict[str, object]:
    """What the server answers a browser that asks for a page: its content, as components."""
    output = "..frame-main.children...frame-navigation.children...frame-title.data.."
    names = [one.rsplit(".", 1) for one in output.strip(".").split("...")]
    place = {"id": "frame-location"}
    question = {
        "output": output,
        "outputs": [{"id": name, "property": told} for name, told in names],
        "inputs": [
            {**place, "property": "pathname", "value": path},
            {**place, "property": "search", "value": search},
        ],
        "changedPropIds": ["frame-location.pathname"],
    }
    headers = {"Origin": "http://localhost"}
    answer = client.post("/_dash-update-component", json=question, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._is_cell = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self._is_cell = True
        elif self._is_cell and self.tables[-1][-1][-1]:
            self.tables[-1][-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.tables[-1][-1][-1] += data


def tables_on(page: Component) -> list[list[list[str]]]:
    """The tables of a page as a reader sees them: rows of cell texts, the header first."""
    parts = [part.to_plotly_json()["props"] for part in page._traverse() if _is_static(part)]
    if _is_static(page):
        parts.append(page.to_plotly_json()["props"])
    parser = _Tables()
    parser.feed("".join(part["data-markup"] for part in parts) or markup(page))
    return [[[re.sub(r"\s+", " ", c).strip() for c in row] for row in t] for t in parser.tables]


def _is_static(part: object) -> bool:
    return isinstance(part, Component) and getattr(part, "className", "") == "static"
