"""Updates from the queue to the plan: by forms, as people send them."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from observatory.errors import ConflictError
from observatory.exchange.stratml_read import plan_from_stratml
from observatory.workspace import updates
from observatory.workspace.accounts import Grant, add_account, person_of
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.ledger import verify_chain
from observatory.workspace.people import Role
from observatory.workspace.plan_imports import keep_import
from observatory.workspace.plan_record import plan_record
from observatory.workspace.update_lists import own_updates, to_review
from tests.people import HERE, account, browser_of, form_token, posted_forms
from tests.plan_people import CITIES, FIGURE, acting, begun, owner, take

REPORT = Path(__file__).parent.parent / "data" / "stratml" / "part2-report.xml"


def send(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    token = form_token(client, "/account")
    return client.post(path, data={"form_token": token, **fields}, headers=HERE)


def test_an_update_goes_from_draft_to_the_plan(house: Flask, workspace: Workspace) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    writes, reads = (browser_of(house, workspace, one) for one in (author, lead))
    queue = writes.get("/queue").text
    assert "2 figures are due" in queue
    assert "last over 80 people for 2022" in queue
    sent = send(
        writes, "/queue/quick", measure_id="course-people", value="60", period="2023",
        source_url="https://example.org/course",
    )  # fmt: skip
    assert sent.headers["Location"] == "/queue?done=submitted"
    (waiting,) = to_review(workspace, lead)
    assert "1 waits for your review" in reads.get("/queue").text
    assert "60 people for 2023" in reads.get("/queue").text
    assert "60 people for 2023" in writes.get("/queue").text
    page = reads.get(f"/queue/{waiting.update_id}").text
    assert "Approve" in page
    assert "60" in page
    send(reads, f"/queue/{waiting.update_id}/approve", version=str(waiting.version))
    send(reads, f"/queue/{waiting.update_id}/publish", version=str(waiting.version + 1))
    (change,) = plan_record(workspace).changes
    assert change.subject_id == "course-people"
    assert change.content["value"] == 60
    assert change.reported_by == author.name
    shown = json.dumps(_page(house, "/plan/course-people"))
    assert "reported here by Olu Owner" in shown
    assert "Updates written here" in shown
    assert "sent it back" not in shown
    assert verify_chain(workspace).broken_at is None


def _page(house: Flask, path: str, client: FlaskClient | None = None) -> object:
    question = {
        "output": "..frame-main.children...frame-navigation.children...frame-title.data..",
        "outputs": [
            {"id": "frame-main", "property": "children"},
            {"id": "frame-navigation", "property": "children"},
            {"id": "frame-title", "property": "data"},
        ],
        "inputs": [
            {"id": "frame-location", "property": "pathname", "value": path},
            {"id": "frame-location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["frame-location.pathname"],
    }
    asking = client or house.test_client()
    return asking.post("/_dash-update-component", json=question, headers=HERE).get_json()


def test_an_as_of_day_before_the_publication_does_not_know_it(
    house: Flask, workspace: Workspace
) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    update_id = begun(workspace, author, value="200")
    updates.submit(workspace, acting(author), update_id, 1)
    updates.approve(workspace, acting(lead), update_id, 2)
    updates.publish(workspace, acting(lead), update_id, 3)
    today = datetime.now(UTC).date()

    def actual(day: str) -> list[str]:
        answer = house.test_client().get(f"/export/plan.json?as_of={day}")
        row = next(r for r in answer.get_json()["data"] if r["node_id"] == "course-people")
        return [str(row["actual"]), row["status"]]

    assert actual(today.isoformat()) == ["380.0", "achieved"]  # 100 + over 80 + 200, target 300
    assert actual(date(2023, 6, 30).isoformat()) == ["180.0", "off_pace"]


def test_only_a_state_can_be_confirmed_unchanged(house: Flask, workspace: Workspace) -> None:
    """What was counted in a period did not happen again because nobody looked."""
    author = owner(workspace)
    client = browser_of(house, workspace, author)
    page = client.get("/queue").text
    line = page[page.index("People taught") :].partition("</li>")[0]
    assert "Confirm unchanged" not in line
    assert 'value="80"' not in line
    answer = send(client, "/queue/unchanged", measure_id="course-people", period="2025")
    assert answer.status_code == 400
    assert "Expected the last figure of a state" in answer.text
    assert own_updates(workspace, author) == []


def test_a_member_owes_no_figures_of_what_many_take_part_in(
    house: Flask, workspace: Workspace
) -> None:
    """Montréal and Guangzhou take part in the course: its figures are of the whole."""
    with writing(workspace) as connection:
        grant = Grant(Role.MEMBER_CITY, city_id="montreal")
        added = add_account(connection, name="Mo", email="mo@example.org", grant=grant)
        person = person_of(connection, added)
    assert person is not None
    client = browser_of(house, workspace, person)
    page = client.get("/queue").text
    assert "None is due by its rhythm" in page
    assert "Course on counting people" in page
    choices = client.get("/queue/new?initiative=course").text
    assert "A figure: People taught" not in choices
    assert "How far the initiative is" in choices
    fields = {"measure_id": "course-people", "value": "60", "period": "2023"}
    assert send(client, "/queue/quick", **fields).status_code == 403
    assert own_updates(workspace, person) == []


def test_no_form_is_given_to_who_may_not_send_it(house: Flask, workspace: Workspace) -> None:
    member = browser_of(house, workspace, account(workspace, Role.MEMBER_CITY))
    for query in (
        "kind=actual&subject=course-people",
        "initiative=course",
    ):
        answer = member.get(f"/queue/new?{query}")
        assert answer.status_code == 403
        assert "You may not write this update" in answer.text
        assert "<textarea" not in answer.text


def test_figures_of_a_plan_from_elsewhere_are_written_by_leadership(
    house: Flask, workspace: Workspace
) -> None:
    """Its measures hang on lines: nobody owns those, and there is no initiative."""
    lead, other = (account(workspace, Role.LEADERSHIP) for _ in range(2))
    plan = plan_from_stratml(REPORT.read_bytes(), "report.xml", date(2026, 11, 23))
    keep_import(workspace, acting(lead), plan, file_name="report.xml", why="To be tried.")
    client = browser_of(house, workspace, lead)
    (way,) = set(re.findall(r'href="(/queue/new\?initiative=[^"]+)"', client.get("/queue").text))
    choices = client.get(way).text
    assert "A figure: Trees planted" in choices
    assert "How far the initiative is" not in choices
    (form_path,) = re.findall(r'href="(/queue/new\?kind=actual[^"]+)"', choices)
    ((_path, hidden),) = [
        one for one in posted_forms(client.get(unescape(form_path)).text) if "subject_id" in one[1]
    ]
    wanted = ("kind", "initiative_id", "subject_id")
    fields = {name: hidden[name] for name in wanted}
    figure = {"period": "2021", "value": "480", "relation": "exact", "note": "Counted."}
    assert send(client, "/queue/updates", **fields, **figure).status_code == 302
    (mine,) = own_updates(workspace, lead)
    assert "Trees planted" in client.get(f"/queue/{mine.update_id}").text
    send(client, f"/queue/{mine.update_id}/submit", version="1", **figure)
    assert "480 trees for 2021" in browser_of(house, workspace, other).get("/queue").text
    stage = {**fields, "kind": "stage", "subject_id": fields["initiative_id"]}
    assert send(client, "/queue/updates", **stage, stage="running").status_code == 404


def test_confirmed_unchanged_is_one_step(house: Flask, workspace: Workspace) -> None:
    author = owner(workspace)
    client = browser_of(house, workspace, author)
    send(client, "/queue/unchanged", measure_id="air-particles", period="2025")
    (mine,) = own_updates(workspace, author)
    assert mine.state == "submitted"
    assert mine.content["unchanged"] is True
    assert mine.content["value"] == "24"
    assert mine.content["source_url"] == "https://example.org/project"
    assert "Particles in the air" not in client.get("/queue").text.split("My updates")[0]


def test_a_bad_figure_comes_back_with_what_was_typed(house: Flask, workspace: Workspace) -> None:
    author = owner(workspace)
    client = browser_of(house, workspace, author)
    sent = send(
        client, "/queue/quick", measure_id="course-people", value="many", period="soon",
        source_url="here",
    )  # fmt: skip
    page = client.get(sent.headers["Location"]).text
    assert "point before decimals, found &#39;many&#39;." in page
    assert "Period: expected a year like 2023" in page
    assert "Source: expected an address that begins with https://" in page
    assert 'value="many"' in page
    (mine,) = own_updates(workspace, author)
    assert mine.state == "draft"


def test_the_second_of_two_windows_is_told_and_loses_nothing(
    house: Flask, workspace: Workspace
) -> None:
    author = owner(workspace)
    update_id = begun(workspace, author)
    updates.save(workspace, acting(author), update_id, 1, {**FIGURE, "value": "70"})
    with pytest.raises(ConflictError) as told:
        updates.save(workspace, acting(author), update_id, 1, {**FIGURE, "value": "80"})
    assert told.value.own["value"] == "80"
    assert told.value.theirs["value"] == "70"
    client = browser_of(house, workspace, author)
    answer = send(client, f"/queue/{update_id}/submit", version="1", value="80", period="2023")
    assert answer.status_code == 409
    assert "Both versions" in answer.text
    assert re.search(r'data-label="Yours">80<', answer.text)
    assert re.search(r'data-label="The other">70<', answer.text)


def test_what_is_typed_is_kept_as_a_draft_and_found_again(
    house: Flask, workspace: Workspace
) -> None:
    author = owner(workspace)
    client = browser_of(house, workspace, author)
    page = client.get("/queue/new?kind=actual&subject=course-people").text
    assert 'value="80"' in page  # the last figure
    assert 'value="https://example.org/course"' in page
    token = form_token(client, "/account")
    fields = {
        "form_token": token, "kind": "actual", "initiative_id": "course",
        "subject_id": "course-people", "value": "6",
    }  # fmt: skip
    headers = {**HERE, "Accept": "application/json"}
    made = client.post("/queue/updates", data=fields, headers=headers).get_json()
    kept = client.post(
        f"{made['address']}/save",
        data={"form_token": token, "version": "1", "value": "65"},
        headers=headers,
    ).get_json()
    assert kept["version"] == 2
    assert 'value="65"' in client.get(made["address"]).text
    assert made["update_id"] in client.get("/queue").text


def test_a_member_city_writes_only_about_what_it_takes_part_in(
    house: Flask, workspace: Workspace
) -> None:
    berlin = account(workspace, Role.MEMBER_CITY)  # takes part in the project on the air
    client = browser_of(house, workspace, berlin)
    page = client.get("/queue").text
    assert "Clean air" in page
    assert "Course on counting people" not in page
    sent = send(client, "/queue/quick", measure_id="course-people", value="6", period="2023")
    assert sent.status_code == 403


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("stage", {"stage": "done"}, "Stage"),
        ("milestone", {"title": "Report", "done_on": "2022-07-01"}, "Report"),
        ("risk", {"title": "No data", "likelihood": "4", "impact": "5"}, "No data"),
        ("forecast", {"value": "290", "on": "2023-12-31", "note": "as before"}, "290"),
    ],
)
def test_other_kinds_reach_the_plan_too(
    house: Flask, workspace: Workspace, kind: str, content: dict[str, object], expected: str
) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    subject = {"forecast": "course-people", "stage": "course"}.get(kind, f"course-{kind}")
    draft = updates.Draft(kind, "course", subject, CITIES, content)
    update_id = updates.start(workspace, acting(author), draft)
    for version, step in enumerate(("submit", "approve", "publish"), start=1):
        take(workspace, author, lead, update_id, version, step)
    path = "/plan/course-people" if kind == "forecast" else "/plan/course"
    assert expected in json.dumps(_page(house, path))


def test_a_decision_is_written_where_it_is_taken(house: Flask, workspace: Workspace) -> None:
    lead = account(workspace, Role.LEADERSHIP)
    client = browser_of(house, workspace, lead)
    back = "/plan/review?as_of=2022-06-30&item=1"
    form = client.get("/plan/decisions/form?node=air-particles&back=/plan/review")
    assert "Write it down" in form.text
    sent = send(
        client, "/plan/decisions", node_id="air-particles", words="Ask for the report.",
        owner="Berlin", due_on="2099-01-31", back=back,
    )  # fmt: skip
    (decision,) = plan_record(workspace).decisions
    assert sent.headers["Location"] == f"{back}#decision-{decision.decision_id}"
    assert (decision.words, decision.owner) == ("Ask for the report.", "Berlin")
    assert "Ask for the report." in json.dumps(_page(house, "/plan/air-particles"))
    wrong = send(client, "/plan/decisions", node_id="air-particles", words="", owner="", back=back)
    assert wrong.status_code == 400
    assert "Decision: expected it in words" in wrong.text


def test_a_decision_form_leads_back_to_the_review_only(house: Flask, workspace: Workspace) -> None:
    lead = account(workspace, Role.LEADERSHIP)
    client = browser_of(house, workspace, lead)
    for back in ("https://evil.example/plan/review", "//evil.example", "/account"):
        sent = send(
            client, "/plan/decisions", node_id="air-particles", words="x", owner="y", back=back
        )
        assert sent.headers["Location"].partition("#")[0] == "/plan/review"


def test_without_a_sign_in_the_form_is_the_way_to_it(house: Flask) -> None:
    form = house.test_client().get("/plan/decisions/form?node=air-particles&back=/plan/review")
    assert "sign in" in form.text
    assert "<form" not in form.text


def test_an_update_that_is_not_published_is_seen_by_who_may_only(
    house: Flask, workspace: Workspace
) -> None:
    author = owner(workspace)
    update_id = begun(workspace, author)
    updates.submit(workspace, acting(author), update_id, 1)
    assert "Updates written here" not in json.dumps(_page(house, "/plan/course"))
    for role, sees in ((Role.ANALYST, True), (Role.LEADERSHIP, True), (Role.ADMIN, False)):
        client = browser_of(house, workspace, account(workspace, role))
        shown = json.dumps(_page(house, "/plan/course", client))
        assert ("Updates written here" in shown) == sees, role
        assert (f"/queue/{update_id}" in shown) == sees, role
        answer = client.get(f"/queue/{update_id}")
        assert answer.status_code == (200 if sees else 403), role


def test_an_analyst_reads_an_update_before_it_is_published_and_asks(
    house: Flask, workspace: Workspace
) -> None:
    author, analyst = owner(workspace), account(workspace, Role.ANALYST)
    update_id = begun(workspace, author)
    updates.submit(workspace, acting(author), update_id, 1)
    client = browser_of(house, workspace, analyst)
    page = client.get(f"/queue/{update_id}").text
    assert "Approve" not in page
    assert "Hand in for review" not in page
    said = send(client, f"/queue/{update_id}/comment", words="Of which year?")
    assert said.headers["Location"] == f"/queue/{update_id}"
    assert "Of which year?" in browser_of(house, workspace, author).get(f"/queue/{update_id}").text
    for step in ("approve", "publish", "return", "withdraw", "save", "submit"):
        answer = send(client, f"/queue/{update_id}/{step}", version="2", words="No.")
        assert answer.status_code == 403, step


def test_the_first_page_leads_to_what_changed_since_the_last_visit(
    house: Flask, workspace: Workspace
) -> None:
    person = account(workspace)
    first = browser_of(house, workspace, person)
    assert "This is your first visit." in json.dumps(_page(house, "/", first))
    again = browser_of(house, workspace, person)
    assert "What changed since your last visit" in json.dumps(_page(house, "/", again))
    assert "last visit" not in json.dumps(_page(house, "/"))
