"""Every number that states an observation leads to its passport, and says what is stored."""

import re
from html import unescape

import pandas as pd
import pytest
from dash.development.base_component import Component

from observatory.pages import atlas, city, compare, explore, indicator
from observatory.pages.visit import Page, visit_of
from observatory.queries.catalogue import all_indicators
from observatory.store.warehouse import Store
from observatory.views.words import value_text

LINK = re.compile(
    r'<a class="passport-link[^"]*" href="/passport/([0-9a-f]+)"[^>]*>(.*?)</a>', re.DOTALL
)
CELL = re.compile(r'<td class="cell-number[^"]*" data-label="([^"]*)"[^>]*>(.*?)</td>', re.DOTALL)
UNIT = re.compile(r'<span class="unit">.*?</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
STORED = "SELECT observation_id, indicator_id, value, category FROM observations"

VISITS = [
    (atlas.PAGE, "/atlas", "?indicator=pm25_ug_per_m3", {}),
    (atlas.PAGE, "/atlas", "?indicator=climate_target_type", {}),
    (atlas.PAGE, "/atlas", "?indicator=population_agglomeration&year=2005", {}),
    (atlas.PAGE, "/atlas", "?indicator=national_gdp_per_person", {}),
    (indicator.PAGE, "/data/pm25_ug_per_m3", "", {"indicator_id": "pm25_ug_per_m3"}),
    (city.PAGE, "/cities/berlin", "", {"city_id": "berlin"}),
    (city.PAGE, "/cities/guangzhou", "", {"city_id": "guangzhou"}),
    (compare.PAGE, "/compare", "?cities=berlin,montreal,guangzhou", {}),
    (explore.PAGE, "/explore", "?x=population_agglomeration&y=pm25_ug_per_m3", {}),
]


def _markup(node: object) -> str:
    """All HTML text that a page sends, in order."""
    if isinstance(node, Component):
        props = node.to_plotly_json()["props"]
        return str(props.get("data-markup", "")) + _markup(props.get("children"))
    if isinstance(node, list | tuple):
        return "".join(_markup(child) for child in node)
    return ""


@pytest.fixture(scope="module")
def stored(store: Store) -> pd.DataFrame:
    return store.frame(STORED).set_index("observation_id")


@pytest.mark.parametrize(("page", "path", "search", "parts"), VISITS)
def test_numbers_say_what_their_passport_holds(
    store: Store, stored: pd.DataFrame, page: Page, path: str, search: str, parts: dict[str, str]
) -> None:
    indicators = all_indicators(store)
    links = LINK.findall(_markup(page.layout(store, visit_of(path, search, parts))))
    assert links
    for observation_id, content in links:
        row = stored.loc[observation_id]
        words = unescape(TAG.sub("", UNIT.sub("", content))).strip()
        category = None if pd.isna(row["category"]) else row["category"]
        expected = value_text(indicators[row["indicator_id"]], row["value"], category)
        assert words.startswith(expected) or "illion" in words, (observation_id, words, expected)


@pytest.mark.parametrize(
    ("page", "path", "search", "parts"), [one for one in VISITS if one[0] is not city.PAGE]
)
def test_no_figure_of_a_table_is_without_a_passport(
    store: Store, page: Page, path: str, search: str, parts: dict[str, str]
) -> None:
    text = _markup(page.layout(store, visit_of(path, search, parts)))
    figures = [
        content
        for label, content in CELL.findall(text)
        if label.startswith("Value") or "µg" in label or "persons" in label
    ]
    for content in figures:
        words = TAG.sub("", content).strip()
        assert "passport-link" in content or "small" in content or not words, content
