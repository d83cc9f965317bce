"""The network's published facts against what its sources say, read by hand."""

import pandas as pd
import pytest

from observatory.config import PROJECT_DIR
from observatory.schema import EVENT_KINDS

FOLDER = PROJECT_DIR / "datasets" / "network"


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


def test_the_record_is_whole() -> None:
    parts = table("participations")
    assert len(table("events")) == 48
    assert len(parts) == 295
    assert (parts["city_id"] != "").sum() == 222
    assert parts.loc[parts["city_id"] == "", "organisation_id"].nunique() == 67
    assert parts["source_url"].str.startswith("http").all()
    assert set(table("event_kinds")["kind"]) == set(EVENT_KINDS)


# Read off the pages that `source_url` names.
BY_HAND = [
    ("PP17-MEGA", "barcelona-amb", "lead"),
    ("PP17-MEGA", "lyon", "partner"),
    ("PP17-MEGA", "montevideo", "partner"),
    ("PP18-MOTION", "tijuana", "lead"),
    ("WG21-PUBSPACE", "medellin", "partner"),
    ("GOV20-RS", "dakar", "regional_secretariat"),
    ("GZA-2", "hangzhou", "winner"),
    ("GZA-1", "seoul", "winner"),
    ("GZA-5", "guangzhou", "host"),
    ("CON21-XIII", "guangzhou", "host"),
]


@pytest.mark.parametrize(("event_id", "city_id", "role"), BY_HAND)
def test_who_took_part_as_what(event_id: str, city_id: str, role: str) -> None:
    parts = table("participations")
    own = parts[(parts["event_id"] == event_id) & (parts["city_id"] == city_id)]
    assert own["role"].tolist() == [role]


OUTSIDE = [
    ("EGI21-PB04", "Paris"),  # the city, not the metropolis that is a member
    ("LRN-DIGI", "Cordoba"),  # the source does not say which
    ("GZA-2", "Antioquia"),
    ("GZA-3", "Boston"),
]


@pytest.mark.parametrize(("event_id", "name"), OUTSIDE)
def test_others_of_like_names_are_no_members(event_id: str, name: str) -> None:
    parts = table("participations")
    own = parts[(parts["event_id"] == event_id) & (parts["name_as_stated"] == name)]
    assert own["city_id"].tolist() == [""]


# Routes of routes_2014-08-06.dat between the airports of both, counted with awk.
FLIGHTS = [
    ("berlin", "istanbul", 8),  # TXL, SXF and IST, SAW
    ("beijing", "seoul", 16),  # PEK, NAY and ICN, GMP
    ("abidjan", "dakar", 6),  # ABJ and DKR
]


@pytest.mark.parametrize(("city_a", "city_b", "routes"), FLIGHTS)
def test_routes_between_two_members(city_a: str, city_b: str, routes: int) -> None:
    links = table("air_links")
    own = links[(links["city_a"] == city_a) & (links["city_b"] == city_b)]
    assert own.loc[own["period_year"] == "2014", "routes"].tolist() == [str(routes)]


def test_a_member_reached_by_air_is_linked() -> None:
    """Who has links reaches members, and never more than it has links with."""
    figures = pd.read_csv(PROJECT_DIR / "datasets" / "observations" / "openflights.csv")
    reached = figures[figures["indicator_id"] == "air_links_to_members"]
    links = table("air_links")
    ends = pd.concat([links["city_a"], links["city_b"]]).to_numpy()
    years = pd.concat([links["period_year"], links["period_year"]]).astype(int).to_numpy()
    counts = pd.Series(1, index=[ends, years]).groupby(level=[0, 1]).sum()
    for row in reached.itertuples():
        assert row.value <= counts.get((row.place_id, row.period_year), 0)
