"""What `/explore` shows, as an address: parsed, clamped, and written back."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from observatory.domain.association import METHODS
from observatory.domain.indicators import Indicator
from observatory.errors import UnknownIdError
from observatory.pages.visit import Visit, first
from observatory.queries.catalogue import all_indicators, find_indicator, holdings
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store

DEFAULT_X = "gdp_ppp_per_person_usd_2011"
DEFAULT_Y = "pm25_ug_per_m3"
DEFAULT_WINDOW = 5
WINDOWS = (0, 2, 5, 10, 20)
MOST_NAMED = 6
EARLIEST, LATEST = 1900, 2100
PARAMETERS = (
    "x",
    "y",
    "size",
    "logx",
    "logy",
    "year",
    "window",
    "region",
    "evidence",
    "method",
    "theme",
    "mixed",
    "cities",
)


@dataclass(frozen=True)
class ExploreView:
    """One state of the page.

    Attributes:
        x: indicator across.
        y: indicator upwards.
        size: indicator that sizes the marks, or None.
        log_x: whether the axis across is logarithmic.
        log_y: whether the axis upwards is.
        year: figures of this year only, or None for each city's newest.
        window: years that the two newest figures of a city may lie apart.
        regions: regions shown.
        evidence: evidence levels shown.
        method: correlation coefficient.
        theme: theme of the correlation matrix.
        mixed: whether unlike scales may be set against each other.
        cities: ids of members that are named in any case (codes of countries for national
            figures), at most MOST_NAMED.
        ignored: parameters of the address that made no sense.
    """

    x: Indicator
    y: Indicator
    size: Indicator | None
    log_x: bool
    log_y: bool
    year: int | None
    window: int
    regions: tuple[str, ...]
    evidence: tuple[str, ...]
    method: str
    theme: str
    mixed: bool
    cities: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether the two indicators are of unlike scales."""
        return self.x.scale != self.y.scale

    @property
    def is_national(self) -> bool:
        """Whether both are figures of countries: each country is then drawn once."""
        return self.x.is_national and self.y.is_national

    def address(self, **changes: object) -> str:
        """The query string of this view, with changes; defaults are left out."""
        view = replace(self, **changes)  # type: ignore[arg-type]  # names of attributes
        parts: list[tuple[str, object]] = [("x", view.x.indicator_id), ("y", view.y.indicator_id)]
        parts += [("size", view.size.indicator_id)] if view.size else []
        parts += [("logx", 1)] if view.log_x else []
        parts += [("logy", 1)] if view.log_y else []
        parts += [("year", view.year)] if view.year is not None else []
        parts += [("window", view.window)] if view.window != DEFAULT_WINDOW else []
        if len(view.regions) < len(REGIONS):
            parts += [("region", region) for region in view.regions]
        if len(view.evidence) < len(EVIDENCE_LEVELS):
            parts += [("evidence", level) for level in view.evidence]
        parts += [("method", view.method)] if view.method != METHODS[0] else []
        parts += [("theme", view.theme)] if view.theme != view.y.theme else []
        parts += [("mixed", 1)] if view.mixed else []
        parts += [("cities", ",".join(view.cities))] if view.cities else []
        return "?" + urlencode(parts, safe=",")


def choices(store: Store) -> dict[str, Indicator]:
    """Indicators that can be set against each other: numbers with a figure; not to be changed."""
    return store.kept("explore-choices", lambda: _choices(store))


def _choices(store: Store) -> dict[str, Indicator]:
    held = holdings(store).set_index("indicator_id")["cities_held"]
    return {
        name: indicator
        for name, indicator in all_indicators(store).items()
        if indicator.kind == "number" and held[name] > 0
    }


def explore_view(store: Store, visit: Visit) -> ExploreView:
    """The view an address asks for; what makes no sense is ignored and told."""
    ignored = [f"{name}=…" for name in visit.query if name not in PARAMETERS]
    x = _indicator(store, visit, "x", _default(store, DEFAULT_X), ignored)
    y = _indicator(store, visit, "y", _default(store, DEFAULT_Y), ignored)
    size = _indicator(store, visit, "size", "", ignored) if first(visit, "size") else None
    if x is None or y is None:
        raise UnknownIdError("indicator", DEFAULT_X, [])
    themes = {one.theme for one in choices(store).values()}
    return ExploreView(
        x=x,
        y=y,
        size=size,
        log_x=_flag(
            visit, "logx", ignored, default=x.indicator_id == DEFAULT_X and not visit.query
        ),
        log_y=_flag(visit, "logy", ignored, default=False),
        year=_number(visit, "year", range(EARLIEST, LATEST + 1), ignored),
        window=_window(visit, ignored),
        regions=_subset(visit, "region", REGIONS, ignored),
        evidence=_subset(visit, "evidence", EVIDENCE_LEVELS, ignored),
        method=_choice(visit, "method", METHODS, METHODS[0], ignored),
        theme=_choice(visit, "theme", tuple(sorted(themes)), y.theme, ignored),
        mixed=_flag(visit, "mixed", ignored, default=False),
        cities=tuple(one for one in first(visit, "cities").split(",") if one)[:MOST_NAMED],
        ignored=tuple(ignored),
    )


def _default(store: Store, wanted: str) -> str:
    """The indicator that is shown unasked: the one wanted, or where it has no figure the first."""
    known = choices(store)
    return wanted if wanted in known else next(iter(known), wanted)


def _indicator(
    store: Store, visit: Visit, name: str, default: str, ignored: list[str]
) -> Indicator | None:
    asked = first(visit, name, default)
    try:
        found = find_indicator(store, asked)
    except UnknownIdError as error:
        ignored.append(str(error))
        return find_indicator(store, default) if default else None
    if found.kind != "number":
        ignored.append(f"{name}={asked}")
        return find_indicator(store, default) if default else None
    return found


def _number(visit: Visit, name: str, allowed: range, ignored: list[str]) -> int | None:
    asked = first(visit, name)
    if not asked:
        return None
    if asked.isascii() and asked.isdigit() and int(asked) in allowed:
        return int(asked)
    ignored.append(f"{name}={asked}")
    return None


def _window(visit: Visit, ignored: list[str]) -> int:
    found = _number(visit, "window", range(101), ignored)
    return DEFAULT_WINDOW if found is None else found


def _flag(visit: Visit, name: str, ignored: list[str], *, default: bool) -> bool:
    asked = first(visit, name)
    if asked not in {"", "0", "1"}:
        ignored.append(f"{name}={asked}")
    return asked == "1" or (default and not asked)


def _subset(
    visit: Visit, name: str, allowed: tuple[str, ...], ignored: list[str]
) -> tuple[str, ...]:
    asked = visit.query.get(name, [])
    ignored += [f"{name}={value}" for value in asked if value not in allowed]
    return tuple(value for value in allowed if value in asked) or allowed


def _choice(
    visit: Visit, name: str, allowed: tuple[str, ...], default: str, ignored: list[str]
) -> str:
    asked = first(visit, name, default)
    if asked in allowed:
        return asked
    if first(visit, name):
        ignored.append(f"{name}={asked}")
    return default
