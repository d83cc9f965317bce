"""GET /atlas/view.csv: exactly the rows of an Atlas view, with what they rest on."""

import csv
import io

from flask import Flask, Response, request

from observatory.language import gettext as _
from observatory.pages.atlas_data import atlas_data
from observatory.pages.atlas_view import atlas_view
from observatory.pages.visit import current_theme, visit_of
from observatory.queries.catalogue import find_source
from observatory.store.warehouse import Store
from observatory.views.words import unit_text

COLUMNS = (
    "city_id",
    "member_name",
    "country",
    "region",
    "evidence",
    "period_year",
    "value",
    "category",
    "unit",
    "status",
    "scale",
    "boundary",
    "source_id",
    "source_row",
    "reason_code",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def register_csv(server: Flask, store: Store) -> None:
    """Add the route."""

    @server.get("/atlas/view.csv")
    def atlas_csv() -> Response:
        name, text = view_csv(store, request.query_string.decode())
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, mimetype="text/csv", headers=headers)


def view_csv(store: Store, search: str) -> tuple[str, str]:
    """File name and content for the address of a view; licence and citation close the file."""
    with store.reading() as publication:
        view = atlas_view(store, visit_of("/atlas", search))
        data = atlas_data(store, view, current_theme())
        source = find_source(store, view.indicator.source_id)
    frame = data.members.assign(unit=unit_text(view.indicator))[list(COLUMNS)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in frame.astype("object").where(frame.notna(), "").itertuples(index=False):
        writer.writerow([_guarded(cell) for cell in row])
    year = str(view.year) if view.year is not None else "latest"
    writer.writerow([])
    for line in (
        f"{view.indicator.title}, {year}",
        _("Source: {citation}").format(citation=source.citation),
        _("Licence: {licence}").format(licence=source.licence),
        _("Snapshot {snapshot}, view {address}").format(
            snapshot=publication.snapshot_id, address=view.address()
        ),
    ):
        writer.writerow([line])
    return f"metropolis-{view.indicator.indicator_id}-{year}.csv", out.getvalue()


def _guarded(cell: object) -> object:
    """A text that a spreadsheet would run as a formula is given a leading apostrophe."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
