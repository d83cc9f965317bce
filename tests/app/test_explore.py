"""`/explore` without a browser: addresses, points, scales, words, exports."""

import csv
import io
import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from flask import Flask

from observatory.pages import explore
from observatory.pages.explore import lists_of, seen, seen_of
from observatory.pages.explore_data import explore_data
from observatory.pages.explore_parts import TABLE, answer, not_shown, points_table
from observatory.pages.explore_view import ExploreView, explore_view
from observatory.pages.visit import visit_of
from observatory.queries.values import member_values
from observatory.store.warehouse import Store
from observatory.views.components.static import markup
from observatory.views.theme import LIGHT
from tests.reading import csv_table

PAIR = "?x=population_agglomeration&y=pm25_ug_per_m3"


def _view(store: Store, search: str) -> ExploreView:
    return explore_view(store, visit_of("/explore", search))


def test_an_address_is_written_back_as_it_was_read(store: Store) -> None:
    search = (
        "?x=population_agglomeration&y=pm25_ug_per_m3&logx=1&window=10&region=Europe"
        "&method=spearman&cities=berlin,barcelona"
    )
    assert _view(store, search).address() == search


def test_what_makes_no_sense_is_ignored_and_told(store: Store) -> None:
    view = _view(store, "?x=nonsense&y=climate_target_type&year=soon&window=-1&theme=moon&logx=2")
    assert len(view.ignored) == 6
    assert seen_of(store, "?x=%27%22&y=1;--")
    assert TABLE in str(lists_of(store, "?x=%27%22&y=1;--"))


def test_points_have_both_figures_and_the_others_say_why(store: Store) -> None:
    data = explore_data(store, _view(store, PAIR))
    assert data.points[["value_x", "value_y"]].notna().all().all()
    assert len(data.points) + sum(data.left_out.values()) == data.members == 12


def test_figures_too_far_apart_are_left_out(store: Store) -> None:
    near = explore_data(store, _view(store, f"{PAIR}&window=0"))
    assert near.points.empty
    assert near.left_out["apart"] > 0


def test_fewer_than_ten_cities_say_so_and_have_no_line(store: Store) -> None:
    view = _view(store, PAIR)
    data = explore_data(store, view)
    assert data.association.n < 10
    assert data.line is None
    assert "too few" in answer(view, data)


def test_unlike_scales_are_kept_apart_until_allowed(store: Store) -> None:
    search = "?x=national_gdp_per_person&y=pm25_ug_per_m3"
    view = _view(store, search)
    data = explore_data(store, view)
    assert data.points.empty
    assert "unlike scales" in answer(view, data)
    allowed = _view(store, f"{search}&mixed=1&window=50")
    told = " ".join(not_shown(allowed, explore_data(store, allowed)))
    assert "Unlike scales" in told


def test_each_country_counts_once_in_national_pairs(store: Store) -> None:
    view = _view(store, "?x=national_gdp_per_person&y=national_gdp_per_person")
    data = explore_data(store, view)
    assert data.points["iso3"].is_unique
    assert data.points["point_id"].tolist() == data.points["iso3"].tolist()
    assert data.left_out["same-country"] > 0


def test_each_member_has_its_own_figure_or_that_of_its_country(store: Store) -> None:
    view = _view(store, "?x=national_gdp_per_person&y=pm25_ug_per_m3&mixed=1&window=50")
    points = explore_data(store, view).points.set_index("city_id")
    assert len(points)
    for axis, indicator in (("x", view.x), ("y", view.y)):
        told = member_values(store, indicator_id=indicator.indicator_id).set_index("city_id")
        for name in ("value", "period_year", "observation_id", "status"):
            shown = points[f"{name}_{axis}"]
            assert shown.tolist() == told.loc[points.index, name].tolist()


def test_figures_of_a_year_are_those_of_that_year_only(store: Store) -> None:
    year = 2015
    view = _view(store, f"?x=population_agglomeration&y=population_agglomeration&year={year}")
    data = explore_data(store, view)
    held = member_values(store, indicator_id="population_agglomeration", period_year=year)
    assert set(data.points["period_year_x"]) == {year}
    assert len(data.points) == held["value"].notna().sum()


def test_a_mark_without_the_figure_that_sizes_it_is_still_a_point(store: Store) -> None:
    sized = explore_data(store, _view(store, f"{PAIR}&size=national_gdp_per_person")).points
    plain = explore_data(store, _view(store, PAIR)).points
    assert sized["point_id"].tolist() == plain["point_id"].tolist()
    assert sized["value_size"].notna().any()


def test_each_row_of_the_table_has_its_marks_and_texts_are_escaped(store: Store) -> None:
    view = _view(store, PAIR)
    points = explore_data(store, view).points
    hostile = points.assign(name="<b>&", country='"', period_year_x=float("nan"))
    table = markup(points_table(view, replace(explore_data(store, view), points=hostile)))
    assert re.findall(r'<tr data-point="([^"]+)">', table) == points["point_id"].tolist()
    assert "<b>" not in table
    assert table.count("&lt;b&gt;&amp;") == len(points)
    assert table.count("undated") == len(points)


def test_the_figure_is_one_that_plotly_takes(store: Store) -> None:
    figure = seen(store, _view(store, f"{PAIR}&logx=1&cities=berlin"), LIGHT)[1]
    checked = go.Figure(figure)
    names = [annotation.text for annotation in checked.layout.annotations]
    assert "Berlin" in names


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_the_file_holds_both_figures_of_each_point(store: Store, server: Flask, form: str) -> None:
    data = explore_data(store, _view(store, PAIR))
    answer_ = server.test_client().get(f"/export/explore.{form}{PAIR}")
    assert answer_.status_code == 200
    if form == "csv":
        text = csv_table(answer_.get_data())
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
        assert len(rows) == 2 * len(data.points)
        assert {row["city_id"] for row in rows} == set(data.points["city_id"])


def test_the_file_of_a_comparison_has_a_row_per_cell(server: Flask) -> None:
    client = server.test_client()
    found = client.get("/export/compare.json?cities=berlin,montreal").get_json()
    assert isinstance(found, dict)
    cells = {(row["indicator_id"], row["city_id"]) for row in found["data"]}
    assert len(cells) == len(found["data"])
    berlin = next(
        row
        for row in found["data"]
        if (row["indicator_id"], row["city_id"]) == ("pm25_ug_per_m3", "berlin")
    )
    assert berlin["value"] == 14.25
    assert client.get("/export/compare.csv?cities=berlin").status_code == 400


def test_the_answer_leads_to_the_figures_it_rests_on(store: Store) -> None:
    page = repr(explore.layout(store, visit_of("/explore", PAIR)))
    assert f"href='#{TABLE}'" in page
    assert f'id=\\"{TABLE}\\"' in page or f'id="{TABLE}"' in page
