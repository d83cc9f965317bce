"""Updates as people see them: one with its thread, what is one's own, what waits for a review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, Select, or_, select

from observatory.errors import UnknownIdError
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.people import Person, Role
from observatory.workspace.policy import Action, Subject, may, require
from observatory.workspace.tables import PEOPLE, REMARKS, UPDATES
from observatory.workspace.updates import APPROVED, DRAFT, PUBLISHED, RETURNED, SUBMITTED

OPEN = (DRAFT, RETURNED, SUBMITTED, APPROVED)


@dataclass(frozen=True)
class Update:
    """An update as it is.

    Attributes:
        update_id, kind, initiative_id, subject_id, state: as in the table `updates`.
        content: its fields.
        author_id, author_name, reviewer_id: who wrote it, who reviewed it ("" for nobody yet).
        created_at, changed_at, submitted_at, published_at: ISO 8601; "" where it did not happen.
        version: grows with each step.
    """

    update_id: str
    kind: str
    initiative_id: str
    subject_id: str
    state: str
    content: Mapping[str, object]
    author_id: str
    author_name: str
    reviewer_id: str
    created_at: str
    changed_at: str
    submitted_at: str
    published_at: str
    version: int

    @property
    def subject(self) -> Subject:
        """What the policy is asked about."""
        return Subject(initiative_id=self.initiative_id, author_id=self.author_id)


@dataclass(frozen=True)
class Remark:
    """One word in the thread of an update.

    Attributes:
        said_at, person_name, kind, words: when, who, on which occasion, what.
        changed: of what was handed in, by field: before and now.
    """

    said_at: str
    person_name: str
    kind: str
    words: str
    changed: Mapping[str, Sequence[object]]


def find_update(workspace: Workspace, person: Person, update_id: str) -> Update:
    """An update, if this person may see it.

    Raises:
        UnknownIdError: there is none of this id.
        NotAllowedError: it is not published, and the person may not see it before.
        WorkspaceError: it cannot be read.
    """
    found = _listed(workspace, UPDATES.c.update_id == update_id)
    if not found:
        raise UnknownIdError("update", update_id)
    if found[0].state != PUBLISHED:
        require(person, Action.SEE_UNPUBLISHED, found[0].subject)
    return found[0]


def own_updates(workspace: Workspace, person: Person) -> list[Update]:
    """What this person wrote and is not done yet, the longest untouched first."""
    mine = (UPDATES.c.author_id == person.person_id, UPDATES.c.state.in_(OPEN))
    return _listed(workspace, *mine)


def to_review(workspace: Workspace, person: Person) -> list[Update]:
    """What waits for a step that this person may take as a reviewer, the oldest first."""
    if not may(person, Action.REVIEW):
        return []
    waiting = [UPDATES.c.state.in_((SUBMITTED, APPROVED))]
    if person.role is not Role.LEADERSHIP:
        waiting.append(UPDATES.c.initiative_id.in_(sorted(person.initiative_ids)))
    found = _listed(workspace, *waiting)
    return [one for one in found if may(person, Action.REVIEW, one.subject)]


def updates_about(workspace: Workspace, person: Person, node_ids: Sequence[str]) -> list[Update]:
    """Updates about some parts of the plan, as far as this person may see them, oldest first."""
    about = or_(UPDATES.c.subject_id.in_(node_ids), UPDATES.c.initiative_id.in_(node_ids))
    return [
        one
        for one in _listed(workspace, about)
        if one.state == PUBLISHED or may(person, Action.SEE_UNPUBLISHED, one.subject)
    ]


def thread(workspace: Workspace, person: Person, update: Update) -> list[Remark]:
    """What was said about an update, oldest first.

    Raises:
        NotAllowedError: the person may not see what is not published.
    """
    if update.state != PUBLISHED:
        require(person, Action.SEE_UNPUBLISHED, update.subject)
    query = (
        select(REMARKS, PEOPLE.c.name)
        .join(PEOPLE, PEOPLE.c.person_id == REMARKS.c.person_id)
        .where(REMARKS.c.update_id == update.update_id)
        .order_by(REMARKS.c.said_at, REMARKS.c.remark_id)
    )
    with reading(workspace) as connection:
        rows = connection.execute(query).mappings().all()
    return [
        Remark(
            row["said_at"],
            row["name"],
            row["kind"],
            row["words"],
            orjson.loads(row["difference"])["changed"] if row["difference"] else {},
        )
        for row in rows
    ]


def _listed(workspace: Workspace, *conditions: ColumnElement[bool]) -> list[Update]:
    query: Select[tuple[object, ...]] = (
        select(UPDATES, PEOPLE.c.name.label("author_name"))
        .join(PEOPLE, PEOPLE.c.person_id == UPDATES.c.author_id)
        .where(*conditions)
        .order_by(UPDATES.c.changed_at, UPDATES.c.update_id)
    )
    with reading(workspace) as connection:
        rows = connection.execute(query).mappings().all()
    return [
        Update(
            update_id=row["update_id"],
            kind=row["kind"],
            initiative_id=row["initiative_id"],
            subject_id=row["subject_id"],
            state=row["state"],
            content=orjson.loads(row["content"]),
            author_id=row["author_id"],
            author_name=row["author_name"],
            reviewer_id=row["reviewer_id"] or "",
            created_at=row["created_at"],
            changed_at=row["changed_at"],
            submitted_at=row["submitted_at"] or "",
            published_at=row["published_at"] or "",
            version=row["version"],
        )
        for row in rows
    ]
