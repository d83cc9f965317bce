"""`/data/sources/<source_id>`: how good is this source?"""

from urllib.parse import urlsplit

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.rows import Row, number_of, text_of
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import Source, all_indicators, find_source, holdings
from observatory.queries.cities import all_cities
from observatory.queries.coverage import source_matches
from observatory.queries.profile import source_reach
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import fact, opening, section
from observatory.views.components.last_look import last_look
from observatory.views.components.static import static
from observatory.views.components.terms import terms
from observatory.views.words import (
    number_text,
    outcome_words,
    scale_word,
    years_text,
)

PATH = "/data/sources/<source_id>"

Cells = list[Component | str | list[Component | str]]


def title() -> str:
    """The page's title."""
    return _("Source")


def layout(store: Store, visit: Visit) -> Component:
    """Everything about one source.

    Raises:
        UnknownIdError: there is no such source.
    """
    source = find_source(store, visit.parts["source_id"])
    matches = matches_shown(store, source.source_id)
    reach = source_reach(store).set_index("source_id").to_dict("index")[source.source_id]
    return static(
        html.Div(
            [
                opening(
                    source.title,
                    emphasised(answer(source, matches, reach)),
                    trail=[dcc.Link(_("Data"), href="/data"), " › ", _("Sources")],
                ),
                facts(source, reach),
                section(_("What it is"), description(source)),
                indicator_table(source, indicators_shown(store, source.source_id)),
                match_report(source, matches),
            ],
            className="source",
        )
    )


def indicators_shown(store: Store, source_id: str) -> pd.DataFrame:
    """What is taken from a source, by theme and title.

    Columns: indicator_id, title, theme; cities_held, first_year, last_year as
    `queries.catalogue.holdings`.
    """
    rows = [
        (indicator.indicator_id, indicator.title, indicator.theme)
        for indicator in all_indicators(store).values()
        if indicator.source_id == source_id
    ]
    taken = pd.DataFrame(rows, columns=["indicator_id", "title", "theme"])
    return taken.merge(holdings(store), on="indicator_id", how="left")


def matches_shown(store: Store, source_id: str) -> pd.DataFrame:
    """How each member was met in a source, those not found first, by outcome.

    Columns as `queries.coverage.source_matches`, and member_name.
    """
    names = all_cities(store)[["city_id", "member_name"]]
    matches = source_matches(store, source_id=source_id).merge(names, on="city_id")
    is_found = matches["outcome"] == "matched"
    missing = matches[~is_found].sort_values("outcome", kind="stable")
    return pd.concat([missing, matches[is_found]])


def answer(source: Source, matches: pd.DataFrame, reach: Row) -> str:
    """Who publishes it and whom it reaches, in a sentence; strong parts between **."""
    words = {
        "publisher": source.publisher,
        "matched": number_text(int((matches["outcome"] == "matched").sum())),
        "total": number_text(len(matches)),
        "years": years_text(reach["first_year"], reach["last_year"]),
    }
    if not int(reach["indicators"]):
        return _(
            "Published by {publisher}. It gives **no figures**: names, places or shapes are taken "
            "from it."
        ).format(**words)
    if matches.empty and source.licence_class == "restricted":
        return _(
            "Published by {publisher}. Its terms do not let us show its figures: **none are "
            "held here**. Who has the file can read it in with our adapter."
        ).format(**words)
    if matches.empty:
        return _("Published by {publisher}. **No file of it has been read in yet.**").format(
            **words
        )
    return _(
        "Published by {publisher}, about {years}. **{matched} of {total} members** were found "
        "in it."
    ).format(**words)


def facts(source: Source, reach: Row) -> Component:
    """The row of facts: size, years, rhythm, and the day we last looked."""
    licence = _("open") if source.licence_class == "open" else _("restricted")
    return html.Dl(
        [
            fact(_("Figures held"), number_text(int(reach["figures"]))),
            fact(_("Data about"), years_text(reach["first_year"], reach["last_year"])),
            fact(_("Scale"), scale_word(source.scale)),
            fact(_("Updated"), source.rhythm),
            fact(_("Last look"), last_look(source.looked_on, source.rhythm_months)),
            fact(_("Licence"), licence),
        ],
        className="facts",
    )


def description(source: Source) -> Component:
    """What the source is, what to mind, how to cite it."""
    host = urlsplit(source.address).netloc or source.address
    is_address = source.address.startswith(("https://", "http://"))
    link = html.A(host, href=source.address, rel="noreferrer") if is_address else source.address
    return terms(
        [
            (_("Publisher"), source.publisher),
            (_("Published at"), link),
            (_("Licence"), source.licence),
            (_("Licence stated in"), source.licence_evidence),
            (_("Citation"), source.citation),
            (_("Boundary"), source.boundary),
            (_("Years covered"), source.years),
            (_("Cautions"), source.cautions),
            (_("Rows of our tidy file"), number_text(source.rows) if source.rows else None),
            (_("Id"), html.Code(source.source_id)),
        ]
    )


def indicator_table(source: Source, taken: pd.DataFrame) -> Component | None:
    """What is taken from the source; `taken` as from `indicators_shown`."""
    if taken.empty:
        return None
    header = [(_("Indicator"), "text"), (_("Members"), "number"), (_("Years"), "number")]
    rows = [
        [
            dcc.Link(str(row["title"]), href=f"/data/{row['indicator_id']}"),
            number_text(int(row["cities_held"])),
            years_text(row["first_year"], row["last_year"]),
        ]
        for row in taken.to_dict("records")
    ]
    return section(
        _("Indicators from it"),
        data_table(_("Indicators"), header, rows),
        downloads("source", f"?source={source.source_id}", what=_("Indicators from it")),
    )


def match_report(source: Source, matches: pd.DataFrame) -> Component | None:
    """How each member was met; `matches` as from `matches_shown`."""
    if matches.empty:
        return None
    is_found = matches["outcome"] == "matched"
    found, missing = matches[is_found], matches[~is_found]
    return section(
        _("How members were met"),
        _missing_table(missing),
        _found_table(found),
        downloads(
            "source", f"?source={source.source_id}&table=matches", what=_("How members were met")
        ),
        note=_match_note(found, missing),
    )


def _match_note(found: pd.DataFrame, missing: pd.DataFrame) -> str:
    ambiguous = int((missing["outcome"] == "ambiguous").sum())
    return _("{found} found, {ambiguous} ambiguous and not guessed, {missing} not found.").format(
        found=number_text(len(found)),
        ambiguous=number_text(ambiguous),
        missing=number_text(len(missing) - ambiguous),
    )


def _missing_table(missing: pd.DataFrame) -> Component | None:
    return _folded(
        ngettext("{count} member without a match", "{count} members without a match", len(missing)),
        [(_("Member"), "text"), (_("Outcome"), "text"), (_("Why not"), "text")],
        [_missing_row(row) for row in missing.to_dict("records")],
        is_open=True,
    )


def _found_table(found: pd.DataFrame) -> Component | None:
    return _folded(
        ngettext("{count} member found", "{count} members found", len(found)),
        [
            (_("Member"), "text"),
            (_("How it was met"), "text"),
            (_("Place in the source"), "text"),
            (_("Distance"), "number"),
        ],
        [_found_row(row) for row in found.to_dict("records")],
        is_open=False,
    )


def _folded(
    words: str, header: list[tuple[str, str]], rows: list[Cells], *, is_open: bool
) -> Component | None:
    if not rows:
        return None
    heading = words.format(count=number_text(len(rows)))
    table = data_table(heading, header, rows)
    return html.Details([html.Summary(heading), table], open=is_open)


def _member(match: Row) -> list[Component | str]:
    return [
        dcc.Link(str(match["member_name"]), href=f"/cities/{match['city_id']}"),
        html.Span(str(match["country"]), className="small cell-source"),
    ]


def _missing_row(match: Row) -> Cells:
    candidates, reason = text_of(match, "place_name"), text_of(match, "reason")
    why = _("{reason}: {candidates}").format(reason=reason, candidates=candidates)
    return [
        _member(match),
        outcome_words(str(match["outcome"]), None),
        why if candidates else reason,
    ]


def _found_row(match: Row) -> Cells:
    distance = number_of(match, "distance_km")
    return [
        _member(match),
        outcome_words("matched", text_of(match, "matched_by")),
        text_of(match, "place_name"),
        "" if distance is None else _("{distance} km").format(distance=number_text(distance, 1)),
    ]


def subject(store: Store, parts: dict[str, str]) -> str:
    """The source's title, for the document's title."""
    return find_source(store, parts["source_id"]).title


PAGE = Page(PATH, title, layout, subject=subject)
