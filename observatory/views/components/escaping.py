"""Texts as HTML: for lists with thousands of cells, many of which say the same."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape


@lru_cache(maxsize=20_000)
def escaped(text: str) -> str:
    """A text as HTML; names, words and numbers come again and again."""
    return escape(text)


def all_escaped(texts: Iterable[str]) -> list[str]:
    """A column of texts as HTML, for a template that does not escape each of them again."""
    return [escaped(text) for text in texts]
