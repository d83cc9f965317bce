"""Scores of pairs by hand, scores that are the sum of their parts, and how they are tried."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.link_prediction import (
    PARTS,
    adamic_adar,
    adjacency,
    better_where_it_lags,
    combined,
    common_neighbours,
    foretold,
    preferential_attachment,
    shared_themes,
    short_paths,
)


def square_with_tail() -> nx.Graph:
    """a-b-c-d-a and d-e."""
    graph = nx.Graph()
    graph.add_nodes_from("abcde")
    graph.add_edges_from(["ab", "bc", "cd", "ad", "de"])
    return graph


def test_structural_scores_equal_networkx() -> None:
    graph = square_with_tail()
    ties, nodes = adjacency(graph), list(graph.nodes)
    pairs = list(nx.non_edges(graph))
    for ours, theirs in (
        (preferential_attachment(ties), nx.preferential_attachment(graph, pairs)),
        (adamic_adar(ties), nx.adamic_adar_index(graph, pairs)),
    ):
        for one, other, expected in theirs:
            assert ours[nodes.index(one), nodes.index(other)] == pytest.approx(expected)
    assert common_neighbours(ties)[0, 2] == 2  # a and c share b and d


def test_paths_count_steps_beyond_the_first() -> None:
    found = short_paths(square_with_tail())
    assert found[0, 2] == 1  # two steps
    assert found[1, 4] == pytest.approx(1 / 2)  # b to e, three steps
    assert found[0, 1] == 0  # they have a tie
    assert np.array_equal(short_paths(square_with_tail(), ["b"])[0], found[1])


def test_themes_are_unknown_where_one_has_none() -> None:
    themes = {"a": frozenset({"air", "mobility"}), "b": frozenset({"air"})}
    found = shared_themes(themes, ["a", "b", "c"])
    assert found[0, 1] == pytest.approx(1 / 2)
    assert np.isnan(found[0, 2])
    assert np.array_equal(
        shared_themes(themes, ["a", "b", "c"], ["b"])[0], found[1], equal_nan=True
    )
    assert np.isnan(shared_themes({}, ["a", "b"])).all()


def test_a_lead_counts_only_where_the_one_lags() -> None:
    places = np.array([[0.1, 0.9, np.nan], [0.8, 1.0, 0.9]])
    found = better_where_it_lags(places)
    assert found[0, 1] == pytest.approx(0.8)  # not the second: there the first does well
    assert np.isnan(found[0, 2])
    assert np.isnan(found[1]).all()  # it lags in nothing


@given(st.integers(0, 10_000))
def test_what_parts_add_sums_to_the_score(seed: int) -> None:
    random = np.random.default_rng(seed)
    parts = {name: random.random((4, 4)) for name in PARTS}
    for own in parts.values():
        own[random.random((4, 4)) < 0.3] = np.nan
    weights = dict(zip(PARTS, random.integers(0, 4, len(PARTS)), strict=True))
    found = combined(parts, weights)
    total = sum(np.nan_to_num(one) for one in found.shares.values())
    known = np.isfinite(found.score)
    assert np.allclose(total[known], found.score[known])
    assert (found.coverage[known] >= 0.5 - 1e-9).all()
    assert ((found.score[known] >= 0) & (found.score[known] <= 1)).all()


def test_a_score_that_knows_all_and_one_that_knows_nothing() -> None:
    before = np.zeros((6, 6))
    after = np.zeros((6, 6))
    after[0, 1] = after[1, 0] = 1  # one event made one tie
    perfect = foretold(after, before, after)
    assert perfect.auc == 1
    assert (perfect.auc_low, perfect.auc_high) == (1, 1)
    assert (perfect.new_ties, perfect.candidates, perfect.members) == (1, 15, 2)
    chance = foretold(np.zeros((6, 6)), before, after)
    assert chance.auc == 0.5
    # Five candidates each, all equal: one hit among the five that fit into ten places.
    assert chance.precision == pytest.approx(1 / 10)
    assert np.isnan(foretold(after, before, before).auc)
