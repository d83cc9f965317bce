"""A StratML document as a plan: ours without loss of what StratML can hold, and others'."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
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
    Principle,
    Target,
)
from observatory.exchange.plan_soundness import require_sound
from observatory.exchange.stratml_elements import (
    descriptor_of,
    elements,
    number_in,
    place_of,
    text_in,
    title_of,
)
from observatory.exchange.stratml_notes import (
    Notes,
    as_day,
    day_of,
    number_of,
    text_of,
    texts_of,
    whole_of,
    words_and_notes,
)
from observatory.exchange.stratml_schema import refused, stratml_document
from observatory.exchange.stratml_untaken import untaken

T = TypeVar("T")
DEFAULT_START, DEFAULT_END = date(2021, 1, 1), date(2023, 12, 31)
ADMINISTRATION = "AdministrativeInformation"
FOREIGN_FRAME = (
    "Imported from {file}, a StratML document{whose}. It does not say whether this is the "
    "organisation's own plan."
)
NO_DAYS = "Nor does it tell its whole period; assumed here: {days}."


@dataclass
class _Found:
    """What has been read so far.

    Attributes:
        today: what is not dated is known from today. starts_on, ends_on: of the plan.
        is_ours: whether the document tells our notes.
        at: the element that is being read.
        ids: those given. places: numbers that tell the order of things.
    """

    today: date
    starts_on: date
    ends_on: date
    is_ours: bool
    at: Element
    ids: set[str] = field(default_factory=lambda: {ROOT})
    places: dict[str, int] = field(default_factory=dict)
    objectives: list[Objective] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    actuals: list[Actual] = field(default_factory=list)

    def id_of(self, element: Element, made: str) -> str:
        """The id of an element, or one made for it; never one that was given already."""
        told = text_in(element, "Identifier")
        choices = [told.removeprefix("_"), told] if told else []
        number, own_id = 1, made
        while own_id in self.ids:
            number += 1
            own_id = f"{made}-{number}"
        own_id = next((one for one in choices if one and one not in self.ids), own_id)
        self.ids.add(own_id)
        place = place_of(element)
        if place is not None:
            self.places[own_id] = place
        return own_id

    def in_order(self, things: list[T], id_of: Callable[[T], str]) -> tuple[T, ...]:
        """Things of ours by the numbers told; others' stand as they are written."""
        if not self.is_ours:
            return tuple(things)
        last = len(self.places)
        return tuple(sorted(things, key=lambda one: self.places.get(id_of(one), last)))


def plan_from_stratml(content: bytes, file: str, today: date) -> Plan:
    """The plan of a StratML document, Part 1 or Part 2.

    Of a document that is not ours, objectives become lines with their measures, identifiers that
    are missing are made, and what is not dated counts as known from today.

    Raises:
        DatasetError: it cannot be read, breaks the rules of its part, or makes no plan.
    """
    return read_stratml(content, file, today).plan


@dataclass(frozen=True)
class PlanRead:
    """A plan from a document.

    Attributes:
        plan: the plan.
        not_taken: how many elements of each name hold what a plan has no place for.
    """

    plan: Plan
    not_taken: Mapping[str, int]


def read_stratml(content: bytes, file: str, today: date) -> PlanRead:
    """As `plan_from_stratml`, with what a document from elsewhere holds besides."""
    document = stratml_document(content, file)
    root = document.root
    _words, notes = words_and_notes(text_in(root, "OtherInformation"))
    found = _Found(today, DEFAULT_START, DEFAULT_END, "plan_id" in notes, root)
    try:
        found.starts_on, found.ends_on = _period(root)
        for number, goal in enumerate(elements(root, "StrategicPlanCore/Goal"), start=1):
            _read_goal(found, goal, number)
    except ValueError as error:
        raise refused(file, str(error), document.line_of(found.at)) from None
    plan = Plan(
        plan_id=text_of(notes, "plan_id", "imported"),
        title=text_of(notes, "title", title_of(root, file)),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        motto=text_of(notes, "motto", text_in(root, "Description")),
        frame=text_of(notes, "frame")
        if found.is_ours
        else _foreign_frame(root, file, (found.starts_on, found.ends_on)),
        is_official=found.is_ours and not notes.get("frame"),
        organisation=text_in(root, "StrategicPlanCore/Organization/Name"),
        vision=text_in(root, "StrategicPlanCore/Vision/Description"),
        mission=text_in(root, "StrategicPlanCore/Mission/Description"),
        principles=tuple(
            Principle(text_in(one, "Name"), text_in(one, "Description"))
            for one in elements(root, "StrategicPlanCore/Value")
            if text_in(one, "Name") or text_in(one, "Description")
        ),
        objectives=tuple(found.objectives),
        lines=found.in_order(found.lines, lambda one: one.line_id),
        initiatives=found.in_order(found.initiatives, lambda one: one.initiative_id),
        measures=found.in_order(found.measures, lambda one: one.measure_id),
        baselines=found.in_order(found.baselines, lambda one: one.measure_id),
        targets=found.in_order(found.targets, lambda one: one.measure_id),
        actuals=found.in_order(found.actuals, lambda one: one.measure_id),
    )
    require_sound(plan, file)
    return PlanRead(plan, {} if found.is_ours else untaken(root))


def _period(root: Element) -> tuple[date, date]:
    """First and last day; where one is missing, one that goes with the other."""
    start, end = (
        as_day(text_in(root, f"{ADMINISTRATION}/{name}")) for name in ("StartDate", "EndDate")
    )
    if start is None:
        start = DEFAULT_START if end is None else min(DEFAULT_START, date(end.year, 1, 1))
    return start, end or max(DEFAULT_END, date(start.year, 12, 31))


def _foreign_frame(root: Element, file: str, period: tuple[date, date]) -> str:
    organisation = text_in(root, "StrategicPlanCore/Organization/Name")
    whose = f" of {organisation}" if organisation else ""
    told = FOREIGN_FRAME.format(file=file, whose=whose)
    names = {"StartDate": period[0], "EndDate": period[1]}
    assumed = [
        f"{name} {day.isoformat()}"
        for name, day in names.items()
        if not text_in(root, f"{ADMINISTRATION}/{name}")
    ]
    return f"{told} {NO_DAYS.format(days=', '.join(assumed))}" if assumed else told


def _read_goal(found: _Found, goal: Element, number: int) -> None:
    found.at = goal
    _words, notes = words_and_notes(text_in(goal, "OtherInformation"))
    if notes.get("stands_for") == ROOT:
        for objective in elements(goal, "Objective"):
            _read_measures(found, objective, ROOT)
        return
    goal_id = found.id_of(goal, f"goal-{number}")
    title = text_of(notes, "title", title_of(goal, goal_id))
    note = text_of(notes, "note", _note(found, goal))
    found.objectives.append(Objective(goal_id, title, number_of(notes, "weight"), note))
    for place, objective in enumerate(elements(goal, "Objective"), start=1):
        _read_objective(found, objective, goal_id, f"{goal_id}-{place}")


def _note(found: _Found, element: Element) -> str:
    """The description; of others' documents, what else they tell below it."""
    words = text_in(element, "Description")
    other = "" if found.is_ours else text_in(element, "OtherInformation")
    return "\n".join(one for one in (words, other) if one)


def _read_objective(found: _Found, objective: Element, goal_id: str, made_id: str) -> None:
    found.at = objective
    _words, notes = words_and_notes(text_in(objective, "OtherInformation"))
    if "stands_for" in notes:
        _read_measures(found, objective, text_of(notes, "stands_for"))
        return
    own_id = found.id_of(objective, made_id)
    title = text_of(notes, "title", title_of(objective, own_id))
    note = text_of(notes, "note", _note(found, objective))
    if notes.get("level") == "initiative":
        found.initiatives.append(_initiative(own_id, title, note, notes))
    else:
        found.lines.append(Line(own_id, goal_id, title, number_of(notes, "weight"), note))
    _read_measures(found, objective, own_id)


def _initiative(own_id: str, title: str, note: str, notes: Notes) -> Initiative:
    return Initiative(
        initiative_id=own_id,
        line_id=text_of(notes, "line_id"),
        title=title,
        kind=text_of(notes, "kind"),
        owner=text_of(notes, "owner"),
        bodies=texts_of(notes, "bodies"),
        cities=texts_of(notes, "cities"),
        events=texts_of(notes, "events"),
        themes=texts_of(notes, "themes"),
        sdgs=tuple(int(one) for one in texts_of(notes, "sdgs") if one.isdecimal()),
        starts_on=day_of(notes, "starts_on"),
        ends_on=day_of(notes, "ends_on"),
        stage=text_of(notes, "stage", "unknown"),
        stages=_stages(notes),
        weight=number_of(notes, "weight"),
        source_url=text_of(notes, "source_url"),
        note=note,
    )


def _stages(notes: Notes) -> tuple[tuple[date, str], ...]:
    found: list[tuple[date, str]] = []
    told = notes.get("stages")
    for one in told if isinstance(told, list) else []:
        day = as_day(str(one[0])) if isinstance(one, list) and len(one) == len("ab") else None
        if day is None:
            raise ValueError(f"expected a day and a stage in the notes, found {str(one)[:80]!r}.")
        found.append((day, str(one[1])))
    return tuple(found)


def _read_measures(found: _Found, objective: Element, node_id: str) -> None:
    for place, indicator in enumerate(elements(objective, "PerformanceIndicator"), start=1):
        found.at = indicator
        if not "".join(indicator.itertext()).strip():
            continue  # forms leave one behind that nobody filled in
        _words, notes = words_and_notes(text_in(indicator, "OtherInformation"))
        measure_id = found.id_of(indicator, f"{node_id}-m{place}")
        found.measures.append(_measure(found, indicator, (measure_id, node_id), notes))
        for instance in elements(indicator, "MeasurementInstance"):
            _read_instance(found, instance, measure_id)


def _measure(found: _Found, indicator: Element, ids: tuple[str, str], notes: Notes) -> Measure:
    unit = text_in(indicator, "UnitOfMeasurement")
    title = text_in(indicator, "MeasurementDimension") or unit or ids[0]
    told = "" if found.is_ours else text_in(indicator, "OtherInformation")
    return Measure(
        *ids,
        title=text_of(notes, "title", title),
        unit=text_of(notes, "unit", unit),
        polarity=text_of(notes, "polarity", "neutral"),
        value_chain_stage=indicator.get("ValueChainStage") or "Output",
        accumulation=text_of(notes, "accumulation", "level"),
        computed=text_of(notes, "computed"),
        rhythm_months=whole_of(notes, "rhythm_months", 12),
        decimals=whole_of(notes, "decimals", 0),
        weight=number_of(notes, "weight"),
        definition=text_of(notes, "definition", told),
    )


def _read_instance(found: _Found, instance: Element, measure_id: str) -> None:
    for result in elements(instance, "TargetResult"):
        found.at = result
        _read_target(found, result, measure_id)
    for result in elements(instance, "ActualResult"):
        found.at = result
        name, value = descriptor_of(result)
        if not found.is_ours or name == "relation":
            _read_actual(found, result, measure_id, value if found.is_ours else "")
        elif (name, value) == ("baseline", "given"):
            _read_baseline(found, result, measure_id)


def _read_target(found: _Found, result: Element, measure_id: str) -> None:
    words, notes = words_and_notes(text_in(result, "Description"))
    value, day = number_in(result), as_day(text_in(result, "EndDate"))
    if value is None:
        return  # a target in words alone makes no path
    name, standing = descriptor_of(result)
    is_ours = found.is_ours and name == "standing"
    found.targets.append(
        Target(
            measure_id=measure_id,
            on=day or found.ends_on,
            value=value,
            standing=standing if is_ours else "adopted",
            known_on=day_of(notes, "known_on") or found.starts_on,
            source_url=text_of(notes, "source_url"),
            note=text_of(notes, "note", "" if is_ours else words),
        )
    )


def _read_baseline(found: _Found, result: Element, measure_id: str) -> None:
    _words, notes = words_and_notes(text_in(result, "Description"))
    value, day = number_in(result), as_day(text_in(result, "EndDate"))
    if value is not None and day is not None:
        known_on = day_of(notes, "known_on") or day
        told = (text_of(notes, "source_url"), text_of(notes, "note"))
        found.baselines.append(Baseline(measure_id, day, value, known_on, *told))


def _read_actual(found: _Found, result: Element, measure_id: str, relation: str) -> None:
    words, notes = words_and_notes(text_in(result, "Description"))
    value, described = number_in(result), "" if found.is_ours else _described(result)
    day = as_day(text_in(result, "EndDate")) or as_day(text_in(result, "StartDate"))
    if value is None and not words:
        words, described = described, ""
    if value is None and not words and not relation:
        return
    usual = "exact" if value is not None else "words"
    stated = words if relation or words else f"{value:.15g}"
    found.actuals.append(
        Actual(
            measure_id=measure_id,
            period=text_of(notes, "period", day.isoformat() if day else "undated"),
            on=day,
            value=value,
            relation=relation or usual,
            as_stated=text_of(notes, "as_stated", stated),
            known_on=day_of(notes, "known_on") or day or found.today,
            note=text_of(notes, "note", described),
            source_url=text_of(notes, "source_url"),
            reported_by=text_of(notes, "reported_by"),
        )
    )


def _described(result: Element) -> str:
    """The descriptor of a result from elsewhere: "colour: amber"."""
    return ": ".join(part for part in descriptor_of(result) if part)
