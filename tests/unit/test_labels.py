from hypothesis import given
from hypothesis import strategies as st

from observatory.views.figures.labels import _box, overlap, placed_labels
from observatory.views.figures.network_names import (
    DESK,
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


def test_marks_are_smaller_on_a_phone_and_names_follow() -> None:
    marks = [Mark(0, 0, 20, "Here")]
    shifts = [name_annotation(marks[0], "right", one, LIGHT)["xshift"] for one in (DESK, PHONE)]
    assert shifts == [24, 16]
