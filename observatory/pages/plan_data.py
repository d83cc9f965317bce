"""The plan of one view: cut to its day, with the status of every node then and before."""

from dataclasses import dataclass

from observatory.domain.plan import Initiative, Measure, Node, Plan, measures_below
from observatory.domain.plan_review import Review, review
from observatory.domain.plan_status import Assessment
from observatory.errors import UnknownIdError
from observatory.pages.plan_view import PlanView
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store

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


class PlanReader(PlanSource):
    """Where pages read the plan."""

    def data(self, store: Store, view: PlanView, *, needs_all: bool = False) -> PlanData:
        """The plan of a view.

        Raises:
            WorkspaceError: all is needed, and what people wrote cannot be read.
        """
        now = self.seen(store, view.as_of, illustrative=view.illustrative, needs_all=needs_all)
        past = self.seen(store, view.since, illustrative=view.illustrative)
        whole = self.whole(store, view.as_of)[0]
        return PlanData(view, whole, now.plan, now.nodes, now.found, past.found, now.notice)


def find_node(data: PlanData, node_id: str) -> Node:
    """A node of the plan.

    Raises:
        UnknownIdError: there is none of this id; carries ids that begin alike.
    """
    if node_id not in data.nodes:
        near = [one for one in data.nodes if one[:2].lower() == node_id[:2].lower()][:NEAR]
        raise UnknownIdError("node of the plan", node_id, near)
    return data.nodes[node_id]
