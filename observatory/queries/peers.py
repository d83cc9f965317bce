"""Peers of a member: the conditions they are found by, and who is alike."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.peers import FEATURES, distance_matrix, peer_distances
from observatory.queries.cities import find_city
from observatory.store.warehouse import Store

GROWTH_YEARS = 10
FEATURE_INDICATORS = {
    "size": "population_agglomeration",
    "growth": "population_agglomeration",
    "density": "population_density_per_km2",
    "income": "national_gdp_per_person",
    "climate": "climate_class",
}
PEERS = 10

CONDITIONS = """
    SELECT c.city_id, lower(c.city || '|' || c.iso3) AS place,
           p.value AS size, p.observation_id AS size_id,
           100 * (pow(p.value / b.value, 1.0 / $growth_years) - 1) AS growth,
           p.observation_id AS growth_id, b.period_year AS growth_from,
           p.period_year AS growth_to,
           d.value AS density, d.observation_id AS density_id,
           g.value AS income, g.observation_id AS income_id,
           k.category AS climate, k.observation_id AS climate_id
    FROM cities AS c
    LEFT JOIN latest AS p
        ON p.place_id = c.city_id AND p.indicator_id = $size AND p.status <> 'projected'
    LEFT JOIN annual AS b
        ON b.place_id = c.city_id AND b.indicator_id = $size AND b.value > 0
        AND b.status <> 'projected' AND b.period_year = p.period_year - $growth_years
    LEFT JOIN latest AS d ON d.place_id = c.city_id AND d.indicator_id = $density
    LEFT JOIN latest AS g ON g.place_id = c.iso3 AND g.indicator_id = $income
    LEFT JOIN latest AS k ON k.place_id = c.city_id AND k.indicator_id = $climate
    ORDER BY c.city_id
"""


def peer_conditions(store: Store) -> pd.DataFrame:
    """The conditions of every member, indexed by city_id; not to be changed.

    Columns:
        size: persons in the urban agglomeration, newest figure about the past.
        growth: its yearly growth in % over the ten years before (growth_from to growth_to).
        density: persons per km² of the urban centre. income: of the country, per person.
        climate: Köppen-Geiger class.
        <feature>_id: observation of each; for growth that of the last year.
        place: the same text for members of one place.
        Missing where not held.
    """
    return store.kept("peer-conditions", lambda: _conditions(store))


def _conditions(store: Store) -> pd.DataFrame:
    asked = {name: FEATURE_INDICATORS[name] for name in ("size", "density", "income", "climate")}
    found = store.frame(CONDITIONS, growth_years=GROWTH_YEARS, **asked)
    return found.set_index("city_id")


def city_peers(
    store: Store,
    *,
    city_id: str,
    weights: Mapping[str, int] | None = None,
    limit: int = PEERS,
) -> pd.DataFrame:
    """Members alike in conditions, the most alike first; the rule is in `domain.peers`.

    Another member of the same place (a city and its metropolitan area) is left out: the two
    share their conditions because they share their ground, which says nothing to either. Of
    several members of one other place, the most alike stands for it.

    Args:
        store: the published snapshot.
        city_id: whose peers.
        weights: 0 to 3 by feature; 1 each where not given.
        limit: the most given.

    Columns:
        city_id: unique. distance: 0 (alike) to 1. overlap: share of the weight known for both.
        size, growth, density, income, climate: what each adds to the distance.

    Raises:
        UnknownIdError: there is no such member; carries ids that look alike.
    """
    find_city(store, city_id)
    conditions = peer_conditions(store)
    distances = peer_distances(conditions[list(FEATURES)], city_id, weights)
    places = conditions["place"][distances.index]
    is_peer = (places != conditions["place"][city_id]) & ~places.duplicated()
    return distances[is_peer].head(limit).reset_index()


def all_peers(store: Store, limit: int = PEERS) -> dict[str, list[str]]:
    """Ids of the peers of every member, with equal weights, as `city_peers` gives them."""
    return store.kept(f"all-peers-{limit}", lambda: _all_peers(store, limit))


def _all_peers(store: Store, limit: int) -> dict[str, list[str]]:
    conditions = peer_conditions(store).sort_index()
    distances = all_distances(store)
    places = conditions["place"].to_numpy()
    ids = conditions.index.to_numpy()
    found = {}
    for row, city_id in enumerate(ids):
        own: dict[str, str] = {}  # by place, the most alike of it
        for column in np.argsort(distances[row], kind="stable"):
            if np.isnan(distances[row, column]) or len(own) == limit:
                break
            if places[column] != places[row]:
                own.setdefault(str(places[column]), str(ids[column]))
        found[str(city_id)] = list(own.values())
    return found


def all_distances(store: Store) -> npt.NDArray[np.float64]:
    """Distances in conditions of every two members, by id; not to be changed."""

    def computed() -> npt.NDArray[np.float64]:
        return distance_matrix(peer_conditions(store).sort_index()[list(FEATURES)])

    return store.kept("peer-distances", computed)


def same_place(store: Store, *, city_id: str) -> list[str]:
    """Ids of other members of the same place, which are never its peers."""
    place = peer_conditions(store)["place"]
    return [str(other) for other in place.index[place == place[city_id]] if other != city_id]
