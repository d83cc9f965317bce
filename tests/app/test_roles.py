"""Every role against every address, page, callback and workspace function; deny by default."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from dash import Dash, html
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from observatory import workspace as workspace_package
from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.domain.plan import Plan
from observatory.errors import NotAllowedError, ObservatoryError
from observatory.pages import router
from observatory.pages.visit import Page
from observatory.routes_policy import ENDPOINTS
from observatory.store.warehouse import Store
from observatory.workspace import (
    accounts,
    api_tokens,
    credentials,
    decisions,
    links,
    looking_on,
    plan_imports,
    sessions,
    trail,
    updates,
)
from observatory.workspace.engine import Workspace
from observatory.workspace.people import PUBLIC, Actor, Person, Role
from observatory.workspace.policy import Action, may
from tests.people import HERE, account, browser_of, form_token

NOBODY = "nobody"  # not signed in; the role public is a person whom no administrator has raised
WHO = [NOBODY, *(role.value for role in Role)]
REFUSED = "This is not for everybody"
DECLARED_ELSEWHERE = {"provider_sign_in", "provider_back"}  # with a provider: test_oidc


def _person(workspace: Workspace, who: str) -> Person:
    return PUBLIC if who == NOBODY else account(workspace, Role(who))


def _is_refused(answer: TestResponse) -> bool:
    return answer.status_code == 403 and REFUSED in answer.text


def _addresses(server: Flask) -> list[tuple[str, str, str]]:
    """Every address of the server as (endpoint, method, path), variable parts filled in."""
    found = []
    for rule in server.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"some-\1", rule.rule)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found.extend((rule.endpoint, method, path) for method in methods)
    return found


def test_every_address_is_declared_and_every_declaration_has_its_address(server: Flask) -> None:
    there = {endpoint for endpoint, _method, _path in _addresses(server)}
    assert there == set(ENDPOINTS) - DECLARED_ELSEWHERE


@pytest.mark.parametrize("who", WHO)
def test_every_role_reaches_the_addresses_it_may_and_no_other(
    house: Flask, workspace: Workspace, who: str
) -> None:
    wrong = []
    for endpoint, method, path in _addresses(house):
        person = _person(workspace, who)
        client = browser_of(house, workspace, person)
        token = form_token(client, "/account" if person.is_signed_in else "/sign-in")
        data = {"form_token": token} if method == "POST" else None
        answer = client.open(path, method=method, data=data, headers=HERE)
        if _is_refused(answer) == may(person, ENDPOINTS[endpoint]):
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []


def test_an_address_that_is_not_declared_is_closed_to_everybody(
    house: Flask, workspace: Workspace
) -> None:
    house._got_first_request = False

    @house.get("/forgotten")
    def forgotten() -> str:
        return "secret"

    for who in WHO:
        client = browser_of(house, workspace, _person(workspace, who))
        answer = client.get("/forgotten")
        assert answer.status_code == 403
        assert "secret" not in answer.text


def _secret_page(needs: Action) -> Page:
    return Page("/secret", lambda: "Secret title", lambda *_: html.P("secret text"), needs=needs)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("who", WHO)
def test_a_page_shows_itself_to_those_who_may(
    store: Store, workspace: Workspace, house: Flask, who: str, action: Action
) -> None:
    person = _person(workspace, who)
    cookie = browser_of(house, workspace, person).get_cookie("session")
    headers = {"Cookie": f"session={cookie.value}"} if cookie else {}
    pages = [_secret_page(action)]
    with house.test_request_context("/secret", headers=headers):
        content = str(router.page_content(store, pages, "/secret", ""))
        title, status = router.page_title(store, pages, "/secret")
    is_open = may(person, action)
    assert ("secret text" in content) == is_open
    assert ("Secret title" in title) == is_open
    assert status == (200 if is_open else 403)


def _question(callback: dict[str, object]) -> dict[str, object]:
    """What the browser posts for a callback, with nothing in its inputs."""
    output = str(callback["output"])
    names = output.strip(".").split("...")
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": [{**given, "value": None} for given in callback["inputs"]],
        "state": [{**given, "value": None} for given in callback["state"]],
        "changedPropIds": [],
    }


def _server_callbacks(dashboard: Dash) -> list[dict[str, object]]:
    dashboard.server.test_client().get("/_dash-dependencies")
    listed = dashboard.server.test_client().get("/_dash-dependencies").get_json()
    return [one for one in listed if not one["clientside_function"]]


def test_every_callback_called_directly_answers_each_role_but_no_other_site(
    peopled: Settings, workspace: Workspace
) -> None:
    dashboard = create_dashboard(peopled)
    callbacks = _server_callbacks(dashboard)
    assert len(callbacks) >= 5
    for who in WHO:
        client = browser_of(dashboard.server, workspace, _person(workspace, who))
        for callback in callbacks:
            question = _question(callback)
            own = client.post("/_dash-update-component", json=question, headers=HERE)
            assert own.status_code in {200, 204}, callback["output"]
            for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                other = client.post("/_dash-update-component", json=question, headers=headers)
                assert other.status_code == 403
                assert other.mimetype == "application/problem+json"


def test_an_answer_made_for_one_person_is_given_to_no_other(
    peopled: Settings, workspace: Workspace
) -> None:
    dashboard = create_dashboard(peopled)
    show_page = next(c for c in _server_callbacks(dashboard) if "frame-main" in c["output"])
    question = _question(show_page)
    question["inputs"][0]["value"] = "/data"
    server = dashboard.server
    public = server.test_client()
    one, other = (browser_of(server, workspace, account(workspace)) for _ in range(2))

    def ask(client: FlaskClient) -> bytes:
        return client.post("/_dash-update-component", json=question, headers=HERE).data

    first = ask(public)
    server.view_functions["/_dash-update-component"] = lambda: ("for one person", 200)
    assert ask(public) == first
    assert ask(one) == b"for one person"
    server.view_functions["/_dash-update-component"] = lambda: ("for another", 200)
    assert ask(one) == ask(other) == b"for another"
    assert ask(public) == first


EVERYBODY_KNOWN = set(Role)
ADMIN = {Role.ADMIN}
LEADERSHIP = {Role.LEADERSHIP}
REVIEWERS = {Role.PROGRAMME_OWNER, Role.LEADERSHIP}
WRITERS = {*REVIEWERS, Role.MEMBER_CITY}
SEE_UNPUBLISHED = {*WRITERS, Role.ANALYST}
PLAN = Plan("p", "Plan", date(2021, 1, 1), date(2023, 12, 31))
FIGURE = {"period": "2021", "value": "300", "note": "counted"}
DRAFT = updates.Draft("actual", "use", "use-case-studies", frozenset({"berlin"}), FIGURE)
DAY = date(2021, 11, 8)
DECISION = decisions.NewDecision("use", "Look again.", "Bo", None, decided_on=DAY, as_of=DAY)
GRANT = accounts.Grant(Role.ANALYST)
SESSION = sessions.Session("0" * 16, PUBLIC, "", "", "", "", "")

# What the workspace does for an actor: the call, and the roles that may, about somebody else.
FUNCTIONS: dict[str, tuple[Callable[[Workspace, Actor, Person], object], set[Role]]] = {
    "accounts.all_accounts": (lambda w, a, _: accounts.all_accounts(w, a), ADMIN),
    "accounts.find_account": (lambda w, a, o: accounts.find_account(w, a, o.person_id), ADMIN),
    "accounts.change_grant": (
        lambda w, a, o: accounts.change_grant(w, a, o.person_id, version=1, grant=GRANT, why="x"),
        ADMIN,
    ),
    "accounts.set_disabled": (
        lambda w, a, o: accounts.set_disabled(w, a, o.person_id, version=1, disabled=True, why="x"),
        ADMIN,
    ),
    "accounts.set_notices": (
        lambda w, a, _: accounts.set_notices(w, a, wanted=False),
        EVERYBODY_KNOWN,
    ),
    "api_tokens.make_token": (
        lambda w, a, _: api_tokens.make_token(w, a, label="x", days=1),
        EVERYBODY_KNOWN - {Role.PUBLIC},
    ),
    "api_tokens.tokens_of": (lambda w, a, o: api_tokens.tokens_of(w, a, o.person_id), ADMIN),
    "api_tokens.revoke_token": (
        lambda w, a, _: api_tokens.revoke_token(w, a, "none"),
        EVERYBODY_KNOWN,
    ),
    "credentials.change_password": (
        lambda w, a, _: credentials.change_password(w, a, current="x", wanted="y"),
        EVERYBODY_KNOWN,
    ),
    "decisions.decide": (lambda w, a, _: decisions.decide(w, a, DECISION), LEADERSHIP),
    "decisions.settle": (lambda w, a, _: decisions.settle(w, a, "none", "done", 1), LEADERSHIP),
    "links.invite": (
        lambda w, a, _: links.invite(
            w, a, name="New", email=f"{a.person.person_id}@new.org", grant=GRANT
        ),
        ADMIN,
    ),
    "links.password_link": (lambda w, a, o: links.password_link(w, a, o.person_id), ADMIN),
    "looking_on.look_as": (lambda w, a, _: looking_on.look_as(w, a, SESSION, GRANT), ADMIN),
    "looking_on.look_as_oneself": (
        lambda w, a, _: looking_on.look_as_oneself(w, a, SESSION),
        ADMIN,
    ),
    "plan_imports.keep_import": (
        lambda w, a, _: plan_imports.keep_import(w, a, PLAN, file_name="x"),
        LEADERSHIP,
    ),
    "sessions.end_session": (
        lambda w, a, _: sessions.end_session(w, a, "none"),
        EVERYBODY_KNOWN,
    ),
    "sessions.sign_out_everywhere": (
        lambda w, a, o: sessions.sign_out_everywhere(w, a, person_id=o.person_id),
        ADMIN,
    ),
    "updates.approve": (lambda w, a, _: updates.approve(w, a, "none", 1), REVIEWERS),
    "updates.comment": (lambda w, a, _: updates.comment(w, a, "none", "x"), SEE_UNPUBLISHED),
    "updates.confirm_unchanged": (lambda w, a, _: updates.confirm_unchanged(w, a, DRAFT), WRITERS),
    "updates.publish": (lambda w, a, _: updates.publish(w, a, "none", 1), REVIEWERS),
    "updates.return_to_author": (
        lambda w, a, _: updates.return_to_author(w, a, "none", 1, "x"),
        REVIEWERS,
    ),
    "updates.save": (lambda w, a, _: updates.save(w, a, "none", 1, {}), WRITERS),
    "updates.start": (lambda w, a, _: updates.start(w, a, DRAFT), WRITERS),
    "updates.submit": (lambda w, a, _: updates.submit(w, a, "none", 1), WRITERS),
    "updates.withdraw": (lambda w, a, _: updates.withdraw(w, a, "none", 1), WRITERS),
    "trail.latest_entries": (lambda w, a, _: trail.latest_entries(w, a), ADMIN),
}
# Called with a person who has just shown who they are, and by all that writes.
BEFORE_THE_POLICY = {"sessions.start_session", "ledger.recorded", "ledger.recording"}


def _functions_for_an_actor() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(workspace_package.__path__):
        if module.ispkg or module.name == "migrations":
            continue
        loaded = importlib.import_module(f"observatory.workspace.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and "actor" in inspect.signature(function).parameters:
                found.add(f"{module.name}.{name}")
    return found


def test_every_function_for_an_actor_is_in_the_matrix() -> None:
    assert _functions_for_an_actor() - BEFORE_THE_POLICY == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@pytest.mark.parametrize("who", WHO)
def test_every_function_asks_the_policy(workspace: Workspace, name: str, who: str) -> None:
    call, allowed = FUNCTIONS[name]
    person, other = _person(workspace, who), account(workspace)
    refusal = None
    try:
        partial(call, workspace, Actor(person, "127.0.0.1"))(other)
    except NotAllowedError as error:
        refusal = error
    except ObservatoryError:
        pass  # allowed, but there is nothing of the kind
    may_do = person.is_signed_in and person.role in allowed
    assert (refusal is None) == may_do
