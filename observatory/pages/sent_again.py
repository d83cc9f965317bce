"""What was typed into a form that could not be taken now, for the page that says so."""

from flask import request
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.pages.forms import FIELD
from observatory.pages.plain import plain_section, plain_table
from observatory.views.update_words import field_word

NOT_TYPED = frozenset({FIELD, "version", "kind", "back", "knowing", "next"})
SECRET = "password"  # noqa: S105 - part of a field's name


def sent_again() -> Markup:
    """What the request at hand carried, with a button that sends it once more.

    Nothing where it holds a password or a file, which are never shown again.
    """
    fields = list(request.form.items(multi=True))
    if not fields or request.files or any(SECRET in name for name, _value in fields):
        return Markup("")
    rows = [
        [field_word(name), value]
        for name, value in fields
        if value and name not in NOT_TYPED and not name.endswith("_id")
    ]
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in fields
    )
    again = Markup(
        '<form method="post" action="{}" class="plain-form">{}'
        '<p class="field"><button type="submit" class="button button-main">{}</button></p></form>'
    ).format(request.path, hidden, _("Send it again"))
    title = _("What you typed")
    table = plain_table(title, [_("Field"), _("Value")], rows) if rows else Markup("")
    return plain_section(title, table, again)
