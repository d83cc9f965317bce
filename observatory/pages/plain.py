"""Whole pages made on the server, without Dash: accounts, administration, refusals.

They look like the others, need no script, are never kept by a cache, and let nobody frame them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, current_app, request
from markupsafe import Markup

from observatory.language import current_language
from observatory.language import gettext as _
from observatory.pages.forms import keep_form_token, message
from observatory.pages.looking_banner import looking_banner
from observatory.pages.own_links import own_links
from observatory.pages.visit import Page, chosen_theme
from observatory.views.components.frame import MAIN, navigation, opening, plain_header
from observatory.views.components.static import markup
from observatory.workspace.policy import may
from observatory.workspace.reader import current_person

EXTENSION = "observatory_plain_pages"
RULES = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SCRIPT_RULES = "; script-src 'self'; connect-src 'self'"
DOCUMENT = Markup("""<!DOCTYPE html>
<html lang="{language}" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/_favicon.ico">
{styles}
</head>
<body>
<div class="site">
<a class="skip-link" href="#{main}">{skip}</a>
{banner}
{header}
<div class="site-body">
<nav class="site-nav" aria-label="{pages}">{navigation}</nav>
<main id="{main}" class="site-main" tabindex="-1">{content}</main>
</div>
</div>
{script}
</body>
</html>
""")


@dataclass(frozen=True)
class _Frame:
    """What surrounds a plain page: the style sheets, and the pages of the navigation."""

    styles: tuple[str, ...]
    pages: tuple[Page, ...]


def register_plain_pages(server: Flask, pages: Sequence[Page], assets: Path) -> None:
    """Let plain pages of this server know the navigation and the style sheets."""
    styles = tuple(
        f"/assets/{sheet.name}?m={sheet.stat().st_mtime:.0f}"
        for sheet in sorted(assets.glob("*.css"))
    )
    listed = tuple(page for page in pages if page.in_navigation)
    server.extensions[EXTENSION] = _Frame(styles, listed)


def plain_page(
    title: str,
    lede: str,
    *content: Markup,
    status: int = HTTPStatus.OK,
    problem: str = "",
    done: str = "",
    script: str = "",
) -> Response:
    """A page with its question or title, a sentence below it, and its content.

    Args:
        title: heading and title of the document.
        lede: the sentence below the heading.
        content: forms and tables.
        status: of the answer.
        problem: what is wrong with what was sent.
        done: what was done.
        script: file name of a script in assets that the page can do without; "" for none.
    """
    frame: _Frame = current_app.extensions[EXTENSION]
    person = current_person()
    entries = [(page.path, page.title()) for page in frame.pages if may(person, page.needs)]
    told = message(problem, is_problem=True) + message(done, is_problem=False)
    document = DOCUMENT.format(
        language=current_language(),
        theme=chosen_theme(),
        title=f"{title} · {_('Metropolis Observatory')}",
        styles=Markup("\n").join(
            Markup('<link rel="stylesheet" href="{}">').format(style) for style in frame.styles
        ),
        main=MAIN,
        skip=_("Skip to content"),
        banner=looking_banner(),
        header=Markup(markup(plain_header(own_links(person)))),  # noqa: S704 - escaped by markup
        pages=_("Pages"),
        navigation=Markup(markup(navigation(entries, request.path))),  # noqa: S704 - as above
        content=Markup(markup(opening(title, lede))) + told + Markup("").join(content),  # noqa: S704 - as above
        script=Markup('<script src="/assets/{}" defer></script>').format(script) if script else "",
    )
    response = Response(document, status=status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    allowed = f"{RULES}{SCRIPT_RULES}" if script else RULES
    response.headers["Content-Security-Policy"] = allowed
    response.headers["Referrer-Policy"] = "same-origin"  # with no-referrer forms come from “null”
    response.headers["X-Frame-Options"] = "DENY"
    keep_form_token(response)
    return response


def plain_section(title: str, *content: Markup) -> Markup:
    """A part of a plain page under its heading."""
    return Markup("<section><h2>{}</h2>{}</section>").format(title, Markup("").join(content))


def plain_words(*paragraphs: str) -> Markup:
    """Paragraphs."""
    return Markup("").join(
        Markup('<p class="measure">{}</p>').format(words) for words in paragraphs
    )


def plain_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    """A table with its caption; the first cell of a row names it."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(words) for words in header)
    body = Markup("").join(_row(header, row) for row in rows)
    return Markup(
        '<table class="data-table plain-table"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(caption, head, body)


def in_one_line(words: str) -> Markup:
    """A short text that is not broken, in a table of long ones."""
    return Markup('<span class="number">{}</span>').format(words)


def _row(header: Sequence[str], row: Sequence[object]) -> Markup:
    first, *others = row
    cells = Markup("").join(
        Markup('<td data-label="{}">{}</td>').format(label, cell)
        for label, cell in zip(header[1:], others, strict=True)
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, cells)
