"""How much is held of a member by theme, and what is not known and why."""

from collections import Counter
from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.pages.city_figures import CityFigure
from observatory.pages.rows import text_of
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import Children, section
from observatory.views.components.static import link, markup
from observatory.views.words import number_text, reason_words, theme_title


def completeness(own: list[CityFigure]) -> Component:
    """A row per theme: how much is held, and the missing indicators by reason."""
    heading = _("What we hold, and what we do not know")
    header = [(_("Theme"), "text"), (_("Held"), "held"), (_("Not known, and why"), "text")]
    themes = groupby(own, key=lambda figure: figure.indicator.theme)
    rows = [_row(theme, list(group)) for theme, group in themes]
    return html.Div(
        section(
            heading,
            data_table(heading, header, rows),
            note=[
                _("Nothing is filled in: what no source gives stays a gap, with its reason."),
                " ",
                html.A(_("What the reasons mean"), href="/methods#methods-page-gaps"),
            ],
        ),
        className="completeness",
    )


def _row(theme: str, group: list[CityFigure]) -> list[Children | None]:
    held = sum(figure.is_held for figure in group)
    words = _("{held} of {possible}").format(
        held=number_text(held), possible=number_text(len(group))
    )
    filled = html.Span(style={"width": f"{100 * held / len(group):.0f}%"})
    bar = html.Span(filled, className="held-bar", **{"aria-hidden": "true"})
    return [theme_title(theme), html.Span([words, bar], className="held"), missing(group)]


def missing(group: list[CityFigure]) -> Markup | str:
    """Indicators without a figure, by reason; words where none is missing."""
    by_reason: dict[tuple[str, str], list[CityFigure]] = {}
    for figure in group:
        if not figure.is_held:
            key = (str(figure.row["reason_code"]), text_of(figure.row, "reason"))
            by_reason.setdefault(key, []).append(figure)
    if not by_reason:
        return _("nothing missing")
    items = [_reason(*reason, figures) for reason, figures in by_reason.items()]
    return Markup(markup(html.Ul(items, className="missing")))  # noqa: S704 - written out by markup


def missing_words(group: list[CityFigure]) -> str:
    """How many indicators have no figure, by reason; words where none is missing."""
    counts = Counter(str(figure.row["reason_code"]) for figure in group if not figure.is_held)
    if not counts:
        return _("nothing missing")
    return "; ".join(
        _("{reason} {count}").format(reason=reason_words(code), count=number_text(count))
        for code, count in counts.most_common()
    )


def _reason(code: str, detail: str, figures: list[CityFigure]) -> Component:
    why = reason_words(code)
    words = _("{reason} ({detail})").format(reason=why, detail=detail) if detail else why
    links = [link(one.indicator.title, f"/data/{one.indicator.indicator_id}") for one in figures]
    listed = Markup("; ").join(links)
    return html.Li([html.Span(f"{theme_title(words)}: ", className="reason"), listed])


def country_reasons(national: list[CityFigure]) -> Component | None:
    """What is not known of the country."""
    if all(figure.is_held for figure in national):
        return None
    return html.Div(missing(national))


def source_list(figures: list[CityFigure]) -> Component:
    """Every source of the page with its licence and citation."""
    used = {one.source.source_id: one.source for one in figures if one.is_held}
    items = [
        html.Li(
            [
                dcc.Link(source.title, href=f"/data/sources/{source.source_id}"),
                f". {source.citation} ({source.licence})",
            ]
        )
        for source in sorted(used.values(), key=lambda one: one.title)
    ]
    return html.Div(section(_("Sources"), html.Ul(items, className="source-list")))
