"""Sessions, kept here and not in the browser, which holds a secret that names one."""

from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from observatory.config import Settings
from observatory.errors import UnknownIdError
from observatory.workspace.accounts import person_of, subject_of
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.ledger import recorded
from observatory.workspace.people import LOOKING_ON, PUBLIC, Actor, Person, Role
from observatory.workspace.policy import Action, may, require
from observatory.workspace.secret_tokens import new_token, token_hash
from observatory.workspace.tables import SESSIONS
from observatory.workspace.times import now_text

SEEN_SECONDS = 60  # between two notes of when a session was last used
LONGEST_AGENT = 300
SHOWN_ID = 16  # characters of the hash by which a person names a session


@dataclass(frozen=True)
class Session:
    """A session that is under way.

    Attributes:
        session_id: how its owner names it; no secret.
        person: whose it is.
        form_token: what each form of the session carries.
        started_at, seen_at: ISO 8601 UTC.
        address, agent: from where, and with which program, it was started.
        looks_as: whose view an administrator has in it; None for one's own.
    """

    session_id: str
    person: Person
    form_token: str
    started_at: str
    seen_at: str
    address: str
    agent: str
    looks_as: Person | None = None


def start_session(
    workspace: Workspace, actor: Actor, *, agent: str, replaces: str = "", how: str
) -> str:
    """Begin a session for a person who has just shown who they are; always with a new secret.

    Args:
        workspace: where it is kept.
        actor: the person, and the address.
        agent: what the browser calls itself.
        replaces: the secret of the session this browser had, which ends.
        how: by what the person signed in, for the audit trail.

    Returns:
        The secret for the browser's cookie.
    """
    token = new_token()
    now = now_text()
    with recorded(
        workspace,
        actor,
        action="person.sign_in",
        subject=subject_of(actor.person.person_id),
        old=None,
        new={"how": how},
        why="",
    ) as connection:
        _end(connection, token_hash(replaces))
        connection.execute(
            insert(SESSIONS).values(
                token_hash=token_hash(token),
                person_id=actor.person.person_id,
                form_token=new_token(),
                started_at=now,
                seen_at=now,
                address=actor.address[:64],
                agent=agent[:LONGEST_AGENT],
            )
        )
    return token


def find_session(workspace: Workspace, settings: Settings, token: str) -> Session | None:
    """The session a secret names; None where it has ended, or the account is closed.

    Raises:
        WorkspaceError: the workspace cannot be read.
    """
    query = select(SESSIONS).where(
        SESSIONS.c.token_hash == token_hash(token), *_under_way(settings)
    )
    with reading(workspace) as connection:
        row = connection.execute(query).mappings().first()
        person = None if row is None else person_of(connection, row["person_id"])
    if row is None or person is None:
        return None
    if row["seen_at"] < now_text(seconds=-SEEN_SECONDS):
        with writing(workspace) as connection:
            connection.execute(
                update(SESSIONS)
                .where(SESSIONS.c.token_hash == row["token_hash"])
                .values(seen_at=now_text())
            )
    return _session(dict(row), person)


def sessions_of(workspace: Workspace, settings: Settings, person: Person) -> list[Session]:
    """A person's own sessions that are under way, the last used first."""
    require(person, Action.USE_ACCOUNT)
    query = (
        select(SESSIONS)
        .where(SESSIONS.c.person_id == person.person_id, *_under_way(settings))
        .order_by(SESSIONS.c.seen_at.desc(), SESSIONS.c.token_hash)
    )
    with reading(workspace) as connection:
        rows = connection.execute(query).mappings().all()
    return [_session(dict(row), person) for row in rows]


def visit_before(workspace: Workspace, session: Session) -> str:
    """When this person was last here before a session began; "" where never.

    Raises:
        WorkspaceError: it cannot be read.
    """
    query = select(func.max(SESSIONS.c.seen_at)).where(
        SESSIONS.c.person_id == session.person.person_id,
        SESSIONS.c.started_at < session.started_at,
    )
    with reading(workspace) as connection:
        return str(connection.execute(query).scalar_one() or "")


def end_session(workspace: Workspace, actor: Actor, session_id: str) -> None:
    """End one session of the actor's own.

    Raises:
        UnknownIdError: the actor has none of this id under way.
    """
    require(actor.person, Action.USE_ACCOUNT)
    with recorded(
        workspace,
        actor,
        action="person.sign_out",
        subject=subject_of(actor.person.person_id),
        old=None,
        new=None,
        why="",
    ) as connection:
        ended = connection.execute(
            update(SESSIONS)
            .where(
                SESSIONS.c.person_id == actor.person.person_id,
                SESSIONS.c.token_hash.startswith(session_id[:SHOWN_ID], autoescape=True),
                SESSIONS.c.ended_at.is_(None),
            )
            .values(ended_at=now_text())
        )
        if len(session_id) < SHOWN_ID or ended.rowcount == 0:
            raise UnknownIdError("session", session_id)


def sign_out_everywhere(workspace: Workspace, actor: Actor, *, person_id: str) -> None:
    """End all sessions of a person: one's own, or as an administrator anybody's.

    Raises:
        NotAllowedError: it is another's, and the actor does not administer.
    """
    own = actor.person.is_signed_in and actor.person.person_id == person_id
    require(actor.person, Action.USE_ACCOUNT if own else Action.ADMINISTER)
    with recorded(
        workspace,
        actor,
        action="person.sign_out_everywhere",
        subject=subject_of(person_id),
        old=None,
        new=None,
        why="",
    ) as connection:
        end_sessions_of(connection, person_id)


def end_sessions_of(connection: Connection, person_id: str) -> None:
    """End all sessions of a person, within the transaction of whoever has reason to."""
    connection.execute(
        update(SESSIONS)
        .where(SESSIONS.c.person_id == person_id, SESSIONS.c.ended_at.is_(None))
        .values(ended_at=now_text())
    )


def _end(connection: Connection, hashed_token: str) -> None:
    connection.execute(
        update(SESSIONS)
        .where(SESSIONS.c.token_hash == hashed_token, SESSIONS.c.ended_at.is_(None))
        .values(ended_at=now_text())
    )


def _under_way(settings: Settings) -> tuple[ColumnElement[bool], ...]:
    return (
        SESSIONS.c.ended_at.is_(None),
        SESSIONS.c.seen_at > now_text(hours=-settings.session_idle_hours),
        SESSIONS.c.started_at > now_text(hours=-settings.session_hours),
    )


def _looks_as(text: str | None, person: Person) -> Person | None:
    """The role that a session sees with, as long as its person administers."""
    if text is None or not may(person, Action.ADMINISTER):
        return None
    told = orjson.loads(text)
    role = Role(told["role"])
    if role is Role.PUBLIC:
        return PUBLIC
    reach = frozenset(told["initiative_ids"])
    return Person(LOOKING_ON, person.name, "", role, told["city_id"], reach)


def _session(row: dict[str, str], person: Person) -> Session:
    return Session(
        row["token_hash"][:SHOWN_ID],
        person,
        row["form_token"],
        row["started_at"],
        row["seen_at"],
        row["address"],
        row["agent"],
        _looks_as(row["looks_as"], person),
    )
