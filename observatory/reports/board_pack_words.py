"""The status of the plan in words: what it is, why, and the arithmetic behind it."""

from collections.abc import Sequence
from datetime import date

from observatory.domain.plan_status import (
    ACHIEVED,
    DAYS_IN_A_MONTH,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    POINTS,
    UNKNOWN,
    Assessment,
    CutPoints,
    Inputs,
)
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.views.words import date_text, number_text, share_words

MOST_DECIMALS = 6


def status_word(status: str) -> str:
    """A status in a word or two."""
    return {
        ACHIEVED: _("Achieved"),
        ON_TRACK: _("On track"),
        OFF_PACE: _("Off pace"),
        LATE: _("Late"),
        OVERDUE: _("Overdue"),
        UNKNOWN: _("Unknown"),
    }.get(status, status)


def count_words(status: str, count: int) -> str:
    """How many measures have a status: "3 on track"."""
    number = number_text(count)
    return {
        ACHIEVED: _("{count} achieved"),
        ON_TRACK: _("{count} on track"),
        OFF_PACE: _("{count} off pace"),
        LATE: _("{count} late"),
        OVERDUE: _("{count} overdue"),
        UNKNOWN: _("{count} unknown"),
    }[status].format(count=number)


def reason_words(reason: str) -> str:
    """Why a node has no status, as a heading over those it holds for."""
    return {
        "no_direction": _("Neither more nor less is better"),
        "no_target": _("No target"),
        "no_actual": _("No figure since the plan began"),
        "no_baseline": _("No baseline, so no path"),
        "path_not_begun": _("The path has not begun"),
        "too_old": _("The last figure is too old"),
        "nothing_below": _("Nothing is counted"),
        "no_weight": _("Nothing below has any weight"),
        "too_little_known": _("Too little is known below"),
    }.get(reason, reason)


def plain(value: float) -> str:
    """A number with as many decimals as it needs, six at most."""
    for decimals in range(MOST_DECIMALS):
        if abs(round(value, decimals) - value) < 0.5 * 10**-MOST_DECIMALS:
            return number_text(value, decimals)
    return number_text(value, MOST_DECIMALS)


def index_text(value: float, cuts: Sequence[float]) -> str:
    """An index with two decimals, or more where two would put it on the other side of a cut."""
    for decimals in range(2, MOST_DECIMALS):
        shown = round(value, decimals)
        if all((shown >= cut) == (value >= cut) for cut in cuts):
            return number_text(value, decimals)
    return number_text(value, MOST_DECIMALS)


def related(value: float, relation: str, decimals: int) -> str:
    """A figure with what its source says of how exact it is: "over 380"."""
    number = number_text(value, decimals)
    return {
        "over": _("over {number}"),
        "at_least": _("at least {number}"),
        "about": _("about {number}"),
        "derived": _("{number}, derived"),
    }.get(relation, "{number}").format(number=number)


def day_text(day: date) -> str:
    """A day as the reader's language writes it."""
    return date_text(day.isoformat())


def measure_arithmetic(found: Assessment, decimals: int, cuts: CutPoints) -> tuple[str, ...]:
    """How the status of a measure came about, a step in each line; why there is none."""
    inputs = found.inputs
    if inputs is None:
        return ()
    if found.reason in {"reached", "not_held"}:
        return (_reached_words(found, inputs, decimals),)
    if found.status == UNKNOWN:
        return (reason_words(found.reason),)
    steps = []
    if found.schedule is not None:
        steps += [_expected_words(found, inputs, decimals), _schedule_words(found, decimals, cuts)]
    if found.status == OVERDUE:
        steps.append(_age_words(found, inputs, cuts))
    return tuple(steps)


def _reached_words(found: Assessment, inputs: Inputs, decimals: int) -> str:
    actual, target = inputs.actual, inputs.target
    if actual is None or target is None:
        raise ValueError(f"expected figures behind {found.reason}, found none: {found.node_id}")
    words = {
        ("reached", "up"): _("A = {actual}, at least T = {target}."),
        ("reached", "down"): _("A = {actual}, at most T = {target}."),
        ("not_held", "up"): _("T = B = {target} was to be held; A = {actual} is less."),
        ("not_held", "down"): _("T = B = {target} was not to be passed; A = {actual} is more."),
    }[found.reason, inputs.polarity]
    return words.format(
        actual=related(actual.value, inputs.relation, decimals),
        target=number_text(target.value, decimals),
    )


def _expected_words(found: Assessment, inputs: Inputs, decimals: int) -> str:
    """E, the value the straight path asks for on the day of the figure."""
    start, aim, actual = inputs.baseline, inputs.target, inputs.actual
    if start is None or aim is None or actual is None or found.expected is None:
        raise ValueError(f"expected a path behind {found.node_id}, found none")
    if actual.on >= aim.on or aim.on <= start.on:
        return _("E = T = {target}.").format(target=number_text(aim.value, decimals))
    return _(
        "E = {start} + ({target} − {start}) × {gone} / {days} days = {expected}."
    ).format(
        start=plain(round(start.value, decimals + 2)),
        target=plain(round(aim.value, decimals + 2)),
        gone=number_text((actual.on - start.on).days),
        days=number_text((aim.on - start.on).days),
        expected=plain(round(found.expected, decimals + 2)),
    )  # fmt: skip


def _schedule_words(found: Assessment, decimals: int, cuts: CutPoints) -> str:
    """S, the way gone by the way the path asks for."""
    inputs = found.inputs
    if inputs is None or inputs.baseline is None or inputs.actual is None:
        raise ValueError(f"expected a schedule behind {found.node_id}, found none")
    if found.expected is None or found.schedule is None:
        raise ValueError(f"expected a schedule behind {found.node_id}, found none")
    return _("S = ({actual} − {start}) / ({expected} − {start}) = {schedule}.").format(
        actual=plain(round(inputs.actual.value, decimals + 2)),
        start=plain(round(inputs.baseline.value, decimals + 2)),
        expected=plain(round(found.expected, decimals + 2)),
        schedule=index_text(found.schedule, (cuts.on_track, cuts.off_pace)),
    )


def _age_words(found: Assessment, inputs: Inputs, cuts: CutPoints) -> str:
    if inputs.actual is None:
        raise ValueError(f"expected a figure behind {found.node_id}, found none")
    days = (inputs.as_of - inputs.actual.on).days
    allowed = cuts.overdue_periods * inputs.rhythm_months * DAYS_IN_A_MONTH
    return _(
        "By this figure {before}; it is {days} days old, and {allowed} are allowed."
    ).format(
        before=status_word(found.before_overdue).lower(),
        days=number_text(days),
        allowed=number_text(int(allowed)),
    )  # fmt: skip


def rolled_arithmetic(found: Assessment, cuts: CutPoints) -> str:
    """How the status of a node came about from those below it; why there is none."""
    if found.known_share is None:
        return reason_words(found.reason)
    known = _(
        "Known: {share} of the weight below, {needed} needed."
    ).format(share=share_words(found.known_share), needed=share_words(cuts.known))  # fmt: skip
    if found.score is None:
        return known
    weights = {points: 0.0 for points in sorted(set(POINTS.values()), reverse=True)}
    for _key, weight, status in found.parts:
        if status in POINTS:
            weights[POINTS[status]] += weight
    terms = " + ".join(
        f"{plain(weight)} × {plain(points)}" for points, weight in weights.items() if weight
    )
    mean = _("Mean of points: ({terms}) / {weight} = {score}.").format(
        terms=terms,
        weight=plain(sum(weights.values())),
        score=index_text(found.score, (cuts.node_on_track, cuts.node_off_pace)),
    )
    return f"{mean} {known}"


def rule_words(cuts: CutPoints) -> tuple[str, ...]:
    """The rule of status, a sentence or two in each paragraph."""
    return (
        _(
            "A measure is held against a straight path from its baseline B to its target T. On "
            "the day of its newest figure A the path asks for E = B + (T − B) × (days since B) / "
            "(days from B to T), and S = (A − B) / (E − B)."
        ),
        _(
            "Achieved: the target is met. On track: S of {on_track} or more. Off pace: S of "
            "{off_pace} or more. Late: less. Overdue: not achieved, and the newest figure is "
            "older than {periods} times the rhythm of the measure. Unknown: target, figure or "
            "baseline is missing, or neither direction is better."
        ).format(
            on_track=number_text(cuts.on_track, 2),
            off_pace=number_text(cuts.off_pace, 2),
            periods=plain(cuts.overdue_periods),
        ),
        _(
            "What stands above measures has the mean of the points of those below, by their "
            "weights: achieved and on track 1, off pace 0.5, late 0. On track from {on_track}, "
            "off pace from {off_pace}; achieved only where all are. Unknown and overdue give no "
            "points, and at least {known} of the weight must have a status."
        ).format(
            on_track=number_text(cuts.node_on_track, 2),
            off_pace=number_text(cuts.node_off_pace, 2),
            known=share_words(cuts.known),
        ),
    )


def measures_text(count: int) -> str:
    """A number of measures in words."""
    return ngettext("{count} measure", "{count} measures", count).format(count=number_text(count))
