"""Every formula of domain/derived.py by hand-made examples and by properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain import derived

amounts = st.floats(min_value=1, max_value=1e8)
years = st.integers(min_value=1970, max_value=2019)


def population(*rows: tuple[str, int, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["place_key", "period_year", "value", "status"])


def test_growth_is_compound_and_yearly() -> None:
    growth = derived.yearly_growth_pct(
        population(("a", 2010, 100.0, "estimated"), ("a", 2015, 161.051, "estimated")), years=5
    )
    assert growth["period_year"].tolist() == [2015]
    assert growth["value"].iloc[0] == pytest.approx(10)
    assert growth["status"].tolist() == ["derived"]


def test_growth_is_projected_where_either_end_is() -> None:
    growth = derived.yearly_growth_pct(
        population(
            ("a", 2015, 1.0, "estimated"),
            ("a", 2020, 1.0, "projected"),
            ("a", 2025, 2.0, "estimated"),
        ),
        years=5,
    )
    assert growth["status"].tolist() == ["projected", "projected"]


def test_growth_needs_both_ends_in_the_same_place() -> None:
    rows = population(("a", 2010, 5.0, "estimated"), ("b", 2015, 9.0, "estimated"))
    assert derived.yearly_growth_pct(rows, years=5).empty


@given(start=amounts, end=amounts, factor=st.floats(min_value=0.001, max_value=1000))
def test_growth_does_not_depend_on_the_unit(start: float, end: float, factor: float) -> None:
    rows = population(("a", 2010, start, "estimated"), ("a", 2015, end, "estimated"))
    scaled = rows.assign(value=rows["value"] * factor)
    one = derived.yearly_growth_pct(rows, years=5)["value"].iloc[0]
    other = derived.yearly_growth_pct(scaled, years=5)["value"].iloc[0]
    assert other == pytest.approx(one, abs=1e-6)


@given(start=amounts, end=amounts)
def test_growth_takes_the_first_value_to_the_last(start: float, end: float) -> None:
    rows = population(("a", 2010, start, "estimated"), ("a", 2015, end, "estimated"))
    rate = derived.yearly_growth_pct(rows, years=5)["value"].iloc[0] / 100
    assert start * (1 + rate) ** 5 == pytest.approx(end, rel=1e-6)


def test_women_per_100_men_of_51_and_49() -> None:
    women, men = pd.Series({"a": 510.0, "b": 1.0}), pd.Series({"a": 490.0, "b": 0.0})
    assert derived.women_per_100_men(women, men).round(2).to_dict() == {"a": 104.08}


@given(women=amounts, men=amounts)
def test_women_per_men_and_men_per_women_are_inverse(women: float, men: float) -> None:
    there = derived.women_per_100_men(pd.Series([women]), pd.Series([men])).iloc[0]
    back = derived.women_per_100_men(pd.Series([men]), pd.Series([women])).iloc[0]
    assert there * back == pytest.approx(10_000)


def test_ratio_leaves_out_what_is_missing_on_either_side() -> None:
    people = pd.Series({"a": 600.0, "b": 5.0, "c": np.nan, "d": 7.0})
    area = pd.Series({"a": 4.0, "b": 0.0, "c": 2.0})
    assert derived.ratio(people, area).to_dict() == {"a": 150.0}


@given(numerator=amounts, denominator=amounts)
def test_ratio_times_denominator_is_the_numerator(numerator: float, denominator: float) -> None:
    found = derived.ratio(pd.Series([numerator]), pd.Series([denominator])).iloc[0]
    assert found * denominator == pytest.approx(numerator)


def test_index_is_100_in_the_base_year() -> None:
    totals = population(
        ("a", 2019, 64.0, "x"), ("a", 2020, 48.0, "x"), ("b", 2020, 5.0, "x"), ("c", 2019, 0.0, "x")
    )
    index = derived.index_of_base(totals, base_year=2019)
    assert index[["place_key", "value"]].to_numpy().tolist() == [["a", 100.0], ["a", 75.0]]


@given(base=amounts, later=amounts, factor=st.floats(min_value=0.001, max_value=1000))
def test_index_does_not_depend_on_the_unit(base: float, later: float, factor: float) -> None:
    totals = population(("a", 2019, base, "x"), ("a", 2021, later, "x"))
    scaled = totals.assign(value=totals["value"] * factor)
    pd.testing.assert_series_equal(
        derived.index_of_base(totals, base_year=2019)["value"],
        derived.index_of_base(scaled, base_year=2019)["value"],
    )


def test_events_on_the_edge_count_and_none_is_zero() -> None:
    distances = pd.DataFrame({"near": [10.0, 300.0, 300.1], "far": [900.0, 900.0, 900.0]})
    assert derived.events_within(distances, radius_km=300).to_dict() == {"near": 2, "far": 0}


@given(st.lists(st.floats(min_value=0, max_value=1000)), amounts)
def test_a_wider_circle_never_holds_fewer_events(distances: list[float], radius_km: float) -> None:
    frame = pd.DataFrame({"a": pd.Series(distances, dtype=float)})
    narrow = derived.events_within(frame, radius_km=radius_km)
    wide = derived.events_within(frame, radius_km=radius_km + 1)
    assert (wide >= narrow).all()


def test_a_station_serves_from_its_opening_to_before_its_closure() -> None:
    stations = pd.DataFrame(
        {
            "place_key": ["a", "a", "a"],
            "opened_year": [1970.0, 1972.0, np.nan],
            "closed_year": [1973.0, np.nan, np.nan],
        }
    )
    counts = derived.stations_in_service(stations, years=[1969, 1970, 1972, 1973])
    assert counts["period_year"].tolist() == [1970, 1972, 1973]
    assert counts["value"].tolist() == [1, 2, 1]


@given(st.lists(years, min_size=1))
def test_without_closures_stations_never_become_fewer(opened: list[int]) -> None:
    stations = pd.DataFrame({"place_key": "a", "opened_year": opened, "closed_year": np.nan})
    counts = derived.stations_in_service(stations, years=list(range(1970, 2020)))
    assert counts["value"].is_monotonic_increasing
    assert counts["value"].iloc[-1] == len(opened)


def departures(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["place_key", "airline", "destination", "is_own"])


FLIGHTS = departures(
    ("a", "LH", "ORY", False),
    ("a", "AF", "ORY", False),
    ("a", "AF", "CDG", False),
    ("a", "LH", "SXF", True),
    ("b", "LH", "SXF", True),
)
NEAR = pd.DataFrame(
    [("a", "TXL"), ("a", "SXF"), ("b", "TXL"), ("b", "SXF"), ("c", "ORY"), ("d", "CDG")],
    columns=["place_key", "airport"],
)


def test_destinations_are_distinct_and_outside_the_city() -> None:
    assert derived.airports_reached(FLIGHTS).to_dict() == {"a": 2, "b": 0}


def test_airlines_are_distinct() -> None:
    assert derived.airlines_serving(FLIGHTS).to_dict() == {"a": 2, "b": 1}


def test_places_that_share_their_airports_do_not_reach_each_other() -> None:
    assert derived.places_reached(FLIGHTS, NEAR).to_dict() == {"a": 2, "b": 0}


routes = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("XY"), st.sampled_from("PQRS")))


@given(routes, st.randoms())
def test_air_figures_depend_neither_on_order_nor_on_repetition(
    pairs: list[tuple[str, str, str]], random: object
) -> None:
    rows = [(place, airline, airport, False) for place, airline, airport in pairs]
    doubled = rows + rows
    random.shuffle(doubled)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    near = pd.DataFrame([("c", "P"), ("d", "Q")], columns=["place_key", "airport"])
    once, twice = departures(*rows), departures(*doubled)
    for count in (derived.airports_reached, derived.airlines_serving):
        assert count(once).to_dict() == count(twice).to_dict()
    links = derived.places_reached(once, near).to_dict()
    assert links == derived.places_reached(twice, near).to_dict()
    assert all(count <= len(near) for count in links.values())
