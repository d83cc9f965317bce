"""What surrounds every page: header, navigation, footer; and the pieces pages open with."""

from collections.abc import Sequence
from typing import TypeAlias

from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.views.components.search_box import search_box

THEME_TOGGLE = "frame-theme"
LOCATION = "frame-location"
MAIN = "frame-main"
NAVIGATION = "frame-navigation"
ANNOUNCER = "frame-announcer"
WAITING = "frame-waiting"  # filled by assets/waiting.js
TITLE = "frame-title"

OwnLinks: TypeAlias = Sequence[tuple[str, str]]
Children: TypeAlias = Component | str | Sequence[Component | str]


def navigation(entries: Sequence[tuple[str, str]], current: str) -> list[Component]:
    """Links to the pages, the one being read marked for eye and screen reader.

    Args:
        entries: (path, title) in order.
        current: the path being read; an entry also covers the paths below it.
    """
    links = []
    for path, title in entries:
        here = current == path or (path != "/" and current.startswith(f"{path}/"))
        mark = {"aria-current": "page"} if here else {}
        links.append(html.Li(dcc.Link(title, href=path, className="nav-link"), **mark))
    return [html.Ul(links)]


def frame(own_links: OwnLinks = (), banner: Component | None = None) -> Component:
    """The whole document around the page; the page itself is put into MAIN.

    Args:
        own_links: (words, address) of the reader's own pages.
        banner: what stands above every page.
    """
    return html.Div(
        [
            dcc.Location(id=LOCATION, refresh="callback-nav"),
            dcc.Store(id=TITLE),
            html.A(_("Skip to content"), href=f"#{MAIN}", className="skip-link"),
            banner,
            html.Header(
                [
                    _brand(),
                    search_box(),
                    html.Div(
                        [
                            html.Button(
                                _("Light or dark"),
                                id=THEME_TOGGLE,
                                className="quiet-button",
                                type="button",
                            ),
                            *_own_links(own_links),
                        ],
                        className="header-end",
                    ),
                ],
                className="site-header",
            ),
            html.Div(
                [
                    html.Nav(id=NAVIGATION, className="site-nav", **{"aria-label": _("Pages")}),
                    html.Main(id=MAIN, className="site-main", tabIndex="-1"),
                ],
                className="site-body",
            ),
            html.Div(id=ANNOUNCER, className="visually-hidden", role="status"),
            html.P(
                id=WAITING,
                className="waiting",
                role="status",
                **{"data-words": _("One moment, this is being worked out …")},
            ),
        ],
        className="site",
    )


def plain_header(own_links: OwnLinks) -> Component:
    """The header of pages that are made without Dash: without search and theme."""
    ways = html.Div(_own_links(own_links), className="header-end")
    return html.Header([_brand(), ways], className="site-header")


def _brand() -> Component:
    mark = html.Span(className="mark", **{"aria-hidden": "true"})
    return dcc.Link([mark, _("Metropolis Observatory")], href="/", className="brand")


def _own_links(links: OwnLinks) -> list[Component]:
    """Ways to what is one's own; no dcc.Link, as the server makes these pages."""
    return [
        html.A(words, href=href, className="quiet-button account-link") for words, href in links
    ]


def opening(question: str, answer: Children, *, trail: Children | None = None) -> Component:
    """How each page begins: its question, and a sentence that answers it from the data."""
    return html.Div(
        [
            html.P(trail, className="trail") if trail else None,
            html.H1(question),
            html.P(answer, className="lede"),
        ],
        className="opening",
    )


def section(title: str, *children: Children | None, note: Children | None = None) -> Component:
    """A part of a page under its heading; `note` is the small line below the heading."""
    return html.Section(
        [
            html.H2(title),
            html.P(note, className="note") if note else None,
            *[child for child in children if child is not None],
        ]
    )


def fact(label: str, value: Children) -> Component:
    """A labelled fact in the row below an opening."""
    return html.Div([html.Dt(label), html.Dd(value)], className="fact")


def source_line(*children: Children) -> Component:
    """The small print under a figure: source, licence, links."""
    return html.P(list(children), className="source-line")
