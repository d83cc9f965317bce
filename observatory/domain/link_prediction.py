"""Who may work together next: scores of pairs of members, and how well they foretold ties.

Scores are square arrays over the members in the order of their ids; nan is unknown, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.network import SEED

Matrix = npt.NDArray[np.float64]

RESAMPLES = 1_000
FIRST_FEW = 10
PARTS = ("common", "theme", "path", "alike", "lags", "region", "air")
LEAST_COVERAGE = 0.5  # of the weight, known; with less there is no score
LOWER_THIRD = 1 / 3
FARTHEST = 4  # steps beyond which a path adds nothing


def adjacency(graph: nx.Graph) -> Matrix:
    """1 where two members have a tie, 0 elsewhere, in the order of the graph's nodes."""
    return np.asarray(nx.to_numpy_array(graph, weight=None, dtype="float64"))


def preferential_attachment(ties: Matrix) -> Matrix:
    """Product of the numbers of partners."""
    degree = ties.sum(axis=1)
    return np.outer(degree, degree)


def common_neighbours(ties: Matrix) -> Matrix:
    """Number of common partners."""
    return ties @ ties


def adamic_adar(ties: Matrix) -> Matrix:
    """Common partners, each counting 1 / log of its own number of partners."""
    degree = ties.sum(axis=1)
    worth = np.where(degree > 1, 1 / np.log(np.maximum(degree, 2)), 0)
    return np.asarray((ties * worth) @ ties)


def short_paths(graph: nx.Graph, rows: list[str] | None = None) -> Matrix:
    """1 / (steps - 1) between members without a tie, up to FARTHEST steps; else 0.

    Args:
        graph: members as nodes, the columns.
        rows: from which members; all where None.
    """
    nodes = list(graph.nodes)
    position = {node: number for number, node in enumerate(nodes)}
    starts = nodes if rows is None else rows
    found = np.zeros((len(starts), len(nodes)))
    for number, start in enumerate(starts):
        lengths = nx.single_source_shortest_path_length(graph, start, cutoff=FARTHEST)
        for goal, steps in lengths.items():
            if steps > 1:
                found[number, position[goal]] = 1 / (steps - 1)
    return found


def shared_themes(
    themes: Mapping[str, frozenset[str]], nodes: list[str], rows: list[str] | None = None
) -> Matrix:
    """Jaccard's share of themes in common; unknown where one has no event with a theme.

    Args:
        themes: by member, the themes of its events.
        nodes: members, the columns.
        rows: of which members; all where None.
    """
    every = sorted({theme for own in themes.values() for theme in own})
    of_columns = _has(themes, nodes, every)
    of_rows = of_columns if rows is None else _has(themes, rows, every)
    both = of_rows @ of_columns.T
    counts = of_rows.sum(axis=1)[:, None], of_columns.sum(axis=1)[None, :]
    either = counts[0] + counts[1] - both
    known = (counts[0] > 0) & (counts[1] > 0)
    return np.where(known, both / np.maximum(either, 1), np.nan)


def _has(themes: Mapping[str, frozenset[str]], nodes: list[str], every: list[str]) -> Matrix:
    rows = [[theme in themes.get(node, ()) for theme in every] for node in nodes]
    return np.array(rows, dtype="float64").reshape(len(nodes), len(every))


def likeness(distances: Matrix, places: pd.Series) -> Matrix:
    """1 less the distance; unknown within one place, whose members share their ground.

    Args:
        distances: in conditions, 0 to 1; nan where two cannot be compared.
        places: of each member, the same for members of one place.
    """
    own = places.to_numpy()
    return np.where(own[:, None] == own[None, :], np.nan, 1 - distances)


def better_where_it_lags(places: Matrix, rows: list[int] | None = None) -> Matrix:
    """How much the other (column) is ahead in what the one (row) lags in.

    Args:
        places: indicators by members, as `standing_shares` gives them; nan where there is no
            figure.
        rows: positions of the members that are the one; all where None.

    Returns:
        Mean lead over the indicators in which the one stands in the lower third, 0 to 1; unknown
        where the other has no figure in any of them.
    """
    ones = list(range(places.shape[1])) if rows is None else rows
    found = np.full((len(ones), places.shape[1]), np.nan)
    for number, one in enumerate(ones):
        own = places[:, one] < LOWER_THIRD
        if own.any():
            lead = np.clip(places[own] - places[own, one][:, None], 0, 1)
            known = np.isfinite(lead)
            total = np.where(known, lead, 0).sum(axis=0)
            held = known.sum(axis=0)
            found[number] = np.where(held > 0, total / np.maximum(held, 1), np.nan)
        found[number, one] = np.nan
    return found


def standing_shares(values: pd.DataFrame, better: Mapping[str, str]) -> Matrix:
    """Where members stand in each indicator, 0 worst to 1 best; equal values share a place.

    Args:
        values: indicators by members, missing where there is no figure.
        better: by indicator, "higher" or "lower".
    """
    signs = np.array([-1.0 if better[str(one)] == "lower" else 1.0 for one in values.index])
    ranks = (values.mul(signs, axis=0)).rank(axis=1, method="average")
    counts = values.notna().sum(axis=1)
    return ((ranks.sub(1)).div((counts - 1).clip(lower=1), axis=0)).to_numpy(dtype="float64")


def scaled(scores: Matrix) -> Matrix:
    """Scores of pairs as shares of the highest of all pairs.

    Args:
        scores: square, 0 or above; what a member scores with itself is no pair, and becomes 0.

    Returns:
        0 to 1, the highest pair 1; all 0 where no pair is above 0.
    """
    pairs = scores.copy()
    np.fill_diagonal(pairs, 0.0)
    most = float(np.nanmax(pairs, initial=0))
    return pairs / most if most > 0 else np.zeros_like(scores)


@dataclass(frozen=True)
class Scored:
    """Scores made of parts.

    Attributes:
        score: weighted mean of the known parts; nan below LEAST_COVERAGE.
        coverage: share of the weight whose part is known.
        shares: by part, what it adds to the score; they sum to it. nan where unknown.
    """

    score: Matrix
    coverage: Matrix
    shares: dict[str, Matrix]


def combined(parts: Mapping[str, Matrix], weights: Mapping[str, float]) -> Scored:
    """The weighted mean of what is known of each pair.

    Args:
        parts: by name, scores from 0 to 1.
        weights: by name, 0 or more; a part left out weighs nothing.
    """
    shape = next(iter(parts.values())).shape
    total = sum(weights.get(name, 0) for name in parts)
    known = np.zeros(shape)
    for name, own in parts.items():
        known += np.isfinite(own) * weights.get(name, 0)
    coverage = known / total if total else np.zeros(shape)
    enough = coverage >= LEAST_COVERAGE - 1e-12 if total else np.zeros(shape, dtype=bool)
    divisor = np.where(known > 0, known, 1)
    shares = {
        name: np.where(enough, own * weights.get(name, 0) / divisor, np.nan)
        for name, own in parts.items()
    }
    score = np.where(enough, sum(np.nan_to_num(one) for one in shares.values()), np.nan)
    return Scored(score, coverage, shares)


@dataclass(frozen=True)
class Foretold:
    """How well a score told which pairs without a tie would have one.

    Attributes:
        auc: chance that a pair that came to a tie scores above one that did not; equal scores
            count half. auc_low, auc_high: 95 of 100 resamples of the events that made the new
            ties lie between: ties of one event came together and tell one story.
        precision: of the ten best candidates of each member with a new tie, the share that came
            true, averaged over those members; equal scores are taken as drawn by lot.
        precision_low, precision_high: 95 of 100 resamples of the members lie between.
        new_ties: pairs that came to a tie. candidates: pairs without one before.
        members: members with a new tie.
    """

    auc: float
    auc_low: float
    auc_high: float
    precision: float
    precision_low: float
    precision_high: float
    new_ties: int
    candidates: int
    members: int


def foretold(scores: Matrix, before: Matrix, after: Matrix) -> Foretold:
    """Hold scores of pairs against the ties that came.

    Args:
        scores: symmetric or not; a pair's score is the mean of both directions; unknown is the
            lowest.
        before: 1 where there was a tie when the score was made.
        after: number, from 1 on, of the event that made the first tie later; 0 where none came.
    """
    told = _told(scores, before, after)
    auc_low, auc_high = _interval(told.above, told.events)
    precision_low, precision_high = _interval(told.hits, np.arange(len(told.hits)))
    return Foretold(
        auc=_mean(told.above),
        auc_low=auc_low,
        auc_high=auc_high,
        precision=_mean(told.hits),
        precision_low=precision_low,
        precision_high=precision_high,
        new_ties=len(told.above),
        candidates=told.candidates,
        members=len(told.hits),
    )


@dataclass(frozen=True)
class Lead:
    """How far one score foretold better than another, on the same ties and members.

    Two intervals that overlap do not say which of two scores is better: both rest on the same
    few events. Here each tie, and each member, is held against itself.

    Attributes:
        auc, precision: of the one less that of the other. Their bounds: 95 of 100 resamples, as
            in `Foretold`, lie between; the lead is sure where both are on one side of 0.
    """

    auc: float
    auc_low: float
    auc_high: float
    precision: float
    precision_low: float
    precision_high: float


def lead(one: Matrix, other: Matrix, before: Matrix, after: Matrix) -> Lead:
    """Hold two scores of pairs against the same ties that came; arguments as in `foretold`."""
    first, second = _told(one, before, after), _told(other, before, after)
    above, hits = first.above - second.above, first.hits - second.hits
    auc_low, auc_high = _interval(above, first.events)
    precision_low, precision_high = _interval(hits, np.arange(len(hits)))
    return Lead(_mean(above), auc_low, auc_high, _mean(hits), precision_low, precision_high)


@dataclass(frozen=True)
class _Told:
    """What a score told: of each new tie, and of each member that gained one.

    Attributes:
        above: by new tie, share of the pairs without one that score lower.
        events: by new tie, the event that made it.
        hits: by member, share of its ten best candidates that came true.
        candidates: pairs that were open.
    """

    above: Matrix
    events: Matrix
    hits: Matrix
    candidates: int


def _told(scores: Matrix, before: Matrix, after: Matrix) -> _Told:
    symmetric = np.nan_to_num((scores + scores.T) / 2, nan=-1.0)
    is_open = np.triu(np.ones_like(before, dtype=bool), 1) & (before == 0)
    came = (after > 0)[is_open]
    own = symmetric[is_open]
    return _Told(
        above=_above_share(own[came], np.sort(own[~came])),
        events=after[is_open][came],
        hits=_precision(symmetric, before, after),
        candidates=len(own),
    )


def _mean(values: Matrix) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _above_share(scores: Matrix, others: Matrix) -> Matrix:
    """For each score, the share of the others below it; equal ones count half."""
    if not len(others):
        return np.full(len(scores), np.nan)
    below = np.searchsorted(others, scores, "left")
    up_to = np.searchsorted(others, scores, "right")
    return (below + up_to) / (2 * len(others))


def _precision(scores: Matrix, before: Matrix, after: Matrix) -> Matrix:
    """Expected share of the ten best candidates that came true, of members with a new tie."""
    found = []
    for one in range(len(scores)):
        is_open = (before[one] == 0) & (np.arange(len(scores)) != one)
        came = (after[one] > 0)[is_open]
        if came.any():
            found.append(_expected_hits(scores[one][is_open], came) / FIRST_FEW)
    return np.array(found)


def _expected_hits(scores: Matrix, came: npt.NDArray[np.bool_]) -> float:
    """Hits among the FIRST_FEW best, equal scores drawn by lot."""
    limit = np.sort(scores)[::-1][min(FIRST_FEW, len(scores)) - 1]
    sure, even = scores > limit, scores == limit
    left = min(FIRST_FEW, len(scores)) - int(sure.sum())
    return float(came[sure].sum() + came[even].mean() * left)


def _interval(values: Matrix, groups: npt.NDArray[Any]) -> tuple[float, float]:
    """Bounds of the mean over resamples of whole groups."""
    if not len(values):
        return float("nan"), float("nan")
    codes = np.unique(groups, return_inverse=True)[1]
    sums, counts = np.bincount(codes, values), np.bincount(codes)
    random = np.random.default_rng(SEED)
    drawn = random.integers(0, len(counts), (RESAMPLES, len(counts)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)
