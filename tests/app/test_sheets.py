"""City sheets: tagged, two pages at most, with the numbers of the page."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader

from observatory.cli import main
from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.pages.city_sheet_data import sheet_data, trend_scale
from observatory.queries.cities import all_cities
from observatory.reports.city_sheet import city_sheet
from observatory.store.warehouse import Store


def _sheet(server: Flask, city_id: str) -> PdfReader:
    answer = server.test_client().get(f"/sheets/{city_id}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data))


def test_a_sheet_is_tagged_named_and_in_a_language(server: Flask) -> None:
    catalogue = _sheet(server, "berlin").trailer["/Root"]
    assert bool(catalogue["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en"
    assert bool(catalogue["/ViewerPreferences"]["/DisplayDocTitle"])
    assert "Berlin" in str(_sheet(server, "berlin").metadata.title)


def test_all_fonts_are_inside(server: Flask) -> None:
    for page in _sheet(server, "montreal").pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_every_member_has_a_sheet_of_two_pages_at_most(store: Store) -> None:
    for city_id in all_cities(store)["city_id"]:
        pages = PdfReader(io.BytesIO(city_sheet(sheet_data(store, city_id, "")))).pages
        assert 1 <= len(pages) <= 2, city_id


@pytest.mark.parametrize("city_id", ["berlin", "guangzhou", "montreal"])
def test_the_sheet_holds_the_numbers_of_the_page(store: Store, server: Flask, city_id: str) -> None:
    text = "".join(page.extract_text() for page in _sheet(server, city_id).pages)
    squeezed = "".join(text.split())
    data = sheet_data(store, city_id, "")
    numbers = data["numbers"]
    assert isinstance(numbers, list)
    for number in numbers:
        assert number["value"].replace(" ", "") in squeezed
    assert store.publication().snapshot_id in squeezed


def _text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_addresses_on_paper_say_where_the_observatory_is(store: Store, server: Flask) -> None:
    assert "http://localhost/cities/berlin" in _text(_sheet(server, "berlin"))
    public = city_sheet(sheet_data(store, "berlin", "https://example.org/"))
    assert "https://example.org/cities/berlin" in _text(PdfReader(io.BytesIO(public)))


def test_where_nobody_said_where_the_observatory_is_no_half_address_is_printed(
    store: Store,
) -> None:
    sheet = json.dumps(sheet_data(store, "berlin", ""))
    assert "/cities/" not in sheet
    assert "/methods" not in sheet


def test_a_public_url_stands_on_the_sheet_whatever_was_asked(settings: Settings) -> None:
    public = replace(settings, public_url="https://example.org")
    text = _text(_sheet(create_dashboard(public).server, "berlin"))
    assert "https://example.org/cities/berlin" in text
    assert "localhost" not in text


def test_a_member_without_figures_has_no_sources_and_is_told_so(store: Store) -> None:
    assert sheet_data(store, "gauteng", "")["sources"] == "none, since no figure is held."


def test_a_trend_has_a_scale(store: Store) -> None:
    trend = {
        "title": "Growth",
        "unit": "%",
        "seen": "",
        "from": "1955",
        "to": "2035",
        "past": [(0, 0), (50, 1)],
        "future": [(50, 1), (100, 0.7)],
        **trend_scale(3.26, -1.5, 2),
    }
    assert trend["zero"] == pytest.approx(3.26 / 4.76, abs=1e-4)
    printed = city_sheet({**sheet_data(store, "berlin", ""), "trends": [trend]})
    text = _text(PdfReader(io.BytesIO(printed)))
    assert all(words in text for words in ("3.26", "−1.50", "1955", "2035"))


@pytest.mark.parametrize("name", ["北京", "Αθήνα 🏙", "tab\tand\x0bbreak", "a 'quoted' \"name\""])
def test_a_sheet_is_printed_whatever_names_are_written_in(store: Store, name: str) -> None:
    """Signs that no font has are printed as a box, and the sheet says so; all others stand."""
    sheet = sheet_data(store, "berlin", "")
    assert sheet["name"] == "Berlin"
    text = _text(PdfReader(io.BytesIO(city_sheet({**sheet, "name": name}))))
    assert ("□" in text) == ("stands for signs" in text) == (not name.isascii())
    if name.isascii():
        assert " ".join(name.split()) in text


def test_the_note_on_strips_names_peers_only_where_there_are_some(store: Store) -> None:
    for city_id in all_cities(store)["city_id"]:
        sheet = sheet_data(store, city_id, "")
        words = sheet["words"]
        assert isinstance(words, dict)
        assert ("peer" in words["strip"]) == bool(sheet["peers"])


def test_an_unknown_member_is_told(server: Flask) -> None:
    answer = server.test_client().get("/sheets/monreal.pdf")
    assert answer.status_code == 404
    assert "montreal" in answer.get_data(as_text=True)


def test_sheets_are_written_from_the_command_line(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.as_variables().items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(main, ["export", "sheet", "berlin", str(tmp_path / "one")])
    assert done.exit_code == 0
    assert (tmp_path / "one" / "berlin.pdf").read_bytes().startswith(b"%PDF")
    done = CliRunner().invoke(main, ["export", "sheets", str(tmp_path / "all")])
    assert len(list((tmp_path / "all").iterdir())) == 12
    wrong = CliRunner().invoke(main, ["export", "sheet", "monreal", str(tmp_path)])
    assert wrong.exit_code == 1
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert CliRunner().invoke(main, ["export", "sheet", "berlin", str(blocked)]).exit_code == 1
