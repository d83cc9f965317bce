"""Whom the network includes: by group, between groups against chance, and from year to year."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from observatory.domain.network import PAIR, SEED

DRAWS = 1_000
INTERVAL = (2.5, 97.5)  # percentiles: 95 of 100 random networks lie between
SILENT_AFTER = 3  # years without a tie


@dataclass(frozen=True)
class BetweenGroups:
    """Ties between groups, beside what chance would give.

    Attributes:
        ties: ties counted, both ends in a known group.
        share: share of them between two groups; missing without ties.
        expected: mean share over random networks in which everybody keeps its number of ties,
            joins of a member to itself left out.
        low, high: 95 of 100 such networks lie between.
        draws: how many were drawn. seed: of the draws.
    """

    ties: int
    share: float
    expected: float
    low: float
    high: float
    draws: int = DRAWS
    seed: int = SEED


def linked_by_group(graph: nx.Graph, groups: pd.Series) -> pd.DataFrame:
    """Members and those with a tie, by group.

    Args:
        graph: members as nodes.
        groups: by city_id.

    Returns:
        Index the groups in order of their names; columns members, linked.
    """
    degrees = pd.Series(dict(graph.degree()), dtype="int64")
    table = pd.DataFrame({"group": groups.reindex(degrees.index), "is_linked": degrees > 0})
    counted = table.groupby("group")["is_linked"].agg(["size", "sum"]).sort_index()
    return counted.rename(columns={"size": "members", "sum": "linked"})


def between_groups(graph: nx.Graph, groups: pd.Series) -> BetweenGroups:
    """The share of ties between groups against the configuration model.

    Each draw cuts every tie in two and joins the loose ends anew at random, so that every member
    keeps its number of ties. Joins of a member to itself are left out: no tie on record can be
    one, and counted as within a group they would make chance look less open than it is.
    """
    known = groups.dropna()
    ends = [(a, b) for a, b in sorted(graph.edges) if a in known.index and b in known.index]
    if not ends:
        unknown = float("nan")
        return BetweenGroups(0, unknown, unknown, unknown, unknown)
    codes = dict(zip(known.index, pd.factorize(known)[0], strict=True))
    number = {city_id: place for place, city_id in enumerate(codes)}
    group_of = np.array(list(codes.values()))
    stubs = np.array([number[end] for pair in ends for end in pair])
    share = _share_between(stubs, group_of)
    random = np.random.default_rng(SEED)
    drawn = np.array([_share_between(random.permutation(stubs), group_of) for _ in range(DRAWS)])
    low, high = np.nanpercentile(drawn, INTERVAL)
    return BetweenGroups(len(ends), share, float(np.nanmean(drawn)), float(low), float(high))


def _share_between(stubs: np.ndarray, group_of: np.ndarray) -> float:
    """Share between groups of the ties that loose ends make two by two; without joins to self."""
    one, other = stubs[::2], stubs[1::2]
    across, kept = group_of[one] != group_of[other], int((one != other).sum())
    return float(across.sum() / kept) if kept else float("nan")  # all joined to themselves


def gini(values: np.ndarray) -> float:
    """How unevenly something is spread: 0 all have the same, near 1 one has it all.

    Args:
        values: not negative; at least one above 0, else the result is missing.
    """
    ordered = np.sort(np.asarray(values, dtype="float64"))
    total = ordered.sum()
    if not len(ordered) or total == 0:
        return float("nan")
    ranks = np.arange(1, len(ordered) + 1)
    return float((2 * ranks - len(ordered) - 1) @ ordered / (len(ordered) * total))


def active_years(evidence: pd.DataFrame) -> pd.DataFrame:
    """Every year in which a member had a tie: columns city_id, year; by both, each once.

    An event whose last year is unknown counts in its first; events without a year do not.
    """
    dated = evidence.dropna(subset=["year_start"])
    end = dated["year_end"].fillna(dated["year_start"])
    spans = dated.assign(
        year=[
            list(range(int(first), int(last) + 1))
            for first, last in zip(dated["year_start"], end, strict=True)
        ]
    ).explode("year")
    long = spans.melt(id_vars="year", value_vars=PAIR, value_name="city_id")
    return (
        long[["city_id", "year"]]
        .astype({"year": "int64"})
        .drop_duplicates()
        .sort_values(["city_id", "year"], ignore_index=True)
    )


def by_year(active: pd.DataFrame) -> pd.DataFrame:
    """How the network grew.

    Args:
        active: as `active_years`.

    Returns:
        Index every year from the first to the last; columns linked (members with a tie in it),
        new (for the first time on record), so_far (with a tie up to then).
    """
    if active.empty:
        return pd.DataFrame(columns=["linked", "new", "so_far"], dtype="int64")
    years = pd.RangeIndex(active["year"].min(), active["year"].max() + 1, name="year")
    first = active.groupby("city_id")["year"].min()
    table = pd.DataFrame(
        {
            "linked": active.groupby("year")["city_id"].nunique().reindex(years, fill_value=0),
            "new": first.value_counts().reindex(years, fill_value=0),
        }
    )
    return table.assign(so_far=table["new"].cumsum())


def crossing_by_year(evidence: pd.DataFrame, groups: pd.Series, years: pd.Index) -> pd.DataFrame:
    """Pairs with a tie in each year, and how many of them are of two groups.

    Args:
        evidence: columns city_a, city_b, year_start, year_end.
        groups: by city_id; pairs with an unknown group are left out.
        years: the years wanted.

    Returns:
        Index the years; columns ties, crossing.
    """
    ends = evidence["city_a"].map(groups), evidence["city_b"].map(groups)
    known = evidence[ends[0].notna() & ends[1].notna()].assign(crosses=ends[0] != ends[1])
    last = known["year_end"].fillna(known["year_start"])
    rows = []
    for year in years:
        own = known[(known["year_start"] <= year) & (last >= year)].drop_duplicates(PAIR)
        rows.append((len(own), int(own["crosses"].sum())))
    return pd.DataFrame(rows, index=years, columns=["ties", "crossing"])


def fell_silent(active: pd.DataFrame, year: int) -> pd.Series:
    """Members whose last tie on record ended three years or more before a year.

    Returns:
        The last year by city_id, oldest first.
    """
    last = active[active["year"] <= year].groupby("city_id")["year"].max()
    return last[last <= year - SILENT_AFTER].sort_values(kind="stable")
