"""What the Atlas shows, as an address: parsed, clamped, and written back."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from observatory.domain.classes import METHODS
from observatory.domain.indicators import Indicator
from observatory.errors import UnknownIdError
from observatory.language import gettext as _
from observatory.pages.visit import Visit, first
from observatory.queries.catalogue import find_indicator
from observatory.queries.values import indicator_years
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store
from observatory.views.theme import PALETTES
from observatory.views.words import unit_text

DEFAULT_INDICATOR = "pm25_ug_per_m3"


@dataclass(frozen=True)
class AtlasView:
    """One state of the Atlas.

    Attributes:
        indicator: what is shown.
        years: years it has figures for, oldest first; may be empty.
        year: the year shown, or None for each city's newest.
        regions: regions shown; all of them where none is chosen.
        evidence: evidence levels shown; all of them where none is chosen.
        method: how values are put into classes.
        palette: "sequential" or "diverging".
        city: the selected member's id, or "".
        ignored: parameters of the address that made no sense.
    """

    indicator: Indicator
    years: tuple[int, ...]
    year: int | None
    regions: tuple[str, ...]
    evidence: tuple[str, ...]
    method: str
    palette: str
    city: str
    ignored: tuple[str, ...] = ()

    def address(self, **changes: object) -> str:
        """The query string of this view, with changes; defaults are left out."""
        view = replace(self, **changes)  # type: ignore[arg-type]  # names of attributes
        parameters = [("indicator", view.indicator.indicator_id)]
        if view.year is not None:
            parameters.append(("year", str(view.year)))
        if len(view.regions) < len(REGIONS):
            parameters += [("region", region) for region in view.regions]
        if len(view.evidence) < len(EVIDENCE_LEVELS):
            parameters += [("evidence", level) for level in view.evidence]
        if view.method != METHODS[0]:
            parameters.append(("method", view.method))
        if view.palette != PALETTES[0]:
            parameters.append(("palette", view.palette))
        if view.city:
            parameters.append(("city", view.city))
        return "?" + urlencode(parameters)


def view_title(view: AtlasView) -> str:
    """What a view shows: indicator, unit, year."""
    unit = unit_text(view.indicator)
    what = f"{view.indicator.title} ({unit})" if unit else view.indicator.title
    return f"{what}, {view.year if view.year is not None else _('newest figure of each city')}"


def view_name(view: AtlasView) -> tuple[str, ...]:
    """The parts of a file name that say which view it is of."""
    year = str(view.year) if view.year is not None else "newest"
    return "atlas", view.indicator.indicator_id, year


def atlas_view(store: Store, visit: Visit) -> AtlasView:
    """The view an address asks for; what makes no sense is ignored and told."""
    ignored: list[str] = []
    try:
        indicator = find_indicator(store, first(visit, "indicator", DEFAULT_INDICATOR))
    except UnknownIdError as error:
        ignored.append(str(error))
        indicator = find_indicator(store, DEFAULT_INDICATOR)
    years = indicator_years(store, indicator_id=indicator.indicator_id)
    return AtlasView(
        indicator=indicator,
        years=years,
        year=_year(first(visit, "year"), years, ignored),
        regions=_subset(visit, "region", REGIONS, ignored),
        evidence=_subset(visit, "evidence", EVIDENCE_LEVELS, ignored),
        method=_choice(visit, "method", METHODS, ignored),
        palette=_choice(visit, "palette", PALETTES, ignored),
        city=first(visit, "city"),
        ignored=tuple(ignored),
    )


def _year(text: str, years: tuple[int, ...], ignored: list[str]) -> int | None:
    """The year asked for where there is a figure in it; else the nearest year that has one."""
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text) or not years:
        ignored.append(f"year={text}")
        return None
    asked = int(text)
    if asked in years:
        return asked
    ignored.append(f"year={text}")
    return min(years, key=lambda year: abs(year - asked))


def _subset(
    visit: Visit, name: str, allowed: tuple[str, ...], ignored: list[str]
) -> tuple[str, ...]:
    asked = visit.query.get(name, [])
    ignored += [f"{name}={value}" for value in asked if value not in allowed]
    return tuple(value for value in allowed if value in asked) or allowed


def _choice(visit: Visit, name: str, allowed: tuple[str, ...], ignored: list[str]) -> str:
    asked = first(visit, name, allowed[0])
    if asked in allowed:
        return asked
    ignored.append(f"{name}={asked}")
    return allowed[0]
