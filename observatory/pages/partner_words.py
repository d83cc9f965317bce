"""The parts of a partner's score in words, and what stands behind each for one pair."""

from collections.abc import Callable, Mapping

import networkx as nx
import numpy as np
import pandas as pd
from markupsafe import Markup

from observatory.domain.link_prediction import LOWER_THIRD, PARTS
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.queries.catalogue import all_indicators
from observatory.queries.cities import find_city
from observatory.queries.network import strong_kinds, tie_evidence
from observatory.queries.partners import CandidateParts, standings
from observatory.store.warehouse import Store
from observatory.views.components.static import link
from observatory.views.words import joined_text, number_text, region_name

NAMED_AT_ONCE = 3


def part_title(part: str) -> str:
    """A part of the score as a heading."""
    return {
        "common": _("Common partners"),
        "theme": _("Shared themes"),
        "path": _("Short path"),
        "alike": _("Alike in conditions"),
        "lags": _("Better where it lags"),
        "region": _("Another region"),
        "air": _("Flight without a stop"),
    }[part]


def part_definition(part: str) -> str:
    """The exact definition of a part."""
    return {
        "common": _(
            "Adamic and Adar: common partners, each counting 1 / log of its own number of "
            "partners; as a share of the highest of all pairs."
        ),
        "theme": _(
            "Share of the themes of their events that both have (Jaccard); unknown where one has "
            "no event whose theme is on record."
        ),
        "path": _("1 / (steps − 1) on the shortest path, 0 beyond four steps or without a path."),
        "alike": _(
            "1 less the distance in conditions, as peers are found; unknown between members of "
            "one place."
        ),
        "lags": _(
            "Mean lead of the other over the indicators in which the member stands in the lower "
            "third of all; those with a figure for at least 60 % of the members count. Unknown "
            "without a figure of both."
        ),
        "region": _("1 for another region of the association, 0 for the same."),
        "air": _(
            "1 where a flight without a stop joined them in 2012 to 2014, 0 where none did; "
            "unknown for members without any flight on record."
        ),
    }[part]


def reasons(
    store: Store, parts: CandidateParts, other: str, names: Mapping[str, str]
) -> list[tuple[str, Markup | str]]:
    """What stands behind each part that adds to the score of a pair: (part, words).

    Args:
        store: the published snapshot.
        parts: as `queries.partners.candidate_parts`.
        other: the candidate.
        names: what members are called.
    """
    city_id, column = parts.city_id, parts.members.index(other)
    told: dict[str, Callable[[], Markup | str]] = {
        "common": lambda: _common(parts.graph, city_id, other, names),
        "theme": lambda: _themes(store, city_id, other),
        "path": lambda: _path(parts.graph, city_id, other, names),
        "alike": lambda: _alike(float(parts.parts["alike"][column]), city_id, other),
        "lags": lambda: _better(store, city_id, other),
        "region": lambda: _region(store, other),
        "air": lambda: link(_("on record"), "/data/air_links_to_members"),
    }
    return [(part, told[part]()) for part in PARTS if np.nan_to_num(parts.parts[part][column]) > 0]


def _common(graph: nx.Graph, city_id: str, other: str, names: Mapping[str, str]) -> str:
    shared = sorted(nx.common_neighbors(graph, city_id, other), key=lambda one: names[one])
    return _some([names[one] for one in shared])


def _some(items: list[str]) -> str:
    """The first items, and how many more."""
    more = len(items) - NAMED_AT_ONCE
    if more <= 0:
        return joined_text(items)
    rest = ngettext("{count} more", "{count} more", more).format(count=number_text(more))
    return joined_text([*items[:NAMED_AT_ONCE], rest])


def _themes(store: Store, city_id: str, other: str) -> str:
    evidence = tie_evidence(store)
    worked = evidence[evidence["kind"].isin(strong_kinds(store))].dropna(subset=["themes"])

    def of(member: str) -> set[str]:
        own = worked[(worked["city_a"] == member) | (worked["city_b"] == member)]
        return {theme for themes in own["themes"] for theme in str(themes).split(";")}

    return joined_text(sorted(of(city_id) & of(other)))


def _path(graph: nx.Graph, city_id: str, other: str, names: Mapping[str, str]) -> str:
    path = nx.shortest_path(graph, city_id, other)
    return _("by way of {members}").format(members=joined_text([names[one] for one in path[1:-1]]))


def _alike(likeness: float, city_id: str, other: str) -> Markup:
    words = _("distance {distance}").format(distance=number_text(1 - likeness, 2))
    return link(words, f"/compare?cities={city_id},{other}")


def _better(store: Store, city_id: str, other: str) -> str:
    """Indicators in which the other leads most."""
    found = standings(store)
    row, column = found.members.index(city_id), found.members.index(other)
    lead = pd.Series(found.places[:, column] - found.places[:, row], index=found.indicators)
    lags = lead[(found.places[:, row] < LOWER_THIRD) & (lead > 0).to_numpy()]
    ordered = lags.sort_values(ascending=False, kind="stable").index
    indicators = all_indicators(store)
    return _some([indicators[str(one)].title for one in ordered])


def _region(store: Store, other: str) -> str:
    return region_name(str(find_city(store, other)["region"]))
