"""Figures as documents state them: "over 380", "14 (9 countries)", "2020/21"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DECEMBER = 12
LOWER_BOUNDS = (
    ("over", r"(?:over|more than)\s+"),
    ("at_least", r"at least\s+"),
    ("about", r"(?:about|around|some)\s+"),
)
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>.*)"
YEAR_LENGTH = 4


@dataclass(frozen=True)
class Stated:
    """A figure read from words.

    Attributes:
        value: the number; None where the words hold none at their beginning.
        relation: "exact", "over", "at_least", "about", "derived" or "words".
        note: what stands beside the number; "" for nothing.
    """

    value: float | None
    relation: str
    note: str


def stated(words: str) -> Stated:
    """What a document's words say: "over 80 (half of them members)" is over 80, with a note."""
    text = words.strip()
    relation, rest = "exact", text
    for name, pattern in LOWER_BOUNDS:
        match = re.match(pattern, text, re.IGNORECASE)
        if match:
            relation, rest = name, text[match.end() :]
            break
    match = re.fullmatch(NUMBER, rest, re.DOTALL)
    if match is None:
        return Stated(None, "words", "")
    note = match["rest"].strip()
    if note == "(derived)":
        relation, note = "derived", ""
    value = float(match["number"].replace(",", ""))
    return Stated(value, relation, _without_brackets(note))


def _without_brackets(note: str) -> str:
    inner = note[1:-1] if note.startswith("(") and note.endswith(")") else note
    return inner if "(" not in inner and ")" not in inner else note


def last_day(period: str) -> date | None:
    """The last day of a period: "2021", "2021-11", "2021-11-12", "2020/21"; None where undated.

    Raises:
        ValueError: a period written otherwise.
    """
    if period in {"", "undated"}:
        return None
    spans = re.fullmatch(r"(\d{2})\d{2}/(\d{2})", period)
    if spans:
        return date(int(spans[1] + spans[2]), DECEMBER, 31)
    parts = [int(part) for part in period.split("-")] if re.fullmatch(r"[\d-]+", period) else []
    if len(parts) == 3:  # noqa: PLR2004 - year, month, day
        return date(parts[0], parts[1], parts[2])
    if len(parts) == 2 and parts[0] >= 10 ** (YEAR_LENGTH - 1):  # noqa: PLR2004 - year, month
        return date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    if len(parts) == 1 and len(period) == YEAR_LENGTH:
        return date(parts[0], DECEMBER, 31)
    raise ValueError(f"expected a period like 2021, 2021-11 or 2020/21, found {period!r}")
