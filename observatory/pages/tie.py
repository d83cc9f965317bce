"""`/ties/<a>~<b>`: what joins two members, as a page and as a window over the network."""

from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, request
from markupsafe import Markup

from observatory.domain.network import PAIR
from observatory.domain.scenario import ASSUMED, Pair, Scenario, pair_of
from observatory.errors import StoreError, UnknownIdError
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData, all_members, facts_of, network_data
from observatory.pages.network_scenario import banner
from observatory.pages.network_view import JOINT, NetworkView, network_view
from observatory.pages.network_words import filter_words, kind_word, role_word
from observatory.pages.passport import window_of
from observatory.pages.visit import Page, Visit, visit_of
from observatory.queries.catalogue import all_sources
from observatory.queries.cities import find_city
from observatory.queries.network import (
    air_sources,
    all_events,
    all_organisations,
    all_participations,
    tie_evidence,
)
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section
from observatory.views.components.static import link, one_line, static
from observatory.views.components.terms import terms
from observatory.views.words import joined_text, number_text, years_text

PATH = "/ties/<pair>"
WINDOW_PATH = "/tie-window/<pair>"
ENDS = 2


def title() -> str:
    """The page's title."""
    return _("Passport of a tie")


def layout(store: Store, visit: Visit) -> Component:
    """The passport as a page of its own.

    Raises:
        UnknownIdError: the address does not name two members.
    """
    parts = tie_passport(store, visit, visit.parts["pair"], heading=html.H1)
    return static(html.Div(parts, className="passport-page"))


def pair_named(store: Store, text: str, others: set[str]) -> Pair:
    """The two members that an address names; `others` are partners admitted by a scenario.

    Raises:
        UnknownIdError: it does not name two of them; carries ids that look alike.
    """
    ends = text.split(JOINT)
    if len(set(ends)) != ENDS:
        raise UnknownIdError("tie", text)
    for end in ends:
        if end not in others:
            find_city(store, end)
    return pair_of(*ends)


def tie_passport(
    store: Store, visit: Visit, text: str, *, heading: type[Component] = html.H2
) -> list[Component | None]:
    """All that joins two members in the network that a visit asks for.

    Args:
        store: the published snapshot.
        visit: its query is that of the network page.
        text: ids of the two members, "~" between them.
        heading: the heading's level: a window stands on a page that has its own.

    Raises:
        UnknownIdError: the text does not name two members.
    """
    data = network_data(store, network_view(store, visit))
    pair = pair_named(store, text, set(data.view.scenario.admitted))
    names = {**all_members(store)["name"].to_dict(), **data.members["name"].to_dict()}
    view = data.view
    facts = data if view.scenario.is_empty else facts_of(store, view)
    shown, held, every = (
        _behind(one, pair) for one in (data.evidence, facts.evidence, tie_evidence(store))
    )
    thought_away = held[~held["event_id"].isin(shown["event_id"])]
    published = store.publication()
    return [
        html.P(
            [_("Tie"), " · ", dcc.Link(_("Network"), href=view.href())],
            className="trail",
            id="passport-trail",
        ),
        heading(f"{names[pair[0]]} – {names[pair[1]]}", id="passport-heading", tabIndex="-1"),
        banner(store, view, facts=_address(pair, view.address(scenario=Scenario()))),
        html.P(
            [
                _in_words(len(shown), len(every) - len(held)),
                None if view.scenario.is_empty else f" {_changed(len(shown), held, thought_away)}",
            ],
            className="lede",
        ),
        terms(
            [
                (_("Strength"), _sum(data, shown)),
                (_("Filter"), ". ".join(filter_words(view))),
                (_("Snapshot"), [html.Code(published.snapshot_id), f" ({published.day})"]),
            ]
        ),
        _evidence(store, data, shown, names, _("Evidence")),
        _evidence(store, data, thought_away, names, _("On record, but not in the scenario")),
        _onward(data, pair, is_tied=bool(len(shown))),
    ]


def _behind(evidence: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    """The rows of a pair: one per event, one for air links with all their years."""
    own = evidence[(evidence[PAIR[0]] == pair[0]) & (evidence[PAIR[1]] == pair[1])]
    years = own.groupby(["kind"])["year_start"].agg(["min", "max"])
    once = own.drop_duplicates(["kind", "event_id"]).copy()
    by_air = once["event_id"].isna()
    once.loc[by_air, "year_end"] = once.loc[by_air, "kind"].map(years["max"])
    return once


def _in_words(count: int, beyond: int) -> str:
    words = ngettext(
        "{count} occasion joins them in this view.",
        "{count} occasions join them in this view.",
        count,
    )
    told = (
        words.format(count=number_text(count)) if count else _("Nothing joins them in this view.")
    )
    if not beyond:
        return told
    more = ngettext(
        "{count} occasion on record lies outside of it.",
        "{count} occasions on record lie outside of it.",
        beyond,
    )
    return f"{told} {more.format(count=number_text(beyond))}"


def _changed(count: int, held: pd.DataFrame, thought_away: pd.DataFrame) -> str:
    """What the scenario changes of the occasions that the facts hold in this view."""
    lost, added = len(thought_away), count - (len(held) - len(thought_away))
    words = {"lost": number_text(lost), "held": number_text(len(held))}
    told = []
    if lost:
        told.append(
            ngettext(
                "The scenario takes away {lost} of {held} occasion.",
                "The scenario takes away {lost} of {held} occasions.",
                len(held),
            ).format(**words)
        )
    if added and not len(held):
        told.append(
            ngettext(
                "It is thought of by the scenario; on record there is none.",
                "They are thought of by the scenario; on record there is none.",
                added,
            )
        )
    elif added:
        told.append(
            ngettext(
                "The scenario adds {added} occasion to {held}.",
                "The scenario adds {added} occasions to {held}.",
                added,
            ).format(**words, added=number_text(added))
        )
    return " ".join(told) or _("The scenario does not change this tie.")


def _weight(data: NetworkData, kind: object) -> str:
    return f"{data.view.weights[str(kind)]:g}"


def _sum(data: NetworkData, shown: pd.DataFrame) -> str:
    parts = [_weight(data, kind) for kind in shown["kind"]]
    total = sum(data.view.weights[str(kind)] for kind in shown["kind"])
    return f"{' + '.join(parts)} = {total:g}" if len(parts) > 1 else f"{total:g}"


def _evidence(
    store: Store, data: NetworkData, shown: pd.DataFrame, names: dict[str, str], heading: str
) -> Component | None:
    if shown.empty:
        return None
    header = [
        (_("Event"), "text"),
        (_("Adds"), "number"),
        (_("Years"), "text"),
        (_("Their parts"), "text"),
        (_("Source"), "text"),
    ]
    rows = [
        [
            [_event(store, row), html.Div(kind_word(row["kind"]), className="small")],
            _weight(data, row["kind"]),
            years_text(row["year_start"], _end(row)),
            _parts(row, [names[row[end]] for end in PAIR]),
            _sources(store, row),
        ]
        for row in shown.to_dict("records")
    ]
    return section(heading, data_table(_("What joins them"), header, rows))


def _end(row: dict[Any, Any]) -> object:
    return row["year_start"] if pd.isna(row["year_end"]) else row["year_end"]


def _event(store: Store, row: dict[Any, Any]) -> Markup | str:
    event_id = row["event_id"]
    if pd.isna(event_id):
        return _("Flights without a stop, {routes} routes at first").format(
            routes=number_text(float(row["routes"]))
        )
    if str(event_id).startswith(ASSUMED):
        return _("assumed in the scenario")
    titles = all_events(store).set_index("event_id")["title"]
    return link(str(titles[event_id]), f"/events/{event_id}")


def _parts(row: dict[Any, Any], names: list[str]) -> str:
    """What each of the two was in the event; a dash for flights and for what is assumed."""
    told = [
        f"{name}: {joined_text([role_word(role) for role in roles.split(';')])}"
        for name, roles in zip(names, (row["roles_a"], row["roles_b"]), strict=True)
        if isinstance(roles, str)
    ]
    return "; ".join(told) or "–"


def _sources(store: Store, row: dict[Any, Any]) -> Markup | str:
    """Where each of the two is documented in the event."""
    if pd.isna(row["event_id"]):
        sources = all_sources(store)
        return one_line(
            link(sources[one].publisher, f"/data/sources/{one}") for one in air_sources(store)
        )
    parts = all_participations(store)
    ends = {row["city_a"], row["city_b"]}
    own = parts[
        (parts["event_id"] == row["event_id"])
        & (parts["city_id"].isin(ends) | parts["organisation_id"].isin(ends))
    ]
    addresses = list(dict.fromkeys(own["source_url"]))
    return one_line(link(site_of(one), one) for one in addresses) if addresses else "–"


def site_of(address: str) -> str:
    """The site of a web address, as a reader knows it."""
    return address.rsplit("//", maxsplit=1)[-1].split("/", maxsplit=1)[0].removeprefix("www.")


def _onward(data: NetworkData, pair: Pair, *, is_tied: bool) -> Component:
    view = data.view
    thought = (
        dcc.Link(_("What if it ended?"), href=view.thought(cut=(*view.scenario.cut, pair)))
        if is_tied
        else dcc.Link(
            _("What if they worked together?"),
            href=view.thought(added=(*view.scenario.added, pair)),
        )
    )
    every = dcc.Link(
        _("With every kind of cooperation, in all years"),
        href=_address(pair, _everything(view)),
    )
    compare = dcc.Link(_("Compare the two"), href=f"/compare?cities={','.join(pair)}")
    address = html.A(
        _("Address of this passport"),
        href=_address(pair, view.address(city="", goal="")),
        className="button passport-address",
    )
    return html.Div(
        [
            html.P([every, " · ", thought, " · ", compare], className="after-terms"),
            html.Div([address], className="button-row"),
        ]
    )


def _address(pair: Pair, search: str) -> str:
    return f"/ties/{JOINT.join(pair)}{search}"


def _everything(view: NetworkView) -> str:
    return view.address(
        kinds=view.all_kinds, first_year=None, last_year=None, theme="", city="", goal=""
    )


def register_tie_window(server: Flask, store: Store) -> None:
    """Answer GET /tie-window/<pair>: the passport for a window over the network."""

    @server.get(WINDOW_PATH)
    def tie_window(pair: str) -> Response:
        return window_response(store, pair, request.query_string.decode("utf-8", "replace"))


def window_response(store: Store, pair: str, search: str) -> Response:
    """The passport as a piece of HTML; an unknown pair is told in it."""
    try:
        with store.reading():
            return window_of(tie_passport(store, visit_of(PATH, search), pair), 200)
    except UnknownIdError as error:
        return window_of([html.P(str(error))], 404)
    except StoreError as error:
        return window_of([html.P(str(error))], 503)


def subject(store: Store, parts: dict[str, str]) -> str:
    """The two members, for the document's title."""
    outside = all_organisations(store).set_index("organisation_id")["name"].to_dict()
    names = {**outside, **all_members(store)["name"].to_dict()}
    return " – ".join(names[end] for end in pair_named(store, parts["pair"], set(outside)))


PAGE = Page(PATH, title, layout, subject=subject)
