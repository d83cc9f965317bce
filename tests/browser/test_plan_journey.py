"""The plan by hand: reviewed by keyboard, kept up to date by keyboard, nothing typed lost."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from observatory.config import Settings
from observatory.workspace.accounts import Grant, add_account, person_of
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.sessions import start_session
from observatory.workspace.update_lists import own_updates
from tests.browser.test_people_journey import is_accessible
from tests.people import account, opened
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_KEYS = 40
INITIATIVES = frozenset({"use", "pilots", "c4gh", "egi", "cmc", "lle"})


@pytest.fixture(scope="module")
def own_settings(full_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The published facts with a workspace of these tests' own."""
    path = tmp_path_factory.mktemp("people") / "workspace.sqlite"
    return replace(full_settings, workspace_url=f"sqlite:///{path}")


@pytest.fixture(scope="module")
def own_workspace(own_settings: Settings) -> Iterator[Workspace]:
    with opened(own_settings) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def own_address(own_settings: Settings) -> Iterator[str]:
    with served(own_settings) as address:
        yield address


def owner_of(workspace: Workspace) -> Person:
    grant = Grant(Role.PROGRAMME_OWNER, initiative_ids=INITIATIVES)
    with writing(workspace) as connection:
        added = add_account(connection, name="Olu Owner", email="olu@example.org", grant=grant)
        person = person_of(connection, added)
    assert person is not None
    return person


def page_of(browser: Browser, address: str, workspace: Workspace, person: Person) -> Page:
    token = start_session(workspace, Actor(person, "127.0.0.1"), agent="test", how="test")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "session", "value": token, "url": address}])
    return context.new_page()


class Keys:
    """A keyboard that counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def test_five_updates_by_keyboard_take_forty_keys_at_most(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = owner_of(own_workspace)
    page = page_of(chromium, own_address, own_workspace, person)
    page.goto(f"{own_address}/queue")
    keys = Keys(page)
    confirmed = 0
    for number in range(5):
        expect(page.locator("input[autofocus]")).to_be_focused()
        first = page.locator(".due-list > li").first
        can_stay = first.get_by_role("button", name="Confirm unchanged").count()
        confirmed += can_stay
        with page.expect_navigation():  # of the queue, after what was sent
            if can_stay:
                keys.press("Tab", "Tab", "Tab", "Tab", "Enter")  # on "Confirm unchanged"
            else:
                keys.press("4", "2", str(number), "Enter")
        expect(page.get_by_role("status").first).to_contain_text("in for review. Next:")
    assert keys.pressed <= MOST_KEYS
    mine = own_updates(own_workspace, person)
    assert len(mine) == 5
    assert {one.state for one in mine} == {"submitted"}
    assert sum(one.content["unchanged"] is True for one in mine) == confirmed > 0
    page.context.close()


def test_what_is_typed_survives_a_closed_tab(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, person)
    page.goto(f"{own_address}/queue/new?kind=actual&subject=use-case-studies")
    page.get_by_label("Figure").fill("415")
    page.get_by_label("Note").fill("told by the team")
    expect(page.locator(".saved-line")).to_contain_text("Kept at")
    page.close()
    again = page.context.new_page()
    again.goto(f"{own_address}/queue")
    again.get_by_role("link", name="Case studies").first.click()
    expect(again.get_by_label("Figure")).to_have_value("415")
    expect(again.get_by_label("Note")).to_have_value("told by the team")
    again.context.close()


def test_what_is_typed_while_the_server_is_away_comes_back(
    chromium: Browser, own_settings: Settings, own_workspace: Workspace
) -> None:
    person = account(own_workspace, Role.LEADERSHIP)
    with served(own_settings) as address:
        page = page_of(chromium, address, own_workspace, person)
        path = "/queue/new?kind=actual&subject=c4gh-cities"
        page.goto(address + path)
    page.get_by_label("Figure").fill("123")  # the server is gone
    expect(page.locator(".saved-line")).to_contain_text("cannot be reached")
    kept = page.evaluate("localStorage.getItem('update:' + location.pathname + location.search)")
    assert '"value":"123"' in kept
    page.context.close()


def test_the_files_of_the_plan_come_with_a_click(chromium: Browser, own_address: str) -> None:
    page = chromium.new_page()
    page.goto(f"{own_address}/plan")
    with page.expect_download() as download:
        page.get_by_role("link", name="StratML Part 2").click()
    assert download.value.suggested_filename.endswith(".stratml.xml")
    page.close()


def test_a_review_is_walked_by_the_arrow_keys_and_decides(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, person)
    page.goto(f"{own_address}/plan/review?as_of=2023-12-31")
    expect(page.locator(".review-at")).to_have_text("Item 1 of 43")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".review-at")).to_have_text("Item 2 of 43")
    page.keyboard.press("n")
    expect(page.locator(".review-at")).to_have_text("Item 3 of 43")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".review-at")).to_have_text("Item 2 of 43")
    page.get_by_label("Decision").focus()
    page.keyboard.type("Ask again in June.")  # n and p are letters here
    page.keyboard.press("Tab")
    page.keyboard.type("Secretariat")
    page.keyboard.press("Enter")
    expect(page.locator(".review-at")).to_have_text("Item 2 of 43")
    assert "item=2" in page.url
    expect(page.locator(".data-table", has_text="Ask again in June.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Done.*Ask again in June")).press("Enter")
    expect(page.locator(".review-item .data-table")).to_contain_text("done")
    expect(page.locator("[id^=decision-]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=re.compile("Open again.*June"))).to_be_focused()
    page.goto(f"{own_address}/plan/review?item=1&since=2026-01-01")
    expect(page.locator("h1")).to_be_visible()
    page.context.close()


def test_a_plan_is_imported_by_keyboard_after_its_preview(
    chromium: Browser, own_settings: Settings, own_address: str, own_workspace: Workspace
) -> None:
    lead = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, lead)
    page.goto(f"{own_address}/plan")
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON", exact=True).click()
    file = own_settings.data_dir / "plan.json"
    text = download.value.path().read_text("utf-8")
    file.write_text(text.replace('"title": "USE', '"title": "The USE', 1), "utf-8")
    page.get_by_role("link", name="Import a plan from a file").press("Enter")
    page.get_by_label("File of the plan").set_input_files(file)
    is_accessible(page)
    page.get_by_role("button", name="Show what would change").press("Enter")
    expect(page.locator("h1")).to_have_text("What would plan.json change?")
    is_accessible(page)
    page.get_by_label("Why?").focus()
    page.keyboard.type("A better name.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("stands from now on")
    page.context.close()
