"""A network with its attributes as files that other programs read: GraphML, GEXF, JSON, CSV."""

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

import networkx as nx
import pandas as pd

from observatory.exchange.formats import commented_csv

Attributes = Mapping[str, object]

# What XML cannot hold, escaped or not; spreadsheets bring in tabs and breaks of their own.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class GraphFormat:
    """How a network is written: its media type, the file's ending, and the writer."""

    media_type: str
    ending: str
    written: Callable[[nx.Graph], bytes]


def attributed_graph(nodes: pd.DataFrame, edges: pd.DataFrame, facts: Attributes) -> nx.Graph:
    """A graph whose nodes and edges carry their attributes.

    Args:
        nodes: indexed by id, one column per attribute.
        edges: city_a, city_b, one further column per attribute.
        facts: what the graph as a whole carries: title, filter, snapshot, licence.

    Returns:
        Nodes and edges in the order given. A missing value is an absent attribute.
    """
    graph = nx.Graph(**_known(facts))
    for node, row in zip(nodes.index, nodes.to_dict("records"), strict=True):
        graph.add_node(str(node), **_known(row))
    for row in edges.to_dict("records"):
        ends = str(row.pop("city_a")), str(row.pop("city_b"))
        graph.add_edge(*ends, **_known(row))
    return graph


def _known(row: Mapping[str, object]) -> dict[str, object]:
    """Plain values of the row; what is missing is left out."""
    return {
        str(name): _plain(value) for name, value in row.items() if pd.notna(value) and value != ""
    }


def _plain(value: object) -> object:
    if isinstance(value, str):
        return NO_XML.sub(" ", value)
    return value.item() if hasattr(value, "item") else value  # of NumPy


def _graphml(graph: nx.Graph) -> bytes:
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, infer_numeric_types=True)
    return out.getvalue()


def _gexf(graph: nx.Graph) -> bytes:
    """GEXF 1.2 as NetworkX writes it, without the day of writing: equal graphs, equal files.

    GEXF has no attributes of the graph as a whole: they stand in its description, and the name
    that NetworkX gives it, which is not in the schema, is taken off. Where nodes stand is told in
    the words of its extension for drawing, so that a program opens the layout of the page.
    """
    out = io.BytesIO()
    plain = nx.Graph()
    plain.add_nodes_from(
        (node, {"label": own.get("name", node), **own, **_placed(own)})
        for node, own in graph.nodes(data=True)
    )
    plain.add_edges_from(
        (a, b, {"weight": own["strength"], **own}) for a, b, own in graph.edges(data=True)
    )
    nx.write_gexf(plain, out, version="1.2draft")
    text = out.getvalue().decode("utf-8")
    told = "; ".join(f"{name}: {value}" for name, value in graph.graph.items())
    meta = (
        "<meta>\n    <creator>Metropolis Observatory</creator>\n"
        f"    <description>{escape(told, quote=False)}</description>\n  </meta>"
    )
    text = re.sub(r"<meta.*?</meta>", lambda _m: meta, text, count=1, flags=re.DOTALL)
    return re.sub(r'(<graph [^>]*) name=""', r"\1", text, count=1).encode()


def _placed(own: Attributes) -> dict[str, object]:
    """Where a node stands, as programs that draw expect it."""
    if "x" not in own or "y" not in own:
        return {}
    return {"viz": {"position": {"x": own["x"], "y": own["y"], "z": 0.0}}}


def _json(graph: nx.Graph) -> bytes:
    data = nx.node_link_data(graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _rows(graph: nx.Graph, rows: list[dict[str, object]], first: list[str]) -> bytes:
    """Comma-separated rows below the facts of the graph."""
    named = list(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    facts = (f"{name}: {value}" for name, value in graph.graph.items())
    return commented_csv(facts, named, ([row.get(name) for name in named] for row in rows))


def _node_list(graph: nx.Graph) -> bytes:
    rows = [{"id": node, **own} for node, own in graph.nodes(data=True)]
    return _rows(graph, rows, ["id"])


def _edge_list(graph: nx.Graph) -> bytes:
    rows = [{"source": a, "target": b, **own} for a, b, own in graph.edges(data=True)]
    return _rows(graph, rows, ["source", "target"])


GRAPH_FORMATS: Mapping[str, GraphFormat] = {
    "graphml": GraphFormat("application/graphml+xml", "graphml", _graphml),
    "gexf": GraphFormat("application/gexf+xml", "gexf", _gexf),
    "node-link": GraphFormat("application/json", "json", _json),
    "nodes": GraphFormat("text/csv", "nodes.csv", _node_list),
    "edges": GraphFormat("text/csv", "edges.csv", _edge_list),
}
