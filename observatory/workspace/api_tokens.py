"""Tokens for programs: a person's own role, lent to a program of theirs until an end date.

Only the person makes one, never an administrator for somebody: what a token writes is written by
its person. Administrators see and withdraw them.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, select, true, update

from observatory.errors import InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.workspace.accounts import person_of
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import recorded
from observatory.workspace.people import Actor, Person
from observatory.workspace.policy import Action, may, require
from observatory.workspace.secret_tokens import new_token, token_hash
from observatory.workspace.tables import TOKENS
from observatory.workspace.times import now_text

PREFIX = "mo_"  # by which programs that look for leaked secrets can know one
MOST_DAYS = 366
LONGEST_LABEL = 100


@dataclass(frozen=True)
class Token:
    """A token without its secret, which nobody can read again."""

    token_id: str
    label: str
    created_at: str
    ends_at: str


def make_token(workspace: Workspace, actor: Actor, *, label: str, days: int) -> str:
    """A new token of the actor's own.

    Returns:
        The secret, which is nowhere else.

    Raises:
        NotAllowedError: the actor's role has none.
        InputError: a label or an end that cannot be.
    """
    require(actor.person, Action.HAVE_TOKEN)
    label = " ".join(label.split())
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise InputError(_("Expected a name for the token of 1 to 100 characters."))
    if not 1 <= days <= MOST_DAYS:
        raise InputError(_("Expected 1 to {most} days.").format(most=MOST_DAYS))
    token = PREFIX + new_token()
    token_id = secrets.token_hex(8)
    with recorded(
        workspace,
        actor,
        action="token.make",
        subject=f"token:{token_id}",
        old=None,
        new={"label": label, "days": days},
        why="",
    ) as connection:
        connection.execute(
            insert(TOKENS).values(
                token_hash=token_hash(token),
                token_id=token_id,
                person_id=actor.person.person_id,
                label=label,
                created_at=now_text(),
                ends_at=now_text(days=days),
            )
        )
    return token


def tokens_of(workspace: Workspace, actor: Actor, person_id: str) -> list[Token]:
    """The tokens of a person that can be used, oldest first.

    Raises:
        NotAllowedError: it is another's, and the actor does not administer.
    """
    own = actor.person.is_signed_in and actor.person.person_id == person_id
    require(actor.person, Action.USE_ACCOUNT if own else Action.ADMINISTER)
    query = (
        select(TOKENS)
        .where(
            TOKENS.c.person_id == person_id,
            TOKENS.c.revoked_at.is_(None),
            TOKENS.c.ends_at > now_text(),
        )
        .order_by(TOKENS.c.created_at, TOKENS.c.token_id)
    )
    with reading(workspace) as connection:
        rows = connection.execute(query).mappings().all()
    return [Token(r["token_id"], r["label"], r["created_at"], r["ends_at"]) for r in rows]


def revoke_token(workspace: Workspace, actor: Actor, token_id: str) -> None:
    """Withdraw a token: one's own, or as an administrator anybody's.

    Raises:
        NotAllowedError: nobody is signed in.
        UnknownIdError: there is none of this id that the actor may withdraw.
    """
    require(actor.person, Action.USE_ACCOUNT)
    whose: ColumnElement[bool] = TOKENS.c.person_id == actor.person.person_id
    if may(actor.person, Action.ADMINISTER):
        whose = true()
    with recorded(
        workspace,
        actor,
        action="token.revoke",
        subject=f"token:{token_id}",
        old=None,
        new=None,
        why="",
    ) as connection:
        revoked = connection.execute(
            update(TOKENS)
            .where(TOKENS.c.token_id == token_id, TOKENS.c.revoked_at.is_(None), whose)
            .values(revoked_at=now_text())
        )
        if revoked.rowcount == 0:
            raise UnknownIdError("token", token_id)


def find_token_person(workspace: Workspace, token: str) -> Person | None:
    """The person whose token this is; None where it is withdrawn, ended or unknown.

    Raises:
        WorkspaceError: the workspace cannot be read.
    """
    query = select(TOKENS.c.person_id).where(
        TOKENS.c.token_hash == token_hash(token),
        TOKENS.c.revoked_at.is_(None),
        TOKENS.c.ends_at > now_text(),
    )
    with reading(workspace) as connection:
        person_id = connection.execute(query).scalar_one_or_none()
        return None if person_id is None else person_of(connection, person_id)
