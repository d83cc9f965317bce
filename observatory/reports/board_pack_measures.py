"""Measures in a board pack: their figures as texts, and those that need talk."""

from collections.abc import Sequence
from datetime import date

from observatory.domain.plan import Actual, Measure, Node, path_to
from observatory.domain.plan_figures import forecast, series
from observatory.domain.plan_review import need_talk
from observatory.domain.plan_status import Assessment, Inputs, Point
from observatory.language import gettext as _
from observatory.reports.board_pack_path import path_picture
from observatory.reports.board_pack_sources import Sources, stated_on
from observatory.reports.board_pack_texts import (
    BoardPack,
    FigureText,
    MeasureText,
    StatusText,
    TalkText,
)
from observatory.reports.board_pack_words import measure_steps
from observatory.views.plan_words import (
    day_text,
    figure_text,
    forecast_words,
    plan_status_word,
)
from observatory.views.words import number_text

NOTHING = FigureText("–")


def status_text(found: Assessment) -> StatusText:
    """The status of a node in words."""
    return StatusText(found.status, plan_status_word(found.status), found.has_illustrative)


def measure_text(pack: BoardPack, measure: Measure, sources: Sources) -> MeasureText:
    """A measure with its figures as they are printed."""
    found = pack.assessments[measure.measure_id]
    inputs = _inputs(found)
    ahead = forecast(pack.plan, measure, pack.plan.ends_on)
    told = forecast_words(measure, ahead)
    return MeasureText(
        measure.measure_id,
        measure.title,
        measure.unit,
        _baseline(measure, inputs, sources),
        _target(measure, inputs, sources),
        _actual(pack, measure, inputs, sources),
        status_text(found),
        (*measure_steps(measure, found), told) if ahead.on else measure_steps(measure, found),
        "" if ahead.on else told,
    )


def _inputs(found: Assessment) -> Inputs:
    if found.inputs is None:
        raise ValueError(f"expected the inputs of a measure, found none: {found.node_id}")
    return found.inputs


def _baseline(measure: Measure, inputs: Inputs, sources: Sources) -> FigureText:
    if inputs.baseline is None:
        return NOTHING
    value = number_text(inputs.baseline.value, measure.decimals)
    about = day_text(inputs.baseline.on)
    return FigureText(value, about, sources.of_baseline(measure, inputs))


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
    value = figure_text(measure, inputs.actual.value, inputs.relation)
    value = value.removesuffix(measure.unit).rstrip()
    return FigureText(
        value,
        _about(pack, measure, inputs.actual, value),
        sources.of_actuals(measure, inputs.actual.on),
    )


def _about(pack: BoardPack, measure: Measure, actual: Point, value: str) -> str:
    """The period of a figure, with the words of its source where these say more."""
    if measure.accumulation == "cumulative":
        return _("sum to {day}").format(day=day_text(actual.on))
    stated = stated_on(pack.plan, measure, actual.on)
    if not stated:
        return day_text(actual.on)
    last = stated[-1]
    says_no_more = last.as_stated.replace(",", "") in {"", value.replace(",", "")}
    if measure.computed or says_no_more:
        return last.period
    return f"{last.period}: “{last.as_stated}”"


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
    last = max(said, key=_newest)
    words = _("last said: “{words}”, {period}").format(words=last.as_stated, period=last.period)
    return FigureText("–", words, sources.of_actual(measure, last))


def _newest(actual: Actual) -> tuple[date, date]:
    return actual.on or date.min, actual.known_on


def talk_texts(
    pack: BoardPack, nodes: dict[str, Node], sources: Sources
) -> tuple[TalkText, ...]:  # fmt: skip
    """The measures that need talk, most urgent first."""
    chosen = need_talk(pack.plan, pack.assessments)
    return tuple(_talk_text(pack, nodes, one, sources) for one in chosen)


def _talk_text(
    pack: BoardPack, nodes: dict[str, Node], measure: Measure, sources: Sources
) -> TalkText:
    found = pack.assessments[measure.measure_id]
    inputs = _inputs(found)
    points = [
        point
        for point in series(pack.plan, measure).points
        if inputs.baseline is not None and point.on > inputs.baseline.on
    ]
    trail = " · ".join(node.title for node in path_to(nodes, measure.measure_id)[1:-1])
    shown = [one for one in (inputs.baseline, inputs.target, *points) if one]
    days = [one.on for one in shown]
    picture = path_picture(inputs, found.expected, points)
    return TalkText(
        measure_text(pack, measure, sources),
        trail,
        picture,
        _picture_words(inputs, found, points, measure),
        day_text(min(days)),
        day_text(max(days)),
        _heights(measure, shown) if picture else "",
    )


def _heights(measure: Measure, shown: Sequence[Point]) -> str:
    """The lowest and the highest value of a picture, which are its foot and its head."""
    low, high = (end(point.value for point in shown) for end in (min, max))
    return _("height: {low} to {high}").format(
        low=number_text(low, measure.decimals), high=number_text(high, measure.decimals)
    )


def _picture_words(
    inputs: Inputs, found: Assessment, points: list[Point], measure: Measure
) -> str:  # fmt: skip
    """What the picture of the path shows, for those who do not see it."""
    start, aim, expected = inputs.baseline, inputs.target, found.expected
    if start is None or aim is None or expected is None:
        return ""
    figures = "; ".join(
        f"{number_text(point.value, measure.decimals)} ({day_text(point.on)})" for point in points
    )
    return _(
        "Path of {title}: from {start} on {start_day} to {aim} on {aim_day}. Figures: {figures}. "
        "On the day of the newest the path asks for {expected}."
    ).format(
        title=measure.title,
        start=number_text(start.value, measure.decimals),
        start_day=day_text(start.on),
        aim=number_text(aim.value, measure.decimals),
        aim_day=day_text(aim.on),
        figures=figures,
        expected=number_text(expected, measure.decimals),
    )
