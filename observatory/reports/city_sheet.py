"""A city sheet as a tagged PDF (PDF/UA-1), from data that somebody else assembled."""

from collections.abc import Mapping

from observatory.language import gettext as _
from observatory.reports.printing import printed


def city_sheet(data: Mapping[str, object]) -> bytes:
    """The sheet: A4, tagged, its fonts inside.

    Args:
        data: what city_sheet.typ names: texts as they are printed, places on strips in percent.

    Returns:
        A PDF. The same data give the same bytes.
    """
    words = _("{instead} stands for signs that the fonts of this print do not have; the page has.")
    return printed("city_sheet.typ", data, words)
