"""The network of 2,000 cities in a browser: drawn by a rule that is told, with signs of life."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from observatory.config import PROJECT_DIR, Settings
from observatory.ingest.build import build
from tests.browser.conftest import Visitor
from tests.serving import served
from tools.bench.synthetic import Size, write_synthetic

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GRAPH = "#network-page-graph .scatterlayer .trace"
WAITING = "#frame-waiting"
FOURTEENFOLD = Size(copies=14, observations=20_000)
SIGN_OF_LIFE_MS = 10_000  # on a machine that does much else; alone it takes half a second
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def large_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    facts: Path = tmp_path_factory.mktemp("large") / "datasets"
    write_synthetic(facts, base=PROJECT_DIR / "datasets", size=FOURTEENFOLD)
    settings = Settings(data_dir=tmp_path_factory.mktemp("large-data"), datasets_dir=facts)
    build(settings)
    with served(settings) as address:
        yield address


def loading(chromium: Browser, address: str) -> tuple[Visitor, Page]:
    """The network of every kind, asked for and not yet there.

    The server has answered before, so that only the network is waited for.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    visitor = Visitor(context, address)
    visitor.open("/methods").close()
    page = context.new_page()
    kinds = ("pilot_project", "working_group", "initiative", "learning", "governance")
    page.goto(f"{address}/network?{'&'.join(f'kind={one}' for one in kinds)}")
    return visitor, page


def test_a_network_of_20_000_ties_is_drawn_by_a_rule_that_is_told(
    chromium: Browser, large_address: str
) -> None:
    visitor, page = loading(chromium, large_address)
    expect(page.locator(WAITING)).to_contain_text("One moment", timeout=SIGN_OF_LIFE_MS)
    page.wait_for_selector(GRAPH, state="attached", timeout=PATIENCE_MS)
    told = page.locator(".network-told")
    expect(told).to_contain_text("above 600 ties the 3 strongest of each member")
    expect(page.locator(".lede")).to_contain_text("of 1,974 members have a tie")
    ties = int(told.inner_text().partition("Of ")[2].split(" ")[0].replace(",", ""))
    assert ties > 19_000
    members = page.locator("#network-page-members tbody tr")
    expect(members).to_have_count(12, timeout=PATIENCE_MS)
    page.get_by_role("checkbox", name="Learning").uncheck()
    expect(page.locator(WAITING)).to_contain_text("One moment", timeout=SIGN_OF_LIFE_MS)
    expect(told).not_to_contain_text(f"Of {ties:,} ties", timeout=PATIENCE_MS)
    expect(page.locator(WAITING)).to_be_empty(timeout=PATIENCE_MS)
    assert visitor.errors == []
    visitor.context.close()
