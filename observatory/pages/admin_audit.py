"""`/admin/audit`: who did what, when, from where and why."""

from urllib.parse import urlencode

from flask import Flask, Response, request
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.pages.plain import in_one_line, plain_page, plain_section, plain_table, plain_words
from observatory.views.words import moment_text
from observatory.workspace.engine import Workspace
from observatory.workspace.policy import Action
from observatory.workspace.reader import current_actor, require_current
from observatory.workspace.trail import Entry, latest_entries

PATH = "/admin/audit"
ROWS = 50


def register_admin_audit(server: Flask, workspace: Workspace) -> None:
    """Answer GET /admin/audit."""

    @server.get(PATH)
    def admin_audit() -> Response:
        return audit_page(workspace)


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
        _search(subject),
        plain_section(_("Audit trail"), table if entries else plain_words(_("Nothing yet."))),
        _older(entries, subject),
    )


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
        entry.subject,
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
