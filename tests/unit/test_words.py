"""Numbers as the reader's language writes them."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from observatory.views.words import _number_text

LANGUAGES = ("en", "es", "fr")


@given(
    st.floats(-1e13, 1e13) | st.integers(-(10**9), 10**9).map(lambda n: n / 1000),
    st.integers(0, 4),
    st.sampled_from(LANGUAGES),
)
def test_numbers_are_written_as_babel_writes_them(
    value: float, decimals: int, language: str
) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    expected = format_decimal(value, format=pattern, locale=language)
    if not any(digit in expected for digit in "123456789"):
        expected = expected.lstrip("-\u2212")  # we write no minus before a nought
    assert _number_text(float(value), decimals, language) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(14.25, 1, "14.2"), (2.675, 2, "2.68"), (25865875.0, 0, "25,865,875"), (-0.04, 1, "0.0")],
)
def test_halves_go_to_the_even_digit(value: float, decimals: int, text: str) -> None:
    assert _number_text(value, decimals, "en") == text
