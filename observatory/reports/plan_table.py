"""The plan as a table: every node with its status and all that this follows from."""

from observatory.domain.plan import Measure, Node
from observatory.domain.plan_status import Assessment, Inputs, Point
from observatory.reports.plan_source import PlanSeen
from observatory.schema import Column


def text_column(name: str, meaning: str) -> Column:
    """A column of text that may be empty."""
    return Column(name, "VARCHAR", meaning, required=False)


def number_column(name: str, meaning: str) -> Column:
    """A column of numbers that may be empty."""
    return Column(name, "DOUBLE", meaning, required=False)


NODE_COLUMNS = (
    text_column("node_id", "id of the node"),
    text_column("level", "plan, objective, line, initiative or measure"),
    text_column("title", "title"),
    text_column("parent_id", "the node above"),
    number_column("weight", "what it counts in the status above; empty counts as 1"),
    text_column("owner", "body that answers for the initiative"),
    text_column("unit", "unit of the measure"),
    text_column("polarity", "up, down or neutral"),
    text_column("accumulation", "level, periodic or cumulative"),
    number_column("rhythm_months", "months between two figures"),
    number_column("baseline", "B"),
    text_column("baseline_on", "day of B"),
    number_column("target", "T"),
    text_column("target_on", "day of T"),
    text_column("target_standing", "official, adopted, or illustrative: ours"),
    number_column("actual", "A"),
    text_column("actual_on", "day of A"),
    text_column("actual_relation", "exact, about, derived; over and at_least are lower bounds"),
    text_column("status", "achieved, on_track, off_pace, late, overdue or unknown"),
    text_column("reason", "branch of the rule"),
    text_column("before_overdue", "status by the last figure, where it is too old"),
    number_column("expected", "E on the day of A"),
    number_column("schedule", "S = (A - B) / (E - B)"),
    number_column("progress", "P = (A - B) / (T - B)"),
    number_column("score", "mean of the points below a node"),
    number_column("known_share", "share of the weight below with a status"),
    text_column("has_illustrative", "yes where an illustrative target is behind the status"),
    text_column("rule_version", "version of the rule"),
    text_column("as_of", "the day the status is for"),
)


def plan_rows(seen: PlanSeen) -> list[dict[str, object]]:
    """Every node with its status and all that this follows from, by the names of NODE_COLUMNS."""
    return [_row(seen, node) for node in seen.nodes.values()]


def _row(seen: PlanSeen, node: Node) -> dict[str, object]:
    found = seen.found[node.node_id]
    measures = {one.measure_id: one for one in seen.plan.measures}
    owners = {one.initiative_id: one.owner for one in seen.plan.initiatives}
    return {
        "node_id": node.node_id,
        "level": node.kind,
        "title": node.title,
        "parent_id": node.parent_id,
        "weight": node.weight,
        "owner": owners.get(node.node_id),
        **_measure_cells(measures.get(node.node_id)),
        **_input_cells(found.inputs),
        **_status_cells(found),
        "as_of": seen.day.isoformat(),
    }


def _measure_cells(measure: Measure | None) -> dict[str, object]:
    names = ("unit", "polarity", "accumulation", "rhythm_months")
    return {name: getattr(measure, name) if measure else None for name in names}


def _input_cells(inputs: Inputs | None) -> dict[str, object]:
    def point(name: str, found: Point | None) -> dict[str, object]:
        return {
            name: found.value if found else None,
            f"{name}_on": found.on.isoformat() if found else None,
        }

    return {
        **point("baseline", inputs.baseline if inputs else None),
        **point("target", inputs.target if inputs else None),
        "target_standing": inputs.standing if inputs else None,
        **point("actual", inputs.actual if inputs else None),
        "actual_relation": inputs.relation if inputs and inputs.actual else None,
    }


def _status_cells(found: Assessment) -> dict[str, object]:
    names = ("status", "reason", "before_overdue", "expected", "schedule", "progress", "score")
    cells = {name: getattr(found, name) for name in (*names, "known_share", "rule_version")}
    return {**cells, "has_illustrative": "yes" if found.has_illustrative else ""}
