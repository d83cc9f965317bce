"""The reader's language: gettext for every string a person sees, per request."""

import gettext as gettext_module
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LOCALE_DIR = Path(__file__).resolve().parent / "locale"
DOMAIN = "observatory"
LANGUAGES = ("en",)
DEFAULT_LANGUAGE = "en"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def use_language(language: str) -> None:
    """Make a language the one of this request; an unknown one falls back to English."""
    _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


def current_language() -> str:
    """The language of this request, as a BCP 47 tag."""
    return _language.get()


@lru_cache
def _translations(language: str) -> gettext_module.NullTranslations:
    return gettext_module.translation(DOMAIN, LOCALE_DIR, [language], fallback=True)


def gettext(message: str) -> str:
    """The message in the reader's language."""
    return _translations(_language.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message in the reader's language, in the form the count asks for."""
    return _translations(_language.get()).ngettext(one, many, count)
