"""The members: directory, one member, and the ids that look alike."""

import pandas as pd
from rapidfuzz import fuzz, process

from observatory.domain.names import plain_name
from observatory.errors import UnknownIdError
from observatory.store.warehouse import Store

ALL_CITIES = """
    SELECT c.city_id, c.member_name, c.city, c.country, c.iso3, c.region, c.member_kind,
           c.joined_year, c.latitude_deg, c.longitude_deg, c.evidence, c.source_url,
           c.source_date, c.note, p.x_km, p.y_km
    FROM cities AS c
    JOIN city_points AS p USING (city_id)
    ORDER BY c.city, c.city_id
"""


def all_cities(store: Store) -> pd.DataFrame:
    """Every member, by city name; not to be changed.

    Columns:
        city_id: unique. member_name, city, country, iso3, region, member_kind, evidence: text.
        joined_year: missing where not documented.
        latitude_deg, longitude_deg: degrees. x_km, y_km: Equal Earth.
        source_url, source_date, note: what documents the seat; may be missing.
    """
    return store.kept("cities", lambda: store.frame(ALL_CITIES))


def city_names(store: Store) -> dict[str, str]:
    """The name of every member, by id."""
    cities = all_cities(store)
    return dict(zip(cities["city_id"], cities["member_name"], strict=True))


def find_city(store: Store, city_id: str) -> pd.Series:
    """One member, columns as in `all_cities`.

    Raises:
        UnknownIdError: there is none of this id; carries ids of cities that look alike.
    """
    cities = all_cities(store).set_index("city_id", drop=False)
    if city_id not in cities.index:
        raise UnknownIdError("city", city_id, near_cities(store, city_id))
    return cities.loc[city_id]


LEAST_LETTERS = 3  # fewer begin too many names to mean one
ALIKE = 80  # below it the names have hardly more in common than some letters

NAMES = """
    SELECT city_id, city AS name FROM cities
    UNION ALL SELECT city_id, member_name FROM cities
    UNION ALL SELECT city_id, replace(city_id, '-', ' ') FROM cities
    UNION ALL SELECT city_id, alias FROM aliases
    ORDER BY ALL
"""


def near_cities(store: Store, text: str, *, limit: int = 3) -> list[str]:
    """Ids of members whose names are most like the text, best first; other languages count."""
    plain = plain_name(text.replace("-", " "))
    if len(plain) < LEAST_LETTERS:
        return []
    names = store.frame(NAMES)
    scores = process.extract(
        plain,
        [plain_name(name) for name in names["name"]],
        scorer=fuzz.WRatio,
        score_cutoff=ALIKE,
        limit=30,
    )
    ids = [str(names["city_id"].iloc[position]) for _, _, position in scores]
    return list(dict.fromkeys(ids))[:limit]
