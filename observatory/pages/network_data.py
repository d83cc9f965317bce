"""The network of one view: members, evidence, ties, and what is measured on them."""

from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx
import pandas as pd

from observatory.domain.communities import Communities, communities
from observatory.domain.network import Window, between, graph_of, ties_of, within
from observatory.domain.network_metrics import (
    WholeNetwork,
    assortativity,
    linked_nodes,
    member_measures,
    numeric_assortativity,
    whole_network,
)
from observatory.domain.scenario import Scenario, evidence_in, members_in
from observatory.pages.city_data import short_name
from observatory.pages.network_view import NetworkView
from observatory.queries.cities import all_cities
from observatory.queries.network import (
    all_events,
    all_organisations,
    all_participations,
    event_kinds,
    network_positions,
    tie_evidence,
)
from observatory.queries.peers import peer_conditions
from observatory.store.warehouse import Store

MEMBER_COLUMNS = ["city_id", "name", "country", "region", "evidence", "x_km", "y_km", "x", "y"]
OUTSIDE = "outside"  # evidence level of a partner admitted by a scenario
SMALL_STEP = 1e-3  # of paths with as few ties, the one of the stronger ties is taken


@dataclass(frozen=True)
class Measured:
    """A network with what is measured on it, each once; kept for all views that show it.

    Attributes:
        graph: members as nodes, ties as edges.
        regions: by city_id; missing for partners from outside.
        income: by city_id, income per person of the country; missing where not held.
    """

    graph: nx.Graph
    regions: pd.Series
    income: pd.Series

    @cached_property
    def whole(self) -> WholeNetwork:
        """The network as a whole."""
        return whole_network(self.graph)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Every measure of every member."""
        return member_measures(self.graph)

    @cached_property
    def degrees(self) -> pd.Series:
        """Partners of every member; known at once, without the other measures."""
        return pd.Series(dict(self.graph.degree()), dtype="float64").reindex(self.regions.index)

    @cached_property
    def communities(self) -> Communities:
        """Groups with closer ties among themselves."""
        return communities(self.graph)

    @cached_property
    def by_region(self) -> float:
        """Assortativity by region."""
        return assortativity(self.graph, self.regions)

    @cached_property
    def by_income(self) -> float:
        """Assortativity by the country's income per person."""
        return numeric_assortativity(self.graph, self.income)


@dataclass(frozen=True)
class NetworkData:
    """The network that a view shows.

    Attributes:
        view: what the address asks for.
        members: indexed by city_id, columns MEMBER_COLUMNS; those the filters keep.
        evidence: rows of evidence that count, both ends among the members.
        ties: as `domain.network.ties_of`.
        undated_out: events without a year that count but for the limits of years.
        measured: what is measured on it.
    """

    view: NetworkView
    members: pd.DataFrame
    evidence: pd.DataFrame
    ties: pd.DataFrame
    undated_out: int
    measured: Measured

    @property
    def graph(self) -> nx.Graph:
        """Members as nodes, ties as edges."""
        return self.measured.graph

    @property
    def whole(self) -> WholeNetwork:
        """The network as a whole."""
        return self.measured.whole

    @property
    def measures(self) -> pd.DataFrame:
        """Every measure of every member."""
        return self.measured.measures

    @property
    def degrees(self) -> pd.Series:
        """Partners of every member; known at once, without the other measures."""
        return self.measured.degrees

    def measure(self, name: str) -> pd.Series:
        """One measure of every member."""
        return self.degrees if name == "degree" else self.measures[name]

    @property
    def communities(self) -> Communities:
        """Groups with closer ties among themselves."""
        return self.measured.communities

    @property
    def by_region(self) -> float:
        """Assortativity by region."""
        return self.measured.by_region

    @property
    def by_income(self) -> float:
        """Assortativity by the country's income per person."""
        return self.measured.by_income

    @cached_property
    def linked(self) -> list[str]:
        """Ids of the members with a tie."""
        return linked_nodes(self.graph)

    @cached_property
    def unlinked(self) -> list[str]:
        """Ids of the members without a tie."""
        return sorted(set(self.members.index) - set(self.linked))

    @cached_property
    def names(self) -> dict[str, str]:
        """What members are called, by city_id."""
        return dict(zip(self.members.index, self.members["name"], strict=True))

    def name(self, city_id: str) -> str:
        """What a member is called."""
        return self.names[city_id]

    def partners(self, city_id: str) -> pd.DataFrame:
        """The ties of a member: city_id (the other end) and the columns of `ties`."""
        own = self.ties[(self.ties["city_a"] == city_id) | (self.ties["city_b"] == city_id)]
        return own.assign(city_id=own["city_a"].where(own["city_a"] != city_id, own["city_b"]))

    def second_partners(self, city_id: str) -> pd.Series:
        """Members two ties away: by city_id, how many partners lead to them, most first."""
        if city_id not in self.graph:
            return pd.Series(dtype="int64")
        near = set(self.graph[city_id])
        ways = [two for one in near for two in self.graph[one] if two not in near | {city_id}]
        return pd.Series(ways, dtype="str").value_counts()

    def path(self) -> list[str]:
        """From the member looked at to the goal, with the fewest ties, then the strongest."""
        city, goal = self.view.city, self.view.goal
        if not (city and goal and {city, goal} <= set(self.graph)):
            return []
        if not nx.has_path(self.graph, city, goal):
            return []
        found: list[str] = nx.shortest_path(self.graph, city, goal, weight=_step)
        return found

    def is_cut_from(self) -> bool:
        """Whether the member looked at is left out by the filters."""
        return bool(self.view.city) and self.view.city not in self.members.index


def _step(_one: str, _other: str, tie: dict[str, float]) -> float:
    return 1 + SMALL_STEP * tie["length"]


def network_data(store: Store, view: NetworkView) -> NetworkData:
    """The network of a view, its scenario included; what is measured is kept for later views."""
    question = (view.window, view.regions, view.evidence, view.scenario, *view.weights.items())
    found = store.kept_lately("networks", question, lambda: _network(store, view))
    return replace(found, view=view)


def _network(store: Store, view: NetworkView) -> NetworkData:
    everyone = _with_admitted(all_members(store), store, view.scenario)
    chosen = everyone.loc[members_in(view.scenario, [*all_members(store).index])]
    keeps = chosen["region"].isin(view.regions) & chosen["evidence"].isin(view.evidence)
    members = chosen[keeps | (chosen["evidence"] == OUTSIDE)]
    recorded = between(_evidence(store, view.scenario), members.index)
    evidence = within(recorded, view.window)
    ties = ties_of(evidence, view.weights)
    graph = graph_of(members.index, ties)
    regions = members["region"].replace("", None)
    return NetworkData(
        view=view,
        members=members,
        evidence=evidence,
        ties=ties,
        undated_out=_undated_out(recorded, view.window),
        measured=Measured(graph, regions, peer_conditions(store)["income"]),
    )


def _undated_out(recorded: pd.DataFrame, window: Window) -> int:
    """Events without a year that the limits of years leave out."""
    if window.undated or not window.has_years:
        return 0
    undated = within(recorded[recorded["year_start"].isna()], replace(window, undated=True))
    return int(undated["event_id"].nunique())


def facts_of(store: Store, view: NetworkView) -> NetworkData:
    """The same view without its scenario."""
    return network_data(store, replace(view, scenario=Scenario()))


def all_members(store: Store) -> pd.DataFrame:
    """Every member there is, indexed by city_id, columns MEMBER_COLUMNS; not to be changed."""
    return store.kept("network-members", lambda: _read_members(store))


def _read_members(store: Store) -> pd.DataFrame:
    cities = all_cities(store).merge(network_positions(store), on="city_id")
    named = cities.assign(name=[short_name(row) for _, row in cities.iterrows()])
    return named[MEMBER_COLUMNS].set_index("city_id", drop=False).sort_index()


def _with_admitted(members: pd.DataFrame, store: Store, scenario: Scenario) -> pd.DataFrame:
    """Members and partners thought to join: drawn amid their partners, on no map."""
    if not scenario.admitted:
        return members
    outside = all_organisations(store).set_index("organisation_id")
    evidence = _evidence(store, scenario)
    rows = []
    for organisation_id in scenario.admitted:
        ends = evidence[
            (evidence["city_a"] == organisation_id) | (evidence["city_b"] == organisation_id)
        ]
        partners = (set(ends["city_a"]) | set(ends["city_b"])) & set(members.index)
        place = members.loc[sorted(partners), ["x", "y"]].mean().fillna(0)
        row = outside.loc[organisation_id]
        rows.append(
            {
                "city_id": organisation_id,
                "name": row["name"],
                "country": row["country"],
                "region": "",
                "evidence": OUTSIDE,
                "x_km": float("nan"),
                "y_km": float("nan"),
                **place.to_dict(),
            }
        )
    admitted = pd.DataFrame(rows, columns=MEMBER_COLUMNS).set_index("city_id", drop=False)
    return pd.concat([members, admitted]).sort_index()


def _evidence(store: Store, scenario: Scenario) -> pd.DataFrame:
    facts = tie_evidence(store)
    if scenario.is_empty:
        return facts
    parts = all_participations(store).merge(
        all_events(store)[["event_id", "kind", "themes", "year_start", "year_end"]], on="event_id"
    )
    kinds = event_kinds(store)
    silent = dict(zip(kinds["kind"], kinds["roles_without_tie"].fillna(""), strict=True))
    return evidence_in(scenario, facts, parts, silent)
