"""Sentences with strong parts or links, so that a translator gets the whole sentence."""

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup


def emphasised(sentence: str) -> list[Component | str]:
    """The sentence, with what stands between pairs of ** made strong."""
    parts = sentence.split("**")
    return [html.Strong(part) if index % 2 else part for index, part in enumerate(parts) if part]


def filled(sentence: str, **parts: object) -> Markup:
    """A sentence with its placeholders filled: links as they are, every text escaped."""
    return Markup(sentence).format(**parts)  # noqa: S704 - a message of ours, its parts escaped
