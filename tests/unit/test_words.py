"""Numbers as the reader's language writes them."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.indicators import Indicator
from observatory.views.words import _number_text, exact_value_text, value_text

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
    expected = format_decimal(value, format=pattern, locale=language).replace("-", "\u2212")
    if not any(digit in expected for digit in "123456789"):
        expected = expected.lstrip("\u2212")  # we write no minus before a nought
    assert _number_text(float(value), decimals, language) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(14.25, 1, "14.2"), (2.675, 2, "2.68"), (25865875.0, 0, "25,865,875"), (-0.04, 1, "0.0")],
)
def test_halves_go_to_the_even_digit(value: float, decimals: int, text: str) -> None:
    assert _number_text(value, decimals, "en") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(999_999_999.0, "999,999,999"), (22_715_860_992.0, "22.7 billion"), (float("nan"), "–")],
)
def test_a_billion_is_read_as_such_and_kept_exact_where_it_is_cited(
    value: float, text: str
) -> None:
    fields = dict.fromkeys(Indicator.__dataclass_fields__, "")
    indicator = Indicator(**{**fields, "kind": "number", "decimals": 0})  # type: ignore[arg-type]  # the rest is not read
    assert value_text(indicator, value, None) == text
    assert "billion" not in exact_value_text(indicator, value, None)
