"""What the network page shows, as an address: parsed, clamped, and written back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from observatory.domain.network import Window
from observatory.domain.network_metrics import MEASURES
from observatory.domain.scenario import Scenario, pair_of
from observatory.pages.visit import Visit, first
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import all_cities
from observatory.queries.network import (
    all_events,
    all_organisations,
    event_kinds,
    network_years,
)
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store

PATH = "/network"
LAYOUTS = ("structure", "geography")
COLOURS = ("region", "community")
PARAMETERS = frozenset(
    {"kind", "from", "to", "undated", "theme", "region", "evidence", "layout", "size", "colour"}
    | {"city", "goal", "weight"}
    | {"drop", "admit", "cut", "add", "without", "event"}
)
LEAST_WEIGHT = 0.001  # above 0; lengths of ties are 1 / strength
MOST_WEIGHT = 100.0
LEAST_YEAR, MOST_YEAR = 1900, 2100
LEAST_IN_EVENT = 2
NO_KIND = "none"  # in an address: no kind of cooperation counts
JOINT = "~"  # between the ids of a pair


@dataclass(frozen=True)
class NetworkView:
    """One state of the network page.

    Attributes:
        kinds: kinds of cooperation that count; none makes an empty network.
        all_kinds: every kind there is, and those that count by default.
        years: first and last year of any event.
        first_year, last_year: years looked at, or None for an open end.
        undated: whether events without a year count in a window of years.
        theme: theme of the events, or "".
        regions, evidence: members looked at; all where none is chosen.
        layout: "structure" or "geography". measure: what the size of a mark says.
        colour: "region" or "community".
        city: the member looked at, or "". goal: the other end of a path from it, or "".
        weights: by kind, what one event adds; own_weights are those that differ from ours.
        scenario: changes that are thought of.
        ignored: parameters of the address that made no sense.
    """

    kinds: tuple[str, ...]
    default_kinds: tuple[str, ...]
    all_kinds: tuple[str, ...]
    years: tuple[int, int]
    first_year: int | None
    last_year: int | None
    undated: bool
    theme: str
    regions: tuple[str, ...]
    evidence: tuple[str, ...]
    layout: str
    measure: str
    colour: str
    city: str
    goal: str
    weights: dict[str, float]
    own_weights: dict[str, float]
    scenario: Scenario = field(default_factory=Scenario)
    ignored: tuple[str, ...] = ()

    @property
    def window(self) -> Window:
        """Which evidence counts."""
        return Window(
            self.kinds, self.first_year, self.last_year, undated=self.undated, theme=self.theme
        )

    def address(self, **changes: object) -> str:
        """The query string of this view, with changes; defaults are left out."""
        view = replace(self, **changes)  # type: ignore[arg-type]  # names of attributes
        parameters: list[tuple[str, str]] = []
        if view.kinds != view.default_kinds:
            parameters += [("kind", kind) for kind in view.kinds or (NO_KIND,)]
        parameters += _given(("from", view.first_year), ("to", view.last_year))
        parameters += _given(("undated", int(view.undated) or None), ("theme", view.theme or None))
        if len(view.regions) < len(REGIONS):
            parameters += [("region", region) for region in view.regions]
        if len(view.evidence) < len(EVIDENCE_LEVELS):
            parameters += [("evidence", level) for level in view.evidence]
        if view.layout != LAYOUTS[0]:
            parameters.append(("layout", view.layout))
        if view.measure != MEASURES[0]:
            parameters.append(("size", view.measure))
        if view.colour != COLOURS[0]:
            parameters.append(("colour", view.colour))
        parameters += [("weight", f"{kind}:{own:g}") for kind, own in view.own_weights.items()]
        parameters += _given(("city", view.city or None), ("goal", view.goal or None))
        parameters += scenario_parameters(view.scenario)
        return "?" + urlencode(parameters) if parameters else ""

    def href(self, **changes: object) -> str:
        """The address of this view on the network page, with changes."""
        return f"{PATH}{self.address(**changes)}"

    def thought(self, **changes: object) -> str:
        """The address of this view with a changed scenario."""
        return self.href(scenario=replace(self.scenario, **changes))  # type: ignore[arg-type]  # names of attributes


def _given(*pairs: tuple[str, object]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in pairs if value is not None]


def scenario_parameters(scenario: Scenario) -> list[tuple[str, str]]:
    """A scenario as parameters of an address."""
    return [
        *(("drop", one) for one in scenario.dropped),
        *(("admit", one) for one in scenario.admitted),
        *(("cut", JOINT.join(pair)) for pair in scenario.cut),
        *(("add", JOINT.join(pair)) for pair in scenario.added),
        *(("without", one) for one in scenario.without),
        *(("event", JOINT.join(cities)) for cities in scenario.events),
    ]


def network_view(store: Store, visit: Visit) -> NetworkView:
    """The view an address asks for; what makes no sense is ignored and told."""
    ignored: list[str] = [f"{name}=…" for name in visit.query if name not in PARAMETERS]
    kinds = event_kinds(store)
    all_kinds = tuple(kinds["kind"])
    default = tuple(kinds.loc[kinds["strength"] == "strong", "kind"])
    themes = {one.theme for one in all_indicators(store).values()}
    scenario = _scenario(store, visit, ignored)
    known = ({*all_cities(store)["city_id"]} | {*scenario.admitted}) - {*scenario.dropped}
    own_weights = _weights(visit, all_kinds, ignored)
    years = network_years(store)
    first_year, last_year = _window(visit, ignored)
    city = _one(visit, "city", known, ignored)
    return NetworkView(
        kinds=_kinds(visit, all_kinds, default, ignored),
        default_kinds=default,
        all_kinds=all_kinds,
        years=years,
        first_year=first_year,
        last_year=last_year,
        undated=first(visit, "undated") == "1",
        theme=_one(visit, "theme", themes, ignored),
        regions=_subset(visit, "region", REGIONS, ignored) or REGIONS,
        evidence=_subset(visit, "evidence", EVIDENCE_LEVELS, ignored) or EVIDENCE_LEVELS,
        layout=_one(visit, "layout", set(LAYOUTS), ignored) or LAYOUTS[0],
        measure=_one(visit, "size", set(MEASURES), ignored) or MEASURES[0],
        colour=_one(visit, "colour", set(COLOURS), ignored) or COLOURS[0],
        city=city,
        goal=_one(visit, "goal", known - {city} if city else set(), ignored),
        weights={**dict(zip(kinds["kind"], kinds["weight"], strict=True)), **own_weights},
        own_weights=own_weights,
        scenario=scenario,
        ignored=tuple(ignored),
    )


def _kinds(
    visit: Visit, all_kinds: tuple[str, ...], default: tuple[str, ...], ignored: list[str]
) -> tuple[str, ...]:
    """The kinds asked for; those of working together where the address asks for none by name."""
    if visit.query.get("kind") == [NO_KIND]:
        return ()
    return _subset(visit, "kind", all_kinds, ignored) or default


def _subset(
    visit: Visit, name: str, allowed: tuple[str, ...], ignored: list[str]
) -> tuple[str, ...]:
    asked = visit.query.get(name, [])
    ignored += [f"{name}={value}" for value in asked if value not in allowed]
    return tuple(value for value in allowed if value in asked)


def _one(visit: Visit, name: str, allowed: set[str], ignored: list[str]) -> str:
    asked = first(visit, name)
    if not asked or asked in allowed:
        return asked
    ignored.append(f"{name}={asked}")
    return ""


def _window(visit: Visit, ignored: list[str]) -> tuple[int | None, int | None]:
    found: list[int | None] = []
    for name in ("from", "to"):
        text = first(visit, name)
        is_year = text.isdecimal() and LEAST_YEAR <= int(text) <= MOST_YEAR
        if text and not is_year:
            ignored.append(f"{name}={text}")
        found.append(int(text) if is_year else None)
    start, end = found
    if start is not None and end is not None and start > end:
        ignored.append(f"from={start}")
        return None, end
    return start, end


def _weights(visit: Visit, kinds: tuple[str, ...], ignored: list[str]) -> dict[str, float]:
    found = {}
    for text in visit.query.get("weight", []):
        kind, _, number = text.partition(":")
        weight = _number(number)
        if kind in kinds and weight is not None:
            found[kind] = weight
        else:
            ignored.append(f"weight={text}")
    return {kind: found[kind] for kind in kinds if kind in found}


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == 0 or LEAST_WEIGHT <= value <= MOST_WEIGHT else None


def _scenario(store: Store, visit: Visit, ignored: list[str]) -> Scenario:
    cities = {*all_cities(store)["city_id"]}
    outside = {*all_organisations(store)["organisation_id"]}
    events = {*all_events(store)["event_id"]}
    dropped = _several(visit, "drop", cities.__contains__, ignored)
    admitted = _several(visit, "admit", outside.__contains__, ignored)
    there = (cities | {*admitted}) - {*dropped}

    def is_pair(text: str) -> bool:
        ends = text.split(JOINT)
        return len(ends) == LEAST_IN_EVENT and len({*ends} & there) == LEAST_IN_EVENT

    def is_event(text: str) -> bool:
        taking_part = {*text.split(JOINT)}
        return len(taking_part) >= LEAST_IN_EVENT and taking_part <= there

    return Scenario(
        dropped=dropped,
        admitted=admitted,
        cut=_pairs(_several(visit, "cut", is_pair, ignored)),
        added=_pairs(_several(visit, "add", is_pair, ignored)),
        without=_several(visit, "without", events.__contains__, ignored),
        events=tuple(
            tuple(sorted({*text.split(JOINT)}))
            for text in _several(visit, "event", is_event, ignored)
        ),
    )


def _several(
    visit: Visit, name: str, fits: Callable[[str], bool], ignored: list[str]
) -> tuple[str, ...]:
    asked = dict.fromkeys(visit.query.get(name, []))
    ignored += [f"{name}={one}" for one in asked if not fits(one)]
    return tuple(one for one in asked if fits(one))


def _pairs(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(pair_of(*text.split(JOINT)) for text in texts)
