"""Explore in a browser: controls to address, points to map and table, a cell to its scatter."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

POINTS = "#explore-page-scatter .scatterlayer .point"
ROWS = "#explore-page-table tbody tr"


def _open(visitor: Visitor, search: str = "") -> Page:
    page = visitor.open(f"/explore{search}")
    page.wait_for_selector(POINTS, state="attached")
    return page


def test_a_control_changes_address_picture_and_table_and_back_undoes_it(visitor: Visitor) -> None:
    page = _open(visitor)
    before = page.locator(ROWS).count()
    page.get_by_label("Europe").uncheck()
    expect(page.locator(ROWS)).not_to_have_count(before)
    filtered = page.locator(ROWS).all_inner_texts()
    assert "region=Africa" in page.url
    page.reload()
    page.wait_for_selector(POINTS, state="attached")
    assert page.locator(ROWS).all_inner_texts() == filtered
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(before)


def test_points_chosen_in_the_picture_stand_out_on_map_and_in_table(visitor: Visitor) -> None:
    page = _open(visitor)
    page.evaluate(
        "document.querySelector('#explore-page-scatter .js-plotly-plot').emit('plotly_selected',"
        " {points: [{customdata: 'berlin'}, {customdata: 'agra'}]})"
    )
    expect(page.locator(f"{ROWS}:visible")).to_have_count(2)
    expect(page.locator(".brush-map .brushed")).to_have_count(2)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".brush-map .brushed")).to_have_count(0)


def test_a_cell_of_the_correlations_opens_its_scatter_and_says_the_same(visitor: Visitor) -> None:
    page = _open(visitor, "?window=100")  # the correlations are of newest figures of any year
    cell = page.locator(".correlations td a").first
    href, coefficient = cell.get_attribute("href"), cell.inner_text()
    cell.click()
    page.wait_for_function("href => location.pathname + location.search === href", arg=href)
    expect(page.locator("#frame-main .lede")).to_contain_text(f" {coefficient} (95 % interval")


def test_the_table_is_filtered_by_what_is_typed(visitor: Visitor) -> None:
    page = _open(visitor)
    page.get_by_label("Find in the table").fill("germany")
    expect(page.locator(f"{ROWS}:visible")).to_have_count(1)
