"""Decisions in a board pack, and what is not known."""

from observatory.domain.plan import ROOT, Decision, Node, path_to
from observatory.domain.plan_status import OVERDUE, UNKNOWN
from observatory.language import gettext as _
from observatory.reports.board_pack_texts import BoardPack, DecisionText, MissingText
from observatory.reports.board_pack_words import day_text, reason_words


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
    """What has no status, by the reason; then what nobody answers for."""
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for node_id, found in pack.assessments.items():
        if found.status in {UNKNOWN, OVERDUE} and node_id != ROOT:
            about = " · ".join(node.title for node in path_to(nodes, node_id)[2:-1])
            title = nodes[node_id].title
            if nodes[node_id].kind in {"objective", "line"}:
                title = f"{node_id} {title}"
            by_reason.setdefault(found.reason, []).append((title, about or pack.plan.title))
    missing = [MissingText(reason_words(key), tuple(items)) for key, items in by_reason.items()]
    missing.sort(key=lambda one: -len(one.items))
    ownerless = tuple(
        (one.title, nodes[one.line_id].title) for one in pack.plan.initiatives if not one.owner
    )
    if ownerless:
        missing.append(MissingText(_("No owner is named"), ownerless))
    return tuple(missing)
