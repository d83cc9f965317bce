"""The Atlas in a browser: the address is the state; map, list and strip agree; keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DRAWN = "#atlas-page-map .scatterlayer .trace"


def _rows(page: Page) -> list[str]:
    return page.locator(".ranked").all_inner_texts()


def _open(visitor: Visitor, search: str = "") -> Page:
    page = visitor.open(f"/atlas{search}")
    page.wait_for_selector(DRAWN, state="attached")
    return page


def test_reload_back_and_a_new_tab_show_the_same_rows(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=population_agglomeration")
    first = _rows(page)
    page.get_by_label("Europe").click()
    expect(page.locator(".ranked")).not_to_have_count(len(first))
    filtered, address = _rows(page), page.url
    assert "region=" in address
    page.reload()
    page.wait_for_selector(DRAWN, state="attached")
    assert _rows(page) == filtered
    other = visitor.context.new_page()
    other.goto(address)
    other.wait_for_selector(DRAWN, state="attached")
    assert _rows(other) == filtered
    page.go_back()
    expect(page.locator(".ranked")).to_have_count(len(first))
    assert _rows(page) == first


def test_a_chosen_city_is_marked_in_list_strip_map_and_address(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=pm25_ug_per_m3")
    row = page.locator(".ranked").nth(3)
    city = row.get_attribute("data-city")
    row.click()
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f'.tick-here[data-city="{city}"]')).to_have_count(1)
    page.wait_for_function(
        "document.querySelector('#atlas-page-map .js-plotly-plot').data[3].x.length === 1"
    )
    assert f"city={city}" in page.url


def test_a_point_on_the_map_marks_its_row(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=pm25_ug_per_m3")
    page.evaluate(
        "document.querySelector('#atlas-page-map .js-plotly-plot')"
        ".emit('plotly_click', {points: [{customdata: 'montreal'}]})"
    )
    expect(page.locator('.ranked[data-city="montreal"]')).to_have_attribute("aria-pressed", "true")


def test_the_atlas_works_by_keyboard_alone(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=pm25_ug_per_m3")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.locator(".ranked").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ranked").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".ranked").nth(1)).to_have_attribute("aria-pressed", "true")


def test_the_ranking_takes_two_stops_of_the_keyboard_not_two_a_member(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=pm25_ug_per_m3")
    figures = page.locator(".ranked-row .passport-link")
    page.locator(".ranked").first.focus()
    page.keyboard.press("Tab")
    expect(figures.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(figures.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(figures.last).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.ranking')")
    page.keyboard.press("Shift+Tab")
    expect(figures.last).to_be_focused()


def test_the_year_slider_and_play_move_through_the_years(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=population_agglomeration&year=1950")
    page.locator("#atlas-page-form-play").click()
    page.wait_for_function("new URLSearchParams(location.search).get('year') === '1960'")
    page.locator("#atlas-page-form-play").click()
    assert page.locator(".ranked").count() > 100


def test_members_that_share_a_point_are_both_on_the_map(visitor: Visitor) -> None:
    page = _open(visitor, "?indicator=earthquakes_m55_300km")
    places = page.evaluate(
        """() => {
            const plot = document.querySelector('#atlas-page-map .js-plotly-plot');
            const found = {};
            [1, 2].forEach((i) => plot.data[i].customdata.forEach((id, at) => {
                found[id] = [plot.calcdata[i][at].x, plot.calcdata[i][at].y];
            }));
            return found;
        }"""
    )
    assert len(places) == 141
    assert places["barcelona"] != places["barcelona-amb"]
    assert places["medellin"] != places["valle-de-aburra"]


def test_the_chart_library_comes_with_the_first_chart_only(visitor: Visitor) -> None:
    asked: list[str] = []
    page = visitor.context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(visitor.address)
    page.wait_for_selector("#frame-main h1")
    assert not [url for url in asked if "plotly" in url]
    page.get_by_role("link", name="Atlas", exact=True).click()
    page.wait_for_selector(DRAWN, state="attached")
    loaded = [url for url in asked if "plotly" in url and "async" not in url]
    assert loaded == [f"{visitor.address}/chart-library/plotly-custom.v4.1.1.min.js"]
