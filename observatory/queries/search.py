"""What can be found in the snapshot, and what matches a text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from observatory.domain.indicators import Indicator
from observatory.domain.plan import ROOT, Node, tree
from observatory.domain.search import Match, best_matches, nearest
from observatory.domain.search_index import Entry, Index, Name, index_of
from observatory.language import current_language
from observatory.queries.catalogue import all_indicators, all_sources, holdings
from observatory.queries.cities import all_cities
from observatory.queries.network import all_events
from observatory.queries.plan import plan_on_record
from observatory.store.warehouse import Store

SUGGESTIONS = 5
IDENTIFIER_SYSTEMS = {"geonames": "GeoNames", "locode": "UN/LOCODE", "iso3166-2": "ISO 3166-2"}


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found.

    Attributes:
        kind: its code, as the entries have it.
        heading: what a group of them is called.
        counted: how many there are, in words.
        entries: all of them.
    """

    kind: str
    heading: Callable[[], str]
    counted: Callable[[int], str]
    entries: Callable[[Store], list[Entry]]


@dataclass(frozen=True)
class Answer:
    """What matches a text, the best first; where nothing does, the nearest names."""

    matches: list[Match]
    near: list[Match]


def search(store: Store, kinds: Sequence[Kind], text: str) -> Answer:
    """Everything of these kinds that matches a text."""
    index = search_index(store, kinds)
    matches = best_matches(index, text)
    return Answer(matches, [] if matches else nearest(index, text, limit=SUGGESTIONS))


def search_index(store: Store, kinds: Sequence[Kind]) -> Index:
    """All entries of these kinds, prepared once per snapshot and language."""
    name = "-".join(["search", current_language(), *(kind.kind for kind in kinds)])
    return store.kept(name, lambda: index_of(e for kind in kinds for e in kind.entries(store)))


OTHER_NAMES = """
    SELECT city_id, alias, kind, coalesce(language, '') AS context
    FROM aliases
    UNION ALL
    SELECT city_id, identifier, 'identifier', scheme
    FROM identifiers
    ORDER BY ALL
"""

NOT_CALLED_AS_THE_CITY = """
    SELECT c.city_id
    FROM cities AS c
    LEFT JOIN scopes AS s USING (city_id)
    WHERE coalesce(s.answers_to_city_name, 'no') = 'no'
      AND (s.city_id IS NOT NULL OR c.member_kind = 'province/region')
    ORDER BY c.city_id
"""

COUNTRY_NAMES = """
    SELECT iso3, country_name, coalesce(aliases, '') AS aliases
    FROM countries
    ORDER BY iso3
"""


def city_entries(store: Store) -> list[Entry]:
    """The members: found by every name and code on record, their country and their region."""
    others: dict[str, list[Name]] = {}
    for city_id, text, why, context in store.rows(OTHER_NAMES):
        system = IDENTIFIER_SYSTEMS.get(str(context), str(context))
        is_code = why == "identifier" or "_" in str(text)
        others.setdefault(str(city_id), []).append(
            Name(str(text), str(why), system, is_code=is_code)
        )
    elsewhere = {str(city_id) for (city_id,) in store.rows(NOT_CALLED_AS_THE_CITY)}
    countries = {
        str(iso3): [str(name), *(part for part in str(aliases).split(";") if part.strip())]
        for iso3, name, aliases in store.rows(COUNTRY_NAMES)
    }
    entries = []
    for member in all_cities(store).to_dict("records"):
        city_id, country = str(member["city_id"]), str(member["country"])
        names = [
            Name(str(member["member_name"])),
            Name(str(member["city"]), "place", is_own=city_id not in elsewhere),
            Name(city_id, "id", is_code=True),
            *others.get(city_id, []),
            Name(country, "country", is_own=False),
            *(
                Name(name, "country", is_own=False)
                for name in countries.get(str(member["iso3"]), [])
            ),
            Name(str(member["region"]), "region", is_own=False),
        ]
        entries.append(
            Entry(
                kind="city",
                entry_id=city_id,
                title=str(member["member_name"]),
                href=f"/cities/{city_id}",
                names=tuple(names),
                detail=(country, str(member["member_kind"])),
                region=str(member["region"]),
                evidence=str(member["evidence"]),
            )
        )
    return entries


def indicator_entries(store: Store) -> list[Entry]:
    """The indicators: found by title, id, topics, theme and the words of their definition."""
    held = holdings(store)
    empty = set(held.loc[held["cities_held"] == 0, "indicator_id"])
    return [
        _indicator(one, is_empty=one.indicator_id in empty)
        for one in all_indicators(store).values()
    ]


def _indicator(indicator: Indicator, *, is_empty: bool) -> Entry:
    return Entry(
        kind="indicator",
        entry_id=indicator.indicator_id,
        title=indicator.title,
        href=f"/data/{indicator.indicator_id}",
        names=(
            Name(indicator.title),
            Name(indicator.indicator_id, "id", is_code=True),
            *(Name(topic, "topic") for topic in indicator.topics),
            Name(indicator.theme, "theme", is_own=False),
            Name(indicator.definition, "definition", is_own=False, is_prose=True),
        ),
        detail=(indicator.theme, indicator.scale),
        is_empty=is_empty,
    )


def event_entries(store: Store) -> list[Entry]:
    """The events of the network: found by title, id, kind and year."""
    return [
        Entry(
            kind="event",
            entry_id=str(event["event_id"]),
            title=str(event["title"]),
            href=f"/events/{event['event_id']}",
            names=(Name(str(event["title"])), Name(str(event["event_id"]), "id", is_code=True)),
            detail=(str(event["kind"]).replace("_", " "), *_year_of(event["year_start"])),
        )
        for event in all_events(store).to_dict("records")
    ]


def _year_of(year: object) -> tuple[str, ...]:
    text = str(year)
    return () if text in {"nan", "<NA>", "None"} else (str(int(float(text))),)


def plan_entries(store: Store) -> list[Entry]:
    """Objectives, lines, initiatives and measures of the plan: found by title and id."""
    nodes = tree(plan_on_record(store))
    return [
        Entry(
            kind="plan",
            entry_id=node.node_id,
            title=node.title,
            href=f"/plan/{node.node_id}",
            names=(Name(node.title), Name(node.node_id, "id", is_code=True)),
            detail=(
                node.kind,
                *([nodes[node.parent_id].title] if node.kind != "objective" else []),
            ),
        )
        for node in nodes.values()
        if node.node_id != ROOT
    ]


def _above(nodes: dict[str, Node], node: Node) -> tuple[str, ...]:
    return () if node.parent_id == ROOT else (nodes[node.parent_id].title,)


def source_entries(store: Store) -> list[Entry]:
    """The sources: found by title, id and publisher."""
    return [
        Entry(
            kind="source",
            entry_id=source.source_id,
            title=source.title,
            href=f"/data/sources/{source.source_id}",
            names=(
                Name(source.title),
                Name(source.source_id, "id", is_code=True),
                Name(source.publisher, "publisher", is_own=False),
            ),
            detail=(source.publisher,),
        )
        for source in all_sources(store).values()
    ]
