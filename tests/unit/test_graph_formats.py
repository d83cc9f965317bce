"""A network as files: read back by NetworkX, and by igraph, it is the same network."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pandas as pd
import pytest

from observatory.exchange.graph_formats import GRAPH_FORMATS, attributed_graph


@pytest.fixture
def graph() -> nx.Graph:
    nodes = pd.DataFrame(
        {
            "name": ["Aarhus & <friends>", "Bogotá", "=SUM(A1)"],
            "degree": [1.0, 2.0, 1.0],
            "constraint": [0.5, 0.25, float("nan")],
            "community": pd.array([1, 1, None], dtype="Int16"),
        },
        index=["aarhus", "bogota", "cairo"],
    )
    edges = pd.DataFrame(
        {
            "city_a": ["aarhus", "bogota"],
            "city_b": ["bogota", "cairo"],
            "strength": [3.0, 2.5],
            "events": [1, 2],
            "kinds": ["learning", "learning;pilot_project"],
            "first_year": pd.array([2015, None], dtype="Int16"),
        }
    )
    return attributed_graph(nodes, edges, {"title": "Ties & more", "scenario": "Cairo leaves"})


def same(found: nx.Graph, graph: nx.Graph, *, beside: frozenset[str] = frozenset()) -> None:
    """Nodes, edges and attributes are equal, but for names that a format adds."""

    def plain(own: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in own.items() if name not in beside}

    assert {node: plain(own) for node, own in found.nodes(data=True)} == dict(
        graph.nodes(data=True)
    )
    ties = {frozenset((a, b)): plain(own) for a, b, own in found.edges(data=True)}
    assert ties == {frozenset((a, b)): own for a, b, own in graph.edges(data=True)}


def test_what_is_missing_is_an_absent_attribute(graph: nx.Graph) -> None:
    assert "constraint" not in graph.nodes["cairo"]
    assert "first_year" not in graph.edges["bogota", "cairo"]
    assert graph.edges["aarhus", "bogota"]["first_year"] == 2015


def test_graphml_read_back_is_the_same(graph: nx.Graph) -> None:
    found = nx.read_graphml(io.BytesIO(GRAPH_FORMATS["graphml"].written(graph)))
    same(found, graph)
    assert found.graph["scenario"] == "Cairo leaves"


def test_gexf_read_back_is_the_same(graph: nx.Graph) -> None:
    written = GRAPH_FORMATS["gexf"].written(graph)
    same(nx.read_gexf(io.BytesIO(written)), graph, beside=frozenset({"label", "weight", "id"}))
    told = ET.fromstring(written).findtext(".//{*}description")  # noqa: S314 - our own
    assert told == "title: Ties & more; scenario: Cairo leaves"
    assert written == GRAPH_FORMATS["gexf"].written(graph)


# What the schema of GEXF 1.2 lets these elements have, as far as it concerns a still network.
GEXF_ATTRIBUTES = {
    "gexf": {"version", "variant"},
    "meta": {"lastmodifieddate"},
    "creator": set(),
    "description": set(),
    "graph": {"defaultedgetype", "idtype", "mode", "timeformat", "start", "end"},
    "attributes": {"class", "mode"},
    "attribute": {"id", "title", "type"},
    "nodes": {"count"},
    "node": {"id", "label", "pid", "for"},
    "edges": {"count"},
    "edge": {"id", "type", "label", "source", "target", "weight"},
    "attvalues": set(),
    "attvalue": {"for", "value"},
}
GEXF_TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def test_gexf_keeps_to_its_schema(graph: nx.Graph) -> None:
    root = ET.fromstring(GRAPH_FORMATS["gexf"].written(graph))  # noqa: S314 - our own
    declared: dict[str, set[str | None]] = {}
    for element in root.iter():
        name = element.tag.removeprefix("{http://www.gexf.net/1.2draft}")
        assert set(element.attrib) - {SCHEMA_LOCATION} <= GEXF_ATTRIBUTES[name], name
    for group in root.iterfind(".//{*}attributes"):
        assert {one.get("type") for one in group} <= GEXF_TYPES
        declared[group.attrib["class"]] = {one.get("id") for one in group}
    for kind, ids in declared.items():
        used = {one.get("for") for one in root.iterfind(f".//{{*}}{kind}//{{*}}attvalue")}
        assert used <= ids
    nodes = {one.get("id") for one in root.iterfind(".//{*}node")}
    ends = {one.get(end) for one in root.iterfind(".//{*}edge") for end in ("source", "target")}
    assert ends <= nodes


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_signs_that_xml_cannot_hold_become_spaces(form: str) -> None:
    nodes = pd.DataFrame({"name": ["A\x0bB\x00\ufffe"]}, index=["a"])
    edges = pd.DataFrame({"city_a": [], "city_b": []})
    written = GRAPH_FORMATS[form].written(attributed_graph(nodes, edges, {"title": "T\x0b"}))
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form]
    assert read(io.BytesIO(written)).nodes["a"]["name"].strip() == "A B"


def test_json_read_back_is_the_same(graph: nx.Graph) -> None:
    found = nx.node_link_graph(json.loads(GRAPH_FORMATS["node-link"].written(graph)), edges="edges")
    same(found, graph)


def test_igraph_finds_the_same_network_in_the_graphml(graph: nx.Graph, tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    path.write_bytes(GRAPH_FORMATS["graphml"].written(graph))
    found = igraph.Graph.Read_GraphML(str(path))
    assert (found.vcount(), found.ecount()) == (3, 2)
    assert sorted(found.es["strength"]) == [2.5, 3.0]
    assert found.vs.find(id="bogota")["name"] == "Bogotá"


def test_lists_hold_every_row_and_no_formula(graph: nx.Graph) -> None:
    def rows(form: str) -> list[dict[str, str]]:
        lines = GRAPH_FORMATS[form].written(graph).decode("utf-8-sig").splitlines(keepends=True)
        assert lines[:2] == ["# title: Ties & more\r\n", "# scenario: Cairo leaves\r\n"]
        return list(csv.DictReader(lines[2:]))

    nodes, edges = rows("nodes"), rows("edges")
    assert [row["id"] for row in nodes] == ["aarhus", "bogota", "cairo"]
    assert nodes[2]["name"] == "'=SUM(A1)"
    assert nodes[2]["constraint"] == ""
    assert [(row["source"], row["target"], row["strength"]) for row in edges] == [
        ("aarhus", "bogota", "3"),
        ("bogota", "cairo", "2.5"),
    ]
