"""Needs of members by theme, beside the events and initiatives that cover the theme."""

from dataclasses import dataclass

import pandas as pd

from observatory.domain.needs import NEED, below_peers, taking_part, theme_needs
from observatory.queries.catalogue import all_indicators
from observatory.queries.network import all_events, all_participations, strong_kinds
from observatory.queries.peers import all_peers
from observatory.queries.plan import participants, plan_on_record
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
        events, initiatives: activity_id, city_id, theme: members in events that name a theme, and
            in initiatives of the plan that do, each once.
    """

    shares: pd.DataFrame
    below: pd.DataFrame
    themes: dict[str, str]
    events: pd.DataFrame
    initiatives: pd.DataFrame

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

    def in_events(self, theme: str) -> set[str]:
        """Members that take part in an event on a theme."""
        return set(self.events.loc[self.events["theme"] == theme, "city_id"])

    def in_initiatives(self, theme: str) -> set[str]:
        """Members that take part in an initiative of the plan on a theme."""
        return set(self.initiatives.loc[self.initiatives["theme"] == theme, "city_id"])

    def covered(self, theme: str) -> set[str]:
        """Members that take part in an event or an initiative on a theme."""
        return self.in_events(theme) | self.in_initiatives(theme)

    @property
    def themes_covered(self) -> set[str]:
        """Themes that an event or an initiative with a member names."""
        return {*self.events["theme"], *self.initiatives["theme"]}


def needs(store: Store) -> Needs:
    """Needs from the newest figures, all events and the plan on record; not to be changed."""
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
    shares = theme_needs(below, themes)
    return Needs(shares, below, themes, _in_events(store), _in_initiatives(store))


def _in_events(store: Store) -> pd.DataFrame:
    events = all_events(store)
    themed = events[events["kind"].isin(strong_kinds(store))].dropna(subset=["themes"])
    themes = dict(zip(themed["event_id"], themed["themes"].str.split(";"), strict=True))
    members = all_participations(store).dropna(subset=["city_id"])
    return taking_part(members.rename(columns={"event_id": "activity_id"}), themes)


def _in_initiatives(store: Store) -> pd.DataFrame:
    parts = all_participations(store)
    themed = [one for one in plan_on_record(store).initiatives if one.themes]
    rows = [
        (one.initiative_id, city) for one in themed for city in participants(one, parts)["city_id"]
    ]
    frame = pd.DataFrame(rows, columns=["activity_id", "city_id"], dtype="str")
    return taking_part(frame, {one.initiative_id: one.themes for one in themed})
