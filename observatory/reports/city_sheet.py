"""A city sheet as a tagged PDF (PDF/UA-1), from data that somebody else assembled."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "city_sheet.typ"
FONTS = FOLDER / "fonts"


def city_sheet(data: Mapping[str, object]) -> bytes:
    """The sheet: A4, tagged, its fonts inside.

    Args:
        data: what city_sheet.typ names: texts as they are printed, places on strips in percent.

    Returns:
        A PDF. The same data give the same bytes.
    """
    written: bytes = typst.compile(
        str(TEMPLATE),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return written
