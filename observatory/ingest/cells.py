"""Text cells of a publisher's file as numbers, with a refusal that names the row."""

from pathlib import Path

import pandas as pd

from observatory.errors import DatasetError, Problem


def numbers(frame: pd.DataFrame, column: str, path: Path) -> pd.Series:
    """A column as float64; an empty cell is missing, any other text is refused.

    Args:
        frame: as `csv_frame` or `sheet_frame` return it, with `source_row`.
        column: the column to read.
        path: the file, for the message.

    Raises:
        DatasetError: a cell holds neither a number nor nothing; all such cells are listed.
    """
    cells = frame[column].astype(str).str.strip()
    values = pd.to_numeric(cells, errors="coerce").astype("float64")
    wrong = values.isna() & cells.ne("")
    if wrong.any():
        raise DatasetError(
            [
                Problem(path.name, int(row), column, f"expected a number, found {cell!r}.")
                for row, cell in zip(frame.loc[wrong, "source_row"], cells[wrong], strict=True)
            ]
        )
    return values
