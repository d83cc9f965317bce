"""A plan that may come: what it would change here, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from observatory.domain.plan import Plan
from observatory.exchange.plan_difference import KindChange, plan_difference
from observatory.exchange.plan_files import with_what_stratml_lacks
from observatory.exchange.stratml_read import PlanRead
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store


@dataclass(frozen=True)
class PlanComing:
    """What an import would do.

    Attributes:
        plan: the plan that would be kept.
        changes: what would change, for each kind of thing.
        kept: how many things of each kind stay because the file has no place for them.
        not_taken: what the file holds that a plan has no place for, and how often.
    """

    plan: Plan
    changes: tuple[KindChange, ...]
    kept: Mapping[str, int]
    not_taken: Mapping[str, int]

    @property
    def is_any(self) -> bool:
        """Whether anything would change."""
        return any(one.is_any for one in self.changes)


def plan_coming(
    source: PlanSource, store: Store, read: PlanRead, file_name: str, today: date
) -> PlanComing:
    """What the plan of a file would change if it stood in place of the one here.

    Raises:
        WorkspaceError: what people wrote cannot be read.
    """
    now = source.whole(store, today)[0]
    coming, kept = with_what_stratml_lacks(read.plan, now, file_name)
    changes = plan_difference(now, source.with_import(store, coming))
    return PlanComing(coming, tuple(changes), kept, read.not_taken)
