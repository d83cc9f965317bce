"""The comparison in a browser: the address is the state; choosing, moving, removing; keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIX_LONG_NAMES = "san-salvador,turin,valle-de-aburra,manchester,barcelona-amb,guadalajara"
ADD = "#compare-page-form-add"


def _columns(page: Page) -> list[str]:
    return page.locator("#compare-page-table .compare-city .compare-name").all_inner_texts()


def test_members_are_added_moved_and_removed_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/compare?cities=berlin,montreal")
    assert _columns(page) == ["Berlin", "Montréal"]
    page.locator(ADD).focus()
    page.keyboard.type("guangzhou")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-page-table .compare-city")).to_have_count(3)
    expect(page.locator(ADD)).to_be_focused()
    expect(page.locator("#frame-announcer")).to_have_text("Compared: Berlin, Montréal, Guangzhou")
    assert page.url.endswith("?cities=berlin,montreal,guangzhou")
    page.get_by_role("button", name="Move Guangzhou one place earlier").press("Enter")
    expect(page.locator("#compare-page-table .compare-name").nth(1)).to_have_text("Guangzhou")
    expect(page.locator("#compare-page-form-earlier-guangzhou")).to_be_focused()
    page.get_by_role("button", name="Remove Berlin").press("Enter")
    expect(page.locator("#compare-page-table .compare-city")).to_have_count(2)
    assert _columns(page) == ["Guangzhou", "Montréal"]


def test_reload_back_and_a_new_tab_show_the_same_rows(visitor: Visitor) -> None:
    page = visitor.open("/compare?cities=berlin,montreal")
    table = page.locator("#compare-page-table")
    first = table.inner_text()
    page.get_by_label("Each in the newest year that all have").check()
    expect(table).to_contain_text("all of 2015")
    page.get_by_label("Theme").select_option("people")
    expect(table).not_to_contain_text("Air and emissions")
    filtered = table.inner_text()
    assert "theme=people&common=1" in page.url
    page.reload()
    page.wait_for_selector("#compare-page-table")
    assert table.inner_text() == filtered
    other = visitor.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#compare-page-table")
    assert other.locator("#compare-page-table").inner_text() == filtered
    page.go_back()
    expect(table).to_contain_text("Air and emissions")
    page.go_back()
    expect(table).not_to_contain_text("all of 2015")
    assert table.inner_text() == first


def test_a_name_that_is_not_in_the_list_gets_suggestions(visitor: Visitor) -> None:
    page = visitor.open("/compare?cities=berlin")
    page.locator(ADD).fill("Montrael")
    page.keyboard.press("Enter")
    page.locator(".notice").get_by_role("link", name="Montréal").click()
    page.wait_for_selector("#compare-page-table")
    assert _columns(page) == ["Berlin", "Montréal"]


def test_a_number_opens_its_passport_and_escape_closes_it(visitor: Visitor) -> None:
    page = visitor.open("/compare?cities=berlin,montreal")
    link = page.locator(".compare-value .passport-link").first
    link.press("Enter")
    expect(page.locator("dialog.passport-window")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.passport-window")).not_to_be_visible()
    expect(link).to_be_focused()


def test_six_long_names_fit_a_phone(phone_visitor: Visitor) -> None:
    page = phone_visitor.open(f"/compare?cities={SIX_LONG_NAMES}")
    page.wait_for_selector(".compare-graph .scatterlayer .trace", state="attached")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    label = page.locator(".compare-row").first.locator(".compare-label").first
    expect(label).to_be_visible()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.compare-row :is(.compare-name, .compare-value)')]
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth).length"""
    )
    assert cut == 0


def test_six_long_names_print_in_columns_within_the_page(visitor: Visitor) -> None:
    page = visitor.open(f"/compare?cities={SIX_LONG_NAMES}")
    page.wait_for_selector(".compare-graph .scatterlayer .trace", state="attached")
    page.set_viewport_size({"width": 1032, "height": 720})  # A4 across within its margins
    page.emulate_media(media="print")
    heads = page.locator("#compare-page-table .compare-city")
    boxes = [heads.nth(at).bounding_box() for at in range(6)]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert all(box and box["x"] + box["width"] <= 1032 for box in boxes)
    rows = page.locator(".compare-row")
    heights = [rows.nth(at).bounding_box() for at in range(rows.count())]
    assert max(box["height"] for box in heights if box) <= 120  # six and more of them a page
    assert b"841." in page.pdf(prefer_css_page_size=True).split(b"/MediaBox [0 0 ")[1][:8]
