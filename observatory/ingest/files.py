"""Publishers' files as rows and frames, with a clear refusal of what cannot be read."""

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import python_calamine

from observatory.errors import DatasetError, Problem

Cell = str | int | float | bool | object


def refuse(
    path: Path, rule: str, *, row: int | None = None, column: str | None = None
) -> DatasetError:
    """An error that names the file and says what was expected, what was found, what to do."""
    return DatasetError([Problem(path.name, row, column, rule)])


def require_file(path: Path) -> None:
    """Check that a file is there and holds something.

    Raises:
        DatasetError: it is missing, a folder, or empty.
    """
    if not path.exists():
        raise refuse(path, f"expected a file, found nothing at {path}. Check the path.")
    if not path.is_file():
        raise refuse(path, "expected a file, found a folder. Name the file itself.")
    if path.stat().st_size == 0:
        raise refuse(path, "expected content, found 0 bytes. Download the file again.")


def sheet_rows(path: Path, sheet: str | int = 0) -> list[list[Cell]]:
    """All rows of one sheet of an xls or xlsx workbook, from the sheet's first row on.

    Args:
        path: the workbook.
        sheet: its name, or its position from 0.

    Returns:
        One list per row; row n of the file is item n - 1; empty cells are "".

    Raises:
        DatasetError: the file is missing, damaged or no workbook, or has no such sheet.
    """
    require_file(path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        name = names[sheet] if isinstance(sheet, int) else sheet
        if name not in names:
            raise refuse(path, f"expected a sheet {name!r}, found {', '.join(names)}.")
        return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise refuse(
            path,
            "expected a whole Excel workbook, found one that cannot be read "
            f"({error}). It may be cut off or of another type: download it again.",
        ) from error


def text_of(path: Path, encodings: Sequence[str] = ("utf-8-sig",)) -> str:
    """A text file's content, decoded; UTF-16 is recognised by its byte order mark.

    Raises:
        DatasetError: the file is missing or in none of the encodings.
    """
    require_file(path)
    content = path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            position = error.start
    row = content[:position].count(b"\n") + 1
    raise refuse(
        path,
        f"expected text in {_named(encodings)}, found other bytes. Save it as UTF-8: in a "
        "spreadsheet, “CSV UTF-8 (comma delimited)”.",
        row=row,
    )


def _named(encodings: Sequence[str]) -> str:
    """Encodings as people call them."""
    return " or ".join(name.removesuffix("-sig").upper() for name in encodings)


def csv_frame(
    path: Path,
    columns: Sequence[str],
    *,
    encodings: Sequence[str] = ("utf-8-sig",),
    delimiter: str = ",",
    skip_rows: int = 0,
) -> pd.DataFrame:
    """A publisher's CSV as text, with the row of the file each line stood in.

    Args:
        path: the file.
        columns: columns that must be there; others are kept too.
        encodings: tried in turn.
        delimiter: the separator the publisher uses.
        skip_rows: rows above the header.

    Returns:
        Every column as text ("" where empty) plus `source_row`, the 1-based row in the file.
        Rows that are wholly empty are left out.

    Raises:
        DatasetError: missing file, wrong encoding, missing columns, or a row with more
            cells than the header.
    """
    reader = csv.reader(io.StringIO(text_of(path, encodings), newline=""), delimiter=delimiter)
    for _ in range(skip_rows):
        next(reader, None)
    header = [name.strip() for name in next(reader, [])]
    missing = [column for column in columns if column not in header]
    if missing:
        found = ", ".join(header[:12]) or "nothing"
        raise refuse(
            path, f"expected the columns {', '.join(missing)}, found {found}.", row=skip_rows + 1
        )
    rows, numbers = [], []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise refuse(
                path,
                f"expected {len(header)} cells, found {len(cells)}.",
                row=reader.line_num,
            )
        rows.append(cells + [""] * (len(header) - len(cells)))
        numbers.append(reader.line_num)
    frame = pd.DataFrame(rows, columns=header, dtype="str")
    return frame.assign(source_row=[str(number) for number in numbers])


def sheet_frame(
    path: Path, columns: Sequence[str], *, sheet: str | int = 0, header_row: int = 1
) -> pd.DataFrame:
    """A table inside a workbook's sheet, with the row of the sheet each line stood in.

    Args:
        path: the workbook.
        columns: columns that must be there; others are kept too, by their header's text.
        sheet: name or position of the sheet.
        header_row: 1-based row of the header.

    Returns:
        Cells as the workbook holds them ("" where empty) plus `source_row` (text).

    Raises:
        DatasetError: as `sheet_rows`, or a column is missing.
    """
    rows = sheet_rows(path, sheet)
    header = (
        [" ".join(str(cell).split()) for cell in rows[header_row - 1]]
        if len(rows) >= header_row
        else []
    )
    missing = [column for column in columns if column not in header]
    if missing:
        found = ", ".join(name for name in header if name)[:300] or "nothing"
        raise refuse(
            path, f"expected the columns {', '.join(missing)}, found {found}.", row=header_row
        )
    body = rows[header_row:]
    frame = pd.DataFrame(body, columns=header, dtype="object")
    frame["source_row"] = [str(header_row + 1 + n) for n in range(len(body))]
    filled = frame.drop(columns="source_row").ne("").any(axis="columns")
    return frame[filled].reset_index(drop=True)


def one_file(files: Sequence[Path], wanted: str) -> Path:
    """The only file given.

    Raises:
        DatasetError: none or several were given; the message says which file is wanted.
    """
    if len(files) != 1:
        raise DatasetError(
            [Problem(wanted, None, None, f"expected exactly this file, found {len(files)} files.")]
        )
    return files[0]
