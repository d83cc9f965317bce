"""The profile: what it says of members of every kind, its peers, its address."""

import json
import re

import plotly.graph_objects as go
import pytest
from plotly.utils import PlotlyJSONEncoder

from observatory.errors import UnknownIdError
from observatory.pages import city
from observatory.pages.city_data import POPULATION
from observatory.pages.city_peers import climate_text, feature_text, reason_text
from observatory.pages.city_trends import trend_words
from observatory.pages.city_view import city_view
from observatory.pages.city_words import answer
from observatory.pages.visit import visit_of
from observatory.queries.catalogue import find_indicator
from observatory.queries.cities import all_cities
from observatory.queries.peers import city_peers, peer_conditions, same_place
from observatory.queries.profile import member_series
from observatory.store.warehouse import Store
from observatory.views.figures.trend import trend_figure
from observatory.views.theme import LIGHT

ANCHOR = re.compile(r'href="/passport/([^"]+)"')


def profile(store: Store, city_id: str, search: str = "") -> str:
    """The page as text, its HTML parts as they are."""
    tree = city.PAGE.layout(store, visit_of(f"/cities/{city_id}", search, {"city_id": city_id}))
    dumped = json.dumps(tree.to_plotly_json(), cls=PlotlyJSONEncoder, ensure_ascii=False)
    return dumped.replace('\\"', '"')


def all_ids(store: Store) -> list[str]:
    return [str(city_id) for city_id in all_cities(store)["city_id"]]


def test_every_member_has_a_profile_without_holes_in_its_words(store: Store) -> None:
    for city_id in all_ids(store):
        text = profile(store, city_id)
        for hole in ("None", "nan", "<NA>", "{", " ,", "  "):
            lede = text.partition('class="lede">')[2].partition("</p>")[0]
            assert hole not in lede, (city_id, lede)


def test_the_opening_opens_the_passport_of_its_number(store: Store) -> None:
    lede = profile(store, "berlin").partition('class="lede">')[2].partition("</p>")[0]
    assert re.search(r"<strong><a class=.passport-link.[^>]+>3.5 million</a></strong>", lede)


def test_a_government_that_is_no_city_is_not_called_one(store: Store) -> None:
    text = profile(store, "gauteng")
    assert "Gauteng Province: how is it doing?" in text
    assert "none says how many people live in this region" in text
    assert "How is Gauteng" not in text


def test_a_member_without_figures_says_what_is_not_known_and_why(store: Store) -> None:
    text = profile(store, "victoria")
    assert "No source we hold gives a number for this member." in text
    assert "No peers are named" in text
    assert "Not in the source" in text
    assert "None can be told" in text


def test_every_passport_of_a_profile_exists(store: Store) -> None:
    known = {str(row[0]) for row in store.rows("SELECT observation_id FROM observations")}
    for city_id in all_ids(store):
        assert set(ANCHOR.findall(profile(store, city_id))) <= known


def test_national_figures_are_apart_and_never_judged(store: Store) -> None:
    text = profile(store, "guangzhou")
    own, _, country = text.partition("Its country: China")
    assert "Country: income per person" not in own
    assert "Country: income per person" in country


def test_projections_are_dotted_labelled_and_said(store: Store) -> None:
    trend = member_series(store, city_id="berlin").query("indicator_id == @POPULATION")
    population = find_indicator(store, POPULATION)
    past, future = go.Figure(trend_figure(trend, population, LIGHT)).data
    assert (past.line.dash, list(past.x)) == ("solid", [2005, 2015])
    assert (future.line.dash, list(future.x)) == ("dot", [2015, 2025])
    assert all(future.customdata)
    assert trend_words(trend, population) == (
        "From 3.2 million in 2005 to 3.5 million in 2015; projected (dotted): 3.8 million in 2025"
    )


def test_peers_know_their_distance_and_reasons(store: Store) -> None:
    conditions = peer_conditions(store)
    assert conditions["growth"]["berlin"] == pytest.approx(1.059, abs=0.001)
    found = city_peers(store, city_id="berlin", weights={"density": 0, "climate": 0})
    assert found["city_id"].tolist()[0] == "montreal"
    assert found["distance"].is_monotonic_increasing
    assert "berlin" not in found["city_id"].tolist()


def test_a_member_of_the_same_place_is_never_a_peer(store: Store) -> None:
    weights = {"density": 0, "climate": 0}
    assert same_place(store, city_id="barcelona") == ["barcelona-amb"]
    assert "barcelona-amb" not in city_peers(store, city_id="barcelona", weights=weights)["city_id"]
    assert "Barcelona Metropolitan Area" in profile(store, "barcelona")


def test_peers_of_an_unknown_member_raise(store: Store) -> None:
    with pytest.raises(UnknownIdError):
        city_peers(store, city_id="nowhere")


def test_weights_and_number_of_peers_are_in_the_address(store: Store) -> None:
    search = "?w_density=0&w_climate=0&peers=3"
    view = city_view(visit_of("/cities/berlin", search))
    assert view.address == search
    text = profile(store, "berlin", search)
    assert "distance 0." in text
    assert "/compare?cities=berlin,montreal" in text
    assert "/cities/montreal?w_density=0&amp;w_climate=0&amp;peers=3" in text
    assert '<option value="0" selected>not at all</option>' in text


@pytest.mark.parametrize(
    ("search", "ignored"),
    [
        ("?w_size=9", "w_size=9"),
        ("?peers=0", "peers=0"),
        ("?peers=%00", "peers="),
        ("?w_size=-1", "w_size=-1"),
        ("?w_size=1.5", "w_size=1.5"),
        ("?w_nothing=2", "w_nothing"),
        ("?peers=" + "9" * 500, "peers=999"),
        ("?w_size=0&w_growth=0&w_density=0&w_income=0&w_climate=0", "w_size=0"),
        ("?w_size=<script>", "w_size="),
    ],
)
def test_an_address_that_makes_no_sense_is_told_on_the_page(
    store: Store, search: str, ignored: str
) -> None:
    view = city_view(visit_of("/cities/berlin", search))
    assert any(part.startswith(ignored) for part in view.ignored)
    text = profile(store, "berlin", search)
    assert "makes no sense here" in text
    assert "<script>" not in text


def test_reasons_are_words() -> None:
    assert reason_text("size", 4_200_000.0, 4_600_000.0) == "size 4.2 million against 4.6 million"
    assert reason_text("growth", 1.04, 1.02) == "growth 1.0 % a year, the same"
    assert reason_text("density", float("nan"), 5000.0) == "density not known (counts half)"
    assert feature_text("income", 14300.0) == "14,300"
    assert climate_text("Csa") == "temperate (Csa)"


def test_completeness_counts_own_indicators_only(store: Store) -> None:
    text = profile(store, "berlin")
    held = re.search(r"Data held</dt><dd>(\d+) of (\d+)", text)
    assert held is not None
    assert held.groups() == ("4", "5")


def test_the_answer_names_the_kind_of_what_is_missing(store: Store) -> None:
    tree = city.city_data(store, "barcelona-amb", city_view(visit_of("/", "")))
    words = "".join(part for part in answer(tree) if isinstance(part, str))
    assert "How many people live in this metropolitan area" in words
