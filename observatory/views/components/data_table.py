"""A plain table that reads aloud well; on a phone each row becomes a small stack."""

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from observatory.views.components.escaping import escaped
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
    frames = [_cell_frame(label, kind, first=not at) for at, (label, kind) in enumerate(header)]
    body = Markup("".join(_row(cells, frames) for cells in rows))  # noqa: S704 - each cell is
    return rendered("data_table", caption=caption, header=header, body=body, table_id=table_id)


def _cell_frame(label: str, kind: str, *, first: bool) -> tuple[str, str]:
    """What stands before and after the content of a column's cells."""
    if first:
        return f'<th scope="row" class="cell-{kind}">', "</th>"
    return f'<td class="cell-{kind}" data-label="{escape(label)}">', "</td>"


def _row(cells: Sequence[Children | None], frames: Sequence[tuple[str, str]]) -> str:
    """A row; joined by hand, since a large table has ten thousand cells."""
    pairs = zip(cells, frames, strict=True)
    written = [f"{before}{_written(cell)}{after}" for cell, (before, after) in pairs]
    return f"<tr>{''.join(written)}</tr>\n"


def _written(cell: Children | None) -> str:
    """Texts are escaped, components are written out."""
    if isinstance(cell, Markup):  # a str of its own
        return cell
    return escaped(cell) if isinstance(cell, str) else markup(cell)
