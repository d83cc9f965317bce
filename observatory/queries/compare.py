"""Figures of several members side by side, and of all members beside them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import pandas as pd

from observatory.domain.comparison import Figure
from observatory.store.warehouse import Store

T = TypeVar("T")
Series: TypeAlias = dict[str, dict[str, list[Figure]]]  # by indicator, then by city
ByPair: TypeAlias = dict[tuple[str, str], T]  # by indicator and city

_PLACES = """
    places AS (
        SELECT city_id, city_id AS place_id FROM cities WHERE city_id = ANY ($city_ids)
        UNION ALL
        SELECT city_id, iso3 FROM cities WHERE city_id = ANY ($city_ids)
    )
"""
_ASKED = """
    asked AS (
        SELECT indicator_id
        FROM indicators
        WHERE $theme = '' OR theme = $theme
    )
"""
NEWEST_FIGURES = f"""
    WITH {_PLACES}, {_ASKED}
    SELECT l.indicator_id, p.city_id, l.years, l.observation_id, l.period_year, l.value,
           l.category, l.status, l.scale, true AS is_latest
    FROM latest AS l
    JOIN places AS p USING (place_id)
    WHERE l.indicator_id IN (SELECT indicator_id FROM asked)
    ORDER BY l.indicator_id, p.city_id, l.period_year NULLS FIRST
"""
REASONS = f"""
    WITH {_ASKED}
    SELECT indicator_id, city_id, reason_code
    FROM gaps
    WHERE city_id = ANY ($city_ids)
      AND indicator_id IN (SELECT indicator_id FROM asked)
    ORDER BY indicator_id, city_id
"""


@dataclass(frozen=True)
class Newest:
    """What is newest of some members.

    Attributes:
        figures: by indicator and city, those of their countries too.
        years: by indicator and city, how many years of numbers there are at the scale of the
            newest figure.
        reasons: by indicator and city without a figure, the code of why.
    """

    figures: Series
    years: ByPair[int]
    reasons: ByPair[str]


def newest_figures(store: Store, *, city_ids: Sequence[str], theme: str) -> Newest:
    """The newest figures of some members and of their countries, and why others are missing.

    Args:
        store: the published snapshot.
        city_ids: the members.
        theme: of indicators of this theme only; "" for all.
    """
    asked = {"city_ids": list(city_ids), "theme": theme}
    newest = Newest(_no_series(), {}, {})
    for indicator_id, city_id, years, *figure in store.rows(NEWEST_FIGURES, **asked):
        pair = (str(indicator_id), str(city_id))
        newest.years.setdefault(pair, int(str(years)))
        newest.figures[pair[0]][pair[1]].append(Figure(*figure))  # type: ignore[arg-type]  # columns in the order of its fields
    for indicator_id, city_id, code in store.rows(REASONS, **asked):
        newest.reasons[str(indicator_id), str(city_id)] = str(code)
    return newest


_YEARLY_FIGURES = """
    WITH {places},
    asked AS ({asked}),
    newest AS (
        SELECT observation_id
        FROM latest
        WHERE indicator_id = ANY ($indicator_ids)
          AND place_id IN (SELECT place_id FROM places)
    )
    SELECT a.indicator_id, p.city_id, a.observation_id, a.period_year, a.value, a.category,
           a.status, a.scale, n.observation_id IS NOT NULL AS is_latest
    FROM asked AS a
    JOIN places AS p USING (place_id)
    LEFT JOIN newest AS n USING (observation_id)
    ORDER BY a.indicator_id, p.city_id, a.period_year NULLS FIRST
"""
FEW = 12  # indicators up to which each is asked for by itself, which reads its rows alone


def yearly_sql(count: int) -> str:
    """The query of `yearly_figures` for some indicators.

    Its parameters are city_ids, indicator_ids, and up to FEW of these also each by itself, as
    indicator_0 and so on: of 14 million figures six indicators then take a third of the time.
    """
    asked = (
        " UNION ALL ".join(
            f"SELECT * FROM annual WHERE indicator_id = $indicator_{at}" for at in range(count)
        )
        if 0 < count <= FEW
        else "SELECT * FROM annual WHERE indicator_id = ANY ($indicator_ids)"
    )
    return _YEARLY_FIGURES.format(places=_PLACES, asked=asked)


def yearly_figures(
    store: Store, *, city_ids: Sequence[str], indicator_ids: Sequence[str]
) -> Series:
    """All yearly figures of some members and of their countries, of some indicators.

    Returns:
        Figures by indicator and city, oldest first, undated ones before.
    """
    series = _no_series()
    own_ids = list(indicator_ids)
    asked: dict[str, object] = {"city_ids": list(city_ids), "indicator_ids": own_ids}
    if len(own_ids) <= FEW:
        asked |= {f"indicator_{at}": one for at, one in enumerate(own_ids)}
    for indicator_id, city_id, *figure in store.rows(yearly_sql(len(own_ids)), **asked):
        series[str(indicator_id)][str(city_id)].append(Figure(*figure))  # type: ignore[arg-type]  # columns in the order of its fields
    return series


def _no_series() -> Series:
    return defaultdict(lambda: defaultdict(list))


YEAR_FIGURES = """
    WITH asked AS (
        SELECT unnest($indicator_ids) AS indicator_id, unnest($years) AS period_year
    )
    SELECT a.indicator_id, a.place_id AS city_id, a.value, a.category, a.scale
    FROM annual AS a
    JOIN asked USING (indicator_id, period_year)
    JOIN cities AS c ON c.city_id = a.place_id
    ORDER BY a.indicator_id, a.place_id
"""


def year_figures(store: Store, *, years: dict[str, int]) -> pd.DataFrame:
    """The figures of all members in one year per indicator; national series are left out.

    Args:
        store: the published snapshot.
        years: the year wanted, by indicator; at least one.

    Columns:
        indicator_id, city_id: the key. value, category: the one or the other is missing.
        scale: "metro" or "city".
    """
    return store.frame(YEAR_FIGURES, indicator_ids=list(years), years=list(years.values()))


NEWEST_YEARS = """
    SELECT l.indicator_id, min(l.period_year) AS period_year
    FROM latest AS l
    JOIN cities AS c ON c.city_id = l.place_id
    GROUP BY l.indicator_id
    HAVING min(l.period_year) = max(l.period_year) AND count(*) = count(l.period_year)
    ORDER BY l.indicator_id
"""


def newest_years(store: Store) -> dict[str, int]:
    """The year of all members' newest figures, for indicators where it is the same for all."""
    return store.kept("newest-years", lambda: _newest_years(store))


def _newest_years(store: Store) -> dict[str, int]:
    return {str(name): int(str(year)) for name, year in store.rows(NEWEST_YEARS)}


EXAMPLES = """
    WITH counted AS (
        SELECT c.region, c.city_id, count(l.observation_id) AS held
        FROM cities AS c
        LEFT JOIN latest AS l ON l.place_id = c.city_id
        GROUP BY ALL
    )
    SELECT region, city_id
    FROM counted
    ORDER BY region, held DESC, city_id
"""


def most_documented(store: Store) -> dict[str, list[str]]:
    """Ids of members by region, those with the most figures first; not to be changed."""
    return store.kept("most-documented", lambda: _most_documented(store))


def _most_documented(store: Store) -> dict[str, list[str]]:
    regions: dict[str, list[str]] = defaultdict(list)
    for region, city_id in store.rows(EXAMPLES):
        regions[str(region)].append(str(city_id))
    return dict(regions)
