"""Parts of a page without callbacks, sent as HTML text.

Dash keeps book of every component: some thousand cells of a table take seconds to appear. What
no callback touches is therefore written out here and put into the page by assets/static.js.
Every text and attribute is escaped; only html components and links can be written out.
"""

import re
from collections.abc import Iterable
from html import escape

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.views.components.escaping import escaped

ATTRIBUTE_NAMES = {"className": "class", "htmlFor": "for"}
VOID = {"br", "hr", "img"}
LIVE = {"input", "select", "textarea", "script"}


def static(*children: object) -> Component:
    """The children as one component that Dash does not look into.

    Args:
        children: html components, links, texts, lists of these, and templates filled in.

    Raises:
        ValueError: a child is a component that needs Dash to work.
    """
    return html.Div(
        className="static", **{"data-markup": "".join(markup(child) for child in children)}
    )


def markup(node: object) -> str:
    """A tree of html components and links as HTML text; None is nothing, Markup is as it is."""
    if node is None:
        return ""
    if isinstance(node, Markup):
        return node
    if isinstance(node, Component):
        return _element(node)
    if isinstance(node, list | tuple):
        return "".join(markup(child) for child in node)
    return escape(str(node))


def link(words: str, href: str) -> Markup:
    """A link as HTML text: for tables with thousands of them."""
    return Markup(f'<a href="{escape(href)}">{escaped(words)}</a>')  # noqa: S704 - escaped


def server_link(words: str, href: str) -> Markup:
    """A link to what the server makes without Dash: a file, a plain page; static.js lets it be."""
    return Markup('<a href="{}" rel="external">{}</a>').format(href, words)


def one_line(parts: Iterable[Markup], joint: str = ", ") -> Markup:
    """Links as one piece of text, which breaks as text does also where a cell is a row of boxes."""
    return Markup("<span>{}</span>").format(Markup(escape(joint)).join(parts))  # noqa: S704 - escaped


def small(words: str) -> Markup:
    """Small print as HTML text."""
    return Markup(f'<span class="small">{escaped(words)}</span>')  # noqa: S704 - escaped


def _element(component: Component) -> str:
    described = component.to_plotly_json()
    kind, props = str(described["type"]), dict(described["props"])
    is_html = described["namespace"] == "dash_html_components"
    tag = "a" if kind == "Link" else kind.lower()
    if tag in LIVE or not (is_html or kind == "Link"):
        raise ValueError(f"expected html components and links, found {kind}, which needs Dash")
    content = markup(props.pop("children", None))
    attributes = "".join(_attribute(name, value) for name, value in props.items())
    return f"<{tag}{attributes}>" if tag in VOID else f"<{tag}{attributes}>{content}</{tag}>"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    written = ATTRIBUTE_NAMES.get(name, name.lower())
    if value is True:
        return f" {written}"
    if isinstance(value, dict):
        value = ";".join(f"{_css_name(key)}:{text}" for key, text in value.items())
    return f' {written}="{escape(str(value))}"'


def _css_name(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
