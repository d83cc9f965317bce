"""Files of ours are replaced together or not at all."""

from pathlib import Path

import pytest

from observatory.ingest.writing import csv_text, write_together


def test_files_are_replaced_and_created(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("old")
    write_together({first: "neu: ä\n", second: "b\n"})
    assert first.read_bytes() == "neu: ä\n".encode()
    assert second.read_bytes() == b"b\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.csv", "second.csv"]


@pytest.mark.parametrize("hindrance", ["a folder in its place", "no folder to lie in"])
def test_where_one_cannot_be_written_all_stay(tmp_path: Path, hindrance: str) -> None:
    first, new = tmp_path / "first.csv", tmp_path / "new.csv"
    first.write_text("old")
    if hindrance == "a folder in its place":
        hindered = tmp_path / "hindered.csv"
        hindered.mkdir()
    else:
        hindered = tmp_path / "absent" / "hindered.csv"
    there = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="hindered"):
        write_together({first: "changed", new: "new", hindered: "x"})
    assert first.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == there


def test_cells_with_commas_and_quotes_are_quoted() -> None:
    assert csv_text(["a", "b"], [["1,2", 'say "x"']]) == 'a,b\n"1,2","say ""x"""\n'
