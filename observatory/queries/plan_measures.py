"""Measures of the plan that the observatory computes itself, live from the snapshot."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from observatory.domain.freshness import ARCHIVED, CURRENT, freshness
from observatory.domain.network import Window, ties_of, within
from observatory.domain.plan import Actual, Measure, Plan
from observatory.errors import StoreError
from observatory.queries.catalogue import all_sources
from observatory.queries.cities import all_cities
from observatory.queries.network import kind_weights, strong_kinds, tie_evidence
from observatory.queries.profile import completeness, source_reach
from observatory.store.warehouse import Store

YEARS = 3  # of a window, as many as the plan has
YEARS_BEFORE = 3  # windows that end before the plan, for its baseline and its trend
NET_ZERO = (
    "Climate positive",
    "Zero emissions",
    "Zero carbon",
    "Net zero",
    "GHG neutral(ity)",
    "Climate neutral",
    "Carbon neutral(ity)",
)

Figures = list[tuple[str, date, float]]  # period, its last day, value


def computed_actuals(store: Store, plan: Plan) -> tuple[Actual, ...]:
    """Figures of all measures that name a computation, by measure and day.

    A figure counts as known from the last day of what it is about, since events and figures are
    of their years; what describes the snapshot itself is known from its publication.

    Raises:
        StoreError: a measure names a computation that there is not.
    """
    return tuple(
        actual
        for measure in plan.measures
        if measure.computed
        for actual in _actuals(store, plan, measure)
    )


def _actuals(store: Store, plan: Plan, measure: Measure) -> list[Actual]:
    name, _, argument = measure.computed.partition(":")
    if name not in COMPUTATIONS:
        raise StoreError(
            f"Expected a computation of {', '.join(COMPUTATIONS)} for the measure "
            f"{measure.measure_id}, found {measure.computed!r}. Correct plan/measures.csv."
        )
    return [
        Actual(
            measure_id=measure.measure_id,
            period=period,
            on=day,
            value=value,
            relation="exact",
            as_stated=f"{value:.15g}",
            known_on=day,
            note="",
        )
        for period, day, value in COMPUTATIONS[name](store, plan, argument)
    ]


def _years(plan: Plan) -> range:
    return range(plan.starts_on.year - YEARS_BEFORE, plan.ends_on.year + 1)


def _ended(year: int) -> date:
    return date(year, 12, 31)


def _ties(store: Store, first: int | None, last: int) -> pd.DataFrame:
    window = Window(strong_kinds(store), first, last)
    return ties_of(within(tie_evidence(store), window), kind_weights(store))


def _members_cooperating(store: Store, plan: Plan, region: str) -> Figures:
    """Members with a tie by working together in the three years up to each year's end."""
    regions = all_cities(store).set_index("city_id")["region"].to_dict()
    found: Figures = []
    for year in _years(plan):
        ties = _ties(store, year - YEARS + 1, year)
        members = {*ties["city_a"], *ties["city_b"]}
        own = [one for one in members if not region or regions[one] == region]
        found.append((str(year), _ended(year), float(len(own))))
    return found


def _new_ties(store: Store, plan: Plan, _argument: str) -> Figures:
    """Pairs of members whose first event together began in the year.

    A year in which no event on record began has no figure: nothing seen is not nothing done.
    """
    evidence = tie_evidence(store)
    evidence = evidence[evidence["kind"].isin(strong_kinds(store))]
    seen = set(evidence["year_start"].dropna().astype(int))
    first = _ties(store, None, plan.ends_on.year)["first_year"].value_counts()
    years = [year for year in _years(plan) if year in seen]
    return [(str(year), _ended(year), float(first.get(year, 0))) for year in years]


def _between_regions(store: Store, plan: Plan, _argument: str) -> Figures:
    """Share of the ties of three years that join two regions, in %; none without ties."""
    regions = all_cities(store).set_index("city_id")["region"]
    found: Figures = []
    for year in _years(plan):
        ties = _ties(store, year - YEARS + 1, year)
        if not ties.empty:
            differ = ties["city_a"].map(regions) != ties["city_b"].map(regions)
            found.append((str(year), _ended(year), 100 * float(differ.mean())))
    return found


SHARE_OF_MEMBERS = """
    SELECT period_year AS year, count(*) AS members,
           count(*) FILTER (value = 1 OR category = ANY ($categories)) AS counted
    FROM annual
    JOIN cities ON city_id = place_id
    WHERE indicator_id = $indicator_id AND period_year IS NOT NULL
    GROUP BY period_year
    ORDER BY period_year
"""


def _share_of_members(store: Store, _plan: Plan, indicator_id: str) -> Figures:
    """Share of the members with an entry for which an indicator says yes, in %, by its years."""
    rows = store.rows(SHARE_OF_MEMBERS, indicator_id=indicator_id, categories=list(NET_ZERO))
    return [
        (str(year), _ended(int(str(year))), 100 * float(str(counted)) / float(str(members)))
        for year, members, counted in rows
    ]


def _published(store: Store) -> date:
    return date.fromisoformat(store.publication().published_at[:10])


def _coverage(store: Store, _plan: Plan, _argument: str) -> Figures:
    """Cells of member and indicator with a figure, of those that could hold one, in %."""
    cells = completeness(store)
    day, possible = _published(store), float(cells["possible"].sum())
    return [(str(day), day, 100 * float(cells["held"].sum()) / possible)] if possible else []


def _freshness(store: Store, _plan: Plan, _argument: str) -> Figures:
    """Sources with figures that are current, of all that bring out editions, in %."""
    day = _published(store)
    reach = source_reach(store)
    sources = all_sources(store)
    states = [
        freshness(_day(source.looked_on), source.rhythm_months, day)
        for source in (sources[str(one)] for one in reach.loc[reach["figures"] > 0, "source_id"])
    ]
    living = [state for state in states if state != ARCHIVED]
    share = [100 * sum(state == CURRENT for state in living) / len(living)] if living else []
    return [(str(day), day, one) for one in share]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _evidence(store: Store, _plan: Plan, levels: str) -> Figures:
    """Members whose level of evidence is one of the letters given."""
    day = _published(store)
    return [(str(day), day, float(all_cities(store)["evidence"].isin(list(levels)).sum()))]


COMPUTATIONS: dict[str, Callable[[Store, Plan, str], Figures]] = {
    "members_cooperating": _members_cooperating,
    "new_ties": _new_ties,
    "between_regions": _between_regions,
    "share": _share_of_members,
    "coverage": _coverage,
    "freshness": _freshness,
    "evidence": _evidence,
}
