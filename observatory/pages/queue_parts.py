"""Parts of an update's page: what it says, its thread, two versions beside each other."""

from collections.abc import Mapping

from markupsafe import Markup

from observatory.errors import ConflictError
from observatory.language import gettext as _
from observatory.pages.forms import form, hidden_field, text_field
from observatory.pages.plain import plain_section, plain_table, plain_words
from observatory.pages.queue import Desk
from observatory.pages.queue_lists import PATH
from observatory.views.update_words import field_word, remark_word
from observatory.views.words import moment_text
from observatory.workspace.reader import current_person
from observatory.workspace.update_content import FIELDS, number_of
from observatory.workspace.update_lists import Update, thread


def content_part(found: Update) -> Markup:
    """What an update says, field by field."""
    rows = [
        [field_word(name), "" if value is None else value]
        for name, value in found.content.items()
        if value not in (None, "", False)
    ]
    number = number_of(found.content.get("value"))
    if number is not None:
        rows.append([_("The figure is read as"), f"{number:,.15g}"])
    return plain_section(
        _("What it says"), plain_table(_("What it says"), [_("Field"), _("Value")], rows)
    )


def thread_part(desk: Desk, found: Update) -> Markup:
    """What was said about an update, and a line to say something."""
    items = Markup("").join(
        Markup("<li><b>{}</b> {} <span class='small'>{}</span>{}{}</li>").format(
            one.person_name,
            remark_word(one.kind),
            moment_text(one.said_at),
            Markup("<p>{}</p>").format(one.words) if one.words else "",
            _difference(one.changed),
        )
        for one in thread(desk.workspace, current_person(), found)
    )
    said = (
        Markup('<ol class="ruled-list">{}</ol>').format(items)
        if items
        else plain_words(_("Nothing was said yet."))
    )
    own = form(
        f"{PATH}/{found.update_id}/comment",
        text_field("words", _("Say something"), suffix="comment"),
        button=_("Add"),
        quiet=True,
    )
    return plain_section(_("Thread"), said, own)


def _difference(changed: Mapping[str, object]) -> Markup:
    rows = [
        [field_word(name), *("–" if value in (None, "") else value for value in pair)]
        for name, pair in changed.items()
        if isinstance(pair, list) and any(value not in (None, "") for value in pair)
    ]
    header = [_("Field"), _("Before"), _("Now")]
    return plain_table(_("What changed"), header, rows) if rows else Markup("")


def conflict_part(conflict: ConflictError, found: Update) -> Markup:
    """Both contents beside each other, and the way to go on knowing the other's."""
    names = [name for name in FIELDS[found.kind] if name in {*conflict.own, *conflict.theirs}]
    rows = [
        [field_word(one), conflict.own.get(one) or "–", conflict.theirs.get(one) or "–"]
        for one in names
    ]
    other = str(conflict.theirs.get("update_id") or "")
    onward = (
        form(
            f"{PATH}/{found.update_id}/submit",
            hidden_field("version", found.version),
            hidden_field("knowing", other),
            *(hidden_field(name, found.content.get(name) or "") for name in FIELDS[found.kind]),
            button=_("Hand in mine all the same"),
        )
        if other
        else Markup("")
    )
    header = [_("Field"), _("Yours"), _("The other")]
    return plain_section(_("Both versions"), plain_table(_("Both versions"), header, rows), onward)
