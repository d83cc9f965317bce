"""The network in a browser: controls to address, a member looked at, ties, years, what if."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GRAPH = "#network-page-graph .scatterlayer .trace"
LEDE = "#network-page-head .lede"
PLACES = """() => {
    const plot = document.querySelector('#network-page-graph .js-plotly-plot');
    const found = {};
    for (const trace of plot.data) (trace.customdata || []).forEach((id, at) => {
        if (String(id).startsWith('city:')) found[id] = [trace.x[at], trace.y[at]];
    });
    return found;
}"""


def opened(visitor: Visitor, search: str = "") -> Page:
    page = visitor.open(f"/network{search}")
    page.wait_for_selector(GRAPH, state="attached")
    return page


def test_a_control_changes_address_and_words_and_back_undoes_it(visitor: Visitor) -> None:
    page = opened(visitor)
    before = page.locator(LEDE).inner_text()
    page.get_by_role("checkbox", name="Learning").uncheck()
    expect(page.locator(LEDE)).not_to_have_text(before)
    changed = page.locator(LEDE).inner_text()
    assert "kind=pilot_project" in page.url
    page.reload()
    page.wait_for_selector(GRAPH, state="attached")
    assert page.locator(LEDE).inner_text() == changed
    page.go_back()
    expect(page.locator(LEDE)).to_have_text(before)
    assert visitor.errors == []


def test_with_no_kind_ticked_the_network_is_empty_and_says_so(visitor: Visitor) -> None:
    page = opened(visitor)
    for kind in ("Pilot projects", "Working groups", "Initiatives", "Learning"):
        page.get_by_role("checkbox", name=kind).uncheck()
    expect(page.locator(LEDE)).to_contain_text("No kind of cooperation is chosen")
    assert page.url.endswith("/network?kind=none")
    page.reload()
    expect(page.locator(LEDE)).to_contain_text("No kind of cooperation is chosen")
    assert page.locator('input[name="kind"]:checked').count() == 0
    assert visitor.errors == []


def test_members_keep_their_places_while_the_years_play(visitor: Visitor) -> None:
    page = opened(visitor)
    described_by = page.locator("#network-page-form-to").get_attribute("aria-describedby")
    expect(page.locator(f"#{described_by}")).to_have_text("all years")
    places = page.evaluate(PLACES)
    assert len(places) == 141
    page.get_by_role("button", name="Play the years").click()
    expect(page.locator(LEDE)).to_contain_text("up to 2012")
    page.get_by_role("button", name="Play the years").click()
    assert page.evaluate(PLACES) == places
    assert visitor.errors == []


def test_a_member_is_looked_at_by_name_and_by_click(visitor: Visitor) -> None:
    page = opened(visitor)
    page.get_by_label("Look at a member").fill("Bogotá, Colombia")
    page.get_by_label("Look at a member").press("Enter")
    expect(page.locator(".network-focus h2")).to_have_text("Bogotá")
    assert "city=bogota" in page.url
    page.evaluate(
        "document.querySelector('#network-page-graph .js-plotly-plot')"
        ".emit('plotly_click', {points: [{customdata: 'city:seoul'}]})"
    )
    expect(page.locator(".network-focus h2")).to_have_text("Seoul")
    page.get_by_label("Path to").fill("dakar")
    page.get_by_label("Path to").press("Enter")
    expect(page.locator("#network-page-path")).to_contain_text("From Seoul to Dakar")
    assert visitor.errors == []


def test_a_name_that_nobody_has_is_told_and_changes_nothing(visitor: Visitor) -> None:
    page = opened(visitor, "?city=bogota&goal=dakar")
    before = page.url
    page.get_by_label("Look at a member").fill("zzzzz")
    page.get_by_label("Look at a member").press("Enter")
    expect(page.locator('[data-note="city"]')).to_contain_text("No member is called “zzzzz”")
    expect(page.locator(".network-focus h2")).to_have_text("Bogotá")
    assert page.url == before
    page.get_by_label("Look at a member").fill("")
    page.get_by_label("Look at a member").press("Enter")
    expect(page.locator(".network-focus")).to_have_count(0)
    assert page.get_by_label("Path to").input_value() == ""
    assert visitor.errors == []


def test_the_tree_is_read_by_keyboard_down_to_the_evidence_of_a_tie(visitor: Visitor) -> None:
    page = opened(visitor)
    page.get_by_role("link", name="As a tree").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    here = page.locator("[role=treeitem]:focus")
    expect(here).to_have_attribute("aria-label", re.compile("^Africa, "))
    page.keyboard.press("e")
    expect(here).to_have_attribute("aria-label", re.compile("^Europe, "))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("b")
    page.keyboard.press("b")
    expect(here).to_have_attribute("aria-label", re.compile("^Barcelona Metropolitan Area"))
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(here).to_have_css("outline-style", "solid")
    tie = here.inner_text().splitlines()[0].strip()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.passport-window #passport-heading")).to_contain_text("AMB")
    page.keyboard.press("Escape")
    expect(here).to_contain_text(tie)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(here).to_have_attribute("aria-expanded", "false")
    assert visitor.errors == []


def test_the_page_is_short_enough_to_read_on_a_phone(phone_visitor: Visitor) -> None:
    page = opened(phone_visitor)
    height = page.evaluate("document.documentElement.scrollHeight")
    top = page.locator("#network-page-graph").bounding_box()["y"]
    assert top < 700
    assert height < 12_000
    assert phone_visitor.errors == []


def test_a_tie_opens_its_passport_by_click_and_by_key(visitor: Visitor) -> None:
    page = opened(visitor)
    page.evaluate(
        "document.querySelector('#network-page-graph .js-plotly-plot')"
        ".emit('plotly_click', {points: [{customdata: 'tie:berlin~montreal'}]})"
    )
    window = page.locator("dialog.passport-window")
    expect(window).to_contain_text("Berlin – Montréal")
    page.keyboard.press("Escape")
    expect(window).not_to_be_visible()
    page.locator("#network-page-ties").locator("xpath=ancestor::details").locator("summary").click()
    link = page.locator("#network-page-ties tbody a.passport-link").first
    named = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(window.locator("#passport-heading")).to_have_text(named)
    assert visitor.errors == []


def test_a_thought_becomes_a_scenario_and_leads_back(visitor: Visitor) -> None:
    page = opened(visitor)
    page.get_by_role("link", name="What if?").click()
    form = page.locator('form[data-thought="drop"]')
    form.get_by_role("button", name="Try it").click()
    expect(form.get_by_role("status")).to_have_text("Choose first what to think of.")
    assert page.url.endswith("/network")
    form.locator("select").select_option("seoul")
    form.get_by_role("button", name="Try it").click()
    expect(page.locator(".notice.scenario")).to_contain_text("Seoul leaves")
    assert "drop=seoul" in page.url
    expect(page.get_by_role("heading", name="What the scenario changes")).to_be_visible()
    page.get_by_role("link", name="Back to the facts").click()
    expect(page.locator(".notice.scenario")).to_have_count(0)
    assert "drop" not in page.url
    assert visitor.errors == []


def test_the_finder_answers_the_choice_of_a_member(visitor: Visitor) -> None:
    page = visitor.open("/network/partners")
    page.get_by_label("Member").select_option("bogota")
    expect(page.locator(".data-table tbody tr:visible")).to_have_count(10)
    assert page.url.endswith("/network/partners?city=bogota")
    page.locator("summary").filter(has_text="102 more").click()
    expect(page.locator(".data-table tbody tr:visible")).to_have_count(112)
    page.locator("summary").filter(has_text="4 without a score").click()
    expect(page.locator(".data-table tbody tr:visible")).to_have_count(116)
    page.get_by_label("Another region").fill("0")
    page.get_by_label("Another region").press("Tab")
    page.wait_for_url("**/network/partners?city=bogota&region=0")
    assert visitor.errors == []


@pytest.mark.parametrize("search", ["?kind=award", "?kind=pilot_project", "?to=2014"])
def test_names_of_members_are_not_broken_by_letters(visitor: Visitor, search: str) -> None:
    page = opened(visitor, search)
    heads = page.locator(".without-tie tbody th")
    assert heads.count() > 0
    assert min(heads.nth(at).bounding_box()["width"] for at in range(heads.count())) >= 150
    assert visitor.errors == []


def test_reasons_take_the_whole_width_of_a_phone(phone_visitor: Visitor) -> None:
    page = phone_visitor.open("/network/partners?city=berlin")
    reasons = page.locator(".reasons").first
    assert reasons.bounding_box()["width"] > 300
    assert page.evaluate("document.documentElement.scrollHeight") < 8_000
    assert phone_visitor.errors == []


def test_the_years_begin_with_the_year_from_which_ties_count(visitor: Visitor) -> None:
    page = visitor.open("/network?from=2018")
    slider = page.locator("#network-page-form-to")
    slider.press("Home")
    expect(page).to_have_url(re.compile(r"from=2018&to=2018"))
    start = page.get_by_label("From", exact=False).and_(page.locator("[name=from]"))
    start.fill("2020")
    start.press("Tab")
    expect(page).to_have_url(re.compile(r"from=2020&to=2020"))
    start.fill("")
    start.press("Tab")
    expect(slider).to_have_attribute("min", slider.get_attribute("data-first") or "")
    assert visitor.errors == []
