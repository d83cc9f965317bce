"""`/admin/audit`: who did what, when, from where and why; whether the trail holds; as a file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Flask, Response, abort, request, stream_with_context
from markupsafe import Markup

from observatory.exchange.audit_file import FORMS, trail_lines
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.forms import message
from observatory.pages.plain import in_one_line, plain_page, plain_section, plain_table, plain_words
from observatory.views.words import moment_text, number_text
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import verify_chain
from observatory.workspace.policy import Action
from observatory.workspace.reader import current_actor, require_current
from observatory.workspace.trail import Entry, latest_entries, newest_sequence
from observatory.workspace.trail_check import Deviation, deviations

PATH = "/admin/audit"
ROWS = 50
CHECKED_AT_ONCE = 20_000  # rows that are verified with each view of the page: in a quarter second
KINDS = {"csv": "text/csv", "json": "application/x-ndjson"}


def register_admin_audit(server: Flask, workspace: Workspace) -> None:
    """Answer the addresses of the audit trail."""

    @server.get(PATH)
    def admin_audit() -> Response:
        return audit_page(workspace)

    @server.get(f"{PATH}/export.<form>")
    def admin_audit_export(form: str) -> Response:
        return audit_file(workspace, form)


def audit_file(workspace: Workspace, form: str) -> Response:
    """The whole trail as a file, as `observatory check audit --export` writes it.

    Raises:
        NotAllowedError: the reader does not administer.
    """
    require_current(Action.ADMINISTER)
    if form not in FORMS:
        abort(404)
    name = f"observatory-audit-{datetime.now(UTC).date()}.{form}"
    answer = Response(stream_with_context(trail_lines(workspace, form)), mimetype=KINDS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def audit_page(workspace: Workspace) -> Response:
    """The audit trail, the newest first, a page at a time.

    Raises:
        NotAllowedError: the reader does not administer.
    """
    require_current(Action.ADMINISTER)
    subject = request.args.get("subject", "")
    asked = request.args.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else 0  # noqa: PLR2004 - of BIGINT
    entries = latest_entries(workspace, current_actor(), subject=subject, before=before, limit=ROWS)
    header = [_("No."), _("When"), _("Who"), _("From"), _("What"), _("About"), _("Change")]
    table = plain_table(_("Audit trail"), header, [_row(entry) for entry in entries])
    return plain_page(
        _("Who did what?"),
        _("Every change of people and plan, in the order of writing; the newest first."),
        _chain(workspace) if not (subject or before) else Markup(""),
        _search(subject),
        plain_section(_("Audit trail"), table if entries else plain_words(_("Nothing yet."))),
        _older(entries, subject),
    )


def _chain(workspace: Workspace) -> Markup:
    """Whether the trail holds, and the way to take it away."""
    rows = newest_sequence(workspace)
    is_asked = request.args.get("check") == "all"
    if rows > CHECKED_AT_ONCE and not is_asked:
        told = plain_words(
            _("The trail has {count} rows.").format(count=number_text(rows)),
            _("Checking them takes some seconds."),
        ) + Markup('<p class="button-row"><a class="button" href="{}?check=all">{}</a></p>').format(
            PATH, _("Check every row")
        )
    else:
        told = _verdict(workspace)
    files = Markup(" · ").join(
        Markup('<a href="{}/export.{}" download>{}</a>').format(PATH, form, form.upper())
        for form in FORMS
    )
    whole = Markup('<p class="source-line">{} {}</p>').format(_("The whole trail:"), files)
    return plain_section(_("Does it hold?"), told, whole)


def _verdict(workspace: Workspace) -> Markup:
    verdict = verify_chain(workspace)
    if verdict.broken_at is None:
        words = ngettext(
            "The trail holds: {count} row, as it was written, and none is missing.",
            "The trail holds: {count} rows, each as it was written, and none is missing.",
            verdict.rows,
        )
        holds = plain_words(words.format(count=number_text(verdict.rows)))
        return holds + _deviations(deviations(workspace))
    words = _(
        "The trail is broken at row {number}: {problem}. The {count} rows before it are as they "
        "were written. Compare it with a file that was kept elsewhere."
    )
    told = words.format(
        number=verdict.broken_at, problem=verdict.problem, count=number_text(verdict.rows)
    )
    return message(told, is_problem=True)


def _deviations(found: Sequence[Deviation]) -> Markup:
    """What is not as the trail tells, the first of it."""
    if not found:
        words = _("Updates, threads, decisions, imports, accounts and tokens are as it tells.")
        return plain_words(words)
    words = ngettext(
        "{count} thing is not as the trail tells; nobody wrote it here.",
        "{count} things are not as the trail tells; nobody wrote them here.",
        len(found),
    ).format(count=number_text(len(found)))
    items = Markup("").join(
        Markup('<li class="change">{}</li>').format(str(one)) for one in found[:ROWS]
    )
    return message(words, is_problem=True) + Markup("<ul>{}</ul>").format(items)


def _row(entry: Entry) -> list[object]:
    change = " → ".join(part for part in (entry.old, entry.new) if part)
    words = Markup('<span class="change">{}</span>').format(change)
    if entry.why:
        words += Markup('<br><span class="small">{}</span>').format(entry.why)
    return [
        entry.sequence,
        moment_text(entry.written_at),
        entry.person_name,
        in_one_line(entry.address),
        in_one_line(entry.action),
        Markup('<span class="change">{}</span>').format(entry.subject),
        words,
    ]


def _search(subject: str) -> Markup:
    return Markup(
        '<form method="get" action="{path}" class="plain-form row-form"><p class="field">'
        '<label for="subject">{label}</label>'
        '<input id="subject" name="subject" value="{subject}" autocomplete="off"></p>'
        '<p class="field"><button type="submit" class="button">{button}</button></p></form>'
    ).format(
        path=PATH, label=_("About what (begins with)"), subject=subject, button=_("Show these")
    )


def _older(entries: list[Entry], subject: str) -> Markup:
    if len(entries) < ROWS:
        return Markup("")
    search = urlencode({"subject": subject, "before": entries[-1].sequence})
    return Markup('<p class="button-row"><a class="button" href="{}?{}">{}</a></p>').format(
        PATH, search, _("Older ones")
    )
