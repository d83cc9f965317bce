"""`/network/partners`: every candidate can be reached, and who has no score is told why."""

import csv

from flask import Flask

from observatory.pages import partners
from observatory.pages.visit import visit_of
from observatory.queries.partners import candidate_parts
from observatory.store.warehouse import Store
from tests.reading import csv_table, tables_on


def rows_of(store: Store, search: str) -> list[list[list[str]]]:
    return tables_on(partners.PAGE.layout(store, visit_of("/network/partners", search)))


def others(store: Store, city_id: str) -> set[str]:
    """Members that one has no tie with."""
    parts = candidate_parts(store, city_id)
    return set(parts.members) - {city_id, *parts.graph[city_id]}


def test_every_member_without_a_tie_is_on_the_page_and_in_the_file(
    server: Flask, store: Store
) -> None:
    for city_id in ("berlin", "abuja", "victoria"):
        tables = rows_of(store, f"?city={city_id}")
        shown = [row[0] for table in tables for row in table[1:]]
        assert len(shown) == len(set(shown)) == len(others(store, city_id))
        told = server.test_client().get(f"/export/partners.csv?city={city_id}").data
        rows = list(csv.DictReader(csv_table(told).splitlines()))
        assert {row["city_id"] for row in rows} == others(store, city_id)
        assert all(bool(row["score"]) != bool(row["why_no_score"]) for row in rows)


def test_the_page_counts_those_with_a_score_and_those_without(store: Store) -> None:
    only_region = "?city=victoria&common=0&theme=0&path=0&alike=0&lags=0&air=0"
    page = str(partners.PAGE.layout(store, visit_of("/network/partners", only_region)))
    assert "11 members it does not work with: 8 have a score, 3 have none." in page
    assert [len(table) - 1 for table in rows_of(store, only_region)] == [8, 3]


def unscored(tables: list[list[list[str]]]) -> list[list[str]]:
    """Rows of members without a score, each with its reason."""
    return [row for table in tables if table[0][-1] == "Why" for row in table[1:]]


def test_who_has_no_score_is_told_why(store: Store) -> None:
    told = unscored(rows_of(store, "?city=berlin&common=0&theme=0&path=0&alike=0&lags=0&air=0"))
    assert told
    assert {row[1] for row in told} == {"nothing that is known speaks for it"}
    nothing = unscored(rows_of(store, f"?city=berlin&{'&'.join(f'{p}=0' for p in partners.PARTS)}"))
    assert len(nothing) == len(others(store, "berlin"))
    assert {row[1] for row in nothing} == {"no part has a weight"}
    only_air = unscored(rows_of(store, "?city=victoria&common=0&theme=0&path=0&alike=0&region=0"))
    assert any("unknown" in row[1] for row in only_air)
