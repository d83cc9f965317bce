"""Every page there is, in the order of the navigation."""

from observatory.pages import (
    atlas,
    cities,
    city,
    compare,
    data,
    explore,
    indicator,
    methods,
    overview,
    passport,
    search,
    source,
)
from observatory.pages.visit import Page

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    atlas.PAGE,
    explore.PAGE,
    cities.PAGE,
    city.PAGE,
    compare.PAGE,
    data.PAGE,
    source.PAGE,
    indicator.PAGE,
    passport.PAGE,
    search.PAGE,
    methods.PAGE,
)
