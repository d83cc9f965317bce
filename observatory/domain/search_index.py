"""What can be found, and under which names: prepared for comparing.

An entry is anything with a page. Its names are compared without accents, case and punctuation.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from observatory.domain.names import plain_name

LONGEST_TEXT = 200  # letters of a text that are looked at
LEAST = 3  # of the orders of names: sentences
MARKS = {"Mn", "Mc", "Me", "Cf"}  # accents, vowel signs, joiners and marks of direction


@dataclass(frozen=True)
class Name:
    """A text by which an entry is found.

    Attributes:
        text: as people write it.
        why: what it is to the entry, as a code: "name", "former", "topic", "country", …
        context: language of a name, system of an identifier.
        is_own: it names the entry itself, or what it is about, not what it belongs to.
        is_prose: sentences: typing errors are not looked for in them.
        is_code: an id or a code.
    """

    text: str
    why: str = "name"
    context: str = ""
    is_own: bool = True
    is_prose: bool = False
    is_code: bool = False

    @property
    def is_spoken(self) -> bool:
        """Whether people would call the entry so: what is suggested to them."""
        return self.is_own and not self.is_code


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes:
        kind: what it is: "city", "indicator", …
        entry_id: id, unique within its kind.
        title: what it is called on its page.
        href: address of its page.
        names: what it is found by; the title first.
        detail: codes or words that tell it from others of the same name.
        region: region of a member, else "".
        evidence: how well a member's seat is documented, else "".
        is_empty: nothing is held of it: it comes after its equals.
    """

    kind: str
    entry_id: str
    title: str
    href: str
    names: tuple[Name, ...]
    detail: tuple[str, ...] = ()
    region: str = ""
    evidence: str = ""
    is_empty: bool = False


@dataclass(frozen=True)
class Held:
    """A name as it is compared.

    Attributes:
        entry_number: whose name it is.
        order: 0 for the title, more for names that say less about the entry.
        name: as people write it.
        text: normalised.
        words: the words of the text.
        compact: the text without spaces.
    """

    entry_number: int
    order: int
    name: Name
    text: str
    words: frozenset[str]
    compact: str


@dataclass(frozen=True)
class Index:
    """Entries prepared for `best_matches`; made by `index_of`.

    Attributes:
        entries: all of them.
        places: the place of each among equals: by kind in the order given, what is empty last,
            by title, by id.
        held: the names, each with the number of its entry.
        vocabulary: all words of the names, sorted.
        postings: numbers of the names that hold a word.
        own: numbers of the names that are an entry's own.
        compact: these names without spaces, in the same order.
    """

    entries: tuple[Entry, ...]
    places: tuple[int, ...]
    held: tuple[Held, ...]
    vocabulary: list[str]
    postings: dict[str, tuple[int, ...]]
    own: tuple[int, ...]
    compact: list[str]


def normalise(text: str) -> str:
    """A text as it is compared: lower case, no accents, marks, punctuation or double spaces.

    Vowel signs and joiners of other scripts are dropped too, so that a name typed without them is
    found. At most LONGEST_TEXT letters are kept.
    """
    folded = unicodedata.normalize("NFKD", text[: 4 * LONGEST_TEXT].casefold())
    letters = "".join(char for char in folded if unicodedata.category(char) not in MARKS)
    return " ".join(plain_name(letters).split())[:LONGEST_TEXT].strip()


def index_of(entries: Iterable[Entry]) -> Index:
    """The entries, prepared; a name that an entry has twice is kept once, as its own."""
    listed = tuple(entries)
    held = tuple(one for number, entry in enumerate(listed) for one in _held(number, entry))
    postings: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(held):
        for word in one.words:
            postings[word].append(number)
    own = tuple(number for number, one in enumerate(held) if one.name.is_own)
    return Index(
        entries=listed,
        places=_places(listed),
        held=held,
        vocabulary=sorted(postings),
        postings={word: tuple(numbers) for word, numbers in postings.items()},
        own=own,
        compact=[held[number].compact for number in own],
    )


def _held(entry_number: int, entry: Entry) -> list[Held]:
    found: dict[str, Held] = {}
    own_first = sorted(enumerate(entry.names), key=lambda placed: not placed[1].is_own)
    for position, name in own_first:
        text = _prose(name.text) if name.is_prose else normalise(name.text)
        order = LEAST if name.is_prose else min(position, LEAST - 1)
        if text and text not in found:
            words = frozenset(text.split())
            found[text] = Held(entry_number, order, name, text, words, text.replace(" ", ""))
    return list(found.values())


def _prose(text: str) -> str:
    """Sentences are normalised in pieces: all of their words count."""
    return " ".join(filter(None, (normalise(word) for word in text.split())))


def _places(entries: tuple[Entry, ...]) -> tuple[int, ...]:
    kinds = {kind: at for at, kind in enumerate(dict.fromkeys(entry.kind for entry in entries))}

    def key(number: int) -> tuple[int, bool, str, str]:
        entry = entries[number]
        return kinds[entry.kind], entry.is_empty, normalise(entry.title), entry.entry_id

    order = sorted(range(len(entries)), key=key)
    return tuple(place for _number, place in sorted(zip(order, range(len(order)), strict=True)))
