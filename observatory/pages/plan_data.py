"""The plan of one view: cut to its day, with the status of every node then and before."""

from dataclasses import dataclass

from observatory.domain.plan import Initiative, Measure, Node, Plan, as_of, measures_below
from observatory.domain.plan_review import Review, review, statuses
from observatory.domain.plan_status import Assessment
from observatory.errors import UnknownIdError, WorkspaceError
from observatory.pages.plan_view import PlanView
from observatory.queries.plan import plan_on_record
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from observatory.workspace.plan_record import PlanRecord, edition, plan_record

NEAR = 3


@dataclass(frozen=True)
class PlanData:
    """What pages of the plan show.

    Attributes:
        view: what is asked for.
        whole: the plan with all that is known today. plan: cut to the view's day.
        nodes: the tree. found: the status of every node at the view's day. before: at the day
            since when things are new.
        notice: what could not be read, in words for the reader; "" where all could.
    """

    view: PlanView
    whole: Plan
    plan: Plan
    nodes: dict[str, Node]
    found: dict[str, Assessment]
    before: dict[str, Assessment]
    notice: str = ""

    @property
    def measures(self) -> dict[str, Measure]:
        """The measures by id."""
        return {one.measure_id: one for one in self.plan.measures}

    @property
    def initiatives(self) -> dict[str, Initiative]:
        """The initiatives by id."""
        return {one.initiative_id: one for one in self.plan.initiatives}

    def measures_of(self, node_id: str) -> list[Measure]:
        """The measures at or below a node, in the order of the tree."""
        own = self.measures
        return [own[one] for one in measures_below(self.nodes, node_id)]

    def review(self) -> Review:
        """What there is to talk about."""
        return review(self.plan, self.found, self.before, self.view.since, self.view.as_of)


class PlanReader:
    """Where pages read the plan: the snapshot, and what people wrote and published since."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._record: PlanRecord | None = None

    def whole(self, store: Store) -> tuple[Plan, str]:
        """The plan, and what could not be read ("" where all could)."""
        plan = plan_on_record(store)
        try:
            return self._latest().in_plan(plan), ""
        except WorkspaceError as error:
            return plan, str(error)

    def _latest(self) -> PlanRecord:
        """The record; read anew only where something was written since."""
        known = self._record
        if known is None or known.edition != edition(self._workspace):
            known = self._record = plan_record(self._workspace)
        return known

    def data(self, store: Store, view: PlanView) -> PlanData:
        """The plan of a view."""
        whole, notice = self.whole(store)
        plan = as_of(whole, view.as_of, illustrative=view.illustrative)
        nodes, found = statuses(plan, view.as_of)
        past = as_of(whole, view.since, illustrative=view.illustrative)
        return PlanData(view, whole, plan, nodes, found, statuses(past, view.since)[1], notice)


def find_node(data: PlanData, node_id: str) -> Node:
    """A node of the plan.

    Raises:
        UnknownIdError: there is none of this id; carries ids that begin alike.
    """
    if node_id not in data.nodes:
        near = [one for one in data.nodes if one[:2].lower() == node_id[:2].lower()][:NEAR]
        raise UnknownIdError("node of the plan", node_id, near)
    return data.nodes[node_id]
