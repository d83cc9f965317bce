"""Parts of plain forms: labelled fields that work without a mouse and without a script."""

import hmac
from collections.abc import Collection, Sequence

from flask import Response, g, request
from markupsafe import Markup

from observatory.errors import NotAllowedError
from observatory.language import gettext as _
from observatory.workspace.reader import cookie_name, current_reader, set_cookie
from observatory.workspace.secret_tokens import new_token

FIELD = "form_token"
COOKIE = "form"  # of a browser without a session
COOKIE_SECONDS = 12 * 3_600
NOTHING = Markup("")
SELECTED = Markup(" selected")
CHECKED = Markup(" checked")
REQUIRED = Markup(" required")
AUTOFOCUS = Markup(" autofocus")
WITH_FILES = Markup(' enctype="multipart/form-data"')


def text_field(  # noqa: PLR0913 - each is an attribute of the field
    name: str,
    label: str,
    *,
    kind: str = "text",
    value: str = "",
    autocomplete: str = "off",
    note: str = "",
    required: bool = True,
    autofocus: bool = False,
    suffix: str = "",
) -> Markup:
    """One line to type into, with its label and an explanation below.

    `suffix` tells fields of one name apart where a page has several forms.
    """
    return Markup(
        '<p class="field"><label for="{own_id}">{label}</label>'
        '<input id="{own_id}" name="{name}" type="{kind}" value="{value}" '
        'autocomplete="{autocomplete}"{more}>{note}</p>'
    ).format(
        own_id=f"{name}-{suffix}" if suffix else name,
        name=name,
        label=label,
        kind=kind,
        value=value,
        autocomplete=autocomplete,
        more=_marks(
            required=required, autofocus=autofocus, described_by=f"{name}-note" * bool(note)
        ),
        note=_note(name, note),
    )


def select_field(
    name: str, label: str, options: Sequence[tuple[str, str]], *, chosen: str = "", note: str = ""
) -> Markup:
    """A list to choose one from; options are (value, words)."""
    items = Markup("").join(
        Markup('<option value="{value}"{chosen}>{words}</option>').format(
            value=value, words=words, chosen=SELECTED if value == chosen else NOTHING
        )
        for value, words in options
    )
    return Markup(
        '<p class="field"><label for="{name}">{label}</label>'
        '<select id="{name}" name="{name}"{more}>{items}</select>{note}</p>'
    ).format(
        name=name,
        label=label,
        items=items,
        more=_marks(required=False, autofocus=False, described_by=f"{name}-note" * bool(note)),
        note=_note(name, note),
    )


def area_field(name: str, label: str, *, value: str = "", note: str = "") -> Markup:
    """Several lines to type into."""
    return Markup(
        '<p class="field"><label for="{name}">{label}</label>'
        '<textarea id="{name}" name="{name}" rows="3"{more}>{value}</textarea>{note}</p>'
    ).format(
        name=name,
        label=label,
        value=value,
        more=_marks(required=False, autofocus=False, described_by=f"{name}-note" * bool(note)),
        note=_note(name, note),
    )


def check_field(name: str, label: str, *, checked: bool) -> Markup:
    """Something to tick."""
    return Markup(
        '<p class="field field-check"><input id="{name}" name="{name}" type="checkbox" value="yes"'
        '{checked}><label for="{name}">{label}</label></p>'
    ).format(name=name, label=label, checked=CHECKED if checked else NOTHING)


def check_fields(
    name: str,
    legend: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: Collection[str],
    note: str,
) -> Markup:
    """Several things to tick; options are (value, words)."""
    items = Markup("").join(
        Markup(
            '<label><input type="checkbox" name="{name}" value="{value}"{checked}> {words}</label>'
        ).format(
            name=name,
            value=value,
            words=words,
            checked=CHECKED if value in chosen else NOTHING,
        )
        for value, words in options
    )
    return Markup(
        '<fieldset class="field choices"{more}><legend>{legend}</legend>{note}{items}</fieldset>'
    ).format(
        more=_marks(required=False, autofocus=False, described_by=f"{name}-note" * bool(note)),
        legend=legend,
        note=_note(name, note),
        items=items,
    )


def hidden_field(name: str, value: object) -> Markup:
    """A value that goes with the form."""
    return Markup('<input type="hidden" name="{name}" value="{value}">').format(
        name=name, value=value
    )


def file_field(name: str, label: str, *, accept: str, note: str = "") -> Markup:
    """A file to choose; its form has to send files."""
    return Markup(
        '<p class="field"><label for="{name}">{label}</label>'
        '<input id="{name}" name="{name}" type="file" accept="{accept}"{more}>{note}</p>'
    ).format(
        name=name,
        label=label,
        accept=accept,
        more=_marks(required=True, autofocus=False, described_by=f"{name}-note" * bool(note)),
        note=_note(name, note),
    )


def form(
    action: str, *parts: Markup, button: str, quiet: bool = False, sends_files: bool = False
) -> Markup:
    """A form that posts to an address of ours, with the token that proves it is ours."""
    return Markup(
        '<form method="post" action="{action}" class="{look}"{kind}>{token}{parts}'
        '<p class="field"><button type="submit" class="{button_look}">{button}</button></p></form>'
    ).format(
        action=action,
        token=hidden_field(FIELD, form_token()),
        parts=Markup("").join(parts),
        button=button,
        kind=WITH_FILES if sends_files else NOTHING,
        look="plain-form row-form" if quiet else "plain-form",
        button_look="button" if quiet else "button button-main",
    )


def message(words: str, *, is_problem: bool) -> Markup:
    """What came of the last form, told to screen readers at once."""
    if not words:
        return NOTHING
    return Markup('<p class="{look}" role="{role}">{words}</p>').format(
        words=words,
        look="notice problem" if is_problem else "notice",
        role="alert" if is_problem else "status",
    )


def form_token() -> str:
    """The token of this browser's forms: of its session, else of a cookie of its own."""
    session = current_reader().session
    if session is not None:
        return session.form_token
    if "form_token" not in g:
        g.form_token = request.cookies.get(cookie_name(COOKIE)) or new_token()
    return str(g.form_token)


def keep_form_token(response: Response) -> None:
    """Give a browser without a session the cookie its forms are held against."""
    if "form_token" in g and request.cookies.get(cookie_name(COOKIE)) != g.form_token:
        set_cookie(response, COOKIE, g.form_token, seconds=COOKIE_SECONDS)


def require_form_token() -> None:
    """Check that a posted form is one that this browser got from us.

    Raises:
        NotAllowedError: it is not, or the session has changed since.
    """
    session = current_reader().session
    expected = session.form_token if session else request.cookies.get(cookie_name(COOKIE), "")
    sent = request.form.get(FIELD, "")
    if not expected or not hmac.compare_digest(expected.encode(), sent.encode()):
        raise NotAllowedError(
            _("This form is not of your session any more. Load the page anew and send it again.")
        )


def typed(name: str) -> str:
    """What was typed into a field of the posted form."""
    return request.form.get(name, "")


def _note(name: str, words: str) -> Markup:
    if not words:
        return NOTHING
    return Markup('<span class="small" id="{name}-note">{words}</span>').format(
        name=name, words=words
    )


def _marks(*, required: bool, autofocus: bool, described_by: str) -> Markup:
    described = Markup(' aria-describedby="{}"').format(described_by) if described_by else NOTHING
    marks = (REQUIRED if required else NOTHING) + (AUTOFOCUS if autofocus else NOTHING)
    return marks + described
