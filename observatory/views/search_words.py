"""What was found, in words: beside which name, and why it matched."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from observatory.domain.search import Match, Rank, excerpt
from observatory.domain.search_index import Entry, Name, normalise
from observatory.language import current_language, ngettext
from observatory.language import gettext as _
from observatory.views.words import (
    evidence_words,
    kind_word,
    number_text,
    scale_word,
)


@dataclass(frozen=True)
class Found:
    """A match as it is shown and answered.

    Attributes:
        kind: "city", "indicator", …
        id: id of the thing.
        name: what it is called.
        detail: what tells it from others of the same name.
        why: the name that matched, where it is not the one shown; else "".
        href: address of its page.
        match: how well it matches: "exact", "prefix", "words", …
        region: region of a member, else None.
        evidence: how well a member's seat is documented, else None.
    """

    kind: str
    id: str
    name: str
    detail: str
    why: str
    href: str
    match: str
    region: str | None
    evidence: str | None


def found(match: Match, text: str) -> Found:
    """A match of a text, in words."""
    entry = match.entry
    return Found(
        kind=entry.kind,
        id=entry.entry_id,
        name=entry.title,
        detail=detail_text(entry),
        why=why_text(match, text),
        href=entry.href,
        match=match.rank.name.lower(),
        region=entry.region or None,
        evidence=entry.evidence or None,
    )


def detail_text(entry: Entry) -> str:
    """What tells an entry from others of its name; that a seat is undocumented, or nothing held."""
    parts = [scale_word(kind_word(part)) for part in entry.detail]
    if entry.evidence == "D":
        parts.append(evidence_words(entry.evidence))
    if entry.is_empty:
        parts.append(_("no figures held"))
    return " · ".join(parts)


def why_text(match: Match, text: str) -> str:
    """Why an entry matches, unless its title says it."""
    name = match.name
    is_near = match.rank >= Rank.FUZZY
    if name.is_own and normalise(name.text) in normalise(match.entry.title):
        return _("spelled nearly so") if is_near else ""
    if name.is_prose:
        return excerpt(name.text, text)
    if name.text in match.entry.detail and not is_near:
        return ""
    return _sentence(name)


def _sentence(name: Name) -> str:
    """A name and what it is to its entry."""
    patterns = {
        "place": _("about {name}"),
        "official": _("officially {name}"),
        "other-language": _("also {name}"),
        "former": _("formerly {name}"),
        "source-spelling": _("{name} in a source"),
        "agglomeration": _("agglomeration of {name}"),
        "id": _("id {name}"),
        "identifier": _("{context} {name}"),
        "country": _("country: {name}"),
        "region": _("region: {name}"),
        "topic": _("about {name}"),
        "theme": _("theme: {name}"),
        "publisher": _("published by {name}"),
    }
    pattern = patterns.get(name.why, "{name}")
    if name.why == "identifier":
        return pattern.format(context=name.context, name=name.text)
    written = pattern.format(name=name.text)
    language = language_name(name.context)
    return f"{written} ({language})" if language else written


def language_name(tag: str) -> str:
    """A language by its BCP 47 tag, in the reader's language; "" where it is not known."""
    if not tag:
        return ""
    try:
        language = Locale.parse(tag, sep="-").language
    except (UnknownLocaleError, ValueError):
        return ""
    return str(Locale.parse(current_language()).languages.get(language, ""))


def and_text(items: Sequence[str]) -> str:
    """Items as a sentence lists them: a, b and c."""
    return str(format_list(list(items), locale=current_language()))


def or_text(items: Sequence[str]) -> str:
    """Items of which one is meant: a, b or c."""
    return str(format_list(list(items), style="or", locale=current_language()))


def summary_text(text: str, counts: Sequence[str], total: int, near: Sequence[Found]) -> str:
    """What a search gave, in a sentence to be read aloud.

    Args:
        text: what was looked for.
        counts: how many of each kind, in words.
        total: how many in all.
        near: the nearest names where nothing matches.
    """
    if total:
        words = ngettext("{count} match: {kinds}.", "{count} matches: {kinds}.", total)
        return words.format(count=number_text(total), kinds=and_text(counts))
    if near:
        names = or_text([one.name for one in near])
        return _("Nothing matches “{text}”. Did you mean {names}?").format(text=text, names=names)
    return _("Nothing matches “{text}”.").format(text=text)
