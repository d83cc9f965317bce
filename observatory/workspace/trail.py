"""Looking through the audit trail, which `ledger` writes."""

from dataclasses import dataclass

from sqlalchemy import func, select

from observatory.workspace.engine import Workspace, reading
from observatory.workspace.people import Actor
from observatory.workspace.policy import Action, require
from observatory.workspace.tables import AUDIT


@dataclass(frozen=True)
class Entry:
    """One row of the trail: what somebody did, when, from where and why; old and new as JSON."""

    sequence: int
    written_at: str
    person_name: str
    address: str
    action: str
    subject: str
    old: str
    new: str
    why: str


def newest_sequence(workspace: Workspace) -> int:
    """The number of the newest row of the trail, which is how many there are; 0 for none."""
    with reading(workspace) as connection:
        return connection.execute(select(func.max(AUDIT.c.sequence))).scalar_one() or 0


def latest_entries(
    workspace: Workspace, actor: Actor, *, subject: str = "", before: int = 0, limit: int = 50
) -> list[Entry]:
    """Rows of the trail, the newest first.

    Args:
        workspace: where it is kept.
        actor: who looks.
        subject: only what begins like this ("person:"); "" for all.
        before: only rows of a smaller sequence number; 0 for the newest.
        limit: how many at most.

    Raises:
        NotAllowedError: the actor does not administer.
    """
    require(actor.person, Action.ADMINISTER)
    query = select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(limit)
    if subject:
        query = query.where(AUDIT.c.subject.startswith(subject, autoescape=True))
    if before:
        query = query.where(AUDIT.c.sequence < before)
    with reading(workspace) as connection:
        rows = connection.execute(query).mappings().all()
    return [
        Entry(
            row["sequence"],
            row["written_at"],
            row["person_name"],
            row["address"],
            row["action"],
            row["subject"],
            row["old"] or "",
            row["new"] or "",
            row["why"],
        )
        for row in rows
    ]
