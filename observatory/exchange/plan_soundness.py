"""Whether a plan from a file keeps the rules of plans."""

from observatory.domain.plan import Plan
from observatory.domain.plan_rules import faults
from observatory.errors import DatasetError, Problem
from observatory.queries.plan_measures import COMPUTATIONS


def require_sound(plan: Plan, file: str) -> None:
    """Pass where the plan of a file keeps every rule.

    Raises:
        DatasetError: it breaks some; carries each, with its place in the plan.
    """
    found = faults(plan, COMPUTATIONS)
    if found:
        raise DatasetError([Problem(file, None, None, one.rule, one.place) for one in found])
