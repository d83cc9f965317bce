"""How well each score of a pair foretold the ties that came after a year."""

from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.link_prediction import (
    PARTS,
    Matrix,
    adamic_adar,
    adjacency,
    combined,
    common_neighbours,
    foretold,
    lead,
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
WINNER = "published parts"  # highest AUC among all; by how much, and how surely, `backtest` tells
ALL, LINKED = "all", "with a tie"
LESS_ONE = "all, largest event left out"
PART_MEASURES = ("auc", "auc_low", "auc_high", "new_ties", "candidates")


def backtest(store: Store, years: tuple[int, ...] = YEARS) -> pd.DataFrame:
    """Ties up to a year against the new ties after it.

    Only working together counts. New ties are those between members without one up to the year,
    from events that began after it; events without a year are in neither.

    Columns:
        members: ALL; LINKED, only pairs of members that had a tie by the year; or LESS_ONE, all
            without the pairs that the event with the most new ties joined: where one event made
            most of them, a score may win by that event alone.
        year, score: the last year known, and one of SCORES.
        auc, precision and their intervals, new_ties, candidates, members_gaining: as
        `domain.link_prediction.Foretold`.
        auc_lead, precision_lead and their intervals: of WINNER over the score, as
        `domain.link_prediction.Lead`.
    """
    rows = []
    for year in years:
        known = parts_until(store, year)
        ties = adjacency(known.graph)
        later = _later_ties(store, known, year)
        scores = _scores(known, ties)
        for members, chosen, before in _trials(ties, later):
            cut = np.ix_(chosen, chosen)
            own = scores[WINNER][cut]
            for name in SCORES:
                trial = (before[cut], later[cut])
                found = asdict(foretold(scores[name][cut], *trial))
                found["members_gaining"] = found.pop("members")
                ahead = asdict(lead(own, scores[name][cut], *trial))
                found |= {_lead_column(key): value for key, value in ahead.items()}
                rows.append({"members": members, "year": year, "score": name, **found})
    return pd.DataFrame(rows)


def _lead_column(name: str) -> str:
    """auc_lead_low for auc_low."""
    measure, _, bound = name.partition("_")
    return f"{measure}_lead_{bound}" if bound else f"{measure}_lead"


def _trials(ties: Matrix, later: Matrix) -> list[tuple[str, npt.NDArray[np.int64], Matrix]]:
    """What is tried: members meant, their positions, and 1 for pairs that are no candidates."""
    everyone = np.arange(len(ties))
    counts = np.bincount(later[later > 0].astype("int64"), minlength=2)
    of_largest = (later == counts.argmax()) & (later > 0)
    return [
        (ALL, everyone, ties),
        (LINKED, np.flatnonzero(ties.sum(axis=1) > 0), ties),
        (LESS_ONE, everyone, np.where(of_largest, 1.0, ties)),
    ]


def parts_alone(store: Store, years: tuple[int, ...] = YEARS) -> pd.DataFrame:
    """How well each part foretold by itself, among the pairs of which it is known both ways.

    Elsewhere it says nothing; counted as the lowest there, it would be judged by which members
    have figures.

    Columns:
        year, part: the last year known, and one of PARTS.
        auc, auc_low, auc_high, new_ties, candidates: as `domain.link_prediction.Foretold`.
    """
    rows = []
    for year in years:
        known = parts_until(store, year)
        ties = adjacency(known.graph)
        later = _later_ties(store, known, year)
        for name, own in known.parts.items():
            is_unknown = np.isnan(own + own.T)
            found = foretold(own, np.where(is_unknown, 1.0, ties), later)
            told = {key: getattr(found, key) for key in PART_MEASURES}
            rows.append({"year": year, "part": name, **told})
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
