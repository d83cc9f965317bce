import itertools

from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.comparison import (
    Figure,
    common_scale,
    comparison,
    newest_common_year,
    period_gap,
    standing_apart,
)
from observatory.views.figures.compare_trend import LABEL_PIXELS, spread_out


def figure(
    year: int | None,
    value: float = 1.0,
    *,
    scale: str = "metro",
    status: str = "observed",
    newest: bool = False,
) -> Figure:
    key = f"{scale}-{year}-{value}"
    return Figure(key, year, value, None, status, scale, newest)


def series(*years: int) -> list[Figure]:
    """A series whose last year is the newest."""
    return [figure(year, newest=year == years[-1]) for year in years]


def test_each_city_is_shown_with_its_newest_figure() -> None:
    row = comparison({"a": series(2010, 2015), "b": series(2014)}, declared_scale="metro")
    assert {city: one.period_year for city, one in row.figures.items()} == {"a": 2015, "b": 2014}
    assert row.compared == ("a", "b")
    assert row.years is None


def test_years_more_than_two_apart_are_flagged_at_the_earlier_figure() -> None:
    row = comparison({"a": series(2019), "b": series(2014), "c": series(2018)}, declared_scale="x")
    assert row.years == (2014, 2019)
    assert [city for city in row.figures if row.is_earlier(city)] == ["b"]


def test_two_years_apart_and_undated_figures_are_not_flagged() -> None:
    assert period_gap([2014, 2016, None]) is None
    assert period_gap([None, None]) is None
    assert period_gap([2014, 2017]) == (2014, 2017)


def test_a_figure_of_another_scale_is_shown_but_not_compared() -> None:
    figures = {
        "a": [figure(2015, newest=True)],
        "b": [figure(1990, scale="city", newest=True)],
        "c": [figure(2015, newest=True)],
    }
    row = comparison(figures, declared_scale="city")
    assert row.scale == "metro"
    assert row.compared == ("a", "c")
    assert row.unlike == ("b",)
    assert set(row.figures) == {"a", "b", "c"}
    assert row.years is None
    everything = comparison(figures, declared_scale="city", any_scale=True)
    assert everything.compared == ("a", "b", "c")
    assert everything.unlike == ("b",)


def test_of_equally_frequent_scales_the_declared_one_is_compared() -> None:
    assert common_scale(["city", "metro"], "city") == "city"
    assert common_scale(["city", "metro"], "metro") == "metro"
    assert common_scale([], "metro") == ""


def test_a_row_is_aligned_to_the_newest_year_that_all_have() -> None:
    row = comparison(
        {"a": series(2000, 2005, 2010), "b": series(2000, 2005, 2009)},
        declared_scale="metro",
        same_year=True,
    )
    assert row.year == 2005
    assert {one.period_year for one in row.figures.values()} == {2005}


def test_without_a_common_year_the_newest_figures_stay() -> None:
    row = comparison({"a": series(2000), "b": series(2010)}, declared_scale="metro", same_year=True)
    assert row.year is None
    assert row.years == (2000, 2010)


def test_a_projection_is_no_common_year() -> None:
    ahead = [*series(2015), figure(2025, status="projected")]
    assert newest_common_year([ahead, ahead]) == 2015


def test_one_city_alone_has_no_common_year() -> None:
    assert newest_common_year([series(2015)]) is None
    row = comparison({"a": series(2010, 2015)}, declared_scale="metro", same_year=True)
    assert row.figures["a"].period_year == 2015


def test_no_figures_make_an_empty_row() -> None:
    row = comparison({}, declared_scale="metro")
    assert row.figures == {}
    assert row.compared == ()


@given(st.permutations(["a", "b", "c"]))
def test_what_is_compared_does_not_depend_on_the_order(order: list[str]) -> None:
    held = {"a": series(2000, 2010), "b": series(2010, 2015), "c": series(1990, 2010)}
    row = comparison({city: held[city] for city in order}, declared_scale="x", same_year=True)
    assert row.year == 2010
    assert row.compared == tuple(order)


def test_cities_stand_apart_as_far_as_their_places() -> None:
    assert standing_apart([0.2, 0.9, 0.5]) == 0.7
    assert standing_apart([]) == 0.0


@given(st.lists(st.floats(0, 220), min_size=1, max_size=6))
def test_names_at_line_ends_never_touch_and_keep_their_order(places: list[float]) -> None:
    spread = spread_out(sorted(places))
    assert len(spread) == len(places)
    assert spread[0] >= 0
    gaps = [b - a for a, b in itertools.pairwise(spread)]
    assert all(gap >= LABEL_PIXELS - 1e-6 for gap in gaps)
