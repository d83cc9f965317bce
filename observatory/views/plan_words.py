"""The plan in words: statuses, the rule's branches, periods, relations, standings."""

import math
from datetime import date

from observatory.domain.plan import Actual, Measure
from observatory.domain.plan_figures import Forecast
from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    TOLERANCE,
    UNKNOWN,
    Assessment,
    is_held,
)
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.views.words import date_text, number_text, share_words


def plan_status_word(status: str) -> str:
    """A status in a word or two."""
    return {
        ACHIEVED: _("Achieved"),
        ON_TRACK: _("On track"),
        OFF_PACE: _("Off pace"),
        LATE: _("Late"),
        OVERDUE: _("Data overdue"),
        UNKNOWN: _("Unknown"),
    }[status]


def level_word(kind: str) -> str:
    """The level of a node in a word."""
    return {
        "plan": _("plan"),
        "objective": _("objective"),
        "line": _("line of action"),
        "initiative": _("initiative"),
        "measure": _("measure"),
    }[kind]


def initiative_kind_word(kind: str) -> str:
    """A kind of initiative in words."""
    return {
        "congress": _("congress"),
        "forum": _("forum"),
        "campaign": _("campaign"),
        "knowledge": _("knowledge"),
        "learning": _("learning"),
        "community": _("community of practice"),
        "project": _("projects"),
        "award": _("award"),
        "cross_cutting": _("cross-cutting"),
        "membership": _("membership"),
        "body": _("statutory bodies"),
    }.get(kind, kind)


def stage_word(stage: str) -> str:
    """How far an initiative is."""
    return {
        "planned": _("planned"),
        "under_way": _("under way"),
        "done": _("done"),
        "stopped": _("stopped"),
        "unknown": _("not on record"),
    }[stage]


def standing_word(standing: str) -> str:
    """Whose target it is."""
    return {
        "official": _("official"),
        "adopted": _("adopted here"),
        "illustrative": _("illustrative"),
    }[standing]


def polarity_word(polarity: str) -> str:
    """Which direction is better."""
    return {
        "up": _("more is better"),
        "down": _("less is better"),
        "neutral": _("no better direction"),
    }[polarity]


def accumulation_word(accumulation: str) -> str:
    """How figures of several periods stand together."""
    return {
        "level": _("each figure is of its day; the newest stands"),
        "periodic": _("each figure is of its own period; the newest stands"),
        "cumulative": _("each figure adds to those before it since the plan’s start"),
    }[accumulation]


def chain_word(stage: str) -> str:
    """A stage of the value chain."""
    return {
        "Input": _("input"),
        "Input_Processing": _("input processing"),
        "Output": _("output"),
        "Output_Processing": _("output processing"),
        "Outcome": _("outcome"),
    }[stage]


def figure_text(measure: Measure, value: float, relation: str = "exact") -> str:
    """A figure of a measure with its unit: "over 380 experiences"."""
    number = number_text(value, measure.decimals)
    bound = {
        "over": _("over {number}"),
        "at_least": _("at least {number}"),
        "about": _("about {number}"),
    }.get(relation, "{number}")
    unit = measure.unit
    joint = " " if unit else ""
    return f"{bound.format(number=number)}{joint}{unit}"


def actual_text(measure: Measure, actual: Actual) -> str:
    """An actual as a figure, or in the words of its source where it is none."""
    if actual.value is None:
        return _("“{words}”").format(words=actual.as_stated)
    return figure_text(measure, actual.value, actual.relation)


def day_text(day: date | None) -> str:
    """A day for the reader; a dash where there is none."""
    return date_text(day.isoformat()) if day else "–"


def why_words(measure: Measure | None, found: Assessment) -> str:
    """Why a node has its status, in half a sentence."""
    if found.inputs is not None and measure is not None:
        return _measure_why(measure, found)
    known = share_words(found.known_share) if found.known_share is not None else ""
    if found.reason == "roll_up":
        return _("points {score} of 1; {known} of the weight is known").format(
            score=pace_text(found.score or 0.0), known=known
        )
    return {
        "nothing_below": _("no measure on record"),
        "no_weight": _("nothing below it has a weight"),
        "too_little_known": _("{known} of the weight below has a status").format(known=known)
        if found.known_share
        else _("nothing below it has a status"),
    }[found.reason]


def _measure_why(measure: Measure, found: Assessment) -> str:
    inputs = found.inputs
    if inputs is None:
        return ""
    actual = ""
    if inputs.actual is not None:
        value = figure_text(measure, inputs.actual.value, inputs.relation)
        actual = _("{value} by {day}").format(value=value, day=day_text(inputs.actual.on))
    target = figure_text(measure, inputs.target.value) if inputs.target is not None else ""
    expected = number_text(found.expected, measure.decimals) if found.expected is not None else ""
    words = {
        "actual": actual,
        "target": target,
        "expected": expected,
        "before": plan_status_word(found.before_overdue) if found.before_overdue else "",
        "pace": pace_text(found.schedule) if found.schedule is not None else "",
    }
    return _WHY[found.reason]().format(**words)


_WHY = {
    "reached": lambda: _("{actual}, target {target}"),
    "pace": lambda: _("{actual}; the path asks for {expected}: pace {pace}"),
    "not_held": lambda: _("{actual}; {target} was to be held"),
    "no_direction": lambda: _("no direction is better"),
    "no_target": lambda: _("no target is known"),
    "no_actual": lambda: _("no figure from the plan’s years"),
    "no_baseline": lambda: _("{actual}, but nothing to measure the way from"),
    "path_not_begun": lambda: _("the path has not begun"),
    "bound": lambda: _("{actual}, a lower bound: it may be worse; target {target}"),
    "too_old": lambda: _("{actual} ({before} then); nothing since"),
}


def arithmetic(measure: Measure, found: Assessment) -> list[tuple[str, str]]:
    """How a measure's status comes about, step by step: (what, with the numbers put in)."""
    inputs = found.inputs
    if inputs is None:
        return []
    steps: list[tuple[str, str]] = []
    places = max(measure.decimals, 1)
    base, aim, actual = inputs.baseline, inputs.target, inputs.actual
    if base and aim and actual and found.expected is not None:
        values = {
            "b": number_text(base.value, measure.decimals),
            "t": number_text(aim.value, measure.decimals),
            "a": number_text(actual.value, measure.decimals),
            "e": number_text(found.expected, places + 1),
            "gone": number_text((min(max(actual.on, base.on), aim.on) - base.on).days),
            "days": number_text((aim.on - base.on).days),
        }
        steps.append(
            (
                _("Expected on {day}").format(day=day_text(actual.on)),
                _("E = B + (T − B) × days gone ÷ days = {b} + ({t} − {b}) × {gone} ÷ {days} = {e}")
                .format(**values),
            )
        )  # fmt: skip
        if found.progress is not None and not is_held(inputs):
            words = _("P = (A − B) ÷ (T − B) = ({a} − {b}) ÷ ({t} − {b}) = {p}")
            steps.append((_("Way gone"), words.format(**values, p=pace_text(found.progress, 3))))
        if found.schedule is not None:
            words = _("S = (A − B) ÷ (E − B) = ({a} − {b}) ÷ ({e} − {b}) = {s}")
            steps.append((_("Pace"), words.format(**values, s=pace_text(found.schedule, 3))))
    return steps


def forecast_words(measure: Measure, ahead: Forecast) -> str:
    """The forecast with its interval, or why there is none; "" where none is asked for."""
    if ahead.on is not None and ahead.value is not None:
        words = (
            _(
                "If it went on along a line through its {count} figures: {value} on {day}, 95 of "
                "100 between {low} (none was ever below) and {high}."
            )
            if ahead.is_cut
            else _(
                "If it went on along a line through its {count} figures: {value} on {day}, 95 of "
                "100 between {low} and {high}."
            )
        )
        return words.format(
            count=number_text(ahead.points),
            value=figure_text(measure, ahead.value),
            day=day_text(ahead.on),
            low=number_text(ahead.low or 0.0, measure.decimals),
            high=number_text(ahead.high or 0.0, measure.decimals),
        )
    return {
        "neutral": "",
        "too_few": _("No forecast: it takes three figures, there are {count}."),
        "bounds": _("No forecast: of its figures only {count} are more than lower bounds."),
        "newest_bound": _("No forecast: its newest figure is a lower bound."),
        "below": _("No forecast: a line through its {count} figures would end below zero."),
        "past": _("No forecast: its newest figure is of the plan’s end, or after it."),
    }[ahead.why_not].format(count=number_text(ahead.points))


def pace_text(value: float, decimals: int = 2) -> str:
    """A pace, or the points of a level, rounded down.

    So it never seems to reach a cut point that it has not reached: 0.949 is 0.94.
    """
    unit = 10**decimals
    return number_text(math.floor((value + TOLERANCE) * unit) / unit, decimals)


def months_text(months: float) -> str:
    """A number of months as a span of time."""
    whole = round(months)
    return ngettext("{count} month", "{count} months", whole).format(count=number_text(whole))
