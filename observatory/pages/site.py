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
    search,
    source,
    tie,
)
from observatory.pages.visit import Page

PAGES: tuple[Page, ...] = (
    overview.PAGE,
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
    data.PAGE,
    source.PAGE,
    indicator.PAGE,
    passport.PAGE,
    search.PAGE,
    methods.PAGE,
)
