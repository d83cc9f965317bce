"""Which figures of a plan stand at a date: baseline, target, actual and forecast of a measure."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.special import stdtrit

from observatory.domain.plan import BOUNDS, Actual, Measure, Plan, Target
from observatory.domain.plan_status import TOLERANCE, Inputs, Point

STANDING_ORDER = ("official", "adopted", "illustrative")
FEWEST_POINTS = 3
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Series:
    """The figures of a measure that can be held against each other.

    Attributes:
        points: figures with a value and a day, oldest first; of a cumulative measure the sums
            since the plan's start.
        relations: the relation of each point.
    """

    points: tuple[Point, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Forecast:
    """A line through the figures, carried on to the end date.

    Attributes:
        on, value: the day and the value foretold. low, high: 95 of 100 such lines end between.
        points: how many figures it rests on.
        is_cut: whether the interval reached below zero and was cut there, as no figure ever did.
        why_not: "" where there is one; else "neutral", "too_few", "bounds",
            "newest_bound", "past" or "below".
    """

    on: date | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    points: int = 0
    is_cut: bool = False
    why_not: str = ""


def series(plan: Plan, measure: Measure) -> Series:
    """The figures of a measure in a plan that was cut to a date by `domain.plan_as_of`.

    Of several figures about the same day the one known last stands, and of those the last given.
    """
    own: dict[date, Actual] = {}
    for one in sorted(
        (a for a in plan.actuals if a.measure_id == measure.measure_id), key=lambda a: a.known_on
    ):
        if one.on is not None and one.value is not None:
            own[one.on] = one
    ordered = [own[day] for day in sorted(own)]
    if measure.accumulation != "cumulative":
        points = tuple(Point(float(one.value or 0.0), day) for day, one in sorted(own.items()))
        return Series(points, tuple(one.relation for one in ordered))
    return _summed(plan, ordered)


def _summed(plan: Plan, ordered: list[Actual]) -> Series:
    """The sums since the plan's start; a sum with a lower bound in it is a lower bound."""
    points: list[Point] = []
    relations: list[str] = []
    total, relation = 0.0, "exact"
    for one in ordered:
        if one.on is None or one.on < plan.starts_on:
            continue
        total += float(one.value or 0.0)
        relation = one.relation if one.relation in BOUNDS else relation
        points.append(Point(total, one.on))
        relations.append(relation)
    return Series(tuple(points), tuple(relations))


def baseline(plan: Plan, measure: Measure) -> Point | None:
    """Where a measure started: as given, else its last exact figure from before the plan.

    A cumulative measure starts at 0 on the plan's first day. A lower bound is no start: how far
    it is from there to the target is not known.
    """
    given = [one for one in plan.baselines if one.measure_id == measure.measure_id]
    if given:
        last = max(given, key=lambda one: one.known_on)
        return Point(last.value, last.on)
    if measure.accumulation == "cumulative":
        return Point(0.0, plan.starts_on)
    found = series(plan, measure)
    before = [
        point
        for point, relation in zip(found.points, found.relations, strict=True)
        if point.on < plan.starts_on and relation not in BOUNDS
    ]
    return before[-1] if before else None


def target(plan: Plan, measure: Measure, day: date) -> Target | None:
    """The target that counts on a day.

    Of several, the highest standing; then the next that falls due, or the last where all are
    past; then the one known last.
    """
    own = [one for one in plan.targets if one.measure_id == measure.measure_id]
    if not own:
        return None
    best = min(own, key=lambda one: STANDING_ORDER.index(one.standing)).standing
    own = [one for one in own if one.standing == best]
    coming = [one.on for one in own if one.on >= day]
    due = min(coming) if coming else max(one.on for one in own)
    return max((one for one in own if one.on == due), key=lambda one: one.known_on)


def inputs_of(plan: Plan, measure: Measure, day: date) -> Inputs:
    """What the status of a measure follows from on a day.

    The actual is the newest figure after the baseline; one from before the plan is none.

    Args:
        plan: cut to the day by `domain.plan_as_of`.
        measure: one of its measures.
        day: the day.
    """
    start = baseline(plan, measure)
    aim = target(plan, measure, day)
    found = series(plan, measure)
    newest = [
        (point, relation)
        for point, relation in zip(found.points, found.relations, strict=True)
        if point.on >= plan.starts_on and (start is None or point.on > start.on)
    ]
    actual, relation = newest[-1] if newest else (None, "exact")
    return Inputs(
        as_of=day,
        polarity=measure.polarity,
        rhythm_months=measure.rhythm_months,
        accumulation=measure.accumulation,
        baseline=start,
        target=Point(aim.value, aim.on) if aim else None,
        actual=actual,
        standing=aim.standing if aim else "",
        relation=relation,
    )


def forecast(plan: Plan, measure: Measure, end: date) -> Forecast:
    """A least-squares line through all figures, at the end date, with its prediction interval.

    Lower bounds are no points, and after one nothing is foretold: a line through what was known
    before might end below what is there already. No forecast with fewer than FEWEST_POINTS
    figures, with the newest at or after the end, or where no direction is better, since nothing
    would follow from it. Where no figure ever was below zero the interval is cut there, and there
    is no forecast where the line itself ends below.
    """
    if measure.polarity == "neutral":
        return Forecast(why_not="neutral")
    found = series(plan, measure)
    exact = [
        point
        for point, relation in zip(found.points, found.relations, strict=True)
        if relation not in BOUNDS
    ]
    if len(exact) < FEWEST_POINTS:
        why = "bounds" if len(found.points) >= FEWEST_POINTS else "too_few"
        return Forecast(points=len(exact), why_not=why)
    if found.relations[-1] in BOUNDS:
        return Forecast(points=len(exact), why_not="newest_bound")
    if exact[-1].on >= end:
        return Forecast(points=len(exact), why_not="past")
    days = np.array([point.on.toordinal() for point in exact], dtype="float64")
    values = np.array([point.value for point in exact])
    ahead = _line(days, values, end)
    return ahead if (values < 0).any() else _cut_at_zero(ahead)


def _cut_at_zero(ahead: Forecast) -> Forecast:
    """Of what can only be counted: nothing below zero."""
    if (ahead.value or 0.0) < -TOLERANCE:
        return Forecast(points=ahead.points, why_not="below")
    if (ahead.low or 0.0) < -TOLERANCE:
        return replace(ahead, low=0.0, is_cut=True)
    return ahead


def _line(days: "np.ndarray", values: "np.ndarray", end: date) -> Forecast:
    count, x = len(days), float(end.toordinal())
    spread = float(((days - days.mean()) ** 2).sum())
    slope = float(((days - days.mean()) * (values - values.mean())).sum()) / spread
    at_end = float(values.mean() + slope * (x - days.mean()))
    left = values - (values.mean() + slope * (days - days.mean()))
    error = float(np.sqrt((left**2).sum() / (count - 2)))
    reach = float(stdtrit(count - 2, 0.5 + CONFIDENCE / 2)) * error
    half = reach * float(np.sqrt(1 + 1 / count + (x - days.mean()) ** 2 / spread))
    return Forecast(end, at_end, at_end - half, at_end + half, count)
