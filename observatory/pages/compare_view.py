"""What /compare shows, as an address: parsed, clamped, and written back."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from observatory.domain.names import plain_name
from observatory.pages.visit import Visit, first
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import all_cities, near_cities
from observatory.store.warehouse import Store

PATH = "/compare"
MOST_CITIES = 6
SWITCHES = ("all", "common", "unlike")

_MOST_NAMED = 40  # members an address may name; more is no one's question
_MOST_UNKNOWN = 5  # told with names that look alike
_LONGEST_NAME = 60
MOST_AT_ONCE = 150  # indicators; of a larger catalogue one theme is shown at a time


@dataclass(frozen=True)
class CompareView:
    """One state of the comparison.

    Attributes:
        cities: ids of the members compared, in the order of the columns; at most MOST_CITIES.
        theme: the one theme shown, or "" for all.
        first_theme: of a large catalogue, the theme shown unasked; else "".
        every: indicators that none of the members has are listed too.
        common: each row with figures of one year, the newest that all have.
        unlike: figures of another scale than their row's are compared too.
        unknown: what names no member, with ids of members that may be meant.
        repeated: ids that were named more than once.
        beyond: ids left out because they are too many.
        ignored: parameters of the address that made no sense.
    """

    cities: tuple[str, ...] = ()
    theme: str = ""
    first_theme: str = ""
    every: bool = False
    common: bool = False
    unlike: bool = False
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()
    repeated: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def address(self, **changes: object) -> str:
        """The query string of this view, with changes; defaults are left out."""
        view = replace(self, **changes)  # type: ignore[arg-type]  # names of attributes
        parameters = [("cities", ",".join(view.cities))] if view.cities else []
        if view.theme != view.first_theme:
            parameters.append(("theme", view.theme))
        switched = zip(SWITCHES, (view.every, view.common, view.unlike), strict=True)
        parameters += [(name, "1") for name, is_on in switched if is_on]
        return "?" + urlencode(parameters, safe=",") if parameters else ""

    def href(self, **changes: object) -> str:
        """The address of this view in full, with changes."""
        return PATH + self.address(**changes)


def compare_view(store: Store, visit: Visit) -> CompareView:
    """The view an address asks for; what makes no sense is ignored and told."""
    ignored: list[str] = []
    catalogue = all_indicators(store)
    themes = list(dict.fromkeys(indicator.theme for indicator in catalogue.values()))
    first_theme = themes[0] if len(catalogue) > MOST_AT_ONCE else ""
    theme = first(visit, "theme")
    if theme and theme not in themes:
        ignored.append(f"theme={theme[:_LONGEST_NAME]}")
        theme = ""
    theme = theme or first_theme
    every, common, unlike = (_switch(visit, name, ignored) for name in SWITCHES)
    view = CompareView(
        theme=theme, first_theme=first_theme, every=every, common=common, unlike=unlike
    )
    return replace(_with_cities(store, visit, view), ignored=tuple(ignored))


def _switch(visit: Visit, name: str, ignored: list[str]) -> bool:
    asked = first(visit, name, "0")
    if asked not in {"0", "1"}:
        ignored.append(f"{name}={asked[:_LONGEST_NAME]}")
    return asked == "1"


def _with_cities(store: Store, visit: Visit, view: CompareView) -> CompareView:
    """The view with the members an address names: known ones once each, the first six."""
    known = set(all_cities(store)["city_id"])
    found: list[str] = []
    repeated: list[str] = []
    unknown: list[str] = []
    for name in _named(visit):
        city_id = name if name in known else plain_name(name).replace(" ", "-")
        if city_id not in known:
            unknown.append(name)
        elif city_id in found:
            repeated.append(city_id)
        else:
            found.append(city_id)
    near = [(name, tuple(near_cities(store, name))) for name in unknown[:_MOST_UNKNOWN]]
    return replace(
        view,
        cities=tuple(found[:MOST_CITIES]),
        unknown=tuple(near) + tuple((name, ()) for name in unknown[_MOST_UNKNOWN:]),
        repeated=tuple(dict.fromkeys(repeated)),
        beyond=tuple(found[MOST_CITIES:]),
    )


def _named(visit: Visit) -> list[str]:
    parts = [part for text in visit.query.get("cities", []) for part in text.split(",")]
    names = [part.strip()[:_LONGEST_NAME] for part in parts]
    return [name for name in names if name][:_MOST_NAMED]
