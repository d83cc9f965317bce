import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.peers import (
    FEATURES,
    LEAST_OVERLAP,
    distance_matrix,
    feature_differences,
    peer_distances,
)

CLASSES = ["Cfa", "Cfb", "Csa", "Dfb", "Aw", "BWh"]


def conditions(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Cities a, b, c, … with size, growth, density, income, climate."""
    frame = pd.DataFrame(rows, columns=list(FEATURES), index=list("abcdefghijkl"[: len(rows)]))
    numbers = [name for name in FEATURES if name != "climate"]
    return frame.astype(dict.fromkeys(numbers, float)).astype({"climate": object})


ROW = st.tuples(
    st.one_of(st.none(), st.floats(1e4, 4e7)),
    st.one_of(st.none(), st.floats(-2, 8)),
    st.one_of(st.none(), st.floats(500, 4e4)),
    st.one_of(st.none(), st.floats(500, 1e5)),
    st.one_of(st.none(), st.sampled_from(CLASSES)),
)
CITIES = st.lists(ROW, min_size=3, max_size=10).map(conditions)
WEIGHTS = st.fixed_dictionaries(dict.fromkeys(FEATURES, st.integers(0, 3)))


def test_a_city_of_like_conditions_comes_before_an_unlike_one() -> None:
    cities = conditions(
        [
            (4e6, 1.0, 5000, 30000, "Cfb"),
            (1e7, 4.0, 9000, 5000, "Aw"),
            (4.2e6, 1.1, 5200, 29000, "Cfb"),
        ]
    )
    assert list(peer_distances(cities, "a").index) == ["c", "b"]


def test_climate_differs_by_main_group_then_by_second_letter() -> None:
    alike = (1e6, 1.0, 5000, 30000)
    cities = conditions([(*alike, "Cfa"), (*alike, "Cfb"), (*alike, "Csa"), (*alike, "Dfb")])
    assert feature_differences(cities, "a")["climate"].tolist() == [0.0, 0.0, 0.5, 1.0]


def test_one_extreme_city_does_not_make_all_others_alike() -> None:
    sizes = [1e6, 2e6, 4e6, 8e6, 1e6, 2e6, 4e6, 8e6, 1e6, 2e6, 4e6]
    plain = conditions([(size, 1.0, 5000, 30000, "Cfa") for size in sizes])
    extreme = pd.concat(
        [plain, plain.iloc[[0]].assign(size=1e12).set_axis(["z"])],
    )
    before = feature_differences(plain, "a")["size"]["b"]
    after = feature_differences(extreme, "a")["size"]["b"]
    assert abs(before - after) < 0.1


def test_a_city_with_too_little_data_has_no_peers_and_is_nobodys() -> None:
    full = (1e6, 1.0, 5000, 30000, "Cfa")
    cities = conditions([full, full, (None, None, None, 30000, "Cfa")])
    assert peer_distances(cities, "c").empty
    assert list(peer_distances(cities, "a").index) == ["b"]


def test_sixty_percent_of_the_weight_is_enough_in_common() -> None:
    full = (1e6, 1.0, 5000, 30000, "Cfa")
    cities = conditions([full, (2e6, 1.0, None, None, "Cfa"), (2e6, 1.0, 4000, 9000, "Dfb")])
    found = peer_distances(cities, "a")
    assert np.isclose(found["overlap"]["b"], 0.6)
    assert peer_distances(cities, "a", {"income": 2}).index.tolist() == ["c"]


def test_cities_at_the_same_distance_are_in_the_order_of_their_ids() -> None:
    alike = (1e6, 1.0, 5000, 30000, "Cfa")
    found = peer_distances(conditions([alike] * 5).iloc[::-1], "c")
    assert found.index.tolist() == ["a", "b", "d", "e"]


def test_without_any_weight_there_are_no_peers() -> None:
    cities = conditions([(1e6, 1.0, 5000, 30000, "Cfa")] * 3)
    assert peer_distances(cities, "a", dict.fromkeys(FEATURES, 0)).empty


@given(CITIES, WEIGHTS)
def test_distance_is_symmetric_and_within_bounds(
    cities: pd.DataFrame, weights: dict[str, int]
) -> None:
    tables = {city: peer_distances(cities, city, weights) for city in cities.index}
    for one, found in tables.items():
        assert one not in found.index
        assert found.index.is_unique
        assert found["distance"].between(0, 1 + 1e-12).all()
        assert found["overlap"].ge(LEAST_OVERLAP - 1e-9).all()
        for other, distance in found["distance"].items():
            assert np.isclose(tables[str(other)]["distance"][one], distance)


@given(CITIES, WEIGHTS)
def test_reasons_add_up_to_the_distance(cities: pd.DataFrame, weights: dict[str, int]) -> None:
    found = peer_distances(cities, "a", weights)
    assert np.allclose(found[list(FEATURES)].sum(axis=1), found["distance"])


@given(CITIES)
def test_a_city_of_equal_conditions_is_at_distance_zero(cities: pd.DataFrame) -> None:
    twins = pd.concat([cities, cities.loc[["a"]].set_axis(["twin"])])
    found = peer_distances(twins, "a")
    unknown = twins.loc["a"].isna().mean()
    if 1 - unknown >= LEAST_OVERLAP:
        assert np.isclose(found["distance"]["twin"], unknown / 2)
    else:
        assert found.empty


@given(CITIES, st.sampled_from([1e-3, 12.0, 1e6]))
def test_distance_does_not_depend_on_the_unit(cities: pd.DataFrame, factor: float) -> None:
    assert_unit_does_not_matter(cities, factor)


def test_rounding_makes_no_difference_between_equal_conditions() -> None:
    same = (None, 0.0, 500.0, 500.0, None)
    cities = conditions([same, same, (None, None, None, None, None)])
    assert_unit_does_not_matter(cities, 1e-3)


def assert_unit_does_not_matter(cities: pd.DataFrame, factor: float) -> None:
    numbers = ["size", "growth", "density", "income"]
    other = cities.assign(**{name: cities[name] * factor for name in numbers})
    before, after = peer_distances(cities, "a"), peer_distances(other, "a").reindex
    assert np.allclose(before["distance"], after(before.index)["distance"], atol=1e-6)


def test_a_condition_not_known_counts_half() -> None:
    full = (1e6, 1.0, 5000, 30000, "Cfa")
    cities = conditions([full, (1e6, 1.0, None, 30000, "Cfa"), full])
    found = peer_distances(cities, "a")
    assert list(found.index) == ["c", "b"]
    assert found["distance"]["b"] == found["density"]["b"] == 0.1


@given(CITIES, st.sampled_from(FEATURES))
def test_a_feature_of_no_weight_is_as_if_it_were_not_there(
    cities: pd.DataFrame, feature: str
) -> None:
    unknown = cities.assign(**{feature: None if feature == "climate" else np.nan})
    with_zero = peer_distances(cities, "a", {feature: 0})
    without = peer_distances(unknown, "a", {feature: 0})
    pd.testing.assert_frame_equal(with_zero, without)


@given(st.integers(0, 10_000))
def test_distances_of_all_are_those_of_each(seed: int) -> None:
    random = np.random.default_rng(seed)
    count = 12
    frame = pd.DataFrame(
        {name: random.lognormal(size=count) for name in FEATURES if name != "climate"},
        index=[f"c{number:02}" for number in range(count)],
    ).assign(climate=random.choice(["Cfa", "Csb", "Af", None], count))
    frame = frame.mask(random.random(frame.shape) < 0.2)
    matrix = distance_matrix(frame)
    for row, city_id in enumerate(frame.index):
        one = peer_distances(frame, city_id)["distance"].reindex(frame.index)
        np.testing.assert_allclose(matrix[row], one.to_numpy(float), atol=1e-12)
