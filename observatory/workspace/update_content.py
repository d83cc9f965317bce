"""What an update says, by its kind, and whether it can be taken."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from observatory.domain.plan_rules import FIRST_DAY, LAST_DAY
from observatory.domain.stated import last_day
from observatory.errors import InputError
from observatory.language import gettext as _
from observatory.schema.vocabulary import RELATIONS, STAGES

Content = Mapping[str, object]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "actual": ("period", "value", "relation", "as_stated", "source_url", "note", "unchanged"),
    "stage": ("stage", "note"),
    "milestone": ("title", "due_on", "done_on", "source_url", "note"),
    "risk": ("title", "likelihood", "impact", "is_open", "note"),
    "forecast": ("on", "value", "note"),
}
NUMBER = re.compile(
    r"[-+]?(?:\d+|\d{1,3}(?P<joint>[, \u00a0\u202f])\d{3}(?:(?P=joint)\d{3})*)"
    r"(?:\.\d+)?(?:e[-+]?\d+)?",
    re.IGNORECASE | re.ASCII,
)
MOST_LETTERS = 4_000
WORST = 5


def cleaned(kind: str, content: Content) -> dict[str, object]:
    """The fields of a kind, texts trimmed; what is of no such field is left out.

    Raises:
        InputError: there is no such kind, or a text is too long.
    """
    if kind not in FIELDS:
        raise InputError(
            _("Expected a kind of update, one of {kinds}, found {kind!r}.").format(
                kinds=", ".join(FIELDS), kind=kind
            )
        )
    found = {name: _trimmed(content.get(name)) for name in FIELDS[kind]}
    for name, value in found.items():
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise InputError(
                _("{field}: expected at most {most} letters, found {found}.").format(
                    field=name, most=MOST_LETTERS, found=len(value)
                )
            )
    return found


def _trimmed(value: object) -> object:
    text = value.strip() if isinstance(value, str) else value
    return None if text == "" else text


def content_problems(kind: str, content: Content, today: date) -> list[str]:
    """What is missing or wrong before an update can be submitted, in words for its author.

    Args:
        kind: one of FIELDS.
        content: its fields.
        today: a figure is about a period that has ended by then.
    """
    found = _CHECKS[kind](content)
    if kind == "actual":
        found.append(_period(str(content.get("period") or ""), today))
    return [words for words in found if words]


def number_of(value: object) -> float | None:
    """A number as people write it: 1,200 or 1 200 or 1200.5; None where it is none.

    A comma or a blank parts thousands and nothing else: 12,5 is no number here, as half of the
    world reads it as twelve and a half and the other half as a slip.
    """
    text = "" if isinstance(value, bool) or value is None else str(value).strip()
    if not NUMBER.fullmatch(text):
        return None
    found = float(re.sub(r"[^-+.\de]", "", text.lower()))
    return found if math.isfinite(found) else None


def _actual(content: Content) -> list[str]:
    relation = str(content.get("relation") or "exact")
    has_number = number_of(content.get("value")) is not None
    return [
        ""
        if relation in RELATIONS
        else _("Relation: expected one of {words}, found {found}.").format(
            words=", ".join(RELATIONS), found=relation
        ),
        ""
        if has_number or relation == "words"
        else _(
            "Figure: expected a number like 1,200 or 12.5, a comma between thousands only and a "
            "point before decimals, found {found!r}."
        ).format(found=str(content.get("value") or "")),
        _link(content),
        ""
        if content.get("source_url") or content.get("note")
        else _("Source: expected an address, or a note that says where the figure is from."),
    ]


def _period(period: str, today: date) -> str:
    try:
        day = last_day(period)
    except ValueError:
        day = None
    if day is None:
        return _(
            "Period: expected a year like 2023, a month like 2023-06 or a day, found {found!r}."
        ).format(found=period)
    if not FIRST_DAY <= day <= today:
        return _(
            "Period: expected one from {first} on that has ended by {today}, found {found!r}. What "
            "is known of a period under way is about its last whole month, or a day."
        ).format(first=FIRST_DAY.year, today=today, found=period)
    return ""


def _link(content: Content) -> str:
    address = str(content.get("source_url") or "")
    if address and not address.startswith(("https://", "http://")):
        return _("Source: expected an address that begins with https://, found {found!r}.").format(
            found=address[:80]
        )
    return ""


def _stage(content: Content) -> list[str]:
    stage = str(content.get("stage") or "")
    words = _("Stage: expected one of {stages}, found {found!r}.")
    return ["" if stage in STAGES else words.format(stages=", ".join(STAGES), found=stage)]


def _milestone(content: Content) -> list[str]:
    return [
        "" if content.get("title") else _("Title: expected what is due, found nothing."),
        _day(content, "due_on", _("Due")),
        _day(content, "done_on", _("Done")),
        ""
        if content.get("due_on") or content.get("done_on")
        else _("Days: expected a day it is due or was done, found neither."),
        _link(content),
    ]


def _day(content: Content, name: str, label: str, *, required: bool = False) -> str:
    text = str(content.get(name) or "")
    if not text and not required:
        return ""
    words = _("{field}: expected a day like 2023-06-30, found {found!r}.")
    try:
        is_day = FIRST_DAY <= date.fromisoformat(text) <= LAST_DAY
    except ValueError:
        is_day = False
    return "" if is_day else words.format(field=label, found=text)


def _risk(content: Content) -> list[str]:
    levels = [(_("Likelihood"), "likelihood"), (_("Impact"), "impact")]
    words = _("{field}: expected a whole number from 1 to 5, found {found!r}.")
    return [
        "" if content.get("title") else _("Title: expected what may go wrong, found nothing."),
        *(
            ""
            if number_of(content.get(name)) in range(1, WORST + 1)
            else words.format(field=label, found=str(content.get(name) or ""))
            for label, name in levels
        ),
    ]


def _forecast(content: Content) -> list[str]:
    has_number = number_of(content.get("value")) is not None
    return [
        _day(content, "on", _("Day"), required=True),
        "" if has_number else _("Value: expected a number, found nothing."),
        "" if content.get("note") else _("Note: expected why you expect it, found nothing."),
    ]


_CHECKS = cast(
    "Mapping[str, Callable[[Content], list[str]]]",
    {
        "actual": _actual,
        "stage": _stage,
        "milestone": _milestone,
        "risk": _risk,
        "forecast": _forecast,
    },
)


def as_published(kind: str, content: Content) -> dict[str, object]:
    """The content as the plan takes it: numbers as numbers, a figure also as it was typed."""
    numbers = {"actual": ("value",), "forecast": ("value",), "risk": ("likelihood", "impact")}
    found = dict(content)
    for name in numbers.get(kind, ()):
        number = number_of(found.get(name))
        if kind == "actual" and number is not None and not found.get("as_stated"):
            found["as_stated"] = str(found[name])
        found[name] = int(number) if kind == "risk" and number is not None else number
    return found
