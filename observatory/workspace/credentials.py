"""Signing in by e-mail address and password, and changing the password."""

from sqlalchemy import select, update

from observatory.errors import InputError, SignInError
from observatory.language import gettext as _
from observatory.workspace.accounts import account_row, person_of, subject_of
from observatory.workspace.attempts import count_try, forgive_try
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import recorded
from observatory.workspace.passwords import hashed, is_right, require_good
from observatory.workspace.people import Actor, Person
from observatory.workspace.policy import Action, require
from observatory.workspace.sessions import end_sessions_of
from observatory.workspace.tables import PEOPLE


def person_by_password(workspace: Workspace, *, email: str, password: str, address: str) -> Person:
    """The person with this e-mail address and password.

    Who has no account, a closed one, or one without a password is told the same as who types a
    wrong password, and after the same time.

    Raises:
        SignInError: they do not belong together.
        TooManyTriesError: wrong too often, for this account or from this address.
    """
    count_try(workspace, email=email, address=address)
    query = select(PEOPLE.c.person_id, PEOPLE.c.password_hash).where(
        PEOPLE.c.email == email.strip().lower(), PEOPLE.c.disabled_at.is_(None)
    )
    with reading(workspace) as connection:
        row = connection.execute(query).mappings().first()
        person = None if row is None else person_of(connection, row["person_id"])
    is_same = is_right(None if row is None else row["password_hash"], password)
    if not is_same or person is None:
        raise SignInError(_("E-mail address and password do not belong together."))
    forgive_try(workspace, email=email, address=address)
    return person


def change_password(workspace: Workspace, actor: Actor, *, current: str, wanted: str) -> None:
    """Give the actor another password; every session of theirs ends, this one too.

    Raises:
        NotAllowedError: nobody is signed in.
        SignInError, TooManyTriesError: the current password is wrong, or was too often.
        InputError: the new one is not good enough, or the account has none.
    """
    require(actor.person, Action.USE_ACCOUNT)
    person = actor.person
    with reading(workspace) as connection:
        password_hash = account_row(connection, person.person_id)["password_hash"]
    if password_hash is None:
        raise InputError(_("This account has no password: it signs in with the provider."))
    count_try(workspace, email=person.email, address=actor.address)
    if not is_right(password_hash, current):
        raise SignInError(_("The current password is wrong."))
    forgive_try(workspace, email=person.email, address=actor.address)
    require_good(wanted, about=(person.name, person.email))
    kept = hashed(wanted)
    with recorded(
        workspace,
        actor,
        action="person.set_password",
        subject=subject_of(person.person_id),
        old=None,
        new={"by": "account"},
        why="",
    ) as connection:
        connection.execute(
            update(PEOPLE).where(PEOPLE.c.person_id == person.person_id).values(password_hash=kept)
        )
        end_sessions_of(connection, person.person_id)
