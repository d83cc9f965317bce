"""What StratML has no element for, kept beside the words for people as one line of JSON."""

import re
from datetime import date

import orjson

MARK = "[observatory] "
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Notes = dict[str, object]


def with_notes(words: str, notes: Notes) -> str:
    """Words, and below them what only a program needs; notes that say nothing are left out."""
    told = {name: value for name, value in notes.items() if value not in (None, "", (), [])}
    if not told and MARK not in words:
        return words
    line = MARK + NOT_IN_XML.sub(_escaped, orjson.dumps(told, default=str).decode())
    return f"{words}\n{line}" if words else line


def _escaped(letter: re.Match[str]) -> str:
    return f"\\u{ord(letter[0]):04x}"


def words_and_notes(text: str) -> tuple[str, Notes]:
    """The words, and the notes in the line below them; foreign documents have none."""
    words, _end, line = text.rpartition("\n")
    if not line.startswith(MARK):
        return text, {}
    try:
        notes = orjson.loads(line.removeprefix(MARK))
    except orjson.JSONDecodeError:
        return text, {}
    return (words, notes) if isinstance(notes, dict) else (text, {})


def as_kept(text: str) -> str:
    """A text as a document gives it back: without what XML has no letters for, trimmed."""
    return NOT_IN_XML.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def not_kept(**texts: str) -> Notes:
    """Of some texts those that a document would not give back as they are, for the notes."""
    return {name: text for name, text in texts.items() if as_kept(text) != text}


def text_of(notes: Notes, name: str, usual: str = "") -> str:
    """A text of the notes; the usual one where there is none."""
    found = notes.get(name)
    return usual if found is None else str(found)


def texts_of(notes: Notes, name: str) -> tuple[str, ...]:
    """A list of texts; empty where there is none."""
    found = notes.get(name)
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def number_of(notes: Notes, name: str) -> float | None:
    """A number; None where there is none.

    Raises:
        ValueError: something else stands there.
    """
    found = notes.get(name)
    if found is None or (isinstance(found, int | float) and not isinstance(found, bool)):
        return None if found is None else float(found)
    raise ValueError(f"expected a number for {name} in the notes, found {str(found)[:80]!r}.")


def whole_of(notes: Notes, name: str, usual: int) -> int:
    """A whole number; the usual one where there is none.

    Raises:
        ValueError: something else stands there.
    """
    found = number_of(notes, name)
    if found is None:
        return usual
    if not found.is_integer():
        raise ValueError(f"expected a whole number for {name} in the notes, found {found:g}.")
    return int(found)


def day_of(notes: Notes, name: str) -> date | None:
    """A day; None where there is none.

    Raises:
        ValueError: something else stands there.
    """
    return as_day(text_of(notes, name))


def as_day(text: str) -> date | None:
    """A day as ISO 8601 has it, whatever its time zone; None for nothing.

    Raises:
        ValueError: it is none, or not of the years 1 to 9999.
    """
    if not text:
        return None
    parts = re.match(r"(\d{4}-\d{2}-\d{2})(?:Z|[-+]\d{2}:\d{2})?$", text)
    try:
        return date.fromisoformat(parts[1] if parts else text[:40])
    except ValueError:
        raise ValueError(f"expected a day like 2021-12-31, found {text[:40]!r}.") from None
