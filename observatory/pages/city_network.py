"""A member's cooperation on its profile: partners, events, and who may be the next."""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData, network_data
from observatory.pages.network_focus import in_words
from observatory.pages.network_parts import tie_link
from observatory.pages.network_view import network_view
from observatory.pages.network_words import kind_word, role_word
from observatory.pages.partner_words import part_title
from observatory.pages.visit import visit_of
from observatory.queries.backtest import EQUAL_PARTS
from observatory.queries.network import all_events, all_participations
from observatory.queries.partners import partner_candidates
from observatory.queries.plan import participants, plan_on_record
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section
from observatory.views.components.static import link, one_line
from observatory.views.words import joined_text, number_text, years_text

PART = "city-page-network"
PARTNERS_SHOWN = 12
CANDIDATES = 3
REASONS = 3


def cooperation(store: Store, city_id: str) -> Component:
    """What a member works on with others, on what evidence, and whom it might add."""
    data = network_data(store, network_view(store, visit_of("/network", f"?city={city_id}")))
    return html.Div(
        section(
            _("Cooperation"),
            html.P(in_words(data, city_id), className="measure"),
            _partners(data, city_id),
            _events(store, city_id),
            _initiatives(store, city_id),
            _candidates(store, data, city_id),
            html.P(
                [
                    dcc.Link(_("Its place in the network"), href=data.view.href()),
                    " · ",
                    dcc.Link(_("All candidates"), href=f"/network/partners?city={city_id}"),
                ]
            ),
            note=_(
                "By projects, working groups, initiatives and learning, from published pages. No "
                "tie on record does not mean no cooperation."
            ),
        ),
        id=PART,
    )


def _partners(data: NetworkData, city_id: str) -> Component | None:
    partners = data.partners(city_id)
    if partners.empty:
        return None
    links = [
        tie_link(data, str(row.city_a), str(row.city_b), data.name(str(row.city_id)))
        for row in partners.head(PARTNERS_SHOWN).itertuples()
    ]
    more = len(partners) - PARTNERS_SHOWN
    words = ngettext("and {count} more", "and {count} more", more)
    rest = f" {words.format(count=number_text(more))}" if more > 0 else ""
    return html.P([html.Strong(_("Partners")), ": ", one_line(links), rest, "."])


def _events(store: Store, city_id: str) -> Component | None:
    parts = all_participations(store)
    own = parts[parts["city_id"] == city_id].merge(
        all_events(store)[["event_id", "kind", "title", "year_start", "year_end"]], on="event_id"
    )
    if own.empty:
        return html.P(_("It is in no event on record."))
    once = own.groupby("event_id", sort=False).agg(
        title=("title", "first"),
        kind=("kind", "first"),
        year_start=("year_start", "first"),
        year_end=("year_end", "first"),
        roles=("role", lambda roles: joined_text([role_word(one) for one in sorted(set(roles))])),
    )
    ordered = once.sort_values("year_start", ascending=False, na_position="last", kind="stable")
    header = [
        (_("Event"), "text"),
        (_("Kind"), "text"),
        (_("Years"), "text"),
        (_("Its part"), "text"),
    ]
    rows = [
        [
            link(str(row.title), f"/events/{event_id}"),
            kind_word(str(row.kind)),
            years_text(row.year_start, row.year_start if pd.isna(row.year_end) else row.year_end),
            str(row.roles),
        ]
        for event_id, row in zip(ordered.index, ordered.itertuples(index=False), strict=True)
    ]
    count = ngettext("{count} event on record", "{count} events on record", len(rows))
    summary = html.Summary(count.format(count=number_text(len(rows))))
    return html.Details([summary, data_table(_("Events it took part in"), header, rows)])


def _initiatives(store: Store, city_id: str) -> Component | None:
    """The initiatives of the plan it takes part in, by their own sources or their events."""
    parts = all_participations(store)
    own = [
        link(one.title, f"/plan/{one.initiative_id}")
        for one in plan_on_record(store).initiatives
        if city_id in set(participants(one, parts)["city_id"])
    ]
    if not own:
        return None
    return html.P([html.Strong(_("In the plan")), ": ", one_line(own, "; "), "."])


def _candidates(store: Store, data: NetworkData, city_id: str) -> Component | None:
    found = partner_candidates(store, city_id, EQUAL_PARTS, CANDIDATES)
    if found.empty:
        return None
    items = []
    for row in found.to_dict("records"):
        adds = sorted(
            ((float(row[part]), part) for part in EQUAL_PARTS if row[part] == row[part]),
            reverse=True,
        )
        why = joined_text([part_title(part).lower() for own, part in adds[:REASONS] if own > 0])
        name = link(data.names.get(str(row["city_id"]), ""), f"/cities/{row['city_id']}")
        items.append(html.Li([name, html.Span(f": {why}", className="small")]))
    return html.Div(
        [
            html.H3(_("Most speaks for these as new partners")),
            html.Ul(items, className="plain-list"),
        ]
    )
