"""Where the plan is read: the snapshot, what was imported, and what people wrote since."""

from dataclasses import dataclass, replace
from datetime import date

from observatory.domain.plan import Node, Plan
from observatory.domain.plan_as_of import as_of
from observatory.domain.plan_review import statuses
from observatory.domain.plan_status import Assessment
from observatory.errors import WorkspaceError
from observatory.queries.plan import plan_on_record
from observatory.queries.plan_measures import computed_actuals
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from observatory.workspace.plan_record import PlanRecord, edition, plan_record


@dataclass(frozen=True)
class PlanSeen:
    """The plan as it was known on a day.

    Attributes:
        day: the day. plan: cut to it. nodes: the tree. found: the status of every node.
        notice: what could not be read; "" where all could.
    """

    day: date
    plan: Plan
    nodes: dict[str, Node]
    found: dict[str, Assessment]
    notice: str = ""


class PlanSource:
    """The plan from the snapshot and the workspace together."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._record: PlanRecord | None = None

    def whole(self, store: Store, day: date) -> tuple[Plan, str]:
        """The plan with all that is known of it, and what could not be read ("" where all could).

        A plan that was imported by the day stands in place of the one on record; its computed
        measures are computed from the snapshot like any others.

        Args:
            store: the published snapshot.
            day: which import counts; what became known later is still in the plan.
        """
        on_record = plan_on_record(store)
        try:
            record = self._latest()
        except WorkspaceError as error:
            return on_record, str(error)
        return _standing(store, record, record.imported_by(day)), ""

    def with_import(self, store: Store, coming: Plan) -> Plan:
        """What would stand if a plan were imported: with what people wrote here since.

        Raises:
            WorkspaceError: what people wrote cannot be read.
        """
        return _standing(store, self._latest(), coming)

    def seen(
        self, store: Store, day: date, *, illustrative: bool = True, needs_all: bool = False
    ) -> PlanSeen:
        """The plan as it was known on a day, with its statuses.

        Args:
            store: the published snapshot.
            day: the day.
            illustrative: whether illustrative targets count.
            needs_all: whether nothing may be missing: a page can say what it could not read, a
                file and a program that reads it cannot.

        Raises:
            WorkspaceError: all is needed, and what people wrote cannot be read.
        """
        whole, notice = self.whole(store, day)
        if notice and needs_all:
            raise WorkspaceError(notice)
        plan = as_of(whole, day, illustrative=illustrative)
        return PlanSeen(day, plan, *statuses(plan, day), notice)

    def edition(self) -> str:
        """When people last published, decided or imported something; "" where unreadable."""
        try:
            return edition(self.workspace)
        except WorkspaceError:
            return ""

    def _latest(self) -> PlanRecord:
        """The record; read anew only where something was published since."""
        known = self._record
        if known is None or known.edition != edition(self.workspace):
            known = self._record = plan_record(self.workspace)
        return known


def _standing(store: Store, record: PlanRecord, imported: Plan | None) -> Plan:
    """An imported plan, or the one on record, with all that people wrote."""
    if imported is None:
        return record.in_plan(plan_on_record(store))
    computed = {one.measure_id for one in imported.measures if one.computed}
    told = [one for one in imported.actuals if one.measure_id not in computed]
    plan = replace(imported, actuals=(*told, *computed_actuals(store, imported)))
    return record.in_plan(plan)
