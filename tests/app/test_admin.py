"""Administration: invitations, roles, closed accounts, the audit trail; and tokens for programs."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from observatory.errors import ConflictError, InputError, NotAllowedError
from observatory.exchange.audit_file import write_trail
from observatory.pages import admin_audit
from observatory.queries.cities import city_names
from observatory.store.warehouse import Store
from observatory.workspace.accounts import (
    Grant,
    change_grant,
    find_account,
    set_disabled,
    set_notices,
)
from observatory.workspace.api_tokens import make_token
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.tables import AUDIT, TOKENS
from observatory.workspace.times import now_text
from observatory.workspace.trail import latest_entries, newest_sequence
from tests.people import HERE, PASSWORD, account, browser_of, form_token, post

LINK = re.compile(r"http://localhost(/welcome/[\w-]+)")


@pytest.fixture
def admin(workspace: Workspace) -> Person:
    return account(workspace, Role.ADMIN, "Ines Admin")


@pytest.fixture
def client(house: Flask, workspace: Workspace, admin: Person) -> FlaskClient:
    return browser_of(house, workspace, admin)


def _role_of(workspace: Workspace, admin: Person, person: Person) -> str:
    return find_account(workspace, Actor(admin), person.person_id).person.role.value


def test_an_invitation_gives_a_link_that_makes_the_account(
    client: FlaskClient, house: Flask
) -> None:
    answer = post(
        client,
        "/admin/people",
        "/admin",
        name="Bo Berg",
        email="Bo@Example.org",
        role="programme_owner",
        initiatives=["course", "air"],
    )
    assert answer.status_code == 200
    found = LINK.search(answer.text)
    assert found is not None
    assert "Clean air, Course on counting people" in answer.text.replace(" and ", ", ")
    bo = house.test_client()
    assert post(bo, found[1], found[1], password=PASSWORD).status_code == 303
    assert "programme owner, of Clean air and Course on counting people" in bo.get("/account").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "Expected a name"),
        ({"email": "nobody"}, "Expected an e-mail address"),
        ({"role": "emperor"}, "Expected a role"),
        ({"role": "member_city"}, "Expected the city"),
        ({"role": "member_city", "city": "atlantis"}, "atlantis"),
        (
            {"role": "programme_owner", "initiatives": "<b>"},
            "Expected initiatives of the plan, found: &lt;b&gt;",
        ),
    ],
)
def test_an_invitation_that_cannot_be_says_why_and_keeps_what_was_typed(
    client: FlaskClient, fields: dict[str, str], told: str
) -> None:
    given = {"name": "Bo <Berg>", "email": "bo@example.org", "role": "analyst", **fields}
    answer = post(client, "/admin/people", "/admin", **given)
    assert answer.status_code == 400
    assert told in answer.text
    assert "<Berg>" not in answer.text
    if fields.get("name") != "":
        assert "Bo &lt;Berg&gt;" in answer.text


def _ticked(page: str) -> list[str]:
    return re.findall(r'name="initiatives" value="([^"]+)" checked', page)


def test_initiatives_and_members_are_chosen_by_name(
    client: FlaskClient, workspace: Workspace, store: Store
) -> None:
    bo = account(workspace, Role.PROGRAMME_OWNER, "Bo Berg")  # of what this plan does not have
    page = f"/admin/people/{bo.person_id}"
    shown = client.get(page).text
    titles = re.findall(r'name="initiatives" value="([^"]+)"[^>]*> ([^<]+)<', shown)
    assert titles[:2] == [("congress", "Congress of 2021"), ("course", "Course on counting people")]
    assert titles[-1] == ("use", "use (no longer in the plan)")
    assert _ticked(shown) == ["use"]
    offered = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', shown)
    assert {(one, unescape(name)) for one, name in offered} >= set(city_names(store).items())
    fields = {"version": "1", "role": "programme_owner", "why": "more"}
    done = post(client, f"{page}/role", page, **fields, initiatives=["use", "air"])
    assert done.location == f"{page}?done=role"
    assert _ticked(client.get(page).text) == ["air", "use"]
    assert "Clean air" in client.get("/admin").text


def test_what_was_chosen_stays_where_an_invitation_cannot_be(client: FlaskClient) -> None:
    fields = {"name": "", "email": "bo@example.org", "role": "programme_owner"}
    answer = post(client, "/admin/people", "/admin", **fields, initiatives=["air"])
    assert answer.status_code == 400
    assert _ticked(answer.text) == ["air"]
    assert '<option value="programme_owner" selected>' in answer.text


def test_a_role_changes_at_once_with_a_reason_in_the_trail(
    client: FlaskClient, house: Flask, workspace: Workspace, admin: Person
) -> None:
    bo = account(workspace, Role.ANALYST, "Bo Berg")
    theirs = browser_of(house, workspace, bo)
    assert theirs.get("/admin").status_code == 403
    page = f"/admin/people/{bo.person_id}"
    fields = {"version": "1", "role": "admin"}
    assert "Expected a reason" in post(client, f"{page}/role", page, **fields, why=" ").text
    done = post(client, f"{page}/role", page, **fields, why="takes over")
    assert done.location == f"{page}?done=role"
    assert theirs.get("/admin").status_code == 200
    [entry] = latest_entries(workspace, Actor(admin), subject=f"person:{bo.person_id}", limit=1)
    assert (entry.action, entry.why, entry.person_name) == (
        "person.change_role",
        "takes over",
        "Ines Admin",
    )
    assert '"analyst"' in entry.old
    assert '"admin"' in entry.new
    assert "takes over" in client.get(f"/admin/audit?subject=person:{bo.person_id}").text


def test_a_change_to_what_somebody_else_changed_meanwhile_is_told(
    client: FlaskClient, workspace: Workspace, admin: Person
) -> None:
    bo = account(workspace)
    grant = Grant(Role.LEADERSHIP)
    change_grant(workspace, Actor(admin), bo.person_id, version=1, grant=grant, why="first")
    with pytest.raises(ConflictError) as conflict:
        change_grant(
            workspace,
            Actor(admin),
            bo.person_id,
            version=1,
            grant=Grant(Role.PUBLIC),
            why="second",
        )
    assert conflict.value.own["role"] == "public"
    assert conflict.value.theirs["role"] == "leadership"
    page = f"/admin/people/{bo.person_id}"
    answer = post(client, f"{page}/role", page, version="1", role="public", why="late")
    assert answer.status_code == 409
    assert _role_of(workspace, admin, bo) == "leadership"


def test_nobody_changes_their_own_role_and_the_last_administrator_stays(
    workspace: Workspace, admin: Person
) -> None:
    actor = Actor(admin)
    with pytest.raises(InputError, match="another administrator"):
        change_grant(
            workspace,
            actor,
            admin.person_id,
            version=1,
            grant=Grant(Role.LEADERSHIP),
            why="power",
        )
    second = account(workspace, Role.ADMIN)
    set_disabled(workspace, Actor(second), admin.person_id, version=1, disabled=True, why="left")
    with pytest.raises(InputError, match="only administrator"):
        set_disabled(workspace, actor, second.person_id, version=1, disabled=True, why="back")


def test_a_closed_account_can_be_opened_again(client: FlaskClient, workspace: Workspace) -> None:
    bo = account(workspace, Role.ANALYST, "Bo Berg")
    page = f"/admin/people/{bo.person_id}"
    post(client, f"{page}/state", page, version="1", state="closed", reason="left")
    assert "closed on" in client.get("/admin").text
    done = post(client, f"{page}/state", page, version="2", state="open", reason="came back")
    assert done.location == f"{page}?done=enabled"
    assert "closed on" not in client.get("/admin").text


def test_a_link_for_a_new_password_ends_the_ones_before(
    client: FlaskClient, house: Flask, workspace: Workspace
) -> None:
    bo = account(workspace, Role.ANALYST, "Bo Berg")
    page = f"/admin/people/{bo.person_id}"
    links = [LINK.search(post(client, f"{page}/link", page).text) for _ in range(2)]
    first, second = (found[1] for found in links if found)
    theirs = house.test_client()
    assert theirs.get(first).status_code == 410
    assert post(theirs, second, second, password=PASSWORD).status_code == 303


def test_an_unknown_person_is_told(client: FlaskClient) -> None:
    assert client.get("/admin/people/nobody").status_code == 404


def test_the_trail_is_read_a_page_at_a_time(
    client: FlaskClient, workspace: Workspace, admin: Person
) -> None:
    bo = account(workspace)
    for version in range(1, 60):
        role = Role.ANALYST if version % 2 else Role.PUBLIC
        change_grant(
            workspace,
            Actor(admin),
            bo.person_id,
            version=version,
            grant=Grant(role),
            why=f"reason {version}.",
        )
    first = client.get("/admin/audit")
    older = re.search(r'href="(/admin/audit\?[^"]+)"', first.text)
    assert older is not None
    assert "reason 59." in first.text
    assert "reason 2." not in first.text
    second = client.get(older[1].replace("&amp;", "&"))
    assert "reason 2." in second.text
    assert "reason 59." not in second.text
    assert client.get("/admin/audit?before=99999999999999999999").status_code == 200


def test_the_trail_is_taken_away_as_the_command_writes_it(
    client: FlaskClient, house: Flask, workspace: Workspace, tmp_path: Path
) -> None:
    browser_of(house, workspace, account(workspace, Role.ANALYST, 'Bo, "the second"'))
    for form in ("csv", "json"):
        answer = client.get(f"/admin/audit/export.{form}")
        write_trail(workspace, tmp_path / f"trail.{form}")
        assert answer.status_code == 200
        assert answer.data == (tmp_path / f"trail.{form}").read_bytes()
        assert b"the second" in answer.data
        assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
        assert f'href="/admin/audit/export.{form}"' in client.get("/admin/audit").text
    assert client.get("/admin/audit/export.xlsx").status_code == 404


def test_the_page_tells_whether_the_trail_holds(
    client: FlaskClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = account(workspace)
    for wanted in (True, False):
        set_notices(workspace, Actor(bo), wanted=wanted)
    rows = newest_sequence(workspace)
    assert f"The trail holds: {rows} rows" in client.get("/admin/audit").text
    monkeypatch.setattr(admin_audit, "CHECKED_AT_ONCE", rows - 1)
    few = client.get("/admin/audit").text
    assert f"The trail has {rows} rows." in few
    assert "holds" not in few
    few = client.get("/admin/audit?check=all").text
    assert "The trail holds" in few
    with writing(workspace) as connection:
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == 2).values(why="forged"))
    assert f"people {bo.person_id}: the trail tells nothing, found a row" in few  # as tests add one
    broken = client.get("/admin/audit?check=all").text
    assert "The trail is broken at row 2" in broken
    assert 'role="alert"' in broken


# Tokens for programs


def _with(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_is_shown_once_and_carries_the_role(house: Flask, workspace: Workspace) -> None:
    bo = account(workspace, Role.LEADERSHIP, "Bo Berg")
    client = browser_of(house, workspace, bo)
    answer = post(client, "/account/tokens", "/account", label="nightly", days="30")
    found = re.search(r"mo_[\w-]{43}", answer.text)
    assert found is not None
    assert found[0] not in client.get("/account").text
    assert "nightly" in client.get("/account").text
    program = house.test_client()
    assert program.get("/api/v1/cities", headers=_with(found[0])).status_code == 200
    assert program.get("/account", headers=_with(found[0])).status_code == 403


@pytest.mark.parametrize("token", ["mo_guessed", "x" * 500])
def test_a_token_that_is_none_is_refused_even_for_what_is_public(house: Flask, token: str) -> None:
    answer = house.test_client().get("/api/v1/cities", headers=_with(token))
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_and_can_be_withdrawn(house: Flask, workspace: Workspace) -> None:
    bo = account(workspace, Role.ANALYST, "Bo Berg")
    client, program = browser_of(house, workspace, bo), house.test_client()
    token = make_token(workspace, Actor(bo), label="a", days=1)
    withdrawn = re.search(r'action="(/account/tokens/\w+/revoke)"', client.get("/account").text)
    assert withdrawn is not None
    assert post(client, withdrawn[1], "/account").location == "/account?done=token"
    assert program.get("/api/v1/cities", headers=_with(token)).status_code == 401
    ended = make_token(workspace, Actor(bo), label="b", days=1)
    with writing(workspace) as connection:
        connection.execute(update(TOKENS).values(ends_at=now_text(seconds=-1)))
    assert program.get("/api/v1/cities", headers=_with(ended)).status_code == 401


def test_a_token_of_a_closed_account_is_refused(
    house: Flask, workspace: Workspace, admin: Person
) -> None:
    bo = account(workspace)
    token = make_token(workspace, Actor(bo), label="a", days=1)
    set_disabled(workspace, Actor(admin), bo.person_id, version=1, disabled=True, why="left")
    answer = house.test_client().get("/api/v1/cities", headers=_with(token))
    assert answer.status_code == 401


def test_nobody_withdraws_the_token_of_another_but_an_administrator(
    house: Flask, workspace: Workspace, client: FlaskClient
) -> None:
    bo = account(workspace, Role.ANALYST, "Bo Berg")
    token = make_token(workspace, Actor(bo), label="a", days=1)
    page = f"/admin/people/{bo.person_id}"
    found = re.search(rf'action="{page}/tokens/(\w+)/revoke"', client.get(page).text)
    assert found is not None
    other = browser_of(house, workspace, account(workspace))
    assert post(other, f"/account/tokens/{found[1]}/revoke", "/account").status_code == 400
    program = house.test_client()
    assert program.get("/api/v1/cities", headers=_with(token)).status_code == 200
    assert post(client, f"{page}/tokens/{found[1]}/revoke", page).status_code == 303
    assert program.get("/api/v1/cities", headers=_with(token)).status_code == 401


def test_an_administrator_makes_no_token_for_somebody_else(
    house: Flask, workspace: Workspace
) -> None:
    public = account(workspace, Role.PUBLIC)
    with pytest.raises(NotAllowedError):
        make_token(workspace, Actor(public), label="a", days=1)
    addresses = {rule.rule for rule in house.url_map.iter_rules() if "POST" in rule.methods}
    assert "/admin/people/<person_id>/tokens" not in addresses


def test_the_choice_of_reminders_is_kept(house: Flask, workspace: Workspace) -> None:
    client = browser_of(house, workspace, account(workspace))
    assert "checked" in client.get("/account").text
    token = form_token(client, "/account")
    client.post("/account/notices", data={"form_token": token}, headers=HERE)
    assert "checked" not in client.get("/account").text
