"""What people wrote about the plan, as the domain takes it: changes published, decisions made."""

from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Connection, RowMapping, func, select

from observatory.domain.plan import OPEN_DECISION, Decision, Plan
from observatory.domain.plan_changes import Change, merged
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.plan_imports import plan_of_text
from observatory.workspace.tables import DECISIONS, PEOPLE, PLAN_IMPORTS, UPDATES

PUBLISHED = "published"


@dataclass(frozen=True)
class PlanRecord:
    """What people wrote, as far as it is published.

    Attributes:
        edition: the last moments of the record: the same edition, the same record.
        changes: published updates, in the order of their publication.
        decisions: what was decided, oldest first.
        imports: plans that were imported, with the day, oldest first.
    """

    edition: str
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]
    imports: tuple[tuple[date, Plan], ...] = ()

    def imported_by(self, day: date) -> Plan | None:
        """The plan that was imported last by a day; None where none was."""
        known = [plan for imported_on, plan in self.imports if imported_on <= day]
        return known[-1] if known else None

    def in_plan(self, plan: Plan) -> Plan:
        """A plan with all of the record in it."""
        return merged(plan, self.changes, self.decisions)


def edition(workspace: Workspace) -> str:
    """When something was last published, decided or imported: what was read before is old.

    Raises:
        WorkspaceError: the workspace cannot be read.
    """
    with reading(workspace) as connection:
        return _edition(connection)


def plan_record(workspace: Workspace) -> PlanRecord:
    """What people wrote and published, read in one transaction.

    Raises:
        WorkspaceError: the workspace cannot be read.
    """
    with reading(workspace) as connection:
        return PlanRecord(
            _edition(connection),
            _changes(connection),
            _decisions(connection),
            _imports(connection),
        )


def _edition(connection: Connection) -> str:
    """Three moments: a sign-in or a draft makes no new edition."""
    moments = (
        select(func.max(UPDATES.c.published_at)).where(UPDATES.c.state == PUBLISHED),
        select(func.max(DECISIONS.c.changed_at)),
        select(func.max(PLAN_IMPORTS.c.imported_at)),
    )
    return "/".join(str(connection.execute(one).scalar_one() or "") for one in moments)


def _changes(connection: Connection) -> tuple[Change, ...]:
    query = (
        select(UPDATES, PEOPLE.c.name.label("author_name"))
        .join(PEOPLE, PEOPLE.c.person_id == UPDATES.c.author_id)
        .where(UPDATES.c.state == PUBLISHED)
        .order_by(UPDATES.c.published_at, UPDATES.c.update_id)
    )
    return tuple(
        Change(
            update_id=row["update_id"],
            kind=row["kind"],
            initiative_id=row["initiative_id"],
            subject_id=row["subject_id"],
            content=orjson.loads(row["content"]),
            published_on=datetime.fromisoformat(row["published_at"]).date(),
            reported_by=row["author_name"],
        )
        for row in connection.execute(query).mappings()
    )


def _decisions(connection: Connection) -> tuple[Decision, ...]:
    query = select(DECISIONS).order_by(DECISIONS.c.created_at, DECISIONS.c.decision_id)
    return tuple(
        Decision(
            decision_id=row["decision_id"],
            node_id=row["node_id"],
            words=row["words"],
            owner=row["owner"],
            decided_on=date.fromisoformat(row["decided_on"]),
            due_on=date.fromisoformat(row["due_date"]) if row["due_date"] else None,
            state=row["state"],
            seen_as_of=date.fromisoformat(row["as_of"]),
            settled_on=_settled_on(row),
        )
        for row in connection.execute(query).mappings()
    )


def _settled_on(row: RowMapping) -> date | None:
    """When it was last said to be done or dropped: nothing else changes a decision."""
    if row["state"] == OPEN_DECISION:
        return None
    return datetime.fromisoformat(row["changed_at"]).date()


def _imports(connection: Connection) -> tuple[tuple[date, Plan], ...]:
    query = select(PLAN_IMPORTS).order_by(PLAN_IMPORTS.c.imported_at, PLAN_IMPORTS.c.import_id)
    return tuple(
        (datetime.fromisoformat(row["imported_at"]).date(), plan_of_text(row["content"]))
        for row in connection.execute(query).mappings()
    )
