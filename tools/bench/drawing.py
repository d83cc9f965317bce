"""The network in a real Chromium: how soon it is drawn once its data are there, and its frames."""

import statistics
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

from observatory.pages.network import GRAPH
from tools.bench.answers import percentile_95
from tools.bench.server import Server
from tools.bench.table import Row
from tools.bench.weights import OPTIONS
from tools.find_browser import installed_browser

LOADS = 5
DRAWN_MS = 800
FRAME_MS = 50  # 20 frames in a second, the least that reads as movement
STEPS, STEP_PIXELS = 80, 3
WATCH = """
    requestAnimationFrame(function look() {
        if (document.querySelector('.network-graph .scatterlayer .point')) {
            const asked = performance.getEntriesByType('resource')
                .filter(one => one.name.includes('_dash-update-component'));
            const now = performance.now();
            window.drawnAfterMs = now - Math.max(...asked.map(one => one.responseEnd));
        } else requestAnimationFrame(look);
    });
"""
FRAMES = """
    window.frames_ = [];
    requestAnimationFrame(function note(now) {
        window.frames_.push(now);
        requestAnimationFrame(note);
    });
"""


def drawing_rows(server: Server) -> list[Row]:
    """The first drawing of `/network`, and its frames while it is moved by the mouse.

    Raises:
        RuntimeError: there is no Chromium on this machine.
    """
    path = installed_browser()
    if path is None:
        raise RuntimeError("Expected a Chromium, found none: `make test` installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        drawn = [_drawn_after(browser, server) for _ in range(LOADS)]
        frames = _frames(browser, server)
        browser.close()
    return [_drawn_row(drawn), _frames_row(frames)]


def _opened(browser: Browser, server: Server) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(WATCH)
    page.goto(f"{server.address}/network")
    page.wait_for_function("window.drawnAfterMs !== undefined")
    return page


def _drawn_after(browser: Browser, server: Server) -> float:
    page = _opened(browser, server)
    found = float(page.evaluate("window.drawnAfterMs"))
    page.close()
    return found


def _frames(browser: Browser, server: Server) -> list[float]:
    """Milliseconds from frame to frame while the drawing is dragged to and fro."""
    page = _opened(browser, server)
    box = page.locator(f"#{GRAPH} .nsewdrag").first.bounding_box()
    if box is None:
        raise RuntimeError("Expected a drawing that can be dragged, found none.")
    x, y = box["x"] + 20, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(STEPS):
        page.mouse.move(x + STEP_PIXELS * step, y + STEP_PIXELS * (step % 40))
    seen = page.evaluate("window.frames_")
    page.mouse.up()
    page.close()
    return [after - before for before, after in pairwise(seen)]


def _drawn_row(drawn: list[float]) -> Row:
    middle = statistics.median(drawn)
    words = f"{middle:.0f} ms (slowest of {LOADS}: {max(drawn):.0f} ms)"
    what = "first drawing of `/network` after its data arrived"
    return Row(what, f"<= {DRAWN_MS} ms", words, middle <= DRAWN_MS)


def _frames_row(frames: list[float]) -> Row:
    middle, p95 = statistics.median(frames), percentile_95(frames)
    words = f"median {middle:.0f} ms, p95 {p95:.0f} ms over {len(frames)} frames"
    what = "frames of `/network` while it is dragged"
    return Row(what, f"p95 <= {FRAME_MS} ms", words, p95 <= FRAME_MS)
