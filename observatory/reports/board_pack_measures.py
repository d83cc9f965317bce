"""Measures in a board pack: their figures as texts, and those that need talk."""

from datetime import date

from observatory.domain.plan import Actual, Measure
from observatory.domain.plan_figures import series
from observatory.domain.plan_status import LATE, OFF_PACE, Assessment, Inputs, Point
from observatory.language import gettext as _
from observatory.reports.board_pack_marks import path_picture
from observatory.reports.board_pack_sources import Sources, stated_on
from observatory.reports.board_pack_texts import (
    BoardPack,
    FigureText,
    MeasureText,
    StatusText,
    TalkText,
)
from observatory.reports.board_pack_words import (
    day_text,
    measure_arithmetic,
    plain,
    related,
    status_word,
)
from observatory.views.words import number_text

NOTHING = FigureText("–")


def status_text(found: Assessment) -> StatusText:
    """The status of a node in words."""
    return StatusText(found.status, status_word(found.status), found.has_illustrative)


def measure_text(pack: BoardPack, measure: Measure, sources: Sources) -> MeasureText:
    """A measure with its figures as they are printed."""
    found = pack.assessments[measure.measure_id]
    inputs = found.inputs or Inputs(pack.on, measure.polarity, measure.rhythm_months)
    return MeasureText(
        measure.measure_id,
        measure.title,
        measure.unit,
        _baseline(measure, inputs, sources),
        _target(measure, inputs, sources),
        _actual(pack, measure, inputs, sources),
        status_text(found),
        measure_arithmetic(found, measure.decimals, pack.cuts),
    )


def _baseline(measure: Measure, inputs: Inputs, sources: Sources) -> FigureText:
    if inputs.baseline is None:
        return NOTHING
    return FigureText(
        number_text(inputs.baseline.value, measure.decimals),
        day_text(inputs.baseline.on),
        sources.of_baseline(measure, inputs),
    )


def _target(measure: Measure, inputs: Inputs, sources: Sources) -> FigureText:
    if inputs.target is None:
        return NOTHING
    return FigureText(
        number_text(inputs.target.value, measure.decimals),
        day_text(inputs.target.on),
        sources.of_target(measure, inputs),
        is_ours=inputs.standing == "illustrative",
    )


def _actual(pack: BoardPack, measure: Measure, inputs: Inputs, sources: Sources) -> FigureText:
    if inputs.actual is None:
        return _last_stated(pack, measure, inputs, sources)
    stated = stated_on(pack.plan, measure, inputs.actual.on)
    value = related(inputs.actual.value, inputs.relation, measure.decimals)
    return FigureText(
        value,
        _about(measure, stated, value, inputs.actual.on),
        sources.of_actuals(measure, inputs.actual.on),
    )


def _about(measure: Measure, stated: list[Actual], value: str, day: date) -> str:
    """The period of a figure, with the words of its source where these say more."""
    if measure.accumulation == "cumulative":
        return _("sum to {day}").format(day=day_text(day))
    if not stated:
        return day_text(day)
    words = stated[-1].as_stated
    if not words or words in {value, plain(stated[-1].value or 0.0).replace(",", "")}:
        return stated[-1].period
    return f"{stated[-1].period}: “{words}”"


def _last_stated(
    pack: BoardPack, measure: Measure, inputs: Inputs, sources: Sources
) -> FigureText:  # fmt: skip
    """Where no figure counts: what was said last, unless the baseline says it already."""
    said = [
        one
        for one in pack.plan.actuals
        if one.measure_id == measure.measure_id
        and (inputs.baseline is None or one.on is None or one.on > inputs.baseline.on)
    ]
    if not said:
        return NOTHING
    last = max(said, key=lambda one: (one.on or date.min, one.known_on))
    words = _("last said: “{words}”, {period}").format(words=last.as_stated, period=last.period)
    return FigureText("–", words, sources.of_actual(measure, last))


def talk_text(pack: BoardPack, measure: Measure, trail: str, sources: Sources) -> TalkText:
    """A measure that needs talk, with its path."""
    found = pack.assessments[measure.measure_id]
    points = series(pack.plan, measure).points
    inputs = found.inputs or Inputs(pack.on, measure.polarity, measure.rhythm_months)
    return TalkText(
        measure_text(pack, measure, sources),
        trail,
        _why(found, inputs, measure),
        path_picture(inputs, found.expected, points),
        _picture_words(inputs, found.expected, points, measure),
    )


def _why(found: Assessment, inputs: Inputs, measure: Measure) -> str:
    """Why it needs talk, in a sentence without any symbols."""
    if inputs.actual is None or inputs.target is None:
        return ""
    words = {
        LATE: _("{actual} {unit} on {day}, where the straight path asks for {expected}: late."),
        OFF_PACE: _(
            "{actual} {unit} on {day}, where the straight path asks for {expected}: off pace."
        ),
    }.get(
        found.status,
        _("The newest figure, {actual} {unit}, is of {day}: too old to tell a status."),
    )
    asked = inputs.target.value if found.expected is None else found.expected
    return words.format(
        actual=related(inputs.actual.value, inputs.relation, measure.decimals),
        unit=measure.unit,
        day=day_text(inputs.actual.on),
        expected=plain(round(asked, measure.decimals + 1)),
    )


def _picture_words(
    inputs: Inputs, expected: float | None, points: tuple[Point, ...], measure: Measure
) -> str:
    """What the picture of the path shows, for those who do not see it."""
    start, aim = inputs.baseline, inputs.target
    if start is None or aim is None or inputs.actual is None:
        return ""
    figures = "; ".join(
        f"{number_text(point.value, measure.decimals)} ({day_text(point.on)})"
        for point in points
        if point.on > start.on
    )
    asked = inputs.actual.value if expected is None else expected
    return _(
        "Path of {title}: from {start} on {start_day} to {aim} on {aim_day}. Figures: {figures}. "
        "Asked for on {day}: {expected}."
    ).format(
        title=measure.title,
        start=number_text(start.value, measure.decimals),
        start_day=day_text(start.on),
        aim=number_text(aim.value, measure.decimals),
        aim_day=day_text(aim.on),
        figures=figures,
        day=day_text(inputs.actual.on),
        expected=plain(round(asked, measure.decimals + 1)),
    )
