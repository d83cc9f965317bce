"""What a plan from a file would change, told before it is kept."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Response
from markupsafe import Markup

from observatory.exchange.plan_difference import Changed, KindChange
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.forms import form, hidden_field, text_field, typed
from observatory.pages.plain import plain_page, plain_section, plain_table, plain_words
from observatory.reports.plan_coming import PlanComing
from observatory.views.plan_import_words import plan_field_word, plan_kind_word
from observatory.views.words import number_text


def preview_page(
    coming: PlanComing,
    carried: Mapping[str, str],
    address: str,
    *,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """All that would change, and the form that lets it.

    Args:
        coming: what would change.
        carried: what the form sends back: the file, its name, the edition that was looked at.
        address: where the form goes.
        problem: what is wrong with what was sent.
        status: of the answer.
    """
    return plain_page(
        _("What would {file} change?").format(file=carried["file_name"]),
        _in_words(coming.changes),
        *[_kind(one) for one in coming.changes if one.is_any],
        _besides(coming),
        _confirmation(carried, address) if coming.is_any else Markup(""),
        status=status,
        problem=problem,
    )


def _in_words(changes: Sequence[KindChange]) -> str:
    added, gone, changed = (
        sum(len(getattr(one, name)) for one in changes) for name in ("added", "gone", "changed")
    )
    if not added + gone + changed:
        return _("Nothing: the plan here is the same already.")
    return _("{added}, {gone}, {changed}. Nothing is kept yet.").format(
        added=ngettext("{count} thing is added", "{count} things are added", added).format(
            count=number_text(added)
        ),
        gone=ngettext("{count} goes", "{count} go", gone).format(count=number_text(gone)),
        changed=ngettext("{count} changes", "{count} change", changed).format(
            count=number_text(changed)
        ),
    )


def _kind(one: KindChange) -> Markup:
    """Everything that changes among things of one kind."""
    same = ngettext("{count} stays as it is.", "{count} stay as they are.", one.same)
    return plain_section(
        plan_kind_word(one.kind),
        _names(_("Added"), one.added),
        _names(_("Gone"), one.gone),
        _changed_table(one),
        plain_words(same.format(count=number_text(one.same))) if one.kind != "plan" else Markup(""),
    )


def _names(title: str, names: Sequence[str]) -> Markup:
    if not names:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(name) for name in names)
    return Markup('<h3>{}</h3><ul class="plain-list">{}</ul>').format(
        f"{title}: {number_text(len(names))}", items
    )


def _changed_table(one: KindChange) -> Markup:
    if not one.changed:
        return Markup("")
    rows = [row for thing in one.changed for row in _changed_rows(thing)]
    header = [_("What"), _("Field"), _("Now"), _("Then")]
    title = f"{_('Changed')}: {number_text(len(one.changed))}"
    caption = _("What changes: {kind}").format(kind=plan_kind_word(one.kind))
    return Markup("<h3>{}</h3>{}").format(title, plain_table(caption, header, rows))


def _changed_rows(thing: Changed) -> list[list[object]]:
    name = thing.name or _("The plan")
    return [[name, plan_field_word(field), old, new] for field, old, new in thing.values]


def _besides(coming: PlanComing) -> Markup:
    """What stays though the file does not tell it, and what the file tells in vain."""
    kept = [f"{plan_kind_word(kind)}: {number_text(count)}" for kind, count in coming.kept.items()]
    left = [f"{name}: {number_text(count)}" for name, count in coming.not_taken.items()]
    parts = [
        (_("Kept, because the file has no place for it"), kept),
        (_("Not taken over, because a plan here has no place for it"), left),
    ]
    return Markup("").join(
        plain_section(title, plain_words("; ".join(told))) for title, told in parts if told
    )


def _confirmation(carried: Mapping[str, str], address: str) -> Markup:
    return plain_section(
        _("Let it stand?"),
        form(
            address,
            *(hidden_field(name, value) for name, value in carried.items()),
            text_field("why", _("Why?"), value=typed("why"), note=_("Stays in the audit trail.")),
            button=_("Let this plan stand"),
        ),
        Markup('<p class="button-row"><a class="button" href="/plan/import">{}</a></p>').format(
            _("Another file, or leave it")
        ),
    )
