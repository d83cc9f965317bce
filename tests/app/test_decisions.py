"""Decisions on the pages of the plan: settled where they are read, told where overdue."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from observatory.domain.plan import Decision
from observatory.pages.plan_decision_tables import is_overdue
from observatory.workspace.decisions import NewDecision, decide, decision_versions, settle
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import audit_rows
from observatory.workspace.people import Person, Role
from observatory.workspace.plan_record import plan_record
from tests.people import HERE, account, browser_of, posted_forms
from tests.plan_people import acting
from tests.reading import page_answer

PAGES = ("/plan", "/plan/course-people", "/plan/review")
TODAY = datetime.now(UTC).date()


@pytest.fixture
def lead(workspace: Workspace) -> Person:
    return account(workspace, Role.LEADERSHIP, "Lea Martin")


@pytest.fixture
def client(house: Flask, workspace: Workspace, lead: Person) -> FlaskClient:
    return browser_of(house, workspace, lead)


@pytest.fixture
def decision_id(workspace: Workspace, lead: Person) -> str:
    """A decision that is overdue since yesterday."""
    before = TODAY - timedelta(days=9)
    due_on = TODAY - timedelta(days=1)
    found = NewDecision("course-people", "Ask <again>.", "Olu", due_on, before, before)
    return decide(workspace, acting(lead), found)


def shown(client: FlaskClient, path: str) -> str:
    """The static parts of a page as HTML; of the review, the item of the course."""
    for item in range(1, 30) if path == "/plan/review" else [0]:
        told = str(page_answer(client, path, f"?item={item}" if item else ""))
        if "Ask &lt;again&gt;." in told or not item:
            return told
    raise AssertionError("no item of the review shows the decision")


def forms(client: FlaskClient, path: str) -> dict[str, dict[str, str]]:
    """Address and fields of the forms that settle something."""
    return dict(posted_forms(shown(client, path)))


def sent(client: FlaskClient, action: str, fields: Mapping[str, str]) -> TestResponse:
    return client.post(action, data=fields, headers=HERE)


def state_of(workspace: Workspace) -> str:
    (decision,) = plan_record(workspace).decisions
    return decision.state


@pytest.mark.parametrize("path", PAGES)
def test_a_decision_is_settled_where_it_is_read_and_opened_again(
    client: FlaskClient, workspace: Workspace, decision_id: str, path: str
) -> None:
    assert "tag-late" in shown(client, path)
    done = f"/plan/decisions/{decision_id}/done"
    found = forms(client, path)
    assert set(found) == {done, f"/plan/decisions/{decision_id}/dropped"}
    answer = sent(client, done, found[done])
    assert answer.status_code == 302
    assert answer.location.startswith(path)
    assert answer.location.endswith(f"#decision-{decision_id}")
    assert state_of(workspace) == "done"
    assert "tag-late" not in shown(client, path)
    again = forms(client, path)
    assert set(again) == {f"/plan/decisions/{decision_id}/open"}
    (way,) = again.items()
    sent(client, *way)
    assert state_of(workspace) == "open"
    rows = [row for row in audit_rows(workspace) if str(row["action"]).startswith("decision.")]
    assert [row["action"] for row in rows] == ["decision.make", "decision.done", "decision.open"]
    assert {row["person_name"] for row in rows} == {"Lea Martin"}
    assert '"state":"open"' in str(rows[1]["old"])
    assert '"state":"done"' in str(rows[1]["new"])


@pytest.mark.parametrize("path", PAGES)
def test_a_decision_is_dropped_with_a_reason_that_stays_in_the_trail(
    client: FlaskClient, workspace: Workspace, decision_id: str, path: str
) -> None:
    drop = f"/plan/decisions/{decision_id}/dropped"
    fields = forms(client, path)[drop]
    assert f'id="why-{decision_id}"' in shown(client, path)
    refused = sent(client, drop, {**fields, "why": "  "})
    assert refused.status_code == 400
    assert "expected a reason" in refused.text
    assert state_of(workspace) == "open"
    assert sent(client, drop, {**fields, "why": "The hub <closed>."}).status_code == 302
    assert state_of(workspace) == "dropped"
    *_before, newest = audit_rows(workspace)
    assert (newest["action"], newest["why"]) == ("decision.dropped", "The hub <closed>.")


@pytest.mark.parametrize("path", PAGES)
def test_who_may_not_decide_reads_decisions_without_forms(
    house: Flask, workspace: Workspace, decision_id: str, path: str
) -> None:
    owner = browser_of(house, workspace, account(workspace, Role.PROGRAMME_OWNER))
    for client in (house.test_client(), owner):
        told = shown(client, path)
        assert "Ask &lt;again&gt;." in told
        assert decision_id in told  # the place an address names
        assert "/plan/decisions/" not in told.replace("/plan/decisions/form", "")
        assert "Settle" not in told


def test_a_decision_that_somebody_settled_meanwhile_is_told(
    client: FlaskClient, workspace: Workspace, lead: Person, decision_id: str
) -> None:
    found = forms(client, "/plan")
    settle(workspace, acting(lead), decision_id, "dropped", 1, why="Nobody can.")
    done = f"/plan/decisions/{decision_id}/done"
    assert sent(client, done, found[done]).status_code == 409
    assert state_of(workspace) == "dropped"
    assert decision_versions(workspace) == {decision_id: 2}


def test_a_form_without_its_token_settles_nothing(
    client: FlaskClient, workspace: Workspace, decision_id: str
) -> None:
    done = f"/plan/decisions/{decision_id}/done"
    fields = {**forms(client, "/plan")[done], "form_token": ""}
    assert sent(client, done, fields).status_code == 403
    assert state_of(workspace) == "open"


@pytest.mark.parametrize(
    "back", ["https://evil.example/plan", "//evil.example/plan", "/plans", "/admin", ""]
)
def test_the_way_back_is_only_ever_to_the_plan(
    client: FlaskClient, decision_id: str, back: str
) -> None:
    done = f"/plan/decisions/{decision_id}/done"
    fields = {**forms(client, "/plan")[done], "back": back}
    assert sent(client, done, fields).location == "/plan/review"


def test_the_plan_counts_open_and_overdue_decisions(
    client: FlaskClient, workspace: Workspace, lead: Person, decision_id: str
) -> None:
    assert decision_id in decision_versions(workspace)
    later = NewDecision("course", "Later.", "Bo", TODAY + timedelta(days=9), TODAY, TODAY)
    decide(workspace, acting(lead), later)
    told = shown(client, "/plan")
    assert "2 decisions are open, 1 of them overdue." in told
    assert told.index("Ask &lt;again&gt;.") < told.index("Later.")


@pytest.mark.parametrize(
    ("state", "due_on", "overdue"),
    [
        ("open", date(2023, 6, 29), True),
        ("open", date(2023, 6, 30), False),
        ("open", None, False),
        ("done", date(2023, 6, 29), False),
        ("dropped", date(2023, 6, 29), False),
    ],
)
def test_a_decision_is_overdue_once_its_day_is_past(
    state: str,
    due_on: date | None,
    overdue: bool,  # noqa: FBT001 - of the table above
) -> None:
    one = Decision("d", "course", "Ask.", "Olu", date(2023, 1, 1), due_on, state)
    assert is_overdue(one, date(2023, 6, 30)) == overdue


def test_what_a_meeting_decides_while_it_looks_back_is_in_that_days_board_pack(
    client: FlaskClient,
) -> None:
    back = "/plan/review?as_of=2023-06-30&item=1"
    asked = client.get("/plan/decisions/form", query_string={"node": "course-people", "back": back})
    ((action, fields),) = posted_forms(asked.text)
    told = {**fields, "words": "Count them anew.", "owner": "Olu", "due_on": ""}
    answer = client.post(action, data=told, headers=HERE)
    assert answer.location.startswith(back)
    packs = {
        day: client.get(f"/plan/board-pack.html?as_of={day}").text
        for day in ("2023-06-29", "2023-06-30", "2023-07-01", TODAY.isoformat())
    }
    assert ["Count them anew." in pack for pack in packs.values()] == [False, True, False, True]
    assert "No decision is on record" not in packs["2023-06-30"]


def test_the_way_to_sign_in_leads_back_to_the_item(house: Flask) -> None:
    back = "/plan/review?as_of=2023-06-30&item=4"
    query = {"node": "course-people", "back": back}
    told = house.test_client().get("/plan/decisions/form", query_string=query).text
    way = unescape(told.split('href="')[1].split('"')[0])
    assert parse_qs(urlsplit(way).query)["next"] == [back]
    elsewhere = {**query, "back": "https://evil.example/plan"}
    assert (
        "evil" not in house.test_client().get("/plan/decisions/form", query_string=elsewhere).text
    )
