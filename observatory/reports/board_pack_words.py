"""How a status in a board pack came about, and the rule behind it."""

from datetime import date

from observatory.domain.plan import Measure
from observatory.domain.plan_status import (
    DAYS_IN_A_MONTH,
    OVERDUE,
    POINTS,
    UNKNOWN,
    Assessment,
    CutPoints,
)
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.views.plan_words import arithmetic, pace_text, plan_status_word, why_words
from observatory.views.words import joined_text, number_text, share_words

MOST_DECIMALS = 6


def count_words(counts: dict[str, int]) -> str:
    """How many have which status, in the order given: "1 achieved, 3 late, and 2 unknown"."""
    words = {OVERDUE: _("{count} with data overdue")}
    return joined_text(
        [
            words.get(status, _("{count} {status}")).format(
                count=number_text(count), status=plan_status_word(status).lower()
            )
            for status, count in counts.items()
            if count
        ]
    )


def reason_words(reason: str) -> str:
    """Why there is no status, as a heading over those it holds for."""
    return {
        "no_direction": _("Neither more nor less is better"),
        "no_target": _("No target is known"),
        "no_actual": _("No figure from the plan’s years"),
        "no_baseline": _("No baseline to measure the way from"),
        "path_not_begun": _("The path has not begun"),
        "bound": _("A lower bound, which may be worse"),
        "too_old": _("The last figure is too old"),
        "nothing_below": _("Nothing is counted"),
        "no_weight": _("Nothing below has any weight"),
    }.get(reason, reason)


def sentence(words: str) -> str:
    """Half a sentence as a whole one."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def plain(value: float) -> str:
    """A number with as many decimals as it needs, six at most."""
    for decimals in range(MOST_DECIMALS):
        if abs(round(value, decimals) - value) < 0.5 * 10**-MOST_DECIMALS:
            return number_text(value, decimals)
    return number_text(value, MOST_DECIMALS)


def measure_steps(measure: Measure, found: Assessment) -> tuple[str, ...]:
    """How the status of a measure came about: why, then each step of the arithmetic."""
    steps = [f"{what}: {words}." for what, words in arithmetic(measure, found)]
    return (sentence(why_words(measure, found)), *steps)


def level_steps(found: Assessment, cuts: CutPoints) -> str:
    """How the status of a level came about from those below it; why there is none."""
    if found.known_share is None:
        return sentence(why_words(None, found))
    known = _("{share} of the weight below has a status; {needed} needed.").format(
        share=share_words(found.known_share), needed=share_words(cuts.known)
    )
    if found.score is None:
        return known
    weights = dict.fromkeys(sorted(set(POINTS.values()), reverse=True), 0.0)
    for _key, weight, status in found.parts:
        if status in POINTS:
            weights[POINTS[status]] += weight
    terms = " + ".join(
        f"{plain(weight)} × {plain(points)}" for points, weight in weights.items() if weight
    )
    mean = _("Mean of points: ({terms}) ÷ {weight} = {score}.").format(
        terms=terms, weight=plain(sum(weights.values())), score=pace_text(found.score, 3)
    )
    return f"{mean} {known}"


def rule_words(cuts: CutPoints) -> tuple[str, ...]:
    """The rule of status, a few sentences in each paragraph."""
    return (
        _(
            "A measure is held against a straight path from its baseline B to its target T. On "
            "the day of its newest figure A the path asks for E = B + (T − B) × days gone ÷ days, "
            "and the pace is S = (A − B) ÷ (E − B)."
        ),
        _(
            "Achieved: the target is met. On track: S of {on_track} or more. Off pace: S of "
            "{off_pace} or more. Late: less. {overdue}: the newest figure is older than {periods} "
            "times the rhythm of the measure, a month counted as {month_days} days, unless the "
            "target is reached for good: by the figure of its day, or by a total that only grows. "
            "{unknown}: target, figure or baseline is missing, or neither direction is better."
        ).format(
            on_track=number_text(cuts.on_track, 2),
            off_pace=number_text(cuts.off_pace, 2),
            periods=plain(cuts.overdue_periods),
            month_days=number_text(DAYS_IN_A_MONTH, 4),
            overdue=plan_status_word(OVERDUE),
            unknown=plan_status_word(UNKNOWN),
        ),
        _(
            "What stands above measures has the mean of the points of those below, by their "
            "weights: achieved and on track 1, off pace 0.5, late 0. On track from {on_track}, "
            "off pace from {off_pace}; achieved only where all are. What is unknown or overdue "
            "gives no points, and at least {known} of the weight must have a status."
        ).format(
            on_track=number_text(cuts.node_on_track, 2),
            off_pace=number_text(cuts.node_off_pace, 2),
            known=share_words(cuts.known),
        ),
    )


def measures_text(count: int) -> str:
    """A number of measures in words."""
    return ngettext("{count} measure", "{count} measures", count).format(count=number_text(count))


def is_told_by(stated_on: str, day: date) -> bool:
    """Whether what is stated of "2023", "2023-06" or "2023-06-12" was so by a day."""
    return stated_on <= day.isoformat()[: len(stated_on)]
