"""The board pack as a file on a disk: opened without any network, by eye, by touch, on paper."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from observatory.config import Settings
from observatory.pages.board_pack import asked_view, write_board_pack
from observatory.pages.plan_data import PlanReader
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from tests.browser.test_every_page import RULES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def file(full_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "pack.html"
    store = Store(full_settings)
    reader = PlanReader(Workspace(full_settings))
    write_board_pack(store, reader, path, asked_view("as_of=2023-06-30"))
    store.close()
    return path


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_opens_from_a_disk_without_a_network(
    chromium: Browser, file: Path, width: int, theme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, offline=True,
        java_script_enabled=True,
    )  # fmt: skip
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.locator("h1").inner_text() == "Metropolis Strategic Action Plan 2021-2023"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(255, 255, 255)" if theme == "light" else "rgb(16, 22, 27)")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    found = Axe().run(page, options=RULES).response
    assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == []
    assert asked == [file.as_uri()]
    assert errors == []
    context.close()


def test_it_is_read_without_scripts_and_printed_light(chromium: Browser, file: Path) -> None:
    context = chromium.new_context(color_scheme="dark", java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("nav a").last.click()
    assert page.locator("#sources li").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    context.close()
