"""The store: threads, time limit, a new publication under readers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from observatory.config import Settings
from observatory.errors import QueryTimeoutError, StoreError
from observatory.ingest.build import build
from observatory.queries.values import member_values
from observatory.store.warehouse import MOST_KEPT_LATELY, Store

COUNT = "SELECT count(*) FROM observations WHERE place_id = $place_id"
SLOW = "SELECT count(*) FROM range(1000000000) AS a (n) WHERE sin(n) > $bound"


def test_many_threads_get_the_answers_of_one(store: Store) -> None:
    places = ["berlin", "montreal", "abuja", "barcelona"] * 100
    alone = {place: store.rows(COUNT, place_id=place) for place in set(places)}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda place: store.rows(COUNT, place_id=place), places))
    assert together == [alone[place] for place in places]


def test_a_value_with_a_quote_is_only_a_value(store: Store) -> None:
    assert store.rows(COUNT, place_id="x' OR '1'='1") == [(0,)]


def test_a_question_past_the_time_limit_is_stopped_and_told(settings: Settings) -> None:
    store = Store(replace(settings, query_seconds=0.2))
    with pytest.raises(QueryTimeoutError, match="Ask for fewer"):
        store.rows(SLOW, bound=2)
    assert store.rows(COUNT, place_id="abuja") == [(0,)]
    store.close()


def test_a_new_publication_is_served_and_a_reading_block_keeps_the_old(unbuilt: Settings) -> None:
    first = build(unbuilt)
    store = Store(unbuilt)
    with store.reading() as reading:
        second = build(unbuilt, force=True)
        assert reading.sequence == first.sequence
        assert store.publication().sequence == first.sequence
    assert store.publication().sequence == second.sequence
    store.close()


def test_answers_to_the_questions_asked_last_are_kept(unbuilt: Settings) -> None:
    build(unbuilt)
    store = Store(unbuilt)
    made: list[int] = []

    def answer(question: int) -> int:
        return store.kept_lately("doubled", question, lambda: made.append(question) or 2 * question)

    assert [answer(1), answer(2), answer(1)] == [2, 4, 2]
    assert made == [1, 2]
    others = range(3, 3 + MOST_KEPT_LATELY)
    assert [answer(question) for question in others] == [2 * question for question in others]
    assert answer(1) == 2
    assert made == [1, 2, *others, 1]
    build(unbuilt, force=True)
    assert answer(1) == 2
    assert made == [1, 2, *others, 1, 1]
    store.close()


def test_without_a_snapshot_the_error_says_what_to_do(unbuilt: Settings) -> None:
    with pytest.raises(StoreError, match="observatory build"):
        Store(unbuilt).publication()


def test_the_snapshot_cannot_reach_files(store: Store) -> None:
    with pytest.raises(StoreError, match="disabled"):
        store.rows("SELECT * FROM read_csv('/etc/hostname')")


def test_latest_prefers_what_happened_over_a_projection(store: Store) -> None:
    latest = member_values(store, indicator_id="population_agglomeration").set_index("city_id")
    assert latest.loc["montreal", "period_year"] == 2015
    assert latest.loc["montreal", "value"] == 4_000_000


def test_a_member_without_a_figure_says_why(store: Store) -> None:
    values = member_values(store, indicator_id="population_agglomeration").set_index("city_id")
    assert values.loc["gauteng", "reason_code"] == "other-body"
    assert values.loc["victoria", "reason_code"] == "not-listed"
    withheld = member_values(store, indicator_id="no2_measured_ug_per_m3")
    assert set(withheld["reason_code"]) == {"licence"}


def test_national_figures_belong_to_the_country(store: Store) -> None:
    values = member_values(store, indicator_id="national_gdp_per_person").set_index("city_id")
    assert values.loc["berlin", "value"] == 48_000
    assert values.loc["barcelona", "value"] == values.loc["barcelona-amb", "value"]


def test_what_is_kept_is_made_once_per_snapshot(unbuilt: Settings) -> None:
    build(unbuilt)
    store = Store(unbuilt)
    made: list[str] = []

    def make() -> str:
        made.append(store.publication().snapshot_id)
        return made[-1]

    first = store.kept("test", make)
    assert store.kept("test", make) == first
    build(unbuilt, force=True)
    store.kept("test", make)
    assert len(made) == 2
    store.close()
