"""A board pack as a workbook: the same figures as numbers, with all that a status follows from."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from observatory.domain.plan import tree
from observatory.domain.plan_figures import forecast
from observatory.domain.plan_status import Assessment, Point
from observatory.exchange.formats import Sheet, workbook
from observatory.language import gettext as _
from observatory.reports.board_pack_texts import (
    BoardPack,
    FigureText,
    LevelText,
    MeasureText,
    PackText,
)
from observatory.views.plan_words import plan_status_word

Row = Sequence[object]


def board_pack_book(pack: BoardPack, text: PackText) -> bytes:
    """Sheets: plan, measures, statuses, figures, decisions, sources, notes.

    `statuses` holds the inputs of the rule for every node, its weight and what stands above it;
    with the cut points in `notes` each status can be computed again.
    """
    tables = (
        ("plan", PLAN_HEADER, _plan_rows(pack)),
        ("measures", MEASURE_HEADER, _measure_rows(pack, text)),
        ("statuses", STATUS_HEADER, _status_rows(pack)),
        ("figures", FIGURE_HEADER, _figure_rows(pack)),
        ("decisions", DECISION_HEADER, _decision_rows(pack)),
        ("sources", ("number", "source", "address"), _source_rows(text)),
        ("notes", ("what", "which", "value"), _note_rows(pack, text)),
    )
    return workbook(
        text.title,
        [Sheet(name, header, _blanked(rows), has_filter=True) for name, header, rows in tables],
    )


def _blanked(rows: list[Row]) -> list[Row]:
    """Rows with an empty cell where there is nothing to say."""
    return [[None if value == "" else value for value in row] for row in rows]


PLAN_HEADER = (
    "node_id", "parent_id", "kind", "title", "weight", "status", "owner", "stage", "starts_on",
    "ends_on", "members_taking_part", "cities", "themes", "sdgs", "note", "source_url",
)  # fmt: skip


def _plan_rows(pack: BoardPack) -> list[Row]:
    """The tree of the plan, one node a row, from the plan down."""
    plan = pack.plan
    initiatives = {one.initiative_id: one for one in plan.initiatives}
    notes = {one.objective_id: one.note for one in plan.objectives}
    notes |= {one.line_id: one.note for one in plan.lines}
    rows: list[Row] = []
    for node in tree(plan).values():
        start = (node.node_id, node.parent_id, node.kind, node.title, node.weight,
                 pack.assessments[node.node_id].status)  # fmt: skip
        one = initiatives.get(node.node_id)
        if one is None:
            rows.append((*start, *(None,) * 8, notes.get(node.node_id), None))
        else:
            rows.append(
                (*start, one.owner, one.stage, _day(one.starts_on), _day(one.ends_on),
                 pack.taking_part.get(one.initiative_id, 0), " ".join(one.cities),
                 " ".join(one.themes), " ".join(map(str, one.sdgs)), one.note, one.source_url)
            )  # fmt: skip
    return rows


MEASURE_HEADER = (
    "measure_id", "node_id", "title", "unit", "definition", "baseline", "baseline_about",
    "baseline_sources", "target", "target_about", "target_standing", "target_sources", "actual",
    "actual_about", "actual_sources", "status", "steps", "forecast", "forecast_low",
    "forecast_high", "forecast_on", "no_forecast", "value_chain_stage", "accumulation", "computed",
    "decimals",
)  # fmt: skip


def _measure_rows(pack: BoardPack, text: PackText) -> list[Row]:
    """The measures as they are printed, texts and all."""
    texts = {one.measure_id: one for one in _measure_texts(text)}
    rows: list[Row] = []
    for one in pack.plan.measures:
        said, found = texts[one.measure_id], pack.assessments[one.measure_id]
        standing = found.inputs.standing if found.inputs else ""
        ahead = forecast(pack.plan, one, pack.plan.ends_on)
        figures = (
            said.baseline.value, said.baseline.small, _numbers(said.baseline),
            said.target.value, said.target.small, standing, _numbers(said.target),
            said.actual.value, said.actual.small, _numbers(said.actual),
        )  # fmt: skip
        rows.append(
            (one.measure_id, one.node_id, one.title, one.unit, one.definition, *figures,
             said.status.word, " ".join(said.steps), ahead.value, ahead.low, ahead.high,
             _day(ahead.on), said.no_forecast, one.value_chain_stage, one.accumulation,
             one.computed, one.decimals)
        )  # fmt: skip
    return rows


def _numbers(figure: FigureText) -> str:
    """The numbers of its sources in the sheet of sources."""
    return " ".join(map(str, figure.sources))


def _measure_texts(text: PackText) -> list[MeasureText]:
    def below(level: LevelText) -> list[MeasureText]:
        own = [measure for group in level.groups for measure in group.measures]
        return own + [measure for line in level.lines for measure in below(line)]

    return [measure for level in (text.plan, *text.objectives) for measure in below(level)]


STATUS_HEADER = (
    "node_id", "parent_id", "kind", "title", "weight", "status", "reason", "before_overdue",
    "has_illustrative", "as_of", "polarity", "accumulation", "rhythm_months", "baseline_value",
    "baseline_on", "target_value", "target_on", "target_standing", "actual_value", "actual_on",
    "actual_relation", "expected", "schedule", "progress", "score", "known_share", "rule_version",
)  # fmt: skip


def _status_rows(pack: BoardPack) -> list[Row]:
    """The status of every node with the inputs of the rule; numbers in full."""
    return [
        (node.node_id, node.parent_id, node.kind, node.title, node.weight,
         *_assessed(pack.assessments[node.node_id]))
        for node in tree(pack.plan).values()
    ]  # fmt: skip


def _assessed(found: Assessment) -> Row:
    inputs = found.inputs
    given: Row = (None,) * 12
    if inputs is not None:
        given = (
            _day(inputs.as_of), inputs.polarity, inputs.accumulation, inputs.rhythm_months,
            *_point(inputs.baseline), *_point(inputs.target), inputs.standing,
            *_point(inputs.actual), inputs.relation if inputs.actual else None,
        )  # fmt: skip
    return (
        found.status, found.reason, found.before_overdue, "yes" if found.has_illustrative else "no",
        *given, found.expected, found.schedule, found.progress, found.score, found.known_share,
        found.rule_version,
    )  # fmt: skip


def _point(point: Point | None) -> tuple[float | None, str | None]:
    return (None, None) if point is None else (point.value, point.on.isoformat())


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


FIGURE_HEADER = (
    "measure_id", "period", "on", "value", "relation", "as_stated", "known_on", "reported_by",
    "note", "source_url",
)  # fmt: skip


def _figure_rows(pack: BoardPack) -> list[Row]:
    """All that was stated of the measures by the day, in the words of the sources."""
    return [
        (one.measure_id, one.period, _day(one.on), one.value, one.relation, one.as_stated,
         _day(one.known_on), one.reported_by, one.note, one.source_url)
        for one in pack.plan.actuals
    ]  # fmt: skip


DECISION_HEADER = ("decision_id", "node_id", "decision", "owner", "decided_on", "due_on", "state")


def _decision_rows(pack: BoardPack) -> list[Row]:
    return [
        (one.decision_id, one.node_id, one.words, one.owner, _day(one.decided_on),
         _day(one.due_on), one.state)
        for one in pack.plan.decisions
    ]  # fmt: skip


def _source_rows(text: PackText) -> list[Row]:
    return [(one.number, one.words, one.address) for one in text.sources]


def _note_rows(pack: BoardPack, text: PackText) -> list[Row]:
    """What the pack says besides figures: facts, answer, rule, cut points, what is missing."""
    rows: list[Row] = [("fact", *fact) for fact in text.facts]
    rows += [("answer", None, words) for words in (text.answer, text.counts, text.notice) if words]
    rows += [("not known", None, words) for words in text.missing_lede]
    if text.illustrative:
        rows.append(("illustrative", None, text.illustrative))
    rows += [("rule", None, words) for words in text.rule]
    rows += [("cut point", key, value) for key, value in asdict(pack.cuts).items()]
    rows += [("status", code, plan_status_word(code)) for code in sorted(_codes(pack))]
    rows += [
        ("not known", one.title, f"{what} ({about})")
        for one in text.missing
        for what, about in one.items
    ]
    rows += [("documented", topic, one.value) for topic, said in text.statements for one in said]
    rows += [("milestone", one.node_id, _milestone(one.title, one.due_on, one.done_on))
             for one in pack.plan.milestones]  # fmt: skip
    rows += [("risk", one.initiative_id, one.title) for one in pack.plan.risks if one.is_open]
    rows.append(("about", None, text.foot))
    return rows


def _codes(pack: BoardPack) -> set[str]:
    return {found.status for found in pack.assessments.values()}


def _milestone(title: str, due: date | None, done: date | None) -> str:
    return _("{title}; due: {due}; done: {done}").format(
        title=title, due=_day(due) or "–", done=_day(done) or "–"
    )
