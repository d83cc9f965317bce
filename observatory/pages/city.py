"""`/cities/<city_id>`: how is this city doing?"""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.pages.city_data import CityData, city_data
from observatory.pages.city_gaps import completeness, country_reasons, source_list
from observatory.pages.city_network import cooperation
from observatory.pages.city_peers import notice, peers_part
from observatory.pages.city_standing import (
    all_figures,
    indicator_cell,
    key_numbers,
    value_cell,
)
from observatory.pages.city_strengths import strengths_and_gaps
from observatory.pages.city_trends import trends
from observatory.pages.city_view import city_view
from observatory.pages.city_words import answer, question
from observatory.pages.visit import Page, Visit
from observatory.queries.cities import find_city
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import fact, opening, section
from observatory.views.components.member_map import region_dot
from observatory.views.components.static import static
from observatory.views.words import (
    date_text,
    evidence_words,
    kind_word,
    number_text,
    period_text,
    region_name,
)

PATH = "/cities/<city_id>"


def title() -> str:
    """The page's title."""
    return _("City")


def layout(store: Store, visit: Visit) -> Component:
    """Everything held of one member.

    Raises:
        UnknownIdError: there is no such member.
    """
    data = city_data(store, visit.parts["city_id"], city_view(visit))
    snapshot_id = store.publication().snapshot_id
    return html.Div(
        [
            static(
                opening(question(data), answer(data), trail=_trail(data.city)),
                notice(data),
                facts(data),
                _sheet_link(data),
                key_numbers(data),
                strengths_and_gaps(data),
            ),
            trends(store, data.city_id, visit.theme),
            static(
                peers_part(data),
                cooperation(store, data.city_id),
                national_context(data),
                completeness(data.own),
                all_figures(data),
                documentation(data.city),
                source_list(data.figures),
                html.P(
                    _("Snapshot {snapshot} of the Metropolis Observatory.").format(
                        snapshot=snapshot_id
                    ),
                    className="source-line",
                ),
            ),
        ],
        className="city",
    )


def _sheet_link(data: CityData) -> Component:
    sheet = html.A(
        _("Sheet to print (PDF)"),
        href=f"/sheets/{data.city_id}.pdf",
        className="button",
        rel="external",
    )
    return html.Div(sheet, className="button-row")


def _trail(city: pd.Series) -> list[Component | str]:
    region = str(city["region"])
    return [
        dcc.Link(_("Cities"), href="/cities"),
        " › ",
        dcc.Link(region_name(region), href=f"/cities?region={region.replace('&', '%26')}"),
        " › ",
        str(city["country"]),
    ]


def facts(data: CityData) -> Component:
    """The row of facts below the opening."""
    city = data.city
    level, region = str(city["evidence"]), str(city["region"])
    seat = _("not documented") if level == "D" else _("documented")
    joined = period_text(city["joined_year"]) if pd.notna(city["joined_year"]) else _("unknown")
    looked = max((one.source.looked_on for one in data.figures if one.is_held), default="")
    counts = {"held": number_text(len(data.held)), "possible": number_text(len(data.own))}
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


def national_context(data: CityData) -> Component | None:
    """Figures of the country, apart from the member's own and marked as what they are."""
    if not data.national:
        return None
    header = [(_("Indicator"), "text"), (_("Value"), "value")]
    rows = [
        [indicator_cell(figure), value_cell(figure)] for figure in data.national if figure.is_held
    ]
    return html.Div(
        section(
            _("Its country: {country}").format(country=data.city["country"]),
            data_table(_("National context"), header, rows) if rows else None,
            country_reasons(data.national),
            note=[
                html.Span(_("country"), className="tag country-tag"),
                " ",
                _("These are figures of the country, never of the city: context only."),
            ],
        ),
        className="national",
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
