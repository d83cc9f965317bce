"""The Atlas without a browser: addresses, classes, words, downloads."""

import re

import pytest

from observatory.pages.atlas import lists_of, seen_of
from observatory.pages.atlas_data import answer, atlas_data
from observatory.pages.atlas_view import AtlasView, atlas_view
from observatory.pages.visit import visit_of
from observatory.store.warehouse import Store
from observatory.views.theme import LIGHT


def _view(store: Store, search: str) -> AtlasView:
    return atlas_view(store, visit_of("/atlas", search))


def test_an_address_is_written_back_as_it_was_read(store: Store) -> None:
    search = "?indicator=population_agglomeration&year=2005&region=Europe&method=equal&city=berlin"
    assert _view(store, search).address() == search


def test_what_makes_no_sense_is_ignored_and_told(store: Store) -> None:
    view = _view(store, "?indicator=pm25&year=x&region=Atlantis&method=magic")
    assert view.indicator.indicator_id == "pm25_ug_per_m3"
    assert len(view.ignored) == 4


def test_a_year_without_figures_becomes_the_nearest_with_some(store: Store) -> None:
    assert _view(store, "?indicator=population_agglomeration&year=2007").year == 2005


def test_the_sentence_names_the_ends_and_counts(store: Store) -> None:
    view = _view(store, "?indicator=pm25_ug_per_m3")
    sentence = answer(view, atlas_data(store, view, LIGHT))
    assert sentence.striptags() == (
        "Highest in Guangzhou (42.0 µg/m³), lowest in Montréal (8.5 µg/m³); "
        "5 members have a figure and 7 are unknown."
    )
    assert len(re.findall(r'class="passport-link" href="/passport/\w+"', sentence)) == 2
    assert '<a href="#atlas-page-table">5</a>' in sentence


def test_every_member_is_drawn_and_unknown_has_no_colour(store: Store) -> None:
    data = atlas_data(store, _view(store, "?indicator=pm25_ug_per_m3"), LIGHT)
    assert len(data.members) == 12
    assert (data.members["colour"] == "").sum() == 7
    assert data.members.loc[data.members["colour"] == "", "reason_code"].notna().all()


@pytest.mark.parametrize(
    "search",
    [
        "?indicator=climate_target_type",
        "?indicator=climate_plan_published",
        "?indicator=national_gdp_per_person",
        "?indicator=no2_measured_ug_per_m3",
        "?indicator=population_agglomeration&method=natural&palette=diverging",
        "?indicator=pm25_ug_per_m3&region=North%20America",
        "?indicator=pm25_ug_per_m3&evidence=D",
        "?indicator=x'%20OR%201=1",
    ],
)
def test_every_kind_of_view_is_drawn(store: Store, search: str) -> None:
    assert seen_of(store, search)
    assert "atlas-page-table" in str(lists_of(store, search))
