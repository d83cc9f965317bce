"""Reviews without a mouse: a meeting's agenda from its first item to its last, and updates."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from observatory.workspace.engine import Workspace
from observatory.workspace.people import Person, Role
from observatory.workspace.update_lists import own_updates
from tests.browser.keyboard import Keys, owner_of, page_of
from tests.people import account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_TABS = 6
LOADING_MS = 30_000  # of a whole page, on a machine that is busy
REASON = "Which months does it count?"


def _open_review(page: Page, address: str) -> None:
    page.goto(f"{address}/plan/review?as_of=2023-12-31")
    expect(page.locator(".review-at")).to_contain_text("Item 1 of", timeout=LOADING_MS)


def _is_at(page: Page, item: int, count: int) -> None:
    """Check that this item is shown and is where the next Tab goes on from."""
    expect(page.locator(".review-at")).to_have_text(f"Item {item} of {count}")
    expect(page.locator(".review-item h2")).to_be_focused()


def test_a_whole_agenda_is_gone_through_by_keyboard(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    lead = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, lead)
    _open_review(page, own_address)
    count = int(page.locator(".review-at").inner_text().split()[-1])
    headings = {page.locator(".review-item h2").inner_text()}
    keys = Keys(page)
    for item in range(2, count + 1):
        keys.press("ArrowRight")
        _is_at(page, item, count)
        headings.add(page.locator(".review-item h2").inner_text())
    assert keys.pressed == count - 1
    assert len(headings) == count
    keys.press("ArrowRight")  # there is no next one
    keys.press("ArrowLeft")
    _is_at(page, count - 1, count)
    keys.tab_to(page.get_by_role("link", name="PDF", exact=True), most=2 * MOST_TABS)
    page.context.close()


def test_a_decision_is_written_and_read_back_without_a_mouse(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    lead = account(own_workspace, Role.LEADERSHIP)
    page = page_of(chromium, own_address, own_workspace, lead)
    _open_review(page, own_address)
    keys = Keys(page)
    keys.press("ArrowRight")
    expect(page.locator(".review-at")).to_contain_text("Item 2 of")
    expect(page.locator(".review-item h2")).to_be_focused()
    keys.tab_to(page.get_by_label("Decision"), most=MOST_TABS)
    keys.write("Next: ask Nairobi")  # no key of it goes to another item
    keys.press("Tab")
    keys.write("Secretariat")
    keys.press("Tab")
    keys.write("06302099")
    keys.press("Enter")
    written = page.locator("[id^=decision-]", has_text="Next: ask Nairobi")
    expect(written).to_be_focused(timeout=LOADING_MS)
    row = page.get_by_role("row", name=re.compile("Next: ask Nairobi"))
    expect(row).to_contain_text("30 Jun 2099")
    keys.press("ArrowRight")
    expect(page.locator(".review-at")).to_contain_text("Item 3 of")
    page.context.close()


def test_an_update_is_returned_mended_approved_and_published_by_keyboard(
    chromium: Browser, own_address: str, own_workspace: Workspace
) -> None:
    owner = owner_of(own_workspace, "Rae Owner")
    lead = account(own_workspace, Role.LEADERSHIP)
    author = page_of(chromium, own_address, own_workspace, owner)
    author.goto(f"{own_address}/queue")
    measure = author.locator("[name=measure_id]").first.get_attribute("value")
    Keys(author).press("4", "3", "1", "Enter")
    expect(author.get_by_role("status").first).to_contain_text("in for review")
    reviewer = page_of(chromium, own_address, own_workspace, lead)
    _return(reviewer, own_address, owner)
    assert [one.state for one in own_updates(own_workspace, owner)] == ["returned"]
    _mend(author, own_address)
    assert [one.state for one in own_updates(own_workspace, owner)] == ["submitted"]
    _approve_and_publish(reviewer, own_address, owner)
    author.goto(f"{own_address}/plan/{measure}")
    expect(author.locator("#frame-main")).to_contain_text("432")
    author.context.close()
    reviewer.context.close()


def _opened_by_reviewer(page: Page, address: str, owner: Person) -> Keys:
    """Go by keyboard from the queue to the update of this author."""
    page.goto(f"{address}/queue")
    keys = Keys(page)
    keys.skip_to_content()
    row = page.get_by_role("row", name=re.compile(owner.name))
    keys.tab_to(row.get_by_role("link"), most=MOST_TABS)
    keys.press("Enter")
    expect(page.locator("h1")).not_to_have_text("What do I owe?")
    keys.skip_to_content()
    return keys


def _return(page: Page, address: str, owner: Person) -> None:
    keys = _opened_by_reviewer(page, address, owner)
    keys.tab_to(page.get_by_label("Reason"), most=MOST_TABS)
    keys.write(REASON)
    keys.press("Tab", "Enter")
    expect(page.get_by_role("status").first).to_contain_text("Sent back with your reason")


def _mend(page: Page, address: str) -> None:
    page.goto(f"{address}/queue")
    expect(page.locator("input[autofocus]")).to_be_focused()
    keys = Keys(page)
    keys.press("Shift+Tab")  # what came back stands just before the first figure due
    keys.press("Enter")
    expect(page.locator("h1")).not_to_have_text("What do I owe?")
    expect(page.locator("#frame-main")).to_contain_text(REASON)
    expect(page.get_by_label("Figure")).to_be_focused()
    keys.press("4", "3", "2", "Enter")  # the old figure is selected: typing replaces it
    expect(page.get_by_role("status").first).to_contain_text("in for review")


def _approve_and_publish(page: Page, address: str, owner: Person) -> None:
    keys = _opened_by_reviewer(page, address, owner)
    keys.tab_to(page.get_by_role("button", name="Approve"), most=MOST_TABS)
    keys.press("Enter")
    publish = page.get_by_role("button", name="Publish")
    expect(publish).to_be_visible()
    keys.skip_to_content()
    keys.tab_to(publish, most=MOST_TABS)
    keys.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Published")
