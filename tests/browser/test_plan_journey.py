"""The plan by hand: reviewed by keyboard, kept up to date by keyboard, nothing typed lost."""

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from observatory.config import Settings
from observatory.workspace.engine import Workspace
from observatory.workspace.people import Role
from observatory.workspace.update_lists import own_updates
from tests.browser.keyboard import Keys, owner_of, page_of
from tests.browser.test_people_journey import is_accessible
from tests.people import account
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATES, MOST_KEYS = 5, 40
TWO_MINUTES = 120
# A key takes somebody who does not know the keyboard 1.2 s (Card, Moran and Newell 1980); to read
# a line and to know its new figure is given 8 s.
SLOW_KEY_SECONDS, READING_SECONDS = 1.2, 8


def test_five_updates_by_keyboard_take_forty_keys_and_two_minutes_at_most(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = owner_of(own_workspace)
    page = page_of(chromium, own_address, own_workspace, person)
    began = time.monotonic()
    page.goto(f"{own_address}/queue")
    keys = Keys(page)
    confirmed = 0
    for number in range(UPDATES):
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
    waited = time.monotonic() - began
    assert keys.pressed <= MOST_KEYS
    by_hand = keys.pressed * SLOW_KEY_SECONDS + UPDATES * READING_SECONDS
    assert waited + by_hand < TWO_MINUTES
    mine = own_updates(own_workspace, person)
    assert len(mine) == UPDATES
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
    key = f"update:{person.person_id}:{path}"
    assert '"value":"123"' in page.evaluate("key => localStorage.getItem(key)", key)
    page.context.close()


def test_keeping_a_draft_does_not_hand_it_in(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, person)
    page.goto(f"{own_address}/queue/new?kind=actual&subject=use-case-studies")
    page.get_by_label("Figure").fill("4")
    expect(page.locator(".saved-line")).to_contain_text("Kept at")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept as a draft.")
    expect(page.get_by_role("button", name="Hand in for review")).to_be_visible()
    (mine,) = own_updates(own_workspace, person)
    assert (mine.state, mine.content["value"]) == ("draft", "4")
    page.context.close()


def test_what_is_handed_in_while_the_server_is_away_is_not_lost(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, person)
    page.goto(f"{own_address}/queue/new?kind=actual&subject=use-case-studies")
    page.get_by_label("Figure").fill("417")
    expect(page.locator(".saved-line")).to_contain_text("Kept at")
    page.get_by_role("button", name="Keep as a draft").click()
    draft = page.url.partition("?")[0]
    page.context.route("**/queue/**", lambda route: route.fulfill(status=503, body="away"))
    page.get_by_label("Note").fill("as the team told on the phone")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.locator("body")).to_have_text("away")
    page.context.unroute("**/queue/**")
    page.goto(draft)
    expect(page.get_by_label("Note")).to_have_value("as the team told on the phone")
    page.context.close()


def test_a_figure_typed_into_a_line_of_the_queue_survives_a_closed_tab(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    person = owner_of(own_workspace, "Lin Owner")
    page = page_of(chromium, own_address, own_workspace, person)
    page.goto(f"{own_address}/queue")
    figure = page.locator(".due-list [name=value]").last
    name = figure.get_attribute("id")
    figure.fill("777")
    page.close()
    again = page.context.new_page()
    again.goto(f"{own_address}/queue")
    expect(again.locator(f"#{name}")).to_have_value("777")
    again.locator(f"#{name}").press("Enter")
    expect(again.get_by_role("status").first).to_contain_text("in for review")
    again.wait_for_load_state()  # the page's script has run
    assert "figure:" not in again.evaluate("Object.keys(localStorage).join()")
    again.context.close()


def test_pages_of_the_server_are_as_dark_as_the_system(chromium: Browser, own_address: str) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{own_address}/sign-in")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(paper) != dark
    page.goto(own_address)  # which keeps the choice in a cookie
    page.wait_for_function("document.cookie.includes('theme=light')")
    page.emulate_media(color_scheme="dark")
    page.goto(f"{own_address}/sign-in")
    assert page.evaluate(paper) != dark
    context.close()


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
    page.keyboard.press("n")  # a letter is no shortcut: who speaks to the browser says letters
    page.keyboard.press("ArrowRight")
    expect(page.locator(".review-at")).to_have_text("Item 3 of 43")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".review-at")).to_have_text("Item 2 of 43")
    page.get_by_label("Decision").focus()
    page.keyboard.type("Ask again in June.")
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
