"""Decisions written down in a review: who does what by when."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update

from observatory.errors import ConflictError, InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import recording
from observatory.workspace.people import Actor
from observatory.workspace.policy import Action, require
from observatory.workspace.tables import DECISIONS

DROPPED = "dropped"
STATES = ("open", "done", DROPPED)
MOST_LETTERS = 2_000


@dataclass(frozen=True)
class NewDecision:
    """What was decided.

    Attributes:
        node_id: of the plan. words: the decision.
        owner: who does it. due_on: by when; None where no day was set.
        decided_on: the day of the meeting. as_of: the day the meeting looked at.
    """

    node_id: str
    words: str
    owner: str
    due_on: date | None
    decided_on: date
    as_of: date

    def problems(self) -> list[str]:
        """What is wrong with it, each naming what was expected."""
        found = []
        if not self.words.strip():
            found.append(_("Decision: expected it in words, found nothing."))
        if len(self.words) > MOST_LETTERS:
            words = _("Decision: expected at most {most} letters, found {found}.")
            found.append(words.format(most=MOST_LETTERS, found=len(self.words)))
        if not self.owner.strip():
            found.append(_("Who: expected who does it, found nobody."))
        if self.due_on is not None and self.due_on < self.decided_on:
            words = _("By: expected a day from {first} on, found {found}.")
            found.append(words.format(first=self.decided_on, found=self.due_on))
        return found


def decide(workspace: Workspace, actor: Actor, decision: NewDecision) -> str:
    """Write down a decision; gives its id.

    Raises:
        NotAllowedError: the actor may not decide.
        InputError: it has problems; each is named.
        WorkspaceError: it cannot be written; nothing was.
    """
    require(actor.person, Action.DECIDE)
    if decision.problems():
        raise InputError(" ".join(decision.problems()))
    decision_id = secrets.token_hex(8)
    subject = f"decision:{decision_id}"
    with recording(workspace, actor, action="decision.make", subject=subject) as entry:
        values = {
            "decision_id": decision_id,
            "node_id": decision.node_id,
            "words": decision.words.strip(),
            "owner": decision.owner.strip(),
            "due_date": decision.due_on.isoformat() if decision.due_on else None,
            "decided_on": decision.decided_on.isoformat(),
            "as_of": decision.as_of.isoformat(),
            "state": "open",
            "person_id": actor.person.person_id,
            "created_at": entry.now,
            "changed_at": entry.now,
            "version": 1,
        }
        entry.connection.execute(insert(DECISIONS).values(**values))
        entry.new = values
    return decision_id


def decision_versions(workspace: Workspace) -> dict[str, int]:
    """The version of every decision that is kept here, by id: what `settle` asks for.

    Raises:
        WorkspaceError: it cannot be read.
    """
    with reading(workspace) as connection:
        rows = connection.execute(select(DECISIONS.c.decision_id, DECISIONS.c.version))
        return {row[0]: row[1] for row in rows}


def settle(
    workspace: Workspace,
    actor: Actor,
    decision_id: str,
    state: str,
    version: int,
    *,
    why: str = "",
) -> Mapping[str, object]:
    """Say that a decision is done, dropped, or open again.

    Args:
        workspace: where decisions are kept.
        actor: who says so.
        decision_id: of the decision.
        state: one of STATES.
        version: of the decision when it was read.
        why: stays in the trail; what is dropped needs it.

    Raises:
        NotAllowedError: the actor may not decide.
        UnknownIdError: there is none of this id.
        ConflictError: somebody changed it since `version`.
        InputError: no such state, no reason for dropping, or a reason that is too long.
        WorkspaceError: it cannot be written; nothing was.
    """
    require(actor.person, Action.DECIDE)
    _require_reason(state, why.strip())
    subject = f"decision:{decision_id}"
    with recording(workspace, actor, action=f"decision.{state}", subject=subject) as entry:
        query = select(DECISIONS).where(DECISIONS.c.decision_id == decision_id).with_for_update()
        row = entry.connection.execute(query).mappings().first()
        if row is None:
            raise UnknownIdError("decision", decision_id)
        before = dict(row)
        after = {**before, "state": state, "changed_at": entry.now, "version": version + 1}
        if before["version"] != version:
            raise ConflictError(
                _("Somebody changed this decision meanwhile. Look at it as it is now."),
                after,
                before,
            )
        entry.connection.execute(
            update(DECISIONS).where(DECISIONS.c.decision_id == decision_id).values(**after)
        )
        entry.old, entry.new, entry.why = before, after, why.strip()
    return after


def _require_reason(state: str, why: str) -> None:
    if state not in STATES:
        words = _("Expected one of {states}, found {state!r}.")
        raise InputError(words.format(states=", ".join(STATES), state=state))
    if state == DROPPED and not why:
        raise InputError(_("Why it is dropped: expected a reason, found nothing."))
    if len(why) > MOST_LETTERS:
        words = _("Why: expected at most {most} letters, found {found}.")
        raise InputError(words.format(most=MOST_LETTERS, found=len(why)))
