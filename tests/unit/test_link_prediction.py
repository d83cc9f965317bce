"""Scores of pairs by hand, scores that are the sum of their parts, and how they are tried."""

import networkx as nx
import numpy as np
import pandas as pd
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
    lead,
    likeness,
    preferential_attachment,
    scaled,
    shared_themes,
    short_paths,
    standing_shares,
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


def test_common_partners_are_shares_of_the_highest_pair_not_of_a_member_with_itself() -> None:
    """A hub scores highest with itself, which is no pair."""
    graph = nx.star_graph(6)
    graph.add_edges_from([(1, 2), (2, 3)])
    scores = adamic_adar(adjacency(graph))
    pairs = scores[~np.eye(len(graph), dtype=bool)]
    assert scores[0, 0] > pairs.max()
    shares = scaled(scores)
    assert shares.diagonal().tolist() == [0.0] * len(graph)
    assert shares.max() == 1.0
    assert shares[1, 3] == pytest.approx(scores[1, 3] / pairs.max())
    assert scaled(np.zeros((3, 3))).tolist() == np.zeros((3, 3)).tolist()


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


def test_members_of_one_place_are_not_called_alike() -> None:
    distances = np.array([[np.nan, 0, 0.3], [0, np.nan, np.nan], [0.3, np.nan, np.nan]])
    found = likeness(distances, pd.Series(["rome|ita", "rome|ita", "oslo|nor"]))
    assert np.isnan(found[0, 1])
    assert found[0, 2] == found[2, 0] == pytest.approx(0.7)
    assert np.isnan(found[1, 2])  # not to be compared


def test_places_go_from_the_worst_to_the_best_whichever_end_is_better() -> None:
    values = pd.DataFrame(
        {"a": [1.0, 1.0], "b": [2.0, 2.0], "c": [2.0, 4.0], "d": [np.nan, 3.0]},
        index=["trees", "crimes"],
    )
    found = standing_shares(values, {"trees": "higher", "crimes": "lower"})
    assert found[0, :3].tolist() == [0, 0.75, 0.75]  # b and c share the second and third place
    assert np.isnan(found[0, 3])
    assert found[1] == pytest.approx([1, 2 / 3, 0, 1 / 3])


def test_with_less_than_half_of_the_weight_known_there_is_no_score() -> None:
    one, unknown = np.array([[0.6]]), np.array([[np.nan]])
    half = combined({"path": one, "air": unknown}, {"path": 1, "air": 1})
    assert half.score[0, 0] == pytest.approx(0.6)
    less = combined({"path": one, "air": unknown}, {"path": 1, "air": 1.5})
    assert np.isnan(less.score[0, 0])
    assert less.coverage[0, 0] == pytest.approx(0.4)
    assert np.isnan(combined({"path": one}, {"path": 0}).score[0, 0])


def matrix(size: int, **pairs: float) -> np.ndarray:
    """Symmetric: ab=1 sets row a, column b."""
    found = np.zeros((size, size))
    for pair, value in pairs.items():
        one, other = (ord(letter) - ord("a") for letter in pair)
        found[one, other] = found[other, one] = value
    return found


def test_a_lead_is_taken_tie_by_tie() -> None:
    before, after = np.zeros((4, 4)), matrix(4, ab=1, cd=2)
    one = matrix(4, ab=3, cd=2, ac=1)  # both new ties above the other four pairs
    other = matrix(4, ab=3, ac=2, cd=1)  # the second is below one pair of four
    found = lead(one, other, before, after)
    assert found.auc == pytest.approx((0 + 1 / 4) / 2)
    # Two events: both drawn the same way in half of the resamples, so the bounds are the two.
    assert (found.auc_low, found.auc_high) == pytest.approx((0, 1 / 4))
    assert found.precision == 0  # all three candidates of everybody fit into ten places


@given(st.integers(0, 10_000))
def test_a_lead_is_the_difference_of_what_both_foretold(seed: int) -> None:
    random = np.random.default_rng(seed)
    before = np.triu(random.random((14, 14)) < 0.2, 1).astype(float)
    before += before.T
    after = np.triu(random.integers(0, 4, (14, 14)) * (before == 0), 1).astype(float)
    after += after.T
    one, other = random.random((14, 14)), random.random((14, 14))
    first, second = (foretold(scores, before, after) for scores in (one, other))
    found, turned = lead(one, other, before, after), lead(other, one, before, after)
    assert found.auc == pytest.approx(first.auc - second.auc)
    assert found.precision == pytest.approx(first.precision - second.precision)
    assert (found.auc_low, found.auc_high) == pytest.approx((-turned.auc_high, -turned.auc_low))
