"""`/plan/import`: shown before it is kept, kept with a reason, refused with its place."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from observatory.domain.plan import Plan
from observatory.exchange.plan_difference import plan_difference
from observatory.exchange.plan_json import plan_to_json
from observatory.exchange.stratml_schema import MOST_BYTES
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store
from observatory.workspace.decisions import NewDecision, decide
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import audit_rows, verify_chain
from observatory.workspace.people import Person, Role
from observatory.workspace.tables import PLAN_IMPORTS
from tests.people import HERE, account, actions, browser_of, form_token
from tests.plan_people import acting
from tests.reading import page_answer

PATH = "/plan/import"
REPORT = Path(__file__).parent.parent / "data" / "stratml" / "part2-report.xml"
CARRIED = re.compile(r'<input type="hidden" name="(file_name|edition|content)" value="([^"]*)">')


@pytest.fixture
def lead(workspace: Workspace) -> Person:
    return account(workspace, Role.LEADERSHIP, "Lea Martin")


@pytest.fixture
def client(house: Flask, workspace: Workspace, lead: Person) -> FlaskClient:
    return browser_of(house, workspace, lead)


@pytest.fixture
def renamed(store: Store, workspace: Workspace) -> bytes:
    """The plan as it stands, as JSON, under another title and without its first objective."""
    plan = now(store, workspace)
    first = plan.measures[0]
    other = replace(plan, title="A <new> name", measures=(replace(first, unit="towns"),))
    kept = {first.measure_id}
    figures = ("baselines", "targets", "actuals", "outlooks")
    left = {
        name: tuple(one for one in getattr(plan, name) if one.measure_id in kept)
        for name in figures
    }
    return plan_to_json(replace(other, **left))


def now(store: Store, workspace: Workspace) -> Plan:
    return PlanSource(workspace).whole(store, datetime.now(UTC).date())[0]


def imports(workspace: Workspace) -> int:
    with reading(workspace) as connection:
        return connection.execute(select(func.count()).select_from(PLAN_IMPORTS)).scalar_one()


def shown(client: FlaskClient, content: bytes, name: str = "plan.json") -> TestResponse:
    """Send a file as the form does."""
    fields = {
        "form_token": form_token(client, PATH),
        "plan": FileStorage(io.BytesIO(content), name),
    }
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(PATH, data=body, headers=HERE, content_type=kind)


def confirmed(client: FlaskClient, preview: TestResponse, **fields: str) -> TestResponse:
    """Confirm what a preview shows."""
    carried = {name: unescape(value) for name, value in CARRIED.findall(preview.text)}
    data = {"form_token": form_token(client, PATH), **carried, **fields}
    return client.post(f"{PATH}/confirmed", data=data, headers=HERE)


def test_a_plan_is_shown_first_and_kept_with_its_reason(
    client: FlaskClient, workspace: Workspace, store: Store, renamed: bytes
) -> None:
    preview = shown(client, renamed)
    assert preview.status_code == 200
    assert "A &lt;new&gt; name" in preview.text
    assert "Nothing is kept yet." in preview.text
    assert "<script" not in preview.text
    assert imports(workspace) == 0
    done = confirmed(client, preview, why="The board adopted it.")
    assert (done.status_code, done.location) == (303, f"{PATH}?done=kept")
    assert "stands from now on" in client.get(done.location).text
    assert now(store, workspace).title == "A <new> name"
    (row,) = [row for row in audit_rows(workspace) if row["action"] == "plan.import"]
    assert (row["person_name"], row["why"]) == ("Lea Martin", "The board adopted it.")
    assert '"file_name":"plan.json"' in str(row["new"])
    assert verify_chain(workspace).broken_at is None


def test_every_change_is_told(
    client: FlaskClient, workspace: Workspace, store: Store, renamed: bytes
) -> None:
    before = now(store, workspace)
    preview = shown(client, renamed)
    text = re.sub(r"\s+", " ", unescape(preview.text))
    confirmed(client, preview, why="New.")
    changes = plan_difference(before, now(store, workspace))
    told = [name for one in changes for name in (*one.added, *one.gone)]
    values = [value for one in changes for thing in one.changed for value in thing.values]
    assert len(told) > 8
    assert len(values) >= 2
    assert [name for name in told if re.sub(r"\s+", " ", name) not in text] == []
    assert [one for one in values if one[1] not in text or one[2] not in text] == []


def test_without_a_reason_nothing_is_kept(
    client: FlaskClient, workspace: Workspace, renamed: bytes
) -> None:
    answer = confirmed(client, shown(client, renamed), why="  ")
    assert answer.status_code == 400
    assert "Expected a reason" in answer.text
    assert imports(workspace) == 0
    assert confirmed(client, answer, why="Now with one.").status_code == 303


def test_a_plan_that_changed_since_the_preview_is_shown_again(
    client: FlaskClient, workspace: Workspace, lead: Person, renamed: bytes
) -> None:
    preview = shown(client, renamed)
    today = datetime.now(UTC).date()
    decision = NewDecision("course", "Wait.", "Olu", None, decided_on=today, as_of=today)
    decide(workspace, acting(lead), decision)
    answer = confirmed(client, preview, why="Adopted.")
    assert answer.status_code == 409
    assert "has changed since you looked" in answer.text
    assert "Adopted." in answer.text
    assert imports(workspace) == 0
    assert confirmed(client, answer, why="Adopted.").status_code == 303


def test_what_the_file_cannot_tell_and_tells_in_vain_is_said(client: FlaskClient) -> None:
    text = shown(client, REPORT.read_bytes(), "plans/report.xml").text
    assert "What would report.xml change?" in text
    assert "Stakeholder: 1" in text
    assert "Not taken over" in text


def test_the_same_plan_again_has_nothing_to_confirm(
    client: FlaskClient, workspace: Workspace, store: Store
) -> None:
    answer = shown(client, plan_to_json(now(store, workspace)))
    assert "Nothing: the plan here is the same already." in answer.text
    assert "Let this plan stand" not in answer.text


HOSTILE = b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'
HALF = REPORT.read_bytes().replace(b">500<", b">half<")


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "plan.xml", "plan.xml"),
        (b"{", "plan.json", "expected JSON"),
        (b'{"format": "other"}', "plan.json", "metropolis-observatory-plan"),
        (HOSTILE, "plan.xml", "plan.xml"),
        (HALF, "plan.xml", "/TargetResult/NumberOfUnits: expected a number"),
        (b"x" * (MOST_BYTES + 1), "plan.xml", "expected at most 5,000,000 bytes"),
    ],
    ids=["empty", "no json", "other json", "entities", "a word for a number", "too large"],
)
def test_a_file_that_makes_no_plan_is_refused_with_its_place(
    client: FlaskClient, workspace: Workspace, content: bytes, name: str, told: str
) -> None:
    answer = shown(client, content, name)
    assert answer.status_code == 400
    assert "This file makes no plan" in answer.text
    assert told in unescape(answer.text)
    assert "Let this plan stand" not in answer.text
    assert (imports(workspace), "plan.import" in actions(workspace)) == (0, False)


def test_a_request_beyond_all_measure_is_not_read(
    client: FlaskClient, workspace: Workspace
) -> None:
    kind = "multipart/form-data; boundary=b"
    body = b"x" * (4 * MOST_BYTES + 1)
    answer = client.post(PATH, data=body, headers=HERE, content_type=kind)
    assert answer.status_code == 413
    assert "5 megabytes at most" in answer.text
    assert imports(workspace) == 0


def test_a_form_without_a_file_says_so(client: FlaskClient) -> None:
    answer = shown(client, b"", "")
    assert answer.status_code == 400
    assert "Expected a file" in answer.text


def test_what_is_confirmed_is_checked_again(
    client: FlaskClient, workspace: Workspace, renamed: bytes
) -> None:
    preview = shown(client, renamed)
    for content in ("eyJ9", "§", "e"):
        assert confirmed(client, preview, why="x", content=content).status_code == 400
    assert imports(workspace) == 0


def test_a_form_that_is_not_of_the_session_changes_nothing(
    client: FlaskClient, workspace: Workspace, renamed: bytes
) -> None:
    preview = shown(client, renamed)
    assert confirmed(client, preview, why="x", form_token="").status_code == 403
    data = {"plan": (io.BytesIO(renamed), "plan.json")}
    assert client.post(PATH, data=data, headers=HERE).status_code == 403
    assert imports(workspace) == 0


def test_only_who_may_sees_the_way_on_the_page_of_the_plan(
    house: Flask, workspace: Workspace, client: FlaskClient
) -> None:
    assert "/plan/import" in str(page_answer(client, "/plan"))
    analyst = browser_of(house, workspace, account(workspace, Role.ANALYST))
    for other in (analyst, house.test_client()):
        assert "/plan/import" not in str(page_answer(other, "/plan"))
        assert other.get(PATH).status_code == 403
    admin = browser_of(house, workspace, account(workspace, Role.ADMIN))
    assert 'href="/plan/import"' in admin.get("/admin").text
