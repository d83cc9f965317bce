"""The first start, the command line and `doctor`: how a machine gets its people."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner
from flask import Flask

from observatory.cli import main
from observatory.config import Settings
from observatory.diagnosis import findings
from observatory.errors import SettingsError
from observatory.workspace.engine import Workspace
from observatory.workspace.people import Role
from tests.people import PASSWORD, account, post
from tests.serving import PROJECT, free_port

SECRET = "between-us-only"  # noqa: S105 - of a test


def _printed_at_start(settings: Settings) -> str:
    """What `serve` prints once it answers."""
    settings = replace(settings, port=free_port(), workers=1)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "observatory", "serve"],
        cwd=PROJECT,
        env={**os.environ, **settings.as_variables()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = ""
    try:
        printed = process.stdout.readline()
    finally:
        process.terminate()
        printed += process.stdout.read()
        process.stdout.close()
        process.wait(timeout=60)
    return printed


def test_the_first_start_prints_a_link_that_works_and_later_ones_none(
    peopled: Settings, house: Flask
) -> None:
    found = re.search(r"http://127\.0\.0\.1:\d+(/welcome/\S+)", _printed_at_start(peopled))
    assert found is not None
    client = house.test_client()
    fields = {"name": "Ada Okoye", "email": "ada@example.org", "password": PASSWORD}
    assert post(client, found[1], found[1], **fields).status_code == 303
    assert client.get("/admin").status_code == 200
    assert "welcome" not in _printed_at_start(peopled)


def _run(settings: Settings, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments, env=settings.as_variables())
    return result.exit_code, result.output


def test_the_command_line_invites_an_administrator(peopled: Settings, house: Flask) -> None:
    settings = replace(peopled, public_url="https://obs.example")
    code, printed = _run(settings, "invite", "ada@example.org", "Ada Okoye")
    assert code == 0
    found = re.search(r"https://obs\.example(/welcome/\S+)", printed)
    assert found is not None
    client = house.test_client()
    far = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(found[1], environ_base=far).status_code == 200
    assert post(client, found[1], found[1], password=PASSWORD).status_code == 303
    assert client.get("/admin").status_code == 200


def test_the_command_line_tells_what_is_wrong_with_an_invitation(peopled: Settings) -> None:
    assert _run(peopled, "invite", "ada", "Ada") == (
        1,
        "Expected an e-mail address like name@example.org, found “ada”.\n",
    )
    assert "Expected a role" in _run(peopled, "invite", "a@b.org", "A", "--role", "king")[1]


def _told(settings: Settings) -> str:
    return "\n".join(f"{one.is_fine} {one.subject}: {one.words}" for one in findings(settings))


def test_doctor_never_shows_the_secret(peopled: Settings) -> None:
    known = replace(
        peopled,
        oidc_issuer="http://localhost:9",
        oidc_client_id="observatory",
        oidc_client_secret=SECRET,
    )
    told = _told(known)
    assert SECRET not in told
    assert SECRET not in repr(known)
    assert "OBSERVATORY_OIDC_CLIENT_SECRET: (set, not shown)" in told
    assert "False OpenID provider: expected one at http://localhost:9" in told


def test_doctor_tells_who_administers_and_how_cookies_travel(
    peopled: Settings, workspace: Workspace
) -> None:
    assert "True Accounts: nobody administers yet" in _told(peopled)
    account(workspace, Role.ADMIN)
    assert "True Accounts: somebody administers" in _told(peopled)
    assert "False Sign-in cookies" in _told(replace(peopled, host="0.0.0.0"))  # noqa: S104 - asked
    public = replace(peopled, host="0.0.0.0", public_url="https://obs.example")  # noqa: S104 - as above
    assert "True Sign-in cookies: for https://obs.example only" in _told(public)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"PUBLIC_URL": "obs.example"}, "an address like https://observatory.example"),
        ({"PUBLIC_URL": "https://obs.example/path"}, "without a path"),
        ({"TRUSTED_PROXIES": "-1"}, "0 or more"),
        ({"SESSION_IDLE_HOURS": "0"}, "more than 0"),
        ({"SESSION_IDLE_HOURS": "24", "SESSION_HOURS": "12"}, "at most"),
        ({"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "x"}, "an https address"),
        ({"OIDC_ISSUER": "http://localhost.evil.example", "OIDC_CLIENT_ID": "x"}, "an https"),
        ({"OIDC_ISSUER": "https://id.example"}, "both or none"),
    ],
)
def test_settings_of_people_that_make_no_sense_are_refused(
    variables: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        Settings.from_env({f"OBSERVATORY_{name}": text for name, text in variables.items()})
