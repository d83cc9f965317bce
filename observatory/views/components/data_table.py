"""A plain table that reads aloud well; on a phone each row becomes a small stack."""

from collections.abc import Sequence

from markupsafe import Markup

from observatory.views.components.frame import Children
from observatory.views.components.static import markup
from observatory.views.components.template import rendered


def data_table(
    caption: str,
    header: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Children | None]],
    *,
    table_id: str | None = None,
) -> Markup:
    """The table as HTML text, for `static`.

    Args:
        caption: what the table holds, for screen readers.
        header: (label, kind) per column; kind "number" aligns right, else "text".
        rows: cells in the order of the header; the first cell of a row is its heading. A cell
            is a text, an html component or link, a list of these, or None for an empty one.
        table_id: id of the table.
    """
    written = [[_written(cell) for cell in cells] for cells in rows]
    return rendered("data_table", caption=caption, header=header, rows=written, table_id=table_id)


def _written(cell: Children | None) -> str:
    """Texts are escaped by the template; components are written out here."""
    return cell if isinstance(cell, str) else Markup(markup(cell))  # noqa: S704 - markup escapes
