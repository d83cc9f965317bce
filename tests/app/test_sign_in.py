"""Signing in and out: sessions, cookies, links that work once, and who is kept out."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.errors import InputError, ObservatoryError, SignInError, TooManyTriesError
from observatory.workspace.attempts import ACCOUNT, ADDRESS, count_try
from observatory.workspace.credentials import person_by_password
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.links import (
    OPERATOR,
    accept_link,
    create_first_admin,
    first_admin_link,
    invite,
)
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.sessions import find_session, start_session
from observatory.workspace.tables import ATTEMPTS, ONE_TIME_LINKS, PEOPLE, SESSIONS
from observatory.workspace.times import now_text
from tests.people import (
    GRANTS,
    HERE,
    PASSWORD,
    account,
    account_with_password,
    actions,
    browser_of,
    form_token,
    post,
    session_cookie,
    sign_in,
)


@pytest.fixture
def ada(workspace: Workspace) -> Person:
    return account_with_password(workspace)


@pytest.fixture
def client(house: Flask) -> FlaskClient:
    return house.test_client()


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_right_password_opens_a_session(client: FlaskClient, ada: Person) -> None:
    assert not _is_in(client)
    answer = sign_in(client, ada, next="/atlas?year=2015")
    assert (answer.status_code, answer.location) == (303, "/atlas?year=2015")
    assert _is_in(client)
    assert ada.email in client.get("/account").text
    assert "Ada Okoye" in client.get("/_dash-layout").text


def test_the_cookie_is_for_no_script_and_no_other_site(client: FlaskClient, ada: Person) -> None:
    cookie = sign_in(client, ada).headers["Set-Cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(
    opened_house: Callable[[Settings], Flask], peopled: Settings, ada: Person
) -> None:
    behind_proxy = replace(peopled, trusted_proxies=1)
    client = opened_house(behind_proxy).test_client(use_cookies=False)
    https = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "obs.example"}
    page = client.get("/sign-in", headers=https)
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token is not None
    answer = client.post(
        "/sign-in",
        base_url="https://obs.example",
        data={"form_token": token[1], "email": ada.email, "password": PASSWORD},
        headers={
            **https,
            "Origin": "https://obs.example",
            "Cookie": page.headers["Set-Cookie"].split(";")[0],
        },
    )
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_the_database_knows_only_a_hash(
    client: FlaskClient, workspace: Workspace, ada: Person
) -> None:
    sign_in(client, ada)
    token = session_cookie(client)
    with reading(workspace) as connection:
        rows = connection.execute(select(SESSIONS)).all()
        people = connection.execute(select(PEOPLE)).all()
    assert rows
    assert token not in repr(rows)
    assert PASSWORD not in repr(people)


def test_a_session_prepared_by_another_is_not_taken_over(
    house: Flask, client: FlaskClient, ada: Person
) -> None:
    client.set_cookie("session", "prepared-by-another")
    sign_in(client, ada)
    assert session_cookie(client) != "prepared-by-another"
    thief = house.test_client()
    thief.set_cookie("session", "prepared-by-another")
    assert not _is_in(thief)


def test_signing_in_again_changes_the_secret_and_ends_the_one_before(
    house: Flask, workspace: Workspace, peopled: Settings, ada: Person
) -> None:
    client = browser_of(house, workspace, ada)
    before = session_cookie(client)
    answer = post(client, "/sign-in", "/account", email=ada.email, password=PASSWORD)
    assert answer.status_code == 303
    assert session_cookie(client) != before
    assert find_session(workspace, peopled, before) is None


def test_a_cookie_replayed_after_sign_out_opens_nothing(
    house: Flask, client: FlaskClient, ada: Person
) -> None:
    sign_in(client, ada)
    kept = session_cookie(client)
    assert post(client, "/sign-out", "/account").status_code == 303
    assert not _is_in(client)
    thief = house.test_client()
    thief.set_cookie("session", kept)
    assert not _is_in(thief)


def test_sign_out_everywhere_ends_every_browser(
    house: Flask, client: FlaskClient, ada: Person
) -> None:
    other = house.test_client()
    sign_in(client, ada)
    sign_in(other, ada)
    assert post(client, "/account/sign-out-everywhere", "/account").status_code == 303
    assert not _is_in(client)
    assert not _is_in(other)


def test_one_session_of_several_can_be_ended(
    house: Flask, client: FlaskClient, ada: Person
) -> None:
    other = house.test_client()
    sign_in(other, ada)
    sign_in(client, ada)
    ends = re.findall(r'action="(/account/sessions/\w+/end)"', client.get("/account").text)
    assert len(ends) == 1
    assert post(client, ends[0], "/account").location == "/account?done=session"
    assert _is_in(client)
    assert not _is_in(other)


def test_nobody_ends_the_session_of_another(
    house: Flask, workspace: Workspace, client: FlaskClient, ada: Person
) -> None:
    sign_in(client, ada)
    other = browser_of(house, workspace, account(workspace))
    with reading(workspace) as connection:
        query = select(SESSIONS.c.token_hash).where(SESSIONS.c.person_id == ada.person_id)
        [hashed] = connection.execute(query).scalars()
    answer = post(other, f"/account/sessions/{hashed[:16]}/end", "/account")
    assert answer.status_code == 400
    assert _is_in(client)


@pytest.mark.parametrize(
    ("column", "hours", "ends"),
    [("seen_at", 11.9, False), ("seen_at", 12.1, True), ("started_at", 168.1, True)],
)
def test_a_session_ends_when_unused_and_at_last_in_any_case(
    house: Flask, workspace: Workspace, ada: Person, column: str, hours: float, *, ends: bool
) -> None:
    client = browser_of(house, workspace, ada)
    with writing(workspace) as connection:
        connection.execute(update(SESSIONS).values({column: now_text(hours=-hours)}))
    assert _is_in(client) is not ends


def test_a_closed_account_is_out_at_once(house: Flask, workspace: Workspace, ada: Person) -> None:
    client = browser_of(house, workspace, ada)
    with writing(workspace) as connection:
        connection.execute(update(PEOPLE).values(disabled_at=now_text()))
    assert not _is_in(client)
    assert sign_in(house.test_client(), ada).status_code == 403


def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    client: FlaskClient, workspace: Workspace, ada: Person
) -> None:
    nobody = replace(ada, email="nobody@example.org")
    without = account(workspace)
    told = [sign_in(client, who, "wrong-wrong-wrong") for who in (ada, nobody, without)]
    assert {answer.status_code for answer in told} == {403}
    assert all("do not belong together" in answer.text for answer in told)
    assert 'role="alert"' in told[0].text


def test_wrong_passwords_lock_the_account_for_longer_and_longer(
    workspace: Workspace, ada: Person
) -> None:
    def attempt(password: str) -> Person:
        return person_by_password(
            workspace, email=ada.email, password=password, address="192.0.2.1"
        )

    for _ in range(ACCOUNT.free):
        with pytest.raises(SignInError):
            attempt("wrong-wrong-wrong")
    waits = []
    for _ in range(3):
        with pytest.raises(TooManyTriesError) as refused:
            attempt(PASSWORD)
        waits.append(refused.value.wait_seconds)
        with writing(workspace) as connection:
            connection.execute(update(ATTEMPTS).values(locked_until=now_text(seconds=-1)))
        with pytest.raises(SignInError):
            attempt("wrong-wrong-wrong")
    assert waits[1] > 1.5 * waits[0]
    assert waits[2] > 1.5 * waits[1]
    with writing(workspace) as connection:
        connection.execute(update(ATTEMPTS).values(locked_until=now_text(seconds=-1)))
    assert attempt(PASSWORD) == ada
    with pytest.raises(SignInError):
        attempt("wrong-wrong-wrong")
    assert attempt(PASSWORD) == ada


def test_a_lock_is_told_and_holds_in_every_worker(
    opened_house: Callable[[Settings], Flask], peopled: Settings, workspace: Workspace, ada: Person
) -> None:
    for _ in range(ACCOUNT.free):
        count_try(workspace, email=ada.email, address="192.0.2.1")
    for server in (opened_house(peopled), opened_house(peopled)):
        answer = sign_in(server.test_client(), ada)
        assert answer.status_code == 429
        wait = int(answer.headers["Retry-After"])
        assert 0 < wait <= ACCOUNT.first
        assert f"Try again in {wait} second" in answer.text


def test_one_address_trying_many_accounts_is_locked(workspace: Workspace) -> None:
    for number in range(ADDRESS.free):
        count_try(workspace, email=f"p{number}@example.org", address="2001:db8::1")
    with pytest.raises(TooManyTriesError):
        count_try(workspace, email="another@example.org", address="2001:db8::ffff")
    count_try(workspace, email="another@example.org", address="2001:db8:1::1")


def _at_one_time(count: int, call: Callable[[int], object]) -> list[object]:
    """What came of calls made at the same time: answers and refusals."""

    def answer(number: int) -> object:
        try:
            return call(number)
        except ObservatoryError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(answer, range(count)))


def test_tries_made_at_one_time_do_not_slip_through_together(workspace: Workspace) -> None:
    came = _at_one_time(
        12, lambda n: count_try(workspace, email="p@example.org", address=f"192.0.2.{n}")
    )
    assert came.count(None) == ACCOUNT.free
    assert sum(isinstance(one, TooManyTriesError) for one in came) == 12 - ACCOUNT.free


def test_a_link_used_at_one_time_by_several_works_once(workspace: Workspace) -> None:
    token = first_admin_link(workspace)
    assert token is not None
    came = _at_one_time(
        4,
        lambda n: create_first_admin(
            workspace, token, name="A", email=f"p{n}@example.org", password=PASSWORD, address=""
        ),
    )
    assert sum(isinstance(one, Person) for one in came) == 1
    assert sum(isinstance(one, SignInError) for one in came) == 3


def test_tries_of_long_ago_are_forgotten(workspace: Workspace) -> None:
    for _ in range(ACCOUNT.free):
        count_try(workspace, email="p@example.org", address="192.0.2.1")
    with writing(workspace) as connection:
        connection.execute(
            update(ATTEMPTS).values(failed_at=now_text(hours=-25), locked_until=None)
        )
    count_try(workspace, email="p@example.org", address="192.0.2.1")
    count_try(workspace, email="p@example.org", address="192.0.2.1")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {},
    ],
)
def test_a_form_sent_by_another_site_does_nothing(
    house: Flask, workspace: Workspace, ada: Person, headers: dict[str, str]
) -> None:
    client = browser_of(house, workspace, ada)
    token = form_token(client, "/account")
    answer = client.post("/sign-out", data={"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert _is_in(client)


def test_a_form_without_the_token_of_its_session_does_nothing(
    house: Flask, workspace: Workspace, ada: Person
) -> None:
    client = browser_of(house, workspace, ada)
    other = form_token(browser_of(house, workspace, account(workspace)), "/account")
    for token in ("", "guessed", other):
        answer = client.post("/sign-out", data={"form_token": token}, headers=HERE)
        assert answer.status_code == 403
    assert _is_in(client)


def test_a_sign_in_form_of_another_browser_does_nothing(house: Flask, ada: Person) -> None:
    theirs = form_token(house.test_client())
    client = house.test_client()
    answer = client.post(
        "/sign-in",
        data={"form_token": theirs, "email": ada.email, "password": PASSWORD},
        headers=HERE,
    )
    assert answer.status_code == 403
    assert not _is_in(client)


@pytest.mark.parametrize(
    "goal",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "\t/x",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    client: FlaskClient, ada: Person, goal: str
) -> None:
    assert sign_in(client, ada, next=goal).location == "/"


def test_signing_in_leads_back_to_where_the_link_was(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers={"Referer": "http://localhost/atlas?year=2015"})
    assert 'name="next" value="/atlas?year=2015"' in page.text
    page = client.get("/sign-in", headers={"Referer": "https://elsewhere.example/atlas"})
    assert 'name="next" value="/"' in page.text


def test_answers_to_people_are_kept_by_no_cache(client: FlaskClient, ada: Person) -> None:
    sign_in(client, ada)
    for path in ("/account", "/", "/_dash-layout", "/api/v1/cities"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_plain_pages_run_no_script_and_stand_in_no_frame(client: FlaskClient) -> None:
    answer = client.get("/sign-in")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "<script" not in answer.text


def test_the_first_start_makes_one_administrator_once(
    client: FlaskClient, workspace: Workspace
) -> None:
    token = first_admin_link(workspace)
    assert token is not None
    page = f"/welcome/{token}"
    assert client.get(page).status_code == 200
    fields = {"name": "Ada Okoye", "email": "Ada@Example.org", "password": PASSWORD}
    weak = post(client, page, page, **{**fields, "password": "passwordpassword"})
    assert weak.status_code == 400
    assert "tried first" in weak.text
    assert 'value="Ada Okoye"' in weak.text
    assert post(client, page, page, **fields).status_code == 303
    assert "administrator" in client.get("/account").text
    again = client.post(
        page, data={"form_token": form_token(client, "/account"), **fields}, headers=HERE
    )
    assert again.status_code == 410
    assert first_admin_link(workspace) is None
    assert actions(workspace) == ["link.make", "person.create_first_admin", "person.sign_in"]


def test_a_later_start_ends_the_link_of_the_one_before(
    client: FlaskClient, workspace: Workspace
) -> None:
    first, second = first_admin_link(workspace), first_admin_link(workspace)
    assert client.get(f"/welcome/{first}").status_code == 410
    assert client.get(f"/welcome/{second}").status_code == 200


def test_the_first_link_works_on_the_machine_only(
    client: FlaskClient, workspace: Workspace
) -> None:
    token = first_admin_link(workspace)
    far = client.get(f"/welcome/{token}", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert far.status_code == 410
    assert "on the machine itself" in far.text


def test_two_links_of_the_first_start_make_one_administrator(workspace: Workspace) -> None:
    token = first_admin_link(workspace)
    assert token is not None
    account(workspace, Role.ADMIN)
    with pytest.raises(SignInError):
        create_first_admin(
            workspace, token, name="Eve", email="e@example.org", password=PASSWORD, address=""
        )


def test_an_invitation_works_once(client: FlaskClient, house: Flask, workspace: Workspace) -> None:
    _id, token = invite(
        workspace, OPERATOR, name="Bo", email="bo@example.org", grant=GRANTS[Role.MEMBER_CITY]
    )
    page = f"/welcome/{token}"
    assert "bo@example.org" in client.get(page).text
    assert post(client, page, page, password=PASSWORD).status_code == 303
    assert "member city, for Berlin" in client.get("/account").text
    late = house.test_client()
    assert late.get(page).status_code == 410
    with pytest.raises(SignInError):
        accept_link(workspace, token, password=PASSWORD + "s", address="")


def test_a_link_ends(client: FlaskClient, workspace: Workspace) -> None:
    _id, token = invite(
        workspace, OPERATOR, name="Bo", email="bo@example.org", grant=GRANTS[Role.MEMBER_CITY]
    )
    with writing(workspace) as connection:
        connection.execute(update(ONE_TIME_LINKS).values(ends_at=now_text(seconds=-1)))
    assert client.get(f"/welcome/{token}").status_code == 410


def test_an_invitation_makes_no_administrator_of_the_first_start(workspace: Workspace) -> None:
    _id, token = invite(
        workspace, OPERATOR, name="Bo", email="bo@example.org", grant=GRANTS[Role.MEMBER_CITY]
    )
    with pytest.raises(SignInError):
        create_first_admin(
            workspace, token, name="Bo", email="b@example.org", password=PASSWORD, address=""
        )


def test_an_address_has_one_account(workspace: Workspace, ada: Person) -> None:
    with pytest.raises(InputError, match="an account with the address"):
        invite(
            workspace,
            OPERATOR,
            name="Ada",
            email=ada.email.upper(),
            grant=GRANTS[Role.MEMBER_CITY],
        )


def test_changing_the_password_asks_for_the_current_one_and_ends_other_sessions(
    house: Flask, client: FlaskClient, workspace: Workspace, ada: Person
) -> None:
    other = browser_of(house, workspace, ada)
    sign_in(client, ada)
    before = session_cookie(client)
    page, path = "/account", "/account/password"
    new = "tram-window-basalt"
    wrong = post(client, path, page, current="wrong-wrong-wrong", wanted=new)
    assert wrong.status_code == 403
    weak = post(client, path, page, current=PASSWORD, wanted="okoyeokoyeokoye")
    assert weak.status_code == 400
    done = post(client, path, page, current=PASSWORD, wanted=new)
    assert done.location == "/account?done=password"
    assert "Your password is changed" in client.get(done.location).text
    assert session_cookie(client) != before
    assert not _is_in(other)
    assert sign_in(house.test_client(), ada).status_code == 403
    assert sign_in(house.test_client(), ada, new).status_code == 303


def test_a_workspace_that_is_away_leaves_the_public_pages(
    settings: Settings, tmp_path: Path
) -> None:
    away = replace(settings, workspace_url=f"sqlite:///{tmp_path / 'no' / 'workspace.sqlite'}")
    client = create_dashboard(away).server.test_client()
    client.set_cookie("session", "some-secret")
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/cities").status_code == 200
    answer = client.get("/account")
    assert answer.status_code == 503
    assert "cannot be read" in answer.text
    assert client.get("/sign-in").status_code == 200


def test_every_sign_in_and_out_stands_in_the_trail(
    client: FlaskClient, workspace: Workspace, ada: Person
) -> None:
    sign_in(client, ada)
    post(client, "/sign-out", "/account")
    assert actions(workspace) == [
        "person.invite",
        "person.set_password",
        "person.sign_in",
        "person.sign_out",
    ]


def test_when_a_session_was_used_is_noted(house: Flask, workspace: Workspace, ada: Person) -> None:
    client = browser_of(house, workspace, ada)
    early = now_text(hours=-1)
    with writing(workspace) as connection:
        connection.execute(update(SESSIONS).values(seen_at=early))
    assert _is_in(client)
    with reading(workspace) as connection:
        assert connection.execute(select(SESSIONS.c.seen_at)).scalar_one() > early


def test_each_session_has_a_secret_of_its_own(workspace: Workspace, ada: Person) -> None:
    actor = Actor(ada, "127.0.0.1")
    assert start_session(workspace, actor, agent="", how="test") != start_session(
        workspace, actor, agent="", how="test"
    )
