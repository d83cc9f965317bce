"""`ingest events`: the files that people send."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from observatory.ingest.event_sheet import REQUIRED
from tests.conftest import DATA
from tests.event_sheets import GOOD, HEADER, SOURCE, contents, csv_file, refusal, run_import

SPOILT: list[tuple[Callable[[str], bytes], str]] = [
    (lambda text: text.replace(",", ";").encode(), "Save it with commas, not semicolons."),
    (lambda text: text.encode("cp1252"), "row 3: expected text in UTF-8, found other bytes"),
    (lambda text: text.replace("role", "part", 1).encode(), "Missing: role. Not known: part."),
    (lambda text: text.replace("country", "contry", 1).encode(), "you mean country by contry?"),
    (lambda text: text.replace("kind", "title", 1).encode(), "Missing: kind. Twice: title."),
    (lambda text: text.replace(",note", ",note,note", 1).encode(), "Twice: note."),
    (lambda text: text.split("\n")[0].encode(), "expected participations, found none"),
    (lambda _text: b"", "found 0 bytes"),
    (lambda text: text.rstrip()[:-30].encode(), "row 3: expected 11 cells, found 9 cells."),
    (lambda text: (text + 'C9,,,"half').encode(), "The file may be cut off, or a quotation mark"),
    (lambda text: text.replace("Montréal", "Montréal, QC").encode(), "found 12 cells. Put a cell"),
    (lambda _text: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "expected text in UTF-8"),
    (lambda _text: b"a\0b\0c", "expected text, found other bytes"),
    (lambda _text: b'{"events": []}', "Is it the right file?"),
    (lambda _text: b"PK\x03\x04 and then something else", "expected a whole Excel workbook"),
]


@pytest.mark.parametrize(("spoil", "told"), SPOILT)
def test_a_file_of_another_kind_is_refused(
    facts: Path, tmp_path: Path, spoil: Callable[[str], bytes], told: str
) -> None:
    rows = [GOOD[0], f"C9,,,,,,Montréal,Canada,participant,{SOURCE},"]
    path = csv_file(tmp_path, rows)
    path.write_bytes(spoil(path.read_text(encoding="utf-8")))
    output = refusal(facts, path)
    assert told in output
    assert "events to add.csv" in output


def test_a_missing_file_is_told(facts: Path, tmp_path: Path) -> None:
    assert "Check the path." in refusal(facts, tmp_path / "absent.csv")


def test_one_file_at_a_time(facts: Path, tmp_path: Path) -> None:
    path = csv_file(tmp_path, GOOD)
    assert "expected exactly this file, found 2 files" in run_import(facts, path, str(path)).output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_spreadsheets_save_as_text_is_read(facts: Path, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "events.csv"
    lines = [f"{HEADER.upper()},,", *(f"{row},," for row in GOOD), "," * 12]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert "1 event added, 4 participations added" in run_import(facts, path).output


def _workbook(path: Path, rows: list[str]) -> Path:
    """A workbook as a person makes it: years are numbers, empty rows in between."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Events")
        for column, name in enumerate(REQUIRED):
            sheet.write(0, column, name.title())
        for place, row in enumerate(rows):
            for column, cell in enumerate(row.split(",")):
                if cell:
                    sheet.write(2 * place + 1, column, int(cell) if cell.isdigit() else cell)
        sheet.set_column(0, 20, 30)
    return path


def test_a_workbook_gives_what_a_csv_gives(facts: Path, tmp_path: Path) -> None:
    run_import(facts, _workbook(tmp_path / "events.xlsx", GOOD), "--yes")
    from_workbook = contents(facts)
    again = Path(shutil.copytree(DATA, tmp_path / "again"))
    run_import(again, csv_file(tmp_path, GOOD), "--yes")
    assert from_workbook == contents(again)


def test_problems_of_a_workbook_name_the_row_of_the_sheet(facts: Path, tmp_path: Path) -> None:
    rows = [GOOD[0], "C9,,,,,,Montreal,Canada,participant,,"]
    told = refusal(facts, _workbook(tmp_path / "events.xlsx", rows))
    assert "events.xlsx, row 4, column source_url" in told


def test_a_workbook_that_is_cut_off_is_refused(facts: Path, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "events.xlsx", GOOD)
    path.write_bytes(path.read_bytes()[:2000])
    assert "expected a whole Excel workbook" in refusal(facts, path)
