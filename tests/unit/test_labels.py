from hypothesis import given
from hypothesis import strategies as st

from observatory.views.figures.labels import _box, _overlap, placed_labels

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
def test_no_two_names_overlap_and_none_leaves_the_drawing(
    given_points: list[tuple[float, float, str]],
) -> None:
    placed = placed_labels(given_points, 900, 470)
    boxes = [_box(*given_points[at], side) for at, side in placed]
    for at, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 900
        assert not any(_overlap(box, other) for other in boxes[:at])
