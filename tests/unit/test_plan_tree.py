"""The tree of a plan, and the plan as it was known on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.plan import (
    Actual,
    Baseline,
    Decision,
    Initiative,
    Line,
    Measure,
    Milestone,
    Objective,
    Outlook,
    Plan,
    Risk,
    Target,
    measures_below,
    path_to,
    tree,
)
from observatory.domain.plan_as_of import as_of

FIRST = date(2021, 1, 1)


def plan() -> Plan:
    return Plan(
        plan_id="p",
        title="Plan",
        starts_on=FIRST,
        ends_on=date(2023, 12, 31),
        objectives=(Objective("O1", "One", weight=2), Objective("O2", "Two")),
        lines=(Line("O1.1", "O1", "Line"), Line("O2.1", "O2", "Other line", weight=0)),
        initiatives=(
            Initiative("run", "O1.1", "Run", "project"),
            Initiative("walk", "O1.1", "Walk", "project"),
        ),
        measures=(
            Measure("steps", "walk", "Steps", "steps", "up"),
            Measure("miles", "run", "Miles", "miles", "up"),
            Measure("members", "plan", "Members", "members", "up"),
            Measure("pairs", "O1", "Pairs", "pairs", "up"),
        ),
    )


def test_a_tree_has_every_node_in_order_lower_levels_before_own_measures() -> None:
    nodes = tree(plan())
    assert list(nodes) == [
        "plan", "O1", "O2", "O1.1", "O2.1", "run", "walk", "steps", "miles", "members", "pairs",
    ]  # fmt: skip
    assert nodes["plan"].children == ("O1", "O2", "members")
    assert nodes["O1"].children == ("O1.1", "pairs")
    assert nodes["O2.1"].children == ()
    assert [nodes[key].weight for key in ("plan", "O1", "O2", "O2.1")] == [None, 2, None, 0]
    assert {nodes[key].kind for key in nodes} == {
        "plan", "objective", "line", "initiative", "measure",
    }  # fmt: skip


def test_measures_below_are_in_the_order_of_the_tree() -> None:
    nodes = tree(plan())
    assert measures_below(nodes, "plan") == ("miles", "steps", "pairs", "members")
    assert measures_below(nodes, "walk") == ("steps",)
    assert measures_below(nodes, "steps") == ("steps",)
    assert measures_below(nodes, "O2") == ()


def test_the_path_to_a_node_begins_at_the_plan() -> None:
    nodes = tree(plan())
    path = path_to(nodes, "steps")
    assert [one.node_id for one in path] == ["plan", "O1", "O1.1", "walk", "steps"]
    assert [one.node_id for one in path_to(nodes, "plan")] == ["plan"]


@pytest.mark.parametrize("node_id", ["O1", "O1.1", "run", "miles", "plan"])
def test_an_id_used_twice_is_refused_whatever_it_names(node_id: str) -> None:
    twice = (*plan().measures, Measure(node_id, "run", "Again", "", "up"))
    with pytest.raises(ValueError, match=f"ids used once, found twice: {node_id}$"):
        tree(replace(plan(), measures=twice))


@pytest.mark.parametrize("above", ["nowhere", "", "miles"])
def test_what_hangs_on_no_node_or_on_a_measure_is_refused(above: str) -> None:
    loose = (*plan().measures, Measure("loose", above, "Loose", "", "up"))
    with pytest.raises(ValueError, match=f"a node above loose, found '{above}'"):
        tree(replace(plan(), measures=loose))


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def actual(days: int, value: float = 1) -> Actual:
    return Actual("miles", f"day {days}", on(days), value, "exact", str(value), on(days))


def test_what_became_known_later_is_left_out_and_the_day_itself_counts() -> None:
    known = replace(
        plan(),
        baselines=(Baseline("miles", FIRST, 0, on(5)),),
        targets=(Target("miles", on(900), 9, "official", on(5)),),
        actuals=(actual(5), actual(6)),
        outlooks=(Outlook("miles", on(900), 9, on(5), "Ada"),),
        risks=(Risk("r", "run", "Rain", 1, 1, on(5)),),
        decisions=(Decision("d", "run", "Go", "Ada", on(5)),),
        milestones=(Milestone("told", "run", "Told", None, known_on=on(5)),),
    )
    names = ("baselines", "targets", "outlooks", "risks", "decisions", "milestones")
    before, after = as_of(known, on(4)), as_of(known, on(5))
    assert [getattr(before, name) for name in (*names, "actuals")] == [()] * 7
    assert [len(getattr(after, name)) for name in names] == [1] * 6
    assert after.actuals == (actual(5),)


def test_a_decision_stands_as_it_stood_on_the_day() -> None:
    done = Decision(
        "d", "run", "Go", "Ada", on(5), state="done", seen_as_of=on(5), settled_on=on(9)
    )
    known = replace(plan(), decisions=(done,))
    assert as_of(known, on(8)).decisions == (replace(done, state="open", settled_on=None),)
    assert as_of(known, on(9)).decisions == (done,)


def test_what_a_later_meeting_decides_of_a_day_is_with_that_day_alone() -> None:
    looked_back = Decision("d", "run", "Go", "Ada", on(50), seen_as_of=on(5))
    known = replace(plan(), decisions=(looked_back,))
    told = {days: len(as_of(known, on(days)).decisions) for days in (4, 5, 6, 49, 50)}
    assert told == {4: 0, 5: 1, 6: 0, 49: 0, 50: 1}


def test_illustrative_targets_go_with_one_switch() -> None:
    ours = Target("miles", on(900), 9, "illustrative", FIRST)
    theirs = Target("miles", on(900), 8, "official", FIRST)
    both = replace(plan(), targets=(ours, theirs))
    assert as_of(both, FIRST).targets == (ours, theirs)
    assert as_of(both, FIRST, illustrative=False).targets == (theirs,)


def test_the_stage_told_last_by_a_day_stands() -> None:
    told = Initiative(
        "run", "O1.1", "Run", "project", stage="planned",
        stages=((on(10), "under_way"), (on(20), "done")),
    )  # fmt: skip
    one = replace(plan(), initiatives=(told,))
    stages = [as_of(one, on(days)).initiatives[0].stage for days in (9, 10, 19, 20, 99)]
    assert stages == ["planned", "under_way", "under_way", "done", "done"]


def test_a_milestone_is_not_done_before_its_day_and_the_one_told_last_stands() -> None:
    first = Milestone("m", "run", "Report", due_on=on(30), done_on=on(40))
    again = Milestone("m", "run", "Report", due_on=on(35), done_on=on(36), known_on=on(50))
    one = replace(plan(), milestones=(first, again))
    assert as_of(one, on(39)).milestones == (replace(first, done_on=None),)
    assert as_of(one, on(49)).milestones == (first,)
    assert as_of(one, on(50)).milestones == (again,)


def test_a_risk_told_again_replaces_the_one_before() -> None:
    risk = Risk("r", "run", "Rain", 4, 2, on(1))
    closed = replace(risk, is_open=False, known_on=on(9))
    one = replace(plan(), risks=(risk, closed))
    assert as_of(one, on(8)).risks == (risk,)
    assert as_of(one, on(9)).risks == (closed,)


DAYS = st.integers(0, 60)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    some = st.lists(DAYS, max_size=5)
    ids = st.sampled_from(["a", "b"])
    return replace(
        plan(),
        actuals=tuple(actual(days) for days in draw(some)),
        targets=tuple(
            Target("miles", on(900), 1, standing, on(days))
            for days in draw(some)
            for standing in ("official", "illustrative")
        ),
        baselines=tuple(Baseline("miles", FIRST, 0, on(days)) for days in draw(some)),
        decisions=tuple(
            Decision(str(n), "run", "Go", "Ada", on(days)) for n, days in enumerate(draw(some))
        ),
        outlooks=tuple(Outlook("miles", on(900), 1, on(days), "Ada") for days in draw(some)),
        risks=tuple(Risk(draw(ids), "run", "Rain", 1, 1, on(days)) for days in draw(some)),
        milestones=tuple(
            Milestone(draw(ids), "run", "M", None, known_on=on(days)) for days in draw(some)
        ),
    )


@given(plans(), DAYS, DAYS, st.sampled_from(["with ours", "without"]))
def test_a_later_day_never_loses_facts(one: Plan, first: int, second: int, switch: str) -> None:
    """Facts stay; of risks and milestones that are told again, those of the same id."""
    early, late = (
        as_of(one, on(days), illustrative=switch == "with ours") for days in sorted((first, second))
    )
    for name in ("actuals", "targets", "baselines", "decisions", "outlooks"):
        assert [fact for fact in getattr(late, name) if fact in getattr(early, name)] == list(
            getattr(early, name)
        )
    assert {risk.risk_id for risk in early.risks} <= {risk.risk_id for risk in late.risks}
    assert {m.milestone_id for m in early.milestones} <= {m.milestone_id for m in late.milestones}


@given(plans(), DAYS, DAYS)
def test_cutting_twice_is_cutting_at_the_earlier_day(one: Plan, first: int, second: int) -> None:
    twice = as_of(as_of(one, on(first)), on(second))
    once = as_of(one, on(min(first, second)))
    for name in ("actuals", "targets", "baselines", "decisions", "outlooks"):
        assert getattr(twice, name) == getattr(once, name)


@given(st.permutations([(30, "done"), (10, "planned"), (20, "under_way")]))
def test_the_order_in_which_things_were_put_on_record_does_not_matter(
    told: list[tuple[int, str]],
) -> None:
    """What became known last stands, wherever it is listed."""
    one = replace(
        plan(),
        initiatives=(
            replace(plan().initiatives[0], stages=tuple((on(days), word) for days, word in told)),
        ),
        risks=tuple(Risk("r", "run", word, 1, 1, on(days)) for days, word in told),
        milestones=tuple(
            Milestone("m", "run", word, None, known_on=on(days)) for days, word in told
        ),
    )
    found = as_of(one, on(25))
    assert found.initiatives[0].stage == "under_way"
    assert [risk.title for risk in found.risks] == ["under_way"]
    assert [milestone.title for milestone in found.milestones] == ["under_way"]
