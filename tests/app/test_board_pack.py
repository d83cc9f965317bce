"""The board pack: PDF, workbook and HTML say the same, as of a day, whatever is written."""

import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from observatory.cli import main
from observatory.config import Settings
from observatory.domain.plan import Decision, Plan, Risk
from observatory.domain.plan_as_of import as_of
from observatory.domain.plan_changes import Change, merged
from observatory.domain.plan_review import statuses
from observatory.domain.plan_status import (
    Assessment,
    CutPoints,
    Inputs,
    Point,
    measure_status,
    rolled_up,
)
from observatory.pages.board_pack import asked_view, board_pack
from observatory.pages.plan_data import PlanReader
from observatory.queries.plan import plan_on_record
from observatory.reports.board_pack import board_pack_pdf
from observatory.reports.board_pack_book import board_pack_book
from observatory.reports.board_pack_content import pack_text
from observatory.reports.board_pack_html import board_pack_html
from observatory.reports.board_pack_texts import BoardPack, LevelText, MeasureText, PackText
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace

DAY = "2023-01-31"
HEIGHTS = re.compile(r"height: ([\d,.]+) to ([\d,.]+)")


class _Reading(HTMLParser):
    """The text of a file that a reader sees, its tags, and where its links lead."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.text, self.tags, self.addresses = "", [], []
        self._is_style = False
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._is_style = tag == "style"
        self.addresses += [str(value) for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._is_style else f" {data}"


def _pack(plan: Plan, day: str = DAY, *, illustrative: bool = True) -> BoardPack:
    on = date.fromisoformat(day)
    cut = as_of(plan, on, illustrative=illustrative)
    found = statuses(cut, on)[1]
    return BoardPack(
        cut, on, found, "abc123", "2026-11-23T00:00:00+00:00", has_illustrative=illustrative
    )


@pytest.fixture(scope="session")
def plan(store: Store) -> Plan:
    """The plan of the small facts, with decisions and a risk."""
    on_record = plan_on_record(store)
    decisions = (
        Decision(
            "d1", "air", "Measure at two places", "Berlin", date(2022, 5, 1), date(2022, 9, 30)
        ),
        Decision("d2", "course", "Name an owner", "", date(2022, 12, 1)),
        Decision(
            "d3", "O1", "Meet", "Guangzhou", date(2021, 1, 5), date(2021, 11, 13), state="done"
        ),
        Decision("d4", "O1", "Not known yet", "Board", date(2023, 6, 1)),
    )  # fmt: skip
    risks = (Risk("r1", "air", "No money for 2023", 4, 3, date(2022, 6, 1)),)
    return replace(on_record, decisions=decisions, risks=risks)


def _pages(pack: BoardPack) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(board_pack_pdf(pack))).pages]


def _book(pack: BoardPack) -> Workbook:
    return load_workbook(io.BytesIO(board_pack_book(pack, pack_text(pack))))


def _rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _said(text: PackText) -> list[str]:
    """Every text that all forms must show."""

    def of_measure(one: MeasureText) -> list[str]:
        figures = (one.baseline, one.target, one.actual)
        told = [one.title, one.status.word, *one.steps]
        return told + [part for figure in figures for part in (figure.value, figure.small)]

    def of_level(level: LevelText) -> list[str]:
        told = [level.title, level.status.word, level.steps]
        for group in level.groups:
            told += [group.title, *group.facts]
            told += [part for one in group.measures for part in of_measure(one)]
        return told + [part for line in level.lines for part in of_level(line)]

    told = [text.title, text.answer, text.counts, text.illustrative, *text.rule, text.foot]
    told += [value for _name, value in text.facts]
    told += [part for one in (*text.objectives,) for part in of_level(one)]
    told += [part for talk in text.talk for part in of_measure(talk.measure)]
    told += [talk.measure.no_forecast for talk in text.talk]
    for one in (*text.open_decisions, *text.closed_decisions):
        told += [one.words, one.about, one.owner, one.due, one.decided]
    told += [what for missing in text.missing for what, _about in missing.items]
    return told + [source.words for source in text.sources]


@pytest.mark.parametrize("day", ["2020-06-30", "2022-01-15", DAY, "2026-01-01"])
@pytest.mark.parametrize("illustrative", [True, False])
def test_print_and_screen_say_the_same(plan: Plan, day: str, illustrative: bool) -> None:  # noqa: FBT001 - a case
    pack = _pack(plan, day, illustrative=illustrative)
    text = pack_text(pack)
    in_print = _squeezed("".join(_pages(pack)))
    on_screen = _squeezed(_Reading(board_pack_html(text)).text)
    for words in _said(text):
        assert _squeezed(words) in on_screen, words
        assert _squeezed(words) in in_print, words


def test_the_workbook_has_the_figures_that_are_printed(plan: Plan) -> None:
    pack = _pack(plan)
    text, rows = pack_text(pack), _rows(_book(pack), "measures")
    assert [row["measure_id"] for row in rows] == [one.measure_id for one in pack.plan.measures]
    for row in rows:
        said = next(
            one
            for level in text.objectives
            for part in (level, *level.lines)
            for group in part.groups
            for one in group.measures
            if one.measure_id == row["measure_id"]
        )
        printed = [said.baseline.value, said.target.value, said.actual.value, said.status.word]
        assert [row["baseline"], row["target"], row["actual"], row["status"]] == printed
    assert {row["decision_id"] for row in _rows(_book(pack), "decisions")} == {"d1", "d2", "d3"}


def test_a_forecast_is_that_of_the_page_with_its_interval_or_why_there_is_none(plan: Plan) -> None:
    """Particles in the air: 30, 28 and 24 at three ends of years, a line to the end of 2023."""
    pack = _pack(plan)
    book = {str(row["measure_id"]): row for row in _rows(_book(pack), "measures")}
    air = book["air-particles"]
    assert str(air["forecast_on"]) == "2023-12-31"
    assert air["forecast"] == pytest.approx(21.3, abs=0.05)
    assert air["forecast_low"] < air["forecast"] < air["forecast_high"]
    said = f"If it went on along a line through its 3 figures: {air['forecast']:.1f}"
    assert said in str(air["steps"])
    assert (book["course-people"]["forecast"], book["course-people"]["no_forecast"]) == (
        None,
        "No forecast: it takes three figures, there are 1.",
    )
    assert (book["air-budget"]["forecast"], book["air-budget"]["no_forecast"]) == (None, None)
    assert _squeezed(said) in _squeezed("".join(_pages(pack)))


def test_members_that_take_part_are_those_of_the_page(server: Flask) -> None:
    """Clean air names nobody itself: its members are those of its two events."""
    client = server.test_client()
    content = client.get(f"/plan/board-pack.xlsx?as_of={DAY}").data
    rows = _rows(load_workbook(io.BytesIO(content)), "plan")
    counts = {row["node_id"]: row["members_taking_part"] for row in rows}
    assert counts["air"] == 4
    assert counts["course"] == 2
    assert (counts["idle"], counts["O1"]) == (0, None)
    assert "4 members take part" in client.get(f"/plan/board-pack.html?as_of={DAY}").text
    early = client.get("/plan/board-pack.xlsx?as_of=2018-01-31").data
    before = _rows(load_workbook(io.BytesIO(early)), "plan")
    assert {row["node_id"]: row["members_taking_part"] for row in before}["air"] == 3


def _point(row: dict[str, object], name: str) -> Point | None:
    value = row[f"{name}_value"]
    if value is None:
        return None
    return Point(float(str(value)), date.fromisoformat(str(row[f"{name}_on"])))


def _weight(row: dict[str, object]) -> float | None:
    return None if row["weight"] is None else float(str(row["weight"]))


def _again(rows: list[dict[str, object]], cuts: CutPoints) -> dict[str, Assessment]:
    """The statuses computed from what the workbook holds, and nothing else."""

    def assessed(row: dict[str, object]) -> Assessment:
        node_id = str(row["node_id"])
        if row["kind"] != "measure":
            below = [one for one in rows if one["parent_id"] == node_id]
            parts = [(str(one["node_id"]), _weight(one), assessed(one)) for one in below]
            return rolled_up(node_id, parts, cuts)
        inputs = Inputs(
            as_of=date.fromisoformat(str(row["as_of"])),
            polarity=str(row["polarity"]),
            accumulation=str(row["accumulation"]),
            rhythm_months=int(str(row["rhythm_months"])),
            baseline=_point(row, "baseline"),
            target=_point(row, "target"),
            actual=_point(row, "actual"),
            standing=str(row["target_standing"] or ""),
            relation=str(row["actual_relation"] or "exact"),
        )
        return measure_status(node_id, inputs, cuts)

    return {str(row["node_id"]): assessed(row) for row in rows}


@pytest.mark.parametrize("day", ["2020-06-30", "2022-01-15", DAY, "2026-01-01"])
@pytest.mark.parametrize("illustrative", [True, False])
def test_every_status_follows_from_the_workbook(plan: Plan, day: str, illustrative: bool) -> None:  # noqa: FBT001 - a case
    pack = _pack(plan, day, illustrative=illustrative)
    book = _book(pack)
    settings = {
        str(row["which"]): float(str(row["value"]))
        for row in _rows(book, "notes")
        if row["what"] == "cut point"
    }
    rows = _rows(book, "statuses")
    assert len(rows) == len(pack.assessments)
    assert _again(rows, CutPoints(**settings)) == pack.assessments


def test_illustrative_targets_are_marked_in_all_three(plan: Plan) -> None:
    pack = _pack(plan)
    assert "illustrative" in _pages(pack)[0]
    assert _Reading(board_pack_html(pack_text(pack))).text.count("illustrative") > 3
    standings = {row["target_standing"] for row in _rows(_book(pack), "measures")}
    assert "illustrative" in standings
    assert {row["has_illustrative"] for row in _rows(_book(pack), "statuses")} == {"yes", "no"}


def test_illustrative_targets_are_gone_with_one_switch(plan: Plan) -> None:
    pack = _pack(plan, illustrative=False)
    assert not re.search("illustrative(?!=off)", " ".join(_pages(pack)))
    assert not re.search("illustrative(?!=off)", _Reading(board_pack_html(pack_text(pack))).text)
    assert {row["target_standing"] for row in _rows(_book(pack), "measures")} <= {
        None, "official", "adopted",
    }  # fmt: skip
    assert {row["has_illustrative"] for row in _rows(_book(pack), "statuses")} == {"no"}


def test_what_became_known_later_is_not_in_it(plan: Plan) -> None:
    pack = _pack(plan, "2022-06-15")
    texts = (" ".join(_pages(pack)), _Reading(board_pack_html(pack_text(pack))).text)
    for text in texts:
        assert "Not known yet" not in text
        assert "Name an owner" not in text
        assert "No money for 2023" in text
    assert "over 80" not in texts[1]
    assert "over 180" in _Reading(board_pack_html(pack_text(_pack(plan)))).text


def test_the_print_is_tagged_with_headings_tables_and_words_for_pictures(plan: Plan) -> None:
    late = replace(
        plan,
        targets=tuple(
            replace(one, value=10.0) if one.measure_id == "air-particles" else one
            for one in plan.targets
        ),
    )
    reader = PdfReader(io.BytesIO(board_pack_pdf(_pack(late))))
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds: dict[str, int] = {}
    alternatives: list[str] = []

    def walk(item: object) -> None:
        found = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(found, dict):
            kind = str(found.get("/S", ""))
            kinds[kind] = kinds.get(kind, 0) + 1
            if "/Alt" in found:
                alternatives.append(str(found["/Alt"]))
            children = found.get("/K", [])
            for child in children if isinstance(children, list) else [children]:
                walk(child)

    walk(root["/StructTreeRoot"])
    assert kinds["/H1"] == 1
    assert min(kinds["/H2"], kinds["/H3"], kinds["/H4"], kinds["/Table"], kinds["/TH"]) >= 2
    assert any(words.startswith("Path of Particles in the air") for words in alternatives)


def test_pages_are_numbered_and_tables_repeat_their_header(plan: Plan) -> None:
    many = tuple(replace(one, measure_id=f"m{at}-{one.measure_id}", title=f"{one.title} {at}")
                 for at in range(40) for one in plan.measures)  # fmt: skip
    pages = _pages(_pack(replace(plan, measures=many)))
    assert len(pages) > 8
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} / {len(pages)}" in page
    tables = [page for page in pages if re.search(r"(?m)^People taught \d+", page)]
    assert len(tables) > 4
    headers = ("Baseline B Target T Actual A Status", "What Part of")
    assert all(any(header in page for header in headers) for page in tables)


def test_no_heading_is_the_last_line_of_a_page(plan: Plan) -> None:
    text = pack_text(_pack(plan))
    headings = {text.words[name] for name in ("objectives", "talk", "detail", "decisions", "rule")}
    headings |= {text.words[name] for name in ("missing", "statements", "sources")}
    headings |= {f"{line.number} {line.title}" for one in text.objectives for line in one.lines}
    headings |= {f"{one.number} {one.title}" for one in text.objectives}
    for page in _pages(_pack(plan)):
        body = page.split("Metropolis Observatory, snapshot")[0].strip().splitlines()
        assert body[-1].strip() not in headings


def test_whatever_people_write_is_printed_and_runs_nowhere(plan: Plan) -> None:
    hostile = '=HYPERLINK("http://x.example") <script>alert(1)</script> 广州 #eval \x07 @SUM(1)'
    decisions = (Decision("d9", "air", hostile, "市长", date(2022, 5, 1)),)
    change = Change("u1", "actual", "air", "air-particles", {
        "period": "2022-12", "value": 21, "as_stated": "+21", "source_url": "javascript:alert(1)",
    }, date(2023, 1, 10), "Wei")  # fmt: skip
    pack = _pack(merged(replace(plan, decisions=()), [change], decisions))
    in_print = "".join(_pages(pack))
    assert "#eval" in in_print
    assert "□□ stands" not in in_print
    assert "□ stands for signs" in in_print
    page = _Reading(board_pack_html(pack_text(pack)))
    assert "广州" in page.text
    assert "<script>alert(1)</script>" in page.text
    assert "script" not in page.tags
    assert all(one.startswith(("#", "https://", "http://")) for one in page.addresses)
    cell = next(row for row in _book(pack)["decisions"].iter_rows() if row[0].value == "d9")[2]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_page_needs_nothing_from_elsewhere(plan: Plan) -> None:
    page = _Reading(board_pack_html(pack_text(_pack(plan))))
    assert not {"script", "link", "img", "iframe"} & set(page.tags)


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    pack = _pack(plan)
    assert board_pack_pdf(pack) == board_pack_pdf(pack)
    assert board_pack_book(pack, pack_text(pack)) == board_pack_book(pack, pack_text(pack))


def test_what_could_not_be_read_is_told(store: Store, settings: Settings) -> None:
    nowhere = replace(settings, workspace_url="sqlite:////nowhere/at/all.sqlite")
    view = asked_view(f"as_of={DAY}")
    content = board_pack(store, PlanReader(Workspace(nowhere)), "html", view)
    text = _Reading(content).text
    assert "cannot be read or written now. Nothing that was kept is lost." in text
    assert "sqlite" not in text


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("html", "text/html"),
    ],
)
def test_the_pack_is_at_its_address(server: Flask, form: str, kind: str) -> None:
    answer = server.test_client().get(f"/plan/board-pack.{form}?as_of={DAY}&illustrative=off")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert f"board-pack-{DAY}" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("pdf?as_of=yesterday", 400, "as_of=yesterday"),
        ("pdf?asof=2022-01-01", 400, "asof"),
        ("pdf?illustrative=no", 400, "illustrative=no"),
        ("docx", 404, "pdf, xlsx, html"),
    ],
)
def test_a_wrong_address_is_told(server: Flask, address: str, status: int, told: str) -> None:
    answer = server.test_client().get(f"/plan/board-pack.{address}")
    assert answer.status_code == status
    assert told in answer.get_data(as_text=True)


def test_the_command_line_writes_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.as_variables().items():
        monkeypatch.setenv(name, value)
    for form, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")):
        file = tmp_path / f"pack.{form}"
        done = CliRunner().invoke(main, ["export", "board-pack", str(file), "--as-of", DAY])
        assert done.exit_code == 0, done.output
        assert file.read_bytes().lstrip().startswith(start)
    wrong = CliRunner().invoke(main, ["export", "board-pack", str(tmp_path / "pack.docx")])
    assert wrong.exit_code == 1
    assert "pdf, xlsx, html" in wrong.output
    blocked = CliRunner().invoke(main, ["export", "board-pack", str(tmp_path / "no" / "pack.pdf")])
    assert blocked.exit_code == 1
    assert list(tmp_path.glob("*.part")) == []


def test_the_foot_leads_to_the_observatory(plan: Plan) -> None:
    pack = _pack(plan)
    assert f"The same at /plan?as_of={DAY}" in pack_text(pack).foot
    here = replace(pack, site="https://observatory.example")
    foot = pack_text(here).foot
    assert f"The same at https://observatory.example/plan?as_of={DAY}" in foot
    assert foot in unescape(board_pack_html(pack_text(here)).decode())


def test_a_picture_says_from_where_to_where_it_reaches(plan: Plan) -> None:
    """Lowest and highest of baseline, target and figures, as the picture has them."""
    drawn = [one for one in pack_text(_pack(plan)).talk if one.picture]
    assert drawn
    for one in drawn:
        found = HEIGHTS.fullmatch(one.heights)
        assert found is not None
        low, high = (part.replace(",", "") for part in found.groups())
        assert float(low) < float(high)
        for figure in (one.measure.baseline, one.measure.target):
            assert float(low) <= float(figure.value.replace(",", "")) <= float(high)
