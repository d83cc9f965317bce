"""`/cities/<city_id>`: how is this city doing?"""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.city_figures import CityFigure, city_figures
from observatory.pages.city_parts import national_context, standing, trends
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import find_city
from observatory.store.warehouse import Store
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import fact, opening, section
from observatory.views.components.member_map import region_dot
from observatory.views.components.static import static
from observatory.views.words import (
    date_text,
    evidence_words,
    kind_word,
    list_text,
    number_text,
    period_text,
    region_name,
    short_number,
)

PATH = "/cities/<city_id>"

POPULATION = "population_agglomeration"
NAMED_AT_MOST = 3


def title() -> str:
    """The page's title."""
    return _("City")


def layout(store: Store, visit: Visit) -> Component:
    """Everything held of one member.

    Raises:
        UnknownIdError: there is no such member.
    """
    city = find_city(store, visit.parts["city_id"])
    figures = city_figures(store, str(city["city_id"]))
    name = short_name(city)
    snapshot_id = store.publication().snapshot_id
    return html.Div(
        [
            static(
                opening(
                    _("How is {city} doing?").format(city=name),
                    emphasised(answer(name, figures)),
                    trail=_trail(city),
                ),
                facts(city, figures),
            ),
            trends(store, str(city["city_id"]), all_indicators(store), visit.theme),
            static(
                standing(figures, name, snapshot_id),
                national_context(figures, str(city["country"]), snapshot_id),
                documentation(city),
            ),
        ],
        className="city",
    )


def short_name(city: pd.Series) -> str:
    """What the member is called: a city by its city, other governments by their own name."""
    return str(city["city"] if city["member_kind"] == "city" else city["member_name"])


def _trail(city: pd.Series) -> list[Component | str]:
    region = str(city["region"])
    return [
        dcc.Link(_("Cities"), href="/cities"),
        " › ",
        dcc.Link(region_name(region), href=f"/cities?region={region.replace('&', '%26')}"),
        " › ",
        str(city["country"]),
    ]


def answer(name: str, figures: list[CityFigure]) -> str:
    """The member in a few sentences made from its figures; strong parts between **."""
    sentences = [_population(name, figures)]
    own = [figure for figure in figures if not figure.indicator.is_national]
    for quarter, sentence in (
        ("best", _("Among members it is in the best quarter for {indicators}.")),
        ("last", _("It is in the last quarter for {indicators}.")),
    ):
        named = [figure for figure in own if figure.quarter == quarter]
        named.sort(key=lambda figure: -len(figure.peers))
        if named:
            titles = [f"**{figure.indicator.title}**" for figure in named[:NAMED_AT_MOST]]
            sentences.append(sentence.format(indicators=list_text(titles)))
    sentences.append(_held(own))
    return " ".join(sentence for sentence in sentences if sentence)


def _population(name: str, figures: list[CityFigure]) -> str:
    for figure in figures:
        if figure.indicator.indicator_id == POPULATION and figure.value is not None:
            return _("{city} holds **{population}** people in its agglomeration ({year}).").format(
                city=name,
                population=short_number(figure.value),
                year=period_text(figure.row["period_year"]),
            )
    return _("How many people live in the agglomeration of {city}, no source we hold says.").format(
        city=name
    )


def _held(own: list[CityFigure]) -> str:
    held = [figure for figure in own if figure.is_held]
    themes = {figure.indicator.theme for figure in held}
    empty = sorted({figure.indicator.theme for figure in own} - themes)
    counts = {"held": number_text(len(held)), "possible": number_text(len(own))}
    if not held:
        return _("We hold **none of {possible}** city indicators yet.").format(**counts)
    if not empty:
        return _("We hold **{held} of {possible}** city indicators.").format(**counts)
    return _("We hold **{held} of {possible}** city indicators; nothing yet on {themes}.").format(
        **counts, themes=list_text(empty)
    )


def facts(city: pd.Series, figures: list[CityFigure]) -> Component:
    """The row of facts below the opening."""
    own = [figure for figure in figures if not figure.indicator.is_national]
    held = [figure for figure in own if figure.is_held]
    level, region = str(city["evidence"]), str(city["region"])
    seat = _("not documented") if level == "D" else _("documented")
    joined = period_text(city["joined_year"]) if pd.notna(city["joined_year"]) else _("unknown")
    looked = max((figure.source.looked_on for figure in held), default="")
    counts = {"held": number_text(len(held)), "possible": number_text(len(own))}
    tag = html.Span(level, className="tag", title=evidence_words(level))
    return html.Dl(
        [
            fact(_("Member"), [seat, " ", tag]),
            fact(_("Region"), [region_dot(region, hollow=level == "D"), region_name(region)]),
            fact(_("Kind"), kind_word(str(city["member_kind"]))),
            fact(_("Joined"), joined),
            fact(_("Data held"), _("{held} of {possible}").format(**counts)),
            fact(_("Last look"), date_text(looked) if looked else _("never")),
        ],
        className="facts",
    )


def documentation(city: pd.Series) -> Component:
    """What documents the seat, and what to do where something is wrong."""
    level = str(city["evidence"])
    note = str(city["note"]) if pd.notna(city["note"]) else ""
    address = str(city["source_url"]) if pd.notna(city["source_url"]) else ""
    date = str(city["source_date"]) if pd.notna(city["source_date"]) else ""
    linked = [
        html.A(_("The document"), href=address, rel="noreferrer"),
        f" ({date})" if date else "",
    ]
    return section(
        _("Is something wrong here?"),
        html.P(
            [
                html.Strong(str(city["member_name"])),
                ": ",
                _("evidence level {level}, {meaning}.").format(
                    level=level, meaning=evidence_words(level)
                ),
                f" {note}. " if note else " ",
                *(linked if address else [_("There is no document yet.")]),
            ],
            className="measure",
        ),
        html.P(
            _(
                "A seat is corrected by importing the official list of members. A figure is "
                "corrected at its source: open the value to see the row of the publisher's file, "
                "and tell the publisher; the next edition brings it here."
            ),
            className="measure",
        ),
        html.P(dcc.Link(_("How members are met in a source"), href="/methods")),
    )


def subject(store: Store, parts: dict[str, str]) -> str:
    """The member's name, for the document's title."""
    return str(find_city(store, parts["city_id"])["member_name"])


PAGE = Page(PATH, title, layout, subject=subject)
