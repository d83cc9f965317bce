"""The plan's tables on their way into a file: every node with what its status follows from."""

from dataclasses import asdict
from datetime import date

import pandas as pd

from observatory.domain.plan import Measure, Node
from observatory.domain.plan_status import CUT_POINTS, RULE_VERSION, Assessment, Inputs, Point
from observatory.language import gettext as _
from observatory.pages.export_table import ShownTable, made_by
from observatory.pages.plan_data import PlanData, PlanReader
from observatory.pages.plan_view import plan_view
from observatory.pages.visit import Visit
from observatory.schema import Column
from observatory.store.warehouse import Store
from observatory.views.plan_words import day_text


def _text(name: str, meaning: str) -> Column:
    return Column(name, "VARCHAR", meaning, required=False)


def _number(name: str, meaning: str) -> Column:
    return Column(name, "DOUBLE", meaning, required=False)


NODE_COLUMNS = (
    _text("node_id", "id of the node"),
    _text("level", "plan, objective, line, initiative or measure"),
    _text("title", "title"),
    _text("parent_id", "the node above"),
    _number("weight", "what it counts in the status above; empty counts as 1"),
    _text("owner", "body that answers for the initiative"),
    _text("unit", "unit of the measure"),
    _text("polarity", "up, down or neutral"),
    _text("accumulation", "level, periodic or cumulative"),
    _number("rhythm_months", "months between two figures"),
    _number("baseline", "B"),
    _text("baseline_on", "day of B"),
    _number("target", "T"),
    _text("target_on", "day of T"),
    _text("target_standing", "official, adopted, or illustrative: ours"),
    _number("actual", "A"),
    _text("actual_on", "day of A"),
    _text("actual_relation", "exact, about, derived; over and at_least are lower bounds"),
    _text("status", "achieved, on_track, off_pace, late, overdue or unknown"),
    _text("reason", "branch of the rule"),
    _text("before_overdue", "status by the last figure, where it is too old"),
    _number("expected", "E on the day of A"),
    _number("schedule", "S = (A - B) / (E - B)"),
    _number("progress", "P = (A - B) / (T - B)"),
    _number("score", "mean of the points below a node"),
    _number("known_share", "share of the weight below with a status"),
    _text("has_illustrative", "yes where an illustrative target is behind the status"),
    _text("rule_version", "version of the rule"),
    _text("as_of", "the day the status is for"),
)
FIGURE_COLUMNS = (
    _text("measure_id", "the measure"),
    _text("title", "what is counted"),
    _text("unit", "unit"),
    _text("period", "what it is about, as stated"),
    _text("on", "last day of the period"),
    _number("value", "the figure; empty where it is in words"),
    _text("relation", "what the words make of the figure"),
    _text("as_stated", "the words of the source"),
    _text("known_on", "the day it is known from"),
    _text("reported_by", "who reported it here"),
    _text("source_url", "where it is documented"),
    _text("note", "remark"),
)


def plan_shown(reader: PlanReader, store: Store, visit: Visit) -> ShownTable:
    """Every node of the view's plan."""
    data = reader.data(store, plan_view(visit))
    frame = pd.DataFrame([node_row(data, one) for one in data.nodes.values()])
    cuts = "; ".join(f"{name} {value:g}" for name, value in asdict(CUT_POINTS).items())
    rule = _("Rule of status {version}; cut points: {cuts}.").format(
        version=RULE_VERSION, cuts=cuts
    )
    return _shown(data, ("plan",), _("The plan with the status of every part"), frame, (rule,))


def plan_figures_shown(reader: PlanReader, store: Store, visit: Visit) -> ShownTable:
    """Every figure known at the view's day."""
    data = reader.data(store, plan_view(visit))
    own = data.measures
    rows = [
        {
            **asdict(one),
            "on": _day(one.on),
            "known_on": _day(one.known_on),
            "title": own[one.measure_id].title,
            "unit": own[one.measure_id].unit,
        }
        for one in data.plan.actuals
        if one.measure_id in own
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in FIGURE_COLUMNS])
    return _shown(data, ("plan", "figures"), _("Figures of the plan’s measures"), frame, ())


def node_row(data: PlanData, node: Node) -> dict[str, object]:
    """A node with its status and all that this follows from, by the names of NODE_COLUMNS."""
    found = data.found[node.node_id]
    initiative = data.initiatives.get(node.node_id)
    return {
        "node_id": node.node_id,
        "level": node.kind,
        "title": node.title,
        "parent_id": node.parent_id,
        "weight": node.weight,
        "owner": initiative.owner if initiative else None,
        **_measure_cells(data.measures.get(node.node_id)),
        **_input_cells(found.inputs),
        **_status_cells(found),
        "as_of": data.view.as_of.isoformat(),
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


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(
    data: PlanData,
    name: tuple[str, ...],
    title: str,
    frame: pd.DataFrame,
    notes: tuple[str, ...],
) -> ShownTable:
    frame_note = (data.plan.frame,) if data.plan.frame else ()
    ours = (
        _("Targets of standing “illustrative” are ours, to show how the rule works.")
        if data.view.illustrative
        else _("Illustrative targets are left out.")
    )
    columns = NODE_COLUMNS if name == ("plan",) else FIGURE_COLUMNS
    return ShownTable(
        name=(*name, data.view.as_of.isoformat()),
        title=title,
        frame=frame,
        columns=columns,
        address=data.view.address(),
        filters=(_("as of {day}").format(day=day_text(data.view.as_of)),),
        notes=(*notes, *frame_note, ours, made_by()),
    )
