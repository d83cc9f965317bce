"""Needs below peers, and whom the network includes: by hand."""

import numpy as np
import pandas as pd
import pytest

from observatory.domain.inclusion import (
    active_years,
    between_groups,
    by_year,
    crossing_by_year,
    fell_silent,
    gini,
    linked_by_group,
)
from observatory.domain.needs import below_peers, theme_needs
from observatory.domain.network import graph_of

PEERS = ["b", "c", "d", "e", "f"]


def test_below_is_worse_than_three_of_four_peers() -> None:
    values = pd.DataFrame(
        {"a": [1.5, 9.0, 1.0], "b": [1, 1, 1], "c": [2, 2, 2], "d": [3, 3, np.nan],
         "e": [4, 4, 4], "f": [5, 5, 5]},
        index=["income", "dust", "few"],
    )  # fmt: skip
    better = {"income": "higher", "dust": "lower", "few": "higher"}
    found = below_peers(values, better, {"a": PEERS})
    # Lower quartile of 1 to 5 is 2: 1.5 is below it. Of dust, less is better: 9 is worst.
    assert found["a"].tolist()[:2] == [1, 1]
    assert np.isnan(found.loc["few", "a"])  # four peers with a figure are too few
    assert found["b"].isna().all()  # no peers
    themes = {"income": "money", "dust": "air", "few": "money"}
    assert theme_needs(found, themes)["a"].to_dict() == {"air": 1.0, "money": 1.0}


def ties(*pairs: str) -> pd.DataFrame:
    rows = [(pair[0], pair[1], 1.0) for pair in pairs]
    return pd.DataFrame(rows, columns=["city_a", "city_b", "strength"])


def test_members_with_a_tie_are_counted_by_group() -> None:
    groups = pd.Series({"a": "north", "b": "north", "c": "south", "d": "south"})
    found = linked_by_group(graph_of("abcd", ties("ab", "ac")), groups)
    assert found.loc["north"].to_dict() == {"members": 2, "linked": 2}
    assert found.loc["south"].to_dict() == {"members": 2, "linked": 1}


def test_ties_between_groups_are_held_against_chance() -> None:
    """Two groups of four, all ties within them: fewer between than chance ever gives."""
    north, south = ["ab", "ac", "ad", "bc", "bd", "cd"], ["ef", "eg", "eh", "fg", "fh", "gh"]
    groups = pd.Series(dict.fromkeys("abcd", "north") | dict.fromkeys("efgh", "south"))
    found = between_groups(graph_of("abcdefgh", ties(*north, *south)), groups)
    assert (found.ties, found.share) == (12, 0)
    # Each of 24 loose ends may join 21 that are not its own member's, 12 of them across.
    assert found.expected == pytest.approx(12 / 21, abs=0.02)
    assert found.share < found.low < found.expected < found.high
    assert found == between_groups(graph_of("abcdefgh", ties(*north, *south)), groups)
    assert np.isnan(between_groups(graph_of("ab", ties()), groups).share)


def test_chance_does_not_join_a_member_to_itself() -> None:
    """One tie between two groups is between groups in every draw that can happen."""
    groups = pd.Series({"a": "north", "b": "south"})
    found = between_groups(graph_of("ab", ties("ab")), groups)
    assert (found.share, found.low, found.expected, found.high) == (1, 1, 1, 1)
    groups = pd.Series({"a": "north", "b": "south", "c": "west"})
    three = between_groups(graph_of("abc", ties("ab", "bc", "ac")), groups)
    assert (three.share, three.low, three.expected) == (1, 1, 1)  # some draws join each to itself


def test_gini_of_equal_and_of_one_that_has_it_all() -> None:
    assert gini(np.array([3, 3, 3])) == 0
    assert gini(np.array([0, 0, 0, 1])) == pytest.approx(0.75)
    assert np.isnan(gini(np.array([0, 0])))


def test_years_of_members_growth_and_silence() -> None:
    evidence = pd.DataFrame(
        [("a", "b", 2015, 2017), ("a", "c", 2020, None), ("b", "d", None, None)],
        columns=["city_a", "city_b", "year_start", "year_end"],
    )
    active = active_years(evidence)
    assert len(active) == 8
    grown = by_year(active)
    assert grown["linked"].to_dict() == {2015: 2, 2016: 2, 2017: 2, 2018: 0, 2019: 0, 2020: 2}
    assert grown["new"].to_dict() == {2015: 2, 2016: 0, 2017: 0, 2018: 0, 2019: 0, 2020: 1}
    assert grown["so_far"].tolist()[-1] == 3
    assert fell_silent(active, 2020).to_dict() == {"b": 2017}
    assert fell_silent(active, 2019).empty
    assert by_year(active.head(0)).empty
    groups = pd.Series({"a": "north", "b": "north", "c": "south", "d": "south"})
    crossing = crossing_by_year(evidence, groups, grown.index)
    assert crossing["ties"].tolist() == [1, 1, 1, 0, 0, 1]
    assert crossing["crossing"].tolist() == [0, 0, 0, 0, 0, 1]
