"""Updates on both databases: the steps, who may take them, and what the trail keeps of them."""

import json

import pytest

from observatory.errors import ConflictError, InputError, NotAllowedError
from observatory.workspace import updates
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import audit_rows
from observatory.workspace.people import Role
from observatory.workspace.update_lists import find_update, own_updates, thread, to_review
from tests.people import account, actions
from tests.plan_people import FIGURE, acting, begun, owner, take


def test_nobody_reviews_what_they_wrote(workspace: Workspace) -> None:
    author = owner(workspace)
    update_id = begun(workspace, author)
    updates.submit(workspace, acting(author), update_id, 1)
    with pytest.raises(NotAllowedError, match="never its author"):
        updates.approve(workspace, acting(author), update_id, 2)
    assert to_review(workspace, author) == []


def test_a_returned_update_is_in_its_authors_queue_only_and_keeps_the_thread(
    workspace: Workspace,
) -> None:
    author, other, lead = (
        owner(workspace),
        owner(workspace, "Ben Other"),
        account(workspace, Role.LEADERSHIP),
    )
    update_id = begun(workspace, author)
    updates.submit(workspace, acting(author), update_id, 1)
    with pytest.raises(InputError, match="Expected a reason"):
        updates.return_to_author(workspace, acting(lead), update_id, 2, "  ")
    updates.return_to_author(workspace, acting(other), update_id, 2, "Which course?")
    assert [one.update_id for one in own_updates(workspace, author)] == [update_id]
    assert own_updates(workspace, other) == []
    assert to_review(workspace, lead) == []
    updates.save(workspace, acting(author), update_id, 3, {**FIGURE, "value": "61"})
    updates.submit(workspace, acting(author), update_id, 4)
    found = find_update(workspace, lead, update_id)
    said = thread(workspace, lead, found)
    assert [(one.person_name, one.kind, one.words) for one in said] == [
        (author.name, "submitted", ""),
        ("Ben Other", "returned", "Which course?"),
        (author.name, "submitted", ""),
    ]
    assert said[2].changed == {"value": ["60", "61"]}


def test_who_hands_in_the_same_figure_second_sees_the_first(workspace: Workspace) -> None:
    first, second = owner(workspace), owner(workspace, "Ben Other")
    own, other = begun(workspace, first), begun(workspace, second, value="99")
    updates.submit(workspace, acting(second), other, 1)
    with pytest.raises(ConflictError) as told:
        updates.submit(workspace, acting(first), own, 1)
    assert told.value.theirs["value"] == "99"
    assert find_update(workspace, first, own).state == "draft"
    updates.submit(workspace, acting(first), own, 1, knowing=other)
    assert find_update(workspace, first, own).state == "submitted"


def test_who_begins_after_another_has_handed_in_is_told_too(workspace: Workspace) -> None:
    first, second = owner(workspace), owner(workspace, "Ben Other")
    updates.submit(workspace, acting(first), begun(workspace, first, value="99"), 1)
    late = begun(workspace, second)
    with pytest.raises(ConflictError) as told:
        updates.submit(workspace, acting(second), late, 1)
    assert told.value.theirs["value"] == "99"
    other_period = begun(workspace, second, period="2022")
    updates.submit(workspace, acting(second), other_period, 1)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("draft", "approve"),
        ("draft", "publish"),
        ("submitted", "submit"),
        ("submitted", "publish"),
        ("returned", "approve"),
        ("approved", "approve"),
        ("approved", "return_to_author"),
        ("published", "publish"),
        ("published", "withdraw"),
        ("withdrawn", "submit"),
    ],
)
def test_steps_that_do_not_follow_are_refused(workspace: Workspace, state: str, step: str) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    update_id = begun(workspace, author)
    way = {
        "draft": [],
        "submitted": ["submit"],
        "returned": ["submit", "return_to_author"],
        "approved": ["submit", "approve"],
        "published": ["submit", "approve", "publish"],
        "withdrawn": ["withdraw"],
    }[state]
    for version, past in enumerate(way, start=1):
        take(workspace, author, lead, update_id, version, past)
    before = find_update(workspace, author, update_id)
    assert before.state == state
    with pytest.raises(InputError, match=f"this one is at “{updates.state_word(state)}” by now"):
        take(workspace, author, lead, update_id, before.version, step)
    assert find_update(workspace, author, update_id) == before


def test_every_step_has_its_row_in_the_trail(workspace: Workspace) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    before = len(actions(workspace))
    update_id = begun(workspace, author)
    for version, step in enumerate(("submit", "approve", "publish"), start=1):
        take(workspace, author, lead, update_id, version, step)
    rows = list(audit_rows(workspace))[before:]
    assert [row["action"] for row in rows] == [
        "update.start",
        "update.submit",
        "update.approved",
        "update.publish",
    ]
    assert json.loads(str(rows[2]["old"]))["state"] == "submitted"
    assert json.loads(str(rows[2]["new"]))["state"] == "approved"
    assert rows[2]["person_name"] == lead.name
    assert rows[2]["address"] == "127.0.0.1"
