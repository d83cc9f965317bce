"""Updates of the plan: written, submitted, returned or approved, published.

    draft → submitted → returned → draft …
                      → approved → published
    draft → withdrawn

Who writes an update is its author for good, and never its reviewer. Each step names the version it
was seen in: who comes second is told, sees both, and loses nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import orjson
from sqlalchemy import Connection, insert, or_, select, update

from observatory.errors import ConflictError, InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import Entry, recording
from observatory.workspace.people import Actor
from observatory.workspace.policy import Action, Subject, require
from observatory.workspace.tables import REMARKS, UPDATES
from observatory.workspace.update_content import (
    Content,
    as_published,
    cleaned,
    content_problems,
)

DRAFT, SUBMITTED, RETURNED = "draft", "submitted", "returned"
APPROVED, PUBLISHED, WITHDRAWN = "approved", "published", "withdrawn"
STATES = (DRAFT, SUBMITTED, RETURNED, APPROVED, PUBLISHED, WITHDRAWN)
AHEAD = (SUBMITTED, APPROVED, PUBLISHED)  # further than a draft
ID_BYTES = 8

Row = dict[str, object]


@dataclass(frozen=True)
class Draft:
    """What somebody writes.

    Attributes:
        kind: as in `update_content.FIELDS`.
        initiative_id: the initiative. subject_id: the measure, milestone, risk or initiative.
        city_ids: members that take part in the initiative, for the policy.
        content: the fields of the kind.
    """

    kind: str
    initiative_id: str
    subject_id: str
    city_ids: frozenset[str]
    content: Content

    @property
    def subject(self) -> Subject:
        """What the policy is asked about."""
        return Subject(self.initiative_id, self.city_ids, kind=self.kind)


def state_word(state: str) -> str:
    """How far an update is, for a person."""
    return {
        DRAFT: _("draft"),
        SUBMITTED: _("handed in"),
        RETURNED: _("came back"),
        APPROVED: _("approved, not published"),
        PUBLISHED: _("published"),
        WITHDRAWN: _("withdrawn"),
    }[state]


def start(workspace: Workspace, actor: Actor, draft: Draft) -> str:
    """Begin an update; gives its id.

    Raises:
        NotAllowedError: the actor may not write about the initiative.
        InputError: a field cannot be kept.
        WorkspaceError: it cannot be written; nothing was.
    """
    require(actor.person, Action.WRITE_UPDATE, draft.subject)
    update_id = secrets.token_hex(ID_BYTES)
    with recording(workspace, actor, action="update.start", subject=f"update:{update_id}") as entry:
        _insert(entry, update_id, actor, draft)
    return update_id


def _insert(entry: Entry, update_id: str, actor: Actor, draft: Draft) -> Row:
    content = cleaned(draft.kind, draft.content)
    row: Row = {
        "update_id": update_id,
        "kind": draft.kind,
        "initiative_id": draft.initiative_id,
        "subject_id": draft.subject_id,
        "period": str(content.get("period") or ""),
        "state": DRAFT,
        "content": orjson.dumps(content).decode(),
        "author_id": actor.person.person_id,
        "created_at": entry.now,
        "changed_at": entry.now,
        "version": 1,
    }
    entry.connection.execute(insert(UPDATES).values(**row))
    entry.new = row
    return row


def save(workspace: Workspace, actor: Actor, update_id: str, version: int, content: Content) -> int:
    """Keep what was typed into a draft, or into an update that came back; gives its version.

    What is wrong with the content is told at the submission: half a draft is kept as it is.

    Raises:
        NotAllowedError: the actor is not its author.
        ConflictError: it was changed since `version`, in another window.
        UnknownIdError, InputError, WorkspaceError: as elsewhere; nothing was written.
    """
    with recording(workspace, actor, action="update.save", subject=f"update:{update_id}") as entry:
        row = _own(entry, actor, update_id)
        kept = cleaned(str(row["kind"]), content)
        _require_version(row, version, kept)
        _require_state(row, DRAFT, RETURNED)
        changed = {
            "content": orjson.dumps(kept).decode(),
            "period": str(kept.get("period") or ""),
            "state": DRAFT if row["state"] == DRAFT else RETURNED,
        }
        return _move(entry, row, changed)


def submit(
    workspace: Workspace, actor: Actor, update_id: str, version: int, *, knowing: str = ""
) -> int:
    """Hand a draft in for review; gives its version.

    Args:
        workspace: the workspace.
        actor: its author.
        update_id: the draft.
        version: the version seen.
        knowing: id of another's update of the same thing that the author has seen.

    Raises:
        InputError: something is missing or wrong; each thing is named.
        ConflictError: it was changed since `version`, or somebody else has meanwhile submitted
            or published the same figure; carries both contents.
        NotAllowedError, UnknownIdError, WorkspaceError: as elsewhere; nothing was written.
    """
    subject = f"update:{update_id}"
    with recording(workspace, actor, action="update.submit", subject=subject) as entry:
        row = _own(entry, actor, update_id)
        content = orjson.loads(str(row["content"]))
        _require_version(row, version, content)
        _require_state(row, DRAFT, RETURNED)
        today = date.fromisoformat(entry.now[:10])
        problems = content_problems(str(row["kind"]), content, today)
        if problems:
            raise InputError(" ".join(problems))
        _require_alone(entry.connection, row, content, knowing)
        _remark(entry, row, actor, "submitted", "")
        return _move(entry, row, {"state": SUBMITTED, "submitted_at": entry.now})


def confirm_unchanged(workspace: Workspace, actor: Actor, draft: Draft) -> str:
    """Begin and submit in one step that a figure is what it was; gives the update's id.

    Raises:
        NotAllowedError, InputError, WorkspaceError: as `start` and `submit`.
    """
    update_id = start(workspace, actor, draft)
    submit(workspace, actor, update_id, 1)
    return update_id


def withdraw(workspace: Workspace, actor: Actor, update_id: str, version: int) -> int:
    """Take back a draft, or what was submitted and not yet reviewed; it stays in the history.

    Raises:
        ConflictError, NotAllowedError, UnknownIdError, InputError, WorkspaceError: as elsewhere.
    """
    subject = f"update:{update_id}"
    with recording(workspace, actor, action="update.withdraw", subject=subject) as entry:
        row = _own(entry, actor, update_id)
        _require_version(row, version, {})
        _require_state(row, DRAFT, RETURNED, SUBMITTED)
        return _move(entry, row, {"state": WITHDRAWN})


def return_to_author(
    workspace: Workspace, actor: Actor, update_id: str, version: int, reason: str
) -> int:
    """Send an update back with a reason, which stays in its thread; gives its version.

    Raises:
        InputError: no reason was given, or it waits for no review.
        ConflictError, NotAllowedError, UnknownIdError, WorkspaceError: as elsewhere.
    """
    require(actor.person, Action.REVIEW)
    if not reason.strip():
        raise InputError(_("Expected a reason for its author, found nothing."))
    return _review(workspace, actor, update_id, version, RETURNED, reason.strip())


def approve(
    workspace: Workspace, actor: Actor, update_id: str, version: int, words: str = ""
) -> int:
    """Say that an update is right; gives its version.

    Raises:
        ConflictError, NotAllowedError, UnknownIdError, InputError, WorkspaceError: as elsewhere.
    """
    return _review(workspace, actor, update_id, version, APPROVED, words.strip())


def _review(
    workspace: Workspace, actor: Actor, update_id: str, version: int, state: str, words: str
) -> int:
    subject = f"update:{update_id}"
    with recording(workspace, actor, action=f"update.{state}", subject=subject) as entry:
        row = _reviewed(entry, actor, update_id, version)
        _require_state(row, SUBMITTED)
        entry.why = words
        _remark(entry, row, actor, state, words)
        person_id = actor.person.person_id
        changed = {"state": state, "reviewer_id": person_id, "reviewed_at": entry.now}
        return _move(entry, row, changed)


def publish(workspace: Workspace, actor: Actor, update_id: str, version: int) -> int:
    """Put an approved update into the plan; gives its version.

    Raises:
        ConflictError, NotAllowedError, UnknownIdError, InputError, WorkspaceError: as elsewhere.
    """
    subject = f"update:{update_id}"
    with recording(workspace, actor, action="update.publish", subject=subject) as entry:
        row = _reviewed(entry, actor, update_id, version)
        _require_state(row, APPROVED)
        content = as_published(str(row["kind"]), orjson.loads(str(row["content"])))
        changed = {
            "state": PUBLISHED,
            "published_at": entry.now,
            "content": orjson.dumps(content).decode(),
        }
        return _move(entry, row, changed)


def comment(workspace: Workspace, actor: Actor, update_id: str, words: str) -> None:
    """Say something in the thread of an update.

    Raises:
        InputError: nothing was said.
        NotAllowedError, UnknownIdError, WorkspaceError: as elsewhere.
    """
    require(actor.person, Action.SEE_UNPUBLISHED)
    if not words.strip():
        raise InputError(_("Expected words, found nothing."))
    subject = f"update:{update_id}"
    with recording(workspace, actor, action="update.comment", subject=subject) as entry:
        row = _locked(entry.connection, update_id)
        require(actor.person, Action.SEE_UNPUBLISHED, _subject(row))
        _remark(entry, row, actor, "comment", words.strip())
        entry.new = {"words": words.strip()}


def _locked(connection: Connection, update_id: str) -> Row:
    query = select(UPDATES).where(UPDATES.c.update_id == update_id).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        raise UnknownIdError("update", update_id)
    return dict(row)


def _own(entry: Entry, actor: Actor, update_id: str) -> Row:
    """The update, of which the actor is the author and may still write about the initiative."""
    require(actor.person, Action.EDIT_UPDATE)
    row = _locked(entry.connection, update_id)
    require(actor.person, Action.EDIT_UPDATE, _subject(row))
    return row


def _reviewed(entry: Entry, actor: Actor, update_id: str, version: int) -> Row:
    require(actor.person, Action.REVIEW)
    row = _locked(entry.connection, update_id)
    require(actor.person, Action.REVIEW, _subject(row))
    _require_version(row, version, {})
    return row


def _subject(row: Row) -> Subject:
    return Subject(initiative_id=str(row["initiative_id"]), author_id=str(row["author_id"]))


def _require_version(row: Row, version: int, own: Content) -> None:
    if row["version"] == version:
        return
    theirs = orjson.loads(str(row["content"])) | {"state": row["state"]}
    raise ConflictError(
        _("This was changed in another window meanwhile. Both are shown; nothing is lost."),
        dict(own),
        theirs,
    )


def _require_state(row: Row, *states: str) -> None:
    if row["state"] not in states:
        raise InputError(
            _(
                "This takes an update at {states}; this one is at “{state}” by now. "
                "Load the page again to see it as it is."
            ).format(
                states=_(" or ").join(f"“{state_word(one)}”" for one in states),
                state=state_word(str(row["state"])),
            )
        )


def _require_alone(connection: Connection, row: Row, own: Content, knowing: str) -> None:
    """Nobody else's figure of the same period waits for review, or it is known.

    One that was published before this draft was begun stood beside it from the start.
    """
    query = (
        select(UPDATES)
        .where(
            UPDATES.c.kind == row["kind"],
            UPDATES.c.subject_id == row["subject_id"],
            UPDATES.c.period == row["period"],
            UPDATES.c.state.in_(AHEAD),
            or_(UPDATES.c.state != PUBLISHED, UPDATES.c.changed_at > row["created_at"]),
            UPDATES.c.author_id != row["author_id"],
            UPDATES.c.update_id != knowing,
        )
        .order_by(UPDATES.c.changed_at.desc())
    )
    other = connection.execute(query).mappings().first()
    if other is not None:
        theirs = orjson.loads(other["content"]) | {"update_id": other["update_id"]}
        raise ConflictError(
            _("Somebody else has handed in a figure of the same period. Both are shown."),
            dict(own),
            theirs,
        )


def _move(entry: Entry, row: Row, changed: Content) -> int:
    version = int(str(row["version"])) + 1
    values = {**changed, "version": version, "changed_at": entry.now}
    entry.connection.execute(
        update(UPDATES).where(UPDATES.c.update_id == row["update_id"]).values(**values)
    )
    entry.old = {name: row[name] for name in values}
    entry.new = values
    return version


def _remark(entry: Entry, row: Row, actor: Actor, kind: str, words: str) -> None:
    entry.connection.execute(
        insert(REMARKS).values(
            remark_id=secrets.token_hex(ID_BYTES),
            update_id=row["update_id"],
            person_id=actor.person.person_id,
            said_at=entry.now,
            kind=kind,
            words=words,
            difference=_difference(entry.connection, row, kind),
        )
    )


def _difference(connection: Connection, row: Row, kind: str) -> str | None:
    """The content handed in, field by field, where it differs from the one before it."""
    if kind != SUBMITTED:
        return None
    query = (
        select(REMARKS.c.difference)
        .where(REMARKS.c.update_id == row["update_id"], REMARKS.c.kind == SUBMITTED)
        .order_by(REMARKS.c.said_at.desc())
    )
    before = connection.execute(query).scalars().first()
    now: Mapping[str, object] = orjson.loads(str(row["content"]))
    then: Mapping[str, object] = orjson.loads(before)["content"] if before else {}
    changed = {
        name: [then.get(name), value] for name, value in now.items() if then.get(name) != value
    }
    return orjson.dumps({"content": now, "changed": changed}).decode()
