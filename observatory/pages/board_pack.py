"""GET /plan/board-pack.<form>: the plan as of a day for a board, also for the command line."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from observatory.domain.plan import as_of, tree
from observatory.domain.plan_figures import inputs_of
from observatory.domain.plan_status import assessments
from observatory.errors import ObservatoryError, SettingsError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.exports import problem_of
from observatory.queries.plan import plan_on_record
from observatory.reports.board_pack import FORMS
from observatory.reports.board_pack_texts import BoardPack
from observatory.store.warehouse import Store

PATH = "/plan/board-pack.<form>"
PARAMETERS = frozenset({"as_of", "illustrative"})


def register_board_pack(server: Flask, store: Store) -> None:
    """Answer GET /plan/board-pack.pdf, .xlsx and .html."""

    @server.get(PATH)
    def board_pack(form: str) -> Response:
        return board_pack_response(store, form, request.args.to_dict(flat=False))


def board_pack_response(store: Store, form: str, query: dict[str, list[str]]) -> Response:
    """The pack in a form, or a problem document that says what is wrong with the address."""
    try:
        on, illustrative = _asked(query)
        content = board_pack(store, form, on, illustrative=illustrative)
        snapshot_id = store.publication().snapshot_id
    except (ObservatoryError, BadRequest) as error:
        return problem_of(error)
    placed = "inline" if form == "pdf" else "attachment"
    name = f"metropolis-board-pack-{on.isoformat()}-{snapshot_id}.{form}"
    headers = {
        "Content-Disposition": f'{placed}; filename="{name}"',
        "Cache-Control": "no-cache",
    }
    return Response(content, mimetype=FORMS[form].media_type, headers=headers)


def _asked(query: dict[str, list[str]]) -> tuple[date, bool]:
    """The day and whether illustrative targets count, as the address asks.

    Raises:
        BadRequest: the address makes no sense.
    """
    unknown = sorted(set(query) - PARAMETERS)
    if unknown:
        raise BadRequest(
            _("Unknown here: {names}. Known: {known}.").format(
                names=", ".join(unknown), known=", ".join(sorted(PARAMETERS))
            )
        )
    choice = query.get("illustrative", ["on"])[0]
    if choice not in {"on", "off"}:
        raise BadRequest(_("Expected illustrative=on or off, found {it}.").format(it=choice))
    return day_asked(query.get("as_of", [""])[0]), choice == "on"


def day_asked(text: str) -> date:
    """A day as it was asked for, "2022-06-30"; today in UTC for "".

    Raises:
        BadRequest: it is no day, or one to come, of which nothing is known yet.
    """
    today = datetime.now(UTC).date()
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest(
            _("Expected a day such as 2022-06-30, found {it}.").format(it=text)
        ) from None
    if day > today:
        raise BadRequest(
            _("Expected a day up to {today}, found {it}: nothing is known of it yet.").format(
                today=today.isoformat(), it=text
            )
        )
    return day


def board_pack(store: Store, form: str, on: date, *, illustrative: bool) -> bytes:
    """The pack of the plan as it was known on a day.

    Raises:
        UnknownIdError: there is no such form.
        StoreError: the snapshot holds no plan, or cannot be read.
    """
    if form not in FORMS:
        raise UnknownIdError("form of the board pack", form, list(FORMS))
    with store.reading() as publication:
        plan = as_of(plan_on_record(store), on, illustrative=illustrative)
        inputs = {one.measure_id: inputs_of(plan, one, on) for one in plan.measures}
        pack = BoardPack(
            plan,
            on,
            assessments(tree(plan), inputs),
            publication.snapshot_id,
            publication.published_at,
            has_illustrative=illustrative,
        )
    return FORMS[form].written(pack)


def write_board_pack(store: Store, file: Path, on: date, *, illustrative: bool) -> None:
    """Write the pack to a file in the form that its ending names, whole or not at all.

    Raises:
        UnknownIdError: the ending names no form.
        SettingsError: the file cannot be written.
    """
    content = board_pack(store, file.suffix.removeprefix("."), on, illustrative=illustrative)
    try:
        with NamedTemporaryFile(dir=file.parent, delete=False, suffix=".part") as part:
            part.write(content)
        Path(part.name).replace(file)
    except OSError as error:
        raise SettingsError(
            f"Expected to write {file}, found: {error.strerror}. Name another file."
        ) from error
