"""One visit of a page: where, with which parameters, in which theme."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from dash import Dash
from dash.development.base_component import Component
from flask import has_request_context, request

from observatory.store.warehouse import Store
from observatory.views.theme import LIGHT, THEMES, Theme
from observatory.workspace.policy import Action

THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Visit:
    """What a page is asked for.

    Attributes:
        path: path of the address.
        query: parameters of the address, each with its values in order.
        theme: colours for figures.
        parts: values of the path's variable parts ("/cities/<city_id>" gives city_id).
    """

    path: str
    query: dict[str, list[str]]
    theme: Theme
    parts: dict[str, str]


@dataclass(frozen=True)
class Page:
    """One page of the dashboard.

    Attributes:
        path: its address; a part in angle brackets is variable.
        title: its title, made when asked for, in the reader's language.
        layout: the page for a visit; raises UnknownIdError where an id of the path is unknown.
        register: wires its callbacks; None where it has none.
        skeleton: the components its callbacks name, empty, for Dash to check them against.
        subject: what the path's variable parts name; raises UnknownIdError as the layout does.
        in_navigation: whether the navigation lists it, for those who may open it.
        needs: what a reader must be allowed to do to open it.
    """

    path: str
    title: Callable[[], str]
    layout: Callable[[Store, Visit], Component]
    register: Callable[[Dash, Store], None] | None = None
    skeleton: Callable[[], list[Component]] = list
    subject: Callable[[Store, dict[str, str]], str] | None = None
    in_navigation: bool = False
    needs: Action = Action.READ


def current_theme() -> Theme:
    """The theme of the reader who sent this request; light outside of one."""
    if not has_request_context():
        return LIGHT
    return THEMES.get(request.cookies.get(THEME_COOKIE, ""), LIGHT)


def chosen_theme() -> str:
    """The name of the theme that the reader chose; "system" before, for style sheets to decide."""
    chosen = THEMES.get(request.cookies.get(THEME_COOKIE, ""))
    return chosen.name if chosen is not None else "system"


def visit_of(path: str, search: str | None, parts: dict[str, str] | None = None) -> Visit:
    """A visit from the path and the query string ("?a=1&b=2") of an address."""
    query = parse_qs((search or "").lstrip("?"), keep_blank_values=False)
    return Visit(path, query, current_theme(), parts or {})


def first(visit: Visit, name: str, default: str = "") -> str:
    """The first value of a parameter, or the default."""
    values = visit.query.get(name)
    return values[0] if values else default
