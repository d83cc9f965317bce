"""The rule of status, branch by branch and by hand, and what holds whatever the figures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.plan import Node
from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    POINTS,
    RULE_VERSION,
    UNKNOWN,
    Assessment,
    CutPoints,
    Inputs,
    Point,
    assessments,
    expected_value,
    is_overdue,
    measure_status,
    rolled_up,
)

START, END = date(2021, 1, 1), date(2023, 1, 1)  # 730 days apart
HALF_WAY = date(2022, 1, 1)  # 365 days after the start
RANK = {UNKNOWN: 0, OVERDUE: 0, LATE: 1, OFF_PACE: 2, ON_TRACK: 3, ACHIEVED: 4}

Parts = list[tuple[str, float | None, str]]


def inputs(  # noqa: PLR0913 - what a status follows from
    baseline: float | None,
    target: float | None,
    actual: float | None,
    *,
    polarity: str = "up",
    on: date = HALF_WAY,
    as_of: date | None = None,
    relation: str = "exact",
    standing: str = "official",
) -> Inputs:
    """A way of two years; the figure is half-way unless said otherwise."""
    return Inputs(
        as_of=as_of or on,
        polarity=polarity,
        rhythm_months=12,
        baseline=None if baseline is None else Point(baseline, START),
        target=None if target is None else Point(target, END),
        actual=None if actual is None else Point(actual, on),
        standing=standing if target is not None else "",
        relation=relation,
    )


def told(given_inputs: Inputs) -> tuple[str, str]:
    found = measure_status("m", given_inputs)
    return found.status, found.reason


@pytest.mark.parametrize(
    ("polarity", "values", "expected", "schedule", "status"),
    [
        # From 0 to 100, half-way: E = 50, so S = A / 50.
        ("up", (0, 100, 100), 50, None, ACHIEVED),
        ("up", (0, 100, 120), 50, None, ACHIEVED),
        ("up", (0, 100, 60), 50, 1.2, ON_TRACK),
        ("up", (0, 100, 50), 50, 1.0, ON_TRACK),
        ("up", (0, 100, 47.5), 50, 0.95, ON_TRACK),
        ("up", (0, 100, 47.4), 50, 0.948, OFF_PACE),
        ("up", (0, 100, 30), 50, 0.6, OFF_PACE),
        ("up", (0, 100, 29.9), 50, 0.598, LATE),
        ("up", (0, 100, 0), 50, 0.0, LATE),
        ("up", (0, 100, -10), 50, -0.2, LATE),
        # From 200 down to 100, half-way: E = 150, so S = (200 - A) / 50.
        ("down", (200, 100, 100), 150, None, ACHIEVED),
        ("down", (200, 100, 90), 150, None, ACHIEVED),
        ("down", (200, 100, 152.5), 150, 0.95, ON_TRACK),
        ("down", (200, 100, 160), 150, 0.8, OFF_PACE),
        ("down", (200, 100, 170), 150, 0.6, OFF_PACE),
        ("down", (200, 100, 171), 150, 0.58, LATE),
        ("down", (200, 100, 210), 150, -0.2, LATE),
        # Negative figures are figures: from -200 up to -100.
        ("up", (-200, -100, -152.5), -150, 0.95, ON_TRACK),
    ],
)
def test_the_pace_against_a_straight_path_gives_the_status(
    polarity: str,
    values: tuple[float, float, float],
    expected: float,
    schedule: float | None,
    status: str,
) -> None:
    found = measure_status("m", inputs(*values, polarity=polarity))
    assert found.status == status
    assert found.reason == ("reached" if schedule is None else "pace")
    assert found.expected == pytest.approx(expected)
    assert found.schedule == (None if schedule is None else pytest.approx(schedule))
    assert found.rule_version == RULE_VERSION


def test_progress_is_the_share_of_the_way_and_may_pass_its_ends() -> None:
    assert measure_status("m", inputs(0, 100, 30)).progress == pytest.approx(0.3)
    assert measure_status("m", inputs(200, 100, 210, polarity="down")).progress == pytest.approx(
        -0.1
    )
    assert measure_status("m", inputs(0, 100, 150)).progress == pytest.approx(1.5)


def test_a_figure_after_the_target_day_is_held_against_the_target_itself() -> None:
    late = measure_status("m", inputs(0, 100, 90, on=END + timedelta(days=30)))
    assert (late.expected, late.schedule, late.status) == (100, pytest.approx(0.9), OFF_PACE)


def test_the_path_is_straight_and_is_held_at_its_ends() -> None:
    first, last = Point(10, START), Point(20, END)
    assert expected_value(first, last, START - timedelta(days=9)) == 10
    assert expected_value(first, last, START + timedelta(days=73)) == pytest.approx(11)
    assert expected_value(first, last, END + timedelta(days=9)) == 20
    assert expected_value(last, first, START) == 10  # the target is due before the baseline's day


@pytest.mark.parametrize(
    ("given_inputs", "reason"),
    [
        (inputs(0, 100, 50, polarity="neutral"), "no_direction"),
        (inputs(0, None, 50), "no_target"),
        (inputs(0, 100, None), "no_actual"),
        (inputs(None, None, None), "no_target"),
        (inputs(None, 100, 50), "no_baseline"),
        (inputs(None, 100, 150, polarity="down"), "no_baseline"),
        (inputs(0, 100, 50, on=START), "path_not_begun"),
        (inputs(0, 100, 50, on=START - timedelta(days=1)), "path_not_begun"),
    ],
)
def test_what_is_not_known_is_unknown_and_says_why(given_inputs: Inputs, reason: str) -> None:
    assert told(given_inputs) == (UNKNOWN, reason)


def test_a_target_can_be_reached_without_a_baseline_and_before_the_path_begins() -> None:
    assert told(inputs(None, 100, 100)) == (ACHIEVED, "reached")
    assert told(inputs(None, 100, 99, polarity="down")) == (ACHIEVED, "reached")
    assert told(inputs(0, 100, 100, on=START)) == (ACHIEVED, "reached")


@pytest.mark.parametrize(
    ("polarity", "values", "status", "reason"),
    [
        ("up", (100, 100, 100), ACHIEVED, "reached"),
        ("up", (100, 100, 110), ACHIEVED, "reached"),
        ("up", (100, 100, 99), LATE, "not_held"),
        ("down", (100, 100, 90), ACHIEVED, "reached"),
        ("down", (100, 100, 101), LATE, "not_held"),
        # A target on the worse side of the baseline: how far a measure may fall.
        ("up", (100, 90, 95), ACHIEVED, "reached"),
        ("up", (100, 90, 80), LATE, "not_held"),
        ("down", (100, 110, 105), ACHIEVED, "reached"),
        ("down", (100, 110, 130), LATE, "not_held"),
    ],
)
def test_a_level_to_be_held_is_held_or_not(
    polarity: str, values: tuple[float, float, float], status: str, reason: str
) -> None:
    found = measure_status("m", inputs(*values, polarity=polarity))
    assert (found.status, found.reason, found.schedule) == (status, reason, None)


@pytest.mark.parametrize(("actual", "share"), [(100, 1.0), (99, 0.0)])
def test_holding_a_level_is_the_whole_way_or_none_of_it(actual: float, share: float) -> None:
    assert measure_status("m", inputs(100, 100, actual)).progress == share


@pytest.mark.parametrize("relation", ["over", "at_least"])
def test_a_lower_bound_never_shows_more_than_is_known(relation: str) -> None:
    """More is better: the bound itself counts. Less is better: the truth may be worse."""
    assert told(inputs(0, 100, 100, relation=relation)) == (ACHIEVED, "reached")
    assert told(inputs(0, 100, 48, relation=relation)) == (ON_TRACK, "pace")
    for actual in (90, 100, 150, 160):  # exact, these were achieved, on track and off pace
        bound = inputs(200, 100, actual, polarity="down", relation=relation)
        assert told(bound) == (UNKNOWN, "bound")
    assert told(inputs(200, 100, 180, polarity="down", relation=relation)) == (LATE, "pace")
    held = inputs(100, 100, 90, polarity="down", relation=relation)
    assert told(held) == (UNKNOWN, "bound")
    missed = inputs(100, 100, 101, polarity="down", relation=relation)
    assert told(missed) == (LATE, "not_held")
    nothing_before = inputs(None, 100, 90, polarity="down", relation=relation)
    assert told(nothing_before)[0] == UNKNOWN


@pytest.mark.parametrize("relation", ["about", "derived"])
def test_figures_about_or_derived_count_as_they_are(relation: str) -> None:
    assert told(inputs(200, 100, 100, polarity="down", relation=relation))[0] == ACHIEVED


def test_a_figure_older_than_two_periods_is_overdue_and_keeps_what_it_was() -> None:
    """Twice 12 months are 730.5 days: 730 are allowed, 731 are not."""
    fresh = inputs(0, 100, 60, as_of=HALF_WAY + timedelta(days=730))
    assert (is_overdue(fresh), told(fresh)) == (False, (ON_TRACK, "pace"))
    for actual, before in ((100, ACHIEVED), (60, ON_TRACK), (40, OFF_PACE), (10, LATE)):
        old = inputs(0, 100, actual, as_of=HALF_WAY + timedelta(days=731))
        found = measure_status("m", old)
        assert (found.status, found.reason) == (OVERDUE, "too_old")
        assert found.before_overdue == before
        assert found.progress == pytest.approx(actual / 100)


def test_what_is_unknown_does_not_become_overdue() -> None:
    later = HALF_WAY + timedelta(days=5000)
    assert told(inputs(0, None, 10, as_of=later)) == (UNKNOWN, "no_target")
    assert not is_overdue(inputs(0, 100, None, as_of=later))


def test_a_target_reached_by_the_figure_of_its_day_stays_achieved() -> None:
    later = END + timedelta(days=5000)
    for baseline in (0, None):
        at_its_day = inputs(baseline, 100, 100, on=END, as_of=later)
        assert told(at_its_day) == (ACHIEVED, "reached")
        a_day_before = inputs(baseline, 100, 100, on=END - timedelta(days=1), as_of=later)
        assert told(a_day_before) == (OVERDUE, "too_old")
    assert told(inputs(0, 100, 99, on=END, as_of=later)) == (OVERDUE, "too_old")


@pytest.mark.parametrize(
    ("polarity", "accumulation", "status"),
    [
        ("up", "cumulative", ACHIEVED),
        ("down", "cumulative", OVERDUE),
        ("up", "periodic", OVERDUE),
        ("up", "level", OVERDUE),
    ],
)
def test_a_total_that_only_grows_cannot_lose_a_target(
    polarity: str, accumulation: str, status: str
) -> None:
    later = HALF_WAY + timedelta(days=5000)
    old = replace(inputs(50, 50, 50, polarity=polarity, as_of=later), accumulation=accumulation)
    assert told(replace(old, as_of=HALF_WAY)) == (ACHIEVED, "reached")
    assert told(old)[0] == status


def test_the_cut_points_are_settings() -> None:
    strict = CutPoints(on_track=1.1, off_pace=1.0, overdue_periods=0.5)
    assert measure_status("m", inputs(0, 100, 52), strict).status == OFF_PACE
    assert measure_status("m", inputs(0, 100, 49), strict).status == LATE
    soon = inputs(0, 100, 60, as_of=HALF_WAY + timedelta(days=183))
    assert measure_status("m", soon, strict).status == OVERDUE


def test_an_illustrative_target_marks_a_status_and_nothing_else() -> None:
    assert measure_status("m", inputs(0, 100, 50, standing="illustrative")).has_illustrative
    assert not measure_status("m", inputs(0, 100, 50)).has_illustrative
    unknown = measure_status("m", inputs(0, 100, None, standing="illustrative"))
    assert not unknown.has_illustrative


def parts_of(rows: Parts) -> list[tuple[str, float | None, Assessment]]:
    return [(key, weight, Assessment(key, status, "")) for key, weight, status in rows]


def node(*rows: tuple[float | None, str]) -> Assessment:
    numbered: Parts = [(f"c{n}", weight, status) for n, (weight, status) in enumerate(rows)]
    return rolled_up("n", parts_of(numbered))


@pytest.mark.parametrize(
    ("rows", "status", "score", "known"),
    [
        (((None, ACHIEVED), (None, ACHIEVED)), ACHIEVED, 1.0, 1.0),
        (((None, ACHIEVED), (None, ON_TRACK)), ON_TRACK, 1.0, 1.0),
        # Nothing counts as 1: (1 x 1 + 3 x 0.5) / 4 = 0.625.
        (((None, ON_TRACK), (3, OFF_PACE)), OFF_PACE, 0.625, 1.0),
        (((1, ON_TRACK), (1, LATE)), OFF_PACE, 0.5, 1.0),
        (((1, OFF_PACE), (1, LATE)), LATE, 0.25, 1.0),
        # (17 x 1 + 3 x 0) / 20 = 0.85, the cut itself; 16.9 of 20 is below it.
        (((17, ON_TRACK), (3, LATE)), ON_TRACK, 0.85, 1.0),
        (((16.9, ON_TRACK), (3.1, LATE)), OFF_PACE, 0.845, 1.0),
        # What is unknown or overdue gives no points, but is part of the whole.
        (((None, ACHIEVED), (None, UNKNOWN)), ON_TRACK, 1.0, 0.5),
        (((None, ON_TRACK), (None, OVERDUE)), ON_TRACK, 1.0, 0.5),
        (((2, LATE), (1, UNKNOWN)), LATE, 0.0, 2 / 3),
        # A weight of 0 leaves out, even what is unknown.
        (((0, LATE), (1, ACHIEVED)), ACHIEVED, 1.0, 1.0),
        (((0, UNKNOWN), (0.5, OFF_PACE)), OFF_PACE, 0.5, 1.0),
    ],
)
def test_points_by_weight_give_the_status_above(
    rows: tuple[tuple[float | None, str], ...], status: str, score: float, known: float
) -> None:
    found = node(*rows)
    assert (found.status, found.reason) == (status, "roll_up")
    assert found.score == pytest.approx(score)
    assert found.known_share == pytest.approx(known)


@pytest.mark.parametrize(
    ("rows", "reason", "known"),
    [
        ((), "nothing_below", None),
        (((0, ACHIEVED), (0, ON_TRACK)), "no_weight", None),
        (((None, UNKNOWN), (None, UNKNOWN)), "too_little_known", 0.0),
        (((None, UNKNOWN), (0, ACHIEVED)), "too_little_known", 0.0),
        (((None, OVERDUE),), "too_little_known", 0.0),
        (((1, ACHIEVED), (1.1, UNKNOWN)), "too_little_known", 1 / 2.1),
    ],
)
def test_a_node_of_which_too_little_is_known_has_no_status(
    rows: tuple[tuple[float | None, str], ...], reason: str, known: float | None
) -> None:
    found = node(*rows)
    assert (found.status, found.reason, found.score) == (UNKNOWN, reason, None)
    assert found.known_share == (None if known is None else pytest.approx(known))


def test_the_parts_are_told_with_the_weight_they_had() -> None:
    found = node((None, ACHIEVED), (0, LATE))
    assert found.parts == (("c0", 1.0, ACHIEVED), ("c1", 0, LATE))


def test_an_illustrative_target_marks_what_stands_above_it_where_it_counts() -> None:
    ours = Assessment("a", ON_TRACK, "pace", has_illustrative=True)
    theirs = Assessment("b", ON_TRACK, "pace")
    aged = replace(ours, status=OVERDUE)
    assert rolled_up("n", [("a", None, ours), ("b", None, theirs)]).has_illustrative
    assert not rolled_up("n", [("a", 0, ours), ("b", None, theirs)]).has_illustrative
    assert not rolled_up("n", [("a", None, aged), ("b", None, theirs)]).has_illustrative


def test_a_tree_is_settled_from_its_measures_up() -> None:
    nodes = {
        "plan": Node("plan", "plan", "Plan", "", None, ("O1", "O2")),
        "O1": Node("O1", "objective", "One", "plan", None, ("m1", "m2")),
        "O2": Node("O2", "objective", "Two", "plan", 3, ("m3",)),
        "m1": Node("m1", "measure", "", "O1", None),
        "m2": Node("m2", "measure", "", "O1", None),
        "m3": Node("m3", "measure", "", "O2", None),
    }
    figures = {"m1": inputs(0, 100, 60), "m2": inputs(0, 100, 40), "m3": inputs(0, 100, 0)}
    found = assessments(nodes, figures)
    assert list(found) == list(nodes)
    assert {key: one.status for key, one in found.items()} == {
        "plan": LATE,  # by the points of its objectives: (1 x 0.5 + 3 x 0) / 4 = 0.125
        "O1": OFF_PACE,  # (1 + 0.5) / 2 = 0.75
        "O2": LATE,
        "m1": ON_TRACK,
        "m2": OFF_PACE,
        "m3": LATE,
    }
    assert found["plan"].score == pytest.approx(0.125)


# Whole numbers and halves keep the arithmetic exact, so that no example lies beside a cut point
# by rounding alone.
FIGURES = st.integers(-400, 400).map(lambda one: one / 2)
DAYS = st.integers(-100, 900).map(lambda days: START + timedelta(days=days))


@st.composite
def any_inputs(draw: st.DrawFn) -> Inputs:
    on = draw(DAYS)
    return inputs(
        draw(st.none() | FIGURES),
        draw(st.none() | FIGURES),
        draw(st.none() | FIGURES),
        polarity=draw(st.sampled_from(["up", "down", "neutral"])),
        on=on,
        as_of=on + timedelta(days=draw(st.integers(0, 1500))),
        relation=draw(st.sampled_from(["exact", "over", "at_least", "about", "derived"])),
    )


def with_values(given_inputs: Inputs, factor: float, **changes: str) -> Inputs:
    points = {
        name: None if point is None else Point(point.value * factor, point.on)
        for name, point in (
            ("baseline", given_inputs.baseline),
            ("target", given_inputs.target),
            ("actual", given_inputs.actual),
        )
    }
    return replace(given_inputs, **points, **changes)


@given(any_inputs(), st.sampled_from([0.001, 0.1, 3, 1000, 1e6]))
def test_a_status_does_not_depend_on_the_unit(given_inputs: Inputs, factor: float) -> None:
    assert told(with_values(given_inputs, factor)) == told(given_inputs)


@given(any_inputs())
def test_a_status_is_mirrored_by_the_polarity(given_inputs: Inputs) -> None:
    exact = replace(given_inputs, relation="exact")  # a lower bound has a direction of its own
    other = {"up": "down", "down": "up", "neutral": "neutral"}[exact.polarity]
    assert told(with_values(exact, -1, polarity=other)) == told(exact)


@given(any_inputs(), st.integers(1, 400))
def test_a_better_figure_never_gives_a_worse_status(given_inputs: Inputs, more: int) -> None:
    if given_inputs.actual is None:
        return
    given_inputs = replace(given_inputs, relation="exact")
    sign = -1 if given_inputs.polarity == "down" else 1
    better = replace(
        given_inputs,
        actual=Point(given_inputs.actual.value + sign * more / 2, given_inputs.actual.on),
    )
    assert RANK[told(better)[0]] >= RANK[told(given_inputs)[0]]


@given(any_inputs())
def test_a_lower_bound_where_less_is_better_never_stands_better_than_an_exact_figure(
    given_inputs: Inputs,
) -> None:
    bound = replace(given_inputs, polarity="down", relation="over")
    exact = replace(bound, relation="exact")
    assert RANK[told(bound)[0]] <= RANK[told(exact)[0]]


@given(any_inputs())
def test_a_figure_worse_than_baseline_and_target_never_shows_as_good(given_inputs: Inputs) -> None:
    points = (given_inputs.baseline, given_inputs.target, given_inputs.actual)
    if given_inputs.polarity == "neutral" or None in points:
        return
    sign = -1 if given_inputs.polarity == "down" else 1
    baseline, target, actual = (sign * point.value for point in points if point is not None)
    if actual < min(baseline, target):
        assert RANK[told(given_inputs)[0]] <= RANK[LATE]


@given(FIGURES, FIGURES, st.integers(1, 730))
def test_on_the_path_the_pace_is_one(baseline: float, target: float, days: int) -> None:
    on = START + timedelta(days=days)
    value = expected_value(Point(baseline, START), Point(target, END), on)
    polarity = "up" if target >= baseline else "down"
    found = measure_status("m", inputs(baseline, target, value, polarity=polarity, on=on))
    if baseline == target or days == 730:
        assert found.status == ACHIEVED
    else:
        assert found.schedule == pytest.approx(1)
        assert found.status == ON_TRACK


STATUSES = st.sampled_from(sorted({*POINTS, UNKNOWN, OVERDUE}))
WEIGHTS = st.none() | st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0])
CHILDREN = st.lists(st.tuples(WEIGHTS, STATUSES), max_size=6)


@given(CHILDREN, WEIGHTS, st.sampled_from([UNKNOWN, OVERDUE]))
def test_a_child_without_a_status_never_improves_its_parent(
    children: list[tuple[float | None, str]], weight: float | None, status: str
) -> None:
    before, after = node(*children), node(*children, (weight, status))
    assert RANK[after.status] <= RANK[before.status]


@given(CHILDREN, STATUSES)
def test_a_child_of_no_weight_changes_nothing(
    children: list[tuple[float | None, str]], status: str
) -> None:
    before, after = node(*children), node(*children, (0, status))
    assert after.status == before.status
    assert (after.score, after.known_share) == (before.score, before.known_share)


@given(CHILDREN, st.data())
def test_the_order_of_the_children_does_not_matter(
    children: list[tuple[float | None, str]], data: st.DataObject
) -> None:
    assert node(*data.draw(st.permutations(children))).status == node(*children).status


@given(CHILDREN, st.sampled_from([0.5, 2, 8]))
def test_only_the_proportion_of_weights_matters(
    children: list[tuple[float | None, str]], factor: float
) -> None:
    scaled = [((1.0 if weight is None else weight) * factor, status) for weight, status in children]
    assert node(*scaled).status == node(*children).status
