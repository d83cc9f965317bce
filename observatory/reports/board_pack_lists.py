"""Decisions in a board pack, and what is not known."""

from collections.abc import Iterator

from observatory.domain.plan import ROOT, Decision, Node, path_to
from observatory.domain.plan_status import OVERDUE, UNKNOWN
from observatory.language import gettext as _
from observatory.reports.board_pack_texts import BoardPack, DecisionText, MissingText
from observatory.reports.board_pack_words import reason_words
from observatory.views.plan_words import day_text
from observatory.views.words import number_text


def decision_texts(pack: BoardPack, nodes: dict[str, Node]) -> tuple[DecisionText, ...]:
    """All decisions, those due first before the others."""
    ordered = sorted(
        pack.plan.decisions,
        key=lambda one: (one.due_on is None, one.due_on or one.decided_on, one.decided_on),
    )
    return tuple(_decision_text(pack, nodes, one) for one in ordered)


def _decision_text(pack: BoardPack, nodes: dict[str, Node], one: Decision) -> DecisionText:
    is_overdue = one.state == "open" and one.due_on is not None and one.due_on < pack.on
    return DecisionText(
        words=one.words,
        about=nodes[one.node_id].title if one.node_id in nodes else one.node_id,
        owner=one.owner or _("nobody named"),
        due=day_text(one.due_on) if one.due_on else _("no date"),
        decided=day_text(one.decided_on),
        state=one.state,
        state_word=decision_word(one.state),
        is_overdue=is_overdue,
    )


def decision_word(state: str) -> str:
    """How a decision stands, in a word."""
    return {"open": _("open"), "done": _("done"), "dropped": _("dropped")}.get(state, state)


def missing_texts(pack: BoardPack, nodes: dict[str, Node]) -> tuple[MissingText, ...]:
    """What has no status, by the reason, down the tree; then what nobody answers for.

    Levels that have none only because what is below them has none are not named: see
    `missing_lede`.
    """
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for node_id in _down(nodes, ROOT):
        found = pack.assessments[node_id]
        if found.status in {UNKNOWN, OVERDUE} and found.reason != "too_little_known":
            by_reason.setdefault(found.reason, []).append(_named(nodes, node_id))
    missing = [MissingText(reason_words(key), tuple(items)) for key, items in by_reason.items()]
    missing.sort(key=lambda one: -len(one.items))
    ownerless = tuple(
        _named(nodes, one.initiative_id) for one in pack.plan.initiatives if not one.owner
    )
    if ownerless:
        missing.append(MissingText(_("No owner is named"), ownerless))
    return tuple(missing)


def _down(nodes: dict[str, Node], node_id: str) -> Iterator[str]:
    yield node_id
    for child in nodes[node_id].children:
        yield from _down(nodes, child)


def _named(nodes: dict[str, Node], node_id: str) -> tuple[str, str]:
    """The title of a node, and of what it is part."""
    *above, node = path_to(nodes, node_id)
    nearest = above[2:] or above[1:] or above
    return node.title, " · ".join(one.title for one in nearest)


def missing_lede(pack: BoardPack, nodes: dict[str, Node]) -> tuple[str, ...]:
    """What follows from it above the measures, and which initiatives say nothing of their stage."""
    levels = [node_id for node_id, node in nodes.items() if node.kind not in {"plan", "measure"}]
    without = [one for one in levels if pack.assessments[one].reason == "too_little_known"]
    told = [_("What is unknown gives no points: nothing here counts as good.")]
    if without:
        told.append(
            _(
                "Because of it, {count} of {all} objectives, lines and initiatives have no status."
            ).format(count=number_text(len(without)), all=number_text(len(levels)))
        )
    silent = sum(one.stage == "unknown" for one in pack.plan.initiatives)
    if silent:
        told.append(
            _("The stage of {count} of {all} initiatives is not on record.").format(
                count=number_text(silent), all=number_text(len(pack.plan.initiatives))
            )
        )
    return tuple(told)
