"""The plan in words: paces that never seem better than they are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.plan_status import CUT_POINTS, TOLERANCE
from observatory.views.plan_words import pace_text


@pytest.mark.parametrize(
    ("pace", "decimals", "text"),
    [
        (0.949, 2, "0.94"),
        (0.95, 2, "0.95"),
        (0.95 - 1e-12, 2, "0.95"),  # reached but for rounding is reached
        (0.9499, 3, "0.949"),
        (1.0, 2, "1.00"),
        (-0.125, 2, "-0.13"),
    ],
)
def test_a_pace_is_rounded_down(pace: float, decimals: int, text: str) -> None:
    assert pace_text(pace, decimals).replace("−", "-") == text


@given(st.floats(-10, 10), st.sampled_from((2, 3)))
def test_a_pace_that_is_shown_at_a_cut_point_has_reached_it(pace: float, decimals: int) -> None:
    shown = float(pace_text(pace, decimals).replace("−", "-"))
    for cut in (CUT_POINTS.on_track, CUT_POINTS.off_pace):
        assert (shown >= cut - TOLERANCE) == (pace >= cut - TOLERANCE)
    assert math.isclose(shown, pace, abs_tol=10**-decimals + TOLERANCE)
