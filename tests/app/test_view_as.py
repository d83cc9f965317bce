"""Administrators look at pages as somebody else: they see, write nothing, and it is recorded."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from observatory.errors import NotAllowedError
from observatory.workspace.accounts import Grant, change_grant, set_notices
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import audit_rows, verify_chain
from observatory.workspace.people import LOOKING_ON, Actor, Person, Role
from observatory.workspace.update_lists import own_updates
from tests.people import HERE, account, actions, browser_of, form_token, post
from tests.plan_people import begun, owner, take
from tests.reading import page_answer

PATH = "/admin/view-as"
ANY = "/welcome/none"  # a page for everybody
BANNER = "Ines Admin, you see this as"


@pytest.fixture
def admin(workspace: Workspace) -> Person:
    return account(workspace, Role.ADMIN, "Ines Admin")


@pytest.fixture
def client(house: Flask, workspace: Workspace, admin: Person) -> FlaskClient:
    return browser_of(house, workspace, admin)


def look_as(client: FlaskClient, role: Role, **fields: str | list[str]) -> TestResponse:
    return post(client, PATH, PATH, role=role.value, **fields)


def be_oneself(client: FlaskClient) -> TestResponse:
    return post(client, "/view-as/end", ANY)


def test_the_queue_of_a_programme_owner_is_seen_until_the_way_back(
    client: FlaskClient, workspace: Workspace
) -> None:
    assert client.get("/queue").status_code == 403
    begin = look_as(client, Role.PROGRAMME_OWNER, initiatives=["course", "air"])
    assert (begin.status_code, begin.location) == (303, "/")
    queue = client.get("/queue")
    assert "2 figures are due" in queue.text
    assert f"{BANNER} programme owner (air, course). Nothing can be written." in queue.text
    assert BANNER in client.get("/_dash-layout").text
    refused = client.get("/admin", headers={"Accept": "text/html"})
    assert refused.status_code == 403
    assert BANNER in refused.text
    assert be_oneself(client).location == PATH
    assert client.get("/admin").status_code == 200
    assert BANNER not in client.get("/admin").text
    assert BANNER not in client.get("/_dash-layout").text
    assert client.get("/queue").status_code == 403
    rows = [row for row in audit_rows(workspace) if "look_as" in str(row["action"])]
    assert [row["action"] for row in rows] == ["person.look_as", "person.look_as_oneself"]
    assert {row["person_name"] for row in rows} == {"Ines Admin"}
    assert '"initiative_ids":["air","course"]' in str(rows[0]["new"])
    assert verify_chain(workspace).broken_at is None


def test_leadership_sees_what_waits_and_an_administrator_only_so(
    client: FlaskClient, workspace: Workspace
) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    update_id = begun(workspace, author)
    take(workspace, author, lead, update_id, 1, "submit")
    assert client.get(f"/queue/{update_id}").status_code == 403
    look_as(client, Role.LEADERSHIP)
    assert "1 waits for your review" in client.get("/queue").text
    assert client.get(f"/queue/{update_id}").status_code == 200
    assert client.get("/plan/import").status_code == 200


def test_a_member_sees_its_own_and_needs_to_be_named(client: FlaskClient) -> None:
    assert look_as(client, Role.MEMBER_CITY).status_code == 400
    look_as(client, Role.MEMBER_CITY, city="montreal")
    assert f"{BANNER} member city (montreal)" in client.get("/queue").text


def test_the_public_sees_no_way_to_anything_of_ones_own(client: FlaskClient) -> None:
    look_as(client, Role.PUBLIC)
    layout = client.get("/_dash-layout").text
    assert "Sign in" in layout
    assert "Administration" not in layout
    assert client.get("/queue").status_code == 403
    assert "first visit" not in str(page_answer(client, "/"))


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.LEADERSHIP, Role.PROGRAMME_OWNER])
def test_nothing_can_be_written_meanwhile(
    house: Flask, client: FlaskClient, workspace: Workspace, role: Role
) -> None:
    look_as(client, role, initiatives=["course"])
    before = actions(workspace)
    token = form_token(client, ANY)
    for rule in house.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or rule.endpoint == "view_as_end":
            continue
        if rule.endpoint == "/_dash-update-component":
            continue  # asks for a page, and is how pages are seen
        path = rule.rule.replace("<", "").replace(">", "")
        answer = client.post(path, data={"form_token": token}, headers=HERE)
        assert answer.status_code == 403, rule.endpoint
    assert client.get("/account").status_code == 403
    assert actions(workspace) == before
    assert own_updates(workspace, Person(LOOKING_ON, "", "", role)) == []


def test_a_write_that_no_address_guards_is_refused_by_the_trail(workspace: Workspace) -> None:
    nobody = Person(LOOKING_ON, "Ines Admin", "", Role.LEADERSHIP)
    with pytest.raises(NotAllowedError, match="writes nothing"):
        set_notices(workspace, Actor(nobody), wanted=False)
    assert actions(workspace) == []


def test_one_looks_only_as_another_and_only_in_this_session(
    house: Flask, client: FlaskClient, workspace: Workspace, admin: Person
) -> None:
    assert look_as(client, Role.ADMIN).status_code == 400
    other = browser_of(house, workspace, admin)
    look_as(client, Role.ANALYST)
    assert client.get("/admin").status_code == 403
    assert other.get("/admin").status_code == 200
    assert BANNER not in other.get("/admin").text


def test_who_administers_no_more_looks_as_nobody_else(
    client: FlaskClient, workspace: Workspace, admin: Person
) -> None:
    look_as(client, Role.LEADERSHIP)
    second = Actor(account(workspace, Role.ADMIN))
    grant = Grant(Role.ANALYST)
    change_grant(workspace, second, admin.person_id, version=1, grant=grant, why="moves on")
    assert client.get("/plan/import").status_code == 403
    assert BANNER not in client.get("/account").text


def test_the_page_tells_what_each_role_may_do(client: FlaskClient) -> None:
    text = client.get(PATH).text
    assert "Import a plan" in text
    assert "Leadership and its programme owner may, but never its author." in text
