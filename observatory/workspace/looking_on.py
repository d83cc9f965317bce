"""Looking at the pages as somebody of another role: for administrators, and nothing can be written.

It is kept with the session on the server, so that no browser can begin it without its row in the
audit trail.
"""

import orjson
from sqlalchemy import update

from observatory.errors import InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.workspace.accounts import Grant, subject_of
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import recorded
from observatory.workspace.people import Actor, Role
from observatory.workspace.policy import Action, require
from observatory.workspace.sessions import Session
from observatory.workspace.tables import SESSIONS


def look_as(workspace: Workspace, actor: Actor, session: Session, grant: Grant) -> None:
    """Let a session of the actor's own see what somebody of this role sees.

    Raises:
        NotAllowedError: the actor does not administer.
        InputError: the role is the actor's own, or misses what it needs.
        UnknownIdError: the session is not the actor's.
    """
    require(actor.person, Action.ADMINISTER)
    if grant.role is Role.ADMIN:
        raise InputError(_("Expected a role other than your own."))
    grant = grant.checked()
    told = orjson.dumps(grant.as_words()).decode()
    _write(workspace, actor, session, told, action="person.look_as", new=grant.as_words())


def look_as_oneself(workspace: Workspace, actor: Actor, session: Session) -> None:
    """End it.

    Raises:
        NotAllowedError: the actor does not administer.
        UnknownIdError: the session is not the actor's.
    """
    require(actor.person, Action.ADMINISTER)
    _write(workspace, actor, session, None, action="person.look_as_oneself", new=None)


def _write(
    workspace: Workspace,
    actor: Actor,
    session: Session,
    looks_as: str | None,
    *,
    action: str,
    new: dict[str, object] | None,
) -> None:
    subject = subject_of(actor.person.person_id)
    own = (
        SESSIONS.c.person_id == actor.person.person_id,
        SESSIONS.c.token_hash.startswith(session.session_id, autoescape=True),
    )
    with recorded(workspace, actor, action=action, subject=subject, new=new) as connection:
        query = update(SESSIONS).where(*own).values(looks_as=looks_as)
        if not session.session_id or connection.execute(query).rowcount != 1:
            raise UnknownIdError("session", session.session_id)
