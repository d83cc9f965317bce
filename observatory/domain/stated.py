"""Figures as documents state them: "over 380", "14 (9 countries)", "2020/21"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DECEMBER, CENTURY = 12, 100
LONGEST_SPAN = 10  # years: further apart is a slip of the pen
LOWER_BOUNDS = (
    ("over", r"(?:over|more than)\s+"),
    ("at_least", r"at least\s+"),
    ("about", r"(?:about|around|some)\s+"),
)
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
NUMBER = r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<rest>.*)"
GOES_ON = r"\s*(?:[–-]|to\s)\s*\d|[.,]\d|\s+\d"  # a range, or a number written in another way
PLUS = r"\+\s*"
SCALE = rf"\s*({'|'.join(SCALES)})\b"
SPAN = r"([12]\d{3})/(\d{2})"
DAY = r"([12]\d{3})(?:-(\d{2}))?(?:-(\d{2}))?"


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
    if match is None or re.match(GOES_ON, match["rest"]):
        return Stated(None, "words", "")
    value, note = float(match["number"].replace(",", "")), match["rest"]
    scale = re.match(SCALE, note, re.IGNORECASE)
    if scale:
        value, note = value * SCALES[scale[1].lower()], note[scale.end() :]
    plus = re.match(PLUS, note)
    if plus:
        relation, note = ("at_least" if relation == "exact" else relation), note[plus.end() :]
    note = note.strip()
    if note == "(derived)" and relation == "exact":
        relation, note = "derived", ""
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
    try:
        return _ended(period)
    except ValueError:
        told = f"expected a period like 2021, 2021-11, 2021-11-12 or 2020/21, found {period!r}"
        raise ValueError(told) from None


def _ended(period: str) -> date:
    span = re.fullmatch(SPAN, period)
    if span:
        first = int(span[1])
        years = (int(span[2]) - first) % CENTURY
        if not 0 < years <= LONGEST_SPAN:
            raise ValueError(period)
        return date(first + years, DECEMBER, 31)
    match = re.fullmatch(DAY, period)
    if match is None:
        raise ValueError(period)
    year, month = int(match[1]), int(match[2] or DECEMBER)
    return date(year, month, int(match[3] or monthrange(year, month)[1]))
