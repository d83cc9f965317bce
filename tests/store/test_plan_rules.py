"""Each rule of the plan's tables, broken once: the build tells file, row and column."""

from dataclasses import replace
from pathlib import Path

import pytest

from observatory.config import Settings
from observatory.errors import DatasetError, Problem
from observatory.ingest.build import check
from tests.facts import change_fact


def problems(facts: Path, unbuilt: Settings, *changes: tuple[str, str, str]) -> list[Problem]:
    for name, before, after in changes:
        change_fact(facts, f"plan/{name}.csv", before, after)
    with pytest.raises(DatasetError) as caught:
        check(replace(unbuilt, datasets_dir=facts))
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("name", "before", "after", "row", "column", "rule"),
    [
        # across tables
        ("measures", ",air,Particles", ",fire,Particles", 4, "node_id", "plan, or the id of"),
        ("milestones", ",air,Report", ",fire,Report", 3, "node_id", "plan, or the id of"),
        ("measures", "ties,O1,", "idle,O1,", 6, "measure_id", "an id that no objective"),
        ("measures", "ties,O1,", "plan,O1,", 6, "measure_id", "an id that no objective"),
        ("initiatives", "idle,O2.2", "plan,O2.2", 5, "id", "an id that is not plan"),
        ("initiatives", ",guangzhou,C1", ",atlantis,C1", 2, "cities", "ids of members"),
        ("initiatives", ",guangzhou,C1", ",guangzhou;;berlin,C1", 2, "cities", "ids of members"),
        ("initiatives", ",P1;W1,", ",P1;W9,", 4, "events", "ids of events"),
        ("initiatives", ",L1,people,", ",L1,folk,", 3, "themes", "themes of the catalogue"),
        ("initiatives", ",air and emissions,", ",air;people,", 4, "themes", "themes of the cat"),
        ("initiatives", ",11;17,", ",11;18,", 2, "sdgs", "numbers from 1 to 17"),
        ("initiatives", ",11;17,", ",11;water,", 2, "sdgs", "numbers from 1 to 17"),
        ("initiatives", ",2021-11-13,", ",2021-11-07,", 2, "ends_on", "not before starts_on"),
        ("plans", ",2023-12-31,", ",2020-12-31,", 2, "ends_on", "not before starts_on"),
        ("actuals", ",,22,about", ",,,about", 9, "value", "no figure where it is in words"),
        ("actuals", ",100,exact", ",100,words", 4, "value", "no figure where it is in words"),
        # references and keys
        ("lines", "O2.2,O2,", "O2.2,O9,", 4, "objective_id", "a known objective_id"),
        ("initiatives", "idle,O2.2,", "idle,O9.9,", 5, "line_id", "a known line_id"),
        ("targets", "air-particles,", "air-dust,", 4, "measure_id", "a known measure_id"),
        ("baselines", "congress-cities,", "congress,", 2, "measure_id", "a known measure_id"),
        ("actuals", "air-budget,", "air-cost,", 10, "measure_id", "a known measure_id"),
        # columns
        ("initiatives", ",congress,Guang", ",party,Guang", 2, "kind", "one of congress"),
        ("initiatives", ",under_way,", ",busy,", 4, "stage", "one of planned"),
        ("initiatives", ",2,https", ",heavy,https", 4, "weight", "a number from 0 to 1000"),
        ("objectives", ",3,", ",-1,", 3, "weight", "a number from 0 to 1000"),
        ("measures", ",down,", ",sideways,", 4, "polarity", "one of up, down, neutral"),
        ("measures", ",Outcome,level", ",Result,level", 4, "value_chain_stage", "one of Input"),
        ("measures", ",cumulative,", ",heaped,", 3, "accumulation", "one of level"),
        ("measures", "periodic,,36,", "periodic,,0,", 2, "rhythm_months", "a whole number of mon"),
        ("measures", "level,,12,1,", "level,,12,9,", 4, "decimals", "a whole number from 0 to 6"),
        ("actuals", ",over,over 80", ",above,over 80", 5, "relation", "one of exact"),
        ("actuals", ",2023-05-01,", ",May 2023,", 9, "known_on", "a day like"),
        ("targets", ",adopted,", ",wished,", 4, "standing", "one of official"),
        ("targets", "2023-12-31,100", "2023-12-32,100", 2, "on_date", "a day like"),
        ("milestones", ",2022-06-30,", ",30 June,", 3, "due_on", "a day like"),
        ("statements", "plan,Twelve", ",Twelve", 2, "topic", "a value"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told_with_its_place(  # noqa: PLR0913, PLR0917 - a row of the table
    facts: Path,
    unbuilt: Settings,
    name: str,
    before: str,
    after: str,
    row: int,
    column: str,
    rule: str,
) -> None:
    found = problems(facts, unbuilt, (name, before, after))
    told = [one for one in found if (one.file, one.column) == (f"plan/{name}.csv", column)]
    assert [one.row for one in told] == [row]
    assert rule in told[0].rule


def test_an_id_of_two_levels_is_told_at_both(facts: Path, unbuilt: Settings) -> None:
    found = problems(facts, unbuilt, ("lines", "O2.2,", "O1,"), ("initiatives", ",O2.2,", ",O1,"))
    assert [(one.file, one.row, one.column) for one in found] == [
        ("plan/lines.csv", 4, "id"),
        ("plan/objectives.csv", 2, "id"),
    ]


def test_there_is_one_plan(facts: Path, unbuilt: Settings) -> None:
    path = facts / "plan" / "plans.csv"
    second = path.read_text().splitlines()[1].replace("small-", "other-")
    path.write_text(f"{path.read_text()}{second}\n")
    found = problems(facts, unbuilt)
    assert [(one.file, one.row, one.column) for one in found] == [("plan/plans.csv", 3, "plan_id")]
    assert "one plan" in found[0].rule


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("objectives", "objective_id"),
        ("lines", "line_id"),
        ("initiatives", "initiative_id"),
        ("milestones", "milestone_id"),
        ("measures", "measure_id"),
        ("baselines", "measure_id"),
        ("targets", "measure_id, on_date, standing"),
        ("actuals", "measure_id, period"),
        ("statements", "topic, words"),
    ],
)
def test_a_row_told_twice_is_told_at_both(
    facts: Path, unbuilt: Settings, name: str, key: str
) -> None:
    path = facts / "plan" / f"{name}.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n")
    found = problems(facts, unbuilt)
    assert [(one.row, one.column) for one in found] == [(2, key), (len(lines) + 1, key)]
    assert "each key once" in found[0].rule


def test_every_problem_is_told_at_once_and_an_empty_id_hides_none(
    facts: Path, unbuilt: Settings
) -> None:
    found = problems(
        facts,
        unbuilt,
        ("initiatives", "idle,O2.2", ",O2.2"),
        ("measures", ",air,Particles", ",fire,Particles"),
        ("targets", ",adopted,", ",wished,"),
    )
    assert {(one.file, one.row, one.column) for one in found} == {
        ("plan/initiatives.csv", 5, "initiative_id"),
        ("plan/measures.csv", 4, "node_id"),
        ("plan/targets.csv", 4, "standing"),
    }
