"""The plan's tables on their way into a file: every node with what its status follows from."""

from dataclasses import asdict
from datetime import date

import pandas as pd
from werkzeug.exceptions import BadRequest

from observatory.domain.plan_status import CUT_POINTS, RULE_VERSION
from observatory.language import gettext as _
from observatory.pages.export_table import ShownTable, made_by
from observatory.pages.plan_data import PlanData, PlanReader
from observatory.pages.plan_view import PlanView, plan_view
from observatory.pages.visit import Visit
from observatory.reports.plan_source import PlanSeen
from observatory.reports.plan_table import NODE_COLUMNS, number_column, plan_rows, text_column
from observatory.store.warehouse import Store
from observatory.views.plan_words import day_text

FIGURE_COLUMNS = (
    text_column("measure_id", "the measure"),
    text_column("title", "what is counted"),
    text_column("unit", "unit"),
    text_column("period", "what it is about, as stated"),
    text_column("on", "last day of the period"),
    number_column("value", "the figure; empty where it is in words"),
    text_column("relation", "what the words make of the figure"),
    text_column("as_stated", "the words of the source"),
    text_column("known_on", "the day it is known from"),
    text_column("reported_by", "who reported it here"),
    text_column("source_url", "where it is documented"),
    text_column("note", "remark"),
)


def plan_shown(reader: PlanReader, store: Store, visit: Visit) -> ShownTable:
    """Every node of the view's plan."""
    data = reader.data(store, asked_view(visit), needs_all=True)
    seen = PlanSeen(data.view.as_of, data.plan, data.nodes, data.found)
    frame = pd.DataFrame(plan_rows(seen))
    cuts = "; ".join(f"{name} {value:g}" for name, value in asdict(CUT_POINTS).items())
    rule = _("Rule of status {version}; cut points: {cuts}.").format(
        version=RULE_VERSION, cuts=cuts
    )
    return _shown(data, ("plan",), _("The plan with the status of every part"), frame, (rule,))


def asked_view(visit: Visit) -> PlanView:
    """The view that an address asks for, where all of it makes sense.

    Raises:
        BadRequest: part of it makes no sense; a file of another day would mislead.
    """
    view = plan_view(visit)
    if view.ignored:
        raise BadRequest(
            _("Makes no sense here: {parts}. Expected as_of=2022-06-30, illustrative=off.").format(
                parts="; ".join(view.ignored)
            )
        )
    return view


def plan_figures_shown(reader: PlanReader, store: Store, visit: Visit) -> ShownTable:
    """Every figure known at the view's day."""
    data = reader.data(store, asked_view(visit), needs_all=True)
    own = data.measures
    rows = [
        {
            **asdict(one),
            "on": _day(one.on),
            "known_on": _day(one.known_on),
            "title": own[one.measure_id].title,
            "unit": own[one.measure_id].unit,
        }
        for one in data.plan.actuals
        if one.measure_id in own
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in FIGURE_COLUMNS])
    return _shown(data, ("plan", "figures"), _("Figures of the plan’s measures"), frame, ())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(
    data: PlanData,
    name: tuple[str, ...],
    title: str,
    frame: pd.DataFrame,
    notes: tuple[str, ...],
) -> ShownTable:
    frame_note = (data.plan.frame,) if data.plan.frame else ()
    ours = (
        _("Targets of standing “illustrative” are ours, to show how the rule works.")
        if data.view.illustrative
        else _("Illustrative targets are left out.")
    )
    columns = NODE_COLUMNS if name == ("plan",) else FIGURE_COLUMNS
    return ShownTable(
        name=(*name, data.view.as_of.isoformat()),
        title=title,
        frame=frame,
        columns=columns,
        address=data.view.address(),
        filters=(_("as of {day}").format(day=day_text(data.view.as_of)),),
        notes=(*notes, *frame_note, ours, made_by()),
    )
