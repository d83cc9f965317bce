"""A plan as one JSON document, and back, without loss."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

import orjson
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from observatory.domain.plan import Plan
from observatory.errors import DatasetError, Problem
from observatory.exchange.plan_soundness import require_sound

FORMAT = "metropolis-observatory-plan"
VERSION = 1
SHOWN = 20
EXPECTED = {  # by the first word of pydantic's kind of error
    "float": "a number",
    "int": "a whole number",
    "string": "text",
    "bool": "true or false",
    "date": "a day like 2022-06-30",
    "tuple": "a list",
    "missing": "a value",
    "dataclass": "an object with the fields of the schema",
}

_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)


def _names_of(kind: object) -> frozenset[str]:
    """Names of the fields of the things that a tuple of a plan holds; none for other values."""
    held = next(iter(get_args(kind)), None)
    if isinstance(held, type) and is_dataclass(held):
        return frozenset(one.name for one in fields(held))
    return frozenset()


_FIELDS = {name: _names_of(kind) for name, kind in get_type_hints(Plan).items()}


def plan_to_json(plan: Plan) -> bytes:
    """The plan with all that is known of it; days as ISO 8601, absent values as null."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "plan": _PLAN.dump_python(plan, mode="json"),
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def plan_from_json(content: bytes, file: str = "plan.json") -> Plan:
    """The plan of a document that `plan_to_json` wrote.

    Raises:
        DatasetError: it is no such document; carries every problem, with its place in it.
    """
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _refused(file, f"expected JSON: {error}.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _refused(file, f'expected a document with "format": "{FORMAT}", found another.')
    if document.get("version") != VERSION:
        raise _refused(file, f"expected version {VERSION}, found {document.get('version')!r}.")
    try:
        plan = _PLAN.validate_json(orjson.dumps(document.get("plan")), strict=True)
    except ValidationError as error:
        raise DatasetError([_problem(file, one) for one in error.errors()[:SHOWN]]) from None
    unknown = _unknown_names(document["plan"])
    if unknown:
        rule = "there is no such field."
        raise DatasetError([Problem(file, None, None, rule, one) for one in unknown])
    require_sound(plan, file)
    return plan


def _problem(file: str, told: ErrorDetails) -> Problem:
    """What pydantic found, in our words and with places counted from 1."""
    place = ""
    for part in told["loc"]:
        place += f" {part + 1}" if isinstance(part, int) else f", {part}"
    kind = told["type"].partition("_")[0]
    found = "nothing" if kind == "missing" else repr(told["input"])[:80]
    rule = f"expected {EXPECTED.get(kind, 'what the schema says')}, found {found}."
    return Problem(file, None, None, rule, place.removeprefix(", "))


def _unknown_names(written: dict[str, Any]) -> list[str]:
    """Fields of a document that plans do not have: a mistyped name is no absent value."""
    found = [name for name in written if name not in _FIELDS]
    for kind, own in _FIELDS.items():
        things = written.get(kind) if own else None
        for number, thing in enumerate(things or (), start=1):
            found += [f"{kind} {number}, {name}" for name in thing if name not in own]
    return found[:SHOWN]


def plan_json_schema() -> bytes:
    """The JSON Schema of the documents that `plan_to_json` writes."""
    schema = _PLAN.json_schema(ref_template="#/$defs/{model}")
    definitions = schema.pop("$defs")
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "type": "object",
        "required": ["format", "version", "plan"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "written_at": {"type": "string", "format": "date-time"},
            "plan": schema,
        },
        "$defs": definitions,
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def _refused(file: str, rule: str) -> DatasetError:
    return DatasetError([Problem(file, None, None, rule)])
