"""The network's tables of the API: events, who took part, ties, measures."""

from urllib.parse import urlencode

import pandas as pd

from observatory.api.answers import Rows
from observatory.api.models import Fault
from observatory.api.paging import Key
from observatory.api.parameters import EventQuestion, NetworkQuestion, ParticipationQuestion
from observatory.api.tables import refuse_any, reversed_years, small_table, unknown_ids
from observatory.domain.communities import communities
from observatory.domain.network import SEED, Window, graph_of
from observatory.domain.network_metrics import linked_nodes, member_measures
from observatory.language import gettext as _
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import find_city
from observatory.queries.network import (
    all_events,
    all_participations,
    evident_ties,
    find_event,
    network_ties,
    strong_kinds,
)
from observatory.schema import EVENTS, PARTICIPATIONS
from observatory.store.warehouse import Store

NO_PART_OF_THE_NETWORK = {"limit", "cursor", "format", "as_of", "city"}


def event_rows(store: Store, question: EventQuestion) -> Rows:
    """The events that meet the filters; a filter that makes no sense is refused."""

    def read() -> pd.DataFrame:
        refuse_any(
            [
                *unknown_ids("city", question.city, lambda name: find_city(store, name)),
                *_unknown_themes(store, question.theme),
                *reversed_years(question.from_year, question.to_year),
            ]
        )
        events = all_events(store)
        keeps = pd.Series(data=True, index=events.index)
        if question.kind:
            keeps &= events["kind"].isin(question.kind)
        if question.theme:
            themes = events["themes"].fillna("").str.split(";")
            keeps &= themes.map(lambda own: bool(set(own) & set(question.theme)))
        if question.city:
            parts = all_participations(store)
            own = parts.loc[parts["city_id"].isin(question.city), "event_id"]
            keeps &= events["event_id"].isin(own)
        end = events["year_end"].fillna(events["year_start"])
        if question.from_year is not None:
            keeps &= (end >= question.from_year).fillna(value=False)
        if question.to_year is not None:
            keeps &= (events["year_start"] <= question.to_year).fillna(value=False)
        columns = [*EVENTS.column_names, "members", "outside"]
        return events.loc[keeps, columns].astype({"year_start": "Int64", "year_end": "Int64"})

    return small_table("events", "event_id", read)


def participation_rows(store: Store, question: ParticipationQuestion) -> Rows:
    """Who took part in what; by event, partners outside before members, and role."""
    key = PARTICIPATIONS.key

    def after(last: Key, limit: int | None) -> pd.DataFrame:
        parts = all_participations(store)
        refuse_any(
            [
                *unknown_ids("event", question.event, lambda name: find_event(store, name)),
                *unknown_ids("city", question.city, lambda name: find_city(store, name)),
                *_unknown_roles(set(parts["role"]), question.role),
            ]
        )
        filters = (
            ("event_id", question.event),
            ("city_id", question.city),
            ("role", question.role),
        )
        for column, wanted in filters:
            if wanted:
                parts = parts[parts[column].isin(wanted)]
        keys = parts[list(key)].fillna("").sort_values(list(key))
        is_after = [own > tuple(last) for own in keys.itertuples(index=False, name=None)]
        following = parts.loc[keys.index[is_after], list(PARTICIPATIONS.column_names)]
        return following if limit is None else following.head(limit + 1)

    return Rows("participations", key, ["", "", "", ""], after)


def tie_rows(store: Store, question: NetworkQuestion) -> Rows:
    """The ties of the network that the question describes, by pair."""
    key = ("city_a", "city_b")

    def after(last: Key, limit: int | None) -> pd.DataFrame:
        _refuse_senseless(store, question)
        window = _window(store, question)
        _members, ties, evidence = network_ties(store, window, question.region, question.evidence)
        ordered = evident_ties(store, ties, evidence).sort_values(list(key))
        is_after = (ordered["city_a"] > last[0]) | (
            (ordered["city_a"] == last[0]) & (ordered["city_b"] > last[1])
        )
        if question.city:
            is_after &= ordered[list(key)].isin(question.city).any(axis="columns")
        following = ordered[is_after].assign(snapshot=store.publication().snapshot_id)
        return following if limit is None else following.head(limit + 1)

    return Rows("ties", key, ["", ""], after)


def metric_rows(store: Store, question: NetworkQuestion) -> Rows:
    """The measures of every member in the network that the question describes."""

    def read() -> pd.DataFrame:
        _refuse_senseless(store, question)
        network = (_window(store, question), tuple(question.region), tuple(question.evidence))
        found = store.kept_lately("api-measures", network, lambda: _measures(store, question))
        if question.city:
            found = found[found.index.isin(question.city)]
        return found.reset_index().assign(
            filter=_described(store, question),
            seed=SEED,
            snapshot=store.publication().snapshot_id,
            published_on=store.publication().day,
        )

    return small_table("metrics", "city_id", read)


def _measures(store: Store, question: NetworkQuestion) -> pd.DataFrame:
    """Measures of a network's members by city_id, with what is told of it in each row."""
    members, ties, _evidence = network_ties(
        store, _window(store, question), question.region, question.evidence
    )
    graph = graph_of(members, ties)
    return member_measures(graph).assign(
        community=communities(graph).of.astype("Int64"),
        linked=len(linked_nodes(graph)),
        members=len(members),
        ties=len(ties),
    )


def _refuse_senseless(store: Store, question: NetworkQuestion) -> None:
    refuse_any(
        [
            *unknown_ids("city", question.city, lambda name: find_city(store, name)),
            *_unknown_themes(store, [question.theme] if question.theme else []),
            *reversed_years(question.from_year, question.to_year),
        ]
    )


def _window(store: Store, question: NetworkQuestion) -> Window:
    return Window(
        _kinds(store, question),
        question.from_year,
        question.to_year,
        undated=question.undated == "1",
        theme=question.theme or "",
    )


def _kinds(store: Store, question: NetworkQuestion) -> tuple[str, ...]:
    return tuple(question.kind) or strong_kinds(store)


def _described(store: Store, question: NetworkQuestion) -> str:
    """The network as a query string: kinds even where none were named, no choice of rows."""
    given = question.model_dump(by_alias=True, exclude_unset=True, exclude=NO_PART_OF_THE_NETWORK)
    return urlencode({"kind": _kinds(store, question)} | given, doseq=True)


def _unknown_themes(store: Store, themes: list[str]) -> list[Fault]:
    known = sorted({one.theme for one in all_indicators(store).values()})
    reason = _("is no theme of the catalogue: {themes}").format(themes=", ".join(known))
    unknown = any(theme not in known for theme in themes)
    return [Fault(parameter="theme", reason=reason, near=known)] if unknown else []


def _unknown_roles(known: set[str], roles: list[str]) -> list[Fault]:
    if set(roles) <= known:
        return []
    reason = _("is no role on record: {roles}").format(roles=", ".join(sorted(known)))
    return [Fault(parameter="role", reason=reason, near=sorted(known))]
