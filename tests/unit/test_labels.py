from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from observatory.views.figures.labels import _box, overlap, placed_labels
from observatory.views.figures.network_names import (
    DESK,
    LED,
    PHONE,
    Mark,
    Plane,
    Screen,
    name_annotation,
    placed_names,
)
from observatory.views.theme import LIGHT

FLAT = Plane((0, 200), (0, 100), is_map=False)
points = st.lists(
    st.tuples(st.floats(0, 900), st.floats(0, 470), st.text("abcdefgh ", min_size=1, max_size=30)),
    max_size=20,
)


def test_a_name_stands_right_of_its_point_and_left_where_there_is_no_room() -> None:
    placed = placed_labels([(10, 50, "Berlin"), (890, 100, "Berlin")], 900, 470)
    assert placed == [(0, "right"), (1, "left")]


def test_a_name_that_would_cover_another_is_left_out() -> None:
    placed = placed_labels([(450, 50, "Here"), (452, 52, "Here"), (451, 51, "Here")], 900, 470)
    assert placed == [(0, "right"), (1, "left")]


@given(points)
def test_no_two_namesoverlap_and_none_leaves_the_drawing(
    given_points: list[tuple[float, float, str]],
) -> None:
    placed = placed_labels(given_points, 900, 470)
    boxes = [_box(*given_points[at], side) for at, side in placed]
    for at, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 900
        assert not any(overlap(box, other) for other in boxes[:at])


def test_a_name_stands_where_it_covers_no_mark() -> None:
    screen = Screen(200, 100, 1.0, 9, 12)
    marks = [Mark(100, 50, 10, "Here"), Mark(125, 50, 10, "East"), Mark(75, 50, 10, "West")]
    placed = dict(placed_names(marks, [0, 1, 2], screen, FLAT))
    assert placed == {0: "above", 1: "right", 2: "left"}


def test_a_name_without_room_is_left_out() -> None:
    screen = Screen(200, 100, 1.0, 9, 12)
    ring = [Mark(100 + x, 50 + y, 9, "") for x in (-20, 0, 20) for y in (-20, 0, 20) if x or y]
    marks = [Mark(100, 50, 9, "Amid"), *ring]
    assert placed_names(marks, [0], screen, FLAT) == []
    here = placed_names(marks, [0], screen, FLAT, [0])
    assert here == [(0, "right")]


def test_a_line_leads_past_other_marks_to_the_name_of_a_large_one() -> None:
    screen, plane = Screen(400, 200, 1.0, 20, 12), Plane((0, 400), (0, 200), is_map=False)
    around = [(-30, 0), (30, 0), (0, -30), (0, 30)]
    marks = [Mark(200, 100, 9, "Santiago Metropolitan Region")]
    marks += [Mark(200 + x, 100 + y, 9, "") for x, y in around]
    ((at, stand),) = placed_names(marks, [0], screen, plane)
    assert at == 0
    assert not isinstance(stand, str)
    points = [(step / 20 * stand[0], step / 20 * stand[1]) for step in range(21)]
    assert min(hypot(x - left, y - top) for x, y in points for left, top in around) > 9
    shown = name_annotation(marks[0], stand, screen, LIGHT)
    assert (shown["showarrow"], shown["standoff"], shown["ax"]) == (True, 9, stand[0])


def test_only_the_names_wanted_most_are_led_to() -> None:
    screen, plane = Screen(4000, 200, 1.0, 20, 12), Plane((0, 4000), (0, 200), is_map=False)
    marks = []
    for at in range(LED + 1):
        for x, y in ((0, 0), (-30, 0), (30, 0), (0, -30), (0, 30)):
            marks.append(Mark(400 * at + 200 + x, 100 + y, 9, "Santiago Metropolitan Region"))
    wanted = range(0, len(marks), 5)
    assert [at for at, _stand in placed_names(marks, wanted, screen, plane)] == list(wanted)[:LED]


def test_marks_are_smaller_on_a_phone_and_names_follow() -> None:
    marks = [Mark(0, 0, 20, "Here")]
    shifts = [name_annotation(marks[0], "right", one, LIGHT)["xshift"] for one in (DESK, PHONE)]
    assert shifts == [24, 16]
