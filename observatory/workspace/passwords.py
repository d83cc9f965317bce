"""Passwords: what makes one good enough, and how one is kept (argon2, never itself)."""

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from observatory.errors import InputError
from observatory.language import gettext as _

SHORTEST = 12
LONGEST = 200
LIST = Path(__file__).resolve().parent / "common_passwords.txt"  # its head names the sources
FEWEST_DIFFERENT = 5  # characters
SHORTEST_PART = 3  # of a name; the words of the list have 4 and more
OURS = ("metropolis", "observatory")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
AT_ONCE = 2  # hashes made at one time: each takes 64 MB and a core for a moment

_hasher = PasswordHasher()
_turn = threading.BoundedSemaphore(AT_ONCE)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _turn:
        return _hasher.hash(_normal(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether this is the password kept as this hash; as slow where there is none to compare."""
    text = _normal(password)
    if len(text) > LONGEST:
        return False
    with _turn:
        try:
            _hasher.verify(password_hash or _no_password(), text)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def require_good(password: str, *, about: Iterable[str] = ()) -> None:
    """Check a password that somebody wants to have.

    Args:
        password: as it was typed.
        about: what others know of the person: name, e-mail address.

    Raises:
        InputError: it is too short, too long, or among those tried first; says what to do.
    """
    text = _normal(password)
    if len(text) < SHORTEST:
        raise InputError(
            _("Expected a password of at least {least} characters, found {found}.").format(
                least=SHORTEST, found=len(text)
            )
        )
    if len(text) > LONGEST:
        raise InputError(
            _("Expected a password of at most {most} characters, found {found}.").format(
                most=LONGEST, found=len(text)
            )
        )
    if _is_guessed_first(text.casefold(), about):
        raise InputError(
            _(
                "This password is among those that are tried first: common words, rows of keys, "
                "repetitions, your own name. Take three or four words that have nothing to do "
                "with each other."
            )
        )


def _is_guessed_first(text: str, about: Iterable[str]) -> bool:
    known = {*_common(), *OURS, *_words_of(about)}
    shapes = {text, text.translate(LOOKALIKES)}
    cores = {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", shape) for shape in shapes}
    joined = {re.sub(r"[\W_]", "", shape) for shape in (*shapes, *cores)}
    return (
        len(set(text)) < FEWEST_DIFFERENT
        or any(_is_row(shape) for shape in joined)
        or any(_is_of_known(word, known) for word in (*shapes, *joined))
    )


def _is_of_known(word: str, known: set[str]) -> bool:
    """Whether a word is one of those known, or two of them, or one over and over."""
    if word in known or re.fullmatch(r"(.{1,8}?)\1+.{0,3}", word):
        return True
    halves = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return any(word[:cut] in known and word[cut:] in known for cut in halves)


def _is_row(text: str) -> bool:
    """Whether a text is all made of steps along the alphabet, the digits or rows of keys."""
    rows = [way for row in ROWS for way in (row * 2, row[::-1] * 2)]
    steps = {pair for row in rows for pair in pairwise(row)}
    pairs = list(pairwise(text))
    off = sum(pair not in steps for pair in pairs)
    return bool(pairs) and off <= len(text) // 6


def _words_of(about: Iterable[str]) -> set[str]:
    parts = {part for text in about for part in re.split(r"[\W_]+", text.casefold())}
    whole = {re.sub(r"[\W_]", "", text.casefold()) for text in about}
    return {word for word in parts | whole if len(word) >= SHORTEST_PART}


def _normal(password: str) -> str:
    """The same characters whichever keyboard made them."""
    return unicodedata.normalize("NFKC", password)


@lru_cache
def _common() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))


@lru_cache
def _no_password() -> str:
    return _hasher.hash("nobody has this password")
