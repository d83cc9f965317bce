"""GET /plan/board-pack.<form>: the plan as of a day for a board, also for the command line."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from observatory.errors import ObservatoryError, SettingsError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.exports import problem_of
from observatory.pages.plan_data import PlanReader
from observatory.pages.plan_view import PlanView, plan_view
from observatory.pages.visit import visit_of
from observatory.queries.plan import taking_part
from observatory.reports.board_pack import FORMS
from observatory.reports.board_pack_texts import BoardPack
from observatory.store.warehouse import Store

PATH = "/plan/board-pack.<form>"


def register_board_pack(server: Flask, store: Store, reader: PlanReader, site: str) -> None:
    """Answer GET /plan/board-pack.pdf, .xlsx and .html; `site` is where readers find us."""

    @server.get(PATH)
    def board_pack(form: str) -> Response:
        search = request.query_string.decode("utf-8", "replace")
        return board_pack_response(store, reader, form, search, site)


def board_pack_response(
    store: Store, reader: PlanReader, form: str, search: str, site: str
) -> Response:
    """The pack in a form, or a problem document that says what is wrong with the address."""
    try:
        view = asked_view(search)
        content = board_pack(store, reader, form, view, site)
        snapshot_id = store.publication().snapshot_id
    except (ObservatoryError, BadRequest) as error:
        return problem_of(error)
    placed = "inline" if form == "pdf" else "attachment"
    name = f"metropolis-board-pack-{view.as_of.isoformat()}-{snapshot_id}.{form}"
    headers = {
        "Content-Disposition": f'{placed}; filename="{name}"',
        "Cache-Control": "no-cache",
    }
    return Response(content, mimetype=FORMS[form].media_type, headers=headers)


def asked_view(search: str) -> PlanView:
    """The view of the plan that a query string asks for.

    Raises:
        BadRequest: part of it makes no sense; a pack of something else would mislead.
    """
    view = plan_view(visit_of(PATH, search))
    if view.ignored:
        raise BadRequest(
            _("Not understood: {parts}. Expected as_of=2022-06-30, illustrative=off.").format(
                parts=", ".join(view.ignored)
            )
        )
    return view


def board_pack(
    store: Store, reader: PlanReader, form: str, view: PlanView, site: str = ""
) -> bytes:
    """The pack of the plan as it was known on the day of a view.

    Args:
        store: the published snapshot.
        reader: the plan.
        form: one of FORMS.
        view: the day, and which targets count.
        site: address where readers find the observatory; "" where it is not set.

    Raises:
        UnknownIdError: there is no such form.
        StoreError: the snapshot holds no plan, or cannot be read.
    """
    if form not in FORMS:
        raise UnknownIdError("form of the board pack", form, list(FORMS))
    with store.reading() as publication:
        data = reader.data(store, view)
        members = taking_part(store, data.plan, view.as_of.year)
    pack = BoardPack(
        data.plan,
        view.as_of,
        data.found,
        publication.snapshot_id,
        publication.published_at,
        taking_part=members,
        has_illustrative=view.illustrative,
        notice=data.notice,
        site=site,
    )
    return FORMS[form].written(pack)


def write_board_pack(
    store: Store, reader: PlanReader, file: Path, view: PlanView, site: str = ""
) -> None:
    """Write the pack to a file in the form that its ending names, whole or not at all.

    Raises:
        UnknownIdError: the ending names no form.
        StoreError: the snapshot holds no plan, or cannot be read.
        SettingsError: the file cannot be written.
    """
    content = board_pack(store, reader, file.suffix.removeprefix("."), view, site)
    try:
        with NamedTemporaryFile(dir=file.parent, delete=False, suffix=".part") as part:
            part.write(content)
        Path(part.name).replace(file)
    except OSError as error:
        raise SettingsError(
            f"Expected to write {file}, found: {error.strerror}. Name another file."
        ) from error
