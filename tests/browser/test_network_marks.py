"""The drawing of the network under a pointer and a finger: inside a mark the member wins."""

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLOT = "#network-page-graph .js-plotly-plot"
HOVER = f"{PLOT} .hoverlayer .hovertext"
MARKS = """() => {
    const plot = document.querySelector('#network-page-graph .js-plotly-plot');
    const {xaxis, yaxis} = plot._fullLayout;
    const frame = plot.querySelector('.nsewdrag').getBoundingClientRect();
    const found = [];
    const named = (text) => {
        const box = document.createElement('textarea');
        box.innerHTML = text.split('<br>')[0];
        return box.value;
    };
    plot.data.forEach((trace, at) => (trace.customdata || []).forEach((id, place) => {
        if (!String(id).startsWith('city:')) return;
        const point = plot.calcdata[at][place];
        found.push({
            id: id.slice(5), name: named(trace.text[place]), radius: point.mrc,
            x: Math.round(frame.left + xaxis.c2p(point.x)),
            y: Math.round(frame.top + yaxis.c2p(point.y)),
            left: frame.left + xaxis.c2p(point.x), top: frame.top + yaxis.c2p(point.y),
        });
    }));
    return found;
}"""
TIES = """() => {
    const plot = document.querySelector('#network-page-graph .js-plotly-plot');
    const trace = plot.data.find((one) => String((one.customdata || [])[0]).startsWith('tie:'));
    const named = (text) => {
        const box = document.createElement('textarea');
        box.innerHTML = text.split('<br>')[0].replace(/<[^>]+>/g, '');
        return box.value;
    };
    return trace.customdata.flatMap((id, at) =>
        at % 3 ? [] : [{ends: id.slice(4).split('~'), words: named(trace.text[at])}]);
}"""
STRONGEST, BETWEEN = 25, 11  # ties tried from the strongest on, and of the others each eleventh
CLEAR_PX = 6  # from the edge of any mark
LEAST_LINKED_PX = 3.5  # radius of the smallest mark with a tie


@pytest.fixture
def finger(chromium: Browser, address: str) -> Iterator[Visitor]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce"
    )
    yield Visitor(context, address)
    context.close()


def drawn(visitor: Visitor, search: str) -> tuple[Page, list[dict[str, Any]]]:
    """The page with its drawing in sight, and every mark with its place on the screen."""
    page = visitor.open(f"/network{search}")
    page.wait_for_selector(f"{PLOT} .scatterlayer .trace", state="attached")
    page.locator("#network-page-graph").scroll_into_view_if_needed()
    page.wait_for_function("window.Plotly && document.querySelector('.nsewdrag')")
    return page, page.evaluate(MARKS)


def on_top(marks: list[dict[str, Any]], mark: dict[str, Any]) -> dict[str, Any]:
    """The member seen at the pixel in the middle of a mark: itself, or one drawn over it."""
    covering = [
        other
        for other in marks
        if math.hypot(other["left"] - mark["x"], other["top"] - mark["y"]) <= other["radius"]
    ]
    return covering[-1]


@pytest.mark.parametrize("search", ["", "?layout=geography"])
def test_a_pointer_on_a_mark_tells_its_member(visitor: Visitor, search: str) -> None:
    page, marks = drawn(visitor, search)
    assert len(marks) == 141
    for mark in marks:
        page.mouse.move(mark["x"], mark["y"])
        expect(page.locator(HOVER)).to_have_count(1)
        expect(page.locator(HOVER)).to_contain_text(on_top(marks, mark)["name"])
        page.mouse.move(5, 5)
    assert visitor.errors == []


def test_on_the_map_no_member_without_a_tie_lies_below_a_larger_mark(visitor: Visitor) -> None:
    _page, marks = drawn(visitor, "?layout=geography")
    small = [mark for mark in marks if mark["radius"] < LEAST_LINKED_PX]
    assert len(small) > 40
    assert all(on_top(marks, mark)["radius"] < LEAST_LINKED_PX for mark in small)


@pytest.mark.parametrize("search", ["", "?layout=geography"])
def test_a_tap_on_a_mark_looks_at_its_member(finger: Visitor, search: str) -> None:
    page, marks = drawn(finger, search)
    linked = [mark for mark in marks if mark["radius"] > LEAST_LINKED_PX]
    assert len(linked) > 40
    before = ""
    for mark in linked:
        seen = on_top(marks, mark)["id"]
        if seen == before:  # a second tap on the same member looks away from it
            continue
        page.touchscreen.tap(mark["x"], mark["y"])
        expect(page).to_have_url(re.compile(rf"city={seen}(&|$)"))
        before = seen
    assert finger.errors == []


def clear_places(
    marks: list[dict[str, Any]], tie: dict[str, Any]
) -> list[tuple[float, float]]:  # fmt: skip
    """Places along a straight tie that are inside no mark, from its middle outwards."""
    start, end = (next(one for one in marks if one["id"] == city) for city in tie["ends"])
    shares = sorted((step / 40 for step in range(2, 39)), key=lambda share: abs(share - 0.5))
    places = [
        tuple(start[axis] + share * (end[axis] - start[axis]) for axis in ("left", "top"))
        for share in shares
    ]
    return [
        (x, y)
        for x, y in places
        if all(math.hypot(m["left"] - x, m["top"] - y) > m["radius"] + CLEAR_PX for m in marks)
    ]


def is_told(page: Page, x: float, y: float, words: str) -> bool:
    page.mouse.move(x, y)
    try:
        expect(page.locator(HOVER)).to_contain_text(words, timeout=300)
    except AssertionError:
        return False
    return True


def test_a_tie_is_pointed_at_anywhere_along_its_line(visitor: Visitor) -> None:
    """The strongest, and some of the others: each is told at some place outside of marks."""
    page, marks = drawn(visitor, "")
    ties = page.evaluate(TIES)
    assert len(ties) > 100
    tried = {"yes": 0, "no": 0}
    for tie in (*ties[:STRONGEST], *ties[STRONGEST::BETWEEN]):
        places = clear_places(marks, tie)
        if places:
            is_found = any(is_told(page, *place, tie["words"]) for place in places)
            tried["yes" if is_found else "no"] += 1
    assert tried["no"] <= 1, tried  # a short line below others all its way is in the list
    assert tried["yes"] > 40
    assert visitor.errors == []


def test_a_click_beside_the_handles_of_a_tie_opens_its_passport(visitor: Visitor) -> None:
    page, marks = drawn(visitor, "")
    tie = page.evaluate(TIES)[0]
    for x, y in clear_places(marks, tie):
        if is_told(page, x, y, tie["words"]):
            page.mouse.click(x, y)
            break
    expect(page.get_by_role("dialog")).to_contain_text(tie["words"].split(" – ")[0])
