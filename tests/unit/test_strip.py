import numpy as np

from observatory.views.components.strip import is_log, strip


def test_strip_puts_dot_and_median_in_percent() -> None:
    marks = strip(np.array([0.0, 5.0, 20.0]), 20.0, label="all").children
    assert marks[1].style == {"left": "25.0%"}
    assert marks[2].style == {"left": "100.0%"}


def test_strip_runs_in_powers_of_ten_where_values_span_a_hundredfold() -> None:
    wide = np.array([1.0, 10.0, 100.0])
    assert is_log(wide)
    assert not is_log(np.array([0.0, 1000.0]))
    assert strip(wide, 10.0, label="all").children[2].style == {"left": "50.0%"}


def test_strip_of_equal_values_has_a_place() -> None:
    marks = strip(np.array([3.0, 3.0]), 3.0, label="all").children
    assert marks[2].style == {"left": "0.0%"}
