"""A plan as StratML: Part 2 with measures and figures, Part 1 with goals and objectives alone.

Objectives are Goals; lines and initiatives are Objectives of their Goal. Baselines stand in a first
MeasurementInstance with an ActualResult only; polarity and status are told in OtherInformation.
What a document has no element for stands below the words as one line of JSON (`stratml_notes`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from observatory.domain.plan import (
    ROOT,
    Actual,
    Baseline,
    Initiative,
    Line,
    Measure,
    Objective,
    Plan,
    Target,
)
from observatory.domain.plan_figures import baseline
from observatory.domain.plan_status import Assessment
from observatory.exchange.stratml_notes import NOT_IN_XML, Notes, not_kept, with_notes
from observatory.exchange.stratml_schema import PART1, PART2

OWN = "own"  # ending of the Objective that carries a goal's own measures
POLARITY = {
    "up": "More is better.",
    "down": "Less is better.",
    "neutral": "No direction is better.",
}


@dataclass(frozen=True)
class _Told:
    """What a document tells.

    Attributes:
        plan: the plan. is_full: whether with measures and figures, as in Part 2.
        found: the status of each node. city_names: by id.
    """

    plan: Plan
    is_full: bool
    found: Mapping[str, Assessment]
    city_names: Mapping[str, str]

    def measures_of(self, node_id: str) -> list[Measure]:
        """The measures of a node itself; none in Part 1."""
        own = [one for one in self.plan.measures if one.node_id == node_id]
        return own if self.is_full else []

    def status(self, node_id: str, words: str) -> str:
        """Words, and the status of a node with its rule and its day."""
        own = self.found.get(node_id)
        if own is None:
            return words
        days = (one.inputs.as_of for one in self.found.values() if one.inputs is not None)
        day = next((f", as of {day}" for day in days), "")
        ours = " An illustrative target is behind it." if own.has_illustrative else ""
        return f"{words} Status: {own.status} by rule {own.rule_version}{day}.{ours}".strip()


def plan_to_stratml(
    plan: Plan,
    found: Mapping[str, Assessment] | None = None,
    city_names: Mapping[str, str] | None = None,
) -> bytes:
    """The plan as Part 2: a Performance_Report where there are figures, else a Performance_Plan.

    Args:
        plan: the plan, cut to its day.
        found: the status of each node, to be told with it.
        city_names: names of members by id; the id stands for one that is not in it.
    """
    told = _Told(plan, is_full=True, found=found or {}, city_names=city_names or {})
    return _document(told, PART2)


def plan_to_stratml_core(plan: Plan, city_names: Mapping[str, str] | None = None) -> bytes:
    """The plan as Part 1 (ISO 17469-1): without measures and figures."""
    told = _Told(plan, is_full=False, found={}, city_names=city_names or {})
    return _document(told, PART1)


def identifier(own_id: str) -> str:
    """An id as an NCName, which never begins with a digit."""
    return f"_{own_id}"


def _document(told: _Told, part: str) -> bytes:
    plan, is_full = told.plan, told.is_full
    root = Element("PerformancePlanOrReport" if is_full else "StrategicPlan", {"xmlns": part})
    if is_full:
        root.set("Type", "Performance_Report" if plan.actuals else "Performance_Plan")
    _text(root, "Name", plan.title)
    _text(root, "Description", plan.motto)
    notes: Notes = {"plan_id": plan.plan_id, "frame": plan.frame}
    notes |= not_kept(title=plan.title, motto=plan.motto)
    frame = plan.frame or "The frame is official."
    _text(root, "OtherInformation", with_notes(told.status(ROOT, frame), notes))
    core = SubElement(root, "StrategicPlanCore")
    _whose(core, plan)
    _root_goal(core, told)
    for number, one in enumerate(plan.objectives, start=1):
        _goal(core, told, one, number)
    administration = SubElement(root, "AdministrativeInformation")
    if is_full:
        _text(administration, "Identifier", identifier(ROOT))
    _text(administration, "StartDate", plan.starts_on.isoformat())
    _text(administration, "EndDate", plan.ends_on.isoformat())
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _whose(core: Element, plan: Plan) -> None:
    """Whose plan it is, and what that wants; what is not known is left out."""
    if plan.organisation:
        _text(SubElement(core, "Organization"), "Name", plan.organisation)
    for name, words in (("Vision", plan.vision), ("Mission", plan.mission)):
        if words:
            _text(SubElement(core, name), "Description", words)
    for one in plan.principles:
        value = SubElement(core, "Value")
        _text(value, "Name", one.title)
        _text(value, "Description", one.words)


def _root_goal(core: Element, told: _Told) -> None:
    """A Goal for measures of the plan itself, and for a plan without objectives."""
    if told.plan.objectives and not told.measures_of(ROOT):
        return
    goal = SubElement(core, "Goal")
    _text(goal, "Name", told.plan.title)
    _text(goal, "Description", "", keep=True)
    _text(goal, "Identifier", identifier(f"{ROOT}.goal"))
    _text(goal, "OtherInformation", with_notes("The plan as a whole.", {"stands_for": ROOT}))
    _carrier(goal, told, ROOT)


def _goal(core: Element, told: _Told, one: Objective, number: int) -> None:
    goal = SubElement(core, "Goal")
    _text(goal, "Name", one.title)
    _text(goal, "Description", one.note, keep=True)
    _text(goal, "Identifier", identifier(one.objective_id))
    _text(goal, "SequenceIndicator", str(number))
    words = told.status(one.objective_id, "")
    notes = {"weight": one.weight} | not_kept(title=one.title, note=one.note)
    _text(goal, "OtherInformation", with_notes(words, notes))
    _carrier(goal, told, one.objective_id)
    for line in told.plan.lines:
        if line.objective_id == one.objective_id:
            _line(goal, told, line)


def _carrier(goal: Element, told: _Told, node_id: str) -> None:
    """An Objective without words for the measures of the Goal itself, where it has some."""
    if not told.measures_of(node_id):
        return
    objective = SubElement(goal, "Objective")
    _text(objective, "Name", "Measures of the goal itself")
    _text(objective, "Identifier", identifier(f"{node_id}.{OWN}"))
    _text(objective, "OtherInformation", with_notes("", {"stands_for": node_id}))
    _indicators(objective, told, node_id)


def _line(goal: Element, told: _Told, line: Line) -> None:
    objective = SubElement(goal, "Objective")
    _text(objective, "Name", line.title)
    _text(objective, "Description", line.note)
    _text(objective, "Identifier", identifier(line.line_id))
    _text(objective, "SequenceIndicator", str(told.plan.lines.index(line) + 1))
    words = told.status(line.line_id, "A line of action.")
    notes: Notes = {"level": "line", "weight": line.weight}
    notes |= not_kept(title=line.title, note=line.note)
    _text(objective, "OtherInformation", with_notes(words, notes))
    _indicators(objective, told, line.line_id)
    for one in told.plan.initiatives:
        if one.line_id == line.line_id:
            _initiative(goal, told, one)


def _initiative(goal: Element, told: _Told, one: Initiative) -> None:
    objective = SubElement(goal, "Objective")
    _text(objective, "Name", one.title)
    _text(objective, "Description", one.note)
    _text(objective, "Identifier", identifier(one.initiative_id))
    _text(objective, "SequenceIndicator", str(told.plan.initiatives.index(one) + 1))
    _stakeholder(objective, told, one.owner, "Lead")
    for name in one.bodies:
        _stakeholder(objective, told, name, "Partner")
    for city_id in one.cities:
        _stakeholder(objective, told, told.city_names.get(city_id, city_id), "City")
    notes = {"level": "initiative", **asdict(one)}
    for name in ("initiative_id", "title", "note"):
        del notes[name]
    notes["stages"] = [[day.isoformat(), stage] for day, stage in one.stages]
    notes |= not_kept(title=one.title, note=one.note)
    words = told.status(one.initiative_id, f"Under the line {one.line_id}.")
    _text(objective, "OtherInformation", with_notes(words, notes))
    _indicators(objective, told, one.initiative_id)


def _stakeholder(objective: Element, told: _Told, name: str, role_name: str) -> None:
    """Who takes part, with the role where Part 2 has one; nothing without a name."""
    if not name:
        return
    stakeholder = SubElement(objective, "Stakeholder", {"StakeholderTypeType": "Organization"})
    _text(stakeholder, "Name", name)
    if told.is_full:
        role = SubElement(stakeholder, "Role")
        _text(role, "Name", role_name)
        _text(role, "RoleType", "Performer")


def _indicators(objective: Element, told: _Told, node_id: str) -> None:
    for measure in told.measures_of(node_id):
        _indicator(objective, told, measure)


def _indicator(objective: Element, told: _Told, measure: Measure) -> None:
    attributes = {
        "ValueChainStage": measure.value_chain_stage,
        "PerformanceIndicatorType": "Quantitative",
    }
    indicator = SubElement(objective, "PerformanceIndicator", attributes)
    _text(indicator, "SequenceIndicator", str(told.plan.measures.index(measure) + 1))
    _text(indicator, "MeasurementDimension", measure.title, keep=True)
    _text(indicator, "UnitOfMeasurement", measure.unit, keep=True)
    _text(indicator, "Identifier", identifier(measure.measure_id))
    relationship = SubElement(indicator, "Relationship", {"RelationshipType": "Narrower_Than"})
    _text(relationship, "ReferentIdentifier", identifier(measure.node_id))
    _results(indicator, told.plan, measure)
    names = ("polarity", "accumulation", "computed", "rhythm_months", "decimals", "weight")
    notes = {name: getattr(measure, name) for name in names} | {"definition": measure.definition}
    notes |= not_kept(title=measure.title, unit=measure.unit)
    words = told.status(measure.measure_id, POLARITY[measure.polarity])
    _text(indicator, "OtherInformation", with_notes(words, notes))


def _results(indicator: Element, plan: Plan, measure: Measure) -> None:
    """The baseline first, then targets, then figures, each in an instance of its own."""
    given = [one for one in plan.baselines if one.measure_id == measure.measure_id]
    for one in given:
        _given_baseline(indicator, one)
    start = None if given else baseline(plan, measure)
    if start is not None:
        instance = SubElement(indicator, "MeasurementInstance")
        _result(instance, "ActualResult", None, start.on, start.value)
        _described(instance, "baseline", "from its figures", "Baseline, by its last figure before.")
    for target in plan.targets:
        if target.measure_id == measure.measure_id:
            _target(indicator, plan, target)
    for actual in plan.actuals:
        if actual.measure_id == measure.measure_id:
            _actual(indicator, actual)


def _given_baseline(indicator: Element, one: Baseline) -> None:
    instance = SubElement(indicator, "MeasurementInstance")
    _result(instance, "ActualResult", None, one.on, one.value)
    notes = {"known_on": one.known_on, "source_url": one.source_url, "note": one.note}
    _described(instance, "baseline", "given", with_notes("Baseline.", notes))


def _target(indicator: Element, plan: Plan, one: Target) -> None:
    instance = SubElement(indicator, "MeasurementInstance")
    _result(instance, "TargetResult", plan.starts_on, one.on, one.value)
    ours = "Illustrative: not a target of the organisation. "
    words = (ours if one.standing == "illustrative" else "") + one.note
    notes = {"known_on": one.known_on, "source_url": one.source_url, "note": one.note}
    _described(instance, "standing", one.standing, with_notes(words.strip(), notes))


def _actual(indicator: Element, one: Actual) -> None:
    instance = SubElement(indicator, "MeasurementInstance")
    _result(instance, "ActualResult", None, one.on, one.value)
    names = ("period", "known_on", "note", "source_url", "reported_by")
    notes = {name: getattr(one, name) for name in names} | not_kept(as_stated=one.as_stated)
    _described(instance, "relation", one.relation, with_notes(one.as_stated, notes))


def _result(
    instance: Element, kind: str, start: date | None, end: date | None, value: float | None
) -> None:
    result = SubElement(instance, kind)
    if start is not None:
        _text(result, "StartDate", start.isoformat())
    _text(result, "EndDate", end.isoformat() if end else "", keep=True)
    _text(result, "NumberOfUnits", "" if value is None else _decimal(value), keep=True)


def _described(instance: Element, name: str, value: str, words: str) -> None:
    result = instance[-1]
    descriptor = SubElement(result, "Descriptor")
    _text(descriptor, "DescriptorName", name)
    _text(descriptor, "DescriptorValue", value)
    _text(result, "Description", words)


def _decimal(value: float) -> str:
    """A number as xsd:decimal, which knows no exponents, without losing a digit."""
    text = repr(float(value))
    if "e" in text or "E" in text:
        return format(Decimal(text), "f")
    return text.removesuffix(".0")


def _text(parent: Element, name: str, text: str, *, keep: bool = False) -> None:
    if text or keep:
        SubElement(parent, name).text = NOT_IN_XML.sub(" ", text)
