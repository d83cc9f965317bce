"""What StratML has no element for, kept beside the words for people as one line of JSON."""

import orjson

MARK = "[observatory] "


def with_notes(words: str, notes: dict[str, object]) -> str:
    """Words, and below them what only a program needs; notes that say nothing are left out."""
    told = {name: value for name, value in notes.items() if value not in (None, "", (), [])}
    line = MARK + orjson.dumps(told, default=str).decode() if told else ""
    return "\n".join(part for part in (words, line) if part)


def words_and_notes(text: str) -> tuple[str, dict[str, object]]:
    """The words, and the notes below them; foreign documents have none."""
    words, mark, line = text.rpartition(MARK)
    if not mark:
        return text, {}
    try:
        notes = orjson.loads(line)
    except orjson.JSONDecodeError:
        return text, {}
    return (words.removesuffix("\n"), notes) if isinstance(notes, dict) else (text, {})
