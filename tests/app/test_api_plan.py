"""The plan in the API: as of any day, and updates by a token that carries a role."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from observatory.workspace.api_tokens import make_token
from observatory.workspace.engine import Workspace
from observatory.workspace.people import Role
from observatory.workspace.update_lists import own_updates
from tests.people import HERE, account, browser_of
from tests.plan_people import acting, owner

UPDATE = {
    "kind": "actual",
    "initiative_id": "course",
    "subject_id": "course-people",
    "content": {"period": "2023", "value": 60, "note": "counted"},
}


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def test_a_node_has_its_status_and_what_it_follows_from(client: FlaskClient) -> None:
    found = client.get("/api/v1/plan/air-particles?as_of=2022-06-30").get_json()
    assert found["status"] == "off_pace"
    assert (found["baseline"], found["target"], found["actual"]) == (30, 20, 28)
    assert found["schedule"] == pytest.approx(0.6)
    assert found["rule_version"]
    assert found["as_of"] == "2022-06-30"


def test_every_node_is_listed_by_id_in_pages(client: FlaskClient) -> None:
    first = client.get("/api/v1/plan?limit=5").get_json()
    assert len(first["data"]) == 5
    second = client.get(f"/api/v1/plan?limit=5&cursor={first['next']}").get_json()
    ids = [one["node_id"] for one in (*first["data"], *second["data"])]
    assert ids == sorted(ids)
    whole = list(csv.DictReader(io.StringIO(client.get("/api/v1/plan?format=csv").text)))
    assert len(whole) == 15


def test_illustrative_targets_can_be_left_out(client: FlaskClient) -> None:
    path = "/api/v1/plan/course-people?as_of=2022-06-30"
    shown, hidden = (client.get(f"{path}&illustrative={one}").get_json() for one in ("on", "off"))
    assert (shown["target_standing"], shown["has_illustrative"]) == ("illustrative", "yes")
    assert (hidden["target"], hidden["status"]) == (None, "unknown")


def test_a_known_answer_is_not_sent_again(client: FlaskClient) -> None:
    answer = client.get("/api/v1/plan?as_of=2022-06-30")
    again = client.get(
        "/api/v1/plan?as_of=2022-06-30", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_unknown_nodes_and_days_are_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/plan/O9").status_code == 404
    assert client.get("/api/v1/plan?as_of=soon").status_code == 400
    assert client.get("/api/v1/plan?illustrative=maybe").status_code == 400


def _bearer(workspace: Workspace, role: Role) -> dict[str, str]:
    person = owner(workspace) if role is Role.PROGRAMME_OWNER else account(workspace, role)
    token = make_token(workspace, acting(person), label="script", days=1)
    return {"Authorization": f"Bearer {token}"}


def test_an_update_needs_a_token_of_who_may(house: Flask, workspace: Workspace) -> None:
    client = house.test_client()
    assert client.post("/api/v1/plan/updates", json=UPDATE).status_code == 403
    wrong = client.post(
        "/api/v1/plan/updates", json=UPDATE, headers={"Authorization": "Bearer none"}
    )
    assert wrong.status_code == 401
    analyst = _bearer(workspace, Role.ANALYST)
    refused = client.post("/api/v1/plan/updates", json=UPDATE, headers=analyst)
    assert refused.status_code == 403
    assert refused.mimetype == "application/problem+json"


def test_an_update_by_a_program_waits_for_review(house: Flask, workspace: Workspace) -> None:
    person = owner(workspace)
    token = make_token(workspace, acting(person), label="script", days=1)
    headers = {"Authorization": f"Bearer {token}"}
    answer = house.test_client().post("/api/v1/plan/updates", json=UPDATE, headers=headers)
    assert answer.status_code == 201
    assert answer.get_json()["state"] == "submitted"
    (mine,) = own_updates(workspace, person)
    assert (mine.state, mine.content["value"]) == ("submitted", 60)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "wish"}, "kind"),
        ({"initiative_id": "none"}, "initiative_id"),
        ({"subject_id": "air-particles"}, "subject_id"),
        ({"content": {"period": "soon", "value": "x"}}, "content"),
        ({"extra": 1}, "extra"),
    ],
)
def test_an_update_that_makes_no_sense_is_refused(
    house: Flask, workspace: Workspace, change: dict[str, object], named: str
) -> None:
    headers = _bearer(workspace, Role.PROGRAMME_OWNER)
    answer = house.test_client().post("/api/v1/plan/updates", json=UPDATE | change, headers=headers)
    assert answer.status_code == 400
    assert named in [one["parameter"] for one in answer.get_json()["errors"]]


def test_a_refused_update_leaves_no_draft(house: Flask, workspace: Workspace) -> None:
    person = owner(workspace)
    token = make_token(workspace, acting(person), label="script", days=1)
    headers = {"Authorization": f"Bearer {token}"}
    for content in ({"period": "x", "value": "abc"}, {"period": "2099", "value": 1}, {}):
        sent = {**UPDATE, "content": content, "submit": True}
        answer = house.test_client().post("/api/v1/plan/updates", json=sent, headers=headers)
        assert answer.status_code == 400
    assert own_updates(workspace, person) == []


def test_a_session_of_a_browser_is_no_token(house: Flask, workspace: Workspace) -> None:
    client = browser_of(house, workspace, owner(workspace))
    answer = client.post("/api/v1/plan/updates", json=UPDATE, headers=HERE)
    assert answer.status_code == 401
    assert "Expected a token" in answer.text
