"""Every page there is, in the order of the navigation."""

from observatory.pages import atlas
from observatory.pages.visit import Page

PAGES: tuple[Page, ...] = (atlas.PAGE,)
