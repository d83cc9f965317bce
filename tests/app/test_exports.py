"""What is on screen is what is taken away: rows, file name, licence; nonsense is told."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.exchange.formats import FORMATS
from observatory.ingest.build import build
from observatory.pages import atlas, cities, data, indicator, source
from observatory.pages.city_figures import city_figures
from observatory.pages.export_figures import atlas_shown
from observatory.pages.exports import page_tables
from observatory.pages.plan_data import PlanReader
from observatory.pages.visit import Page, visit_of
from observatory.queries.catalogue import find_indicator
from observatory.store.warehouse import Store
from observatory.views.components import downloads as downloads_row
from observatory.views.words import period_text, reason_words, value_text, years_text
from observatory.workspace.engine import Workspace
from tests.conftest import DATA
from tests.reading import Rows, csv_table, metadata_of, rows_of, tables_on

PM25 = "pm25_ug_per_m3"
ADDRESSES = [
    ("atlas", f"indicator={PM25}&region=Europe&region=Africa"),
    ("atlas", "indicator=population_agglomeration&year=2005"),
    ("atlas", "indicator=climate_target_type"),
    ("atlas", "indicator=national_gdp_per_person"),
    ("atlas", "indicator=no2_measured_ug_per_m3"),
    ("cities", "region=Europe&evidence=A"),
    ("cities", "q=qqqqqqqqqq&region=Africa"),
    ("city", "city=berlin"),
    ("data", ""),
    ("data", "table=sources"),
    ("data", "table=coverage"),
    ("indicator", f"indicator={PM25}"),
    ("indicator", "indicator=climate_plan_published"),
    ("source", "source=figures"),
    ("source", "source=figures&table=matches"),
    ("source", "source=withheld&table=matches"),
    ("explore", f"x=population_agglomeration&y={PM25}&logx=1"),
    ("explore", "x=national_gdp_per_person&y=national_gdp_per_person"),
    ("compare", "cities=berlin,montreal"),
    ("compare", "cities=berlin,montreal,barcelona&all=1&common=1"),
    ("city", "city=berlin&w_climate=0&peers=5"),
    ("series", "cities=berlin,montreal"),
    ("network", ""),
    ("network", "kind=award&kind=air_link&add=abuja~berlin"),
    ("network-members", "kind=pilot_project&to=2019"),
    ("partners", "city=berlin&air=0"),
    ("needs", ""),
    ("plan", "as_of=2022-06-30"),
    ("plan", "as_of=2023-12-31&illustrative=off"),
    ("plan-figures", "as_of=2022-06-30"),
]


def _ask(server: Flask, page: str, search: str, form: str = "csv") -> TestResponse:
    return server.test_client().get(f"/export/{page}.{form}?{search}")


def _kinds(server: Flask, page: str, search: str) -> dict[str, str]:
    told = _ask(server, page, search, "json").get_json()["metadata"]["columns"]
    return {column["name"]: column["type"] for column in told}


def _rows(server: Flask, page: str, search: str, form: str = "csv") -> Rows:
    answer = _ask(server, page, search, form)
    assert answer.status_code == 200, answer.text
    return rows_of(form, answer.data, _kinds(server, page, search))


def _tables(page: Page, store: Store, search: str = "", **parts: str) -> list[list[list[str]]]:
    return tables_on(page.layout(store, visit_of(page.path, search, parts)))


def test_every_page_is_tried_in_every_format(settings: Settings) -> None:
    tables = page_tables(PlanReader(Workspace(settings)))
    assert {page for page, _ in ADDRESSES} == set(tables)
    assert {form for form, _ in downloads_row.FORMATS} == set(FORMATS)


@pytest.mark.parametrize(("page", "search"), ADDRESSES)
def test_every_format_holds_the_same_rows(server: Flask, page: str, search: str) -> None:
    first, *others = [_rows(server, page, search, form) for form in FORMATS]
    assert all(rows == first for rows in others)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("page", "search"), ADDRESSES)
def test_every_file_carries_its_name_and_what_it_rests_on(
    server: Flask, store: Store, page: str, search: str, form: str
) -> None:
    answer = _ask(server, page, search, form)
    snapshot = store.publication().snapshot_id
    assert answer.mimetype == FORMATS[form].media_type
    assert answer.headers["Content-Disposition"].endswith(f'-{snapshot}.{form}"')
    assert 'filename="metropolis-' in answer.headers["Content-Disposition"]
    told = metadata_of(form, answer.data)
    assert snapshot in told
    assert "icence" in told


def test_the_figures_of_a_page_carry_licence_and_citation(server: Flask) -> None:
    for page, search in ADDRESSES:
        if page in {"atlas", "indicator", "city"} and "no2" not in search:
            told = _ask(server, page, search).text
            assert "CC BY 4.0" in told
            assert "made by hand for the tests." in told


def test_the_atlas_file_is_the_table_of_all_values(server: Flask, store: Store) -> None:
    for page, search in ADDRESSES[:5]:
        view = atlas.atlas_view(store, visit_of("/atlas", search))
        shown = tables_on(atlas.lists_of(store, search))[-1]
        expected = [
            [row["member_name"], row["country"], *_figure(store, view.indicator.indicator_id, row)]
            for row in _rows(server, page, search)
        ]
        assert [row[:4] for row in shown[1:]] == expected


def _figure(store: Store, indicator_id: str, row: dict[str, object]) -> list[str]:
    if row["value"] is None and row["category"] is None:
        return [reason_words(str(row["reason_code"])), ""]
    text = value_text(find_indicator(store, indicator_id), row["value"], row["category"])
    return [text, period_text(row["period_year"])]


def test_filters_are_told_in_words(server: Flask) -> None:
    told = _ask(server, "atlas", f"indicator={PM25}&region=Europe&evidence=A").text
    assert "# Regions: Europe" in told
    assert "# Evidence for the seat: A" in told
    assert f"/atlas?indicator={PM25}&region=Europe&evidence=A" in told


def test_the_indicator_file_is_its_table_and_the_gaps_after_it(server: Flask, store: Store) -> None:
    for indicator_id in (PM25, "climate_plan_published"):
        shown = _tables(indicator.PAGE, store, indicator_id=indicator_id)[-1]
        rows = _rows(server, "indicator", f"indicator={indicator_id}")
        held = [row for row in rows if row["observation_id"]]
        expected = [
            [row["member_name"], row["country"], *_figure(store, indicator_id, row)] for row in held
        ]
        assert [row[:4] for row in shown[1:]] == expected
        assert rows[: len(held)] == held
        assert len(rows) == 12
        assert all(row["reason_code"] for row in rows[len(held) :])


def test_the_city_file_holds_every_indicator_of_its_page(server: Flask, store: Store) -> None:
    rows = _rows(server, "city", "city=berlin")
    figures = city_figures(store, "berlin")
    assert [row["indicator_id"] for row in rows] == [one.indicator.indicator_id for one in figures]
    assert [row["value"] for row in rows] == [one.value for one in figures]
    assert [row["category"] for row in rows] == [one.category for one in figures]
    by_id = {row["indicator_id"]: row for row in rows}
    assert by_id["no2_measured_ug_per_m3"]["reason_code"] == "licence"


def test_the_directory_file_is_the_directory(server: Flask, store: Store) -> None:
    for search in ("", "region=Europe&evidence=A", "q=广州"):
        shown = _tables(cities.PAGE, store, f"?{search}")[-1]
        rows = _rows(server, "cities", search)
        assert [row[0] for row in shown[1:]] == [row["member_name"] for row in rows]
        held = [f"{row['held']} of {row['possible']}" for row in rows]
        assert [row[5] for row in shown[1:]] == held


def test_the_catalogue_file_is_the_catalogue(server: Flask, store: Store) -> None:
    tables = _tables(data.PAGE, store)
    rows = _rows(server, "data", "")
    shown = [row for table in tables[:-2] for row in table[1:]]
    assert [row[0].startswith(str(one["title"])) for row, one in zip(shown, rows, strict=True)]
    assert [row[1:5] for row in shown] == [
        [
            str(row["cities_held"]),
            years_text(row["first_year"], row["last_year"]),
            row["publisher"],
            row["gaps"] or "",
        ]
        for row in rows
    ]


def test_the_file_of_sources_is_their_table(server: Flask, store: Store) -> None:
    shown = _tables(data.PAGE, store)[-2]
    rows = _rows(server, "data", "table=sources")
    assert [row[0] for row in shown[1:]] == [f"{row['title']} {row['publisher']}" for row in rows]
    assert [row[5] for row in shown[1:]] == [row["licence"] for row in rows]


def test_the_file_of_the_coverage_is_the_matrix(server: Flask, store: Store) -> None:
    shown = _tables(data.PAGE, store)[-1]
    rows = _rows(server, "data", "table=coverage")
    cells = [[str(cell) for cell in list(row.values())[1:]] for row in rows]
    assert shown[1:] == cells
    assert len(shown[0]) == len(cells[0])


def test_the_files_of_a_source_are_its_tables(server: Flask, store: Store) -> None:
    taken, missing, found = _tables(source.PAGE, store, source_id="figures")
    rows = _rows(server, "source", "source=figures")
    assert [row[:2] for row in taken[1:]] == [[r["title"], str(r["cities_held"])] for r in rows]
    matches = _rows(server, "source", "source=figures&table=matches")
    names = [row[0] for row in [*missing[1:], *found[1:]]]
    assert names == [f"{row['member_name']} {row['country']}" for row in matches]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("nowhere.csv", 404, "Pages: atlas"),
        ("atlas.pdf", 404, "Formats: csv"),
        ("atlas.csv?colour=red", 400, "Unknown here: colour"),
        ("atlas.csv?year=x", 400, "year=x"),
        ("atlas.csv?indicator=pm25", 400, PM25),
        ("atlas.csv?indicator=%FF", 400, "There is no indicator"),
        ("cities.csv?region=Atlantis", 400, "Atlantis"),
        ("city.csv", 400, "?city="),
        ("city.csv?city=berlln", 404, "berlin"),
        ("data.csv?table=x", 400, "catalogue"),
        ("indicator.csv?indicator=x", 404, "x"),
        ("source.csv?source=figure", 404, "figures"),
    ],
)
def test_what_makes_no_sense_gets_a_problem_document(
    server: Flask, address: str, status: int, words: str
) -> None:
    answer = server.test_client().get(f"/export/{address}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True)["status"] == status
    assert words in answer.get_json(force=True)["detail"]


def test_the_old_address_of_the_atlas_leads_to_the_new_one(server: Flask) -> None:
    search = f"indicator={PM25}&region=Europe"
    answer = server.test_client().get(f"/atlas/view.csv?{search}")
    assert answer.status_code == 308
    followed = server.test_client().get(f"/atlas/view.csv?{search}", follow_redirects=True)
    assert followed.data == _ask(server, "atlas", search).data


def test_without_a_snapshot_it_says_what_to_do(unbuilt: Settings) -> None:
    answer = _ask(create_dashboard(unbuilt).server, "atlas", "")
    assert answer.status_code == 503
    assert "observatory build" in answer.get_json(force=True)["detail"]


HEADER = "indicator_id,place_id,period_year,value,category,status,scale,boundary,source_row,note\n"


@pytest.fixture
def with_restricted(unbuilt: Settings, tmp_path: Path) -> Settings:
    """The small facts, and an operator who has the file of the restricted source."""
    facts = tmp_path / "facts"
    shutil.copytree(DATA, facts)
    settings = replace(unbuilt, datasets_dir=facts)
    figures = settings.data_dir / "observations" / "withheld.csv"
    figures.parent.mkdir(parents=True)
    name = "no2_measured_ug_per_m3"
    figures.write_text(
        f"{HEADER}{name},barcelona,2020,31.25,,observed,city,administrative,2,secret 31.25\n"
        f"{name},berlin,2020,27.5,,observed,city,administrative,3,\n"
    )
    matches = settings.data_dir / "matches" / "withheld.csv"
    matches.parent.mkdir(parents=True)
    shutil.copy(DATA / "matches" / "pledges.csv", matches)
    build(settings)
    return settings


@pytest.mark.parametrize("form", FORMATS)
def test_restricted_figures_stay_here(with_restricted: Settings, form: str) -> None:
    server = create_dashboard(with_restricted).server
    name = "no2_measured_ug_per_m3"
    searches = [("atlas", f"indicator={name}"), ("indicator", f"indicator={name}")]
    for page, search in (*searches, ("city", "city=barcelona")):
        rows = _rows(server, page, search, form)
        closed = [row for row in rows if row["source_id"] == "withheld"]
        assert len(closed) == (1 if page == "city" else 2)
        assert all(row["reason_code"] == "licence" for row in closed)
        assert all(row["value"] is None and row["note"] is None for row in closed)
        told = metadata_of(form, _ask(server, page, search, form).data)
        assert f"{len(closed)} figure" in told
        assert "left out" in told
        assert "31.25" not in str(rows)


def test_a_map_of_restricted_figures_is_no_picture_to_take(with_restricted: Settings) -> None:
    store = Store(with_restricted)
    for name, is_offered in ((PM25, True), ("no2_measured_ug_per_m3", False)):
        search = f"?indicator={name}"
        shown = str(atlas.lists_of(store, search))
        assert ("data-picture" in shown) is is_offered
        assert atlas_shown(store, visit_of("/atlas", search)).frame["value"].notna().any()
    store.close()


def test_columns_are_described_and_typed(server: Flask) -> None:
    for page, search in ADDRESSES:
        told = _ask(server, page, search, "json").get_json()["metadata"]["columns"]
        assert all(column["meaning"] for column in told)
        assert {column["type"] for column in told} <= {"text", "number", "whole number"}


@pytest.mark.parametrize(
    ("page", "search"),
    [("cities", "region=Latin+America+%26+Caribbean"), ("atlas", f"indicator={PM25}")],
)
def test_regions_are_called_as_on_the_page(server: Flask, page: str, search: str) -> None:
    text = server.test_client().get(f"/export/{page}.csv?{search}").get_data(as_text=True)
    assert "Latin America and the Caribbean" in text
    assert "Latin America & Caribbean" not in csv_table(text.encode())
