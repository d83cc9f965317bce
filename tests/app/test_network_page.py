"""`/network` as a reader meets it: legend, controls, empty views, scenarios, lists."""

import json
from typing import Any

import pytest
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from observatory.pages import inclusion, network, tie
from observatory.pages.network_data import network_data
from observatory.pages.network_view import network_view
from observatory.pages.network_words import answer, measured_on
from observatory.pages.visit import Page, visit_of
from observatory.store.warehouse import Store
from observatory.views.components.static import markup
from observatory.views.figures.network import changing_traces
from observatory.views.theme import LIGHT

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
    assert "Kinds: none" in measured_on(data, "0")
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
