"""Names found while they are typed: normalised, ranked, forgiving of typing errors.

An entry is anything with a page. A match is exact, or the name begins with the text, or each word
of the text begins a word of the name in any order; then come names of what the entry belongs to,
names that hold the text, and names that hardly differ from it. A name further off is no match:
it is offered as what may have been meant.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from observatory.domain.search_index import LEAST, Entry, Index, Name, normalise

MOST_WORDS = 10
LAST = "\U0010ffff"  # sorts after every letter
SHORT_LETTERS = 3  # of an alphabet; one sign of another script is a word
WORD_LETTERS = 4  # a word of fewer is told from others by too little to forgive a letter
ONE_ERROR_LETTERS, TWO_ERRORS_LETTERS = 5, 10  # of a text that matches all the same
TWO_NEAR_LETTERS = 7  # of a word, for two errors in what is only suggested
NEAR_SCORE = 75
RARE = 8  # names with a word that begins so; more of them, "munici…", are not told apart by it
EXCERPT_BEFORE, EXCERPT_LETTERS = 30, 90


Key: TypeAlias = tuple[int, int, int, int]  # rank, errors, order of the name, less whole words


class Rank(IntEnum):
    """How well an entry matches, the best first."""

    EXACT = 0
    PREFIX = 1
    WORDS = 2
    RELATED = 3
    WITHIN = 4
    FUZZY = 5
    NEAR = 6


@dataclass(frozen=True)
class Match:
    """An entry that matches, by the name that matches best."""

    entry: Entry
    name: Name
    rank: Rank
    errors: int = 0


def best_matches(index: Index, text: str) -> list[Match]:
    """Every entry that matches, the best first; the same text gives the same order.

    Parts from within words are looked for, and typing errors forgiven, where nothing is called so.
    """
    words = normalise(text).split()[:MOST_WORDS]
    if not words:
        return []
    best = _Best(index, words)
    begun = [_begun_by(index, word) for word in words]
    _by_words(best, begun)
    _by_letters(best)
    if len(words) > 1 and all(_says_something(word) for word in words):
        _across_names(best, begun)
    if not best.is_named:
        _within(best)
        _by_errors(best, begun)
    return best.in_order()


def nearest(index: Index, text: str, *, limit: int) -> list[Match]:
    """The entries whose names are most like a text that matches nothing, the best first.

    Those that share words with it; where none does, those that look alike as a whole.
    """
    words = normalise(text).split()[:MOST_WORDS]
    if not words:
        return []
    found: dict[int, Match] = {}
    for number in _sharing_words(index, words) or _looking_alike(index, " ".join(words), limit):
        one = index.held[number]
        match = Match(index.entries[one.entry_number], one.name, Rank.NEAR)
        found.setdefault(one.entry_number, match)
    return list(found.values())[:limit]


def _sharing_words(index: Index, words: Sequence[str]) -> list[int]:
    """Spoken names with words, spelled nearly so, that make up half of the letters or more."""
    letters: dict[int, int] = defaultdict(int)
    for word in filter(_says_something, words):
        errors = _nearly_begun_by(index, word)
        for number in _begun_by(index, word) | errors.keys():
            letters[number] += len(word) - errors.get(number, 0)
    enough = sum(len(word) for word in words) / 2
    held = index.held
    sharing = [at for at, count in letters.items() if held[at].name.is_spoken and count >= enough]
    return sorted(
        sharing,
        key=lambda at: (-letters[at], held[at].order, index.places[held[at].entry_number], at),
    )


def _looking_alike(index: Index, text: str, limit: int) -> list[int]:
    """Spoken names that are alike letter by letter."""
    spoken = [number for number in index.own if index.held[number].name.is_spoken]
    likely = process.extract(
        text,
        [index.held[number].text for number in spoken],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=NEAR_SCORE,
        limit=8 * limit,
    )
    ordered = sorted((-round(score, 6), spoken[at]) for _text, score, at in likely)
    return [number for _score, number in ordered]


def excerpt(prose: str, text: str) -> str:
    """The part of sentences around the first word that a text begins."""
    words = normalise(text).split()[:MOST_WORDS]
    start = 0
    for found in re.finditer(r"\S+", prose):
        parts = normalise(found.group()).split()
        if any(part.startswith(word) for part in parts for word in words):
            start = found.start()
            break
    start = 0 if start <= EXCERPT_BEFORE else prose.rfind(" ", 0, start - EXCERPT_BEFORE) + 1
    end = start + EXCERPT_LETTERS
    if end < len(prose):
        end = max(prose.rfind(" ", start, end), start + 1)
    return f"{'…' if start else ''}{prose[start:end]}{'…' if end < len(prose) else ''}"


class _Best:
    """The best match of each entry so far."""

    def __init__(self, index: Index, words: Sequence[str]) -> None:
        self.index = index
        self.words = words
        self.text = " ".join(words)
        self.compact = "".join(words)
        self._found: dict[int, tuple[Key, int]] = {}

    def take(self, number: int, rank: Rank, errors: int = 0) -> None:
        """Keep a name as the match of its entry, unless it has a better one."""
        one = self.index.held[number]
        whole = sum(word in one.words for word in self.words)
        key = (int(rank), errors, one.order, -whole)
        before = self._found.get(one.entry_number)
        if before is None or (key, number) < before:
            self._found[one.entry_number] = (key, number)

    def has_entry(self, entry_number: int) -> bool:
        """Whether the entry matches already."""
        return entry_number in self._found

    @property
    def is_named(self) -> bool:
        """Whether some entry, or what one belongs to, is called so."""
        return any(self._is_name(key) for key, _number in self._found.values())

    def _is_name(self, key: Key) -> bool:
        rank, _errors, order, whole = key
        is_word_of = rank == Rank.RELATED and order < LEAST and -whole == len(self.words)
        return rank <= Rank.WORDS or is_word_of

    def in_order(self) -> list[Match]:
        """The matches, the best first; equals by kind, title and id."""
        index = self.index
        order = sorted(
            (key, index.places[entry_number], number)
            for entry_number, (key, number) in self._found.items()
        )
        return [
            Match(index.entries[held.entry_number], held.name, Rank(key[0]), key[1])
            for key, held in ((key, index.held[number]) for key, _place, number in order)
        ]


def _says_something(word: str) -> bool:
    """Whether a word is more than one letter of an alphabet."""
    return len(word) > 1 or not word.isascii()


def _begun_by(index: Index, word: str) -> set[int]:
    """Numbers of the names with a word that begins so."""
    first = bisect_left(index.vocabulary, word)
    last = bisect_left(index.vocabulary, word + LAST)
    found: set[int] = set()
    for known in index.vocabulary[first:last]:
        found.update(index.postings[known])
    return found


def _by_words(best: _Best, begun: Sequence[set[int]]) -> None:
    """Names in which each word of the text begins a word."""
    for number in set.intersection(*begun):
        one = best.index.held[number]
        if not one.name.is_own:
            best.take(number, Rank.RELATED)
        elif one.text == best.text:
            best.take(number, Rank.EXACT)
        else:
            best.take(number, Rank.PREFIX if one.text.startswith(best.text) else Rank.WORDS)


def _by_letters(best: _Best) -> None:
    """Names that are or begin with the text when spaces do not count."""
    wanted = best.compact
    if len(wanted) < SHORT_LETTERS and wanted.isascii():
        return
    for number, compact in zip(best.index.own, best.index.compact, strict=True):
        if compact.startswith(wanted):
            best.take(number, Rank.EXACT if compact == wanted else Rank.PREFIX)


def _within(best: _Best) -> None:
    """Names that hold the text: the end of a word, or a sign of a script without spaces."""
    if len(best.compact) < SHORT_LETTERS and best.compact.isascii():
        return
    for number in best.index.own:
        one = best.index.held[number]
        if best.text in one.text and not one.name.is_code:
            best.take(number, Rank.WITHIN)


def _across_names(best: _Best, begun: Sequence[set[int]]) -> None:
    """Entries whose names together hold each word: a city and its country."""
    held = best.index.held
    entries = [{held[number].entry_number for number in numbers} for numbers in begun]
    shared = {number for number in set.intersection(*entries) if not best.has_entry(number)}
    hits: dict[int, int] = defaultdict(int)
    for numbers in begun:
        for number in numbers:
            if held[number].entry_number in shared:
                hits[number] += 1
    most: dict[int, tuple[int, int]] = {}
    for number, count in hits.items():
        candidate = (-count, number)
        entry_number = held[number].entry_number
        most[entry_number] = min(most.get(entry_number, candidate), candidate)
    for _count, number in most.values():
        best.take(number, Rank.RELATED)


def _by_errors(best: _Best, begun: Sequence[set[int]]) -> None:
    """Names that hardly differ from the text, word by word or as a whole, and begin alike."""
    index = best.index
    allowed = _allowed_errors(best.compact)
    if not allowed:
        return
    likely = [
        {**_spelled_nearly(index, word, allowed), **dict.fromkeys(begun[place], 0)}
        for place, word in enumerate(best.words)
    ]
    shared = set.intersection(*(set(one) for one in likely))
    found = {number: sum(one[number] for one in likely) for number in shared}
    whole = process.extract(
        best.compact, index.compact, scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    for text, errors, at in whole:
        if text[0] == best.compact[0]:
            number = index.own[at]
            found[number] = min(found.get(number, allowed), int(errors))
    already = {number for number in found if best.has_entry(index.held[number].entry_number)}
    for number in found.keys() - already:
        if found[number] <= allowed and not index.held[number].name.is_prose:
            best.take(number, Rank.FUZZY, found[number])


def _spelled_nearly(index: Index, word: str, allowed: int) -> dict[int, int]:
    """Numbers of the names with a word that begins alike and hardly differs, and by how much."""
    if len(word) < WORD_LETTERS:
        return {}
    vocabulary = index.vocabulary
    close = _close(word, vocabulary, vocabulary, allowed)
    return _numbers(index, {known: by for known, by in close.items() if known[0] == word[0]})


def _nearly_begun_by(index: Index, word: str) -> dict[int, int]:
    """Numbers of the names with a word that differs by few letters, and by how many.

    Beginnings of words that few names hold count too: the word may still be being typed.
    """
    if len(word) < WORD_LETTERS:
        return {}
    vocabulary = index.vocabulary
    found = _close(word, vocabulary, vocabulary, 1 if len(word) < TWO_NEAR_LETTERS else 2)
    if len(word) >= ONE_ERROR_LETTERS:
        for length in range(len(word) - 1, len(word) + 2):
            longer = [known for known in vocabulary if len(known) > length]
            close = _close(word, [known[:length] for known in longer], longer, 1)
            for known, errors in _rare(index, close, length).items():
                found[known] = min(found.get(known, errors), errors)
    return _numbers(index, found)


def _rare(index: Index, words: dict[str, int], letters: int) -> dict[str, int]:
    """Those of the words whose first letters few names hold."""
    names: dict[str, int] = defaultdict(int)
    for known in words:
        names[known[:letters]] += len(index.postings[known])
    return {known: by for known, by in words.items() if names[known[:letters]] <= RARE}


def _numbers(index: Index, errors: dict[str, int]) -> dict[int, int]:
    """Numbers of the names that hold these words, each with the fewest errors of its words."""
    numbers: dict[int, int] = {}
    for known, count in errors.items():
        for number in index.postings[known]:
            numbers[number] = min(numbers.get(number, count), count)
    return numbers


def _close(word: str, written: Sequence[str], meant: Sequence[str], allowed: int) -> dict[str, int]:
    """The meant words whose written form differs by at most so many letters."""
    found = process.extract(word, written, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return {meant[at]: int(errors) for _text, errors, at in found}


def _allowed_errors(text: str) -> int:
    """How many letters of a text may be wrong, missing, too many or swapped."""
    if len(text) < ONE_ERROR_LETTERS:
        return 0
    return 1 if len(text) < TWO_ERRORS_LETTERS else 2
