"""All that a member's page shows for one view of it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from observatory.pages.city_figures import CityFigure, Outstanding, city_figures, outstanding
from observatory.pages.city_view import CityView
from observatory.queries.cities import all_cities, find_city
from observatory.queries.peers import city_peers, peer_conditions, same_place
from observatory.store.warehouse import Store

POPULATION = "population_agglomeration"


@dataclass(frozen=True)
class CityData:
    """One member with its figures, its peers and what stands out.

    Attributes:
        city: the member, as `queries.cities.find_city`.
        view: what the address asks for.
        figures: one per indicator, by theme and title.
        peers: as `queries.peers.city_peers`.
        conditions: as `queries.peers.peer_conditions`.
        cities: every member, indexed by city_id.
        sharing: ids of other members of the same place.
        outstanding: strengths and gaps.
    """

    city: pd.Series
    view: CityView
    figures: list[CityFigure]
    peers: pd.DataFrame
    conditions: pd.DataFrame
    cities: pd.DataFrame
    sharing: list[str]
    outstanding: Outstanding

    @property
    def city_id(self) -> str:
        """The member's id."""
        return str(self.city["city_id"])

    @property
    def name(self) -> str:
        """What the member is called."""
        return short_name(self.city)

    @cached_property
    def own(self) -> list[CityFigure]:
        """Entries of the member itself; its country's are left out."""
        return [figure for figure in self.figures if not figure.indicator.is_national]

    @cached_property
    def held(self) -> list[CityFigure]:
        """Figures of the member itself."""
        return [figure for figure in self.own if figure.is_held]

    @property
    def national(self) -> list[CityFigure]:
        """Entries of its country."""
        return [figure for figure in self.figures if figure.indicator.is_national]

    @property
    def population(self) -> CityFigure | None:
        """The number of people in the agglomeration, where it is held."""
        found = [one for one in self.held if one.indicator.indicator_id == POPULATION]
        return found[0] if found else None

    @cached_property
    def peer_ids(self) -> list[str]:
        """Ids of the peers, the most alike first."""
        return [str(city_id) for city_id in self.peers["city_id"]]

    def name_of(self, city_id: str) -> str:
        """What another member is called."""
        return short_name(self.cities.loc[city_id])


def short_name(city: pd.Series) -> str:
    """What a member is called: a city by its city, other governments by their own name."""
    return str(city["city"] if city["member_kind"] == "city" else city["member_name"])


def city_data(store: Store, city_id: str, view: CityView) -> CityData:
    """What the page shows.

    Raises:
        UnknownIdError: there is no such member; carries ids that look alike.
    """
    city = find_city(store, city_id)
    peers = city_peers(store, city_id=city_id, weights=view.weights, limit=view.peers)
    figures = city_figures(store, city_id, peers["city_id"].tolist())
    return CityData(
        city=city,
        view=view,
        figures=figures,
        peers=peers,
        conditions=peer_conditions(store),
        cities=store.kept("city-by-id", lambda: all_cities(store).set_index("city_id", drop=False)),
        sharing=same_place(store, city_id=city_id),
        outstanding=outstanding(figures, len(peers)),
    )
