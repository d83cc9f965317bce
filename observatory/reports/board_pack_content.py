"""What a board pack says of a plan on a day: pure, from the plan and its statuses to texts."""

from observatory.domain.plan import ROOT, Plan, Statement, tree
from observatory.domain.plan_review import counts
from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    PLAN_STATUSES,
    RULE_VERSION,
    UNKNOWN,
)
from observatory.language import current_language, ngettext
from observatory.language import gettext as _
from observatory.reports.board_pack_headings import headings
from observatory.reports.board_pack_levels import Levels
from observatory.reports.board_pack_lists import decision_texts, missing_lede, missing_texts
from observatory.reports.board_pack_measures import talk_texts
from observatory.reports.board_pack_sources import Sources
from observatory.reports.board_pack_texts import BoardPack, FigureText, PackText
from observatory.reports.board_pack_words import (
    count_words,
    is_told_by,
    measures_text,
    rule_words,
)
from observatory.views.plan_words import day_text
from observatory.views.words import date_text, number_text, share_words


def pack_text(pack: BoardPack) -> PackText:
    """All that the pack of a plan says; the three formats print nothing else."""
    plan, nodes = pack.plan, tree(pack.plan)
    sources = Sources(plan, pack.snapshot_id)
    talk = talk_texts(pack, nodes, sources)
    levels = Levels(pack, nodes, sources)
    whole, objectives = levels.plan(), levels.objectives()
    decisions = decision_texts(pack, nodes)
    statements = _statements(pack, sources)
    return PackText(
        language=current_language(),
        title=plan.title,
        motto=plan.motto,
        facts=_facts(pack),
        answer=_answer(pack),
        counts=_counts(pack),
        notice=pack.notice,
        illustrative=_illustrative(pack),
        plan=whole,
        objectives=objectives,
        talk=talk,
        open_decisions=tuple(one for one in decisions if one.state == "open"),
        closed_decisions=tuple(one for one in decisions if one.state != "open"),
        missing=missing_texts(pack, nodes),
        missing_lede=missing_lede(pack, nodes),
        statements=statements,
        rule=rule_words(pack.cuts),
        sources=sources.all(),
        foot=_foot(pack),
        words=headings(has_talk=bool(talk)),
    )


def _statements(
    pack: BoardPack, sources: Sources
) -> tuple[tuple[str, tuple[FigureText, ...]], ...]:
    """What is documented of the plan itself by the day, under what it is about."""
    by_topic: dict[str, list[Statement]] = {}
    for one in pack.plan.statements:
        if is_told_by(one.on, pack.on):
            by_topic.setdefault(one.topic, []).append(one)
    return tuple(
        (
            _topic_word(topic),
            tuple(
                FigureText(one.words, one.on, sources.of_address(one.source_url)) for one in said
            ),
        )
        for topic, said in by_topic.items()
    )


def _topic_word(topic: str) -> str:
    return {
        "plan": _("The plan"),
        "calendar": _("Calendar"),
        "body": _("Bodies"),
        "earlier plan": _("Earlier plans"),
    }.get(topic, topic)


def _facts(pack: BoardPack) -> tuple[tuple[str, str], ...]:
    plan = pack.plan
    period = _("{start} to {end}").format(
        start=day_text(plan.starts_on), end=day_text(plan.ends_on)
    )
    snapshot = _("{snapshot} of {day}").format(
        snapshot=pack.snapshot_id, day=date_text(pack.published_at)
    )
    counted = (
        _("official, adopted and illustrative")
        if pack.has_illustrative
        else _("official and adopted only")
    )
    return (
        (_("As of"), day_text(pack.on)),
        (_("Period of the plan"), period),
        (_("Snapshot"), snapshot),
        (_("Rule of status"), _("version {version}").format(version=RULE_VERSION)),
        (_("Targets counted"), counted),
        (_("Frame"), plan.frame or _("official")),
    )


def _answer(pack: BoardPack) -> str:
    """The answer in a sentence, and what else a board must know in one or two more."""
    found = pack.assessments[ROOT]
    day = day_text(pack.on)
    words = {
        ACHIEVED: _("On {day} the plan is achieved: all that has a weight has met its target."),
        ON_TRACK: _("On {day} the plan is on track."),
        OFF_PACE: _("On {day} the plan is off pace."),
        LATE: _("On {day} the plan is late."),
        UNKNOWN: _(
            "On {day} it is not known whether the plan is on track: {share} of its weight has a "
            "status, and the rule asks for {needed}."
        ),
    }[found.status]
    share = share_words(found.known_share or 0.0)
    told = [words.format(day=day, share=share, needed=share_words(pack.cuts.known))]
    if found.status != UNKNOWN and (found.known_share or 0.0) < 1:
        told.append(
            _("This rests on {share} of its weight; the rest has no status.").format(share=share)
        )
    return " ".join(told)


def _counts(pack: BoardPack) -> str:
    """How many measures have which status, and what is open."""
    told = []
    counted = counts(pack.plan, pack.assessments)
    if counted:
        words = count_words({one: counted.get(one, 0) for one in PLAN_STATUSES})
        told.append(
            _("Of {measures}: {counts}.").format(
                measures=measures_text(sum(counted.values())), counts=words
            )
        )
    open_ones = [one for one in pack.plan.decisions if one.state == "open"]
    past = sum(one.due_on is not None and one.due_on < pack.on for one in open_ones)
    if open_ones:
        decisions = ngettext(
            "{count} decision is open", "{count} decisions are open", len(open_ones)
        ).format(count=number_text(len(open_ones)))
        told.append(
            _("{decisions}, {past} of them past the date.").format(
                decisions=decisions, past=number_text(past)
            )
        )
    return " ".join(told)


def shown_illustrative(plan: Plan) -> int:
    """How many measures of a plan have an illustrative target, and no better one."""
    better = {one.measure_id for one in plan.targets if one.standing != "illustrative"}
    ours = {one.measure_id for one in plan.targets if one.standing == "illustrative"}
    return len(ours - better)


def _illustrative(pack: BoardPack) -> str:
    """The mark that goes with illustrative targets; "" where none is shown."""
    count = shown_illustrative(pack.plan)
    if not count:
        return ""
    return ngettext(
        "Targets marked illustrative are ours, not the organisation’s: they show how the rule "
        "works. {count} measure has one, and whatever rests on it is marked too.",
        "Targets marked illustrative are ours, not the organisation’s: they show how the rule "
        "works. {count} measures have one, and whatever rests on it is marked too.",
        count,
    ).format(count=number_text(count))


def _foot(pack: BoardPack) -> str:
    address = f"/plan?as_of={pack.on.isoformat()}"
    if not pack.has_illustrative:
        address += "&illustrative=off"
    return _(
        "Metropolis Observatory, snapshot {snapshot}, as of {day}, rule {version}. "
        "The same at {address}"
    ).format(
        snapshot=pack.snapshot_id,
        day=day_text(pack.on),
        version=RULE_VERSION,
        address=f"{pack.site}{address}",
    )
