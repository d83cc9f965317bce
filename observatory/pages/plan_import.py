"""`/plan/import`: a plan from a file, shown as what it would change, kept once that is confirmed.

Between the two nothing is kept here: the preview's form carries the file back, and it is read and
checked again as if it came for the first time.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import PurePath

from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from observatory.errors import DatasetError, InputError
from observatory.exchange.plan_files import plan_from_content
from observatory.exchange.stratml_schema import MOST_BYTES
from observatory.language import gettext as _
from observatory.pages.forms import file_field, form, require_form_token, typed
from observatory.pages.plain import plain_page, plain_section, plain_words
from observatory.pages.plan_data import PlanReader
from observatory.pages.plan_import_preview import preview_page
from observatory.reports.plan_coming import PlanComing, plan_coming
from observatory.store.warehouse import Store
from observatory.views.words import number_text
from observatory.workspace.engine import Workspace
from observatory.workspace.plan_imports import keep_import
from observatory.workspace.policy import Action
from observatory.workspace.reader import current_actor, require_current

PATH = "/plan/import"
LARGEST_REQUEST = 4 * MOST_BYTES  # beyond it nothing is read; up to it the size is told in words
LONGEST_NAME = 200


@dataclass(frozen=True)
class ImportDesk:
    """What the page works on: the snapshot, what people write, the plan of both."""

    store: Store
    workspace: Workspace
    reader: PlanReader

    def coming(self, content: bytes, file_name: str) -> PlanComing:
        """What the plan of a file would change.

        Raises:
            DatasetError: it makes no plan; each problem names its place.
        """
        today = datetime.now(UTC).date()
        read = plan_from_content(content, file_name, today)
        with self.store.reading():
            return plan_coming(self.reader, self.store, read, file_name, today)


def register_plan_import(
    server: Flask, store: Store, workspace: Workspace, reader: PlanReader
) -> None:
    """Answer the addresses of the import."""
    desk = ImportDesk(store, workspace, reader)

    @server.get(PATH)
    def plan_import() -> Response:
        require_current(Action.IMPORT_PLAN)
        return import_page()

    @server.post(PATH)
    def plan_import_shown() -> AnyResponse:
        return _answered(desk, is_confirmed=False)

    @server.post(f"{PATH}/confirmed")
    def plan_import_confirmed() -> AnyResponse:
        return _answered(desk, is_confirmed=True)


def import_page(
    *, problem: str = "", problems: tuple[str, ...] = (), status: int = HTTPStatus.OK
) -> Response:
    """The form that takes a file; `problems` are what is wrong with the one that was sent."""
    done = request.args.get("done") == "kept" and not problem
    note = _("StratML Part 1 or 2 (.xml), or our own JSON (.json); at most {most} megabytes.")
    refused = Markup("").join(Markup("<li>{}</li>").format(one) for one in problems)
    return plain_page(
        _("Which plan is to stand?"),
        _(
            "A plan from a file stands from the day of its import; as of earlier days the one "
            "before it is shown. First you see all that would change. Nothing is kept until you "
            "confirm it with a reason."
        ),
        plain_section(_("What is wrong with it"), Markup('<ul class="ruled-list problems">{}</ul>')
                      .format(refused)) if problems else Markup(""),
        plain_section(
            _("The file"),
            form(
                PATH,
                file_field(
                    "plan",
                    _("File of the plan"),
                    accept=".xml,.json",
                    note=note.format(most=number_text(MOST_BYTES // 1_000_000)),
                ),
                button=_("Show what would change"),
                sends_files=True,
            ),
        ),
        plain_words(_("What updates said since stays in the plan, whatever the file says.")),
        _files(),
        status=status,
        problem=problem,
        done=_("The plan of the file stands from now on.") if done else "",
    )  # fmt: skip


def _files() -> Markup:
    """Ways to the plan as it stands, to change it elsewhere and bring it back."""
    links = Markup(" · ").join(
        Markup('<a href="/plan/files/{}">{}</a>').format(name, words)
        for name, words in (
            ("stratml", _("StratML Part 2")),
            ("json", _("JSON")),
            ("json-schema", _("schema of the JSON")),
        )
    )
    return Markup('<p class="source-line">{} {} · <a href="/plan">{}</a></p>').format(
        _("The plan as it stands:"), links, _("Plan")
    )


def _answered(desk: ImportDesk, *, is_confirmed: bool) -> AnyResponse:
    """What came of a file, or what is wrong with it; where it is wrong, nothing was changed."""
    require_current(Action.IMPORT_PLAN)
    request.max_content_length = LARGEST_REQUEST
    request.max_form_memory_size = LARGEST_REQUEST  # the confirmation carries the file as text
    try:
        require_form_token()
        return _confirmed(desk) if is_confirmed else _shown(desk)
    except RequestEntityTooLarge:
        problem = _("Expected a file of {most} megabytes at most. Nothing was changed.")
        problem = problem.format(most=number_text(MOST_BYTES // 1_000_000))
        return import_page(problem=problem, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except InputError as error:
        return import_page(problem=str(error), status=HTTPStatus.BAD_REQUEST)
    except DatasetError as error:
        return import_page(
            problem=_("This file makes no plan. Nothing was changed."),
            problems=tuple(map(str, error.problems)),
            status=HTTPStatus.BAD_REQUEST,
        )


def _shown(desk: ImportDesk) -> AnyResponse:
    sent = request.files.get("plan")
    if sent is None or not sent.filename:
        raise InputError(_("Expected a file, found none. Choose one."))
    with sent.stream as stream:
        content = stream.read(MOST_BYTES + 1)
    return _preview(desk, content, _plain_name(sent.filename))


def _confirmed(desk: ImportDesk) -> AnyResponse:
    name = _plain_name(typed("file_name"))
    content = _carried()
    if not typed("why").strip():
        told = _("Expected a reason: it stays in the audit trail.")
        return _preview(desk, content, name, problem=told, status=HTTPStatus.BAD_REQUEST)
    if typed("edition") != desk.reader.edition():
        told = _("The plan has changed since you looked. This is what would change now.")
        return _preview(desk, content, name, problem=told, status=HTTPStatus.CONFLICT)
    coming = desk.coming(content, name)
    why = typed("why").strip()
    keep_import(desk.workspace, current_actor(), coming.plan, file_name=name, why=why)
    return redirect(f"{PATH}?done=kept", HTTPStatus.SEE_OTHER)


def _preview(
    desk: ImportDesk, content: bytes, name: str, *, problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    edition = desk.reader.edition()
    coming = desk.coming(content, name)
    carried = {"file_name": name, "edition": edition, "content": b64encode(content).decode()}
    address = f"{PATH}/confirmed"
    return preview_page(coming, carried, address, problem=problem, status=status)


def _carried() -> bytes:
    try:
        return b64decode(typed("content"), validate=True)
    except (binascii.Error, ValueError):
        raise InputError(_("Expected the file of the preview. Send it again.")) from None


def _plain_name(name: str) -> str:
    """The last part of a file's name, in letters that can be shown."""
    last = PurePath(name).name
    return "".join(letter for letter in last if letter.isprintable())[-LONGEST_NAME:]
