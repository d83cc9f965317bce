"""A board pack as one HTML file: its style inside, no script, nothing fetched from anywhere."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from observatory.reports.board_pack_marks import HEIGHT, WIDTH, mark
from observatory.reports.board_pack_texts import PackText

FOLDER = Path(__file__).resolve().parent


def board_pack_html(text: PackText) -> bytes:
    """The file, in UTF-8. Texts are escaped; links lead to sources on the web only."""
    page = _template().render(
        pack=text,
        w=text.words,
        style=Markup((FOLDER / "board_pack.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        width=int(WIDTH),
        height=int(HEIGHT),
    )
    return page.encode("utf-8")


def _mark(status: str) -> Markup:
    return Markup(mark(status))  # noqa: S704 - drawn here from a code, no text inside


@lru_cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["mark"] = _mark
    environment.filters["drawn"] = Markup
    return environment.get_template("board_pack.html")
