"""A board pack as one HTML file: its style inside, no script, nothing fetched from anywhere."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from observatory.reports.board_pack_path import HEIGHT, WIDTH
from observatory.reports.board_pack_texts import PackText
from observatory.views.components.status_mark import status_mark, status_shape

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


@lru_cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"status_mark": status_mark, "shape": status_shape}
    environment.filters["drawn"] = Markup
    return environment.get_template("board_pack.html")
