"""Tagged PDFs (PDF/UA-1) by Typst, whatever people and publishers write."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER / "fonts"
CONTROL = dict.fromkeys((*range(32), *range(127, 160), 65534, 65535), " ")
UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not|codepoint `"(.+?)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
INSTEAD = "□"
TRIES = 5


def printed(template: str, told: Mapping[str, object], unprintable_words: str) -> bytes:
    """A template filled in: A4, tagged, its fonts inside.

    PDF/UA allows no text that no font has: such characters are printed as INSTEAD, and the
    template is given `unprintable`, words that say so, else "".

    Args:
        template: name of a Typst file in this folder.
        told: what the template names; texts, numbers, lists and mappings of these.
        unprintable_words: what is said where characters are missing; {instead} stands for them.

    Returns:
        A PDF. The same texts give the same bytes.
    """
    content = json.dumps({**_without_control(told), "unprintable": ""}, ensure_ascii=False)
    for _attempt in range(TRIES):
        try:
            return _compiled(template, content)
        except typst.TypstError as error:
            missing = _missing(error)
            if not missing:
                raise
            content = _without(content, missing, unprintable_words.format(instead=INSTEAD))
    return _compiled(template, content)


def _without_control(told: Mapping[str, object]) -> dict[str, object]:
    """The same with blanks for control characters, which no text in print may hold."""
    return {key: _plain(one) for key, one in told.items()}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.translate(CONTROL)
    if isinstance(value, Mapping):
        return _without_control(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _compiled(template: str, content: str) -> bytes:
    written: bytes = typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": content},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return written


def _missing(error: typst.TypstError) -> list[str]:
    """The texts that no font has, as the error lists them; longest first."""
    found = [first or second for first, second in UNPRINTABLE.findall(error.diagnostic)]
    plain = {ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found}
    return sorted(plain, key=len, reverse=True)


def _without(content: str, missing: list[str], words: str) -> str:
    """The content with INSTEAD for these texts, and words that say so."""
    for text in missing:
        content = content.replace(text, INSTEAD)
    return json.dumps({**json.loads(content), "unprintable": words}, ensure_ascii=False)
