"""Search without a store: how texts are compared, ranked and forgiven."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.domain.search import Match, Rank, best_matches, excerpt, nearest
from observatory.domain.search_index import LONGEST_TEXT, Entry, Index, Name, index_of, normalise


def _city(title: str, *others: str, country: str = "Nowhere") -> Entry:
    names = (Name(title), *(Name(other, "other-language") for other in others))
    return Entry(
        kind="city",
        entry_id=normalise(title).replace(" ", "-"),
        title=title,
        href=f"/cities/{title}",
        names=(*names, Name(country, "country", is_own=False)),
    )


CITIES = (
    _city("São Paulo", "聖保羅", "San Pablo", country="Brazil"),
    _city("Medellín", country="Colombia"),
    _city("Montréal", "Ville-Marie", "蒙特利尔", country="Canada"),
    _city("Xi'an", "西安", "Sian", country="China"),
    _city("İstanbul", "Constantinople", "Κωνσταντινούπολη", country="Türkiye"),
    _city("Agra", "आगरा", country="India"),
    _city("Hyderabad", "హైదరాబాద్", "हैदराबाद", country="India"),
    _city("Gaza", "غَزَّة", country="Palestine"),
    _city("Moscow", "Москва", country="Russia"),
    _city("Seoul", "서울특별시", country="South Korea"),
    _city("Łódź", country="Poland"),
)
GREEN = Entry(
    kind="indicator",
    entry_id="green_share_pct",
    title="Green area as a share of the urban area",
    href="/data/green_share_pct",
    names=(
        Name("Green area as a share of the urban area"),
        Name("green_share_pct", "id", is_code=True),
        Name("Trees, shrubs and lasting grass.", "definition", is_own=False, is_prose=True),
    ),
)
INDEX = index_of([*CITIES, GREEN])


def _titles(matches: list[Match]) -> list[str]:
    return [match.entry.title for match in matches]


def _found(text: str, index: Index = INDEX) -> list[str]:
    return _titles(best_matches(index, text))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("SÃO  PAULO", "sao paulo"),
        ("sao-paulo", "sao paulo"),
        ("Xi’an", "xian"),
        ("İSTANBUL", "istanbul"),
        ("Łódź", "lodz"),
        ("CO₂", "co2"),
        ("غَزَّة", "غزة"),
        ("a\u200bb\u202ec", "abc"),
        ("\x00%'\"", ""),
    ],
)
def test_texts_are_compared_without_accents_case_and_punctuation(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_exact_stands_before_prefix_before_word_before_spelling() -> None:
    cities = [_city(title) for title in ("Pariss", "New Paris", "Paris Hill", "Paris")]
    matches = best_matches(index_of(cities), "paris")
    assert _titles(matches) == ["Paris", "Paris Hill", "Pariss", "New Paris"]
    assert [match.rank for match in matches] == [Rank.EXACT, Rank.PREFIX, Rank.PREFIX, Rank.WORDS]
    assert {match.rank for match in best_matches(index_of(cities), "pariz")} == {Rank.FUZZY}


@pytest.mark.parametrize("text", ["paulo sao", "sao pau", "saopaulo", "S. Paulo", "paulo brazil"])
def test_word_order_and_unfinished_words_are_forgiven(text: str) -> None:
    assert _found(text)[0] == "São Paulo"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("sao paolo", "São Paulo"),
        ("saopualo", "São Paulo"),
        ("medelin", "Medellín"),
        ("montrael", "Montréal"),
        ("costantinople", "İstanbul"),
        ("xi an", "Xi'an"),
        ("mosow", "Moscow"),
        ("gren area", "Green area as a share of the urban area"),
    ],
)
def test_typing_errors_are_forgiven(text: str, title: str) -> None:
    assert _found(text)[0] == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("蒙特", "Montréal"),
        ("特利", "Montréal"),
        ("Моск", "Moscow"),
        ("서울", "Seoul"),
        ("आग", "Agra"),
    ],
)
def test_other_scripts_are_found_while_they_are_typed(text: str, title: str) -> None:
    assert _found(text) == [title]


def test_the_name_that_matched_is_told() -> None:
    (match,) = best_matches(INDEX, "ville marie")
    assert (match.entry.title, match.name.text) == ("Montréal", "Ville-Marie")


def test_what_a_city_belongs_to_comes_after_names() -> None:
    index = index_of([_city("Alpha", country="Mexico"), _city("Mexico City", country="Mexico")])
    assert _found("mexico", index) == ["Mexico City", "Alpha"]


def test_words_of_a_definition_are_found_but_not_their_misspellings() -> None:
    assert _found("shrubs") == [GREEN.title]
    assert _found("shrups") == []
    assert excerpt("Trees, shrubs and lasting grass.", "shr").startswith("Trees, shrubs")


def test_an_excerpt_of_long_sentences_holds_the_word() -> None:
    prose = "word " * 40 + "needle " + "word " * 40
    part = excerpt(prose, "need")
    assert "needle" in part
    assert part.startswith("…")
    assert part.endswith("…")


def test_short_texts_and_codes_are_not_guessed_at() -> None:
    assert _found("xqa") == []
    assert _found("") == _found("   ") == _found("\x00") == []


def test_a_wrong_letter_is_forgiven_only_where_nothing_is_called_so() -> None:
    index = index_of([_city("Flood"), _city("Food")])
    assert _found("flood", index) == ["Flood"]
    assert _found("floood", index) == ["Flood"]


FAR = index_of([_city("Greater Manchester"), _city("Tianjin", "Tientsin"), _city("Torino")])


@pytest.mark.parametrize("text", ["munchen", "München", "Wien", "saigon", "<b>x</b>"])
def test_a_far_name_is_neither_a_match_nor_a_suggestion(text: str) -> None:
    assert _found(text, FAR) == []
    assert nearest(FAR, text, limit=3) == []


@pytest.mark.parametrize(
    ("text", "title"), [("toronto", "Torino"), ("dianjin", "Tianjin"), ("manchaster", "Greater Ma")]
)
def test_a_name_that_begins_otherwise_or_differs_more_is_only_suggested(
    text: str, title: str
) -> None:
    suggested = _titles(nearest(FAR, text, limit=1))
    assert suggested[0].startswith(title)
    assert _found(text, FAR) == (suggested if text == "manchaster" else [])


def test_beginnings_that_many_names_share_are_not_suggested() -> None:
    towns = [_city(f"Municipality of {letter * 5}") for letter in "abcdefghijk"]
    assert nearest(index_of(towns), "munich", limit=3) == []
    assert _titles(nearest(INDEX, "monrt", limit=3)) == ["Montréal"]


def test_a_part_of_an_id_is_not_a_match() -> None:
    assert _found("shar", index_of([GREEN])) == [GREEN.title]
    assert _found("hare", index_of([GREEN])) == [GREEN.title]
    assert _found("nsha", index_of([GREEN])) == []
    assert _found("pct", index_of([GREEN])) == [GREEN.title]


def test_what_is_empty_comes_after_its_equals() -> None:
    full, empty = replace(GREEN, title="Z", entry_id="z"), replace(GREEN, title="A", is_empty=True)
    assert _found("trees", index_of([empty, full])) == ["Z", "A"]


def test_the_nearest_names_are_suggested() -> None:
    assert _titles(nearest(INDEX, "city of montrael", limit=3))[0] == "Montréal"
    assert nearest(INDEX, "\x00", limit=3) == []


def test_equals_stand_in_the_same_order_whatever_the_order_they_came_in() -> None:
    towns = [_city("Newton", country="A"), _city("Newark", country="B"), _city("Newham")]
    assert _found("new", index_of(towns)) == _found("new", index_of(towns[::-1]))
    assert _found("new", index_of(towns)) == ["Newark", "Newham", "Newton"]


@given(st.sampled_from([(city, name) for city in CITIES for name in city.names if name.is_own]))
def test_every_name_of_a_city_finds_it_first_or_among_equals(pair: tuple[Entry, Name]) -> None:
    city, name = pair
    for text in (name.text, name.text.upper(), name.text.lower()):
        matches = best_matches(INDEX, text)
        equals = [match.entry for match in matches if match.rank == matches[0].rank]
        assert city in equals


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if unicodedata.category(char) != "Mn")


@given(
    st.sampled_from([name.text for city in CITIES for name in city.names]),
    st.integers(1, 20),
)
def test_dropping_accents_changes_no_result(text: str, letters: int) -> None:
    typed = unicodedata.normalize("NFC", text)[:letters]
    assert best_matches(INDEX, typed) == best_matches(INDEX, _without_accents(typed))


@given(st.text(max_size=60), st.text(max_size=3))
def test_no_text_breaks_the_search(text: str, more: str) -> None:
    best_matches(INDEX, text + more)
    nearest(INDEX, text + more, limit=5)
    excerpt(text, more)


def test_a_very_long_text_is_cut() -> None:
    assert len(normalise("a" * 1_000_000)) == LONGEST_TEXT
    assert _found("sao paulo " * 10_000)[:1] in ([], ["São Paulo"])
