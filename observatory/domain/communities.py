"""Groups of members with closer ties among themselves, and how firm the grouping is."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from observatory.domain.network import SEED

RUNS = 10
RUNS_OF_LARGE = 4  # above LARGE members, where each run takes a third of a second
LARGE = 500


@dataclass(frozen=True)
class Communities:
    """The best of several runs of Louvain's method.

    Attributes:
        of: by city_id, the number of the community, 1 the largest; members without a tie are
            missing.
        modularity: how much more ties stay within communities than chance gives.
        stability: mean adjusted Rand index over all pairs of runs: 1 where every seed gives the
            same grouping, 0 where they agree as chance does.
        runs: number of runs. first_seed: seeds are this and the following ones.
    """

    of: pd.Series
    modularity: float
    stability: float
    runs: int
    first_seed: int = SEED


def communities(graph: nx.Graph) -> Communities:
    """Communities of the linked members by Louvain's method, weighted by strength."""
    nodes = sorted(node for node, degree in graph.degree() if degree > 0)
    runs = RUNS if len(nodes) <= LARGE else RUNS_OF_LARGE
    if not nodes:
        return Communities(pd.Series(dtype="int64"), float("nan"), float("nan"), runs)
    part = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(sorted(graph.subgraph(nodes).edges(data=True), key=lambda one: one[:2]))
    found = [_labels(_run(part, seed), nodes) for seed in range(SEED, SEED + runs)]
    scores = [_modularity(part, nodes, labels) for labels in found]
    best = found[int(np.argmax(scores))]
    agreed = [adjusted_rand(found[i], found[j]) for i in range(runs) for j in range(i + 1, runs)]
    return Communities(
        pd.Series(best, index=pd.Index(nodes, name="city_id")),
        float(max(scores)),
        float(np.mean(agreed)),
        runs,
    )


def _run(graph: nx.Graph, seed: int) -> list[set[str]]:
    found: list[set[str]] = nx.community.louvain_communities(graph, weight="strength", seed=seed)
    return sorted(found, key=lambda one: (-len(one), min(one)))


def _labels(groups: list[set[str]], nodes: list[str]) -> np.ndarray:
    number = {node: label for label, group in enumerate(groups, start=1) for node in group}
    return np.array([number[node] for node in nodes])


def _modularity(graph: nx.Graph, nodes: list[str], labels: np.ndarray) -> float:
    """Newman's modularity by strength; NetworkX's own takes longer than a whole run."""
    position = {node: number for number, node in enumerate(nodes)}
    edges = [(position[a], position[b], own) for a, b, own in graph.edges(data="strength")]
    first, second, strength = (np.array(column) for column in zip(*edges, strict=True))
    total = strength.sum()
    within = strength[labels[first] == labels[second]].sum()
    ends = np.bincount(labels[first], strength, labels.max() + 1)
    ends += np.bincount(labels[second], strength, labels.max() + 1)
    return float(within / total - ((ends / (2 * total)) ** 2).sum())


def adjusted_rand(first: np.ndarray, second: np.ndarray) -> float:
    """Hubert and Arabie's adjusted Rand index of two groupings of the same things.

    Args:
        first: labels of the first grouping. Any integers.
        second: labels of the second, in the same order.

    Returns:
        1 for the same grouping, about 0 for groupings that agree as chance does.
    """
    _, rows = np.unique(first, return_inverse=True)
    _, columns = np.unique(second, return_inverse=True)
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    same = _pairs(table).sum()
    in_first, in_second = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    chance = in_first * in_second / _pairs(np.array(len(first)))
    most = (in_first + in_second) / 2
    return 1.0 if most == chance else float((same - chance) / (most - chance))


def _pairs(counts: np.ndarray) -> np.ndarray:
    return counts * (counts - 1) / 2
