"""The cooperation network: from evidence to ties, from ties to a graph.

A tie joins two members that took part in the same events; its strength is the sum of the
weights of the kinds of those events. Evidence is kept beside every tie.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import pandas as pd

EVIDENCE_COLUMNS = (
    "city_a",
    "city_b",
    "kind",
    "event_id",
    "themes",
    "year_start",
    "year_end",
    "roles_a",
    "roles_b",
    "routes",
)
AIR = "air_link"
PAIR = ["city_a", "city_b"]
SEED = 2021  # of all that is drawn at random about the network: places, groups, samples, chance


@dataclass(frozen=True)
class Window:
    """Which evidence counts.

    Attributes:
        kinds: kinds of cooperation.
        first_year, last_year: years looked at; None leaves that end open.
        undated: whether events without a year count inside a window of years.
        theme: theme of the events, or "" for all; air links have none.
    """

    kinds: tuple[str, ...]
    first_year: int | None = None
    last_year: int | None = None
    undated: bool = False
    theme: str = ""

    @property
    def has_years(self) -> bool:
        """Whether the years are limited at all."""
        return self.first_year is not None or self.last_year is not None


def within(evidence: pd.DataFrame, window: Window) -> pd.DataFrame:
    """The rows of evidence that count in a window.

    An event counts where any of its years lies in the window; one whose last year is unknown
    is known to have taken place in its first. Without limits of years, undated events count.

    Args:
        evidence: columns kind, year_start, year_end, themes and any others.
        window: what counts.
    """
    counts = evidence["kind"].isin(window.kinds)
    if window.theme:
        counts &= (";" + evidence["themes"].fillna("") + ";").str.contains(
            f";{window.theme};", regex=False
        )
    if window.has_years:
        start = evidence["year_start"].astype("Float64")
        end = evidence["year_end"].astype("Float64").fillna(start)
        inside = pd.Series(data=True, index=evidence.index)
        if window.first_year is not None:
            inside &= (end >= window.first_year).fillna(window.undated).astype(bool)
        if window.last_year is not None:
            inside &= (start <= window.last_year).fillna(window.undated).astype(bool)
        counts &= inside
    return evidence[counts]


def ties_of(evidence: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Ties from evidence, strongest first, then by pair.

    Two members joined by air are joined once, in however many years.

    Args:
        evidence: columns EVIDENCE_COLUMNS.
        weights: by kind, what one shared event adds; a kind of weight 0 makes no tie.

    Returns:
        Columns city_a, city_b (the first in the alphabet stands first), strength, events (count
        of distinct events and air links), kinds (sorted, with ;), first_year, last_year (missing
        where no event of the tie has a year; an event whose end is not on record counts with
        its first year alone).
    """
    weighted = evidence.assign(weight=evidence["kind"].map(weights).astype(float))
    weighted = weighted[weighted["weight"] > 0]
    once = weighted.drop_duplicates([*PAIR, "kind", "event_id"])
    strengths = once.groupby(PAIR).agg(strength=("weight", "sum"), events=("weight", "size"))
    of_kind = once[[*PAIR, "kind"]].drop_duplicates().sort_values("kind")
    strengths["kinds"] = of_kind.groupby(PAIR)["kind"].agg(";".join)
    ended = weighted.assign(year_last=weighted["year_end"].fillna(weighted["year_start"]))
    years = ended.groupby(PAIR).agg(
        first_year=("year_start", "min"), last_year=("year_last", "max")
    )
    ties = strengths.join(years).reset_index()
    ties["first_year"] = ties["first_year"].astype("Int16")
    ties["last_year"] = ties["last_year"].astype("Int16")
    return ties.sort_values(["strength", *PAIR], ascending=[False, True, True], ignore_index=True)


def with_evidence(
    ties: pd.DataFrame,
    evidence: pd.DataFrame,
    stated: pd.DataFrame,
    air_addresses: Sequence[str] = (),
) -> pd.DataFrame:
    """Ties with what joins each, and where that is stated.

    Args:
        ties: as `ties_of` gives them.
        evidence: columns EVIDENCE_COLUMNS: what the ties were made from; a kind that counts
            nothing in a tie is left out of it.
        stated: columns event_id, member_id, source_url: where each part in an event is stated.
        air_addresses: where air links are stated.

    Returns:
        `ties` with two more columns: evidence, the ids of the events that join the pair, and
        air_link:YEAR for each year of an air link, sorted, with ;; sources, the addresses of the
        pages that state it, sorted, with a blank between, which no address holds.
    """
    counted = ties[PAIR].assign(kind=ties["kinds"].str.split(";")).explode("kind")
    evidence = evidence.merge(counted, on=[*PAIR, "kind"])
    of_air = evidence["kind"] == AIR
    events = evidence.loc[~of_air, [*PAIR, "event_id"]]
    years = evidence.loc[of_air, "year_start"].astype("Int64").astype("string").fillna("")
    links = evidence.loc[of_air, PAIR].assign(event_id=(f"{AIR}:" + years).str.rstrip(":"))
    ends = [events.rename(columns={end: "member_id"}).assign(**{end: events[end]}) for end in PAIR]
    pages = [one.merge(stated, on=["event_id", "member_id"])[[*PAIR, "source_url"]] for one in ends]
    by_air = [links[PAIR].assign(source_url=address) for address in air_addresses]
    told = _joined(pd.concat([events, links]), "event_id", ";").rename("evidence").to_frame()
    told["sources"] = _joined(pd.concat([*pages, *by_air]), "source_url", " ")
    return ties.merge(told.reset_index(), on=PAIR, how="left")


def _joined(rows: pd.DataFrame, column: str, joint: str) -> pd.Series:
    """By pair, the texts of a column: each once, sorted, in one."""
    once = rows.dropna(subset=[column]).drop_duplicates([*PAIR, column])
    return once.sort_values([*PAIR, column]).groupby(PAIR)[column].agg(joint.join)


def between(ties: pd.DataFrame, city_ids: Iterable[str]) -> pd.DataFrame:
    """The ties with both ends among some members."""
    chosen = set(city_ids)
    return ties[ties["city_a"].isin(chosen) & ties["city_b"].isin(chosen)]


def graph_of(city_ids: Iterable[str], ties: pd.DataFrame) -> nx.Graph:
    """An undirected graph: every member is a node, in the order of the ids; ties are edges.

    Edges carry `strength` and `length` (1 / strength).
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(city_ids))
    rows = zip(ties["city_a"], ties["city_b"], ties["strength"], strict=True)
    graph.add_edges_from(
        (a, b, {"strength": float(strength), "length": 1 / float(strength)})
        for a, b, strength in sorted(rows)
    )
    return graph


def linked(graph: nx.Graph) -> nx.Graph:
    """The graph without the members that have no tie: what most measures are about."""
    return graph.subgraph([node for node, degree in graph.degree() if degree > 0])
