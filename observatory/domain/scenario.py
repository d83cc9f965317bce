"""What if: a change of the network that is thought of, kept apart from the facts.

A scenario never touches what is stored: it is applied to copies of members and evidence.
"""

from dataclasses import dataclass, fields

import pandas as pd

from observatory.domain.network import EVIDENCE_COLUMNS, PAIR

ASSUMED = "assumed"  # begins the id of an event that is thought of
ASSUMED_KIND = "initiative"  # what an assumed tie counts as

Pair = tuple[str, str]


@dataclass(frozen=True)
class Scenario:
    """Changes that are thought of; empty for the facts.

    Attributes:
        dropped: ids of members that leave.
        admitted: ids of partners outside the roster that become members.
        cut: pairs whose tie ends. added: pairs that come to work together.
        without: ids of events that are thought away.
        events: events that are thought of: the members that take part, two or more each.
    """

    dropped: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    cut: tuple[Pair, ...] = ()
    added: tuple[Pair, ...] = ()
    without: tuple[str, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether these are the facts."""
        return not any(getattr(self, one.name) for one in fields(self))


def pair_of(first: str, second: str) -> Pair:
    """Two members in the order in which ties name them."""
    return (first, second) if first < second else (second, first)


def members_in(scenario: Scenario, city_ids: list[str]) -> list[str]:
    """Ids of the members there would be."""
    gone = set(scenario.dropped)
    return sorted({*city_ids, *scenario.admitted} - gone)


def evidence_in(
    scenario: Scenario, evidence: pd.DataFrame, parts: pd.DataFrame, silent_roles: dict[str, str]
) -> pd.DataFrame:
    """The evidence there would be.

    Args:
        scenario: what is thought of.
        evidence: columns EVIDENCE_COLUMNS.
        parts: columns event_id, kind, themes, year_start, year_end, city_id, organisation_id
            (one of the two), role: who took part in the events.
        silent_roles: by kind, the roles that make no tie, separated by ;.

    Returns:
        Columns EVIDENCE_COLUMNS; ids of assumed events begin with "assumed".
    """
    pieces = [evidence, *(_admitted(one, parts, silent_roles) for one in scenario.admitted)]
    assumed = [(f"{ASSUMED}-tie", pair) for pair in scenario.added]
    assumed += [
        (f"{ASSUMED}-event-{number}", pair_of(a, b))
        for number, cities in enumerate(scenario.events, start=1)
        for a in cities
        for b in cities
        if a < b
    ]
    pieces.append(_assumed(assumed))
    found = pd.concat([one for one in pieces if len(one)], ignore_index=True)
    found = found.drop_duplicates([*PAIR, "kind", "event_id", "year_start"])
    gone = found["city_a"].isin(scenario.dropped) | found["city_b"].isin(scenario.dropped)
    gone |= found["event_id"].isin(scenario.without)
    pairs = pd.Series(list(zip(found["city_a"], found["city_b"], strict=True)), index=found.index)
    gone |= pairs.isin(set(scenario.cut))
    return found[~gone].reset_index(drop=True)


def _assumed(found: list[tuple[str, Pair]]) -> pd.DataFrame:
    """Evidence that is thought of, by the id of its event and the pair it joins."""
    unknown = dict.fromkeys(EVIDENCE_COLUMNS)
    rows = [
        {**unknown, "city_a": a, "city_b": b, "kind": ASSUMED_KIND, "event_id": event_id}
        for event_id, (a, b) in found
    ]
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS))


def _admitted(
    organisation_id: str, parts: pd.DataFrame, silent_roles: dict[str, str]
) -> pd.DataFrame:
    """Evidence between a partner outside the roster and the members of its events."""
    silent = [
        role in (silent_roles.get(kind) or "").split(";")
        for kind, role in zip(parts["kind"], parts["role"], strict=True)
    ]
    counting = parts[~pd.Series(silent, index=parts.index, dtype=bool)]
    own = counting[counting["organisation_id"] == organisation_id]
    others = counting.dropna(subset=["city_id"])
    both = own.merge(others, on="event_id", suffixes=("_own", ""))
    rows = []
    for row in both.to_dict("records"):
        first, second = pair_of(organisation_id, str(row["city_id"]))
        is_first = first == organisation_id
        roles = (row["role_own"], row["role"])
        rows.append(
            {
                **{name: row[name] for name in ("kind", "event_id", "themes")},
                **{name: row[name] for name in ("year_start", "year_end")},
                "city_a": first,
                "city_b": second,
                "roles_a": roles[0] if is_first else roles[1],
                "roles_b": roles[1] if is_first else roles[0],
                "routes": None,
            }
        )
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS))
