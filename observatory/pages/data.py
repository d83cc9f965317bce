"""`/data`: what do we hold and how good is it?"""

from itertools import groupby

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.pages.rows import Row
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import Source, all_indicators, all_sources, holdings
from observatory.queries.cities import all_cities
from observatory.queries.coverage import coverage, gap_reasons
from observatory.queries.profile import completeness, source_reach
from observatory.store.warehouse import Store
from observatory.views.components.coverage_matrix import coverage_matrix
from observatory.views.components.data_table import data_table
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import fact, opening, section
from observatory.views.components.last_look import last_look
from observatory.views.components.static import static
from observatory.views.words import (
    date_text,
    number_text,
    reason_words,
    scale_word,
    short_publisher,
    theme_title,
    years_text,
)

PATH = "/data"


def title() -> str:
    """The page's title."""
    return _("Data")


def layout(store: Store, _visit: Visit) -> Component:
    """Catalogue, sources and coverage."""
    indicators, sources = all_indicators(store), all_sources(store)
    held, reach = holdings(store), source_reach(store)
    return static(
        html.Div(
            [
                opening(
                    _("What do we hold and how good is it?"), emphasised(answer(store, held, reach))
                ),
                facts(store, held, reach),
                _contents(),
                catalogue(indicators, sources, held, gap_reasons(store)),
                source_table(sources, reach),
                matrix(store),
            ],
            className="data",
        )
    )


def answer(store: Store, held: pd.DataFrame, reach: pd.DataFrame) -> str:
    """The holdings in a sentence; strong parts between **."""
    complete = completeness(store)
    return _(
        "**{filled} of {indicators} indicators** have figures, from {sources} sources. The typical "
        "member has **{median} of {possible}** city indicators; where one is missing, the reason "
        "is kept with it."
    ).format(
        filled=number_text(int((held["cities_held"] > 0).sum())),
        indicators=number_text(len(held)),
        sources=number_text(int((reach["figures"] > 0).sum())),
        median=number_text(float(complete["held"].median())),
        possible=number_text(int(complete["possible"].max())),
    )


def facts(store: Store, held: pd.DataFrame, reach: pd.DataFrame) -> Component:
    """The row of facts: figures, years, and the snapshot being read."""
    publication = store.publication()
    return html.Dl(
        [
            fact(_("Figures"), number_text(int(reach["figures"].sum()))),
            fact(_("Indicators"), number_text(len(held))),
            fact(_("Sources"), number_text(len(reach))),
            fact(_("Years"), years_text(reach["first_year"].min(), reach["last_year"].max())),
            fact(_("Snapshot"), publication.snapshot_id),
            fact(_("Published"), date_text(publication.published_at)),
        ],
        className="facts",
    )


def _contents() -> Component:
    parts = (
        ("data-page-catalogue", _("Indicators by theme")),
        ("data-page-sources", _("Sources, newest data first")),
        ("data-page-coverage", _("Coverage by member and theme")),
    )
    links = [html.Li(html.A(words, href=f"#{part}")) for part, words in parts]
    return html.Nav(html.Ul(links, className="contents"), **{"aria-label": _("On this page")})


def catalogue(
    indicators: dict[str, Indicator],
    sources: dict[str, Source],
    held: pd.DataFrame,
    gaps: pd.DataFrame,
) -> Component:
    """Every indicator by theme: members held, years, source, and why others have none."""
    by_id = held.set_index("indicator_id").to_dict("index")
    reasons = gap_words(gaps)
    header = [
        (_("Indicator"), "text"),
        (_("Members"), "number"),
        (_("Years"), "number"),
        (_("Source"), "text"),
        (_("Why others have none"), "text"),
    ]
    blocks = []
    for theme, group in groupby(indicators.values(), key=lambda indicator: indicator.theme):
        rows = [
            _catalogue_row(indicator, by_id[indicator.indicator_id], sources, reasons)
            for indicator in group
        ]
        blocks += [html.H3(theme_title(theme)), data_table(theme_title(theme), header, rows)]
    return html.Div(
        section(_("Indicators by theme"), *blocks), id="data-page-catalogue", className="catalogue"
    )


def _catalogue_row(
    indicator: Indicator, held: Row, sources: dict[str, Source], reasons: dict[str, str]
) -> list[Component | str | list[Component | str]]:
    source = sources[indicator.source_id]
    unit = indicator.unit if indicator.kind == "number" else ""
    small = " · ".join(part for part in (unit, scale_word(indicator.scale)) if part)
    return [
        [
            dcc.Link(indicator.title, href=f"/data/{indicator.indicator_id}"),
            html.Span(small, className="small cell-source"),
        ],
        number_text(int(held["cities_held"])),
        years_text(held["first_year"], held["last_year"]),
        dcc.Link(short_publisher(source.publisher), href=f"/data/sources/{source.source_id}"),
        html.Span(reasons.get(indicator.indicator_id, ""), className="small"),
    ]


def gap_words(gaps: pd.DataFrame) -> dict[str, str]:
    """Why members lack an indicator, with how many, by indicator_id."""
    return {
        str(indicator_id): "; ".join(
            f"{reason_words(str(gap.reason_code))} {number_text(int(str(gap.cities)))}"
            for gap in group.itertuples()
        )
        for indicator_id, group in gaps.groupby("indicator_id")
    }


def source_table(sources: dict[str, Source], reach: pd.DataFrame) -> Component:
    """The sources, newest data first; the period and the last look are two clocks."""
    rows = [_source_row(sources[str(row["source_id"])], row) for row in reach.to_dict("records")]
    header = [
        (_("Source"), "text"),
        (_("Data about"), "number"),
        (_("Last look"), "number"),
        (_("Indicators"), "number"),
        (_("Figures"), "number"),
        (_("Licence"), "text"),
    ]
    return html.Div(
        section(
            _("Sources, newest data first"),
            data_table(_("Sources"), header, rows),
            note=_(
                "Two clocks: the years the data are about, and the day we last looked. Looking "
                "again does not make old data new."
            ),
        ),
        id="data-page-sources",
    )


def _source_row(source: Source, row: Row) -> list[Component | str | list[Component | str]]:
    figures, indicators = int(row["figures"]), int(row["indicators"])
    none = _("none held") if indicators else ""
    return [
        [
            dcc.Link(source.title, href=f"/data/sources/{source.source_id}"),
            html.Span(source.publisher, className="small cell-source"),
        ],
        years_text(row["first_year"], row["last_year"]),
        last_look(source.looked_on, source.rhythm_months),
        number_text(indicators) if indicators else "",
        number_text(figures) if figures else none,
        source.licence,
    ]


def matrix(store: Store) -> Component:
    """How much is held of each theme for each member."""
    names = all_cities(store).set_index("city_id")["member_name"]
    return html.Div(
        section(
            _("Coverage by member and theme"),
            coverage_matrix(coverage(store), names),
            note=_(
                "How many of a theme's indicators are held: the stronger the shade, the more. "
                "National context is about the country and counts apart."
            ),
        ),
        id="data-page-coverage",
    )


PAGE = Page(PATH, title, layout, in_navigation=True)
