"""How well each score of a pair foretold the ties that came after a year."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from observatory.domain.link_prediction import (
    PARTS,
    Matrix,
    adamic_adar,
    adjacency,
    combined,
    common_neighbours,
    foretold,
    preferential_attachment,
)
from observatory.domain.network import PAIR, Window, within
from observatory.queries.network import strong_kinds, tie_evidence
from observatory.queries.partners import PairParts, parts_until
from observatory.store.warehouse import Store

YEARS = (2015, 2016, 2017, 2018, 2019, 2020)
EQUAL_PARTS = dict.fromkeys(PARTS, 1.0)
SCORES = (
    "chance",
    "preferential attachment",
    "common neighbours",
    "Adamic-Adar",
    "published parts",
)
WINNER = "published parts"  # highest AUC in each of the years among all members


def backtest(store: Store, years: tuple[int, ...] = YEARS) -> pd.DataFrame:
    """Ties up to a year against the new ties after it.

    Only working together counts. New ties are those between members without one up to the year,
    from events that began after it; events without a year are in neither.

    Columns:
        members: "all", or "with a tie" (only pairs of members that had a tie by the year).
        year, score: the last year known, and one of SCORES.
        auc, precision and their intervals, new_ties, candidates, members_gaining: as
        `domain.link_prediction.Foretold`.
    """
    rows = []
    for year in years:
        known = parts_until(store, year)
        before = adjacency(known.graph)
        after = _later_ties(store, known, year)
        scores = _scores(known, before)
        had_tie = np.flatnonzero(before.sum(axis=1) > 0)
        for members, chosen in (("all", np.arange(len(before))), ("with a tie", had_tie)):
            cut = np.ix_(chosen, chosen)
            for name in SCORES:
                found = asdict(foretold(scores[name][cut], before[cut], after[cut]))
                found["members_gaining"] = found.pop("members")
                rows.append({"members": members, "year": year, "score": name, **found})
    return pd.DataFrame(rows)


def _scores(known: PairParts, ties: Matrix) -> dict[str, Matrix]:
    return {
        "chance": np.zeros_like(ties),
        "preferential attachment": preferential_attachment(ties),
        "common neighbours": common_neighbours(ties),
        "Adamic-Adar": adamic_adar(ties),
        "published parts": combined(known.parts, EQUAL_PARTS).score,
    }


def _later_ties(store: Store, known: PairParts, year: int) -> Matrix:
    """The number of the first event after the year that joins two members; 0 for none."""
    later = within(tie_evidence(store), Window(strong_kinds(store), first_year=year + 1))
    began = later[later["year_start"] > year].sort_values(["year_start", "event_id"])
    numbers = {event: number for number, event in enumerate(began["event_id"].unique(), start=1)}
    position = {city_id: number for number, city_id in enumerate(known.members)}
    found = np.zeros((len(position), len(position)))
    first = began.drop_duplicates(PAIR)
    rows, columns = (first[end].map(position).to_numpy() for end in PAIR)
    found[rows, columns] = found[columns, rows] = first["event_id"].map(numbers).to_numpy()
    return found * (adjacency(known.graph) == 0)
