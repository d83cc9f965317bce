"""One server and one Chromium for the browser tests; each test gets a fresh context."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from observatory.config import Settings
from observatory.ingest.build import build
from observatory.workspace.engine import Workspace
from tests.people import opened
from tests.serving import served
from tools.find_browser import installed_browser


@pytest.fixture(scope="session")
def full_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over the published facts, built once."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("full"))
    build(settings)
    return settings


@pytest.fixture(scope="session")
def address(full_settings: Settings) -> Iterator[str]:
    with served(full_settings) as address:
        yield address


@pytest.fixture(scope="module")
def own_settings(full_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The published facts with a workspace of these tests' own."""
    path = tmp_path_factory.mktemp("people") / "workspace.sqlite"
    return replace(full_settings, workspace_url=f"sqlite:///{path}")


@pytest.fixture(scope="module")
def own_workspace(own_settings: Settings) -> Iterator[Workspace]:
    with opened(own_settings) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def own_address(own_settings: Settings) -> Iterator[str]:
    with served(own_settings) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = installed_browser()
    assert path, "no Chromium on this machine: run `make test`, which installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


class Visitor:
    """A reader with a browser: opens pages and keeps what went wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.errors: list[str] = []
        self.foreign: list[str] = []
        context.route("**/*", self._watch)
        context.on("page", self._listen)

    def _watch(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(url)
            route.abort()

    def _listen(self, page: Page) -> None:
        page.on("console", lambda message: self._keep(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _keep(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.address + path)
        page.wait_for_selector("#frame-main h1", timeout=30_000)
        return page


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    yield from _visitor(chromium, address, "light", 1280)


@pytest.fixture
def themed_visitor(chromium: Browser, address: str, theme: str) -> Iterator[Visitor]:
    yield from _visitor(chromium, address, theme, 1280)


@pytest.fixture
def phone_visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    yield from _visitor(chromium, address, "light", 360)


def _visitor(browser: Browser, address: str, theme: str, width: int) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    )
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.errors == []
    assert visitor.foreign == []
