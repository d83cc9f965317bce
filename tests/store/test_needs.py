"""Needs and what covers them, counted by hand over the two sources: events and the plan."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from observatory.config import Settings
from observatory.domain.needs import taking_part
from observatory.ingest.build import build
from observatory.pages.needs import cell
from observatory.queries.needs import Needs, needs
from observatory.schema import REGIONS
from observatory.store.warehouse import Store
from tests.facts import change_fact

THEME = "air and emissions"
FIGURES = "observations/figures.csv"
DUSTY = {"johannesburg": 100, "berlin": 90}  # all others breathe 10
OTHERS = ("abuja", "barcelona-amb", "cordoba", "gauteng", "medellin", "valle-de-aburra", "victoria")


@pytest.fixture
def dusty(facts: Path, unbuilt: Settings) -> Iterator[Store]:
    """Two members breathe worse air than their peers; one of them is in the plan alone."""
    row = "pm25_ug_per_m3,{},2014,{},,estimated,metro,urban agglomeration,99,\n"
    old = {"barcelona": "15.5", "guangzhou": "42", "johannesburg": "28.1", "berlin": "14.25"}
    for city, value in {**old, "montreal": "8.5"}.items():
        after = f"{city},2014,{DUSTY.get(city, 10)},"
        change_fact(facts, FIGURES, f"{city},2014,{value},", after)
    more = "".join(row.format(city, 10) for city in OTHERS)
    first = "pm25_ug_per_m3,barcelona,2014"
    change_fact(facts, FIGURES, first, more + first)
    change_fact(
        facts, "plan/initiatives.csv", "project,Berlin,,,P1", "project,Berlin,,johannesburg,P1"
    )
    settings = replace(unbuilt, datasets_dir=facts)
    build(settings)
    store = Store(settings)
    yield store
    store.close()


def test_a_need_is_covered_by_an_event_or_by_an_initiative_of_the_plan(dusty: Store) -> None:
    """P1 and W1 are about the air; the plan's initiative has both, and Johannesburg by itself."""
    one = cell(dusty, needs(dusty), THEME)
    assert one.need == {"berlin", "johannesburg"}
    assert one.by_event == {"berlin"}
    assert one.by_initiative == {"berlin", "johannesburg"}
    assert one.uncovered == set()
    assert one.without_need == {"medellin", "montreal"}  # of Barcelona it is not known
    assert one.unknown == set(OTHERS) - {"medellin"}  # too little is known of them for peers


def test_an_initiative_that_does_not_name_a_theme_covers_none(
    dusty: Store, facts: Path, unbuilt: Settings
) -> None:
    change_fact(facts, "plan/initiatives.csv", ",P1;W1,air and emissions,", ",P1;W1,,")
    settings = replace(unbuilt, datasets_dir=facts, data_dir=unbuilt.data_dir / "other")
    build(settings)
    store = Store(settings)
    one = cell(store, needs(store), THEME)
    assert one.need == cell(dusty, needs(dusty), THEME).need
    assert (one.by_initiative, one.uncovered) == (set(), {"johannesburg"})
    store.close()


def test_the_regions_add_up_to_the_whole(dusty: Store) -> None:
    found = needs(dusty)
    names = ("need", "by_event", "by_initiative", "covered", "uncovered", "without_need", "unknown")
    for theme in (THEME, "people"):
        whole = cell(dusty, found, theme)
        parts = [cell(dusty, found, theme, region) for region in REGIONS]
        for name in names:
            assert getattr(whole, name) == frozenset().union(*(getattr(p, name) for p in parts))
            assert len(getattr(whole, name)) == sum(len(getattr(p, name)) for p in parts)
        assert whole.uncovered == whole.need - whole.by_event - whole.by_initiative


def table(facts: Path, name: str) -> list[dict[str, str]]:
    return pd.read_csv(facts / f"{name}.csv", dtype="str", keep_default_na=False).to_dict("records")


def in_files(facts: Path, theme: str) -> tuple[set[str], set[str]]:
    """Members in events, and in initiatives, that name a theme: straight from the files."""
    kinds = table(facts, "network/event_kinds")
    strong = {row["kind"] for row in kinds if row["strength"] == "strong"}
    events = {row["event_id"]: row for row in table(facts, "network/events")}
    parts = [row for row in table(facts, "network/participations") if row["city_id"]]
    by_event = {
        row["city_id"]
        for row in parts
        if events[row["event_id"]]["kind"] in strong
        and theme in events[row["event_id"]]["themes"].split(";")
    }
    by_initiative: set[str] = set()
    for row in table(facts, "plan/initiatives"):
        if theme in row["themes"].split(";"):
            by_initiative |= {one for one in row["cities"].split(";") if one}
            own = row["events"].split(";")
            by_initiative |= {part["city_id"] for part in parts if part["event_id"] in own}
    return by_event, by_initiative


@pytest.mark.parametrize("theme", [THEME, "people", "climate commitment"])
def test_totals_are_those_of_the_files_of_both_sources(
    dusty: Store, facts: Path, theme: str
) -> None:
    found: Needs = needs(dusty)
    by_event, by_initiative = in_files(facts, theme)
    assert found.in_events(theme) == by_event
    assert found.in_initiatives(theme) == by_initiative
    assert found.covered(theme) == by_event | by_initiative


def test_members_take_part_in_a_theme_once_however_often_they_are_named() -> None:
    parts = pd.DataFrame(
        [("e", "berlin"), ("e", "berlin"), ("f", "abuja"), ("g", "berlin")],
        columns=["activity_id", "city_id"],
    )
    found = taking_part(parts, {"e": ["air", "people"], "f": ["air"]})
    assert found.to_numpy().tolist() == [
        ["e", "berlin", "air"],
        ["e", "berlin", "people"],
        ["f", "abuja", "air"],
    ]
    assert taking_part(parts, {}).empty
