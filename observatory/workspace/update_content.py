"""What an update says, by its kind, and whether it can be taken."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

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


def content_problems(kind: str, content: Content) -> list[str]:
    """What is missing or wrong before an update can be submitted, in words for its author."""
    return [words for words in _CHECKS[kind](content) if words]


def number_of(value: object) -> float | None:
    """A number as people write it: 1,200 or 1200.5; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(str(value).replace(",", "").replace("\u00a0", "").replace(" ", ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _actual(content: Content) -> list[str]:
    period = str(content.get("period") or "")
    relation = str(content.get("relation") or "exact")
    has_number = number_of(content.get("value")) is not None
    return [
        _period(period),
        ""
        if relation in RELATIONS
        else _("Relation: expected one of {words}, found {found}.").format(
            words=", ".join(RELATIONS), found=relation
        ),
        ""
        if has_number or relation == "words"
        else _("Figure: expected a number like 1,200 or 12.5, found {found!r}.").format(
            found=str(content.get("value") or "")
        ),
        _link(content),
        ""
        if content.get("source_url") or content.get("note")
        else _("Source: expected an address, or a note that says where the figure is from."),
    ]


def _period(period: str) -> str:
    try:
        day = last_day(period)
    except ValueError:
        day = None
    if day is None:
        return _(
            "Period: expected a year like 2023, a month like 2023-06 or a day, found {found!r}."
        ).format(found=period)
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
    try:
        date.fromisoformat(text)
    except ValueError:
        return _("{field}: expected a day like 2023-06-30, found {found!r}.").format(
            field=label, found=text
        )
    return ""


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
    """The content as the plan takes it: numbers as numbers."""
    numbers = {"actual": ("value",), "forecast": ("value",), "risk": ("likelihood", "impact")}
    found = dict(content)
    for name in numbers.get(kind, ()):
        number = number_of(found.get(name))
        found[name] = int(number) if kind == "risk" and number is not None else number
    return found
