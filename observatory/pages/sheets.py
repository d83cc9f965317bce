"""GET /sheets/<city_id>.pdf, and all sheets at once for the command line."""

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask, Response, request

from observatory.errors import ObservatoryError, SettingsError
from observatory.pages.city_sheet_data import sheet_data
from observatory.pages.exports import problem_of
from observatory.reports.city_sheet import city_sheet
from observatory.store.warehouse import Store

PATH = "/sheets/<city_id>.pdf"


def register_sheets(server: Flask, store: Store, public_url: str) -> None:
    """Answer GET /sheets/<city_id>.pdf; what is printed names the public address, if it is set."""

    @server.get(PATH)
    def sheet(city_id: str) -> Response:
        return sheet_response(store, city_id, public_url or request.host_url)


def sheet_response(store: Store, city_id: str, site: str) -> Response:
    """The sheet of a member, or a problem document that says what is wrong."""
    try:
        content = city_sheet(sheet_data(store, city_id, site))
        snapshot_id = store.publication().snapshot_id
    except ObservatoryError as error:
        return problem_of(error)
    name = f"metropolis-sheet-{city_id}-{snapshot_id}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(content, mimetype="application/pdf", headers=headers)


def write_sheets(
    store: Store,
    city_ids: Iterable[str],
    folder: Path,
    *,
    site: str,
    done: Callable[[str], None],
) -> int:
    """Write the sheets of members into a folder; each is there whole or not at all.

    Args:
        store: the published snapshot.
        city_ids: whose.
        folder: made where it is missing.
        site: where readers reach the observatory; "" where nobody said.
        done: told each member once its sheet is written.

    Returns:
        How many were written.

    Raises:
        UnknownIdError: there is no such member; nothing of it is written.
        SettingsError: the folder cannot be written.
    """
    count = 0
    for city_id in city_ids:
        content = city_sheet(sheet_data(store, city_id, site))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=folder, delete=False, suffix=".part") as part:
                part.write(content)
            Path(part.name).replace(folder / f"{city_id}.pdf")
        except OSError as error:
            raise SettingsError(
                f"Expected to write to {folder}, found: {error.strerror}. Name another folder."
            ) from error
        count += 1
        done(city_id)
    return count
