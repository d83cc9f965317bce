"""`/search`: what matches a text?"""

from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.search import Match
from observatory.domain.search_index import LONGEST_TEXT
from observatory.language import gettext as _
from observatory.pages.search_kinds import KINDS
from observatory.pages.visit import Page, Visit, first
from observatory.queries.search import Answer, Kind, search, search_index
from observatory.store.warehouse import Store
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.member_map import REGION_CLASSES
from observatory.views.components.static import static
from observatory.views.components.template import rendered
from observatory.views.components.terms import terms
from observatory.views.search_words import and_text, found
from observatory.views.words import number_text

PATH = "/search"
SHOWN_EACH = 10
MOST_SHOWN = 500
EXAMPLES = ("Tananarive", "Sao Paolo", "广州", "air pollution", "Brazil", "UN-Habitat", "median")


def title() -> str:
    """The page's title."""
    return _("Search")


def layout(store: Store, visit: Visit) -> Component:
    """What matches the text of the address; without a text, what can be searched."""
    text, told = text_of_address(visit)
    if not text:
        return empty_page(store)
    chosen = first(visit, "kind")
    kinds = [kind for kind in KINDS if kind.kind == chosen]
    if chosen and not kinds:
        told.append(_("The address asks for a kind of thing that is not known: all are shown."))
    answer = search(store, KINDS, text)
    notices = [html.P(words, className="notice") for words in told]
    if not answer.matches:
        return html.Div([_opening(text, nothing(answer)), *notices, _ways_on(answer, text)])
    sections = [
        _group(answer, kind, text, is_alone=bool(kinds)) for kind in kinds or _by_best(answer)
    ]
    return html.Div([_opening(text, sentence(answer)), *notices, static(*sections)])


def text_of_address(visit: Visit) -> tuple[str, list[str]]:
    """The text to look for, without signs that cannot be read, and what to tell about it."""
    given = first(visit, "q")
    text = " ".join("".join(char if char.isprintable() else " " for char in given).split())
    if len(text) <= LONGEST_TEXT:
        return text, []
    words = _("The text is long: its first {count} letters are looked for.")
    return text[:LONGEST_TEXT], [words.format(count=number_text(LONGEST_TEXT))]


def sentence(answer: Answer) -> str:
    """How many match, by kind."""
    counts = [
        kind.counted(sum(match.entry.kind == kind.kind for match in answer.matches))
        for kind in _by_best(answer)
    ]
    best = answer.matches[0].entry.title
    words = _("{kinds}. The closest is {best}.")
    return words.format(kinds=and_text(counts), best=best)


def nothing(answer: Answer) -> str:
    """That nothing matches, and what comes nearest."""
    if not answer.near:
        return _("Nothing matches.")
    words = _("Nothing matches. Did you mean {name}?")
    return words.format(name=answer.near[0].entry.title)


def _by_best(answer: Answer) -> list[Kind]:
    """The kinds that match, the one with the best match first."""
    known = {kind.kind: kind for kind in KINDS}
    return [known[name] for name in dict.fromkeys(match.entry.kind for match in answer.matches)]


def _opening(text: str, sentence_: str) -> Component:
    """The question; the text may run from right to left, so it is set apart."""
    question = _("What matches “{text}”?").format(text=f"\u2068{text}\u2069")
    return opening(question, sentence_)


def _group(answer: Answer, kind: Kind, text: str, *, is_alone: bool) -> Component:
    """The matches of one kind, the best first."""
    matches = [match for match in answer.matches if match.entry.kind == kind.kind]
    shown = matches[: MOST_SHOWN if is_alone else SHOWN_EACH]
    counted = kind.counted(len(matches))
    note = _("{shown} of {counted}, the best first.").format(
        shown=number_text(len(shown)), counted=counted
    )
    if is_alone:
        more = dcc.Link(_("Matches of every kind"), href=address(text))
    elif len(shown) < len(matches):
        more = dcc.Link(_("All {counted}").format(counted=counted), href=address(text, kind.kind))
    else:
        more = None
    return section(
        kind.heading(),
        _list(shown, text),
        html.P(more, className="more") if more else None,
        note=note if len(shown) < len(matches) else None,
    )


def _list(matches: Sequence[Match], text: str) -> Component:
    rows = [found(match, text) for match in matches]
    return rendered("search_results", rows=rows, region_classes=REGION_CLASSES)


def address(text: str, kind: str = "") -> str:
    """The page's address for a text, and for one kind of thing."""
    return f"{PATH}?{urlencode({'q': text, **({'kind': kind} if kind else {})})}"


def _ways_on(answer: Answer, text: str) -> Component:
    """The nearest names, and what else to try."""
    near = (
        section(_("Did you mean one of these?"), _list(answer.near, text)) if answer.near else None
    )
    ways = html.Ul(
        [
            html.Li(_("Try fewer letters, or another spelling; word order does not matter.")),
            html.Li(_("Not every city is a member, and not every topic has an indicator.")),
            html.Li(
                [
                    _("Look through everything: "),
                    dcc.Link(_("all cities"), href="/cities"),
                    " · ",
                    dcc.Link(_("all indicators and sources"), href="/data"),
                    " · ",
                    dcc.Link(_("methods"), href="/methods"),
                ]
            ),
        ],
        className="plain-list",
    )
    return static(near, section(_("How to go on"), ways))


def empty_page(store: Store) -> Component:
    """What can be searched, and how."""
    index = search_index(store, KINDS)
    counts = [kind.counted(sum(e.kind == kind.kind for e in index.entries)) for kind in KINDS]
    lede = _("{kinds} can be found, under **{names} names, codes and words**.").format(
        kinds=and_text(counts), names=number_text(len(index.held))
    )
    examples = [
        part for example in EXAMPLES for part in (dcc.Link(example, href=address(example)), " · ")
    ]
    rules = [
        (_("Cities"), _("by every name on record, in any language, by country, region or code")),
        (_("Indicators"), _("by title, topic, theme, id or a word of the definition")),
        (_("Sources"), _("by title, publisher or id")),
        (_("Methods"), _("by section, term or a word of the explanation")),
        (_("Forgiven"), _("accents, word order, unfinished words and a wrong letter")),
        (_("Order"), _("the same name, then names that begin so, then words, then near spellings")),
        (_("Keys"), _("/ goes to the box, arrows choose, Enter opens, Escape closes")),
        (_("For example"), list(islice(examples, len(examples) - 1))),
    ]
    return html.Div(
        [
            opening(_("What are you looking for?"), emphasised(lede)),
            static(section(_("What the box above finds"), terms(rules))),
        ],
        className="search-page",
    )


PAGE = Page(PATH, title, layout)
