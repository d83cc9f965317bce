"""Rows as JSON, CSV or Parquet, and which of them a request gets."""

import csv
import io

import orjson
import pandas as pd
from flask import request

from observatory.api.problems import refuse_accept

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
EXACT_WHOLE_NUMBERS = 2**53  # beyond it a float is no longer exact to the unit


def chosen_format(asked: str | None, *, offered: tuple[str, ...]) -> str:
    """The form of the answer: the one asked for, or the best that Accept allows.

    Raises:
        HTTPException: with 406, none of those offered is accepted.
    """
    if asked is not None:
        return asked
    accepted = request.accept_mimetypes
    if not accepted:
        return offered[0]
    media_types = [MEDIA_TYPES[name] for name in offered]
    best = accepted.best_match(media_types)
    if best is None:
        refuse_accept(media_types)
    return offered[media_types.index(best)]


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain Python values by column; missing ones are None."""
    plain = frame.astype("object").where(frame.notna(), None)
    return [
        {str(name): value for name, value in row.items()} for row in plain.to_dict(orient="records")
    ]


def as_json(frame: pd.DataFrame, following: str | None) -> bytes:
    """A page of rows: `{"data": […], "next": cursor or null}`."""
    return orjson.dumps({"data": records(frame), "next": following})


def as_csv(frame: pd.DataFrame) -> bytes:
    """Rows as RFC 4180 asks, UTF-8, with a header; lists are joined by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(frame.columns)
    for row in records(frame):
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode()


def _cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula is given a leading apostrophe."""
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_WHOLE_NUMBERS:
        return int(value)
    return value


def as_parquet(frame: pd.DataFrame) -> bytes:
    """Rows as a Parquet file."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
