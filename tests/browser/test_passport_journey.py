"""A passport in a browser: opened by Enter, closed by Escape, with an address and a citation."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_number_opens_by_enter_and_gives_the_focus_back(visitor: Visitor) -> None:
    page = visitor.open("/data/pm25_ug_per_m3")
    number = page.locator("a.passport-link").first
    number.focus()
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog")
    expect(window).to_be_visible()
    indicator, _place = window.locator("#passport-trail").inner_text().split(" · ")
    assert indicator == "Fine particles (PM2.5), modelled"
    told = f"{window.locator('#passport-trail').inner_text()} {number.inner_text()} µg/m³"
    expect(window).to_have_accessible_name(told)
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(number).to_be_focused()
    assert visitor.errors == []


def test_the_citation_is_copied_and_the_address_opens_as_a_page(visitor: Visitor) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("/data/pm25_ug_per_m3")
    page.locator("a.passport-link").first.click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Citation copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Fine particles" in copied
    assert "snapshot" in copied
    page.get_by_role("link", name="Address of this passport").click()
    page.wait_for_url("**/passport/*")
    expect(page.locator("#frame-main h1")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_point_of_a_trend_opens_its_passport(visitor: Visitor) -> None:
    page = visitor.open("/cities/berlin")
    page.wait_for_selector(".trend-graph .js-line", state="attached")
    page.evaluate(
        "() => { const plot = document.querySelector('.passport-chart .js-plotly-plot');"
        " plot.emit('plotly_click', {points: [{customdata: plot.data[0].customdata[0]}]}); }"
    )
    expect(page.get_by_role("dialog")).to_be_visible()
