"""A board pack as a tagged PDF (PDF/UA-1), a workbook, or one HTML file that needs no network."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from observatory.language import gettext as _
from observatory.reports.board_pack_book import board_pack_book
from observatory.reports.board_pack_content import pack_text
from observatory.reports.board_pack_html import board_pack_html
from observatory.reports.board_pack_path import HEIGHT, WIDTH
from observatory.reports.board_pack_texts import BoardPack
from observatory.reports.printing import printed
from observatory.views.components.status_mark import SHAPES


@dataclass(frozen=True)
class Form:
    """One form of the pack: its media type, and how it is written."""

    media_type: str
    written: Callable[[BoardPack], bytes]


def board_pack_pdf(pack: BoardPack) -> bytes:
    """The pack on A4, tagged, its fonts inside. The same pack gives the same bytes.

    Signs that no font has are printed as □, and the last page says so; the other two forms hold
    them.
    """
    words = _(
        "{instead} stands for signs that the fonts of this print do not have; the workbook and "
        "the HTML file hold them."
    )
    told = {**asdict(pack_text(pack)), "shapes": SHAPES, "picture_size": (WIDTH, HEIGHT)}
    return printed("board_pack.typ", told, words)


def _book(pack: BoardPack) -> bytes:
    return board_pack_book(pack, pack_text(pack))


def _page(pack: BoardPack) -> bytes:
    return board_pack_html(pack_text(pack))


FORMS: Mapping[str, Form] = {
    "pdf": Form("application/pdf", board_pack_pdf),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _book),
    "html": Form("text/html", _page),
}
