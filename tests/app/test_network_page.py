"""`/network` as a reader meets it: legend, controls, empty views, scenarios, lists."""

import json
from typing import Any

import pytest
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from observatory.pages import inclusion, needs, network, partners, tie
from observatory.pages.network_data import network_data
from observatory.pages.network_tree import network_tree
from observatory.pages.network_view import network_view
from observatory.pages.network_words import answer, measured_on
from observatory.pages.visit import Page, visit_of
from observatory.store.warehouse import Store
from observatory.views.components.static import markup
from observatory.views.figures.network import changing_traces
from observatory.views.theme import LIGHT
from tests.reading import tables_on

MEETING = "kind=award&kind=learning"


def text_of(page: Page, store: Store, search: str = "", **parts: str) -> str:
    tree = page.layout(store, visit_of(page.path, search, parts))
    return json.dumps(tree.to_plotly_json(), cls=PlotlyJSONEncoder, ensure_ascii=False)


def seen_of(store: Store, search: str) -> network.Seen:
    view = network_view(store, visit_of("/network", search))
    return network.seen(store, network_data(store, view), LIGHT)


def dashes(store: Store, search: str) -> set[str]:
    """Patterns of the lines that are drawn."""
    traces: list[dict[str, Any]] = changing_traces(seen_of(store, search).drawing, LIGHT)
    return {one["line"]["dash"] for one in traces if one["mode"] == "lines" and one["x"]}


@pytest.mark.parametrize(
    ("search", "patterns", "told", "untold"),
    [
        ("", {"solid"}, "strength below 3", "met, or flights only"),
        (f"?{MEETING}", {"solid", "dot"}, "met, or flights only", "added by the scenario"),
        ("?add=abuja~berlin", {"solid", "dash"}, "added by the scenario", "met, or"),
        ("?city=berlin&add=abuja~berlin", {"solid", "dash"}, "of Berlin", "met, or"),
    ],
)
def test_the_legend_of_lines_tells_width_and_pattern_as_they_are_drawn(
    store: Store, search: str, patterns: set[str], told: str, untold: str
) -> None:
    legend = markup(seen_of(store, search).legend)
    assert dashes(store, search) == patterns
    assert told in legend
    assert untold not in legend
    assert "3 to below 6" in legend


def test_no_kind_chosen_is_an_empty_network_that_says_so(server: Flask, store: Store) -> None:
    view = network_view(store, visit_of("/network", "?kind=none"))
    data = network_data(store, view)
    assert view.kinds == view.ignored == ()
    assert view.address() == "?kind=none"
    assert data.ties.empty
    assert "No kind of cooperation is chosen" in answer(data)
    assert "Kinds: none" in measured_on(data, store.publication())
    page = text_of(network.PAGE, store, "?kind=none")
    assert "No kind of cooperation is chosen" in page
    assert 'value=\\"learning\\" checked' not in page
    text_of(inclusion.PAGE, store, "?kind=none")
    text_of(tie.PAGE, store, "?kind=none", pair="berlin~medellin")
    for address in ("/network-graph.gexf", "/export/network.csv", "/network-graph.nodes"):
        assert server.test_client().get(f"{address}?kind=none").status_code == 200


def test_none_beside_a_kind_makes_no_sense(store: Store) -> None:
    view = network_view(store, visit_of("/network", "?kind=none&kind=learning"))
    assert view.kinds == ("learning",)
    assert view.ignored == ("kind=none",)


def test_members_a_scenario_moves_most_are_those_whose_partners_change_most(store: Store) -> None:
    scenario = "?drop=montreal&event=abuja~cordoba~victoria"
    tables = tables_on(network.lists_of(store, scenario))
    moved = next(one for one in tables if one[0][1:2] == ["Partners, facts"])
    assert [row[:3] for row in moved[1:5]] == [
        ["Montréal", "3", "–"],
        ["Abuja", "0", "2"],
        ["Victoria", "0", "2"],
        ["Córdoba", "1", "3"],
    ]


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        ("cut=berlin~medellin", "takes away 2 of 2 occasions"),
        ("drop=berlin", "takes away 2 of 2 occasions"),
        ("without=P1", "takes away 1 of 2 occasions"),
        ("add=berlin~medellin", "adds 1 occasion to 2"),
        ("drop=montreal", "does not change this tie"),
    ],
)
def test_the_passport_of_a_tie_in_a_scenario_wears_its_badge_and_says_what_changes(
    store: Store, scenario: str, told: str
) -> None:
    page = text_of(tie.PAGE, store, f"?{scenario}", pair="berlin~medellin")
    assert "Scenario, not a fact" in page
    assert told in page
    assert "outside of it" not in page
    assert "Scenario, not a fact" not in text_of(tie.PAGE, store, pair="berlin~medellin")


def test_a_tie_of_a_scenario_alone_says_that_none_is_on_record(store: Store) -> None:
    page = text_of(tie.PAGE, store, "?add=abuja~berlin", pair="abuja~berlin")
    assert "It is thought of by the scenario; on record there is none." in page


def test_a_scenario_that_its_view_leaves_out_says_so(store: Store) -> None:
    words = "this view leaves it out"
    assert words in text_of(network.PAGE, store, "?kind=award&add=abuja~berlin")
    assert words in text_of(network.PAGE, store, "?from=2015&event=abuja~berlin")
    assert words not in text_of(network.PAGE, store, "?from=2015&undated=1&event=abuja~berlin")
    assert words not in text_of(network.PAGE, store, "?kind=award&drop=berlin")


def test_a_goal_without_a_start_is_told(store: Store) -> None:
    assert network_view(store, visit_of("/network", "?goal=berlin")).ignored == ("goal=berlin",)


@pytest.mark.parametrize("pair", ["berlin~nowhere", "nowhere~nobody", "a", "<script>~berlin"])
def test_a_tie_of_a_member_that_is_none_is_not_found(server: Flask, pair: str) -> None:
    answer = server.test_client().get(f"/ties/{pair}")
    assert answer.status_code == 404
    assert server.test_client().get("/ties/berlin~medellin").status_code == 200
    assert server.test_client().get("/ties/berlin~vienna-austria").status_code == 200


def test_a_member_left_out_by_the_filters_is_named(store: Store) -> None:
    data = network_data(
        store, network_view(store, visit_of("/network", "?region=Africa&city=berlin"))
    )
    told = markup(network.focus(store, data))
    assert "Berlin is left out" in told
    assert "berlin is left out" not in told


def test_needs_that_nobody_in_need_takes_part_in_read_alike_in_words_and_table() -> None:
    nobody, one, many = frozenset[str](), frozenset("a"), frozenset("abcde")
    for need in (one, many):
        missed = needs.Cell(need, nobody, nobody, nobody, nobody)
        assert needs.reading(missed, 5) == "uncovered: nobody in need takes part"
    assert "no event" in needs.reading(needs.Cell(many, nobody, nobody, nobody, nobody), 0)


def test_a_theme_is_crowded_by_the_rule_alone_whatever_is_covered() -> None:
    """More members without a need take part than there are members with one."""
    nobody, one, many = frozenset[str](), frozenset("a"), frozenset("abcde")
    for need, by_event, coverage in (
        (nobody, nobody, "no need on record"),
        (one, nobody, "uncovered: nobody in need takes part"),
        (one, one, "mostly covered"),
    ):
        crowded = needs.Cell(need, by_event, nobody, many, nobody)
        assert needs.reading(crowded, 5) == f"{coverage}; crowded"
        even = needs.Cell(need, by_event, nobody, need, nobody)
        assert needs.reading(even, 5) == coverage


def test_events_that_the_years_leave_out_for_want_of_a_year_are_counted(store: Store) -> None:
    def told(search: str) -> str:
        return answer(network_data(store, network_view(store, visit_of("/network", search))))

    assert "1 event without a year is left out." in told("?from=2010")
    assert "without a year" not in told("?from=2010&undated=1").replace("and without a year", "")
    assert "without a year" not in told("")


def test_every_box_for_evidence_says_what_its_letter_means(store: Store) -> None:
    page = text_of(network.PAGE, store)
    assert "A: named by the association" in page
    assert "D: seat not documented" in page


def test_pages_that_keep_no_filter_say_so(store: Store) -> None:
    for page in (partners.PAGE, needs.PAGE):
        assert "whatever the drawing is filtered by" in text_of(page, store)


def test_the_tree_holds_every_member_and_every_tie_from_both_ends(store: Store) -> None:
    data = network_data(store, network_view(store, visit_of("/network", "")))
    tree = markup(network_tree(data))
    assert tree.count('role="treeitem" aria-expanded') == data.members["region"].nunique() + len(
        data.linked
    )
    assert tree.count('class="passport-link"') == 2 * len(data.ties)
    assert tree.count("no tie in this view") == len(data.unlinked)
    assert tree.count('tabindex="0"') == 1


def test_what_is_measured_is_shared_by_all_views_of_the_same_network(store: Store) -> None:
    def measured(search: str) -> object:
        return network_data(store, network_view(store, visit_of("/network", search))).measured

    assert measured("?layout=geography&city=berlin") is measured("?size=core&colour=community")
    assert measured("?weight=learning:0.5") is not measured("")
    assert measured("?drop=berlin") is not measured("")
