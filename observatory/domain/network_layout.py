"""Where members stand in the drawing by structure: computed once in the build, stable ever after.

Members with cooperation lie near those they work with; members without stand in rows below,
by region, so that the drawing shows who is missing.
"""

import networkx as nx
import numpy as np
import pandas as pd

from observatory.domain.network import SEED

WIDTH, HEIGHT = 1600, 1000  # of the whole drawing
CORE_FLOOR = 260  # members with ties lie above, the others below
LEAST_APART = 46.0  # distance of two marks, so that each can be pointed at
SPREADING_ROUNDS = 200
FINE_BELOW = 500  # above this many members distances along all paths cost too much
ROW_HEIGHT = 42


def structure_positions(members: pd.DataFrame, graph: nx.Graph) -> pd.DataFrame:
    """A place for every member.

    Kamada-Kawai over the largest component and its like, then marks are pushed apart. Places
    are whole numbers: they come out the same wherever the build runs, up to the last unit.

    Args:
        members: columns city_id, region.
        graph: all members as nodes; edges with `strength`.

    Returns:
        Columns city_id, x (0 to 1600), y (0 to 1000), is_linked; by city_id.
    """
    linked = sorted(node for node, degree in graph.degree() if degree > 0)
    places = _core(graph.subgraph(linked), linked) if linked else {}
    places |= _rows([row for row in _by_region(members) if row not in places])
    frame = pd.DataFrame(
        [(city_id, x, y, city_id in set(linked)) for city_id, (x, y) in sorted(places.items())],
        columns=["city_id", "x", "y", "is_linked"],
    )
    return frame.astype({"x": "int32", "y": "int32", "is_linked": "bool"})


def _core(graph: nx.Graph, nodes: list[str]) -> dict[str, tuple[int, int]]:
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    if len(nodes) < FINE_BELOW:
        start = nx.circular_layout(ordered)
        found = nx.kamada_kawai_layout(ordered, pos=start, weight=None)
    else:
        found = nx.spring_layout(ordered, weight="strength", seed=SEED, iterations=60)
    points = np.array([found[node] for node in nodes])
    low, high = points.min(axis=0), points.max(axis=0)
    margin = LEAST_APART
    box = np.array([WIDTH - 2 * margin, HEIGHT - CORE_FLOOR - 2 * margin])
    scaled = (points - low) / np.maximum(high - low, 1e-9) * box + [margin, CORE_FLOOR + margin]
    apart = _apart(scaled) if len(nodes) < FINE_BELOW else scaled
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, apart.tolist(), strict=True)}


def _apart(points: np.ndarray) -> np.ndarray:
    """The points moved by the least that keeps each from covering another."""
    moved = points.copy()
    for _ in range(SPREADING_ROUNDS):
        offset = moved[:, None, :] - moved[None, :, :]
        distance = np.sqrt((offset**2).sum(axis=2)) + np.eye(len(moved)) * LEAST_APART
        short = np.clip(LEAST_APART - distance, 0, None)
        if not short.any():
            break
        push = (offset / np.maximum(distance, 1e-6)[:, :, None]) * (short / 2)[:, :, None]
        moved += push.sum(axis=1)
        moved = np.clip(moved, [0, CORE_FLOOR], [WIDTH, HEIGHT])
    return moved


def _by_region(members: pd.DataFrame) -> list[str]:
    ordered = members.sort_values(["region", "city_id"])
    return [str(city_id) for city_id in ordered["city_id"]]


def _rows(city_ids: list[str]) -> dict[str, tuple[int, int]]:
    """Rows below the core, filled from the left, regions one after the other."""
    if not city_ids:
        return {}
    rows = max(1, CORE_FLOOR // ROW_HEIGHT - 1)
    columns = -(-len(city_ids) // rows)
    step = WIDTH / columns
    return {
        city_id: (round(step * (no // rows + 0.5)), CORE_FLOOR - ROW_HEIGHT * (no % rows + 1))
        for no, city_id in enumerate(city_ids)
    }
