import json

import pytest
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from observatory.config import Settings
from observatory.errors import UnknownIdError
from observatory.pages import cities, city, data, indicator, methods, overview, source
from observatory.pages.plan_data import PlanReader
from observatory.pages.router import page_content
from observatory.pages.visit import Page, visit_of
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace


def page_text(page: Page, store: Store, path: str, search: str = "", **parts: str) -> str:
    tree = page.layout(store, visit_of(path, search, parts))
    return json.dumps(tree.to_plotly_json(), cls=PlotlyJSONEncoder, ensure_ascii=False)


def city_text(store: Store, city_id: str) -> str:
    return page_text(city.PAGE, store, f"/cities/{city_id}", city_id=city_id)


def test_overview_counts_members_and_links_them(store: Store, settings: Settings) -> None:
    page = overview.create_page(PlanReader(Workspace(settings)))
    text = page_text(page, store, "/")
    assert "Are we on track, and what needs a decision?" in text
    assert "12 members" in text
    assert "/cities/berlin" in text


def test_directory_lists_every_member_once_in_its_table(store: Store) -> None:
    text = page_text(cities.PAGE, store, "/cities")
    assert "12 of 12 members" in text
    assert "Barcelona Metropolitan Area (AMB)" in text


def test_directory_keeps_the_region_and_evidence_of_the_address(store: Store) -> None:
    text = page_text(cities.PAGE, store, "/cities", "?region=Europe&evidence=A")
    assert "3 of 12 members" in text
    assert "/cities/montreal" not in text


def test_directory_finds_a_member_by_its_name_in_another_language(store: Store) -> None:
    text = page_text(cities.PAGE, store, "/cities", "?q=广州")
    assert "1 of 12 members" in text
    assert "/cities/guangzhou" in text


def test_directory_says_how_to_recover_when_nothing_fits(store: Store) -> None:
    text = page_text(cities.PAGE, store, "/cities", "?region=Europe&q=qqqqqq")
    assert "No member fits" in text
    assert "Show all members" in text


def test_typed_text_joins_the_filters_already_in_the_address() -> None:
    assert cities.searched("?region=Europe", " bar ") == "?q=bar&region=Europe"
    assert cities.searched("?q=bar", "") == ""


def test_unknown_filters_of_the_address_are_left_out() -> None:
    filters = cities.filters_of(visit_of("/cities", "?region=Atlantis&evidence=Z"))
    assert filters == cities.Filters()


def test_city_page_holds_its_value_unit_source_and_row(store: Store) -> None:
    text = city_text(store, "berlin")
    assert "How is Berlin doing?" in text
    assert "3,500,000" in text
    assert "3.5 million" in text
    assert "passport-link" in text
    assert "/data/sources/figures" in text


def test_city_page_says_why_a_figure_is_missing(store: Store) -> None:
    assert "Licence does not let us show it" in city_text(store, "berlin")
    assert "Not in the source" in city_text(store, "cordoba")


def test_city_page_shows_national_figures_apart(store: Store) -> None:
    text = city_text(store, "guangzhou")
    assert "Its country: China" in text
    assert "never of the city" in text


def test_seat_without_documents_is_said_to_be_so(store: Store) -> None:
    assert "not documented" in city_text(store, "abuja")


def test_data_page_lists_indicators_that_hold_nothing(store: Store) -> None:
    text = page_text(data.PAGE, store, "/data")
    assert "Nitrogen dioxide, measured" in text
    assert "licence does not let us show it 12" in text


def test_indicator_page_lists_the_figures_and_links_the_map(store: Store) -> None:
    text = page_text(indicator.PAGE, store, "/data/pm25_ug_per_m3", indicator_id="pm25_ug_per_m3")
    assert "/atlas?indicator=pm25_ug_per_m3" in text
    assert "42.0" in text


def test_source_page_reports_how_members_were_met(store: Store) -> None:
    text = page_text(source.PAGE, store, "/data/sources/figures", source_id="figures")
    assert "the source does not list the city" in text
    assert "Barcelona Metropolitan Area (AMB)" in text


def test_source_kept_out_by_its_licence_says_so(store: Store) -> None:
    text = page_text(source.PAGE, store, "/data/sources/withheld", source_id="withheld")
    assert "do not let us show its figures" in text


def test_methods_page_names_every_reason_code(store: Store) -> None:
    text = page_text(methods.PAGE, store, "/methods")
    assert all(f"({code})" in text for code in ("licence", "not-listed", "other-body"))


@pytest.mark.parametrize(
    ("page", "part"),
    [(city.PAGE, "city_id"), (indicator.PAGE, "indicator_id"), (source.PAGE, "source_id")],
)
def test_unknown_id_raises(store: Store, page: Page, part: str) -> None:
    with pytest.raises(UnknownIdError):
        page_text(page, store, "/x", **{part: "nowhere"})


def test_unknown_city_carries_names_that_look_alike(store: Store) -> None:
    with pytest.raises(UnknownIdError) as caught:
        city_text(store, "montrael")
    assert "montreal" in caught.value.near


def test_an_unknown_address_offers_names_not_ids(store: Store) -> None:
    page = json.dumps(
        page_content(store, [city.PAGE], "/cities/montrael", ""), cls=PlotlyJSONEncoder
    )
    assert '"children": "Montr\\u00e9al", "href": "/cities/montreal"' in page


def test_land_is_not_sent_again_to_who_has_it(server: Flask) -> None:
    client = server.test_client()
    first = client.get("/map/land.svg")
    assert first.mimetype == "image/svg+xml"
    again = client.get("/map/land.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
