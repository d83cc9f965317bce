"""Plans that were imported: kept whole, one after the other, each with who and when."""

import hashlib
import secrets

from pydantic import TypeAdapter
from sqlalchemy import insert

from observatory.domain.plan import Plan
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import recording
from observatory.workspace.links import OPERATOR
from observatory.workspace.people import Actor
from observatory.workspace.policy import Action, require
from observatory.workspace.tables import PLAN_IMPORTS

_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)


def plan_of_text(text: str) -> Plan:
    """The plan of a row of `plan_imports`."""
    return _PLAN.validate_json(text)


def content_hash(content: str) -> str:
    """What the audit trail keeps of an imported plan's content: SHA-256."""
    return hashlib.sha256(content.encode()).hexdigest()


def keep_import(
    workspace: Workspace, actor: Actor, plan: Plan, *, file_name: str, why: str = ""
) -> str:
    """Let a plan stand in place of the one on record, from now on; gives the import's id.

    Raises:
        NotAllowedError: the actor is neither leadership nor the operator on the machine.
        WorkspaceError: it cannot be written; nothing was.
    """
    if actor is not OPERATOR:
        require(actor.person, Action.IMPORT_PLAN)
    import_id = secrets.token_hex(8)
    content = _PLAN.dump_json(plan).decode()
    subject = f"plan_import:{import_id}"
    with recording(workspace, actor, action="plan.import", subject=subject) as entry:
        entry.connection.execute(
            insert(PLAN_IMPORTS).values(
                import_id=import_id,
                imported_at=entry.now,
                person_id=actor.person.person_id or None,
                file_name=file_name[:300],
                content=content,
            )
        )
        counts = {
            name: len(getattr(plan, name))
            for name in ("objectives", "lines", "initiatives", "measures", "targets", "actuals")
        }
        told = {"file_name": file_name[:300], "plan_id": plan.plan_id, **counts}
        entry.new = {**told, "sha256": content_hash(content)}
        entry.why = why
    return import_id
