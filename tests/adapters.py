"""A small roster and files for tests of adapters."""

from pathlib import Path

import pandas as pd

from observatory.ingest.extract import FIGURE_COLUMNS, PLACE_COLUMNS, Extract, Roster

MEMBERS = [
    ("berlin", "Berlin", "DEU", 52.52, 13.4, "city"),
    ("paris", "Paris", "FRA", 48.86, 2.35, "city"),
    ("twin", "Twin of Berlin", "DEU", 52.5, 13.4, "metropolis"),
    ("region", "Somewhere", "DEU", 52.5, 13.5, "region"),
    ("guangzhou", "Guangzhou", "CHN", 23.13, 113.26, "city"),
    ("xian", "Xi'an", "CHN", 34.26, 108.93, "city"),
    ("victoria", "Victoria", "SYC", -4.62, 55.455, "city"),
]
COUNTRIES = [
    ("DEU", "DE", "Germany", ""),
    ("FRA", "FR", "France", ""),
    ("CHN", "CN", "China", ""),
    ("SYC", "SC", "Seychelles", ""),
    ("KOR", "KR", "Korea, Republic of", "South Korea;Korea (Republic of)"),
]


def small_roster() -> Roster:
    """A few members with twins, a region, and namesakes of Chinese cities."""
    columns = ["city_id", "city", "iso3", "latitude_deg", "longitude_deg", "stands_for"]
    members = pd.DataFrame(MEMBERS, columns=columns)
    members["member_kind"] = "city"
    answers = members["city_id"].isin(["twin", "region"]).map({True: "no", False: "yes"})
    return Roster(
        members=members.drop(columns="stands_for"),
        aliases=pd.DataFrame(columns=["city_id", "alias", "kind", "source_id"], dtype=str),
        identifiers=pd.DataFrame(
            [("berlin", "geonames", "2950159")], columns=["city_id", "scheme", "identifier"]
        ),
        scopes=members[["city_id", "stands_for"]].assign(answers_to_city_name=answers),
        countries=pd.DataFrame(COUNTRIES, columns=["iso3", "iso2", "country_name", "aliases"]),
    )


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def values(extract: Extract, indicator_id: str) -> dict[tuple[str, int], float]:
    rows = extract.figures[extract.figures["indicator_id"] == indicator_id]
    keys = zip(rows["place_key"], rows["period_year"], strict=True)
    return dict(zip(keys, rows["value"], strict=True))


def assert_tidy(extract: Extract) -> None:
    assert set(extract.figures.columns) == set(FIGURE_COLUMNS)
    assert set(extract.places.columns) == set(PLACE_COLUMNS)
    assert not extract.figures.duplicated(["indicator_id", "place_key", "period_year"]).any()
