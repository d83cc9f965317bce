"""The network's facts: events, who took part, what joins two members, where marks stand."""

import pandas as pd

from observatory.domain.network import Window, between, ties_of, with_evidence, within
from observatory.errors import UnknownIdError
from observatory.queries.catalogue import all_sources
from observatory.queries.cities import all_cities
from observatory.store.warehouse import Store

EVENT_KINDS = """
    SELECT kind, strength, weight, roles_without_tie, meaning
    FROM event_kinds
    ORDER BY list_position(['strong', 'weak', 'air'], strength), weight DESC, kind
"""


def event_kinds(store: Store) -> pd.DataFrame:
    """Kinds of cooperation, strong before weak before air, heaviest first; not to be changed.

    Columns: kind, strength (strong, weak, air), weight, roles_without_tie (with ;), meaning.
    """
    return store.kept("event_kinds", lambda: store.frame(EVENT_KINDS))


EVENTS = """
    SELECT e.event_id, e.kind, e.title, e.themes, e.year_start, e.year_end, e.note,
           count(DISTINCT p.city_id) AS members, count(DISTINCT p.organisation_id) AS outside
    FROM events AS e
    LEFT JOIN participations AS p USING (event_id)
    GROUP BY ALL
    ORDER BY e.year_start DESC NULLS LAST, e.event_id
"""


def all_events(store: Store) -> pd.DataFrame:
    """Every event, newest first, those without a year last; not to be changed.

    Columns: event_id, kind, title, themes (with ;, missing if none), year_start, year_end
    (missing where unknown), note, members and outside (how many took part).
    """
    return store.kept("events", lambda: store.frame(EVENTS))


def find_event(store: Store, event_id: str) -> pd.Series:
    """One event, columns as in `all_events`.

    Raises:
        UnknownIdError: there is none of this id; carries ids that begin alike.
    """
    events = all_events(store).set_index("event_id", drop=False)
    if event_id not in events.index:
        near = [one for one in events.index if one[:3].lower() == event_id[:3].lower()][:3]
        raise UnknownIdError("event", event_id, near)
    return events.loc[event_id]


PARTICIPATIONS = """
    SELECT p.event_id, p.city_id, p.organisation_id, p.name_as_stated, p.country_as_stated,
           p.role, p.source_url, p.note,
           coalesce(CASE c.member_kind WHEN 'city' THEN c.city ELSE c.member_name END, o.name)
               AS name
    FROM participations AS p
    LEFT JOIN cities AS c USING (city_id)
    LEFT JOIN organisations AS o USING (organisation_id)
    ORDER BY p.event_id, p.city_id IS NULL, name, p.role
"""


def all_participations(store: Store) -> pd.DataFrame:
    """Every part somebody had in an event: members first, then partners outside the roster.

    Columns: event_id, city_id (missing for an outside partner), organisation_id (missing for a
    member), name_as_stated, country_as_stated, role, source_url, note, name. Not to be changed.
    """
    return store.kept("participations", lambda: store.frame(PARTICIPATIONS))


ORGANISATIONS = """
    SELECT organisation_id, name, country, kind, note
    FROM organisations
    ORDER BY name, organisation_id
"""


def all_organisations(store: Store) -> pd.DataFrame:
    """Partners outside the roster, by name: organisation_id, name, country, kind, note."""
    return store.kept("organisations", lambda: store.frame(ORGANISATIONS))


TIE_EVIDENCE = """
    SELECT city_a, city_b, kind, event_id, themes, year_start, year_end, roles_a, roles_b, routes
    FROM tie_evidence
    ORDER BY city_a, city_b, kind, event_id, year_start
"""


def tie_evidence(store: Store) -> pd.DataFrame:
    """What joins two members: one row per pair and event, or pair and year of an air link.

    Columns: domain.network.EVIDENCE_COLUMNS; city_a stands before city_b in the alphabet,
    event_id, themes and roles are missing for air links, routes for all others. Not to be
    changed.
    """
    return store.kept("tie_evidence", lambda: store.frame(TIE_EVIDENCE))


POSITIONS = """
    SELECT city_id, x, y, is_linked
    FROM network_positions
    ORDER BY city_id
"""


def network_positions(store: Store) -> pd.DataFrame:
    """Where each member stands in the drawing by structure: city_id, x, y, is_linked."""
    return store.kept("network_positions", lambda: store.frame(POSITIONS))


AIR_SOURCES = """
    SELECT DISTINCT source_id
    FROM air_links
    ORDER BY source_id
"""


def air_sources(store: Store) -> tuple[str, ...]:
    """Ids of the sources that air links come from."""
    return tuple(str(row[0]) for row in store.rows(AIR_SOURCES))


def evident_ties(store: Store, ties: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Ties with what joins each and where it is stated: as `domain.network.with_evidence`.

    Args:
        store: the published snapshot.
        ties: as `domain.network.ties_of`.
        evidence: what they were made from; what a scenario adds is stated nowhere.
    """
    stated = all_participations(store).assign(
        member_id=lambda parts: parts["city_id"].fillna(parts["organisation_id"])
    )[["event_id", "member_id", "source_url"]]
    by_air = [all_sources(store)[source_id].address for source_id in air_sources(store)]
    return with_evidence(ties, evidence, stated, by_air)


NETWORK_YEARS = """
    SELECT min(year_start) AS first_year, max(coalesce(year_end, year_start)) AS last_year
    FROM events
"""


def network_years(store: Store) -> tuple[int, int]:
    """First and last year in which any event took place; (0, 0) where none has a year."""
    first, last = store.rows(NETWORK_YEARS)[0]
    return (int(str(first)), int(str(last))) if first is not None else (0, 0)


def strong_kinds(store: Store) -> tuple[str, ...]:
    """Kinds of cooperation by which members work together."""
    kinds = event_kinds(store)
    return tuple(kinds.loc[kinds["strength"] == "strong", "kind"])


def kind_weights(store: Store) -> dict[str, float]:
    """By kind, what one shared event adds to a tie."""
    kinds = event_kinds(store)
    return dict(zip(kinds["kind"], kinds["weight"], strict=True))


def network_ties(
    store: Store, window: Window, regions: list[str], levels: list[str]
) -> tuple[list[str], pd.DataFrame, pd.DataFrame]:
    """Members and the ties between them.

    Args:
        store: the published snapshot.
        window: which evidence counts.
        regions: regions of the members; all where none is named.
        levels: evidence levels of their seats; all where none is named.

    Returns:
        Ids of the members, sorted; ties as `domain.network.ties_of`, by the published weights;
        the evidence that they were made from.
    """
    cities = all_cities(store)
    keeps = cities["region"].isin(regions or cities["region"].unique())
    keeps &= cities["evidence"].isin(levels or cities["evidence"].unique())
    members = sorted(cities.loc[keeps, "city_id"])
    evidence = between(within(tie_evidence(store), window), members)
    return members, ties_of(evidence, kind_weights(store)), evidence
