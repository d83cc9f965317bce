"""Sentences with strong parts, so that a translator gets the whole sentence."""

from dash import html
from dash.development.base_component import Component


def emphasised(sentence: str) -> list[Component | str]:
    """The sentence, with what stands between pairs of ** made strong."""
    parts = sentence.split("**")
    return [html.Strong(part) if index % 2 else part for index, part in enumerate(parts) if part]
