"""Search over the small snapshot: the page and the answer while typing."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from observatory.domain.search import best_matches
from observatory.pages import methods
from observatory.pages import search as search_page
from observatory.pages.search_kinds import KINDS
from observatory.pages.visit import visit_of
from observatory.queries.search import search, search_index
from observatory.store.warehouse import Store

AWKWARD = [
    "'",
    '"',
    "%",
    "%00",
    "\x00",
    "\u202eabc",
    "شهر",
    "a" * 5000,
    "<b>",
    "**",
    "😀",
    "{text}",
]


@pytest.fixture(scope="module")
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def _page(store: Store, query: str = "") -> str:
    tree = search_page.layout(store, visit_of("/search", query))
    return json.dumps(tree.to_plotly_json(), cls=PlotlyJSONEncoder, ensure_ascii=False)


def _first(store: Store, text: str) -> str:
    return search(store, KINDS, text).matches[0].entry.entry_id


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("Montreal", "montreal"),
        ("广州", "guangzhou"),
        ("ville marie", "montreal"),
        ("2950159", "berlin"),
        ("barcelona-amb", "barcelona-amb"),
        ("fine particles", "pm25_ug_per_m3"),
        ("pm2.5", "pm25_ug_per_m3"),
        ("Figures made by hand", "figures"),
        ("median", "methods-page-glossary-median"),
        ("two clocks", "methods-page-clocks"),
    ],
)
def test_each_kind_is_found_by_its_names(store: Store, text: str, entry_id: str) -> None:
    assert _first(store, text) == entry_id


@pytest.mark.parametrize("text", ["air pollution", "pollution", "smog", "polution"])
def test_a_topic_finds_its_indicators(store: Store, text: str) -> None:
    assert _first(store, text) == "pm25_ug_per_m3"


def test_the_topic_is_told(store: Store) -> None:
    assert "about air pollution" in _page(store, "?q=pollution")


def test_an_indicator_without_figures_is_said_to_be_so(store: Store) -> None:
    assert "no figures held" in _page(store, "?q=nitrogen")
    assert "no figures held" not in _page(store, "?q=fine+particles")


def test_a_place_finds_the_city_before_the_body_around_it(store: Store) -> None:
    matches = search(store, KINDS, "medellin").matches
    assert [match.entry.entry_id for match in matches] == ["medellin", "valle-de-aburra"]


def test_a_country_and_a_region_find_their_members(store: Store) -> None:
    spain = {match.entry.entry_id for match in search(store, KINDS, "spain").matches}
    assert spain == {"barcelona", "barcelona-amb"}
    assert "gauteng" in {match.entry.entry_id for match in search(store, KINDS, "africa").matches}


def test_every_name_finds_its_entry_first_or_among_equals(store: Store) -> None:
    index = search_index(store, KINDS)
    for entry in index.entries:
        for name in (name for name in entry.names if name.is_own):
            matches = best_matches(index, name.text)
            equals = [match.entry for match in matches if match.rank == matches[0].rank]
            assert entry in equals, name.text


def test_the_index_is_made_once_per_snapshot(store: Store) -> None:
    assert search_index(store, KINDS) is search_index(store, KINDS)


def test_every_part_of_the_methods_can_be_found(store: Store) -> None:
    page = methods.layout(store, visit_of("/methods", ""))
    text = json.dumps(page.to_plotly_json(), cls=PlotlyJSONEncoder)
    entries = [entry for entry in search_index(store, KINDS).entries if entry.kind == "method"]
    assert len(entries) > 40
    assert all(f'id=\\"{entry.href.partition("#")[2]}\\"' in text for entry in entries)


def test_the_page_shows_kind_name_reason_and_link(store: Store) -> None:
    text = _page(store, "?q=ville+marie")
    assert "Cities" in text
    assert 'href=\\"/cities/montreal\\"' in text
    assert "formerly Ville-Marie (French)" in text
    assert "1 city. The closest is Montréal." in text


def test_an_undocumented_seat_is_said_to_be_so(store: Store) -> None:
    text = _page(store, "?q=abuja")
    assert "dot-hollow" in text
    assert "seat not documented" in text


def test_an_empty_search_says_what_can_be_searched(store: Store) -> None:
    text = _page(store)
    assert "What are you looking for?" in text
    assert "12 cities, 6 indicators, 14 parts of the plan, 7 events, 4 sources" in text


def test_nothing_found_gives_the_nearest_names_and_ways_on(store: Store) -> None:
    text = _page(store, "?q=city+of+montrael")
    assert "Nothing matches. Did you mean Montréal?" in text
    assert "/cities/montreal" in text
    assert "How to go on" in _page(store, "?q=qqqqqq")


def test_one_kind_can_be_asked_for_and_an_unknown_one_is_told(store: Store) -> None:
    alone = _page(store, "?q=a&kind=source")
    assert "/data/sources/" in alone
    assert 'href=\\"/cities/' not in alone
    assert "Matches of every kind" in alone
    assert "a kind of thing that is not known" in _page(store, "?q=a&kind=x")


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_break_neither_page_nor_answer(
    store: Store, client: FlaskClient, text: str
) -> None:
    answer = client.get("/api/v1/search", query_string={"q": text})
    assert answer.status_code == (400 if len(text) > 200 else 200)
    assert client.get("/search", query_string={"q": text}).status_code == 200
    visit = visit_of("/search", "?")
    visit.query["q"] = [text]
    assert search_page.layout(store, visit)


def test_a_long_text_is_cut_and_told(store: Store) -> None:
    assert "its first 200 letters" in _page(store, f"?q={'a' * 500}")


def test_the_answer_while_typing_says_kind_name_reason_and_address(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=Vile+Marie&limit=3").json
    assert answer["total"] == 1
    assert answer["data"] == [
        {
            "kind": "city",
            "kind_title": "Cities",
            "id": "montreal",
            "name": "Montréal",
            "detail": "Canada · city",
            "why": "formerly Ville-Marie (French)",
            "href": "/cities/montreal",
            "match": "fuzzy",
            "region": "North America",
            "evidence": "A",
        }
    ]
    assert answer["summary"] == "1 match: 1 city."


def test_the_answer_keeps_to_its_limit_and_counts_all(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=a&limit=2").json
    assert len(answer["data"]) == 2
    assert answer["total"] > 2


@pytest.mark.parametrize("query", ["", "q=", "q=a&q=b", "q=a&limit=0", "q=a&limit=x", "q=a&x=1"])
def test_a_question_that_makes_no_sense_is_refused(client: FlaskClient, query: str) -> None:
    refused = client.get(f"/api/v1/search?{query}")
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")
