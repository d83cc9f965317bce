"""Every page there is, in the order of the navigation."""

from observatory.pages import (
    atlas,
    cities,
    city,
    data,
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
    cities.PAGE,
    city.PAGE,
    data.PAGE,
    source.PAGE,
    indicator.PAGE,
    passport.PAGE,
    search.PAGE,
    methods.PAGE,
)
