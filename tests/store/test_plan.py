"""The plan of the small snapshot: what is read, what it was on a day, what is computed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from observatory.config import Settings
from observatory.domain.plan import Initiative, Measure, Plan, tree
from observatory.domain.plan_as_of import as_of
from observatory.domain.plan_figures import inputs_of
from observatory.domain.plan_status import Assessment, assessments
from observatory.errors import StoreError
from observatory.ingest.build import build
from observatory.queries.network import all_events, all_participations
from observatory.queries.plan import events_until, participants, plan_on_record
from observatory.queries.plan_measures import computed_actuals
from observatory.store.warehouse import Store
from tests.facts import change_fact


def assessed(store: Store, day: date, *, illustrative: bool = True) -> dict[str, Assessment]:
    plan = as_of(plan_on_record(store), day, illustrative=illustrative)
    inputs = {one.measure_id: inputs_of(plan, one, day) for one in plan.measures}
    return assessments(tree(plan), inputs)


def test_the_plan_is_read_whole_and_in_the_order_of_its_files(store: Store) -> None:
    plan = plan_on_record(store)
    assert plan.plan_id == "small-2021-2023"
    assert (plan.starts_on, plan.ends_on) == (date(2021, 1, 1), date(2023, 12, 31))
    assert not plan.is_official  # it says whose frame it is
    assert list(tree(plan)) == [
        "plan", "O1", "O2", "O1.1", "O2.1", "O2.2", "congress", "course", "air", "idle",
        "congress-cities", "course-people", "air-particles", "air-budget", "ties",
    ]  # fmt: skip
    assert [one.weight for one in plan.objectives] == [None, 3]
    assert [one.weight for one in plan.lines] == [None, None, 0]
    assert [len(part) for part in (plan.baselines, plan.targets, plan.milestones)] == [1, 3, 2]


def test_a_cell_is_read_as_what_it_means(store: Store) -> None:
    plan = plan_on_record(store)
    congress, course, air, idle = plan.initiatives
    assert congress.cities == ("guangzhou",)
    assert congress.events == ("C1",)
    assert congress.sdgs == (11, 17)
    assert (congress.starts_on, congress.ends_on) == (date(2021, 11, 8), date(2021, 11, 13))
    assert (course.owner, course.themes, course.bodies) == ("", ("people",), ())
    assert (air.events, air.weight, air.ends_on) == (("P1", "W1"), 2, None)
    assert (idle.cities, idle.events, idle.sdgs, idle.starts_on) == ((), (), (), None)
    undated = next(one for one in plan.actuals if one.period == "undated")
    assert (undated.on, undated.value, undated.relation) == (None, 22, "about")
    assert undated.known_on == date(2023, 5, 1)
    assert plan.measures[2].decimals == 1
    assert plan.statements[0].on == "2020-12-24"


def test_a_snapshot_without_a_plan_is_told(facts: Path, unbuilt: Settings) -> None:
    """Its files may be there with nothing in them."""
    for path in (facts / "plan").glob("*.csv"):
        path.write_text(path.read_text().splitlines()[0] + "\n")
    settings = replace(unbuilt, datasets_dir=facts)
    build(settings)
    store = Store(settings)
    with pytest.raises(StoreError, match="Expected a plan"):
        plan_on_record(store)
    store.close()


def test_a_figure_counts_from_the_day_it_is_known(store: Store) -> None:
    """The congress of November 2021 is known from its last day: 120 of 100 cities."""
    before = assessed(store, date(2021, 11, 29))
    after = assessed(store, date(2021, 11, 30))
    assert (before["congress-cities"].status, before["congress-cities"].reason) == (
        "unknown",
        "no_actual",
    )
    assert after["congress-cities"].status == "achieved"
    assert before["O1.1"].reason == "too_little_known"
    assert after["O1.1"].status == "achieved"


@pytest.mark.parametrize(
    ("day", "actual", "expected", "schedule", "status"),
    [
        # From 30 at the end of 2020 to 20 at the end of 2023, 1,095 days.
        (date(2021, 12, 30), None, None, None, "unknown"),
        (date(2021, 12, 31), 28, 30 - 10 / 3, 0.6, "off_pace"),  # 2 of 3.33
        (date(2022, 12, 31), 24, 30 - 20 / 3, 0.9, "off_pace"),  # 6 of 6.67
        (date(2024, 12, 30), 24, 30 - 20 / 3, 0.9, "off_pace"),  # 730 days old
        (date(2024, 12, 31), 24, 30 - 20 / 3, 0.9, "overdue"),
    ],
)
def test_less_is_better_is_told_day_by_day(
    store: Store,
    day: date,
    actual: float | None,
    expected: float | None,
    schedule: float | None,
    status: str,
) -> None:
    found = assessed(store, day)["air-particles"]
    assert found.inputs is not None
    assert (found.inputs.actual.value if found.inputs.actual else None) == actual
    assert found.status == status
    for own, by_hand in ((found.expected, expected), (found.schedule, schedule)):
        assert own == (None if by_hand is None else pytest.approx(by_hand))


def test_figures_that_add_up_are_held_against_a_path_from_nothing(store: Store) -> None:
    """500 people were taught before the plan; 100 in 2021 and over 80 in 2022, of 300."""
    first = assessed(store, date(2021, 12, 31))["course-people"]
    second = assessed(store, date(2022, 12, 31))["course-people"]
    assert first.expected == pytest.approx(300 * 364 / 1094)
    assert (first.status, first.schedule) == ("on_track", pytest.approx(100 / (300 * 364 / 1094)))
    assert second.schedule == pytest.approx(180 / (300 * 729 / 1094))
    assert (second.status, second.has_illustrative) == ("off_pace", True)
    assert second.inputs is not None
    assert second.inputs.relation == "over"


def test_every_level_is_rolled_up_by_weight(store: Store) -> None:
    found = assessed(store, date(2022, 12, 31))
    assert {key: (one.status, one.score) for key, one in found.items() if one.inputs is None} == {
        "congress": ("achieved", 1),
        "O1.1": ("achieved", 1),
        "O1": ("on_track", 1),  # the line is achieved, its own measure has no target
        "course": ("off_pace", 0.5),
        "air": ("off_pace", 0.5),  # the budget, of no direction, has no weight
        "O2.1": ("off_pace", 0.5),
        "idle": ("unknown", None),
        "O2.2": ("unknown", None),
        "O2": ("off_pace", 0.5),  # the second line has no weight
        "plan": ("off_pace", 0.625),  # (1 x 1 + 3 x 0.5) / 4
    }
    assert found["idle"].reason == "nothing_below"
    assert found["O1"].known_share == 0.5
    assert found["plan"].has_illustrative


def test_without_our_targets_only_what_others_set_counts(store: Store) -> None:
    found = assessed(store, date(2022, 12, 31), illustrative=False)
    assert found["course-people"].reason == "no_target"
    assert found["O2.1"].known_share == pytest.approx(2 / 3)  # the air weighs 2, the course 1
    assert not any(one.has_illustrative for one in found.values())


def test_members_take_part_by_the_sources_of_an_initiative_and_by_its_events(
    store: Store,
) -> None:
    parts = all_participations(store)
    of = {
        one.initiative_id: participants(one, parts).to_dict("split")["data"]
        for one in plan_on_record(store).initiatives
    }
    assert of == {
        "congress": [["guangzhou", "C1"]],
        "course": [["guangzhou", "L1"], ["montreal", "L1"]],
        "air": [
            ["barcelona-amb", "W1"],
            ["berlin", "P1;W1"],
            ["medellin", "P1;W1"],
            ["montreal", "P1"],
        ],
        "idle": [],
    }
    alone = Initiative("x", "O1.1", "X", "project", cities=("abuja", "berlin"), events=("W1",))
    assert participants(alone, parts, events=[]).to_dict("split")["data"] == [
        ["abuja", ""],
        ["berlin", ""],
    ]


def test_events_of_an_initiative_are_those_that_had_begun(store: Store) -> None:
    _congress, course, air, idle = plan_on_record(store).initiatives
    events = all_events(store)
    assert events_until(air, events, 2016) == []
    assert events_until(air, events, 2017) == ["P1"]
    assert sorted(events_until(air, events, 2021)) == ["P1", "W1"]
    assert events_until(course, events, 1990) == ["L1"]  # its year is not known
    assert events_until(idle, events, 2030) == []


def computed(store: Store, name: str) -> list[tuple[str, float]]:
    measure = Measure("m", "plan", "M", "", "up", computed=name)
    plan = Plan("p", "P", date(2021, 1, 1), date(2023, 12, 31), measures=(measure,))
    found = computed_actuals(store, plan)
    assert all(one.known_on == one.on and one.relation == "exact" for one in found)
    return [(one.period, one.value or 0.0) for one in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Strong events: P1 2017 to 2019, I1 2020, W1 2021 to 2022; L1 has no year.
        ("members_cooperating:", [3, 3, 5, 6, 5, 3]),
        ("members_cooperating:Europe", [1, 1, 2, 3, 3, 2]),
        ("members_cooperating:Africa", [0, 0, 0, 0, 0, 0]),
        # Ties of P1: 3 across regions; of I1: 1 across; of W1: 2 new, 1 within Europe.
        ("between_regions", [100, 100, 100, 100 * 5 / 6, 75, 100 * 2 / 3]),
    ],
)
def test_what_the_network_says_is_counted_for_three_years_up_to_each(
    store: Store, name: str, expected: list[float]
) -> None:
    found = computed(store, name)
    assert [period for period, _value in found] == ["2018", "2019", "2020", "2021", "2022", "2023"]
    assert [value for _period, value in found] == pytest.approx(expected)


def test_a_year_in_which_no_event_began_has_no_new_ties_and_no_figure(store: Store) -> None:
    """2020: Barcelona with Córdoba; 2021: the area of Barcelona with two, who knew each other."""
    assert computed(store, "new_ties") == [("2020", 1), ("2021", 2)]


def test_members_with_a_published_plan_or_a_target_of_zero_are_shares_of_those_with_an_entry(
    store: Store,
) -> None:
    assert computed(store, "share:climate_plan_published") == [("2022", pytest.approx(200 / 3))]
    assert computed(store, "share:climate_target_type") == [("2022", 100)]
    assert computed(store, "share:no2_measured_ug_per_m3") == []


def test_members_are_counted_by_the_evidence_of_their_seats(store: Store) -> None:
    day = store.publication().published_at[:10]
    assert computed(store, "evidence:A") == [(day, 8)]
    assert computed(store, "evidence:ABC") == [(day, 10)]
    assert computed(store, "evidence:C") == [(day, 0)]


def test_coverage_is_of_all_cells_that_could_hold_a_figure(store: Store) -> None:
    """5 indicators of 12 members; population of 6, particles of 5, two pledges of 3."""
    assert [value for _day, value in computed(store, "coverage")] == pytest.approx([100 * 17 / 60])


def test_sources_are_fresh_by_their_own_rhythm(facts: Path, unbuilt: Settings) -> None:
    """Of three with figures one brings out no more editions, one is late: one of two is current."""
    today = datetime.now(UTC).date()
    day = "looked_on = 2026-11-22"
    parts = (facts / "sources.toml").read_text().split("\n[")
    parts[0] = parts[0].replace(day, f"looked_on = {today}")
    parts[1] = parts[1].replace("rhythm_months = 12", "rhythm_months = 0")
    parts[2] = parts[2].replace(day, "looked_on = 2001-01-01")
    (facts / "sources.toml").write_text("\n[".join(parts))
    settings = replace(unbuilt, datasets_dir=facts)
    build(settings)
    store = Store(settings)
    assert [value for _day, value in computed(store, "freshness")] == [50]
    store.close()


def test_a_computation_that_there_is_not_is_told(facts: Path, unbuilt: Settings) -> None:
    change_fact(facts, "plan/measures.csv", ",new_ties,", ",new_tyes,")
    settings = replace(unbuilt, datasets_dir=facts)
    build(settings)
    store = Store(settings)
    with pytest.raises(StoreError, match="for the measure ties, found 'new_tyes'"):
        plan_on_record(store)
    store.close()
