"""What a board pack says of a plan on a day: pure, from the plan and its statuses to texts."""

from collections import Counter

from observatory.domain.plan import ROOT, Node, Plan, path_to, tree
from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    PLAN_STATUSES,
    RULE_VERSION,
    UNKNOWN,
)
from observatory.domain.plan_talk import needing_talk
from observatory.language import current_language, ngettext
from observatory.language import gettext as _
from observatory.reports.board_pack_levels import Levels
from observatory.reports.board_pack_lists import decision_texts, missing_texts
from observatory.reports.board_pack_measures import talk_text
from observatory.reports.board_pack_sources import Sources
from observatory.reports.board_pack_texts import BoardPack, FigureText, PackText, TalkText
from observatory.reports.board_pack_words import (
    count_words,
    day_text,
    measures_text,
    rule_words,
)
from observatory.views.words import date_text, joined_text, number_text, share_words


def pack_text(pack: BoardPack) -> PackText:
    """All that the pack of a plan says; the three formats print nothing else."""
    plan, nodes = pack.plan, tree(pack.plan)
    sources = Sources(plan, pack.snapshot_id)
    talk = _talk(pack, nodes, sources)
    levels = Levels(pack, nodes, sources)
    whole, objectives = levels.plan(), levels.objectives()
    decisions = decision_texts(pack, nodes)
    return PackText(
        language=current_language(),
        title=plan.title,
        motto=plan.motto,
        facts=_facts(pack),
        answer=_answer(pack),
        counts=_counts(pack),
        illustrative=_illustrative(pack),
        plan=whole,
        objectives=objectives,
        talk=talk,
        open_decisions=tuple(one for one in decisions if one.state == "open"),
        closed_decisions=tuple(one for one in decisions if one.state != "open"),
        missing=missing_texts(pack, nodes),
        statements=tuple(
            (one.topic, FigureText(one.words, one.on, sources.of_address(one.source_url)))
            for one in plan.statements
        ),
        rule=rule_words(pack.cuts),
        sources=sources.all(),
        foot=_foot(pack),
        words=_words(pack),
    )


def _talk(pack: BoardPack, nodes: dict[str, Node], sources: Sources) -> tuple[TalkText, ...]:
    return tuple(
        talk_text(pack, one, trail_text(nodes, one.measure_id), sources)
        for one in needing_talk(pack.plan.measures, pack.assessments)
    )


def trail_text(nodes: dict[str, Node], node_id: str) -> str:
    """The titles of the levels above a node, from below the plan on."""
    return " · ".join(node.title for node in path_to(nodes, node_id)[1:-1])


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
    counts = Counter(pack.assessments[one.measure_id].status for one in pack.plan.measures)
    if counts:
        words = joined_text([count_words(one, counts[one]) for one in PLAN_STATUSES if counts[one]])
        told.append(
            _("Of {measures}: {counts}.").format(
                measures=measures_text(len(pack.plan.measures)), counts=words
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
        "Targets marked illustrative are ours, not the organisation's: they show how the rule "
        "works. {count} measure has one, and whatever rests on it is marked too.",
        "Targets marked illustrative are ours, not the organisation's: they show how the rule "
        "works. {count} measures have one, and whatever rests on it is marked too.",
        count,
    ).format(count=number_text(count))


def _foot(pack: BoardPack) -> str:
    address = f"/plan?as_of={pack.on.isoformat()}"
    if not pack.has_illustrative:
        address += "&illustrative=off"
    return _(
        "Metropolis Observatory, snapshot {snapshot}, as of {day}, rule {version}. {address} shows "
        "the same."
    ).format(
        snapshot=pack.snapshot_id, day=day_text(pack.on), version=RULE_VERSION, address=address
    )


def _words(pack: BoardPack) -> dict[str, str]:
    """Headings and the like."""
    talk = any(
        pack.assessments[one.measure_id].status in {LATE, OFF_PACE, OVERDUE}
        for one in pack.plan.measures
    )
    return {
        "product": _("Metropolis Observatory"),
        "kind": _("Board pack"),
        "contents": _("Contents"),
        "objectives": _("Status by objective"),
        "objective": _("Objective"),
        "status": _("Status"),
        "behind": _("What it follows from"),
        "whole": _("The plan as a whole"),
        "talk": _("Measures that need talk"),
        "talk_lede": _("Late first, then off pace, then overdue; in each the furthest behind.")
        if talk
        else _("No measure is late, off pace or overdue. What is not known stands below."),
        "detail": _("Objectives, initiatives and measures"),
        "measure": _("Measure"),
        "baseline": _("Baseline B"),
        "target": _("Target T"),
        "actual": _("Actual A"),
        "illustrative": _("illustrative"),
        "no_measures": _("Nothing is counted here."),
        "decisions": _("Decisions"),
        "open": _("Open"),
        "closed": _("Done or dropped"),
        "none_open": _("No decision is open."),
        "none_closed": _("None so far."),
        "decision": _("Decision"),
        "about": _("About"),
        "owner": _("Owner"),
        "due": _("Due"),
        "decided": _("Decided"),
        "past": _("past its date"),
        "missing": _("What is not known, and why"),
        "missing_lede": _("Nothing here counts as good: what is unknown gives no points."),
        "missing_none": _("Every measure has a status."),
        "what": _("What"),
        "of": _("Part of"),
        "statements": _("What is documented of the plan itself"),
        "topic": _("About what"),
        "stated": _("What is said"),
        "when": _("When"),
        "rule": _("How a status comes about"),
        "sources": _("Sources"),
        "number": _("No."),
        "source": _("Source"),
        "path": _("Dashed: the straight path to the target. Line and dots: the figures. Hollow: "
                  "what the path asks for on the day of the newest figure."),
        "page": _("Page"),
    }  # fmt: skip
