"""Accounts: the rows of people, and what administrators change in them."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from observatory.errors import ConflictError, InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import recorded
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.policy import Action, require, role_words
from observatory.workspace.tables import INITIATIVE_OWNERS, PEOPLE, SESSIONS
from observatory.workspace.times import now_text

EMAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,185}\.[^@\s<>\"',;.]{2,}")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Account:
    """A person with what an administrator sees of the account.

    Attributes:
        person: who it is.
        version: of the row, for changes.
        has_password: whether the person signs in here.
        has_provider: whether the person has signed in by the OpenID provider.
        has_notices: whether the person wants reminders by e-mail.
        created_at, disabled_at, seen_at: ISO 8601 UTC; "" where there is none.
    """

    person: Person
    version: int
    has_password: bool
    has_provider: bool
    has_notices: bool
    created_at: str
    disabled_at: str
    seen_at: str


@dataclass(frozen=True)
class Grant:
    """A role and what it reaches: a city, or initiatives."""

    role: Role
    city_id: str = ""
    initiative_ids: frozenset[str] = frozenset()

    def checked(self) -> "Grant":
        """The grant without what its role does not use.

        Raises:
            InputError: a role misses what it needs.
        """
        if self.role is Role.MEMBER_CITY and not self.city_id:
            raise InputError(_("Expected the city that this person speaks for."))
        return Grant(
            self.role,
            self.city_id if self.role is Role.MEMBER_CITY else "",
            self.initiative_ids if self.role is Role.PROGRAMME_OWNER else frozenset(),
        )

    def as_words(self) -> dict[str, object]:
        """What the audit trail keeps of it."""
        return {
            "role": self.role.value,
            "city_id": self.city_id,
            "initiative_ids": sorted(self.initiative_ids),
        }


def all_accounts(workspace: Workspace, actor: Actor) -> list[Account]:
    """Every account, by name.

    Raises:
        NotAllowedError: the actor does not administer.
    """
    require(actor.person, Action.ADMINISTER)
    query = select(PEOPLE).order_by(PEOPLE.c.name, PEOPLE.c.person_id)
    with reading(workspace) as connection:
        owned = _owned(connection)
        last_seen = select(SESSIONS.c.person_id, func.max(SESSIONS.c.seen_at)).group_by(
            SESSIONS.c.person_id
        )
        seen = {row[0]: row[1] for row in connection.execute(last_seen)}
        rows = connection.execute(query).mappings().all()
    return [_account(row, owned, seen) for row in rows]


def enabled_people(workspace: Workspace) -> list[Person]:
    """Everybody whose account is open, by name: for what the operator's machine does by itself."""
    query = select(PEOPLE).where(PEOPLE.c.disabled_at.is_(None)).order_by(PEOPLE.c.name)
    with reading(workspace) as connection:
        owned = _owned(connection)
        return [as_person(row, owned) for row in connection.execute(query).mappings()]


def find_account(workspace: Workspace, actor: Actor, person_id: str) -> Account:
    """One account: one's own, or as an administrator anybody's.

    Raises:
        NotAllowedError: it is another's, and the actor does not administer.
        UnknownIdError: there is none.
    """
    own = actor.person.is_signed_in and actor.person.person_id == person_id
    require(actor.person, Action.USE_ACCOUNT if own else Action.ADMINISTER)
    with reading(workspace) as connection:
        row = account_row(connection, person_id)
        return _account(row, _owned(connection), {})


def person_of(connection: Connection, person_id: str) -> Person | None:
    """The person of an account that may be used; None where there is none, or it is disabled."""
    query = select(PEOPLE).where(PEOPLE.c.person_id == person_id, PEOPLE.c.disabled_at.is_(None))
    row = connection.execute(query).mappings().first()
    return None if row is None else as_person(row, _owned(connection))


def as_person(row: RowMapping, owned: Mapping[str, frozenset[str]]) -> Person:
    """A row of people as a person."""
    return Person(
        row["person_id"],
        row["name"],
        row["email"],
        Role(row["role"]),
        row["city_id"] or "",
        owned.get(row["person_id"], frozenset()),
    )


def account_row(connection: Connection, person_id: str) -> RowMapping:
    """The row of an account.

    Raises:
        UnknownIdError: there is none of this id.
    """
    query = select(PEOPLE).where(PEOPLE.c.person_id == person_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise UnknownIdError("person", person_id)
    return row


def add_account(connection: Connection, *, name: str, email: str, grant: Grant) -> str:
    """Add the rows of a person, within the transaction of the one who does it.

    Returns:
        The person's id.

    Raises:
        InputError: name or e-mail address cannot be, or the address has an account.
    """
    person_id = secrets.token_hex(8)
    values = {
        "person_id": person_id,
        "email": plain_email(email),
        "name": plain_person_name(name),
        "role": grant.role.value,
        "city_id": grant.city_id or None,
        "has_notices": True,
        "created_at": now_text(),
        "version": 1,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(PEOPLE).values(values))
    except IntegrityError:
        raise InputError(
            _("There is an account with the address {email} already.").format(email=email)
        ) from None
    _write_owned(connection, person_id, grant)
    return person_id


def change_grant(
    workspace: Workspace, actor: Actor, person_id: str, *, version: int, grant: Grant, why: str
) -> None:
    """Give a person another role, or the same role for something else.

    Raises:
        NotAllowedError: the actor does not administer.
        InputError: it is the actor's own account, the last administrator, or no grant.
        ConflictError: somebody else changed the account meanwhile.
        UnknownIdError: there is no such person.
    """
    grant = grant.checked()
    old = _changeable(workspace, actor, person_id).person
    before = Grant(old.role, old.city_id, old.initiative_ids).as_words()
    with recorded(
        workspace,
        actor,
        action="person.change_role",
        subject=subject_of(person_id),
        old=before,
        new=grant.as_words(),
        why=why,
    ) as connection:
        if grant.role is not Role.ADMIN:
            _require_other_admin(connection, person_id)
        values = {"role": grant.role.value, "city_id": grant.city_id or None}
        _change(connection, person_id, version, values, grant.as_words())
        connection.execute(
            delete(INITIATIVE_OWNERS).where(INITIATIVE_OWNERS.c.person_id == person_id)
        )
        _write_owned(connection, person_id, grant)


def set_disabled(
    workspace: Workspace, actor: Actor, person_id: str, *, version: int, disabled: bool, why: str
) -> None:
    """Close an account and end its sessions, or open it again.

    Raises:
        As `change_grant`.
    """
    account = _changeable(workspace, actor, person_id)
    with recorded(
        workspace,
        actor,
        action="person.close" if disabled else "person.open",
        subject=subject_of(person_id),
        old={"disabled": account.disabled_at != ""},
        new={"disabled": disabled},
        why=why,
    ) as connection:
        if disabled:
            _require_other_admin(connection, person_id)
        now = now_text()
        values = {"disabled_at": now if disabled else None}
        _change(connection, person_id, version, values, {"disabled": disabled})
        if disabled:
            connection.execute(
                update(SESSIONS)
                .where(SESSIONS.c.person_id == person_id, SESSIONS.c.ended_at.is_(None))
                .values(ended_at=now)
            )


def set_notices(workspace: Workspace, actor: Actor, *, wanted: bool) -> None:
    """Whether the actor gets reminders by e-mail.

    Raises:
        NotAllowedError: nobody is signed in.
    """
    require(actor.person, Action.USE_ACCOUNT)
    person_id = actor.person.person_id
    with recorded(
        workspace,
        actor,
        action="person.set_notices",
        subject=subject_of(person_id),
        old={"has_notices": not wanted},
        new={"has_notices": wanted},
        why="",
    ) as connection:
        connection.execute(
            update(PEOPLE).where(PEOPLE.c.person_id == person_id).values(has_notices=wanted)
        )


def subject_of(person_id: str) -> str:
    """How the audit trail names an account."""
    return f"person:{person_id}"


def plain_email(email: str) -> str:
    """An e-mail address as it is kept.

    Raises:
        InputError: it is none.
    """
    plain = email.strip().lower()
    if not EMAIL.fullmatch(plain):
        raise InputError(
            _("Expected an e-mail address like name@example.org, found “{found}”.").format(
                found=email.strip()[:80]
            )
        )
    return plain


def plain_person_name(name: str) -> str:
    """A person's name as it is kept.

    Raises:
        InputError: it is empty or too long.
    """
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise InputError(_("Expected a name of 1 to {most} characters.").format(most=LONGEST_NAME))
    return plain


def role_of(text: str) -> Role:
    """A role by its name in a form.

    Raises:
        InputError: there is none of this name.
    """
    try:
        return Role(text)
    except ValueError:
        names = ", ".join(role_words().values())
        raise InputError(_("Expected a role: {names}.").format(names=names)) from None


def _changeable(workspace: Workspace, actor: Actor, person_id: str) -> Account:
    require(actor.person, Action.ADMINISTER)
    if actor.person.person_id == person_id:
        raise InputError(_("Your own role and account are changed by another administrator."))
    return find_account(workspace, actor, person_id)


def _require_other_admin(connection: Connection, person_id: str) -> None:
    query = (
        select(PEOPLE.c.person_id)
        .where(PEOPLE.c.role == Role.ADMIN.value, PEOPLE.c.disabled_at.is_(None))
        .with_for_update()
    )
    if set(connection.execute(query).scalars()) <= {person_id}:
        raise InputError(_("This is the only administrator. Make another one first."))


def _change(
    connection: Connection,
    person_id: str,
    version: int,
    values: Mapping[str, object],
    own: Mapping[str, object],
) -> None:
    changed = connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.person_id == person_id, PEOPLE.c.version == version)
        .values(**values, version=version + 1)
    )
    if changed.rowcount == 1:
        return
    row = account_row(connection, person_id)
    theirs = {"role": row["role"], "city_id": row["city_id"], "disabled_at": row["disabled_at"]}
    raise ConflictError(
        _("Somebody else changed this account meanwhile. Look at it again."), own, theirs
    )


def _write_owned(connection: Connection, person_id: str, grant: Grant) -> None:
    for initiative_id in sorted(grant.initiative_ids):
        connection.execute(
            insert(INITIATIVE_OWNERS).values(initiative_id=initiative_id, person_id=person_id)
        )


def _owned(connection: Connection) -> dict[str, frozenset[str]]:
    owned: dict[str, set[str]] = {}
    for initiative_id, person_id in connection.execute(
        select(INITIATIVE_OWNERS.c.initiative_id, INITIATIVE_OWNERS.c.person_id)
    ):
        owned.setdefault(person_id, set()).add(initiative_id)
    return {person_id: frozenset(ids) for person_id, ids in owned.items()}


def _account(
    row: RowMapping, owned: Mapping[str, frozenset[str]], seen: Mapping[str, str]
) -> Account:
    return Account(
        as_person(row, owned),
        row["version"],
        has_password=row["password_hash"] is not None,
        has_provider=row["oidc_subject"] is not None,
        has_notices=row["has_notices"],
        created_at=row["created_at"],
        disabled_at=row["disabled_at"] or "",
        seen_at=seen.get(row["person_id"], ""),
    )
