"""First loads in a real Chromium with an empty cache: bytes, hosts, the first number seen."""

import json
import statistics
from dataclasses import dataclass, field

from playwright.sync_api import Browser, sync_playwright

from observatory.views.components.frame import MAIN
from tools.bench.server import Server
from tools.bench.table import Row
from tools.find_browser import installed_browser

START = "/"
PATHS = (START, "/atlas", "/cities/montreal", "/data")
LOADS = 5
START_KILOBYTES = 700
PAGE_KILOBYTES = 1200
NUMBER_SECONDS = 1.0
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SEEN = "firstNumberMs"
WATCH = f"""
    requestAnimationFrame(function look() {{
        const main = document.getElementById({json.dumps(MAIN)});
        if (main && /[0-9]/.test(main.innerText)) window.{SEEN} = performance.now();
        else requestAnimationFrame(look);
    }});
"""


@dataclass
class Load:
    """One first load: bytes received, hosts other than ours, seconds to the first number."""

    received_bytes: float = 0.0
    foreign: list[str] = field(default_factory=list)
    number_seconds: float = 0.0


def weight_rows(server: Server) -> list[Row]:
    """The weight of first loads, and the time to the first number of the start page.

    Raises:
        RuntimeError: there is no Chromium on this machine.
    """
    path = installed_browser()
    if path is None:
        raise RuntimeError("Expected a Chromium, found none: `make test` installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        loads = {path: [_load(browser, server, path) for _ in range(LOADS)] for path in PATHS}
        browser.close()
    rows = [_weight_row(path, found) for path, found in loads.items()]
    return [*rows, _number_row(loads[START]), _hosts_row(loads)]


def _load(browser: Browser, server: Server, path: str) -> Load:
    load = Load()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: _count(load, event))
    page.on("request", lambda request: _watch(load, server, request.url))
    page.goto(f"{server.address}{path}", wait_until="networkidle")
    page.wait_for_function(f"window.{SEEN}")
    load.number_seconds = page.evaluate(f"window.{SEEN}") / 1000
    context.close()
    return load


def _count(load: Load, event: dict[str, float]) -> None:
    load.received_bytes += event["encodedDataLength"]


def _watch(load: Load, server: Server, address: str) -> None:
    if not address.startswith((server.address, "data:", "blob:")):
        load.foreign.append(address)


def _weight_row(path: str, loads: list[Load]) -> Row:
    most = START_KILOBYTES if path == START else PAGE_KILOBYTES
    kilobytes = max(load.received_bytes for load in loads) / 1000
    what = f"first load of `{path}`, cold cache"
    return Row(what, f"<= {most} kB", f"{kilobytes:.0f} kB", kilobytes <= most)


def _number_row(loads: list[Load]) -> Row:
    seconds = statistics.median(load.number_seconds for load in loads)
    slowest = max(load.number_seconds for load in loads)
    words = f"{seconds:.2f} s (slowest of {LOADS}: {slowest:.2f} s)"
    what = f"first number on screen of `{START}`"
    return Row(what, f"<= {NUMBER_SECONDS:.1f} s", words, seconds <= NUMBER_SECONDS)


def _hosts_row(loads: dict[str, list[Load]]) -> Row:
    foreign = {address for found in loads.values() for load in found for address in load.foreign}
    words = ", ".join(sorted(foreign)) or "none"
    return Row("external hosts asked by these pages", "none", words, not foreign)
