"""The kinds of things that search finds: one entry each, here and nowhere else."""

from observatory.domain.search_index import Entry, Name, normalise
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages import methods, methods_plan, methods_words
from observatory.queries.search import (
    Kind,
    city_entries,
    event_entries,
    indicator_entries,
    plan_entries,
    source_entries,
)
from observatory.store.warehouse import Store
from observatory.views.words import number_text

TERMS = {
    "methods-page-glossary": methods_words.glossary,
    "methods-page-scales": methods_words.scales,
    "methods-page-latest": methods_words.statuses,
    "methods-page-gaps": methods_words.reasons,
    "methods-page-clocks": methods_words.freshness_states,
    "methods-page-classes": methods_words.class_methods,
    "methods-page-plan": methods_plan.plan_rules,
}


def method_entries(_store: Store) -> list[Entry]:
    """The sections of `/methods` and the terms explained there."""
    headings = {part: heading for part, heading, _content in methods.parts([])}
    sections = [_method(part, heading) for part, heading in headings.items()]
    explained = [
        _method(part, term, meaning, headings[part])
        for part, terms in TERMS.items()
        for term, meaning in terms()
    ]
    return sections + explained


def _method(part: str, title: str, meaning: str = "", section: str = "") -> Entry:
    prose = (Name(meaning, "meaning", is_own=False, is_prose=True),) if meaning else ()
    return Entry(
        kind="method",
        entry_id=f"{part}-{normalise(title)}".replace(" ", "-") if meaning else part,
        title=title,
        href=f"{methods.PATH}#{part}",
        names=(Name(title), *prose),
        detail=(section,) if section else (),
    )


def _cities_counted(count: int) -> str:
    return ngettext("{count} city", "{count} cities", count).format(count=number_text(count))


def _indicators_counted(count: int) -> str:
    words = ngettext("{count} indicator", "{count} indicators", count)
    return words.format(count=number_text(count))


def _events_counted(count: int) -> str:
    return ngettext("{count} event", "{count} events", count).format(count=number_text(count))


def _plan_counted(count: int) -> str:
    words = ngettext("{count} part of the plan", "{count} parts of the plan", count)
    return words.format(count=number_text(count))


def _sources_counted(count: int) -> str:
    return ngettext("{count} source", "{count} sources", count).format(count=number_text(count))


def _methods_counted(count: int) -> str:
    words = ngettext("{count} term of the methods", "{count} terms of the methods", count)
    return words.format(count=number_text(count))


KINDS: tuple[Kind, ...] = (
    Kind("city", lambda: _("Cities"), _cities_counted, city_entries),
    Kind("indicator", lambda: _("Indicators"), _indicators_counted, indicator_entries),
    Kind("plan", lambda: _("Plan"), _plan_counted, plan_entries),
    Kind("event", lambda: _("Events"), _events_counted, event_entries),
    Kind("source", lambda: _("Sources"), _sources_counted, source_entries),
    Kind("method", lambda: _("Methods"), _methods_counted, method_entries),
)
