"""The published rule by which a measure, and what stands above it, gets its status.

A measure is held against a straight path from its baseline to its target, at the day its newest
figure is about: S = (A - B) / (E - B), with E = B + (T - B) (t - t0) / (tT - t0). Whether more or
less is better needs no sign, since T - B carries it; a target that is no better than its baseline
has no path: it is to be held. What is not known makes no status but "unknown", and a status that
rests on figures too old is "overdue", whatever it was; but a target stays reached where nothing
later can undo it: reached by the figure of the target's day, or by a total that only grows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from observatory.domain.plan import BOUNDS, ROOT, Node

RULE_VERSION = "2026-11-24"
ACHIEVED, ON_TRACK, OFF_PACE, LATE = "achieved", "on_track", "off_pace", "late"
OVERDUE, UNKNOWN = "overdue", "unknown"
PLAN_STATUSES = (ACHIEVED, ON_TRACK, OFF_PACE, LATE, OVERDUE, UNKNOWN)
POINTS = {ACHIEVED: 1.0, ON_TRACK: 1.0, OFF_PACE: 0.5, LATE: 0.0}
DAYS_IN_A_MONTH = 30.4375
TOLERANCE = 1e-9  # of the arithmetic: 0.95 reached but for rounding is reached


@dataclass(frozen=True)
class CutPoints:
    """Where one status ends and the next begins: the settings of the rule, under its version.

    Attributes:
        on_track, off_pace: least S of a measure to be on track, and to be off pace only.
        overdue_periods: a figure older than so many rhythms is overdue.
        known: share of the weight below a node that must have a status, for the node to have one.
        node_on_track, node_off_pace: least mean of the points below a node.
    """

    on_track: float = 0.95
    off_pace: float = 0.60
    overdue_periods: float = 2.0
    known: float = 0.5
    node_on_track: float = 0.85
    node_off_pace: float = 0.5


CUT_POINTS = CutPoints()


@dataclass(frozen=True)
class Point:
    """A figure and the day it is about."""

    value: float
    on: date


@dataclass(frozen=True)
class Inputs:
    """What a measure's status follows from; None where it is not known.

    Attributes:
        as_of: the day the status is for.
        polarity, accumulation, rhythm_months: of the measure.
        baseline, target, actual: where it started, is to be, and is.
        standing: of the target; "" without one.
        relation: of the actual; "over" and "at_least" make it a lower bound.
    """

    as_of: date
    polarity: str
    rhythm_months: int
    accumulation: str = "level"
    baseline: Point | None = None
    target: Point | None = None
    actual: Point | None = None
    standing: str = ""
    relation: str = "exact"


@dataclass(frozen=True)
class Assessment:
    """The status of a node, and all that it follows from.

    Attributes:
        node_id: the node. status: one of PLAN_STATUSES.
        reason: the branch of the rule that gave the status. Of a measure: "reached", "pace",
            "not_held", "no_direction", "no_target", "no_actual", "no_baseline",
            "path_not_begun", "bound", "too_old". Of a node above: "roll_up", "nothing_below",
            "no_weight", "too_little_known".
        before_overdue: the status by the last figure, where the status is "overdue".
        inputs: of a measure; None for a node above.
        expected: E, what the path asks for on the day of the actual. schedule: S.
        progress: P, the share of the way from baseline to target; 1 or 0 where there is none.
        score: mean of the points below a node. known_share: share of the weight with a status.
        parts: of a node above: id, weight and status of each child, in order.
        has_illustrative: whether an illustrative target is behind the status.
        rule_version: of this rule.
    """

    node_id: str
    status: str
    reason: str
    before_overdue: str = ""
    inputs: Inputs | None = None
    expected: float | None = None
    schedule: float | None = None
    progress: float | None = None
    score: float | None = None
    known_share: float | None = None
    parts: tuple[tuple[str, float, str], ...] = field(default=())
    has_illustrative: bool = False
    rule_version: str = RULE_VERSION


def measure_status(node_id: str, inputs: Inputs, cuts: CutPoints = CUT_POINTS) -> Assessment:
    """The status of one measure."""
    found = _as_far_as_known(_by_figures(node_id, inputs, cuts), inputs)
    is_known = found.status != UNKNOWN and not is_settled(found, inputs)
    if is_known and is_overdue(inputs, cuts):
        found = replace(found, status=OVERDUE, reason="too_old", before_overdue=found.status)
    is_ours = inputs.standing == "illustrative" and found.status != UNKNOWN
    return replace(found, inputs=inputs, has_illustrative=is_ours)


def is_settled(found: Assessment, inputs: Inputs) -> bool:
    """Whether the target is reached for good: nothing later can undo it."""
    if found.status != ACHIEVED or inputs.actual is None or inputs.target is None:
        return False
    only_grows = inputs.accumulation == "cumulative" and inputs.polarity == "up"
    return only_grows or inputs.actual.on >= inputs.target.on


def is_overdue(inputs: Inputs, cuts: CutPoints = CUT_POINTS) -> bool:
    """Whether the newest figure is older than the rule allows; False where there is none."""
    if inputs.actual is None:
        return False
    return is_too_old(inputs.actual.on, inputs.as_of, inputs.rhythm_months, cuts)


def is_too_old(on: date, day: date, rhythm_months: int, cuts: CutPoints = CUT_POINTS) -> bool:
    """Whether a figure is older at a day than the rule allows by its rhythm."""
    allowed = cuts.overdue_periods * rhythm_months * DAYS_IN_A_MONTH
    return (day - on).days > allowed


def _by_figures(node_id: str, inputs: Inputs, cuts: CutPoints) -> Assessment:
    """The status before it is asked how old the figures are."""
    if inputs.polarity == "neutral":
        return Assessment(node_id, UNKNOWN, "no_direction")
    if inputs.target is None:
        return Assessment(node_id, UNKNOWN, "no_target")
    if inputs.actual is None:
        return Assessment(node_id, UNKNOWN, "no_actual")
    is_reached = _is_reached(inputs, inputs.actual.value, inputs.target.value)
    if inputs.baseline is None:
        status, reason = (ACHIEVED, "reached") if is_reached else (UNKNOWN, "no_baseline")
        return Assessment(node_id, status, reason)
    expected = expected_value(inputs.baseline, inputs.target, inputs.actual.on)
    way = 0.0 if is_held(inputs) else inputs.target.value - inputs.baseline.value
    gone = inputs.actual.value - inputs.baseline.value
    told = Assessment(node_id, ACHIEVED, "reached", expected=expected)
    told = replace(told, progress=gone / way if way else float(is_reached))
    asked = expected - inputs.baseline.value
    return told if is_reached else _on_the_way(told, gone, way, asked, cuts)


def is_held(inputs: Inputs) -> bool:
    """Whether the target is no better than the baseline: a level to hold, without a path."""
    if inputs.baseline is None or inputs.target is None:
        return False
    way = inputs.target.value - inputs.baseline.value
    return way >= 0 if inputs.polarity == "down" else way <= 0


def _as_far_as_known(found: Assessment, inputs: Inputs) -> Assessment:
    """Unknown where the truth may be worse than the status says; late is late in any case."""
    has_pace = found.status in {ON_TRACK, OFF_PACE, LATE}
    if not has_pace or not _may_be_worse(inputs) or not inputs.actual or not inputs.target:
        return found
    is_late = found.status == LATE and inputs.actual.value > inputs.target.value
    return found if is_late else replace(found, status=UNKNOWN, reason="bound")


def _may_be_worse(inputs: Inputs) -> bool:
    """Whether the figure is a lower bound where less is better: the truth is as good, or worse."""
    return inputs.polarity == "down" and inputs.relation in BOUNDS


def _on_the_way(
    told: Assessment, gone: float, way: float, asked: float, cuts: CutPoints
) -> Assessment:
    """The status of a measure that has not reached its target; `asked` is E - B."""
    if not way:
        return replace(told, status=LATE, reason="not_held")
    if abs(asked) <= TOLERANCE * abs(way):
        return replace(told, status=UNKNOWN, reason="path_not_begun")
    schedule = gone / asked
    return replace(told, status=_by_pace(schedule, cuts), reason="pace", schedule=schedule)


def _is_reached(inputs: Inputs, actual: float, target: float) -> bool:
    """Whether the target is met; a lower bound cannot say so where less is better."""
    if inputs.polarity == "down":
        return actual <= target and not _may_be_worse(inputs)
    return actual >= target


def _by_pace(schedule: float, cuts: CutPoints) -> str:
    if schedule >= cuts.on_track - TOLERANCE:
        return ON_TRACK
    return OFF_PACE if schedule >= cuts.off_pace - TOLERANCE else LATE


def expected_value(baseline: Point, target: Point, day: date) -> float:
    """E: what the straight path from baseline to target asks for on a day, held at its ends."""
    if target.on <= baseline.on:
        return target.value
    share = (min(max(day, baseline.on), target.on) - baseline.on) / (target.on - baseline.on)
    return baseline.value + (target.value - baseline.value) * share


def rolled_up(
    node_id: str,
    parts: Sequence[tuple[str, float | None, Assessment]],
    cuts: CutPoints = CUT_POINTS,
) -> Assessment:
    """The status of a node from those below it: the mean of their points by their weights.

    Args:
        node_id: the node.
        parts: id, weight and assessment of each child. A weight of None counts as 1; one of 0
            leaves the child out. What is unknown or overdue gives no points, but its weight
            stays in the count of what is not known.
        cuts: the cut points.
    """
    weighed = tuple((key, 1.0 if w is None else w, found) for key, w, found in parts)
    told = tuple((key, weight, found.status) for key, weight, found in weighed)
    whole = sum(weight for _, weight, _ in told)
    result = Assessment(node_id, UNKNOWN, "roll_up", parts=told)
    if not told:
        return replace(result, reason="nothing_below")
    if whole <= 0:
        return replace(result, reason="no_weight")
    known = [(weight, POINTS[status]) for _, weight, status in told if status in POINTS]
    known_weight = sum(weight for weight, _ in known)
    result = replace(result, known_share=known_weight / whole)
    if known_weight <= 0 or known_weight / whole < cuts.known - TOLERANCE:
        return replace(result, reason="too_little_known")
    score = sum(weight * points for weight, points in known) / known_weight
    statuses = {status for _, weight, status in told if weight > 0}
    status = ACHIEVED if statuses == {ACHIEVED} else _by_score(score, cuts)
    is_ours = any(one.has_illustrative and one.status in POINTS and w > 0 for _, w, one in weighed)
    return replace(result, status=status, score=score, has_illustrative=is_ours)


def _by_score(score: float, cuts: CutPoints) -> str:
    if score >= cuts.node_on_track - TOLERANCE:
        return ON_TRACK
    return OFF_PACE if score >= cuts.node_off_pace - TOLERANCE else LATE


def assessments(
    nodes: Mapping[str, Node], inputs: Mapping[str, Inputs], cuts: CutPoints = CUT_POINTS
) -> dict[str, Assessment]:
    """The status of every node, from the measures up.

    Args:
        nodes: as `domain.plan.tree`.
        inputs: by measure_id.
        cuts: the cut points.

    Returns:
        By node_id, in the order of `nodes`.
    """
    found: dict[str, Assessment] = {}

    def settle(node_id: str) -> Assessment:
        node = nodes[node_id]
        if node.kind == "measure":
            found[node_id] = measure_status(node_id, inputs[node_id], cuts)
        else:
            parts = [(child, nodes[child].weight, settle(child)) for child in node.children]
            found[node_id] = rolled_up(node_id, parts, cuts)
        return found[node_id]

    settle(ROOT)
    return {node_id: found[node_id] for node_id in nodes}
