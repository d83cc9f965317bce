"""The past of the small network: what was known by a year, and what came after it."""

import numpy as np
import pandas as pd
import pytest

from observatory.domain.link_prediction import PARTS, SEED
from observatory.queries.backtest import (
    ALL,
    LESS_ONE,
    LINKED,
    SCORES,
    WINNER,
    backtest,
    parts_alone,
)
from observatory.queries.partners import (
    candidate_parts,
    partner_candidates,
    parts_until,
    standings,
)
from observatory.store.warehouse import Store

EQUAL = dict.fromkeys(PARTS, 1.0)


@pytest.fixture
def trial(store: Store) -> pd.DataFrame:
    """By the end of 2019 there is the project of three; then a call of two and a group of three."""
    return backtest(store, (2019,)).set_index(["members", "score"])


def test_new_ties_are_those_of_later_events_between_members_without_one(
    trial: pd.DataFrame,
) -> None:
    everyone = trial.loc[(ALL, WINNER)]
    # Barcelona and Córdoba; AMB with Berlin and Medellín, who had a tie already.
    assert everyone["new_ties"] == 3
    assert everyone["candidates"] == 12 * 11 / 2 - 3
    assert everyone["members_gaining"] == 5
    linked = trial.loc[(LINKED, WINNER)]
    assert (linked["new_ties"], linked["candidates"]) == (0, 0)  # all three work together
    assert np.isnan(linked["auc"])


def test_the_event_with_the_most_new_ties_can_be_left_out(trial: pd.DataFrame) -> None:
    rest = trial.loc[(LESS_ONE, WINNER)]
    assert (rest["new_ties"], rest["candidates"], rest["members_gaining"]) == (1, 61, 2)


def test_structure_says_nothing_where_all_who_have_ties_are_tied(trial: pd.DataFrame) -> None:
    for score in SCORES[:-1]:
        found = trial.loc[(ALL, score)]
        assert (found["auc"], found["auc_low"], found["auc_high"]) == (0.5, 0.5, 0.5)


def test_the_lead_is_that_of_the_score_in_use(trial: pd.DataFrame) -> None:
    own = trial.loc[(ALL, WINNER)]
    assert (own["auc_lead"], own["precision_lead"]) == (0, 0)
    chance = trial.loc[(ALL, "chance")]
    assert chance["auc_lead"] == pytest.approx(own["auc"] - chance["auc"])
    assert chance["auc_lead_low"] <= chance["auc_lead"] <= chance["auc_lead_high"]


def test_the_same_trial_gives_the_same_numbers(store: Store) -> None:
    assert SEED == 2021
    pd.testing.assert_frame_equal(backtest(store, (2018,)), backtest(store, (2018,)))


def test_a_part_by_itself_is_tried_where_it_is_known(store: Store) -> None:
    found = parts_alone(store, (2019,)).set_index("part")
    assert list(found.index) == list(PARTS)
    assert found.loc["region", "candidates"] == 63
    # Until 2019 only the three of the project have a theme, and they have their ties.
    assert found.loc["theme", "candidates"] == 0
    assert np.isnan(found.loc["theme", "auc"])


def test_nothing_of_later_years_speaks_for_a_pair(store: Store) -> None:
    early, late = parts_until(store, 2019), parts_until(store, None)
    amb = early.members.index("barcelona-amb")
    assert early.graph.degree("barcelona-amb") == 0
    assert np.isnan(early.parts["theme"][amb]).all()
    assert early.parts["path"][amb].sum() == 0
    assert np.isfinite(late.parts["theme"][amb]).any()
    assert late.parts["path"][amb].sum() > 0
    assert np.isnan(parts_until(store, 2012).parts["air"]).all()  # the first flight is of 2013


def test_one_row_is_that_of_all_pairs(store: Store) -> None:
    pairs = parts_until(store, None)
    for row, city_id in enumerate(pairs.members):
        own = candidate_parts(store, city_id)
        for name in PARTS:
            assert np.array_equal(own.parts[name], pairs.parts[name][row], equal_nan=True)


def test_places_are_taken_in_indicators_that_most_members_have(store: Store) -> None:
    found = standings(store)
    assert (np.isfinite(found.places).sum(axis=1) >= 0.6 * len(found.members)).all()


def test_candidates_come_by_score_then_by_id(store: Store) -> None:
    found = partner_candidates(store, "abuja", {**dict.fromkeys(PARTS, 0.0), "region": 1.0}, 20)
    assert found["score"].tolist() == [1.0] * len(found)
    assert found["city_id"].tolist() == sorted(found["city_id"])
    assert "gauteng" not in set(found["city_id"])  # of the same region
    pd.testing.assert_frame_equal(
        partner_candidates(store, "berlin", EQUAL), partner_candidates(store, "berlin", EQUAL)
    )


def test_without_any_weight_nobody_is_a_candidate(store: Store) -> None:
    assert partner_candidates(store, "berlin", dict.fromkeys(PARTS, 0.0)).empty
