"""The read API: answers, pages, forms, refusals, and the document it is described by."""

import csv
import io
from collections import Counter
from typing import Any

import pandas as pd
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.test import TestResponse

from observatory.api.formats import as_csv
from observatory.api.routes import register_api
from observatory.config import Settings
from observatory.ingest.build import build
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from tests.earlier import backdate
from tests.facts import change_fact

OBSERVATION_KEYS = {
    "observation_id",
    "indicator_id",
    "place_id",
    "period",
    "value",
    "category",
    "unit",
    "status",
    "scale",
    "boundary",
    "source_id",
    "source_row",
    "looked_on",
    "note",
    "snapshot",
}
CITY_KEYS = {
    "city_id",
    "member_name",
    "city",
    "country",
    "iso3",
    "region",
    "member_kind",
    "evidence",
    "latitude_deg",
    "longitude_deg",
}


@pytest.fixture(scope="module")
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def _ask(client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    return client.get(f"/api/v1/{path}", headers=headers)


def _data(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = _ask(client, path)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def _refused(client: FlaskClient, path: str, status: int = 400) -> dict[str, Any]:
    answer = _ask(client, path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    return answer.json


def test_an_observation_says_what_it_rests_on(client: FlaskClient) -> None:
    found = _data(client, "observations?indicator=pm25_ug_per_m3&place=berlin")
    assert len(found) == 1
    assert set(found[0]) == OBSERVATION_KEYS
    expected = {"period": 2014, "value": 14.25, "unit": "µg/m³", "status": "estimated"}
    assert found[0] | expected | {"source_row": "31", "looked_on": "2026-11-22"} == found[0]
    assert found[0]["snapshot"] == _ask(client, "snapshot").json["snapshot_id"]


def test_a_category_has_no_value(client: FlaskClient) -> None:
    found = _data(client, "observations?indicator=climate_target_type&place=barcelona")
    assert (found[0]["value"], found[0]["category"]) == (None, "Net zero")


def test_a_city_has_its_declared_keys_alone_and_in_the_list(client: FlaskClient) -> None:
    alone = _ask(client, "cities/berlin").json
    assert set(alone) == CITY_KEYS
    assert alone in _data(client, "cities")


def test_pages_join_to_the_whole_table_without_repeats(client: FlaskClient, store: Store) -> None:
    found, cursor = [], ""
    while cursor is not None:
        page = _ask(client, f"observations?limit=7{cursor and f'&cursor={cursor}'}").json
        assert len(page["data"]) <= 7
        found += [row["observation_id"] for row in page["data"]]
        cursor = page["next"]
    (count,) = store.rows("SELECT count(*) FROM observations")[0:1][0]
    assert len(found) == len(set(found)) == count


@pytest.mark.parametrize("table", ["cities", "indicators", "sources"])
def test_small_tables_have_pages_too(client: FlaskClient, table: str) -> None:
    whole = _data(client, table)
    first = _ask(client, f"{table}?limit=1").json
    rest = _data(client, f"{table}?cursor={first['next']}")
    assert first["data"] + rest == whole


def test_filters_repeat_and_narrow(client: FlaskClient) -> None:
    two = _data(client, "observations?place=berlin&place=montreal&scale=metro&status=estimated")
    assert {row["place_id"] for row in two} == {"berlin", "montreal"}
    assert {(row["scale"], row["status"]) for row in two} == {("metro", "estimated")}
    years = {row["period"] for row in _data(client, "observations?from=2018&to=2018")}
    assert years == {2018}


def test_a_region_holds_its_members_and_their_countries(client: FlaskClient) -> None:
    places = {row["place_id"] for row in _data(client, "observations?region=Europe&limit=1000")}
    assert {"berlin", "barcelona", "DEU"} <= places
    assert "montreal" not in places
    assert "CAN" not in places


def test_a_file_holds_all_rows_unless_limited(client: FlaskClient) -> None:
    whole = _data(client, "observations?limit=1000")
    text = _ask(client, "observations?format=csv").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["observation_id"] for row in rows] == [row["observation_id"] for row in whole]
    assert "\r\n" in text
    limited = _ask(client, "observations?format=csv&limit=2")
    assert len(limited.text.strip().split("\r\n")) == 3
    assert 'rel="next"' in limited.headers["Link"]
    frame = pd.read_parquet(io.BytesIO(_ask(client, "observations?format=parquet").data))
    assert frame["observation_id"].tolist() == [row["observation_id"] for row in whole]


def test_the_accept_header_chooses_the_form(client: FlaskClient) -> None:
    assert _ask(client, "cities", headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert _ask(client, "cities", headers={"Accept": "*/*"}).mimetype == "application/json"
    refused = _ask(client, "cities", headers={"Accept": "image/png"})
    assert (refused.status_code, refused.mimetype) == (406, "application/problem+json")


def test_texts_that_spreadsheets_run_are_guarded_and_numbers_are_not() -> None:
    frame = pd.DataFrame({"text": ["=1+1", "-2", "plain", None], "value": [-2.5, -3.0, 1e3, None]})
    lines = as_csv(frame).decode().split("\r\n")
    assert lines == ["text,value", "'=1+1,-2.5", "'-2,-3", "plain,1000", ",", ""]


def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    first = _ask(client, "observations?place=berlin")
    tag = {"If-None-Match": first.headers["ETag"]}
    again = _ask(client, "observations?place=berlin", headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert _ask(client, "observations?place=barcelona", headers=tag).status_code == 200
    assert _ask(client, "observations?place=berlin&format=csv", headers=tag).status_code == 200
    assert "no-cache" in first.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "parameter", "says"),
    [
        ("cities?colour=red", "colour", "not a parameter"),
        ("cities/berlin?format=csv", "format", "not a parameter"),
        ("observations?indicator=pm25", "indicator", "pm25_ug_per_m3"),
        ("observations?place=barselona", "place", "barcelona"),
        ("observations?place=deu", "place", "DEU"),
        ("observations?source=figurs", "source", "figures"),
        ("observations?from=2020&to=2010", "from", "after"),
        ("observations?from=1e3", "from", "whole number"),
        ("observations?to=20100", "to", "2100"),
        ("observations?limit=0", "limit", "1"),
        ("observations?limit=99999999999999999999999", "limit", "whole number"),
        ("observations?limit=1&limit=2", "limit", "more than once"),
        ("observations?cursor=bm9uc2Vuc2U", "cursor", "not a cursor"),
        ("observations?format=xlsx", "format", "csv"),
        ("observations?status=rumoured", "status", "observed"),
        ("observations?region=Atlantis", "region", "Europe"),
        ("snapshot?as_of=2026-02-30", "as_of", "date"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_the_reason(
    client: FlaskClient, path: str, parameter: str, says: str
) -> None:
    (fault,) = _refused(client, path)["errors"]
    assert fault["parameter"] == parameter
    assert says in fault["reason"]


def test_all_that_is_wrong_is_said_at_once(client: FlaskClient) -> None:
    faults = _refused(client, "observations?limit=x&from=y&colour=red")["errors"]
    assert [fault["parameter"] for fault in faults] == ["limit", "from", "colour"]


def test_a_cursor_belongs_to_its_question(client: FlaskClient) -> None:
    cursor = _ask(client, "observations?limit=1").json["next"]
    assert len(_data(client, f"observations?limit=3&cursor={cursor}")) == 3
    refused = _refused(client, f"observations?limit=1&place=berlin&cursor={cursor}")
    assert "another question" in refused["detail"]


def test_an_unknown_id_in_the_address_names_what_is_near(client: FlaskClient) -> None:
    assert _refused(client, "cities/berlim", 404)["errors"][0]["near"] == ["berlin"]
    assert "pm25_ug_per_m3" in _refused(client, "indicators/pm25", 404)["errors"][0]["near"]
    assert _refused(client, "sources/figure", 404)["errors"][0]["near"] == ["figures"]


def test_addresses_and_methods_that_do_not_exist(client: FlaskClient) -> None:
    _refused(client, "nonsense", 404)
    _refused(client, "", 404)
    refused = client.post("/api/v1/cities")
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head("/api/v1/cities").status_code == 200
    assert client.options("/api/v1/cities").status_code == 200


def test_a_day_before_anything_was_published_is_refused(client: FlaskClient) -> None:
    published = _ask(client, "snapshot").json["published_at"][:10]
    assert _ask(client, f"cities/berlin?as_of={published}").status_code == 200
    assert published in _refused(client, "cities/berlin?as_of=2001-01-01", 404)["detail"]


def test_a_day_gets_what_was_served_then(own_facts: Settings) -> None:
    then = build(own_facts)
    change_fact(own_facts.datasets_dir, "observations/figures.csv", "14.25", "14.5")
    now = build(own_facts)
    backdate(own_facts, then, "2026-01-10")
    server = Flask("then and now")
    workspace = Workspace(own_facts)
    register_api(server, Store(own_facts), PlanSource(workspace), workspace)
    client = server.test_client()

    def values(days: str) -> set[float]:
        found = _ask(client, f"observations?place=berlin&indicator=pm25_ug_per_m3{days}").json
        return {one["value"] for one in found["data"]}

    assert values("") - values("&as_of=2026-01-10") == {14.5}
    assert values("&as_of=2026-01-10") - values("") == {14.25}
    assert values("&as_of=2999-01-01") == values("")
    told = _ask(client, "snapshot?as_of=2026-01-31").json
    assert (told["snapshot_id"], told["sequence"]) == (then.snapshot_id, 1)
    file = _ask(client, "observations?format=csv&as_of=2026-01-31")
    assert then.snapshot_id in file.headers["Content-Disposition"]
    assert now.snapshot_id not in file.text
    etags = {_ask(client, f"cities{day}").headers["ETag"] for day in ("", "?as_of=2026-01-31")}
    assert len(etags) == 2
    page = _ask(client, "cities?limit=2&as_of=2026-01-31").json
    rest = _ask(client, f"cities?limit=2&as_of=2026-01-31&cursor={page['next']}").json
    assert {one["city_id"] for one in page["data"]}.isdisjoint(
        one["city_id"] for one in rest["data"]
    )
    _refused(client, f"cities?limit=2&cursor={page['next']}", 400)
    assert "2026-01-10" in _refused(client, "ties?as_of=2026-01-09", 404)["detail"]
    assert _ask(client, "metrics?as_of=2026-01-10").status_code == 200
    assert _ask(client, "search?q=berlin&as_of=2026-01-10").status_code == 200


def test_without_a_snapshot_the_answer_is_503(unbuilt: Settings) -> None:
    server = Flask("unbuilt")
    workspace = Workspace(unbuilt)
    register_api(server, Store(unbuilt), PlanSource(workspace), workspace)
    refused = _refused(server.test_client(), "cities", 503)
    assert "observatory build" in refused["detail"]


def test_a_page_that_does_not_exist_is_none_of_the_apis(server: Flask) -> None:
    assert server.test_client().post("/atlas").mimetype != "application/problem+json"


AWKWARD = ["'", '"', "' OR 1=1 --", "\x00", "ÿ́😀", "%", "../..", "$indicator", "a" * 5000, "=1+1"]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_are_refused_and_break_nothing(client: FlaskClient, text: str) -> None:
    for name in ("indicator", "place", "region", "from", "limit", "cursor", "as_of", "format", "x"):
        answer = client.get("/api/v1/observations", query_string={name: text})
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
    for table in ("cities", "indicators", "sources"):
        assert _ask(client, f"{table}/" + text.replace("%", "%25")).status_code in {404, 308}


@given(query=st.binary(max_size=80))
@hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_query_string_breaks_anything(server: Flask, query: bytes) -> None:
    answer = server.test_client().get(
        "/api/v1/observations", query_string=query.decode("latin-1").replace("#", "")
    )
    assert answer.status_code in {200, 400}


# A well-formed request can still make no sense (a cursor of another question, a year after the
# last): that is 400 here, which the tool takes for a refusal of valid data unless it is told.
# Its client reads no compressed answers.
RUN = {
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]}},
    "generation": {"max-examples": 20, "deterministic": True},
    "headers": {"Accept-Encoding": "identity"},
}
KNOWN_IDS = {
    "indicator": ["pm25_ug_per_m3", "climate_target_type", "national_gdp_per_person"],
    "place": ["berlin", "montreal", "barcelona", "DEU"],
    "city": ["berlin", "montreal", "barcelona"],
    "node": ["plan", "O1", "course-people"],
    "source": ["figures", "pledges", "national"],
    "event": ["P1", "W1", "L1"],
    "role": ["lead", "partner", "host"],
    "theme": ["people", "air and emissions"],
}


def _document_with_ids(client: FlaskClient) -> dict[str, Any]:
    """The API's document, in which filters and addresses name what the small snapshot holds."""
    page = client.get("/api/v1/observations?limit=3").get_json()
    known = KNOWN_IDS | {"observation": [one["observation_id"] for one in page["data"]]}
    document = _ask(client, "openapi.json").json
    assert document["openapi"].startswith("3.1")
    del document["paths"]["/api/v1/plan/updates"]  # it writes, and is tried in test_api_plan
    for path in document["paths"].values():
        for parameter in path["get"]["parameters"]:
            name, schema = parameter["name"], parameter["schema"]
            if name in known:
                schema.get("items", schema)["enum"] = known[name]
            if parameter["in"] == "path":
                schema["enum"] = known[name.removesuffix("_id")]
    return document


def _failures_and_statuses(schema: schemathesis.BaseSchema) -> tuple[set[str], Counter[int]]:
    failures, statuses = set(), Counter[int]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.FatalError | events.NonFatalError):
            failures.add(str(event))
        if isinstance(event, events.ScenarioFinished):
            recorder = event.recorder
            statuses.update(
                found.response.status_code
                for found in recorder.interactions.values()
                if found.response is not None
            )
            failures |= {
                f"{recorder.cases[case_id].value.as_curl_command()}: {check.failure_info.failure}"
                for case_id, checks in recorder.checks.items()
                for check in checks
                if check.failure_info is not None
            }
    return failures, statuses


def test_the_api_keeps_to_its_document(server: Flask, client: FlaskClient) -> None:
    schema = schemathesis.openapi.from_dict(
        _document_with_ids(client), config=SchemathesisConfig.from_dict(RUN)
    )
    schema.app = server
    failures, statuses = _failures_and_statuses(schema)
    assert not failures, "\n\n".join(sorted(failures))
    assert {200, 400, 405} <= set(statuses) <= {200, 308, 400, 404, 405}
    assert statuses[200] > 50
