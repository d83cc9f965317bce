"""Every page: no violation of axe-core, no console error, no other host, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/",
    "/atlas",
    "/atlas?indicator=climate_target_type",
    "/atlas?indicator=population_agglomeration&year=1990&method=natural",
    "/explore",
    "/explore?x=national_hdi&y=national_fertility",
    "/explore?x=national_hdi&y=pm25_ug_per_m3",
    "/compare",
    "/compare?cities=san-salvador,turin,valle-de-aburra,manchester,barcelona-amb,guadalajara",
    "/passport/fb6a49f820f94ddb",
    "/network",
    "/network?layout=geography&colour=community&kind=air_link&size=betweenness",
    "/network?city=seoul&goal=dakar&drop=berlin&kind=learning&kind=award",
    "/network?to=2010&region=Africa",
    "/network/inclusion",
    "/network/partners?city=bogota",
    "/network/needs?theme=mobility&region=Africa",
    "/ties/berlin~montreal",
    "/events/GZA-5",
    "/?as_of=2022-06-30",
    "/plan?as_of=2023-12-31",
    "/plan?show=unknown",
    "/plan/O2",
    "/plan/gza?as_of=2022-06-30",
    "/plan/use-case-studies?illustrative=off",
    "/plan/review?as_of=2023-12-31&item=2",
    "/cities",
    "/cities?q=zzzz",
    "/cities/montreal",
    "/cities/abuja",
    "/data",
    "/data/pm25_ug_per_m3",
    "/data/sources/un-wup-2018",
    "/methods",
    "/search",
    "/sign-in",
    "/search?q=montreal",
    "/search?q=zzzz",
    "/cities/monreal",
    "/nowhere",
)
SCROLLING = {"/explore": ".matrix-scroll", "/data": ".matrix-box"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_the_accessibility_rules(path: str, themed_visitor: Visitor) -> None:
    page = themed_visitor.open(path)
    if path.startswith("/atlas"):
        page.wait_for_selector("#atlas-page-map .scatterlayer .trace", state="attached")
    assert page.locator("#frame-main").inner_text().strip()
    found = Axe().run(page, options=RULES).response
    told = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]
    assert told == []
    if path in {"/cities/monreal", "/nowhere"}:  # the browser itself reports a 404 as an error
        themed_visitor.errors.clear()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(path: str, phone_visitor: Visitor) -> None:
    page = phone_visitor.open(path)
    if path.startswith("/atlas"):
        page.wait_for_selector("#atlas-page-map .scatterlayer .trace", state="attached")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    if path in {"/cities/monreal", "/nowhere"}:
        phone_visitor.errors.clear()


def test_an_unknown_city_answers_404_with_near_matches(visitor: Visitor) -> None:
    page = visitor.context.new_page()
    answer = page.goto(f"{visitor.address}/cities/monreal")
    assert answer is not None
    assert answer.status == 404
    page.wait_for_selector("a[href='/cities/montreal']")
    visitor.errors.clear()  # the browser itself reports a 404 as an error


@pytest.mark.parametrize("path", SCROLLING)
def test_a_table_that_goes_on_says_so_until_its_end(path: str, phone_visitor: Visitor) -> None:
    page = phone_visitor.open(path)
    box = page.locator(SCROLLING[path])
    hint = page.locator(f"{SCROLLING[path]} + .scroll-hint")
    expect(hint).to_be_visible()
    box.evaluate("box => box.scrollTo(box.scrollWidth, box.scrollHeight)")
    expect(hint).to_be_hidden()
