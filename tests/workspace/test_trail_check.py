"""The tables against the audit trail: what was changed behind its back is named."""

import time
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Table, delete, func, insert, select, update

from observatory.domain.plan import Plan
from observatory.workspace import accounts, api_tokens, decisions, links, updates
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.ledger import verify_chain
from observatory.workspace.people import Person, Role
from observatory.workspace.plan_imports import keep_import
from observatory.workspace.tables import (
    AUDIT,
    DECISIONS,
    INITIATIVE_OWNERS,
    PEOPLE,
    PLAN_IMPORTS,
    REMARKS,
    TOKENS,
    UPDATES,
)
from observatory.workspace.trail_check import Deviation, deviations
from tests.people import PASSWORD
from tests.plan_people import CITIES, FIGURE, acting

DAY = date(2023, 6, 30)
OWNS = accounts.Grant(Role.PROGRAMME_OWNER, initiative_ids=frozenset({"course", "air"}))


@dataclass(frozen=True)
class Written:
    """What people wrote in the history of `history`."""

    author: Person
    update_id: str
    decision_id: str


def joined(workspace: Workspace, name: str, grant: accounts.Grant) -> Person:
    """Somebody invited, as signed in; a password would take a second, and is not told of."""
    email = f"{name}@example.org"
    person_id, _token = links.invite(workspace, links.OPERATOR, name=name, email=email, grant=grant)
    return Person(person_id, name, email, grant.role, grant.city_id, grant.initiative_ids)


@pytest.fixture
def history(workspace: Workspace) -> Written:
    """One of every kind of thing that people write, through all of its steps."""
    token = links.first_admin_link(workspace)
    assert token is not None
    admin = links.create_first_admin(
        workspace, token, name="Ada", email="ada@example.org", password=PASSWORD, address=""
    )
    author = joined(workspace, "olu", OWNS)
    lead = joined(workspace, "lea", accounts.Grant(Role.ANALYST))
    for grant in (accounts.Grant(Role.MEMBER_CITY, city_id="berlin"), LEADS):
        version = _version(workspace, lead)
        accounts.change_grant(
            workspace, acting(admin), lead.person_id, version=version, grant=grant, why="asked"
        )
    gone = joined(workspace, "gone", LEADS)
    for is_disabled in (True, False, True):
        accounts.set_disabled(
            workspace, acting(admin), gone.person_id,
            version=_version(workspace, gone), disabled=is_disabled, why="left",
        )  # fmt: skip
    lead = Person(lead.person_id, lead.name, lead.email, Role.LEADERSHIP)
    update_id = _published(workspace, author, lead)
    api_tokens.make_token(workspace, acting(author), label="kept", days=9)
    api_tokens.make_token(workspace, acting(author), label="lost", days=9)
    for one in api_tokens.tokens_of(workspace, acting(author), author.person_id):
        if one.label == "lost":
            api_tokens.revoke_token(workspace, acting(author), one.token_id)
    made = decisions.NewDecision("course", "Again.", "Olu", None, decided_on=DAY, as_of=DAY)
    decision_id = decisions.decide(workspace, acting(lead), made)
    decisions.settle(workspace, acting(lead), decision_id, "done", 1)
    keep_import(workspace, acting(lead), Plan("p", "Plan", DAY, DAY), file_name="plan.json")
    return Written(author, update_id, decision_id)


LEADS = accounts.Grant(Role.LEADERSHIP)


def _version(workspace: Workspace, person: Person) -> int:
    with writing(workspace) as connection:
        query = select(PEOPLE.c.version).where(PEOPLE.c.person_id == person.person_id)
        return int(connection.execute(query).scalar_one())


def _published(workspace: Workspace, author: Person, lead: Person) -> str:
    """An update that came back, was changed, handed in again, and published."""
    draft = updates.Draft("actual", "course", "course-people", CITIES, dict(FIGURE))
    update_id = updates.start(workspace, acting(author), draft)
    updates.submit(workspace, acting(author), update_id, 1)
    updates.return_to_author(workspace, acting(lead), update_id, 2, "Of which year?")
    updates.save(workspace, acting(author), update_id, 3, {**FIGURE, "value": "61"})
    updates.submit(workspace, acting(author), update_id, 4)
    updates.comment(workspace, acting(lead), update_id, "Thank you.")
    updates.approve(workspace, acting(lead), update_id, 5)
    updates.publish(workspace, acting(lead), update_id, 6)
    return update_id


def test_what_people_wrote_is_what_the_trail_tells(workspace: Workspace, history: Written) -> None:
    assert history.update_id
    assert deviations(workspace) == []


@pytest.mark.parametrize(
    ("table", "values", "column"),
    [
        (UPDATES, {"content": "{}"}, "content"),
        (UPDATES, {"state": "draft"}, "state"),
        (UPDATES, {"published_at": "1999-01-01T00:00:00+00:00"}, "published_at"),
        (DECISIONS, {"words": "Never."}, "words"),
        (DECISIONS, {"state": "open"}, "state"),
        (PLAN_IMPORTS, {"content": "{}"}, "content"),
        (PLAN_IMPORTS, {"file_name": "other.json"}, "file_name"),
        (PEOPLE, {"role": "admin"}, "role"),
        (PEOPLE, {"city_id": "rome"}, "city_id"),
        (PEOPLE, {"disabled_at": "1999-01-01T00:00:00+00:00"}, "is_closed"),
        (TOKENS, {"revoked_at": None}, "is_revoked"),
    ],
)
def test_a_cell_changed_behind_the_trail_is_named(
    workspace: Workspace, history: Written, table: Table, values: dict[str, str], column: str
) -> None:
    with writing(workspace) as connection:
        connection.execute(update(table).values(**values))
    found = deviations(workspace)
    assert history.decision_id
    assert {(one.table, one.column) for one in found} == {(table.name, column)}
    assert verify_chain(workspace).broken_at is None  # which knows nothing of it


@pytest.mark.parametrize(
    "table", [REMARKS, DECISIONS, PLAN_IMPORTS, TOKENS, INITIATIVE_OWNERS], ids=lambda t: t.name
)
def test_rows_taken_away_are_named(workspace: Workspace, history: Written, table: Table) -> None:
    with writing(workspace) as connection:
        connection.execute(delete(table))
    found = deviations(workspace)
    assert history.update_id
    where = {"initiative_owners": "people"}.get(table.name, table.name)
    assert found
    assert {one.table for one in found} == {where}
    assert all(PASSWORD not in str(one) for one in found)


def test_rows_that_nobody_wrote_are_named(workspace: Workspace, history: Written) -> None:
    token = {
        "token_hash": "0" * 64, "token_id": "forged", "person_id": history.author.person_id,
        "label": "forged", "created_at": "2023-01-01", "ends_at": "2099-01-01",
    }  # fmt: skip
    with writing(workspace) as connection:
        connection.execute(insert(TOKENS).values(**token))
        grant = accounts.Grant(Role.ANALYST)
        person_id = accounts.add_account(
            connection, name="Eve", email="eve@example.org", grant=grant
        )
    assert deviations(workspace) == [
        Deviation("tokens", "forged", "", "", "a row"),
        Deviation("people", person_id, "", "", "a row"),
    ]


def test_a_long_trail_is_compared_in_seconds(workspace: Workspace, history: Written) -> None:
    assert history.update_id
    with writing(workspace) as connection:
        first = connection.execute(select(func.max(AUDIT.c.sequence))).scalar_one() + 1
        noted = {
            "written_at": "", "person_name": "", "address": "", "action": "note", "subject": "s:1",
            "why": "", "previous_hash": "", "row_hash": "",
        }  # fmt: skip
        rows = [{**noted, "sequence": first + number} for number in range(20_000)]
        connection.execute(insert(AUDIT), rows)
    began = time.monotonic()
    assert deviations(workspace) == []
    assert time.monotonic() - began < 2
