"""StratML documents: read without danger, and held against the rules of their part."""

import re
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

import xmlschema
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from observatory.errors import DatasetError, Problem

SCHEMAS = Path(__file__).resolve().parent / "schemas"
PART1 = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART2 = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
ROOTS = {f"{{{PART1}}}StrategicPlan": "part1", f"{{{PART2}}}PerformancePlanOrReport": "part2"}
EXPECTED = {
    "StartDate": "a day like 2021-12-31, or nothing",
    "EndDate": "a day like 2021-12-31, or nothing",
    "PublicationDate": "a day like 2021-12-31, or nothing",
    "NumberOfUnits": "a number, or nothing",
    "Identifier": "a name of its own that begins with a letter or _, used once",
}
MOST_BYTES = 20_000_000
MOST_DEPTH = 40
MOST_PROBLEMS = 20


def stratml_root(content: bytes, file: str) -> Element:
    """The root of a StratML document that keeps the rules of its part.

    Entities, document types and external references are refused before anything is read.

    Raises:
        DatasetError: too large, no XML, hostile, of another kind, or against the rules; each
            problem names the element.
    """
    if len(content) > MOST_BYTES:
        found = f"expected at most {MOST_BYTES:,} bytes, found {len(content):,}."
        raise _refused(file, found)
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        rule = f"expected no document type and no entities, found some ({type(error).__name__})."
        raise _refused(file, rule) from None
    except ElementTree.ParseError as error:
        raise _refused(file, f"expected well-formed XML: {error}.") from None
    if root.tag not in ROOTS:
        rule = f"expected StratML Part 1 or Part 2 ({', '.join(ROOTS)}), found {root.tag[:200]}."
        raise _refused(file, rule)
    _require_flat(root, file)
    _without_empty_identifiers(root)
    problems = problems_in(root, ROOTS[root.tag], file)
    if problems:
        raise DatasetError(problems)
    return root


def problems_in(root: Element, part: str, file: str) -> list[Problem]:
    """What breaks the rules of a part, each with the path of its element."""
    found = []
    for error in _schema(part).iter_errors(root):
        found.append(Problem(file, None, plain_path(str(error.path)), _rule(error)))
        if len(found) == MOST_PROBLEMS:
            break
    return found


def plain_path(path: str) -> str:
    """The path of an element without its namespaces."""
    return re.sub(r"\{[^}]*\}", "", path)


def _rule(error: xmlschema.XMLSchemaValidationError) -> str:
    """What was expected of the element, and what was found."""
    name = error.elem.tag.rpartition("}")[2] if error.elem is not None else ""
    found = (error.elem.text or "").strip()[:80] if error.elem is not None else ""
    if name in EXPECTED and len(error.elem) == 0:
        return f"expected {EXPECTED[name]}, found {found!r}."
    reason = plain_path(" ".join(str(error.reason).split()))[:300]
    return f"{reason} Found {found!r}." if found else reason


@lru_cache
def _schema(part: str) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / f"stratml-{part}.xsd", defuse="always")


def _require_flat(root: Element, file: str) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise _refused(file, f"expected at most {MOST_DEPTH} levels of elements, found more.")
        level = [child for one in level for child in one]


def _without_empty_identifiers(root: Element) -> None:
    """An empty identifier is none; two of them are not twice the same."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag.endswith("}Identifier") and not (child.text or "").strip():
                parent.remove(child)


def _refused(file: str, rule: str) -> DatasetError:
    return DatasetError([Problem(file, None, None, rule)])
