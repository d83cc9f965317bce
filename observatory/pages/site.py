"""Every page there is, in the order of the navigation."""

from observatory.pages import (
    atlas,
    cities,
    city,
    compare,
    data,
    event,
    explore,
    inclusion,
    indicator,
    methods,
    needs,
    network,
    overview,
    partners,
    passport,
    plan,
    plan_node,
    plan_review,
    search,
    source,
    tie,
)
from observatory.pages.plan_data import PlanReader
from observatory.pages.visit import Page


def pages_of(reader: PlanReader) -> tuple[Page, ...]:
    """Every page, in the order of the navigation; those of the plan read it from `reader`."""
    before = (overview.create_page(reader), *_BEFORE)
    of_the_plan = (
        plan.create_page(reader),
        plan_review.create_page(reader),
        plan_node.create_page(reader),
    )
    return (*before, *of_the_plan, *_AFTER)


_BEFORE: tuple[Page, ...] = (
    atlas.PAGE,
    explore.PAGE,
    cities.PAGE,
    city.PAGE,
    compare.PAGE,
    network.PAGE,
    inclusion.PAGE,
    partners.PAGE,
    needs.PAGE,
    tie.PAGE,
    event.PAGE,
)
_AFTER: tuple[Page, ...] = (
    data.PAGE,
    source.PAGE,
    indicator.PAGE,
    passport.PAGE,
    search.PAGE,
    methods.PAGE,
)
