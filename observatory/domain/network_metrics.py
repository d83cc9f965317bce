"""Measures of a network, per member and as a whole, each with one exact definition.

Paths count ties, not their strength. A member without a tie has no place in measures of the
linked members: those values are missing, never 0. Every random step takes its seed from here.
"""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
import rustworkx as rx

STEPS_OF_REACH = 2
PAGERANK_DAMPING = 0.85
PRECISION = 1e-12
MEASURES = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "pagerank",
    "constraint",
    "core",
    "clustering",
    "reach",
    "cut_off",
)


@dataclass(frozen=True)
class WholeNetwork:
    """The network as a whole.

    Attributes:
        members: members looked at. linked: those with a tie. ties: pairs with a tie.
        density: ties over all pairs of the members looked at; missing for fewer than two.
        parts: connected parts among the linked. largest_part: members of the largest.
        mean_steps: mean number of ties on the shortest paths within the largest part.
        clustering: share of pairs of a member's partners that are partners themselves, over
            all pairs (transitivity); missing where no member has two partners.
    """

    members: int
    linked: int
    ties: int
    density: float
    parts: int
    largest_part: int
    mean_steps: float
    clustering: float


def member_measures(graph: nx.Graph) -> pd.DataFrame:
    """All measures of every member.

    Args:
        graph: members as nodes; edges with `strength`.

    Returns:
        Index city_id, columns MEASURES:
        degree: partners. strength: sum of the strengths of the ties.
        betweenness: share of the shortest paths between two other linked members that pass
            through it. closeness: mean of 1 / steps to every other linked member (harmonic).
        pagerank: share of a random walk along ties by strength, damping 0.85.
        constraint: Burt's; high where the partners are partners of each other.
        core: largest k of a group in which everybody has k partners.
        clustering: share of pairs of partners that are partners; missing below two partners.
        reach: members at most two ties away.
        cut_off: members that would lose contact with the largest remaining part of their part
            of the network without it.
        Members without a tie have degree, strength, reach and cut_off 0; the rest is missing.
    """
    linked = sorted(node for node, degree in graph.degree() if degree > 0)
    frame = pd.DataFrame(index=pd.Index(sorted(graph.nodes), name="city_id"))
    frame["degree"] = pd.Series(dict(graph.degree()), dtype="float64")
    frame["strength"] = pd.Series(dict(graph.degree(weight="strength")), dtype="float64")
    if not linked:
        return frame.reindex(columns=list(MEASURES)).assign(reach=0.0, cut_off=0.0)
    part = graph.subgraph(linked).copy()  # a view asks for each node whether it is in it
    steps = _steps(part, linked)
    frame["betweenness"] = _betweenness(part, linked)
    frame["closeness"] = _closeness(steps, linked)
    frame["pagerank"] = pd.Series(
        nx.pagerank(part, PAGERANK_DAMPING, weight="strength", tol=PRECISION, max_iter=1000)
    )
    frame["constraint"] = pd.Series(nx.constraint(part, weight="strength"))
    frame["core"] = pd.Series(nx.core_number(part), dtype="float64")
    frame["clustering"] = pd.Series(nx.clustering(part)).where(frame["degree"] > 1)
    near = ((steps > 0) & (steps <= STEPS_OF_REACH)).sum(axis=1)
    frame["reach"] = pd.Series(near, index=linked, dtype="float64")
    frame["cut_off"] = pd.Series(_cut_off(part), dtype="float64")
    return frame.fillna({"reach": 0.0, "cut_off": 0.0})[list(MEASURES)]


def _rustworkx(graph: nx.Graph, nodes: list[str]) -> rx.PyGraph:
    position = {node: number for number, node in enumerate(nodes)}
    compiled = rx.PyGraph()
    compiled.add_nodes_from(nodes)
    compiled.add_edges_from([(position[a], position[b], 1.0) for a, b in graph.edges])
    return compiled


def _steps(graph: nx.Graph, nodes: list[str]) -> np.ndarray:
    """Ties on the shortest path between two nodes; infinite where there is none."""
    return np.asarray(rx.distance_matrix(_rustworkx(graph, nodes), null_value=np.inf))


def _betweenness(graph: nx.Graph, nodes: list[str]) -> pd.Series:
    found = rx.betweenness_centrality(_rustworkx(graph, nodes), normalized=True)
    return pd.Series([found[number] for number in range(len(nodes))], index=nodes, dtype="float64")


def _closeness(steps: np.ndarray, nodes: list[str]) -> pd.Series:
    apart = np.where(steps > 0, steps, np.inf)  # a node is not its own partner
    return pd.Series((1 / apart).sum(axis=1) / max(len(nodes) - 1, 1), index=nodes)


def _cut_off(graph: nx.Graph) -> dict[str, int]:
    """For each node whose loss parts the network: how many others lose contact."""
    lost = dict.fromkeys(graph.nodes, 0)
    for node in nx.articulation_points(graph):
        own = nx.node_connected_component(graph, node)
        rest = [len(one) for one in nx.connected_components(graph.subgraph(own - {node}))]
        lost[node] = sum(rest) - max(rest)
    return lost


def whole_network(graph: nx.Graph) -> WholeNetwork:
    """The network as a whole, of the members that are its nodes."""
    linked = sorted(node for node, degree in graph.degree() if degree > 0)
    part = graph.subgraph(linked).copy()
    parts = sorted(nx.connected_components(part), key=lambda one: (-len(one), min(one)))
    largest = sorted(parts[0]) if parts else []
    steps = _steps(part.subgraph(largest), largest) if largest else np.zeros((0, 0))
    pairs = len(largest) * (len(largest) - 1)
    has_pair = any(degree > 1 for _, degree in part.degree())
    return WholeNetwork(
        members=graph.number_of_nodes(),
        linked=len(linked),
        ties=graph.number_of_edges(),
        density=nx.density(graph) if graph.number_of_nodes() > 1 else float("nan"),
        parts=len(parts),
        largest_part=len(largest),
        mean_steps=float(steps.sum() / pairs) if pairs else float("nan"),
        clustering=float(nx.transitivity(part)) if has_pair else float("nan"),
    )


def assortativity(graph: nx.Graph, groups: pd.Series) -> float:
    """How far ties stay within a group: 1 all of them, 0 as chance gives, below 0 fewer.

    Newman's coefficient for a category; ties of a member without a group are left out.

    Args:
        graph: members as nodes.
        groups: by city_id, the member's group.

    Returns:
        The coefficient; missing where fewer than two groups have ties.
    """
    known = graph.subgraph([node for node in graph.nodes if pd.notna(groups.get(node))]).copy()
    if known.number_of_edges() == 0 or groups[[*linked_nodes(known)]].nunique() < 2:  # noqa: PLR2004 - one group has no other to tie to
        return float("nan")
    nx.set_node_attributes(known, groups[list(known.nodes)].to_dict(), "group")
    return float(nx.attribute_assortativity_coefficient(known, "group"))


def linked_nodes(graph: nx.Graph) -> list[str]:
    """Members with a tie, in the order of their ids."""
    return sorted(node for node, degree in graph.degree() if degree > 0)


def numeric_assortativity(graph: nx.Graph, values: pd.Series) -> float:
    """How alike partners are in a value: Pearson's correlation over the two ends of all ties.

    Args:
        graph: members as nodes.
        values: by city_id; ties of a member without a value are left out.

    Returns:
        The coefficient; missing where fewer than two ties or one value only is left.
    """
    ends = [(values.get(a), values.get(b)) for a, b in graph.edges]
    pairs = np.array([(a, b) for a, b in ends if pd.notna(a) and pd.notna(b)], dtype="float64")
    if len(pairs) < 2:  # noqa: PLR2004 - a correlation needs two
        return float("nan")
    both = np.vstack([pairs, pairs[:, ::-1]])
    if np.ptp(both[:, 0]) == 0:
        return float("nan")
    return float(np.corrcoef(both[:, 0], both[:, 1])[0, 1])
