"""What if: the scenario of a view, what it changes, and the way back to the facts."""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.scenario import ASSUMED_KIND, Scenario
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData, all_members, facts_of
from observatory.pages.network_view import NetworkView
from observatory.pages.network_words import measure_text, measure_title, share_text
from observatory.queries.network import all_events, all_organisations
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section
from observatory.views.components.template import rendered
from observatory.views.words import joined_text, number_text

FORM = "network-page-whatif"
WHAT_IF = "network-page-whatif-part"
COMPARED = ("degree", "betweenness")
MOST_CHANGED = 12


def scenario_words(store: Store, scenario: Scenario) -> tuple[str, ...]:
    """What is thought of, one sentence each; empty for the facts."""
    outside = all_organisations(store).set_index("organisation_id")["name"]
    names = {**outside.to_dict(), **all_members(store)["name"].to_dict()}
    titles = all_events(store).set_index("event_id")["title"]
    told = [_("{member} leaves").format(member=names[one]) for one in scenario.dropped]
    told += [_("{partner} joins").format(partner=names[one]) for one in scenario.admitted]
    told += [_("{a} and {b} end their tie").format(a=names[a], b=names[b]) for a, b in scenario.cut]
    told += [
        _("{a} and {b} begin to work together").format(a=names[a], b=names[b])
        for a, b in scenario.added
    ]
    told += [_("without “{event}”").format(event=titles[one]) for one in scenario.without]
    told += [
        _("a new initiative of {members}").format(
            members=joined_text([names[one] for one in event])
        )
        for event in scenario.events
    ]
    return tuple(told)


def badge(store: Store, view: NetworkView) -> str:
    """What every picture and file of a scenario carries; "" for the facts."""
    words = scenario_words(store, view.scenario)
    if not words:
        return ""
    return _("Scenario, not a fact: {changes}.").format(changes="; ".join(words))


def banner(store: Store, view: NetworkView, *, facts: str = "") -> Component | None:
    """Says above everything that this is a scenario, and leads back to the address `facts`."""
    words = badge(store, view)
    if not words:
        return None
    back = dcc.Link(_("Back to the facts"), href=facts or view.href(scenario=Scenario()))
    parts = [html.Strong(words), " ", _left_out(view), " ", back]
    return html.P(parts, className="notice scenario", role="status")


def _left_out(view: NetworkView) -> str:
    """That the filters leave out what the scenario assumes; "" where they do not."""
    window = view.window
    counts = ASSUMED_KIND in window.kinds and not window.theme
    counts &= window.undated or not window.has_years
    if counts or not (view.scenario.added or view.scenario.events):
        return ""
    return _("What it adds is an initiative without a year or theme: this view leaves it out.")


def what_changes(store: Store, data: NetworkData) -> Component | None:
    """The network with the scenario beside the facts, and the members it moves most."""
    if data.view.scenario.is_empty:
        return None
    facts = facts_of(store, data.view)
    header = [(_("What"), "text"), (_("Facts"), "number"), (_("Scenario"), "number")]
    rows = [
        [label, _told(facts, one), _told(data, one)]
        for one, label in (
            ("members", _("Members")),
            ("linked", _("Members with a tie")),
            ("share", _("Share of members with a tie")),
            ("ties", _("Ties")),
            ("parts", _("Parts")),
            ("largest", _("Members of the largest part")),
            ("steps", _("Mean steps within the largest part")),
            ("bridges", _("Members whose loss would part the network")),
            ("region", _("Assortativity by region")),
        )
    ]
    return section(
        _("What the scenario changes"),
        data_table(_("Facts and scenario"), header, rows),
        _moved(facts, data),
        note=_("Both are the same view. Nothing of a scenario is stored; its address holds it."),
    )


def _told(data: NetworkData, what: str) -> str:
    whole = data.whole
    counts = {
        "members": whole.members,
        "linked": whole.linked,
        "ties": whole.ties,
        "parts": whole.parts,
        "largest": whole.largest_part,
        "bridges": int((data.measures["cut_off"] > 0).sum()),
    }
    if what == "share":
        return share_text(whole.linked, whole.members)
    if what == "steps":
        return measure_text("closeness", whole.mean_steps)
    if what == "region":
        return measure_text("closeness", data.by_region)
    return number_text(counts[what])


def _moved(facts: NetworkData, data: NetworkData) -> Component | None:
    """Members whose number of partners or place between others changes most."""
    before, after = _compared(facts, data)
    change = (after.fillna(0) - before.fillna(0)).abs()
    order = change.assign(new=(before["degree"].fillna(0) == 0) & (change["degree"] > 0))
    order = order.sort_values(["degree", "new", "betweenness"], ascending=False, kind="stable")
    moved = order[change.loc[order.index].gt(0).any(axis="columns")].index
    if moved.empty:
        return html.P(_("No member's partners or place between others change."))
    header = [(_("Member"), "text")]
    for one in COMPARED:
        header += [
            (_("{measure}, facts").format(measure=measure_title(one)), "number"),
            (_("{measure}, scenario").format(measure=measure_title(one)), "number"),
        ]
    names = {**facts.names, **data.names}
    rows = [
        [
            names[str(city)],
            *(
                measure_text(one, float(frame.loc[city, one]))
                for one in COMPARED
                for frame in (before, after)
            ),
        ]
        for city in moved[:MOST_CHANGED]
    ]
    told = ngettext(
        "{count} member changes. Most moved: the largest change in partners first; of equals those "
        "that had none, then the largest change in place between others.",
        "{count} members change. Most moved: the largest change in partners first; of equals those "
        "that had none, then the largest change in place between others.",
        len(moved),
    ).format(count=number_text(len(moved)))
    table = data_table(_("Members the scenario moves most"), header, rows)
    return html.Div([html.H3(_("Members the scenario moves most")), html.P(told), table])


def _compared(facts: NetworkData, data: NetworkData) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is compared of every member of either, before and after; missing for no member."""
    either = facts.measures.index.union(data.measures.index)
    before, after = (
        one.measures[list(COMPARED)].fillna(0).reindex(either) for one in (facts, data)
    )
    return before, after


def what_if(store: Store) -> Component:
    """Forms that add one thought each to the scenario; assets/network.js reads them."""
    members = _options(all_members(store), "city_id")
    outside = _options(all_organisations(store), "organisation_id")
    events = [(str(row.event_id), str(row.title)) for row in all_events(store).itertuples()]
    one = _("one member")
    both = [(one, members), (_("another member"), members)]
    form = rendered(
        "network_whatif",
        prefix=FORM,
        words={
            "choose": _("choose"),
            "try": _("Try it"),
            "missing": _("Choose first what to think of."),
            "two": _("Choose two different members first."),
        },
        thoughts=[
            ("drop", _("A member leaves"), [(one, members)], False),
            ("add", _("Two members begin to work together"), both, False),
            ("event", _("A new initiative of several members"), [(_("members"), members)], True),
            ("admit", _("A partner from outside joins"), [(_("partner"), outside)], False),
            ("without", _("An event is thought away"), [(_("event"), events)], False),
        ],
    )
    note = _(
        "A scenario is kept in the address and marked on every picture and file. It never changes "
        "the facts."
    )
    return html.Details(
        [html.Summary(_("What if?")), html.P(note, className="note"), form],
        id=WHAT_IF,
        className="whatif-fold",
    )


def _options(frame: pd.DataFrame, key: str) -> list[tuple[str, str]]:
    named = frame.reset_index(drop=True).sort_values(["name", key])
    rows = zip(named[key], named["name"], named["country"], strict=True)
    return [
        (str(one), ", ".join(str(part) for part in (name, country) if part))
        for one, name, country in rows
    ]
