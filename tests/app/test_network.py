"""`/network` without a browser: addresses, views, passports of ties, paths, scenarios, files."""

import csv
import io
import json

import networkx as nx
import plotly.graph_objects as go
import pytest
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from observatory.errors import UnknownIdError
from observatory.pages import event, inclusion, needs, network, partners, tie
from observatory.pages.network_data import NetworkData, network_data
from observatory.pages.network_view import NetworkView, network_view
from observatory.pages.network_words import answer, measured_on
from observatory.pages.visit import Page, visit_of
from observatory.queries.partners import partner_candidates
from observatory.store.warehouse import Store
from observatory.views.components.static import markup
from observatory.views.figures.network import FIRST_CHANGING_TRACE, network_figure
from observatory.views.theme import DARK, LIGHT
from tests.reading import csv_table, tables_on

STRONG = "kind=pilot_project&kind=working_group&kind=initiative&kind=learning"
FILTERS = (
    "?from=2018&to=2021&undated=1&theme=people&region=Europe&evidence=A&layout=geography"
    "&size=betweenness&colour=community&weight=learning%3A0.5&city=berlin&goal=guangzhou"
)
CHANGES = (
    "?drop=montreal&admit=vienna-austria&cut=berlin%7Emedellin&add=abuja%7Eberlin&without=L1"
    "&event=abuja%7Ecordoba%7Evictoria"
)
EVERYTHING = f"?{STRONG}&kind=governance&kind=award&kind=congress"


def view_of(store: Store, search: str = "") -> NetworkView:
    return network_view(store, visit_of("/network", search))


def data_of(store: Store, search: str = "") -> NetworkData:
    return network_data(store, view_of(store, search))


def pairs(data: NetworkData) -> set[tuple[str, str]]:
    return set(zip(data.ties["city_a"], data.ties["city_b"], strict=True))


def text_of(page: Page, store: Store, search: str = "", **parts: str) -> str:
    tree = page.layout(store, visit_of(page.path, search, parts))
    return json.dumps(tree.to_plotly_json(), cls=PlotlyJSONEncoder, ensure_ascii=False)


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?kind=award&kind=air_link",
        FILTERS,
        CHANGES,
    ],
)
def test_an_address_is_written_back_as_it_was_read(store: Store, search: str) -> None:
    view = view_of(store, search)
    assert view.ignored == ()
    assert view.address().replace("~", "%7E") == search


def test_what_makes_no_sense_is_ignored_and_told(store: Store) -> None:
    search = (
        "?kind=lunch&from=1066&to=soon&theme=weather&region=Mars&evidence=Z&layout=cube&size=luck"
        "&colour=red&weight=award%3A-1&city=%27%22&drop=nobody&cut=berlin&add=berlin~berlin"
        "&without=X&event=berlin&admit=nobody&moon=1"
    )
    view = view_of(store, search)
    assert len(view.ignored) == 18
    assert "makes no sense" in text_of(network.PAGE, store, search)
    assert view_of(store, "?from=2022&to=2015").first_year is None
    assert view_of(store, "?from=%C2%B2").ignored == ("from=²",)
    assert view_of(store, "?weight=award:1e-320").ignored == ("weight=award:1e-320",)


def test_by_default_members_are_tied_by_working_together(store: Store) -> None:
    data = data_of(store)
    assert pairs(data) == {
        ("barcelona", "cordoba"),
        ("barcelona-amb", "berlin"),
        ("barcelona-amb", "medellin"),
        ("berlin", "medellin"),
        ("berlin", "montreal"),
        ("guangzhou", "montreal"),
        ("medellin", "montreal"),
    }
    assert "**7 of 12 members have a tie**" in answer(data)
    assert "**5 have none on record.**" in answer(data)


def test_a_window_of_years_leaves_undated_events_out_unless_asked(store: Store) -> None:
    tie_of_the_course = ("guangzhou", "montreal")
    assert tie_of_the_course not in pairs(data_of(store, "?from=2010"))
    assert tie_of_the_course in pairs(data_of(store, "?from=2010&undated=1"))


def test_the_host_of_an_award_is_tied_to_nobody(store: Store) -> None:
    assert pairs(data_of(store, "?kind=award")) == {("abuja", "medellin")}


def test_weights_change_strengths_and_a_weight_of_nothing_ends_ties(store: Store) -> None:
    data = data_of(store, "?weight=pilot_project:5&weight=learning:0")
    ties = data.ties.set_index(["city_a", "city_b"])["strength"]
    assert ties["berlin", "medellin"] == 8
    assert ("guangzhou", "montreal") not in ties.index


def test_places_stay_under_every_filter(store: Store) -> None:
    whole = data_of(store, EVERYTHING).members[["x", "y"]]
    for search in ("", "?to=2014", "?kind=air_link", "?city=berlin", "?region=Europe"):
        shown = data_of(store, search).members[["x", "y"]]
        assert shown.equals(whole.loc[shown.index])


@pytest.mark.parametrize("search", ["", "?layout=geography&city=berlin", "?to=2010", EVERYTHING])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_figure_is_one_that_plotly_takes(store: Store, search: str, theme: object) -> None:
    shown = network.seen(store, data_of(store, search), theme)
    land = network.land_rings(store)
    figure = network_figure(land, shown.drawing, theme)
    checked = go.Figure(figure)
    assert len(checked.data) == FIRST_CHANGING_TRACE + 18
    assert len(network.changing_traces(shown.drawing, theme)) == 18


def test_a_path_has_the_fewest_ties_and_then_the_strongest(store: Store) -> None:
    data = data_of(store, "?city=guangzhou&goal=barcelona-amb")
    assert data.path() in (
        ["guangzhou", "montreal", "berlin", "barcelona-amb"],
        ["guangzhou", "montreal", "medellin", "barcelona-amb"],
    )
    assert data_of(store, "?city=guangzhou&goal=cordoba").path() == []
    told = text_of(network.PAGE, store, "?city=guangzhou&goal=cordoba")
    assert "No chain of ties leads there" in told


def test_every_measure_says_on_what_it_was_taken(store: Store) -> None:
    data = data_of(store, "?from=2017&to=2019")
    label = measured_on(data, store.publication())
    assert label.startswith("3 linked of 12 members, 3 ties.")
    assert "from 2017 to 2019" in label
    publication = store.publication()
    day = publication.published_at[:10]
    assert label.endswith(f"Snapshot {publication.snapshot_id} of {day}. Seed 2021.")


def test_the_twin_lists_every_member_and_every_tie(store: Store) -> None:
    shown = tables_on(network.lists_of(store, ""))
    rows = {row[0] for table in shown for row in table[1:]}
    assert {"Berlin – Medellín", "Barcelona – Córdoba"} <= rows
    assert {"Berlin", "Guangzhou", "Barcelona Metropolitan Area (AMB)"} <= rows


def test_members_without_a_tie_are_named_with_what_is_on_record(store: Store) -> None:
    told = markup(network.without_tie(store, data_of(store)))
    assert "5 members without a tie" in told
    assert "Award for good ideas 2014 (2014)" in told  # Abuja's
    assert "4 members are in no event on record:" in told


def test_the_passport_of_a_tie_names_every_event_and_adds_up(store: Store) -> None:
    text = text_of(tie.PAGE, store, pair="medellin~berlin")
    for words in ("3 + 3 = 6", "Project on clean air", "Working group on air and people"):
        assert words in text
    assert "example.org" in text
    nothing = text_of(tie.PAGE, store, pair="berlin~guangzhou")
    assert "Nothing joins them in this view. 1 occasion on record lies outside of it." in nothing
    with pytest.raises(UnknownIdError):
        tie.PAGE.layout(store, visit_of(tie.PATH, "", {"pair": "berlin~berlyn"}))


def test_a_tie_opens_as_a_window_and_an_unknown_one_says_so(server: Flask) -> None:
    client = server.test_client()
    found = client.get("/tie-window/berlin~montreal?kind=air_link")
    assert found.status_code == 200
    assert "/data/sources/figures" in found.text
    for unknown in ("berlin", "berlin~berlin", "berlin~%22%3E"):
        assert client.get(f"/tie-window/{unknown}").status_code == 404


def test_an_event_names_who_took_part_inside_and_outside(store: Store) -> None:
    text = text_of(event.PAGE, store, event_id="L1")
    assert "not on record; in no window of years unless asked for" in text
    assert "Vienna" in text
    assert "1 member and" not in text
    with pytest.raises(UnknownIdError):
        event.PAGE.layout(store, visit_of(event.PATH, "", {"event_id": "L9"}))


def test_a_scenario_changes_the_view_and_never_the_facts(store: Store) -> None:
    facts = pairs(data_of(store))
    dropped = data_of(store, "?drop=montreal")
    assert "montreal" not in dropped.members.index
    assert pairs(dropped) == {pair for pair in facts if "montreal" not in pair}
    assert ("berlin", "medellin") not in pairs(data_of(store, "?cut=berlin~medellin"))
    assert ("abuja", "berlin") in pairs(data_of(store, "?add=abuja~berlin"))
    assert ("guangzhou", "montreal") not in pairs(data_of(store, "?without=L1"))
    initiative = pairs(data_of(store, "?event=abuja~cordoba~victoria"))
    assert {("abuja", "cordoba"), ("abuja", "victoria"), ("cordoba", "victoria")} <= initiative
    assert pairs(data_of(store)) == facts


def test_a_partner_admitted_has_the_ties_of_its_events(store: Store) -> None:
    data = data_of(store, f"{EVERYTHING}&admit=vienna-austria")
    own = {pair for pair in pairs(data) if "vienna-austria" in pair}
    assert own == {
        ("abuja", "vienna-austria"),
        ("guangzhou", "vienna-austria"),  # by the course; as host of the award it has no tie
        ("medellin", "vienna-austria"),
        ("montreal", "vienna-austria"),
    }
    assert (
        data.ties.set_index(["city_a", "city_b"]).loc[("guangzhou", "vienna-austria"), "kinds"]
        == "learning"
    )


def test_a_scenario_wears_its_badge_on_page_and_files(server: Flask, store: Store) -> None:
    badge = "Scenario, not a fact: Berlin leaves."
    assert badge in text_of(network.PAGE, store, "?drop=berlin")
    client = server.test_client()
    told = client.get("/export/network.csv?drop=berlin")
    assert badge in told.text
    assert "scenario" in told.headers["Content-Disposition"]
    assert badge in client.get("/network-graph.graphml?drop=berlin").text
    assert "Scenario" not in client.get("/network-graph.graphml").text


def test_the_graph_file_is_the_network_of_the_view(server: Flask, store: Store) -> None:
    client = server.test_client()
    found = nx.read_graphml(io.BytesIO(client.get(f"/network-graph.graphml{EVERYTHING}").data))
    data = data_of(store, EVERYTHING)
    assert {tuple(sorted(pair)) for pair in found.edges} == pairs(data)
    assert set(found.nodes) == set(data.members.index)
    assert found.nodes["berlin"]["degree"] == data.measures.loc["berlin", "degree"]
    assert client.get("/network-graph.dot").status_code == 404
    assert client.get("/network-graph.gexf?moon=1").status_code == 400


def test_inclusion_counts_members_by_region_and_evidence(store: Store) -> None:
    shown = tables_on(inclusion.PAGE.layout(store, visit_of("/network/inclusion", "")))
    regions = {row[0]: (row[2], row[3]) for row in shown[0][1:]}
    assert regions["Africa"] == ("0", "4")
    assert regions["Europe"] == ("3", "3")
    levels = shown[1][1:]
    assert sum(int(row[3]) for row in levels) == 12
    assert sum(int(row[2]) for row in levels) == 7
    assert "Nobody has a tie" in text_of(inclusion.PAGE, store, "?to=2010")


def test_candidates_are_new_partners_whose_reasons_sum_to_the_score(store: Store) -> None:
    weights = dict.fromkeys(network_parts(), 1.0)
    for city_id in data_of(store).members.index:
        found = partner_candidates(store, city_id, weights, limit=20)
        taken = {city_id, *data_of(store).graph[city_id]}
        assert not taken & set(found["city_id"])
        assert found["city_id"].is_unique
        total = found[list(weights)].fillna(0).sum(axis="columns")
        assert ((total - found["score"]).abs() < 1e-12).all()
        assert (found["coverage"] >= 0.5).all()


def network_parts() -> tuple[str, ...]:
    return partners.PARTS


def test_the_finder_takes_weights_and_refuses_nonsense(store: Store) -> None:
    only = text_of(
        partners.PAGE, store, "?city=berlin&common=0&theme=0&path=0&alike=0&lags=0&air=0"
    )
    assert "Another region" in only
    wrong = text_of(partners.PAGE, store, "?city=berlyn&common=9&alike=x")
    assert "makes no sense" in wrong
    assert "Choose a member" in wrong


def test_an_event_calls_a_member_by_its_own_name_not_by_its_city(store: Store) -> None:
    text = text_of(event.PAGE, store, event_id="W1")
    assert "Barcelona Metropolitan Area (AMB)</a>" in text.replace('\\"', '"')


def test_needs_count_the_same_on_the_page_and_in_the_file(server: Flask, store: Store) -> None:
    page = tables_on(needs.PAGE.layout(store, visit_of("/network/needs", "")))[0]
    told = server.test_client().get("/export/needs.csv").data
    rows = list(csv.DictReader(csv_table(told).splitlines()))
    whole = {row["theme"]: row for row in rows if row["region"] == "all"}
    assert len(page) - 1 == len(whole)
    for row in page[1:]:
        own = whole[row[0].lower()]
        expected = f"{own['uncovered']} of {own['need']}" if own["need"] != "0" else row[5]
        assert row[5] == expected
    assert text_of(needs.PAGE, store, "?theme=weather&region=Mars").count("makes no sense") == 1


def test_a_member_looked_at_says_what_it_brings_and_lacks(store: Store) -> None:
    told = markup(network.focus(store, data_of(store, "?city=berlin")))
    assert "<strong>Brings</strong>" in told
    assert "<strong>Lacks</strong>" in told
    outside = markup(
        network.focus(store, data_of(store, "?admit=vienna-austria&city=vienna-austria"))
    )
    assert "Brings" not in outside
