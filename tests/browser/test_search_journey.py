"""Search in a browser, by keyboard: from a misspelled name to the city's page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.test_every_page import RULES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BOX = "#frame-search-box"
OPTIONS = "#frame-search-list [role=option]"


def _type(page: Page, text: str) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type(text, delay=15)


def test_a_misspelled_city_is_reached_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("/")
    _type(page, "Sao Paolo")
    option = page.locator(OPTIONS).first
    expect(option).to_contain_text("São Paulo (city)")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-status")).to_have_text("2 matches: 2 cities.")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator(BOX)).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTIONS).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/sao-paulo")
    expect(page.locator("h1")).to_contain_text("São Paulo")
    expect(page.locator("#frame-main")).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")


def test_arrows_pressed_before_the_matches_came_choose_among_those_that_come(
    visitor: Visitor,
) -> None:
    page = visitor.open("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/search?q=Sao+Paolo*", hold)
    with page.expect_request("**/api/v1/search?q=Sao+Paolo*"):
        _type(page, "Sao Paolo")
    with page.expect_request("**/api/v1/search?q=Sao+Paolo*"):
        page.keyboard.press("ArrowDown")
    with page.expect_request("**/api/v1/search?q=Sao+Paolo*"):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".search-popup")).to_be_hidden()
    held[-1].continue_()
    expect(page.locator(OPTIONS).nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.locator(OPTIONS)).to_have_count(2)


def test_what_arrows_choose_does_not_depend_on_when_the_matches_come(visitor: Visitor) -> None:
    page = visitor.open("/")
    _type(page, "Sao Paolo")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTIONS).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/sao-paulo")


def test_a_city_is_found_by_a_name_it_had_before(visitor: Visitor) -> None:
    page = visitor.open("/")
    _type(page, "tananarive")
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTIONS).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/antananarivo")


def test_escape_closes_the_matches_and_then_empties_the_box(visitor: Visitor) -> None:
    page = visitor.open("/")
    _type(page, "berlin")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".search-popup")).to_be_hidden()
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")
    expect(page.locator(BOX)).to_have_value("berlin")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_have_value("")


def test_enter_without_a_choice_opens_the_page_of_matches(visitor: Visitor) -> None:
    page = visitor.open("/methods")
    _type(page, "green")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=green")
    expect(page.locator("h1")).to_contain_text("green")
    expect(page.locator(BOX)).to_have_value("green")
    page.go_back()
    expect(page.locator("h1")).to_have_text("How are things computed?")
    expect(page.locator(BOX)).to_have_value("")


def test_a_term_of_the_methods_is_shown_where_it_is_explained(visitor: Visitor) -> None:
    page = visitor.open("/")
    _type(page, "median")
    page.locator(OPTIONS).first.click()
    page.wait_for_url("**/methods#methods-page-glossary")
    expect(page.locator("#methods-page-glossary h2")).to_be_in_viewport()


def test_a_stale_answer_is_dropped(visitor: Visitor) -> None:
    page = visitor.open("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/search?q=berlin*", hold)
    with page.expect_request("**/api/v1/search?q=berlin*"):
        page.locator(BOX).fill("berlin")
    with page.expect_response("**/api/v1/search?q=lima*"):
        page.locator(BOX).fill("lima")
    expect(page.locator(OPTIONS).first).to_contain_text("Lima")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(OPTIONS).first).to_contain_text("Lima")
    expect(page.locator(OPTIONS)).to_have_count(1)


def test_the_open_list_keeps_the_accessibility_rules(themed_visitor: Visitor) -> None:
    page = themed_visitor.open("/methods")
    _type(page, "brazil")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["failureSummary"]) for one in violations] == []


def test_an_open_list_of_matches_keeps_to_the_width_of_a_phone(phone_visitor: Visitor) -> None:
    page = phone_visitor.open("/")
    page.locator(BOX).fill("national")
    expect(page.locator(OPTIONS).first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
