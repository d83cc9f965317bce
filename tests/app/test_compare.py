"""The comparison without a browser: addresses, rows, words, every number's passport."""

import json
import re

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder

from observatory.pages.compare import PAGE, below_of, seen_of
from observatory.pages.compare_data import CompareData, compare_data
from observatory.pages.compare_view import CompareView, compare_view
from observatory.pages.visit import visit_of
from observatory.queries.catalogue import all_indicators
from observatory.queries.compare import newest_figures, yearly_figures
from observatory.store.warehouse import Store
from observatory.views.figures.compare_trend import Line, compare_trend
from observatory.views.theme import LIGHT
from tests.app.test_pages import page_text

THREE = "?cities=barcelona,berlin,guangzhou"


def _view(store: Store, search: str) -> CompareView:
    return compare_view(store, visit_of("/compare", search))


def _data(store: Store, search: str) -> CompareData:
    return compare_data(store, _view(store, search))


def _text(store: Store, search: str = "") -> str:
    return page_text(PAGE, store, "/compare", search)


def _row(data: CompareData, indicator_id: str):  # noqa: ANN202 - a row of the data
    return next(row for row in data.shown if row.indicator.indicator_id == indicator_id)


def test_an_address_is_written_back_as_it_was_read(store: Store) -> None:
    search = "?cities=berlin,barcelona&theme=people&all=1&common=1&unlike=1"
    assert _view(store, search).address() == search


def test_what_makes_no_sense_is_ignored_and_told(store: Store) -> None:
    view = _view(store, f"{THREE}&theme=magic&all=yes&common=-1")
    assert view.theme == ""
    assert not view.every
    assert len(view.ignored) == 3
    assert "theme=magic" in _text(store, f"{THREE}&theme=magic")


def test_an_unknown_member_is_told_with_members_that_may_be_meant(store: Store) -> None:
    view = _view(store, "?cities=berlin,montrael")
    assert view.cities == ("berlin",)
    (unknown,) = view.unknown
    assert unknown[0] == "montrael"
    assert "montreal" in unknown[1]
    assert "cities=berlin,montreal" in _text(store, "?cities=berlin,montrael")


def test_a_name_as_people_write_it_is_understood(store: Store) -> None:
    assert _view(store, "?cities=Montréal, BERLIN").cities == ("montreal", "berlin")


def test_repeated_members_are_shown_once(store: Store) -> None:
    view = _view(store, "?cities=berlin,berlin,barcelona")
    assert view.cities == ("berlin", "barcelona")
    assert view.repeated == ("berlin",)


def test_more_than_six_members_are_cut_and_named(store: Store) -> None:
    search = "?cities=barcelona,berlin,cordoba,gauteng,guangzhou,johannesburg,medellin,montreal"
    view = _view(store, search)
    assert len(view.cities) == 6
    assert view.beyond == ("medellin", "montreal")
    assert "2 more were left out" in _text(store, search)


def test_with_no_member_the_page_explains_itself_and_offers_examples(store: Store) -> None:
    text = _text(store)
    assert "Choose two to six members" in text
    assert "/compare?cities=" in text


def test_one_member_is_asked_for_a_second(store: Store) -> None:
    text = _text(store, "?cities=berlin")
    assert "Add a second member" in text
    assert "/compare?cities=berlin,barcelona" in text


def test_rows_are_indicators_that_some_member_has(store: Store) -> None:
    held = {row.indicator.indicator_id for row in _data(store, THREE).shown}
    every = {row.indicator.indicator_id for row in _data(store, f"{THREE}&all=1").shown}
    assert "no2_measured_ug_per_m3" not in held
    assert every - held == {"no2_measured_ug_per_m3"}


def test_a_gap_carries_its_reason_in_sight(store: Store) -> None:
    data = _data(store, f"{THREE}&all=1")
    assert _row(data, "no2_measured_ug_per_m3").gaps["berlin"] == "licence"
    assert "licence does not let us show it" in _text(store, f"{THREE}&all=1")


def test_national_figures_stand_apart_and_are_no_member_s(store: Store) -> None:
    data = _data(store, THREE)
    assert [row.indicator.indicator_id for row in data.national] == ["national_gdp_per_person"]
    assert "never of the cities" in _text(store, THREE)


def test_a_projection_is_neither_newest_nor_common(store: Store) -> None:
    for search in (THREE, f"{THREE}&common=1"):
        row = _row(_data(store, search), "population_agglomeration")
        assert {one.period_year for one in row.compared.figures.values()} == {2015}
    assert "all of 2015" in _text(store, f"{THREE}&common=1")


def test_the_theme_of_the_address_filters_the_rows(store: Store) -> None:
    data = _data(store, f"{THREE}&theme=people")
    assert {row.indicator.theme for row in data.shown} == {"people"}


def test_the_sentence_counts_what_can_be_compared(store: Store) -> None:
    text = _text(store, "?cities=barcelona,berlin")
    assert "How do Barcelona and Berlin differ?" in text
    assert "Of 4 indicators that at least one of them has, <strong>4</strong>" in text


def test_better_ends_are_said_in_words(store: Store) -> None:
    assert "lower is better" in _text(store, THREE)


def test_every_figure_in_the_table_links_to_its_passport(store: Store) -> None:
    view = _view(store, THREE)
    data = compare_data(store, view)
    text = _text(store, THREE)
    shown = [one for row in data.shown for one in row.compared.figures.values()]
    linked = set(re.findall(r"/passport/([^\"\\]+)", text))
    assert {one.observation_id for one in shown} <= linked


def test_strips_count_the_answers_of_all_members(store: Store) -> None:
    text = _text(store, "?cities=barcelona,berlin")
    assert "Net zero: 2 of 3 members" in text
    assert "5 members, median 15.5" in text


def test_names_are_escaped(store: Store) -> None:
    text = _text(store, "?cities=berlin,%3Cscript%3Ex")
    assert "<script>" not in text


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?cities=",
        "?cities=,,,",
        "?cities=x'%20OR%201=1",
        "?cities=" + ",".join(["nowhere"] * 300),
        "?cities=cordoba,abuja",
        "?cities=cordoba,abuja&all=1&common=1",
        "?cities=gauteng,victoria&theme=people",
        f"{THREE}&theme=national+context&common=1&unlike=1",
        f"{THREE}&theme=national+context&all=1&cities=montreal",
    ],
)
def test_every_kind_of_view_is_drawn(store: Store, search: str) -> None:
    drawn = html.Div([*seen_of(store, search)[0], *below_of(store, search)]).to_plotly_json()
    assert json.dumps(drawn, cls=PlotlyJSONEncoder)


def test_yearly_figures_are_oldest_first_with_one_newest(store: Store) -> None:
    series = yearly_figures(
        store, city_ids=["berlin", "cordoba"], indicator_ids=["population_agglomeration"]
    )
    assert series.keys() == {"population_agglomeration"}
    held = series["population_agglomeration"]["berlin"]
    assert [one.period_year for one in held] == [2005, 2015, 2025]
    assert [one.is_latest for one in held] == [False, True, False]


def test_newest_figures_say_how_many_years_there_are(store: Store) -> None:
    newest = newest_figures(store, city_ids=["berlin", "cordoba"], theme="")
    held = newest.figures["population_agglomeration"]["berlin"]
    assert [(one.period_year, one.is_latest) for one in held] == [(2015, True)]
    assert newest.years["population_agglomeration", "berlin"] == 3
    assert newest.reasons["population_agglomeration", "cordoba"]


def test_newest_figures_are_of_the_theme_asked_for_and_no_other(store: Store) -> None:
    cities = ["berlin", "cordoba", "guangzhou"]
    every = newest_figures(store, city_ids=cities, theme="")
    people = newest_figures(store, city_ids=cities, theme="people")
    themes = {key: one.theme for key, one in all_indicators(store).items()}
    assert people.figures == {
        key: held for key, held in every.figures.items() if themes[key] == "people"
    }
    assert people.reasons == {
        pair: why for pair, why in every.reasons.items() if themes[pair[0]] == "people"
    }
    assert 0 < len(people.figures) < len(every.figures)
    assert 0 < len(people.reasons) < len(every.reasons)


def test_a_trend_is_dotted_where_it_is_projected(store: Store) -> None:
    indicator = _row(_data(store, THREE), "population_agglomeration").indicator
    line = Line(0, "A", "Berlin", True, [(2005, 3.0, False, "x"), (2025, 4.0, True, "y")])
    drawn = compare_trend([line], indicator, LIGHT, years=(2005, 2025))
    past, future = drawn["data"]
    assert past["line"]["dash"] == "solid"
    assert (future["line"]["dash"], future["x"]) == ("dot", [2005, 2025])
    assert drawn["layout"]["annotations"][0]["text"] == "<b>A</b> Berlin"


def test_of_a_large_catalogue_one_theme_is_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("observatory.pages.compare_view.MOST_AT_ONCE", 3)
    view = compare_view(store, visit_of("/compare", "?cities=berlin,montreal"))
    assert view.theme == view.first_theme
    assert view.address() == "?cities=berlin,montreal"
    assert {row.indicator.theme for row in compare_data(store, view).shown} == {view.theme}
    other = compare_view(store, visit_of("/compare", "?cities=berlin,montreal&theme=people"))
    assert "theme=people" in other.address() or other.first_theme == "people"
