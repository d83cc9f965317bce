"""A board pack as a tagged PDF (PDF/UA-1), a workbook, or one HTML file that needs no network."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from observatory.language import gettext as _
from observatory.reports.board_pack_book import board_pack_book
from observatory.reports.board_pack_content import pack_text
from observatory.reports.board_pack_html import board_pack_html
from observatory.reports.board_pack_path import HEIGHT, WIDTH
from observatory.reports.board_pack_texts import BoardPack, PackText
from observatory.views.components.status_mark import SHAPES

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "board_pack.typ"
FONTS = FOLDER / "fonts"

CONTROL = dict.fromkeys((*range(32), *range(127, 160), 65534, 65535), " ")
UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not|codepoint `"(.+?)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
INSTEAD = "□"
TRIES = 5


@dataclass(frozen=True)
class Form:
    """One form of the pack: its media type, and how it is written."""

    media_type: str
    written: Callable[[BoardPack], bytes]


def board_pack_pdf(pack: BoardPack) -> bytes:
    """The pack on A4, tagged, its fonts inside. The same pack gives the same bytes.

    PDF/UA allows no text that no font has: such characters are printed as INSTEAD, and the last
    page says so; the other two forms hold them.
    """
    content = _printed(pack_text(pack))
    for _attempt in range(TRIES):
        try:
            return _compiled(content)
        except typst.TypstError as error:
            unprintable = _unprintable(error)
            if not unprintable:
                raise
            content = _without(content, unprintable)
    return _compiled(content)


def _printed(text: PackText) -> str:
    """The texts and shapes as JSON, for the template."""
    told = asdict(text)
    told["shapes"] = SHAPES
    told["picture_size"] = (WIDTH, HEIGHT)
    told["unprintable"] = ""
    return json.dumps(_without_control(told), ensure_ascii=False)


def _without_control(value: object) -> object:
    """The same with blanks for control characters, which no text in print may hold."""
    if isinstance(value, str):
        return value.translate(CONTROL)
    if isinstance(value, Mapping):
        return {key: _without_control(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_control(one) for one in value]
    return value


def _compiled(content: str) -> bytes:
    written: bytes = typst.compile(
        str(TEMPLATE),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": content},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return written


def _unprintable(error: typst.TypstError) -> list[str]:
    """The texts that no font has, as the error lists them; longest first."""
    found = [first or second for first, second in UNPRINTABLE.findall(error.diagnostic)]
    plain = {ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found}
    return sorted(plain, key=len, reverse=True)


def _without(content: str, unprintable: list[str]) -> str:
    """The content with INSTEAD for these texts, and a line that says so."""
    for text in unprintable:
        content = content.replace(text, INSTEAD)
    told = json.loads(content)
    told["unprintable"] = _(
        "{instead} stands for signs that the fonts of this print do not have; the workbook and "
        "the HTML file hold them."
    ).format(instead=INSTEAD)
    return json.dumps(told, ensure_ascii=False)


def _book(pack: BoardPack) -> bytes:
    return board_pack_book(pack, pack_text(pack))


def _page(pack: BoardPack) -> bytes:
    return board_pack_html(pack_text(pack))


FORMS: Mapping[str, Form] = {
    "pdf": Form("application/pdf", board_pack_pdf),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _book),
    "html": Form("text/html", _page),
}
