"""One-time links: the first administrator, invitations, a new password. Each is good once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from observatory.errors import SignInError
from observatory.language import gettext as _
from observatory.workspace.accounts import (
    Grant,
    account_row,
    add_account,
    person_of,
    plain_email,
    plain_person_name,
    subject_of,
)
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import recorded
from observatory.workspace.passwords import hashed, require_good
from observatory.workspace.people import PUBLIC, Actor, Person, Role
from observatory.workspace.policy import Action, require
from observatory.workspace.secret_tokens import new_token, token_hash
from observatory.workspace.sessions import end_sessions_of
from observatory.workspace.tables import ONE_TIME_LINKS, PEOPLE
from observatory.workspace.times import now_text


class Purpose(StrEnum):
    """What a link is for."""

    FIRST_ADMIN = "first_admin"
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - a name, no secret


HOURS: Mapping[Purpose, float] = {
    Purpose.FIRST_ADMIN: 24,
    Purpose.INVITATION: 7 * 24,
    Purpose.PASSWORD: 24,
}
OPERATOR = Actor(Person("", "operator of the machine", "", Role.PUBLIC), "this machine")


@dataclass(frozen=True)
class OpenLink:
    """A link that can still be used: what for, by whom ("" for the first administrator)."""

    purpose: Purpose
    name: str
    email: str
    ends_at: str


def has_admin(workspace: Workspace) -> bool:
    """Whether somebody administers.

    Raises:
        WorkspaceError: the workspace cannot be read.
    """
    with reading(workspace) as connection:
        return _has_admin(connection)


def first_admin_link(workspace: Workspace) -> str | None:
    """The token of a new link for the first administrator; None where there is one.

    Links of earlier starts end with it.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    if has_admin(workspace):
        return None
    now = now_text()
    with recorded(
        workspace,
        OPERATOR,
        action="link.make",
        subject="link:first_admin",
        old=None,
        new={"purpose": Purpose.FIRST_ADMIN.value},
        why="",
    ) as connection:
        connection.execute(
            update(ONE_TIME_LINKS)
            .where(
                ONE_TIME_LINKS.c.purpose == Purpose.FIRST_ADMIN.value,
                ONE_TIME_LINKS.c.used_at.is_(None),
            )
            .values(used_at=now)
        )
        return _added(connection, Purpose.FIRST_ADMIN, None)


def invite(
    workspace: Workspace, actor: Actor, *, name: str, email: str, grant: Grant
) -> tuple[str, str]:
    """Add a person, and make the link by which the person chooses a password.

    Returns:
        The person's id, and the token of the link, which is nowhere else.

    Raises:
        NotAllowedError: the actor does not administer.
        InputError: a name, address or grant that cannot be.
    """
    if actor is not OPERATOR:
        require(actor.person, Action.ADMINISTER)
    grant = grant.checked()
    email, name = plain_email(email), plain_person_name(name)
    with recorded(
        workspace,
        actor,
        action="person.invite",
        subject=f"person:{email}",
        old=None,
        new={"name": name, "email": email, **grant.as_words()},
        why="",
    ) as connection:
        person_id = add_account(connection, name=name, email=email, grant=grant)
        return person_id, _added(connection, Purpose.INVITATION, person_id)


def password_link(workspace: Workspace, actor: Actor, person_id: str) -> str:
    """The token of a link by which a person chooses a new password; earlier ones end.

    Raises:
        NotAllowedError: the actor does not administer.
        UnknownIdError: there is no such person.
    """
    require(actor.person, Action.ADMINISTER)
    with reading(workspace) as connection:
        account_row(connection, person_id)
    with recorded(
        workspace,
        actor,
        action="link.make",
        subject=subject_of(person_id),
        old=None,
        new={"purpose": Purpose.PASSWORD.value},
        why="",
    ) as connection:
        _end_links_of(connection, person_id)
        return _added(connection, Purpose.PASSWORD, person_id)


def find_link(workspace: Workspace, token: str) -> OpenLink:
    """What a link is for, without using it: programs that look at mail open links too.

    Raises:
        SignInError: it is unknown, used, or has ended.
    """
    with reading(workspace) as connection:
        row = _open_link(connection, token)
        person = person_of(connection, row["person_id"]) if row["person_id"] else PUBLIC
    if person is None:
        raise _closed()
    return OpenLink(Purpose(row["purpose"]), person.name, person.email, row["ends_at"])


def accept_link(workspace: Workspace, token: str, *, password: str, address: str) -> Person:
    """Use an invitation or a link for a new password; all sessions of the person end.

    Raises:
        SignInError: the link is unknown, used, or has ended.
        InputError: the password is not good enough; the link can still be used.
    """
    link = find_link(workspace, token)
    if link.purpose is Purpose.FIRST_ADMIN:
        raise _closed()
    require_good(password, about=(link.name, link.email))
    with reading(workspace) as connection:
        person_id = _open_link(connection, token)["person_id"]
        person = person_of(connection, person_id)
    if person is None:
        raise _closed()
    password_hash = hashed(password)
    with recorded(
        workspace,
        Actor(person, address),
        action="person.set_password",
        subject=subject_of(person_id),
        old=None,
        new={"by": link.purpose.value},
        why="",
    ) as connection:
        _spend(connection, token)
        connection.execute(
            update(PEOPLE)
            .where(PEOPLE.c.person_id == person_id)
            .values(password_hash=password_hash)
        )
        end_sessions_of(connection, person_id)
    return person


def create_first_admin(
    workspace: Workspace, token: str, *, name: str, email: str, password: str, address: str
) -> Person:
    """Use the link of the first start: make the administrator.

    Raises:
        SignInError: the link is unknown, used, or has ended, or there is an administrator.
        InputError: name, address or password cannot be; the link can still be used.
    """
    if find_link(workspace, token).purpose is not Purpose.FIRST_ADMIN:
        raise _closed()
    email, name = plain_email(email), plain_person_name(name)
    require_good(password, about=(name, email))
    password_hash = hashed(password)
    with recorded(
        workspace,
        Actor(Person("", name, email, Role.PUBLIC), address),
        action="person.create_first_admin",
        subject=f"person:{email}",
        old=None,
        new={"name": name, "email": email, "role": Role.ADMIN.value},
        why="",
    ) as connection:
        _spend(connection, token)
        if _has_admin(connection):
            raise _closed()
        person_id = add_account(connection, name=name, email=email, grant=Grant(Role.ADMIN))
        connection.execute(
            update(PEOPLE)
            .where(PEOPLE.c.person_id == person_id)
            .values(password_hash=password_hash)
        )
    return Person(person_id, name, email, Role.ADMIN)


def _added(connection: Connection, purpose: Purpose, person_id: str | None) -> str:
    token = new_token()
    values = {
        "token_hash": token_hash(token),
        "purpose": purpose.value,
        "person_id": person_id,
        "created_at": now_text(),
        "ends_at": now_text(hours=HOURS[purpose]),
    }
    connection.execute(insert(ONE_TIME_LINKS).values(values))
    return token


def _spend(connection: Connection, token: str) -> None:
    """Use a link up; of two who try at one time one finds it used."""
    now = now_text()
    spent = connection.execute(
        update(ONE_TIME_LINKS)
        .where(
            ONE_TIME_LINKS.c.token_hash == token_hash(token),
            ONE_TIME_LINKS.c.used_at.is_(None),
            ONE_TIME_LINKS.c.ends_at > now,
        )
        .values(used_at=now)
    )
    if spent.rowcount != 1:
        raise _closed()


def _open_link(connection: Connection, token: str) -> RowMapping:
    query = select(ONE_TIME_LINKS).where(
        ONE_TIME_LINKS.c.token_hash == token_hash(token),
        ONE_TIME_LINKS.c.used_at.is_(None),
        ONE_TIME_LINKS.c.ends_at > now_text(),
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise _closed()
    return row


def _end_links_of(connection: Connection, person_id: str) -> None:
    connection.execute(
        update(ONE_TIME_LINKS)
        .where(ONE_TIME_LINKS.c.person_id == person_id, ONE_TIME_LINKS.c.used_at.is_(None))
        .values(used_at=now_text())
    )


def _has_admin(connection: Connection) -> bool:
    query = (
        select(func.count())
        .select_from(PEOPLE)
        .where(PEOPLE.c.role == Role.ADMIN.value, PEOPLE.c.disabled_at.is_(None))
    )
    return connection.execute(query).scalar_one() > 0


def _closed() -> SignInError:
    return SignInError(
        _("This link has been used, has ended, or never was one. Ask an administrator for another.")
    )
