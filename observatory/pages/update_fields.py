"""The fields of an update's form, by its kind."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from observatory.language import gettext as _
from observatory.pages.forms import area_field, select_field, text_field
from observatory.schema.vocabulary import RELATIONS, STAGES
from observatory.views.plan_words import stage_word
from observatory.views.update_words import field_word, relation_word

Content = Mapping[str, object]


def fields_of(kind: str, content: Content) -> tuple[Markup, ...]:
    """The fields of a kind of update, filled with a content."""
    return _FIELDS[kind](content)


def _text(content: Content, name: str, *, note: str = "", kind: str = "text") -> Markup:
    return text_field(
        name,
        field_word(name),
        kind=kind,
        value=_value(content, name),
        required=False,
        note=note,
        autofocus=name in {"value", "title"},
    )


def _value(content: Content, name: str) -> str:
    found = content.get(name)
    return "" if found is None else str(found)


def _note(content: Content) -> Markup:
    return area_field("note", field_word("note"), value=_value(content, "note"))


def _actual(content: Content) -> tuple[Markup, ...]:
    relations = [(one, relation_word(one)) for one in RELATIONS if one != "derived"]
    chosen = _value(content, "relation") or "exact"
    return (
        _text(content, "value", note=_("A number like 1,200 or 12.5.")),
        select_field("relation", field_word("relation"), relations, chosen=chosen),
        _text(content, "period", note=_("A year like 2023, a month like 2023-06, or a day.")),
        _text(content, "source_url", note=_("Where others can read it; or say so in the note.")),
        _text(content, "as_stated", note=_("The words of the source, where they say more.")),
        _note(content),
    )


def _stage(content: Content) -> tuple[Markup, ...]:
    stages = [(one, stage_word(one)) for one in STAGES]
    return (
        select_field("stage", field_word("stage"), stages, chosen=_value(content, "stage")),
        _note(content),
    )


def _milestone(content: Content) -> tuple[Markup, ...]:
    return (
        _text(content, "title"),
        _text(content, "due_on", kind="date"),
        _text(content, "done_on", kind="date"),
        _text(content, "source_url"),
        _note(content),
    )


def _risk(content: Content) -> tuple[Markup, ...]:
    levels = [(str(level), str(level)) for level in range(1, 6)]
    states = [("True", _("open")), ("False", _("closed"))]
    return (
        _text(content, "title", note=_("What may go wrong.")),
        select_field(
            "likelihood", field_word("likelihood"), levels, chosen=_value(content, "likelihood")
        ),
        select_field("impact", field_word("impact"), levels, chosen=_value(content, "impact")),
        select_field("is_open", field_word("is_open"), states, chosen=_value(content, "is_open")),
        _note(content),
    )


def _forecast(content: Content) -> tuple[Markup, ...]:
    return (
        _text(content, "value"),
        _text(content, "on", kind="date", note=_("The day you expect it for.")),
        area_field("note", _("Why you expect it"), value=_value(content, "note")),
    )


_FIELDS: Mapping[str, Callable[[Content], tuple[Markup, ...]]] = {
    "actual": _actual,
    "stage": _stage,
    "milestone": _milestone,
    "risk": _risk,
    "forecast": _forecast,
}
