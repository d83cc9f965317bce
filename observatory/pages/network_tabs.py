"""The pages about the network, side by side."""

from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _

NETWORK, INCLUSION, PARTNERS, NEEDS = (
    "/network",
    "/network/inclusion",
    "/network/partners",
    "/network/needs",
)


def without_filters() -> Component:
    """That a page shows the facts, not the view of the drawing."""
    words = _(
        "By the facts of all years, whatever the drawing is filtered by; scenarios do not count."
    )
    return html.P(words, className="small")


def tabs(here: str, search: str = "") -> Component:
    """Links between the pages about the network; `search` is the view they share."""
    entries = (
        (NETWORK, _("Drawing and members"), search),
        (INCLUSION, _("Whom it includes"), search),
        (PARTNERS, _("Partner finder"), ""),
        (NEEDS, _("Needs and initiatives"), ""),
    )
    items = [
        html.Li(
            dcc.Link(words, href=f"{path}{shared}"),
            **({"aria-current": "page"} if path == here else {}),
        )
        for path, words, shared in entries
    ]
    return html.Nav(
        html.Ul(items), className="page-tabs", **{"aria-label": _("Pages about the network")}
    )
