"""A plan as one JSON document, and back, without loss."""

from datetime import UTC, datetime

import orjson
from pydantic import TypeAdapter, ValidationError

from observatory.domain.plan import Plan, tree
from observatory.errors import DatasetError, Problem

FORMAT = "metropolis-observatory-plan"
VERSION = 1
SHOWN = 20

_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)


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
        plan = _PLAN.validate_python(document.get("plan"))
        tree(plan)
    except ValidationError as error:
        raise DatasetError(
            [
                Problem(file, None, ".".join(map(str, one["loc"])), str(one["msg"]))
                for one in error.errors()[:SHOWN]
            ]
        ) from None
    except ValueError as error:
        raise _refused(file, f"{error}.") from None
    return plan


def _refused(file: str, rule: str) -> DatasetError:
    return DatasetError([Problem(file, None, None, rule)])
