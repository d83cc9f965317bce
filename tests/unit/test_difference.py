from observatory.domain.difference import changes

BEFORE = [
    {"city_id": "a", "value": 1.0, "period_year": 2014},
    {"city_id": "b", "value": 2.0, "period_year": 2014},
    {"city_id": "c", "value": None, "period_year": None},
]


def test_the_same_rows_in_another_order_have_not_changed() -> None:
    assert changes(BEFORE, BEFORE[::-1], key=["city_id"]) == []


def test_a_changed_a_new_and_a_gone_row_are_told_apart() -> None:
    now = [
        {"city_id": "a", "value": 1.5, "period_year": 2015},
        {"city_id": "c", "value": None, "period_year": None},
        {"city_id": "d", "value": 4.0, "period_year": 2014},
    ]
    found = changes(BEFORE, now, key=["city_id"])
    assert [(one.key, one.columns) for one in found] == [
        (("a",), ("value", "period_year")),
        (("d",), ()),
        (("b",), ()),
    ]
    assert found[1].before is None
    assert found[2].now is None


def test_rows_of_one_key_are_compared_in_their_order() -> None:
    before = [{"k": 1, "v": "x"}, {"k": 1, "v": "y"}]
    now = [{"k": 1, "v": "x"}, {"k": 1, "v": "z"}]
    assert [one.key for one in changes(before, now, key=["k"])] == [(1, 2)]
