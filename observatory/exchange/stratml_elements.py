"""What elements of a StratML document hold: texts, days, numbers, by local name."""

import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element

LONGEST_PLACE = 9  # digits of a number that tells an order
LONGEST_TITLE = 200


def elements(parent: Element, path: str) -> Iterator[Element]:
    """Children by a path of local names, whatever their namespace."""
    name, _slash, rest = path.partition("/")
    for child in parent:
        if child.tag.rpartition("}")[2] == name:
            yield from (elements(child, rest) if rest else (child,))


def text_in(parent: Element, path: str) -> str:
    """The text of the first element of a path; "" where there is none."""
    found = next(elements(parent, path), None)
    return ((found.text if found is not None else "") or "").strip()


def title_of(element: Element, usual: str) -> str:
    """What something is called: its name, else the beginning of its description."""
    return text_in(element, "Name") or text_in(element, "Description")[:LONGEST_TITLE] or usual


def place_of(element: Element) -> int | None:
    """The number that tells where something stands among its like; None where none does."""
    text = text_in(element, "SequenceIndicator")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_PLACE else None


def number_in(result: Element) -> float | None:
    """The number of units; None where there is none.

    Raises:
        ValueError: it is too large to reckon with.
    """
    text = text_in(result, "NumberOfUnits")
    number = float(text) if text else None
    if number is not None and not math.isfinite(number):
        raise ValueError(f"expected a number to reckon with, found {text[:40]}… .")
    return number


def descriptor_of(result: Element) -> tuple[str, str]:
    """Name and value of the descriptor of a result; "" where there is none."""
    return (
        text_in(result, "Descriptor/DescriptorName"),
        text_in(result, "Descriptor/DescriptorValue"),
    )
