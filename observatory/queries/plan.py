"""The plan as the snapshot holds it: its frame, what documents say, and what is computed here."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pandas as pd

from observatory.domain.plan import (
    Actual,
    Baseline,
    Initiative,
    Line,
    Measure,
    Milestone,
    Objective,
    Plan,
    Statement,
    Target,
)
from observatory.errors import StoreError
from observatory.queries.network import all_events, all_participations
from observatory.queries.plan_measures import computed_actuals
from observatory.schema import (
    ACTUALS,
    BASELINES,
    INITIATIVES,
    LINES,
    MEASURES,
    MILESTONES,
    OBJECTIVES,
    PLANS,
    STATEMENTS,
    TARGETS,
    Table,
)
from observatory.store.warehouse import Store

ORGANISATION = "Metropolis, World Association of the Major Metropolises"  # whose facts these are
Cells = dict[str, object]
T = TypeVar("T")


def plan_on_record(store: Store) -> Plan:
    """The plan with all that the snapshot holds of it, at whatever date it became known.

    What people wrote here since is not in it.

    Raises:
        StoreError: the snapshot holds no plan.
    """
    return store.kept("plan", lambda: _plan(store))


def _plan(store: Store) -> Plan:
    plans = _rows(store, PLANS)
    if not plans:
        raise StoreError("Expected a plan in the snapshot, found none. Add plan/plans.csv.")
    first = plans[0]
    reported = Plan(
        plan_id=_text(first, "plan_id"),
        title=_text(first, "title"),
        starts_on=_required_day(first, "starts_on"),
        ends_on=_required_day(first, "ends_on"),
        motto=_text(first, "motto"),
        frame=_text(first, "frame"),
        is_official=not _text(first, "frame"),
        organisation=ORGANISATION,
        objectives=_each(store, OBJECTIVES, _objective),
        lines=_each(store, LINES, _line),
        initiatives=_each(store, INITIATIVES, _initiative),
        milestones=_each(store, MILESTONES, _milestone),
        measures=_each(store, MEASURES, _measure),
        baselines=_each(store, BASELINES, _baseline),
        targets=_each(store, TARGETS, _target),
        actuals=_each(store, ACTUALS, _actual),
        statements=_each(store, STATEMENTS, _statement),
    )
    return replace(reported, actuals=(*reported.actuals, *computed_actuals(store, reported)))


def _each(store: Store, table: Table, make: Callable[[Cells], T]) -> tuple[T, ...]:
    return tuple(make(row) for row in _rows(store, table))


def _rows(store: Store, table: Table) -> list[Cells]:
    """All rows of a table of the plan, in the order of its file."""
    columns = ", ".join(table.column_names)
    frame = store.frame(f"SELECT {columns} FROM {table.name} ORDER BY rowid")
    cleaned = frame.astype(object).where(frame.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in cleaned.to_dict("records")]


def _objective(row: Cells) -> Objective:
    return Objective(
        _text(row, "objective_id"), _text(row, "title"), _number(row, "weight"), _text(row, "note")
    )


def _line(row: Cells) -> Line:
    ids = (_text(row, "line_id"), _text(row, "objective_id"))
    return Line(*ids, _text(row, "title"), _number(row, "weight"), _text(row, "note"))


def _initiative(row: Cells) -> Initiative:
    return Initiative(
        initiative_id=_text(row, "initiative_id"),
        line_id=_text(row, "line_id"),
        title=_text(row, "title"),
        kind=_text(row, "kind"),
        owner=_text(row, "owner"),
        bodies=_list(row, "bodies"),
        cities=_list(row, "cities"),
        events=_list(row, "events"),
        themes=_list(row, "themes"),
        sdgs=tuple(int(one) for one in _list(row, "sdgs")),
        starts_on=_day(row, "starts_on"),
        ends_on=_day(row, "ends_on"),
        stage=_text(row, "stage"),
        weight=_number(row, "weight"),
        source_url=_text(row, "source_url"),
        note=_text(row, "note"),
    )


def _milestone(row: Cells) -> Milestone:
    return Milestone(
        milestone_id=_text(row, "milestone_id"),
        node_id=_text(row, "node_id"),
        title=_text(row, "title"),
        due_on=_day(row, "due_on"),
        done_on=_day(row, "done_on"),
        source_url=_text(row, "source_url"),
        note=_text(row, "note"),
    )


def _measure(row: Cells) -> Measure:
    return Measure(
        measure_id=_text(row, "measure_id"),
        node_id=_text(row, "node_id"),
        title=_text(row, "title"),
        unit=_text(row, "unit"),
        polarity=_text(row, "polarity"),
        value_chain_stage=_text(row, "value_chain_stage"),
        accumulation=_text(row, "accumulation"),
        computed=_text(row, "computed"),
        rhythm_months=int(_number(row, "rhythm_months") or 0),
        decimals=int(_number(row, "decimals") or 0),
        weight=_number(row, "weight"),
        definition=_text(row, "definition"),
    )


def _baseline(row: Cells) -> Baseline:
    day = _required_day(row, "on_date")
    value = float(_number(row, "value") or 0.0)
    words = (_text(row, "source_url"), _text(row, "note"))
    return Baseline(_text(row, "measure_id"), day, value, day, *words)


def _target(row: Cells) -> Target:
    return Target(
        measure_id=_text(row, "measure_id"),
        on=_required_day(row, "on_date"),
        value=float(_number(row, "value") or 0.0),
        standing=_text(row, "standing"),
        known_on=_required_day(row, "known_on"),
        source_url=_text(row, "source_url"),
        note=_text(row, "note"),
    )


def _actual(row: Cells) -> Actual:
    return Actual(
        measure_id=_text(row, "measure_id"),
        period=_text(row, "period"),
        on=_day(row, "on_date"),
        value=_number(row, "value"),
        relation=_text(row, "relation"),
        as_stated=_text(row, "as_stated"),
        known_on=_required_day(row, "known_on"),
        note=_text(row, "note"),
        source_url=_text(row, "source_url"),
    )


def _statement(row: Cells) -> Statement:
    words = (_text(row, name) for name in ("topic", "words", "stated_on", "source_url"))
    return Statement(*words)


def _text(row: Cells, name: str) -> str:
    found = row[name]
    return "" if found is None else str(found)


def _list(row: Cells, name: str) -> tuple[str, ...]:
    return tuple(_text(row, name).split(";")) if row[name] else ()


def _number(row: Cells, name: str) -> float | None:
    found = row[name]
    return None if found is None else float(str(found))


def _day(row: Cells, name: str) -> date | None:
    found = row[name]
    return None if found is None else pd.Timestamp(str(found)).date()


def _required_day(row: Cells, name: str) -> date:
    found = _day(row, name)
    if found is None:
        raise ValueError(f"expected a day in {name}, found nothing")
    return found


def events_until(initiative: Initiative, events: pd.DataFrame, year: int) -> list[str]:
    """Ids of the events of an initiative that had begun in a year; those without a year too.

    Args:
        initiative: an initiative.
        events: as `queries.network.all_events`.
        year: the last year known.
    """
    own = events[events["event_id"].isin(initiative.events)]
    has_begun = own["year_start"].isna() | (own["year_start"] <= year).fillna(value=True)
    return [str(one) for one in own.loc[has_begun, "event_id"]]


def participants(
    initiative: Initiative, parts: pd.DataFrame, events: list[str] | None = None
) -> pd.DataFrame:
    """Members that take part in an initiative: by its own sources, and by its events.

    Args:
        initiative: an initiative.
        events: those of its events that count; all where not given.
        parts: as `queries.network.all_participations`.

    Returns:
        One row per member, by id: city_id, events (ids with ;, "" where only the initiative's
        own sources name it).
    """
    counted = initiative.events if events is None else events
    own = parts[parts["event_id"].isin(counted) & parts["city_id"].notna()]
    by_city = own.groupby("city_id")["event_id"].agg(lambda ids: ";".join(sorted(set(ids))))
    cities: Iterable[str] = sorted({*initiative.cities, *by_city.index})
    return pd.DataFrame(
        [{"city_id": city, "events": by_city.get(city, "")} for city in cities],
        columns=["city_id", "events"],
    )


def taking_part(store: Store, plan: Plan, year: int) -> dict[str, int]:
    """By initiative, how many members take part as far as was known in a year.

    Args:
        store: the published snapshot.
        plan: a plan, of the snapshot or from elsewhere.
        year: events that began after it are left out.
    """
    events, parts = all_events(store), all_participations(store)
    return {
        one.initiative_id: len(participants(one, parts, events_until(one, events, year)))
        for one in plan.initiatives
    }
