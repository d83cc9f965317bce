"""Partners a member does not have yet: what speaks for each, and how well that foretold ties."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from observatory.domain.link_prediction import (
    PARTS,
    Matrix,
    adamic_adar,
    adjacency,
    better_where_it_lags,
    combined,
    likeness,
    scaled,
    shared_themes,
    short_paths,
    standing_shares,
)
from observatory.domain.network import AIR, Window, graph_of, ties_of, within
from observatory.domain.ranking import is_rankable
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import all_cities
from observatory.queries.network import kind_weights, strong_kinds, tie_evidence
from observatory.queries.peers import all_distances, peer_conditions
from observatory.queries.profile import member_figures
from observatory.store.warehouse import Store


@dataclass(frozen=True)
class Standings:
    """Where members stand in what has a better end.

    Attributes:
        indicators: ids of the rows.
        members: ids of the columns.
        places: 0 worst to 1 best; nan where there is no figure.
    """

    indicators: list[str]
    members: list[str]
    places: Matrix


@dataclass(frozen=True)
class PairParts:
    """What speaks for each pair of members.

    Attributes:
        members: ids, in the order of rows and columns.
        graph: the network by working together.
        parts: by name of PARTS, 0 to 1, nan where unknown; row for whom, column who.
    """

    members: list[str]
    graph: nx.Graph
    parts: dict[str, Matrix]


def parts_until(store: Store, year: int | None) -> PairParts:
    """What spoke for each pair by a year; None for all that is on record.

    Ties and themes are those up to the year, air links those up to the year; figures and peers
    are today's, since no earlier snapshot of them is at hand.
    """
    evidence = tie_evidence(store)
    worked = within(evidence, Window(strong_kinds(store), last_year=year))
    members = sorted(all_cities(store)["city_id"])
    graph = graph_of(members, ties_of(worked, kind_weights(store)))
    by_air = within(evidence, Window((AIR,), last_year=year))
    return PairParts(
        members,
        graph,
        {
            "common": scaled(adamic_adar(adjacency(graph))),
            "theme": shared_themes(_themes(worked), members),
            "path": short_paths(graph),
            "alike": _likeness(store),
            "lags": store.kept("leads", lambda: better_where_it_lags(standings(store).places)),
            "region": _other_region(store, members),
            "air": _flown(by_air, members),
        },
    )


@dataclass(frozen=True)
class CandidateParts:
    """What speaks for each other member as a partner of one.

    Attributes:
        city_id: the member. members: ids of all, the columns of the parts.
        graph: the network by working together.
        parts: by name of PARTS, 0 to 1, nan where unknown.
    """

    city_id: str
    members: list[str]
    graph: nx.Graph
    parts: dict[str, Matrix]


def candidate_parts(store: Store, city_id: str) -> CandidateParts:
    """One row of what `parts_until` gives for all, from all that is on record."""
    members = sorted(all_cities(store)["city_id"])
    row = members.index(city_id)
    graph = store.kept("working-graph", lambda: _working_graph(store, members))
    common = store.kept("common-partners", lambda: scaled(adamic_adar(adjacency(graph))))
    themes = store.kept("member-themes", lambda: _themes(_worked(store)))
    flown = store.kept("flown", lambda: _flown(_by_air(store), members))
    one = [city_id]
    parts = {
        "common": common[row],
        "theme": shared_themes(themes, members, one)[0],
        "path": short_paths(graph, one)[0],
        "alike": _likeness(store)[row],
        "lags": better_where_it_lags(standings(store).places, [row])[0],
        "region": _other_region(store, members)[row],
        "air": flown[row],
    }
    return CandidateParts(city_id, members, graph, parts)


def _worked(store: Store) -> pd.DataFrame:
    return within(tie_evidence(store), Window(strong_kinds(store)))


def _by_air(store: Store) -> pd.DataFrame:
    return within(tie_evidence(store), Window((AIR,)))


def _working_graph(store: Store, members: list[str]) -> nx.Graph:
    return graph_of(members, ties_of(_worked(store), kind_weights(store)))


def partner_candidates(
    store: Store, city_id: str, weights: Mapping[str, float], limit: int = 10
) -> pd.DataFrame:
    """Members a member has no tie with by working together, the best scored first.

    Returns:
        Columns city_id, score, coverage, and for each of PARTS what it adds to the score
        (missing where unknown); without those that have no score, or one of 0. Ties by id.
    """
    found = candidate_parts(store, city_id)
    scored = combined(found.parts, weights)
    frame = pd.DataFrame(
        {
            "city_id": found.members,
            "score": scored.score,
            "coverage": scored.coverage,
            **{name: scored.shares[name] for name in PARTS},
        }
    )
    taken = {city_id, *found.graph[city_id]}
    is_candidate = ~frame["city_id"].isin(taken) & frame["score"].gt(0)
    ordered = frame[is_candidate].sort_values(["score", "city_id"], ascending=[False, True])
    return ordered.head(limit).reset_index(drop=True)


def _themes(evidence: pd.DataFrame) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    named = evidence.dropna(subset=["themes"])
    for end in ("city_a", "city_b"):
        for city_id, themes in zip(named[end], named["themes"], strict=True):
            found.setdefault(str(city_id), set()).update(str(themes).split(";"))
    return {city_id: frozenset(themes) for city_id, themes in found.items()}


def standings(store: Store) -> Standings:
    """Where members stand in each indicator that is judged; not to be changed."""
    members = sorted(all_cities(store)["city_id"])
    return store.kept("standings", lambda: _standings(store, members))


def _standings(store: Store, members: list[str]) -> Standings:
    """Numbers with a better end that are a government's doing; totals and hazards left out.

    So are indicators of which too few members have a figure for a position to mean anything.
    """
    judged = {
        key: one
        for key, one in all_indicators(store).items()
        if one.kind == "number"
        and one.better in {"higher", "lower"}
        and not (one.is_national or one.is_total or one.is_condition)
    }
    figures = member_figures(store)
    table = figures[figures["indicator_id"].isin(judged)].pivot_table(
        index="indicator_id", columns="city_id", values="value", aggfunc="first"
    )
    values = table.reindex(columns=members)
    values = values[[is_rankable(int(known), len(members)) for known in values.notna().sum(axis=1)]]
    better = {str(key): judged[str(key)].better for key in values.index}
    return Standings(list(better), members, standing_shares(values, better))


def _likeness(store: Store) -> Matrix:
    places = peer_conditions(store).sort_index()["place"]
    return store.kept("likeness", lambda: likeness(all_distances(store), places))


def _other_region(store: Store, members: list[str]) -> Matrix:
    regions = all_cities(store).set_index("city_id").loc[members, "region"].to_numpy()
    return (regions[:, None] != regions[None, :]).astype(float)


def _flown(evidence: pd.DataFrame, members: list[str]) -> Matrix:
    """1 where a flight joins two members; unknown for members of whom no flight is on record."""
    position = {city_id: number for number, city_id in enumerate(members)}
    found = np.zeros((len(members), len(members)))
    rows = evidence["city_a"].map(position).to_numpy(dtype="int64")
    columns = evidence["city_b"].map(position).to_numpy(dtype="int64")
    found[rows, columns] = found[columns, rows] = 1.0
    unknown = found.sum(axis=0) == 0
    found[unknown] = np.nan
    found[:, unknown] = np.nan
    return found
