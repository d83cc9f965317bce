"""Files of the network: read back they give the same members, ties and attributes."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd
import pytest
from flask import Flask

from observatory.domain.network_metrics import MEASURES
from observatory.pages.graph_files import view_graph
from observatory.pages.network_data import network_data
from observatory.pages.network_view import network_view
from observatory.pages.visit import visit_of
from observatory.store.warehouse import Store

Attributes = dict[str, object]
SEARCHES = [
    "",
    "?kind=learning&kind=award&kind=air_link&kind=governance",
    "?from=2017&to=2019&theme=people",
    "?drop=berlin&add=abuja~victoria",
    "?to=1950",
]
OF_A_MEMBER = {"name", "country", "region", "evidence", "latitude_deg", "longitude_deg", "x", "y"}
OF_A_TIE = {"strength", "events", "kinds", "evidence"}
ADDED_BY_GEXF = {"label", "weight", "id", "viz"}


def _graph(store: Store, search: str) -> nx.Graph:
    data = network_data(store, network_view(store, visit_of("/network", search)))
    return view_graph(store, data, store.publication())


def _file(server: Flask, form: str, search: str) -> bytes:
    answer = server.test_client().get(f"/network-graph.{form}{search}")
    assert answer.status_code == 200
    return answer.data


def _table(content: bytes) -> list[Attributes]:
    """The rows of a list below its comments, without what is missing; numbers as numbers."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [{name: _value(text) for name, text in row.items() if text} for row in rows]


def _value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _from_lists(nodes: bytes, edges: bytes) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from((row.pop("id"), row) for row in _table(nodes))
    graph.add_edges_from((row.pop("source"), row.pop("target"), row) for row in _table(edges))
    return graph


def _parts(
    graph: nx.Graph, beside: set[str] = frozenset()
) -> tuple[dict[str, Attributes], dict[frozenset[str], Attributes]]:
    def plain(own: Attributes) -> Attributes:
        return {name: value for name, value in own.items() if name not in beside}

    return (
        {node: plain(own) for node, own in graph.nodes(data=True)},
        {frozenset((a, b)): plain(own) for a, b, own in graph.edges(data=True)},
    )


READERS: dict[str, Callable[[bytes], nx.Graph]] = {
    "graphml": lambda content: nx.read_graphml(io.BytesIO(content)),
    "gexf": lambda content: nx.read_gexf(io.BytesIO(content)),
    "node-link": lambda content: nx.node_link_graph(json.loads(content), edges="edges"),
}


@pytest.mark.parametrize("search", SEARCHES)
def test_members_and_ties_carry_what_is_known_and_measured(store: Store, search: str) -> None:
    graph = _graph(store, search)
    for _member, own in graph.nodes(data=True):
        assert set(own) >= OF_A_MEMBER
        assert set(own) - OF_A_MEMBER <= {*MEASURES, "community"}
        assert ("pagerank" in own) == (own["degree"] > 0) == ("community" in own)
        assert not any(pd.isna(value) for value in own.values())
    for _a, _b, own in graph.edges(data=True):
        assert set(own) >= OF_A_TIE
        assert ("first_year" in own) == ("last_year" in own)


@pytest.mark.parametrize("search", SEARCHES)
def test_every_tie_names_an_event_or_a_flight_and_its_page(store: Store, search: str) -> None:
    for _a, _b, own in _graph(store, search).edges(data=True):
        joins = str(own["evidence"]).split(";")
        occasions = {one.partition(":")[0] if one.startswith("air_link") else one for one in joins}
        assert len(occasions) == own["events"]
        if not own["evidence"].startswith("assumed"):
            assert all(page.startswith("http") for page in str(own["sources"]).split(" "))


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("?region=Mars", "Makes no sense here: region=Mars. What it takes: region: Africa"),
        ("?city=nope", "city: the id of a member, see /api/v1/cities"),
        ("?theme=nope", "theme: air and emissions"),
        ("?from=99999999999", "from: a year from 1900 to 2100"),
        ("?from=2020&to=2010", "from=2020"),
        ("?kind=award'--", "pilot_project"),
        ("?weight=award:1e-320", "weight: a kind, a colon"),
        ("?event=berlin", "event: two ids of members or more, joined by ~"),
        ("?kind=award&kind=moon", "kind=moon"),
    ],
)
def test_a_file_of_nonsense_is_refused_with_what_would_make_sense(
    server: Flask, search: str, told: str
) -> None:
    client = server.test_client()
    for address in ("network-graph.gexf", "export/network.csv", "export/network-members.xlsx"):
        answer = client.get(f"/{address}{search}")
        assert (answer.status_code, told in answer.json["detail"]) == (400, True)


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("form", READERS)
def test_a_file_read_back_is_the_same_network(
    server: Flask, store: Store, form: str, search: str
) -> None:
    graph = _graph(store, search)
    found = READERS[form](_file(server, form, search))
    assert _parts(found, ADDED_BY_GEXF if form == "gexf" else set()) == _parts(graph)
    if form != "gexf":
        assert found.graph.items() >= graph.graph.items()


def test_a_drawing_program_finds_the_places_of_the_page(server: Flask, store: Store) -> None:
    found = nx.read_gexf(io.BytesIO(_file(server, "gexf", "")))
    for node, own in _graph(store, "").nodes(data=True):
        place = found.nodes[node]["viz"]["position"]
        assert (place["x"], place["y"]) == (own["x"], own["y"])


@pytest.mark.parametrize("search", SEARCHES)
def test_lists_read_back_are_the_same_network(server: Flask, store: Store, search: str) -> None:
    found = _from_lists(_file(server, "nodes", search), _file(server, "edges", search))
    assert _parts(found) == _parts(_graph(store, search))


@pytest.mark.parametrize("search", SEARCHES)
def test_igraph_reads_the_same_network(
    server: Flask, store: Store, search: str, tmp_path: Path
) -> None:
    graph = _graph(store, search)
    path = tmp_path / "network.graphml"
    path.write_bytes(_file(server, "graphml", search))
    found = igraph.Graph.Read_GraphML(str(path))
    ids = found.vs["id"]
    assert sorted(ids) == sorted(graph.nodes)
    strengths = {frozenset((ids[e.source], ids[e.target])): e["strength"] for e in found.es}
    assert strengths == {frozenset((a, b)): own for a, b, own in graph.edges(data="strength")}
    degrees = dict(zip(ids, found.degree(), strict=True))
    assert degrees == {node: own["degree"] for node, own in graph.nodes(data=True)}


@pytest.mark.parametrize("form", [*READERS, "nodes", "edges"])
def test_every_file_says_what_it_shows_and_what_it_rests_on(server: Flask, form: str) -> None:
    told = _file(server, form, "?kind=air_link&drop=berlin").decode()
    for words in (
        "Network of the members",
        "Scenario, not a fact: Berlin leaves.",
        "snapshot",
        "seed",
        "Test bureau",
        "CC BY 4.0",
    ):
        assert words in told
    assert "Scenario" not in _file(server, form, "").decode()
