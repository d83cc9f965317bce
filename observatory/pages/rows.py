"""One row of a frame, with its missing values taken care of."""

from collections.abc import Hashable, Mapping
from typing import Any

Row = Mapping[Hashable, Any]
MISSING = {"None", "nan", "NaN", "<NA>", "NaT"}


def text_of(row: Row, column: str) -> str:
    """A text of a row, "" where it is missing."""
    text = str(row[column])
    return "" if text in MISSING else text


def number_of(row: Row, column: str) -> float | None:
    """A number of a row, None where it is missing."""
    text = text_of(row, column)
    return float(text) if text else None
