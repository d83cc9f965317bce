"""Accounts, sessions, links and tokens on both databases."""

import pytest

from observatory.config import Settings
from observatory.errors import SignInError, TooManyTriesError
from observatory.workspace.api_tokens import find_token_person, make_token
from observatory.workspace.credentials import person_by_password
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import verify_chain
from observatory.workspace.links import (
    OPERATOR,
    accept_link,
    create_first_admin,
    first_admin_link,
    invite,
)
from observatory.workspace.people import Actor, Role
from observatory.workspace.sessions import find_session, sign_out_everywhere, start_session
from tests.people import GRANTS, PASSWORD, account, account_with_password

HERE = "127.0.0.1"


def test_the_first_admin_link_works_once(workspace: Workspace) -> None:
    token = first_admin_link(workspace)
    assert token is not None
    person = create_first_admin(
        workspace, token, name="Ada", email="ada@example.org", password=PASSWORD, address=HERE
    )
    assert person.role is Role.ADMIN
    assert first_admin_link(workspace) is None
    with pytest.raises(SignInError):
        create_first_admin(
            workspace, token, name="Eve", email="eve@example.org", password=PASSWORD, address=HERE
        )


def test_an_invitation_works_once(workspace: Workspace) -> None:
    grant = GRANTS[Role.PROGRAMME_OWNER]
    _id, token = invite(workspace, OPERATOR, name="Olu", email="olu@example.org", grant=grant)
    person = accept_link(workspace, token, password=PASSWORD, address=HERE)
    assert person.initiative_ids == grant.initiative_ids
    with pytest.raises(SignInError):
        accept_link(workspace, token, password=PASSWORD, address=HERE)


def test_a_wrong_password_locks_after_some_tries(workspace: Workspace) -> None:
    person = account_with_password(workspace)
    for _ in range(5):
        with pytest.raises(SignInError):
            person_by_password(workspace, email=person.email, password=PASSWORD[:-1], address=HERE)
    with pytest.raises(TooManyTriesError):
        person_by_password(workspace, email=person.email, password=PASSWORD, address=HERE)


def test_sessions_end_everywhere(here: Settings, workspace: Workspace) -> None:
    person = account(workspace)
    actor = Actor(person, HERE)
    tokens = [start_session(workspace, actor, agent="test", how="test") for _ in range(2)]
    found = [find_session(workspace, here, token) for token in tokens]
    assert [one.person for one in found if one] == [person, person]
    sign_out_everywhere(workspace, actor, person_id=person.person_id)
    assert [find_session(workspace, here, token) for token in tokens] == [None, None]


def test_a_token_speaks_for_its_person(workspace: Workspace) -> None:
    person = account(workspace, Role.ANALYST)
    token = make_token(workspace, Actor(person, HERE), label="script", days=1)
    assert find_token_person(workspace, token) == person
    assert find_token_person(workspace, token[:-1]) is None


def test_all_of_it_is_in_a_trail_that_holds(workspace: Workspace) -> None:
    account_with_password(workspace)
    assert verify_chain(workspace).rows >= 2
    assert verify_chain(workspace).broken_at is None
