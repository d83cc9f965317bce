"""A chart saved as a picture says what it shows and where it comes from."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.reading import csv_table

SEARCH = "?indicator=pm25_ug_per_m3"


def _atlas(visitor: Visitor) -> Page:
    page = visitor.open(f"/atlas{SEARCH}")
    page.wait_for_selector("#atlas-page-map .scatterlayer .trace", state="attached")
    return page


@pytest.mark.browser
def test_the_map_is_saved_with_title_legend_source_and_snapshot(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = _atlas(visitor)
    for form in ("SVG", "PNG"):
        with page.expect_download() as found:
            page.get_by_role("button", name=form).click()
        assert found.value.suggested_filename.startswith("metropolis-atlas-pm25_ug_per_m3-newest-")
        found.value.save_as(tmp_path / f"map.{form.lower()}")
    drawn = (tmp_path / "map.svg").read_text(encoding="utf-8")
    snapshot = found.value.suggested_filename.rsplit("-", 1)[1].removesuffix(".png")
    for words in ("Fine particles", "Licence:", snapshot, "do not imply endorsement", "unknown:"):
        assert words in drawn.replace("\u00a0", " ")
    assert drawn.count("●") == 5
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.width == 1400
        assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 50
    assert visitor.errors == []


@pytest.mark.browser
def test_a_table_is_saved_as_the_page_shows_it(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/cities?region=Europe&evidence=A")
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV").click()
    found.value.save_as(tmp_path / "cities.csv")
    rows = csv_table((tmp_path / "cities.csv").read_bytes()).strip().split("\r\n")
    assert page.locator(".directory tbody tr").count() == len(rows) - 1
    assert visitor.errors == []


CHARTS = [
    ("/explore", "#explore-page-scatter .point", "metropolis-explore-", "Gross product per person"),
    (
        "/compare?cities=berlin,montreal",
        ".compare-graph .js-line",
        "metropolis-compare-",
        "A Berlin",
    ),
    ("/cities/berlin", ".trend-graph .js-line", "metropolis-trend-berlin-", "Berlin"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("path", "drawn", "stem", "words"), CHARTS)
def test_other_charts_are_saved_with_their_sources_too(
    visitor: Visitor, tmp_path: Path, path: str, drawn: str, stem: str, words: str
) -> None:
    page = visitor.open(path)
    page.wait_for_selector(drawn, state="attached")
    with page.expect_download() as found:
        page.locator('[data-chart] [data-picture="svg"]').first.click()
    assert found.value.suggested_filename.startswith(stem)
    found.value.save_as(tmp_path / "chart.svg")
    text = (tmp_path / "chart.svg").read_text(encoding="utf-8").replace("\u00a0", " ")
    for part in (words, "Licence:", "snapshot"):
        assert part in text
    assert visitor.errors == []


@pytest.mark.browser
def test_the_legend_of_a_picture_has_the_signs_of_the_marks(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open("/explore")
    page.wait_for_selector("#explore-page-scatter .point", state="attached")
    with page.expect_download() as found:
        page.locator('[data-chart] [data-picture="svg"]').first.click()
    found.value.save_as(tmp_path / "chart.svg")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert [drawn.count(sign) for sign in "●■▲◆✚"] == [1, 1, 1, 1, 1]
    assert visitor.errors == []


@pytest.mark.browser
def test_a_saved_view_is_opened_by_its_short_address(visitor: Visitor) -> None:
    page = _atlas(visitor)
    page.get_by_role("button", name="Save this view").click()
    link = page.locator(".saved-address a")
    link.wait_for()
    other = visitor.context.new_page()
    other.goto(link.evaluate("link => link.href"))
    other.wait_for_selector("#atlas-page-map .scatterlayer .trace", state="attached")
    assert other.url.endswith(f"/atlas{SEARCH}")
    assert visitor.errors == []
