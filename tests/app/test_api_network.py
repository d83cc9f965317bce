"""The network in the read API: events, who took part, ties, measures."""

import csv
import io
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient

from observatory.domain.network_metrics import MEASURES
from observatory.queries.network import all_participations
from observatory.store.warehouse import Store

TABLES = ("events", "participations", "ties", "metrics")
STRONG = ["pilot_project", "working_group", "initiative", "learning"]


@pytest.fixture(scope="module")
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def _data(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def _ids(client: FlaskClient, path: str) -> list[str]:
    return [row["event_id"] for row in _data(client, path)]


def _pairs(client: FlaskClient, path: str) -> set[str]:
    return {f"{row['city_a']}~{row['city_b']}" for row in _data(client, path)}


def test_an_event_says_when_on_what_and_how_many_took_part(client: FlaskClient) -> None:
    found = {row["event_id"]: row for row in _data(client, "events")}
    assert found["L1"] == {
        "event_id": "L1",
        "kind": "learning",
        "title": "Course on counting people",
        "themes": "people",
        "year_start": None,
        "year_end": None,
        "note": "the source gives no year",
        "members": 2,
        "outside": 1,
    }


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["A1", "C1", "G1", "I1", "L1", "P1", "W1"]),
        ("kind=award&kind=congress", ["A1", "C1"]),
        ("theme=people", ["L1", "W1"]),
        ("from=2018&to=2019", ["P1"]),
        ("from=2021", ["C1", "G1", "W1"]),
        ("to=2014", ["A1"]),
        ("city=medellin", ["A1", "P1", "W1"]),
        ("city=medellin&theme=air+and+emissions&to=2020", ["P1"]),
    ],
)
def test_events_meet_all_filters_and_those_without_a_year_no_window(
    client: FlaskClient, question: str, expected: list[str]
) -> None:
    assert _ids(client, f"events?{question}") == expected


def test_who_took_part_is_told_with_role_and_source(client: FlaskClient) -> None:
    found = _data(client, "participations?event=L1")
    assert [(row["city_id"], row["organisation_id"], row["role"]) for row in found] == [
        (None, "vienna-austria", "participant"),
        ("guangzhou", None, "host"),
        ("montreal", None, "participant"),
    ]
    assert {row["source_url"] for row in found} == {"https://example.org/course"}
    hosts = _data(client, "participations?role=host&role=president&city=guangzhou")
    assert [row["event_id"] for row in hosts] == ["A1", "C1", "G1", "L1"]


def test_a_tie_has_its_strength_and_what_it_rests_on(client: FlaskClient) -> None:
    own = {row["city_b"]: row for row in _data(client, "ties?city=berlin")}
    snapshot = client.get("/api/v1/snapshot").json["snapshot_id"]
    assert own["medellin"] == {
        "city_a": "berlin",
        "city_b": "medellin",
        "strength": 6,
        "events": 2,
        "kinds": "pilot_project;working_group",
        "first_year": 2017,
        "last_year": 2022,
        "evidence": "P1;W1",
        "sources": "https://example.org/group https://example.org/project",
        "snapshot": snapshot,
    }
    on_people = {row["city_b"]: row for row in _data(client, "ties?city=berlin&theme=people")}
    assert (on_people["medellin"]["strength"], on_people["medellin"]["first_year"]) == (3, 2021)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "",
            {
                "barcelona~cordoba",
                "barcelona-amb~berlin",
                "barcelona-amb~medellin",
                "berlin~medellin",
                "berlin~montreal",
                "guangzhou~montreal",
                "medellin~montreal",
            },
        ),
        ("kind=award", {"abuja~medellin"}),
        ("kind=air_link", {"berlin~montreal", "guangzhou~montreal"}),
        ("kind=air_link&to=2013", {"berlin~montreal"}),
        ("city=guangzhou", {"guangzhou~montreal"}),
        ("city=guangzhou&from=2010", set()),
        ("city=guangzhou&from=2010&undated=1", {"guangzhou~montreal"}),
        ("region=Europe", {"barcelona-amb~berlin"}),
        ("theme=people&city=montreal", {"guangzhou~montreal"}),
        ("from=2020&to=2020", {"barcelona~cordoba"}),
    ],
)
def test_ties_are_those_of_the_network_asked_for(
    client: FlaskClient, question: str, expected: set[str]
) -> None:
    assert _pairs(client, f"ties?{question}") == expected


def test_every_member_is_measured_and_says_on_which_network(client: FlaskClient) -> None:
    found = {row["city_id"]: row for row in _data(client, "metrics")}
    assert len(found) == 12
    berlin, abuja = found["berlin"], found["abuja"]
    assert set(MEASURES) < set(berlin)
    assert (berlin["degree"], berlin["strength"], berlin["reach"]) == (3, 12, 4)
    assert (abuja["degree"], abuja["betweenness"], abuja["community"]) == (0, None, None)
    for row in found.values():
        assert (row["members"], row["linked"], row["ties"], row["seed"]) == (12, 7, 7, 2021)
        assert parse_qs(row["filter"]) == {"kind": STRONG}
        snapshot = client.get("/api/v1/snapshot").json
        assert row["snapshot"] == snapshot["snapshot_id"]
        assert row["published_on"] == snapshot["published_at"][:10]


def test_a_city_chooses_rows_and_leaves_the_network_whole(client: FlaskClient) -> None:
    window = "from=2017&to=2019&undated=0"
    whole = _data(client, f"metrics?{window}")
    own = _data(client, f"metrics?{window}&city=berlin&city=montreal")
    assert own == [row for row in whole if row["city_id"] in {"berlin", "montreal"}]
    (asked,) = {row["filter"] for row in own}
    assert parse_qs(asked) == {"kind": STRONG, "from": ["2017"], "to": ["2019"], "undated": ["0"]}


def test_the_network_without_any_tie_is_measured_too(client: FlaskClient) -> None:
    found = _data(client, "metrics?to=1950")
    assert {(row["linked"], row["ties"], row["degree"]) for row in found} == {(0, 0, 0)}


def test_one_network_is_never_answered_with_the_measures_of_another(client: FlaskClient) -> None:
    questions = ("", "kind=award", "to=2018", "to=2018&undated=1", "theme=people", "region=Europe",
                 "evidence=A")  # fmt: skip
    first, again = ([_data(client, f"metrics?{one}") for one in questions] for _ in range(2))
    assert first == again
    measured = [[{**row, "filter": None} for row in answer] for answer in first]
    assert all(one != other for one, other in combinations(measured, 2))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("limit", [1, 4])
def test_pages_join_to_the_whole_table(client: FlaskClient, table: str, limit: int) -> None:
    found: list[dict[str, Any]] = []
    path = f"/api/v1/{table}?limit={limit}"
    cursor = ""
    while cursor is not None:
        page = client.get(f"{path}{cursor and f'&cursor={cursor}'}").json
        assert len(page["data"]) <= limit
        found += page["data"]
        cursor = page["next"]
    assert found == _data(client, table)


def test_no_part_that_somebody_had_is_lost(client: FlaskClient, store: Store) -> None:
    assert len(_data(client, "participations?limit=1000")) == len(all_participations(store))


@pytest.mark.parametrize("table", TABLES)
def test_files_hold_what_the_answer_holds(client: FlaskClient, table: str) -> None:
    whole = _data(client, table)
    text = client.get(f"/api/v1/{table}?format=csv").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [list(row) for row in rows] == [list(row) for row in whole]
    frame = pd.read_parquet(io.BytesIO(client.get(f"/api/v1/{table}?format=parquet").data))
    plain = frame.astype("object").where(frame.notna(), None)
    assert plain.to_dict(orient="records") == whole


@pytest.mark.parametrize("table", TABLES)
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, table: str) -> None:
    tag = {"If-None-Match": client.get(f"/api/v1/{table}").headers["ETag"]}
    assert client.get(f"/api/v1/{table}", headers=tag).status_code == 304
    assert client.get(f"/api/v1/{table}?city=berlin", headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("path", "parameter", "says"),
    [
        ("events?kind=lunch", "kind", "pilot_project"),
        ("events?kind=air_link", "kind", "pilot_project"),
        ("events?theme=weather", "theme", "people"),
        ("events?city=berlim", "city", "berlin"),
        ("events?from=2021&to=2020", "from", "after"),
        ("participations?event=P9", "event", "no event"),
        ("participations?city=nobody", "city", "no city"),
        ("participations?role=guest", "role", "partner"),
        ("ties?kind=lunch", "kind", "air_link"),
        ("ties?theme=people&theme=people", "theme", "more than once"),
        ("ties?undated=yes", "undated", "1"),
        ("ties?from=2021&to=2020", "from", "after"),
        ("ties?from=20.5", "from", "whole number"),
        ("ties?region=Atlantis", "region", "Europe"),
        ("ties?evidence=E", "evidence", "A"),
        ("ties?city=berlim", "city", "berlin"),
        ("metrics?theme=weather", "theme", "people"),
        ("metrics?sort=degree", "sort", "not a parameter"),
        ("metrics?cursor=bm9uc2Vuc2U", "cursor", "not a cursor"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    client: FlaskClient, path: str, parameter: str, says: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    (fault,) = answer.json["errors"]
    assert fault["parameter"] == parameter
    assert says in fault["reason"]


@pytest.mark.parametrize("text", ["'", "' OR 1=1 --", "\x00", "%", "../..", "a" * 5000, "=1+1"])
@pytest.mark.parametrize("table", TABLES)
def test_awkward_texts_are_refused_and_break_nothing(
    client: FlaskClient, table: str, text: str
) -> None:
    names = "kind theme from to undated region evidence city event role limit cursor format x"
    for name in names.split():
        answer = client.get(f"/api/v1/{table}", query_string={name: text})
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
