"""People for tests: accounts of each role, and browsers in which they are signed in."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from observatory.config import Settings
from observatory.workspace.accounts import Grant, add_account, person_of
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.links import OPERATOR, accept_link, invite
from observatory.workspace.people import PUBLIC, Actor, Person, Role
from observatory.workspace.sessions import start_session
from observatory.workspace.tables import AUDIT

PASSWORD = "ferry-lantern-oblique"  # noqa: S105 - of a test
FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')
HERE = {"Origin": "http://localhost"}
GRANTS = {
    Role.MEMBER_CITY: Grant(Role.MEMBER_CITY, city_id="berlin"),
    Role.PROGRAMME_OWNER: Grant(Role.PROGRAMME_OWNER, initiative_ids=frozenset({"use"})),
}


@contextmanager
def opened(settings: Settings) -> Iterator[Workspace]:
    workspace = Workspace(settings)
    try:
        yield workspace
    finally:
        workspace.close()


def account(workspace: Workspace, role: Role = Role.ANALYST, name: str = "") -> Person:
    """A person of a role, without a password."""
    name = name or f"{role.value} {secrets.token_hex(3)}"
    email = f"{re.sub(r'[^a-z0-9]', '.', name.lower())}@example.org"
    with writing(workspace) as connection:
        person_id = add_account(
            connection, name=name, email=email, grant=GRANTS.get(role, Grant(role))
        )
        person = person_of(connection, person_id)
    assert person is not None
    return person


def account_with_password(workspace: Workspace, role: Role = Role.ANALYST) -> Person:
    """A person who has been invited and has chosen PASSWORD."""
    email = f"{role.value}.{secrets.token_hex(3)}@example.org"
    _id, token = invite(
        workspace, OPERATOR, name="Ada Okoye", email=email, grant=GRANTS.get(role, Grant(role))
    )
    return accept_link(workspace, token, password=PASSWORD, address="127.0.0.1")


def browser_of(server: Flask, workspace: Workspace, person: Person) -> FlaskClient:
    """A browser in which the person is signed in; nobody's for PUBLIC."""
    client = server.test_client()
    if person != PUBLIC:
        token = start_session(workspace, Actor(person, "127.0.0.1"), agent="test", how="test")
        client.set_cookie("session", token)
    return client


def form_token(client: FlaskClient, path: str = "/sign-in") -> str:
    """The token in the first form of a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def post(client: FlaskClient, path: str, form_path: str, **fields: str | list[str]):  # noqa: ANN201 - test
    """Send a form as its page does."""
    token = form_token(client, form_path)
    return client.post(path, data={"form_token": token, **fields}, headers=HERE)


def sign_in(client: FlaskClient, person: Person, password: str = PASSWORD, **fields: str):  # noqa: ANN201 - test
    return post(client, "/sign-in", "/sign-in", email=person.email, password=password, **fields)


def session_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("session")
    return cookie.value if cookie else ""


def actions(workspace: Workspace) -> list[str]:
    """What the audit trail holds, in order."""
    with reading(workspace) as connection:
        return list(connection.execute(select(AUDIT.c.action).order_by(AUDIT.c.sequence)).scalars())


def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'workspace.sqlite'}"


def posted_forms(text: str) -> list[tuple[str, dict[str, str]]]:
    """Address and hidden fields of the forms of a page."""
    return [
        (action, {name: unescape(value) for name, value in HIDDEN.findall(fields)})
        for action, fields in FORM.findall(text)
    ]
