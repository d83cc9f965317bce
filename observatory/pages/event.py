"""`/events/<event_id>`: one event of the network, who took part, and where it is documented."""

from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.scenario import Scenario
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_view import PATH as NETWORK_PATH
from observatory.pages.network_view import scenario_parameters
from observatory.pages.network_words import kind_word, role_word
from observatory.pages.tie import site_of
from observatory.pages.visit import Page, Visit
from observatory.queries.network import all_participations, event_kinds, find_event, tie_evidence
from observatory.queries.plan import plan_on_record
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import opening, section
from observatory.views.components.static import link, one_line, static
from observatory.views.components.terms import terms
from observatory.views.words import joined_text, number_text, theme_title, years_text

PATH = "/events/<event_id>"


def title() -> str:
    """The page's title."""
    return _("Event")


def subject(store: Store, parts: dict[str, str]) -> str:
    """The event's title, for the document's title."""
    return str(find_event(store, parts["event_id"])["title"])


def layout(store: Store, visit: Visit) -> Component:
    """The event.

    Raises:
        UnknownIdError: there is no such event.
    """
    event = find_event(store, visit.parts["event_id"])
    event_id = str(event["event_id"])
    parts = all_participations(store)
    own = parts[parts["event_id"] == event_id]
    kind = event_kinds(store).set_index("kind").loc[event["kind"]]
    without = urlencode(scenario_parameters(Scenario(without=(event_id,))))
    return static(
        opening(
            str(event["title"]),
            _in_words(event),
            trail=[dcc.Link(_("Network"), href=NETWORK_PATH), " · ", kind_word(str(event["kind"]))],
        ),
        terms(
            [
                (_("Kind"), kind_word(str(event["kind"]))),
                (_("Years"), _years(event)),
                (_("Themes"), _themes(event)),
                (_("Makes"), _ties_words(store, event_id)),
                (_("What a tie adds"), f"{kind['weight']:g}"),
                (_("In the plan"), _in_the_plan(store, event_id)),
                (_("Note"), None if pd.isna(event["note"]) else str(event["note"])),
            ]
        ),
        html.Div(section(_("Who took part"), _table(own)), className="who-took-part"),
        html.P(dcc.Link(_("The network without this event"), href=f"{NETWORK_PATH}?{without}")),
    )


def _in_words(event: pd.Series) -> str:
    members = ngettext("{count} member", "{count} members", int(event["members"]))
    outside = ngettext(
        "{count} partner outside the association",
        "{count} partners outside the association",
        int(event["outside"]),
    )
    return _(
        "On record: {members} and {outside}. Lists of participants are rarely complete."
    ).format(
        members=members.format(count=number_text(int(event["members"]))),
        outside=outside.format(count=number_text(int(event["outside"]))),
    )


def _years(event: pd.Series) -> str:
    if pd.isna(event["year_start"]):
        return _("not on record; in no window of years unless asked for")
    if pd.isna(event["year_end"]):
        return _("from {year}; the end is not on record").format(year=int(event["year_start"]))
    return years_text(event["year_start"], event["year_end"])


def _themes(event: pd.Series) -> str:
    if pd.isna(event["themes"]):
        return _("none of the catalogue's is named in the title")
    return joined_text([theme_title(theme) for theme in str(event["themes"]).split(";")])


def _ties_words(store: Store, event_id: str) -> str:
    evidence = tie_evidence(store)
    count = int((evidence["event_id"] == event_id).sum())
    return ngettext("{count} tie", "{count} ties", count).format(count=number_text(count))


def _in_the_plan(store: Store, event_id: str) -> Markup | None:
    """Links to the initiatives of the plan that the event belongs to."""
    own = [
        link(one.title, f"/plan/{one.initiative_id}")
        for one in plan_on_record(store).initiatives
        if event_id in one.events
    ]
    return one_line(own, "; ") if own else None


def _table(parts: pd.DataFrame) -> object:
    header = [
        (_("Who"), "text"),
        (_("As stated"), "text"),
        (_("Role"), "text"),
        (_("Source"), "text"),
        (_("What it says"), "text"),
    ]
    rows = [
        [
            link(str(row.name), f"/cities/{row.city_id}")
            if isinstance(row.city_id, str)
            else [str(row.name), " ", html.Span(_("outside"), className="tag")],
            ", ".join(
                one for one in (row.name_as_stated, row.country_as_stated) if isinstance(one, str)
            ),
            role_word(str(row.role)),
            link(site_of(str(row.source_url)), str(row.source_url)),
            row.note if isinstance(row.note, str) else None,
        ]
        for row in parts.itertuples(index=False)
    ]
    return data_table(_("Who took part"), header, rows)


PAGE = Page(PATH, title, layout, subject=subject)
