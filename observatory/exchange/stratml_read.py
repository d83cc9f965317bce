"""A StratML document as a plan: ours without loss of what StratML can hold, and others'."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

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
    tree,
)
from observatory.errors import DatasetError, Problem
from observatory.exchange.stratml_notes import words_and_notes
from observatory.exchange.stratml_schema import stratml_root
from observatory.schema.vocabulary import (
    ACCUMULATIONS,
    INITIATIVE_KINDS,
    PLAN_POLARITIES,
    RELATIONS,
    STAGES,
    STANDINGS,
)

Notes = dict[str, object]
DEFAULT_START, DEFAULT_END = date(2021, 1, 1), date(2023, 12, 31)


@dataclass
class _Found:
    """What has been read so far; `places` are numbers that tell the order of things."""

    today: date
    starts_on: date
    places: dict[str, int] = field(default_factory=dict)
    objectives: list[Objective] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    actuals: list[Actual] = field(default_factory=list)

    def place(self, own_id: str) -> int:
        """Where something stands among its like; at the end where no number tells."""
        return self.places.get(own_id, len(self.places))

    def keep_place(self, own_id: str, element: Element) -> None:
        """Remember the number that an element tells for its order."""
        text = _text(element, "SequenceIndicator")
        if text.isdecimal():
            self.places[own_id] = int(text)


def plan_from_stratml(content: bytes, file: str, today: date) -> Plan:
    """The plan of a StratML document, Part 1 or Part 2.

    Of a document that is not ours, objectives become lines with their measures, identifiers that
    are missing are made, and what is not dated counts as known from today.

    Raises:
        DatasetError: it cannot be read, breaks the rules of its part, or makes no plan.
    """
    root = stratml_root(content, file)
    _words, notes = words_and_notes(_text(root, "OtherInformation"))
    starts_on = _day(_text(root, "AdministrativeInformation/StartDate")) or DEFAULT_START
    ends_on = _day(_text(root, "AdministrativeInformation/EndDate")) or DEFAULT_END
    if ends_on < starts_on:
        rule = f"expected an end after {starts_on}, found {ends_on}."
        raise DatasetError([Problem(file, None, "AdministrativeInformation", rule)])
    found = _Found(today, starts_on)
    for number, goal in enumerate(_all(root, "StrategicPlanCore/Goal"), start=1):
        _read_goal(found, goal, number)
    is_ours = "plan_id" in notes
    plan = Plan(
        plan_id=str(notes.get("plan_id") or "imported"),
        title=_text(root, "Name"),
        starts_on=starts_on,
        ends_on=ends_on,
        motto=_text(root, "Description"),
        frame=str(notes.get("frame") or ""),
        is_official=is_ours and not notes.get("frame"),
        objectives=tuple(found.objectives),
        lines=tuple(sorted(found.lines, key=lambda one: found.place(one.line_id))),
        initiatives=tuple(
            sorted(found.initiatives, key=lambda one: found.place(one.initiative_id))
        ),
        measures=tuple(sorted(found.measures, key=lambda one: found.place(one.measure_id))),
        baselines=tuple(found.baselines),
        targets=tuple(found.targets),
        actuals=tuple(found.actuals),
    )
    try:
        tree(plan)
    except ValueError as error:
        raise DatasetError([Problem(file, None, None, f"{error}.")]) from None
    return plan


def _read_goal(found: _Found, goal: Element, number: int) -> None:
    _words, notes = words_and_notes(_text(goal, "OtherInformation"))
    if notes.get("stands_for") == ROOT:
        for objective in _all(goal, "Objective"):
            _read_measures(found, objective, ROOT)
        return
    goal_id = _own_id(goal) or f"goal-{number}"
    title, words = _text(goal, "Name"), _text(goal, "Description")
    found.objectives.append(Objective(goal_id, title, _weight(notes), words))
    for place, objective in enumerate(_all(goal, "Objective"), start=1):
        _read_objective(found, objective, goal_id, f"{goal_id}-{place}")


def _read_objective(found: _Found, objective: Element, goal_id: str, made_id: str) -> None:
    _words, notes = words_and_notes(_text(objective, "OtherInformation"))
    if "stands_for" in notes:
        _read_measures(found, objective, str(notes["stands_for"]))
        return
    own_id = _own_id(objective) or made_id
    found.keep_place(own_id, objective)
    title = _text(objective, "Name") or _text(objective, "Description")[:200] or own_id
    if notes.get("level") == "initiative":
        found.initiatives.append(_initiative(objective, own_id, notes))
    else:
        note = _text(objective, "Description")
        found.lines.append(Line(own_id, goal_id, title, _weight(notes), note))
    _read_measures(found, objective, own_id)


def _initiative(objective: Element, own_id: str, notes: Notes) -> Initiative:
    stages = notes.get("stages") or []
    return Initiative(
        initiative_id=own_id,
        line_id=str(notes.get("line_id") or ""),
        title=_text(objective, "Name"),
        kind=_one_of(notes.get("kind"), INITIATIVE_KINDS, "knowledge"),
        owner=str(notes.get("owner") or ""),
        bodies=_texts(notes.get("bodies")),
        cities=_texts(notes.get("cities")),
        events=_texts(notes.get("events")),
        themes=_texts(notes.get("themes")),
        sdgs=tuple(int(one) for one in _texts(notes.get("sdgs")) if one.isdecimal()),
        starts_on=_day(str(notes.get("starts_on") or "")),
        ends_on=_day(str(notes.get("ends_on") or "")),
        stage=_one_of(notes.get("stage"), STAGES, "unknown"),
        stages=tuple(
            (date.fromisoformat(day), stage)
            for day, stage in (stages if isinstance(stages, list) else [])
        ),
        weight=_weight(notes),
        source_url=str(notes.get("source_url") or ""),
        note=_text(objective, "Description"),
    )


def _read_measures(found: _Found, objective: Element, node_id: str) -> None:
    for place, indicator in enumerate(_all(objective, "PerformanceIndicator"), start=1):
        _words, notes = words_and_notes(_text(indicator, "OtherInformation"))
        measure_id = _own_id(indicator) or f"{node_id}-m{place}"
        found.keep_place(measure_id, indicator)
        found.measures.append(_measure(indicator, measure_id, node_id, notes))
        for instance in _all(indicator, "MeasurementInstance"):
            _read_instance(found, instance, measure_id)


def _measure(indicator: Element, measure_id: str, node_id: str, notes: Notes) -> Measure:
    return Measure(
        measure_id=measure_id,
        node_id=node_id,
        title=_text(indicator, "MeasurementDimension"),
        unit=_text(indicator, "UnitOfMeasurement"),
        polarity=_one_of(notes.get("polarity"), PLAN_POLARITIES, "neutral"),
        value_chain_stage=indicator.get("ValueChainStage") or "Output",
        accumulation=_one_of(notes.get("accumulation"), ACCUMULATIONS, "level"),
        computed=str(notes.get("computed") or ""),
        rhythm_months=int(str(notes.get("rhythm_months") or 12)),
        decimals=int(str(notes.get("decimals") or 0)),
        weight=_weight(notes),
        definition=str(notes.get("definition") or ""),
    )


def _read_instance(found: _Found, instance: Element, measure_id: str) -> None:
    for result in _all(instance, "TargetResult"):
        _read_target(found, result, measure_id)
    for result in _all(instance, "ActualResult"):
        name, value = _descriptor(result)
        if name == "baseline" and value == "given":
            _read_baseline(found, result, measure_id)
        elif name != "baseline":
            _read_actual(found, result, measure_id, value if name == "relation" else "")


def _read_target(found: _Found, result: Element, measure_id: str) -> None:
    words, notes = words_and_notes(_text(result, "Description"))
    value, day = _number(result), _day(_text(result, "EndDate"))
    if value is None:
        return  # a target in words alone makes no path
    name, standing = _descriptor(result)
    is_ours = name == "standing"
    found.targets.append(
        Target(
            measure_id=measure_id,
            on=day or DEFAULT_END,
            value=value,
            standing=_one_of(standing if is_ours else "", STANDINGS, "official"),
            known_on=_day(str(notes.get("known_on") or "")) or found.starts_on,
            source_url=str(notes.get("source_url") or ""),
            note=str(notes.get("note") or "") if is_ours else words,
        )
    )


def _read_baseline(found: _Found, result: Element, measure_id: str) -> None:
    _words, notes = words_and_notes(_text(result, "Description"))
    value, day = _number(result), _day(_text(result, "EndDate"))
    if value is not None and day is not None:
        known_on = _day(str(notes.get("known_on") or "")) or day
        told = (str(notes.get("source_url") or ""), str(notes.get("note") or ""))
        found.baselines.append(Baseline(measure_id, day, value, known_on, *told))


def _read_actual(found: _Found, result: Element, measure_id: str, relation: str) -> None:
    words, notes = words_and_notes(_text(result, "Description"))
    value = _number(result)
    day = _day(_text(result, "EndDate")) or _day(_text(result, "StartDate"))
    if value is None and not words:
        return
    usual = "exact" if value is not None else "words"
    found.actuals.append(
        Actual(
            measure_id=measure_id,
            period=str(notes.get("period") or (day.isoformat() if day else "undated")),
            on=day,
            value=value,
            relation=_one_of(relation, RELATIONS, usual),
            as_stated=words or f"{value:.15g}",
            known_on=_day(str(notes.get("known_on") or "")) or day or found.today,
            note=str(notes.get("note") or ""),
            source_url=str(notes.get("source_url") or ""),
            reported_by=str(notes.get("reported_by") or ""),
        )
    )


def _descriptor(result: Element) -> tuple[str, str]:
    return _text(result, "Descriptor/DescriptorName"), _text(result, "Descriptor/DescriptorValue")


def _all(parent: Element, path: str) -> Iterator[Element]:
    """Children by a path of local names, whatever their namespace."""
    name, _slash, rest = path.partition("/")
    for child in parent:
        if child.tag.rpartition("}")[2] == name:
            yield from (_all(child, rest) if rest else (child,))


def _text(parent: Element, path: str) -> str:
    found = next(_all(parent, path), None)
    return ((found.text if found is not None else "") or "").strip()


def _own_id(element: Element) -> str:
    return _text(element, "Identifier").removeprefix("_")


def _number(result: Element) -> float | None:
    text = _text(result, "NumberOfUnits")
    return float(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _weight(notes: Notes) -> float | None:
    found = notes.get("weight")
    return float(str(found)) if found is not None else None


def _texts(found: object) -> tuple[str, ...]:
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def _one_of(found: object, words: tuple[str, ...], usual: str) -> str:
    return str(found) if found in words else usual
