"""A measure of the plan: its way as a drawing, its arithmetic, its figures."""

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.plan import Actual, Measure, Outlook
from observatory.domain.plan_figures import forecast, series
from observatory.domain.plan_status import CUT_POINTS, DAYS_IN_A_MONTH, Assessment, Inputs
from observatory.language import gettext as _
from observatory.pages.plan_data import PlanData
from observatory.pages.plan_parts import node_link, node_status, why
from observatory.pages.plan_words import reported_words
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import Children, section
from observatory.views.components.static import link
from observatory.views.components.template import rendered
from observatory.views.components.terms import terms
from observatory.views.figures.plan_path import path_parts, scale_of, year_marks
from observatory.views.plan_words import (
    accumulation_word,
    actual_text,
    arithmetic,
    chain_word,
    day_text,
    figure_text,
    forecast_words,
    months_text,
    polarity_word,
    standing_word,
)
from observatory.views.words import number_text

CARD_FIGURES = 12
RULE = "/methods#methods-page-plan"


def card(data: PlanData, measure: Measure) -> Component:
    """A measure on the page of its initiative: status, drawing, and why."""
    return html.Li(
        [
            html.Div(
                [
                    html.Span(node_link(data, measure.measure_id), className="card-title"),
                    html.Span(node_status(data, measure.measure_id)),
                ],
                className="item-line",
            ),
            html.P(why(data, measure.measure_id), className="small"),
            path_drawing(data, measure),
            _forecast_line(data, measure),
        ],
        className="measure-card",
    )


def path_drawing(data: PlanData, measure: Measure) -> Component | None:
    """The path asked for, the figures, the target; None where there is nothing to draw."""
    inputs = data.found[measure.measure_id].inputs
    if inputs is None:
        return None
    figures, ahead = series(data.plan, measure), forecast(data.plan, measure, data.plan.ends_on)
    scale = scale_of(figures, inputs, ahead)
    if scale is None:
        return None
    values = [scale.low, (scale.low + scale.high) / 2, scale.high]
    return html.Div(
        rendered(
            "plan_path",
            label=_drawn_words(measure, inputs, len(figures.points)),
            grid=[(scale.y(one), number_text(one, measure.decimals)) for one in values],
            years=year_marks(scale),
            **path_parts(figures, inputs, ahead, scale),
        ),
        className="path-box",
    )


def _drawn_words(measure: Measure, inputs: Inputs, figures: int) -> str:
    """What the drawing shows, for who does not see it."""
    parts = [_("{title}: {count} figures").format(title=measure.title, count=number_text(figures))]
    for label, point in (
        (_("from {value} on {day}"), inputs.baseline),
        (_("to {value} by {day}"), inputs.target),
        (_("now {value} on {day}"), inputs.actual),
    ):
        if point is not None:
            value = figure_text(measure, point.value)
            parts.append(label.format(value=value, day=day_text(point.on)))
    return ", ".join(parts)


def _forecast_line(data: PlanData, measure: Measure) -> Component:
    return html.P(
        forecast_words(measure, forecast(data.plan, measure, data.plan.ends_on)), className="small"
    )


def measure_sections(data: PlanData, measure: Measure) -> list[Component | Markup | None]:
    """Everything about a measure, for its own page."""
    found = data.found[measure.measure_id]
    return [
        section(_("On its way"), path_drawing(data, measure), _key(found)),
        section(_("How the status comes about"), *_steps(data, measure, found)),
        section(_("Its figures"), *_figures(data, measure)),
        section(_("Targets and forecasts"), _targets(data, measure), _outlooks(data, measure)),
        section(_("What it is"), _facts(data, measure)),
    ]


def _key(found: Assessment) -> Component | None:
    inputs = found.inputs
    if inputs is None:
        return None
    words = [_("Dots are figures, hollow where the source gives a lower bound.")]
    if inputs.target is not None:
        words.append(_("The dashed line is the path from baseline to target, the cross its end."))
    return html.P(" ".join(words), className="note")


def _steps(data: PlanData, measure: Measure, found: Assessment) -> list[Component | Markup | None]:
    """The inputs, the arithmetic and the cut points of a measure's status."""
    inputs = found.inputs
    if inputs is None:
        return []
    rows: list[list[Children | None]] = []
    for label, point, words in (
        (_("B, the baseline"), inputs.baseline, _("none is known")),
        (_("T, the target"), inputs.target, _("none is known")),
        (_("A, the actual"), inputs.actual, _("none from the plan’s years")),
    ):
        value = figure_text(measure, point.value) if point is not None else words
        rows.append([label, value, day_text(point.on) if point is not None else "–"])
    header = [(_("Input"), "text"), (_("Value"), "number"), (_("Day"), "text")]
    steps = [html.Div([html.Dt(what), html.Dd(how)]) for what, how in arithmetic(measure, found)]
    return [
        html.P([node_status(data, measure.measure_id), " ", why(data, measure.measure_id)]),
        data_table(_("What the status follows from"), header, rows),
        html.Dl(steps, className="terms arithmetic") if steps else None,
        html.P(_cuts(measure, found), className="note"),
    ]


def _cuts(measure: Measure, found: Assessment) -> list[Component | Markup | str]:
    words = _(
        "Achieved where A reaches T; on track from S = {on_track}, off pace from {off_pace}, late "
        "below; data overdue where A is older than {months} of {month_days} days, unless "
        "{settled}. {polarity}. P and S are rounded down. Rule of "
        "{version}, as of {day}."
    ).format(
        on_track=number_text(CUT_POINTS.on_track, 2),
        off_pace=number_text(CUT_POINTS.off_pace, 2),
        months=months_text(CUT_POINTS.overdue_periods * measure.rhythm_months),
        month_days=number_text(DAYS_IN_A_MONTH, 4),
        settled=_settled_words(measure),
        polarity=polarity_word(measure.polarity).capitalize(),
        version=found.rule_version,
        day=day_text(found.inputs.as_of if found.inputs else None),
    )
    return [words, " ", link(_("The rule"), RULE)]


def _settled_words(measure: Measure) -> str:
    """Where a target once reached stays reached, as `domain.plan_status.is_settled`."""
    if measure.accumulation == "cumulative" and measure.polarity == "up":
        return _("A, which only grows, has reached T")
    return _("A is of the day of T or later, and has reached it")


def _figures(data: PlanData, measure: Measure) -> list[Component | Markup | None]:
    own = [one for one in data.plan.actuals if one.measure_id == measure.measure_id]
    if not own:
        return [html.P(_("None is known at this day."), className="measure")]
    ordered = sorted(own, key=lambda one: (one.on is None, one.on, one.known_on), reverse=True)
    rows: list[list[Children | None]] = [
        [
            one.period,
            actual_text(measure, one),
            _("“{words}”").format(words=one.as_stated) if one.source_url else one.as_stated,
            day_text(one.known_on),
            _where(measure, one),
            one.note,
        ]
        for one in ordered
    ]
    header = [
        (_("Period"), "text"),
        (_("Figure"), "number"),
        (_("As stated"), "text"),
        (_("Known from"), "text"),
        (_("Where"), "text"),
        (_("Note"), "text"),
    ]
    return [
        html.Div(data_table(_("Figures of the measure"), header, rows), className="figures"),
        html.P(
            _(
                "What a document says counts as known from the end of the period it is about; "
                "what is reported here, from the day it was published."
            ),
            className="note",
        ),
    ]


def _where(measure: Measure, actual: Actual) -> list[Markup | str]:
    """Who says so, and where it can be read."""
    words = reported_words(measure, actual)
    read = [link(_("source"), actual.source_url)] if actual.source_url else []
    return [*read, *([", "] if words and read else []), *([words] if words else [])]


def _targets(data: PlanData, measure: Measure) -> Component | Markup:
    own = [one for one in data.plan.targets if one.measure_id == measure.measure_id]
    if not own:
        hidden = [one for one in data.whole.targets if one.measure_id == measure.measure_id]
        words = _("Its target is illustrative, and hidden.") if hidden else _("No target is known.")
        return html.P(words, className="measure")
    rows: list[list[Children | None]] = [
        [
            day_text(one.on),
            figure_text(measure, one.value),
            html.Span(standing_word(one.standing), className="tag"),
            link(_("source"), one.source_url) if one.source_url else None,
            one.note,
        ]
        for one in own
    ]
    header = [
        (_("By"), "text"),
        (_("Target"), "number"),
        (_("Standing"), "text"),
        (_("Where"), "text"),
        (_("How it was set"), "text"),
    ]
    return data_table(_("Targets of the measure"), header, rows)


def _outlooks(data: PlanData, measure: Measure) -> Component:
    own: list[Outlook] = [one for one in data.plan.outlooks if one.measure_id == measure.measure_id]
    told = [
        html.Li(
            _("{name} expects {value} on {day}. {note}").format(
                name=one.reported_by,
                value=figure_text(measure, one.value),
                day=day_text(one.on),
                note=one.note,
            )
        )
        for one in own
    ]
    line = forecast_words(measure, forecast(data.plan, measure, data.plan.ends_on))
    return html.Div(
        [html.P(line, className="measure after-terms"), html.Ul(told) if told else None]
    )


def _facts(data: PlanData, measure: Measure) -> Component:
    computed = _("computed here from the snapshot, anew with each") if measure.computed else ""
    weight = _("1, as none is given") if measure.weight is None else f"{measure.weight:g}"
    return terms(
        [
            (_("Counts"), measure.definition),
            (_("Unit"), measure.unit),
            (_("Direction"), polarity_word(measure.polarity)),
            (_("Value chain"), chain_word(measure.value_chain_stage)),
            (_("Over several periods"), accumulation_word(measure.accumulation)),
            (_("Expected every"), months_text(measure.rhythm_months)),
            (_("Where from"), computed or _("reported")),
            (_("Weight"), weight),
            (_("Of"), node_link(data, measure.node_id)),
        ]
    )
