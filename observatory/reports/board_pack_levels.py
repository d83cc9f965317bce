"""Objectives, lines and initiatives in a board pack, each with its status and its measures."""

from dataclasses import replace
from datetime import date

from observatory.domain.plan import Initiative, Measure, Milestone, Node, measures_below
from observatory.domain.plan_review import counts
from observatory.domain.plan_status import PLAN_STATUSES
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.reports.board_pack_measures import measure_text, status_text
from observatory.reports.board_pack_sources import Sources
from observatory.reports.board_pack_texts import BoardPack, GroupText, LevelText, MeasureText
from observatory.reports.board_pack_words import count_words, level_steps, measures_text
from observatory.views.plan_words import day_text, stage_word
from observatory.views.words import list_text, number_text


class Levels:
    """Writes the levels of a plan; sources get their numbers as they come up."""

    def __init__(self, pack: BoardPack, nodes: dict[str, Node], sources: Sources) -> None:
        self._pack = pack
        self._nodes = nodes
        self._sources = sources
        self._measures: dict[str, list[Measure]] = {}
        for measure in pack.plan.measures:
            self._measures.setdefault(measure.node_id, []).append(measure)

    def plan(self) -> LevelText:
        """The plan as a whole, with the measures that hang on it itself."""
        return self._level("plan", "", ())

    def objectives(self) -> tuple[LevelText, ...]:
        """The objectives with their lines, initiatives and measures."""
        return tuple(
            self._level(one.objective_id, one.objective_id, self._lines(one.objective_id))
            for one in self._pack.plan.objectives
        )

    def _lines(self, objective_id: str) -> tuple[LevelText, ...]:
        return tuple(
            self._level(one.line_id, one.line_id, ())
            for one in self._pack.plan.lines
            if one.objective_id == objective_id
        )

    def _level(self, node_id: str, number: str, lines: tuple[LevelText, ...]) -> LevelText:
        found = self._pack.assessments[node_id]
        own = self._own_group(node_id)
        initiatives = tuple(
            self._initiative(one) for one in self._pack.plan.initiatives if one.line_id == node_id
        )
        return LevelText(
            number,
            self._nodes[node_id].title,
            status_text(found),
            level_steps(found, self._pack.cuts),
            self._counts(node_id),
            (*own, *initiatives),
            lines,
        )

    def _counts(self, node_id: str) -> str:
        """How many measures with a weight below have which status."""
        below = {*measures_below(self._nodes, node_id)}
        own = tuple(one for one in self._pack.plan.measures if one.measure_id in below)
        counted = counts(replace(self._pack.plan, measures=own), self._pack.assessments)
        if not counted:
            return _("No measures.")
        return _("{measures}: {counts}.").format(
            measures=measures_text(sum(counted.values())),
            counts=count_words({one: counted.get(one, 0) for one in PLAN_STATUSES}),
        )

    def _own_group(self, node_id: str) -> tuple[GroupText, ...]:
        """Measures that hang on the level itself, where there are any."""
        measures = self._measure_texts(node_id)
        if not measures:
            return ()
        status = status_text(self._pack.assessments[node_id])
        return (GroupText(_("Measured for this level itself"), status, (), measures),)

    def _measure_texts(self, node_id: str) -> tuple[MeasureText, ...]:
        return tuple(
            measure_text(self._pack, one, self._sources) for one in self._measures.get(node_id, ())
        )

    def _initiative(self, one: Initiative) -> GroupText:
        return GroupText(
            one.title,
            status_text(self._pack.assessments[one.initiative_id]),
            self._facts(one),
            self._measure_texts(one.initiative_id),
        )

    def _facts(self, one: Initiative) -> tuple[str, ...]:
        """Owner, stage and period in a line; milestones in a second, open risks in a third."""
        plan = self._pack.plan
        owner = _("Owner: {owner}").format(owner=one.owner) if one.owner else _("No owner named")
        stage = stage_word(one.stage) if one.stage != "unknown" else ""
        first = [owner, stage, _period_words(one.starts_on, one.ends_on)]
        count = self._pack.taking_part.get(one.initiative_id, 0)
        if count:
            words = ngettext("{count} member takes part", "{count} members take part", count)
            first.append(words.format(count=number_text(count)))
        lines = [" · ".join(words for words in first if words)]
        milestones = [
            self._milestone_words(each)
            for each in sorted(plan.milestones, key=_when)
            if each.node_id == one.initiative_id
        ]
        if milestones:
            lines.append(_("Milestones: {list}").format(list="; ".join(milestones)))
        risks = [
            _("{title} (likelihood {likelihood} of 5, impact {impact} of 5)").format(
                title=each.title, likelihood=each.likelihood, impact=each.impact
            )
            for each in plan.risks
            if each.initiative_id == one.initiative_id and each.is_open
        ]
        if risks:
            lines.append(_("Open risks: {list}").format(list=list_text(risks)))
        return tuple(lines)

    def _milestone_words(self, one: Milestone) -> str:
        if one.done_on is not None:
            words = _("{title}, done {day}")
            return words.format(title=one.title, day=day_text(one.done_on))
        if one.due_on is None:
            return _("{title}, no date announced").format(title=one.title)
        words = _("{title}, due {day}")
        if one.due_on < self._pack.on:
            words = _("{title}, was due {day}, not known to be done")
        return words.format(title=one.title, day=day_text(one.due_on))


def _when(one: Milestone) -> date:
    return one.done_on or one.due_on or date.max


def _period_words(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on and ends_on:
        return _("{start} to {end}").format(start=day_text(starts_on), end=day_text(ends_on))
    if starts_on:
        return _("from {start}").format(start=day_text(starts_on))
    return _("until {end}").format(end=day_text(ends_on)) if ends_on else ""
