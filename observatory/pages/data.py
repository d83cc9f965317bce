"""`/data`: what do we hold and how good is it?"""

from dataclasses import asdict, dataclass

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.rows import Row
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import all_indicators, all_sources, holdings
from observatory.queries.cities import all_cities
from observatory.queries.coverage import coverage, gap_reasons
from observatory.queries.profile import completeness, source_reach
from observatory.store.warehouse import Store
from observatory.views.components.coverage_matrix import coverage_matrix
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
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

SOURCE_FIELDS = (
    "title",
    "publisher",
    "licence",
    "licence_class",
    "citation",
    "address",
    "looked_on",
    "rhythm_months",
)


def title() -> str:
    """The page's title."""
    return _("Data")


def layout(store: Store, _visit: Visit) -> Component:
    """Catalogue, sources and coverage."""
    held, reach = holdings(store), source_reach(store)
    return static(
        html.Div(
            [
                opening(
                    _("What do we hold and how good is it?"), emphasised(answer(store, held, reach))
                ),
                facts(store, held, reach),
                _contents(),
                catalogue(catalogue_shown(store)),
                source_table(sources_shown(store)),
                matrix(coverage_shown(store)),
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


def catalogue_shown(store: Store) -> pd.DataFrame:
    """Every indicator, by theme and title.

    Columns:
        indicator_id: unique. title, theme, unit ("" for flags and categories), scale, source_id.
        publisher: in short. gaps: why other members have none, with how many.
        cities_held, first_year, last_year: as `queries.catalogue.holdings`.
    """
    sources, reasons = all_sources(store), gap_words(gap_reasons(store))
    rows = [
        {
            "indicator_id": indicator.indicator_id,
            "title": indicator.title,
            "theme": indicator.theme,
            "unit": indicator.unit if indicator.kind == "number" else "",
            "scale": indicator.scale,
            "source_id": indicator.source_id,
            "publisher": short_publisher(sources[indicator.source_id].publisher),
            "gaps": reasons.get(indicator.indicator_id, ""),
        }
        for indicator in all_indicators(store).values()
    ]
    return pd.DataFrame(rows).merge(holdings(store), on="indicator_id", how="left")


def catalogue(shown: pd.DataFrame) -> Component:
    """Every indicator by theme: members held, years, source, and why others have none."""
    header = [
        (_("Indicator"), "text"),
        (_("Members"), "number"),
        (_("Years"), "number"),
        (_("Source"), "text"),
        (_("Why others have none"), "text"),
    ]
    blocks = []
    for theme, group in shown.groupby("theme", sort=False):
        rows = [_catalogue_row(row) for row in group.to_dict("records")]
        blocks += [html.H3(theme_title(theme)), data_table(theme_title(theme), header, rows)]
    row = downloads("data", what=_("Indicators by theme"))
    return html.Div(
        section(_("Indicators by theme"), *blocks, row),
        id="data-page-catalogue",
        className="catalogue",
    )


def _catalogue_row(row: Row) -> list[Component | str | list[Component | str]]:
    small = " · ".join(part for part in (row["unit"], scale_word(row["scale"])) if part)
    return [
        [
            dcc.Link(row["title"], href=f"/data/{row['indicator_id']}"),
            html.Span(small, className="small cell-source"),
        ],
        number_text(int(row["cities_held"])),
        years_text(row["first_year"], row["last_year"]),
        dcc.Link(row["publisher"], href=f"/data/sources/{row['source_id']}"),
        html.Span(row["gaps"], className="small"),
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


def sources_shown(store: Store) -> pd.DataFrame:
    """The sources, newest data first.

    Columns as `queries.profile.source_reach`, and title, publisher, licence, licence_class,
    citation, address, looked_on, rhythm_months of the source.
    """
    sources = pd.DataFrame([asdict(source) for source in all_sources(store).values()])
    reach = source_reach(store)
    return reach.merge(sources[["source_id", *SOURCE_FIELDS]], on="source_id", how="left")


def source_table(shown: pd.DataFrame) -> Component:
    """The sources, newest data first; the period and the last look are two clocks."""
    rows = [_source_row(row) for row in shown.to_dict("records")]
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
            downloads("data", "?table=sources", what=_("Sources")),
            note=_(
                "Two clocks: the years the data are about, and the day we last looked. Looking "
                "again does not make old data new."
            ),
        ),
        id="data-page-sources",
    )


def _source_row(row: Row) -> list[Component | str | list[Component | str]]:
    figures, indicators = int(row["figures"]), int(row["indicators"])
    none = _("none held") if indicators else ""
    return [
        [
            dcc.Link(row["title"], href=f"/data/sources/{row['source_id']}"),
            html.Span(row["publisher"], className="small cell-source"),
        ],
        years_text(row["first_year"], row["last_year"]),
        last_look(row["looked_on"], int(row["rhythm_months"])),
        number_text(indicators) if indicators else "",
        number_text(figures) if figures else none,
        row["licence"],
    ]


@dataclass(frozen=True)
class CoverageShown:
    """How much is held of each theme for each member.

    Attributes:
        members: city_id and member_name, by city, and one column per theme: indicators held.
        possible: indicators of each theme, in the order of the columns.
    """

    members: pd.DataFrame
    possible: dict[str, int]


def coverage_shown(store: Store) -> CoverageShown:
    """The matrix of members and themes."""
    rows = coverage(store)
    held = rows.pivot_table(index="city_id", columns="theme", values="held", fill_value=0)
    members = all_cities(store)[["city_id", "member_name"]].join(held.astype(int), on="city_id")
    possible = rows.groupby("theme")["possible"].max()
    return CoverageShown(members, {str(theme): int(count) for theme, count in possible.items()})


def matrix(shown: CoverageShown) -> Component:
    """How much is held of each theme for each member."""
    return html.Div(
        section(
            _("Coverage by member and theme"),
            coverage_matrix(shown.members, shown.possible),
            downloads("data", "?table=coverage", what=_("Coverage by member and theme")),
            note=_(
                "How many of a theme's indicators are held: the stronger the shade, the more. "
                "National context is about the country and counts apart."
            ),
        ),
        id="data-page-coverage",
    )


PAGE = Page(PATH, title, layout, in_navigation=True)
