"""Numbers, periods and codes in the reader's language."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache, wraps

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    get_decimal_symbol,
    get_group_symbol,
)

from observatory.domain.indicators import Indicator
from observatory.language import current_language, ngettext
from observatory.language import gettext as _

MINUS_ZERO = set("-0.")
MINUS = "\u2212"  # as long as a plus, where a hyphen would be taken for a dash
BILLION = 1e9


def _per_language(words: Callable[[str], str]) -> Callable[[str], str]:
    """Words of a code, looked up once per language: tables ask for them thousands of times."""

    @lru_cache(maxsize=1000)
    def known(_language: str, code: str) -> str:
        return words(code)

    @wraps(words)
    def worded(code: str) -> str:
        return known(current_language(), code)

    return worded


def number_text(value: float, decimals: int = 0) -> str:
    """A number with its decimals, grouped as the reader's language does."""
    return _number_text(float(value), decimals, current_language())


@lru_cache(maxsize=20_000)
def _number_text(value: float, decimals: int, language: str) -> str:
    """As Babel's format_decimal writes it, in a tenth of its time: a view has a thousand numbers.

    Babel's pattern "#,##0.0" groups by three in every language we have; its symbols are used.
    """
    written = format(Decimal(repr(value)), f",.{decimals}f")
    if set(written) <= MINUS_ZERO:
        written = written.removeprefix("-")
    return written.translate(_symbols(language))


@lru_cache
def _symbols(language: str) -> dict[int, str]:
    return str.maketrans(
        {
            ",": get_group_symbol(language),
            ".": get_decimal_symbol(language),
            "-": MINUS,
        }
    )


def short_number(value: float) -> str:
    """A large number in words a reader says: 4.2 million. Below 10,000 it is written out."""
    if abs(value) < 10_000:  # noqa: PLR2004 - four digits are read at a glance
        return number_text(value)
    return format_compact_decimal(
        value, format_type="long", fraction_digits=1, locale=current_language()
    )


def value_text(indicator: Indicator, value: float | None, category: str | None) -> str:
    """A figure without its unit as a table or sentence has it: from a billion on in billions."""
    if value is not None and abs(value) >= BILLION:
        return _("{number} billion").format(number=number_text(value / BILLION, 1))
    return exact_value_text(indicator, value, category)


def exact_value_text(indicator: Indicator, value: float | None, category: str | None) -> str:
    """A figure without its unit, to its last digit: a number, a category, Yes or No."""
    if category is not None and category == category:  # noqa: PLR0124 - not a number is unlike itself
        return category
    if value is None or math.isnan(value):
        return "–"
    if indicator.kind == "flag":
        return _("Yes") if value else _("No")
    if indicator.unit == "year":
        return str(int(value))
    return number_text(value, indicator.decimals)


def unit_text(indicator: Indicator) -> str:
    """The unit as it stands beside a number; nothing for flags, categories and years."""
    return "" if indicator.kind != "number" or indicator.unit == "year" else indicator.unit


@_per_language
def scale_word(scale: str) -> str:
    """A geographic scale in words."""
    return {"metro": _("metro"), "city": _("city"), "national": _("country")}.get(scale, scale)


@_per_language
def status_word(status: str) -> str:
    """How a figure came about, in a word."""
    return {
        "observed": _("observed"),
        "estimated": _("estimated"),
        "projected": _("projected"),
        "provisional": _("provisional"),
        "derived": _("derived"),
    }.get(status, status)


@_per_language
def reason_words(code: str) -> str:
    """Why there is no figure, in words a reader understands."""
    return {
        "licence": _("licence does not let us show it"),
        "no-source": _("no source file yet"),
        "not-read": _("source not read since the member joined"),
        "not-listed": _("not in the source"),
        "other-body": _("the source covers another body"),
        "ambiguous": _("more than one place fits"),
        "not-reported": _("listed, but not reported"),
        "failed-check": _("failed a check"),
        "not-this-year": _("no figure for this year"),
    }.get(code, code)


def evidence_words(level: str) -> str:
    """What an evidence level of the roster means."""
    return {
        "A": _("named by the association, 2019–2022"),
        "B": _("secondary, or outside 2019–2022"),
        "C": _("older or indirect"),
        "D": _("seat not documented"),
    }.get(level, level)


@_per_language
def region_name(region: str) -> str:
    """A region of the association in words."""
    return {
        "Africa": _("Africa"),
        "Asia-Pacific": _("Asia-Pacific"),
        "Europe": _("Europe"),
        "Latin America & Caribbean": _("Latin America and the Caribbean"),
        "North America": _("North America"),
    }.get(region, region)


def period_text(year: object) -> str:
    """A year, or "undated" where the source gives none."""
    if str(year) in {"None", "nan", "<NA>"}:
        return _("undated")
    return str(int(float(str(year))))


def cities_text(count: int) -> str:
    """A number of cities in words."""
    return ngettext("{count} city", "{count} cities", count).format(count=number_text(count))


def share_words(share: float) -> str:
    """A share from 0 to 1 in whole per cent."""
    return f"{number_text(100 * share)} %"


def kind_word(member_kind: str) -> str:
    """A kind of government in words."""
    return {
        "city": _("city"),
        "metropolitan area": _("metropolitan area"),
        "province/region": _("province or region"),
    }.get(member_kind, member_kind)


def theme_title(theme: str) -> str:
    """A theme of the catalogue as a heading."""
    return theme[:1].upper() + theme[1:]


def polarity_words(better: str) -> str:
    """Which end of an indicator is better."""
    return {
        "higher": _("higher is better"),
        "lower": _("lower is better"),
        "none": _("neither end is better"),
    }.get(better, better)


def date_text(iso_date: str) -> str:
    """A day ("2026-11-22") as the reader's language writes it."""
    day = date.fromisoformat(iso_date[:10])
    return str(format_date(day, "d MMM y", locale=current_language()))


def moment_text(iso_moment: str) -> str:
    """A moment ("2026-11-22T14:05:00+00:00") to the minute, in UTC."""
    moment = datetime.fromisoformat(iso_moment).astimezone(UTC)
    return str(format_datetime(moment, "d MMM y, HH:mm 'UTC'", locale=current_language()))


def years_text(first: object, last: object) -> str:
    """A span of years, one year, or a dash where nothing is dated."""
    years = [period_text(year) for year in (first, last)]
    if _("undated") in years:
        return "–"
    return years[0] if years[0] == years[1] else f"{years[0]}–{years[1]}"


def band_text(first: int, last: int) -> str:
    """The positions a city may hold."""
    return str(first) if first == last else f"{first}–{last}"


def outcome_words(outcome: str, matched_by: str | None) -> str:
    """How a member was met in a source."""
    if outcome == "matched":
        return {
            "identifier": _("by its code"),
            "name": _("by name"),
            "alias": _("by another name on record"),
            "coordinates": _("by place and a similar name"),
            "point": _("by its coordinates"),
        }.get(matched_by or "", _("matched"))
    return {"ambiguous": _("ambiguous"), "unmatched": _("not found")}.get(outcome, outcome)


def short_publisher(publisher: str) -> str:
    """The publisher without what follows in brackets or after a semicolon."""
    return publisher.partition(";")[0].partition(" (")[0].strip()


def list_text(items: list[str]) -> str:
    """Items in one line: a, b, c."""
    return str(format_list(items, style="unit", locale=current_language()))


def freshness_word(state: str) -> str:
    """How the last look at a source stands against its rhythm."""
    return {
        "current": _("next look not due"),
        "due": _("due for a look"),
        "overdue": _("look overdue"),
        "archived": _("archived, no newer edition"),
        "unknown": _("unknown"),
    }.get(state, state)


def joined_text(items: list[str]) -> str:
    """Items as a sentence names them: a, b, and c."""
    return str(format_list(items, style="standard", locale=current_language()))
