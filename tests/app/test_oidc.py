"""Signing in with a real OpenID provider: the whole way, and every wrong turn."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.people import Role
from observatory.workspace.tables import PEOPLE
from observatory.workspace.times import now_text
from tests.people import account, account_with_password, actions, session_cookie
from tests.provider import ALIAS, Provider, provided

BACK = "/sign-in/provider/back"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provided() as provider:
        yield provider


@pytest.fixture
def server(peopled: Settings, provider: Provider) -> Flask:
    known = replace(
        peopled,
        oidc_issuer=provider.address,
        oidc_client_id="observatory",
        oidc_client_secret="between us",  # noqa: S106 - of a test
    )
    return create_dashboard(known).server


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def _asked(client: FlaskClient, goal: str = "/") -> str:
    """The address at the provider that a browser is sent to."""
    answer = client.get(f"/sign-in/provider?next={goal}")
    assert answer.status_code == 302
    return str(answer.location)


def _way_back(client: FlaskClient, provider: Provider, subject: str, goal: str = "/") -> str:
    back = urlsplit(provider.consent(_asked(client, goal), subject))
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_whole_way_signs_an_unknown_person_in_as_public(
    client: FlaskClient, provider: Provider, workspace: Workspace
) -> None:
    redeemed = provider.redeemed()
    provider.knows("u-new", email="New@Example.org", email_verified=True, name="Nia New")
    assert "Sign in with your organisation" in client.get("/sign-in").text
    answer = client.get(_way_back(client, provider, "u-new", "/atlas"))
    assert (answer.status_code, answer.location) == (303, "/atlas")
    assert "new@example.org. Role: public." in client.get("/account").text
    assert client.get("/admin").status_code == 403
    assert actions(workspace) == ["person.join_provider", "person.sign_in"]
    assert provider.redeemed() == redeemed + 1


def test_the_question_carries_state_nonce_and_challenge_anew_each_time(
    client: FlaskClient,
) -> None:
    asked = [parse_qs(urlsplit(_asked(client)).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[0][name][0]) == 43
        assert asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["response_type"] == ["code"]


def test_the_handshake_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.get("/sign-in/provider").headers["Set-Cookie"]
    assert cookie.startswith("handshake=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=600" in cookie


def test_a_known_address_keeps_its_role_and_is_then_known_by_its_subject(
    client: FlaskClient, server: Flask, provider: Provider, workspace: Workspace
) -> None:
    ada = account_with_password(workspace, Role.LEADERSHIP)
    provider.knows("u-ada", email=ada.email, email_verified=True, name="Ada")
    client.get(_way_back(client, provider, "u-ada"))
    assert "Role: leadership." in client.get("/account").text
    provider.knows("u-ada", email="moved@example.org", email_verified=False, name="Ada")
    later = server.test_client()
    later.get(_way_back(later, provider, "u-ada"))
    assert f"{ada.email}. Role: leadership." in later.get("/account").text


def test_an_address_nobody_verified_opens_no_account(
    client: FlaskClient, provider: Provider, workspace: Workspace
) -> None:
    ada = account(workspace, Role.ADMIN)
    for claims in ({"email": ada.email, "email_verified": False}, {"email": ada.email}, {}):
        provider.knows("u-eve", **claims)
        answer = client.get(_way_back(client, provider, "u-eve"))
        assert answer.status_code == 403
        assert "verified" in answer.text
        assert not _is_in(client)


def test_another_subject_with_the_same_address_is_another_person(
    client: FlaskClient, server: Flask, provider: Provider, workspace: Workspace
) -> None:
    ada = account(workspace, Role.ANALYST)
    provider.knows("u-one", email=ada.email, email_verified=True)
    client.get(_way_back(client, provider, "u-one"))
    assert _is_in(client)
    provider.knows("u-two", email=ada.email, email_verified=True)
    other = server.test_client()
    assert other.get(_way_back(other, provider, "u-two")).status_code == 403
    assert not _is_in(other)


def test_a_closed_account_stays_closed(
    client: FlaskClient, provider: Provider, workspace: Workspace
) -> None:
    ada = account(workspace)
    provider.knows("u-shut", email=ada.email, email_verified=True)
    with writing(workspace) as connection:
        connection.execute(update(PEOPLE).values(disabled_at=now_text()))
    answer = client.get(_way_back(client, provider, "u-shut"))
    assert answer.status_code == 403
    assert "closed" in answer.text
    with reading(workspace) as connection:
        assert connection.execute(select(PEOPLE.c.oidc_subject)).scalars().all() == [None]


@pytest.fixture
def known(provider: Provider) -> str:
    provider.knows("u-known", email="known@example.org", email_verified=True)
    return "u-known"


def _refused(client: FlaskClient, way: str) -> None:
    answer = client.get(way)
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert session_cookie(client) == ""


def test_a_wrong_state_is_refused(client: FlaskClient, provider: Provider, known: str) -> None:
    way = _way_back(client, provider, known)
    state = parse_qs(urlsplit(way).query)["state"][0]
    _refused(client, way.replace(state, "x" * len(state)))


def test_no_state_is_refused(client: FlaskClient, provider: Provider, known: str) -> None:
    code = parse_qs(urlsplit(_way_back(client, provider, known)).query)["code"][0]
    _refused(client, f"{BACK}?code={code}")


def test_the_way_back_of_another_browser_is_refused(
    client: FlaskClient, server: Flask, provider: Provider, known: str
) -> None:
    way = _way_back(client, provider, known)
    _refused(server.test_client(), way)
    other = server.test_client()
    _asked(other)
    _refused(other, way)


def test_the_same_way_back_works_once(
    client: FlaskClient, server: Flask, provider: Provider, known: str
) -> None:
    way = _way_back(client, provider, known)
    cookie = client.get_cookie("handshake")
    assert cookie is not None
    assert client.get(way).status_code == 303
    assert client.get_cookie("handshake") is None
    replay = server.test_client()
    replay.set_cookie("handshake", cookie.value)
    _refused(replay, way)


def test_a_token_made_for_another_question_is_refused(
    client: FlaskClient, provider: Provider, known: str
) -> None:
    """The nonce alone is wrong: state and PKCE verifier are those of this browser's question."""
    asked = _asked(client)
    nonce = parse_qs(urlsplit(asked).query)["nonce"][0]
    back = urlsplit(provider.consent(asked.replace(nonce, "n" * 43), known))
    redeemed = provider.redeemed()
    _refused(client, f"{back.path}?{back.query}")
    assert provider.redeemed() == redeemed + 1


def test_a_code_asked_for_with_another_challenge_is_refused(
    client: FlaskClient, provider: Provider, known: str
) -> None:
    asked = _asked(client)
    challenge = parse_qs(urlsplit(asked).query)["code_challenge"][0]
    back = urlsplit(provider.consent(asked.replace(challenge, "c" * 43), known))
    redeemed = provider.redeemed()
    _refused(client, f"{back.path}?{back.query}")
    assert provider.redeemed() == redeemed


def test_a_provider_that_calls_itself_otherwise_is_none(
    peopled: Settings, provider: Provider
) -> None:
    for path in (ALIAS, "/no-provider"):
        other = replace(
            peopled, oidc_issuer=f"{provider.address}{path}", oidc_client_id="observatory"
        )
        told = create_dashboard(other).server.test_client().get("/sign-in/provider")
        assert told.status_code == 403
        assert "does not answer" in told.text


def test_who_declines_at_the_provider_is_told(client: FlaskClient) -> None:
    _asked(client)
    _refused(client, f"{BACK}?error=access_denied")


def test_a_provider_that_is_away_leaves_the_password(peopled: Settings) -> None:
    away = replace(peopled, oidc_issuer="http://localhost:9", oidc_client_id="observatory")
    client = create_dashboard(away).server.test_client()
    answer = client.get("/sign-in/provider")
    assert answer.status_code == 403
    assert "does not answer now" in answer.text
    assert 'name="password"' in answer.text


def test_without_a_provider_its_addresses_do_not_exist(house: Flask) -> None:
    client = house.test_client()
    assert "organisation" not in client.get("/sign-in").text
    assert client.get(BACK).status_code == 404
