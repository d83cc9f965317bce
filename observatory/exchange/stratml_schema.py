"""StratML documents: read without danger, and held against the rules of their part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers import expat

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
TYPE_OF_ITS_OWN = "{http://www.w3.org/2001/XMLSchema-instance}type"
MOST_BYTES = 5_000_000  # of a plan of hundreds of kilobytes; checked in some seconds
MOST_DEPTH = 40
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Document:
    """A StratML document that keeps the rules of its part.

    Attributes:
        root: its root. part: "part1" or "part2".
        lines: the line that each element begins in, by `id` of the element.
    """

    root: Element
    part: str
    lines: Mapping[int, int]

    def line_of(self, element: Element | None) -> int | None:
        """The line that an element begins in; None where that is not known."""
        return None if element is None else self.lines.get(id(element))


def stratml_document(content: bytes, file: str) -> Document:
    """A StratML document that keeps the rules of its part.

    Entities, document types and external references are refused before anything is read. Where a
    schema lies, as a document may tell, is not looked at.

    Raises:
        DatasetError: too large, no XML, hostile, of another kind, or against the rules; each
            problem names the line and the element.
    """
    if len(content) > MOST_BYTES:
        found = f"expected at most {MOST_BYTES:,} bytes, found {len(content):,}."
        raise refused(file, found)
    root = _parsed(content, file)
    if root.tag not in ROOTS:
        rule = f"expected StratML Part 1 or Part 2 ({', '.join(ROOTS)}), found {root.tag[:200]}."
        raise refused(file, rule)
    _require_flat(root, file)
    document = Document(root, ROOTS[root.tag], _lines(content, root))
    _require_plain(document, file)
    _without_empty(root)
    problems = problems_in(document, file)
    if problems:
        raise DatasetError(problems)
    return document


def _parsed(content: bytes, file: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        rule = f"expected no document type and no entities, found some ({type(error).__name__})."
        raise refused(file, rule) from None
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise refused(file, f"expected well-formed XML: {error}.", line) from None
    except (LookupError, ValueError) as error:  # an encoding that the parser does not know
        rule = f"expected an encoding like UTF-8 or UTF-16: {error}."
        raise refused(file, rule, 1) from None
    return root


def _lines(content: bytes, root: Element) -> dict[int, int]:
    """The line of each element, by `id`; of a document that was read without danger before."""
    found: list[int] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _tag, _attributes: found.append(parser.CurrentLineNumber)
    parser.Parse(content, True)
    return {id(one): line for one, line in zip(root.iter(), found, strict=True)}


def problems_in(document: Document, file: str) -> list[Problem]:
    """What breaks the rules of its part, each with the line and the path of its element."""
    found = []
    for error in _schema(document.part).iter_errors(document.root):
        path = plain_path(str(error.path))
        line = document.line_of(error.elem)
        place = f"line {line}, {path}" if line is not None else path
        found.append(Problem(file, None, None, _rule(error), place))
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
            raise refused(file, f"expected at most {MOST_DEPTH} levels of elements, found more.")
        level = [child for one in level for child in one]


def _require_plain(document: Document, file: str) -> None:
    """No element may choose its own type: what is written there is read as StratML's."""
    for one in document.root.iter():
        if TYPE_OF_ITS_OWN in one.attrib:
            rule = "expected elements of StratML's types, found xsi:type."
            raise refused(file, rule, document.line_of(one))


def _without_empty(root: Element) -> None:
    """An empty identifier is none, and two of them are not twice the same; so are attributes."""
    for parent in root.iter():
        for name in [name for name, value in parent.attrib.items() if not value.strip()]:
            del parent.attrib[name]
        for child in list(parent):
            if child.tag.endswith("}Identifier") and not (child.text or "").strip():
                parent.remove(child)


def refused(file: str, rule: str, line: int | None = None) -> DatasetError:
    """The error of a file that breaks a rule."""
    return DatasetError([Problem(file, None, None, rule, "" if line is None else f"line {line}")])
