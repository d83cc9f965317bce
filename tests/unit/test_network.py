"""From evidence to ties: weights, windows of years, themes, events without a year."""

import pandas as pd
import pytest

from observatory.domain.network import (
    EVIDENCE_COLUMNS,
    PAIR,
    Window,
    between,
    graph_of,
    linked,
    ties_of,
    with_evidence,
    within,
)

STRONG = ("pilot_project", "working_group", "initiative", "learning")
WEIGHTS = {"pilot_project": 3, "working_group": 3, "learning": 2, "award": 1, "air_link": 1}
ROWS = [
    ("a", "b", "pilot_project", "P", "air", 2017, 2019, "lead", "partner", None),
    ("a", "b", "working_group", "W", "air;people", 2021, 2022, "partner", "lead", None),
    ("a", "c", "learning", "L", None, None, None, "host", "participant", None),
    ("b", "c", "award", "A", None, 2014, 2014, "winner", "winner", None),
    ("b", "d", "working_group", "N", "people", 2020, None, "partner", "partner", None),
    ("c", "d", "air_link", None, None, 2013, 2013, None, None, 4),
    ("c", "d", "air_link", None, None, 2014, 2014, None, None, 5),
]


@pytest.fixture
def evidence() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=list(EVIDENCE_COLUMNS))


def pairs(frame: pd.DataFrame) -> set[str]:
    return set(frame["city_a"] + frame["city_b"])


def test_strength_is_the_sum_of_the_weights_of_shared_events(evidence: pd.DataFrame) -> None:
    ties = ties_of(within(evidence, Window(STRONG)), WEIGHTS).set_index(["city_a", "city_b"])
    assert ties["strength"].to_dict() == {("a", "b"): 6, ("a", "c"): 2, ("b", "d"): 3}
    assert ties.loc[("a", "b"), "events"] == 2
    assert ties.loc[("a", "b"), "kinds"] == "pilot_project;working_group"
    assert pd.isna(ties.loc[("a", "c"), "first_year"])


def test_a_kind_of_weight_zero_makes_no_tie(evidence: pd.DataFrame) -> None:
    ties = ties_of(evidence, {**WEIGHTS, "learning": 0})
    assert "ac" not in pairs(ties)


def test_every_tie_names_what_joins_it_and_where_that_is_stated(evidence: pd.DataFrame) -> None:
    stated = pd.DataFrame(
        [
            ("P", "a", "https://p.example/one"),
            ("P", "b", "https://p.example/two"),
            ("P", "x", "https://p.example/of-another"),
            ("W", "a", "https://p.example/one"),
            ("W", "b", "https://a.example/w"),
            ("L", "a", None),
            ("A", "b", "https://award.example/2014"),
        ],
        columns=["event_id", "member_id", "source_url"],
    )
    ties = ties_of(evidence, {**WEIGHTS, "award": 0, "initiative": 1})
    told = with_evidence(ties, evidence, stated, ["https://air.example"]).set_index(PAIR)
    assert len(told) == len(ties)
    assert told["evidence"].to_dict() == {
        ("a", "b"): "P;W",
        ("a", "c"): "L",
        ("b", "d"): "N",
        ("c", "d"): "air_link:2013;air_link:2014",
    }
    assert told["sources"].fillna("").to_dict() == {
        ("a", "b"): "https://a.example/w https://p.example/one https://p.example/two",
        ("a", "c"): "",
        ("b", "d"): "",
        ("c", "d"): "https://air.example",
    }
    assert with_evidence(ties.head(0), evidence, stated).empty


def test_members_joined_by_air_in_two_years_are_joined_once(evidence: pd.DataFrame) -> None:
    ties = ties_of(within(evidence, Window(("air_link",))), WEIGHTS)
    assert ties["strength"].tolist() == [1]
    assert (ties["first_year"].tolist(), ties["last_year"].tolist()) == ([2013], [2014])


@pytest.mark.parametrize(
    ("first", "last", "undated", "expected"),
    [
        (None, None, False, {"ab", "ac", "bc", "bd", "cd"}),
        (2018, 2018, False, {"ab"}),
        (2018, 2018, True, {"ab", "ac"}),
        (2020, 2020, False, {"bd"}),
        (2021, None, False, {"ab"}),  # an event whose end is unknown is known for its start only
        (None, 2014, False, {"bc", "cd"}),
        (2030, None, False, set()),
    ],
)
def test_an_event_counts_where_its_years_meet_the_window(
    evidence: pd.DataFrame, first: int, last: int, *, undated: bool, expected: set[str]
) -> None:
    kinds = (*STRONG, "award", "air_link")
    found = within(evidence, Window(kinds, first, last, undated=undated))
    assert pairs(found) == expected


def test_a_theme_keeps_the_events_that_name_it(evidence: pd.DataFrame) -> None:
    assert pairs(within(evidence, Window(STRONG, theme="people"))) == {"ab", "bd"}
    assert len(within(evidence, Window(STRONG, theme="peop"))) == 0


def test_members_without_a_tie_are_nodes_all_the_same(evidence: pd.DataFrame) -> None:
    graph = graph_of(["d", "c", "b", "a", "lonely"], ties_of(evidence, WEIGHTS))
    assert list(graph.nodes) == ["a", "b", "c", "d", "lonely"]
    assert graph.edges["a", "b"] == {"strength": 6.0, "length": 1 / 6}
    assert "lonely" not in linked(graph)


def test_ties_between_some_members_have_both_ends_among_them(evidence: pd.DataFrame) -> None:
    assert pairs(between(ties_of(evidence, WEIGHTS), ["a", "b", "c"])) == {"ab", "ac", "bc"}
