"""The plan as files, by the form's name, and back."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from observatory.domain.plan import Plan
from observatory.domain.plan_status import Assessment
from observatory.errors import DatasetError, Problem
from observatory.exchange.plan_json import plan_from_json, plan_to_json
from observatory.exchange.stratml_read import plan_from_stratml
from observatory.exchange.stratml_schema import MOST_BYTES
from observatory.exchange.stratml_write import plan_to_stratml, plan_to_stratml_core

FORMS = {
    "stratml": ("stratml.xml", "application/xml"),
    "stratml-core": ("stratml-core.xml", "application/xml"),
    "json": ("json", "application/json"),
}


def plan_file(plan: Plan, found: Mapping[str, Assessment], form: str) -> bytes:
    """A plan in one of FORMS: StratML Part 2 or Part 1, or JSON."""
    if form == "json":
        return plan_to_json(plan)
    return plan_to_stratml(plan, found) if form == "stratml" else plan_to_stratml_core(plan)


def plan_from_file(file: Path, today: date) -> Plan:
    """The plan of a file: JSON by its ending, StratML otherwise.

    Raises:
        DatasetError: there is no such file, it is too large, or it makes no plan.
    """
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise _refused(file, f"expected a file that can be read: {error.strerror}.") from None
    if size > MOST_BYTES:
        raise _refused(file, f"expected at most {MOST_BYTES:,} bytes, found {size:,}.")
    if file.suffix.lower() == ".json":
        return plan_from_json(content, file.name)
    return plan_from_stratml(content, file.name, today)


def _refused(file: Path, rule: str) -> DatasetError:
    return DatasetError([Problem(file.name, None, None, rule)])
