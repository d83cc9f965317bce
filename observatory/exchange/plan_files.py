"""The plan as files, by the form's name, and back."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from observatory.domain.plan import Plan
from observatory.domain.plan_status import Assessment
from observatory.exchange.plan_json import plan_from_json, plan_json_schema, plan_to_json
from observatory.exchange.stratml_read import not_taken, plan_from_stratml
from observatory.exchange.stratml_schema import MOST_BYTES, refused
from observatory.exchange.stratml_write import plan_to_stratml, plan_to_stratml_core

FORMS = {
    "stratml": ("stratml.xml", "application/xml"),
    "stratml-core": ("stratml-core.xml", "application/xml"),
    "json": ("json", "application/json"),
    "json-schema": ("schema.json", "application/schema+json"),
}
JSON_ENDING = ".json"


def plan_file(plan: Plan, found: Mapping[str, Assessment], form: str) -> bytes:
    """A plan in one of FORMS: StratML Part 2 or Part 1, or JSON; or the schema of the latter."""
    if form == "json-schema":
        return plan_json_schema()
    if form == "json":
        return plan_to_json(plan)
    return plan_to_stratml(plan, found) if form == "stratml" else plan_to_stratml_core(plan)


def form_of(file: Path) -> str:
    """The form that goes with the ending of a file: JSON, or StratML Part 2."""
    return "json" if file.suffix.lower() == JSON_ENDING else "stratml"


def write_plan_file(plan: Plan, found: Mapping[str, Assessment], form: str, file: Path) -> None:
    """Write a plan in one of FORMS.

    Raises:
        DatasetError: the file cannot be written.
    """
    try:
        file.write_bytes(plan_file(plan, found, form))
    except OSError as error:
        rule = f"expected a place that can be written to: {error.strerror}."
        raise refused(str(file), rule) from None


def plan_from_file(file: Path, today: date) -> tuple[Plan, dict[str, int]]:
    """The plan of a file, JSON by its ending and StratML otherwise, and what it leaves out.

    Returns:
        The plan, and how many elements of each name hold what a plan has no place for.

    Raises:
        DatasetError: there is no such file, it is too large, or it makes no plan.
    """
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        rule = f"expected a file that can be read: {error.strerror}."
        raise refused(file.name, rule) from None
    if size > MOST_BYTES:
        raise refused(file.name, f"expected at most {MOST_BYTES:,} bytes, found {size:,}.")
    if form_of(file) == "json":
        return plan_from_json(content, file.name), {}
    return plan_from_stratml(content, file.name, today), not_taken(content, file.name)
