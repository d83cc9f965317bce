"""Measures by hand on a small network, and against igraph on real and random ones."""

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.communities import adjusted_rand, communities
from observatory.domain.network import Window, graph_of, ties_of, within
from observatory.domain.network_metrics import (
    assortativity,
    member_measures,
    numeric_assortativity,
    whole_network,
)
from observatory.queries.cities import all_cities
from observatory.queries.network import event_kinds, tie_evidence
from observatory.store.warehouse import Store

STRONG = ("pilot_project", "working_group", "initiative", "learning")
WEAK = ("award", "congress", "governance")


def small(*pairs: str, nodes: str = "") -> nx.Graph:
    """A graph of ties of strength 1: "ab" joins a and b."""
    ties = pd.DataFrame([(*sorted(pair), 1.0) for pair in pairs]).set_axis(
        ["city_a", "city_b", "strength"], axis="columns"
    )
    return graph_of(set("".join(pairs)) | set(nodes), ties)


def network(store: Store, kinds: tuple[str, ...]) -> nx.Graph:
    """The small network of the tests, of some kinds."""
    weights = event_kinds(store).set_index("kind")["weight"].to_dict()
    ties = ties_of(within(tie_evidence(store), Window(kinds)), weights)
    return graph_of(all_cities(store)["city_id"], ties)


def test_strong_ties_of_twelve_members_by_hand(store: Store) -> None:
    """Berlin and Medellín share two events; Barcelona and Córdoba stand apart from the rest."""
    graph = network(store, STRONG)
    found = member_measures(graph)
    assert graph.edges["berlin", "medellin"]["strength"] == 6
    assert found["degree"].to_dict() == {
        "abuja": 0,
        "barcelona": 1,
        "barcelona-amb": 2,
        "berlin": 3,
        "cordoba": 1,
        "gauteng": 0,
        "guangzhou": 1,
        "johannesburg": 0,
        "medellin": 3,
        "montreal": 3,
        "valle-de-aburra": 0,
        "victoria": 0,
    }
    # Of the 15 pairs of the other six linked members, paths between Guangzhou and three others
    # pass Montréal; half of the paths from Montréal and Guangzhou to AMB pass Berlin.
    assert found.loc["montreal", "betweenness"] == pytest.approx(3 / 15)
    assert found.loc["berlin", "betweenness"] == pytest.approx((0.5 + 0.5) / 15)
    # Montréal: three partners at 1, AMB at 2, Barcelona and Córdoba out of reach.
    assert found.loc["montreal", "closeness"] == pytest.approx((1 + 1 + 1 + 0.5) / 6)
    assert found.loc["berlin", "clustering"] == pytest.approx(2 / 3)
    assert found.loc["guangzhou", "reach"] == 3
    assert found.loc["montreal", "cut_off"] == 1
    assert found.loc["berlin", "core"] == 2
    assert pd.isna(found.loc["abuja", "betweenness"])
    assert found.loc["abuja", "strength"] == 0


def test_taking_the_awards_away_changes_what_it_should(store: Store) -> None:
    with_awards, without = (
        member_measures(network(store, kinds))
        for kinds in ((*STRONG, *WEAK), (*STRONG, "congress", "governance"))
    )
    assert with_awards.loc["abuja", "degree"] == 1
    assert without.loc["abuja", "degree"] == 0
    assert with_awards.loc["medellin", "strength"] - without.loc["medellin", "strength"] == 1
    # Abuja hangs on Medellín alone.
    assert with_awards.loc["medellin", "cut_off"] == 1
    assert without.loc["medellin", "cut_off"] == 0
    # The host of the award is tied to nobody by it.
    assert with_awards.loc["guangzhou", "degree"] == without.loc["guangzhou", "degree"] == 2


def test_the_whole_network_by_hand(store: Store) -> None:
    whole = whole_network(network(store, STRONG))
    assert (whole.members, whole.linked, whole.ties) == (12, 7, 7)
    assert (whole.parts, whole.largest_part) == (2, 5)
    assert whole.density == pytest.approx(7 / 66)
    # Ten pairs of the larger part: six ties, three at two steps, one at three.
    assert whole.mean_steps == pytest.approx((6 * 1 + 3 * 2 + 1 * 3) / 10)


def test_without_ties_measures_are_missing_not_zero() -> None:
    graph = nx.Graph()
    graph.add_nodes_from(["a", "b"])
    found = member_measures(graph)
    assert found["betweenness"].isna().all()
    assert found["degree"].tolist() == [0, 0]
    assert np.isnan(whole_network(graph).mean_steps)
    assert np.isnan(communities(graph).modularity)


def compared(graph: nx.Graph) -> None:
    """Every measure whose definition igraph shares, to 1e-9."""
    ours = member_measures(graph)
    linked = sorted(node for node, degree in graph.degree() if degree)
    position = {node: number for number, node in enumerate(linked)}
    theirs = igraph.Graph(len(linked), [(position[a], position[b]) for a, b in graph.edges])
    strengths = [graph.edges[edge]["strength"] for edge in graph.edges]
    count = len(linked)
    pairs = (count - 1) * (count - 2) / 2
    expected = {
        "degree": theirs.degree(),
        "strength": theirs.strength(weights=strengths),
        "betweenness": [value / pairs if pairs else 0 for value in theirs.betweenness()],
        "closeness": theirs.harmonic_centrality(),
        "pagerank": theirs.pagerank(weights=strengths, damping=0.85),
        "constraint": theirs.constraint(weights=strengths),
        "core": theirs.coreness(),
        "clustering": theirs.transitivity_local_undirected(mode="nan"),
        "reach": [size - 1 for size in theirs.neighborhood_size(order=2)],
    }
    for name, values in expected.items():
        found = ours.loc[linked, name].to_numpy(dtype="float64")
        np.testing.assert_allclose(found, values, rtol=0, atol=1e-9, err_msg=name)
    cutting = {linked[number] for number in theirs.articulation_points()}
    assert {city for city in linked if ours.loc[city, "cut_off"] > 0} == cutting


def test_measures_of_the_small_network_equal_igraph(store: Store) -> None:
    compared(network(store, (*STRONG, *WEAK)))


@given(
    nodes=st.integers(4, 25),
    share=st.floats(0.1, 0.9),
    seed=st.integers(0, 10_000),
)
def test_measures_of_random_networks_equal_igraph(nodes: int, share: float, seed: int) -> None:
    drawn = nx.gnp_random_graph(nodes, share, seed=seed)
    ties = pd.DataFrame(
        [(f"c{a:02}", f"c{b:02}", 1.0 + (a * b) % 4) for a, b in drawn.edges],
        columns=["city_a", "city_b", "strength"],
    )
    compared(graph_of([f"c{node:02}" for node in range(nodes)], ties))


def test_ties_within_a_group_alone_are_assortative() -> None:
    groups = pd.Series({"a": "north", "b": "north", "c": "south", "d": "south"})
    assert assortativity(small("ab", "cd"), groups) == pytest.approx(1)
    assert assortativity(small("ac", "bd", "ad", "bc"), groups) == pytest.approx(-1)
    assert np.isnan(assortativity(small("ab"), groups))


def test_partners_alike_in_a_value_are_correlated() -> None:
    values = pd.Series({"a": 1.0, "b": 1.0, "c": 5.0, "d": 5.0, "e": np.nan})
    assert numeric_assortativity(small("ab", "cd", "ae"), values) == pytest.approx(1)
    assert np.isnan(numeric_assortativity(small("ab"), values))


def test_two_groups_joined_by_one_tie_are_two_communities() -> None:
    graph = small("ab", "bc", "ac", "de", "ef", "df", "cd", nodes="z")
    found = communities(graph)
    assert found.of.to_dict() == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}
    assert found.stability == pytest.approx(1)
    assert found.modularity == pytest.approx(6 / 7 - 0.5)


def test_adjusted_rand_of_the_same_and_of_a_crossed_grouping() -> None:
    assert adjusted_rand(np.array([1, 1, 2, 2]), np.array([7, 7, 3, 3])) == 1
    # By hand: no pair is together in both; chance gives 2 * 2 / 6.
    assert adjusted_rand(np.array([1, 1, 2, 2]), np.array([1, 2, 1, 2])) == pytest.approx(
        (0 - 4 / 6) / (2 - 4 / 6)
    )
