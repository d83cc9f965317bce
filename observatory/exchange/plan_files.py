"""The plan as files, by the form's name, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from observatory.domain.plan import Plan, tree
from observatory.domain.plan_status import Assessment
from observatory.exchange.plan_json import plan_from_json, plan_json_schema, plan_to_json
from observatory.exchange.stratml_read import PlanRead, read_stratml
from observatory.exchange.stratml_schema import MOST_BYTES, refused
from observatory.exchange.stratml_write import plan_to_stratml, plan_to_stratml_core

FORMS = {
    "stratml": ("stratml.xml", "application/xml"),
    "stratml-core": ("stratml-core.xml", "application/xml"),
    "json": ("json", "application/json"),
    "json-schema": ("schema.json", "application/schema+json"),
}
LACKING = ("milestones", "outlooks", "risks", "decisions", "statements")  # in StratML
JSON_ENDING = ".json"


@dataclass(frozen=True)
class PlanToWrite:
    """What goes into a file.

    Attributes:
        plan: the plan, cut to its day. found: the status of every node.
        city_names: by id.
    """

    plan: Plan
    found: Mapping[str, Assessment]
    city_names: Mapping[str, str]


def plan_file(told: PlanToWrite, form: str) -> bytes:
    """A plan in one of FORMS: StratML Part 2 or Part 1, or JSON; or the schema of the latter."""
    if form == "json-schema":
        return plan_json_schema()
    if form == "json":
        return plan_to_json(told.plan)
    if form == "stratml":
        return plan_to_stratml(told.plan, told.found, told.city_names)
    return plan_to_stratml_core(told.plan, told.city_names)


def form_of(file: Path) -> str:
    """The form that goes with the ending of a file: JSON, or StratML Part 2."""
    return "json" if file.suffix.lower() == JSON_ENDING else "stratml"


def write_plan_file(told: PlanToWrite, form: str, file: Path) -> None:
    """Write a plan in one of FORMS.

    Raises:
        DatasetError: the file cannot be written.
    """
    try:
        file.write_bytes(plan_file(told, form))
    except OSError as error:
        rule = f"expected a place that can be written to: {error.strerror}."
        raise refused(str(file), rule) from None


def plan_from_file(file: Path, today: date) -> PlanRead:
    """The plan of a file, JSON by its ending and StratML otherwise.

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
    return plan_from_content(content, file.name, today)


def plan_from_content(content: bytes, file_name: str, today: date) -> PlanRead:
    """The plan of a file that was read, JSON by its name's ending and StratML otherwise.

    Raises:
        DatasetError: it is too large, or it makes no plan.
    """
    if len(content) > MOST_BYTES:
        raise refused(file_name, f"expected at most {MOST_BYTES:,} bytes, found more.")
    if form_of(Path(file_name)) == "json":
        return PlanRead(plan_from_json(content, file_name), {})
    return read_stratml(content, file_name, today)


def with_what_stratml_lacks(coming: Plan, now: Plan, file_name: str) -> tuple[Plan, dict[str, int]]:
    """A plan from a file, with what its form has no place for from the plan of the same id.

    What a StratML document cannot tell it does not take away: milestones, forecasts and risks of
    nodes that stay, decisions, and documents of the plan. JSON tells everything.

    Returns:
        The plan, and how many things of each kind were kept.
    """
    if form_of(Path(file_name)) == "json" or coming.plan_id != now.plan_id:
        return coming, {}
    nodes = tree(coming)
    kept = replace(
        coming,
        milestones=tuple(one for one in now.milestones if one.node_id in nodes),
        outlooks=tuple(one for one in now.outlooks if one.measure_id in nodes),
        risks=tuple(one for one in now.risks if one.initiative_id in nodes),
        decisions=now.decisions,
        statements=now.statements,
    )
    counts = {kind: len(getattr(kept, kind)) for kind in LACKING}
    return kept, {kind: count for kind, count in counts.items() if count}
