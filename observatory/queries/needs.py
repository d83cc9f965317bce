"""Needs of members by theme, beside the events that cover the theme."""

from dataclasses import dataclass

import pandas as pd

from observatory.domain.needs import NEED, below_peers, theme_needs
from observatory.queries.catalogue import all_indicators
from observatory.queries.network import all_events, all_participations, strong_kinds
from observatory.queries.peers import all_peers
from observatory.queries.profile import member_figures
from observatory.store.warehouse import Store


@dataclass(frozen=True)
class Needs:
    """Members below their peers, by theme, and who takes part in what covers it.

    Attributes:
        shares: themes by members: share of the comparable indicators below the peers; missing
            where nothing is comparable.
        below: indicators by members: 1 below the peers, 0 not, missing where not comparable.
        themes: by indicator, its theme.
        taking_part: event_id, city_id, theme: members in events that name a theme, each once.
    """

    shares: pd.DataFrame
    below: pd.DataFrame
    themes: dict[str, str]
    taking_part: pd.DataFrame

    def in_need(self, theme: str) -> set[str]:
        """Members with a need in a theme."""
        if theme not in self.shares.index:
            return set()
        own = self.shares.loc[theme]
        return {str(city) for city in own.index[own >= NEED]}

    def known(self, theme: str) -> set[str]:
        """Members that can be compared in a theme."""
        if theme not in self.shares.index:
            return set()
        return {str(city) for city in self.shares.columns[self.shares.loc[theme].notna()]}

    def covered(self, theme: str) -> set[str]:
        """Members that take part in an event on a theme."""
        return set(self.taking_part.loc[self.taking_part["theme"] == theme, "city_id"])


def needs(store: Store) -> Needs:
    """Needs from the newest figures, and all events on record; not to be changed."""
    return store.kept("needs", lambda: _needs(store))


def _needs(store: Store) -> Needs:
    judged = {
        key: one
        for key, one in all_indicators(store).items()
        if one.kind == "number"
        and one.better in {"higher", "lower"}
        and not (one.is_national or one.is_total or one.is_condition)
    }
    figures = member_figures(store)
    values = figures[figures["indicator_id"].isin(judged)].pivot_table(
        index="indicator_id", columns="city_id", values="value", aggfunc="first"
    )
    better = {str(key): judged[str(key)].better for key in values.index}
    themes = {str(key): judged[str(key)].theme for key in values.index}
    below = below_peers(values, better, all_peers(store))
    return Needs(theme_needs(below, themes), below, themes, _taking_part(store))


def _taking_part(store: Store) -> pd.DataFrame:
    events = all_events(store)
    themed = events[events["kind"].isin(strong_kinds(store))].dropna(subset=["themes"])
    by_theme = themed.assign(theme=themed["themes"].str.split(";")).explode("theme")
    members = all_participations(store).dropna(subset=["city_id"])
    both = members.merge(by_theme[["event_id", "theme"]], on="event_id")
    return both[["event_id", "city_id", "theme"]].drop_duplicates().reset_index(drop=True)
