"""Names and codes in a source to our city ids. A wrong match is worse than a gap.

A place is taken by a member when one rule, tried in this order, names exactly one pair:

1. identifier: the source's own code is on record for the member;
2. name: the plain name is the member's city name, in the same country;
3. alias: the plain name is an alias of the member, in the same country;
4. coordinates plus name: within 30 km in the same country, and the names are nearly alike.

An alias of kind "agglomeration" says that a source's agglomeration, named for another member,
is this member's territory too: both take the figure, which is of the agglomeration and says so.

Where source and member both have coordinates, rules 2 and 3 also ask that they lie within
100 km. What a member may take depends on what it stands for (see `Roster.scopes`).
"""

from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from observatory.domain.geodesy import distance_km
from observatory.domain.names import plain_name
from observatory.ingest.extract import Adapter, Roster

NAME_RADIUS_KM = 100.0
POINT_RADIUS_KM = 30.0
ALIKE = 88.0
MATCH_COLUMNS = (
    "city_id",
    "outcome",
    "matched_by",
    "place_key",
    "place_name",
    "distance_km",
    "reason_code",
    "reason",
)


@dataclass(frozen=True)
class MatchReport:
    """What became of every member and of every place of a source.

    Attributes:
        members: columns MATCH_COLUMNS, one row per member in roster order; a member that took
            a city and a metro place has both keys, parted by " | ".
        assigned: city_id, place_key: one row per place taken.
        unmatched_places: place_key, place_name, iso3 of places in members' countries that no
            member took, for a reader who looks for a missed match.
    """

    members: pd.DataFrame
    assigned: pd.DataFrame
    unmatched_places: pd.DataFrame

    @property
    def matched(self) -> pd.DataFrame:
        """The rows of members that took a place."""
        return self.members[self.members["outcome"] == "matched"]


def match_places(places: pd.DataFrame, roster: Roster, adapter: Adapter) -> MatchReport:
    """Decide which member takes which place: at most one of each scale.

    Args:
        places: columns PLACE_COLUMNS, one row per place_key.
        roster: members, aliases, identifiers and scopes.
        adapter: names the identifier scheme and the note on the source's coverage.

    Returns:
        A report with exactly one row per member.
    """
    candidates = pd.concat(
        [
            _by_identifier(places, roster, adapter.scheme),
            _by_name(places, roster),
            _by_alias(places, roster, adapter.source_id),
            _by_coordinates(places, roster),
        ],
        ignore_index=True,
    )
    allowed = candidates[_may_take(candidates, roster)]
    decided = _decided(allowed)
    assigned = decided.loc[decided["clear"], ["city_id", "place_key"]].reset_index(drop=True)
    taken = set(assigned["place_key"])
    nearby = places[places["iso3"].isin(roster.members["iso3"]) & ~places["place_key"].isin(taken)]
    return MatchReport(
        _report(decided, roster, adapter),
        assigned,
        nearby[["place_key", "place_name", "iso3"]].reset_index(drop=True),
    )


def names_of_members(roster: Roster) -> pd.DataFrame:
    """The names that mean a member where a government of a country is named.

    A city's name means a member that answers to it; where the member is a whole metropolis, the
    name may as well mean the city inside it, so that it is not clear. Official names and other
    names mean the member alone; spellings of one source and agglomerations are left out.

    Args:
        roster: members, aliases and scopes.

    Returns:
        Columns city_id, iso3, name, plain, is_clear; one row per member and plain name.
    """
    members = roster.members[["city_id", "iso3", "city", "member_name"]].merge(
        roster.scopes, on="city_id"
    )
    answering = members[members["answers_to_city_name"] == "yes"]
    known = roster.aliases[
        (roster.aliases["source_id"] == "") & (roster.aliases["kind"] != "agglomeration")
    ].merge(members, on="city_id")
    named = (
        members.assign(name=members["member_name"], is_clear=True),
        known.assign(name=known["alias"], is_clear=True),
        answering.assign(name=answering["city"], is_clear=answering["stands_for"] == "city"),
    )
    names = pd.concat(named, ignore_index=True)
    names["plain"] = names["name"].map(plain_name)
    names = names.drop_duplicates(["city_id", "plain"])
    return names[["city_id", "iso3", "name", "plain", "is_clear"]].reset_index(drop=True)


def _pairs(members: pd.DataFrame, places: pd.DataFrame, on: list[str], rule: str) -> pd.DataFrame:
    pairs = members.merge(places, on=on, suffixes=("", "_place"))
    distance = pd.Series(pd.NA, index=pairs.index, dtype="Float64")
    if "latitude_deg_place" in pairs and len(pairs):
        distance = pd.Series(
            distance_km(
                pairs["latitude_deg"].to_numpy(float),
                pairs["longitude_deg"].to_numpy(float),
                pairs["latitude_deg_place"].to_numpy(float),
                pairs["longitude_deg_place"].to_numpy(float),
            ),
            index=pairs.index,
        ).round(1)
    return pd.DataFrame(
        {
            "city_id": pairs["city_id"],
            "place_key": pairs["place_key"],
            "place_name": pairs["place_name"],
            "scale": pairs["scale"],
            "distance_km": distance,
            "matched_by": rule,
            "own_alias": pairs.get("own_alias", default=False),
            "shared": pairs.get("shared", default=False),
        }
    )


def _points(roster: Roster) -> pd.DataFrame:
    return roster.members[["city_id", "city", "iso3", "latitude_deg", "longitude_deg"]]


def _by_identifier(places: pd.DataFrame, roster: Roster, scheme: str) -> pd.DataFrame:
    known = roster.identifiers[roster.identifiers["scheme"] == scheme]
    members = _points(roster).merge(known[["city_id", "identifier"]], on="city_id")
    return _pairs(members, places[places["identifier"].notna()], ["identifier"], "identifier")


def _named(places: pd.DataFrame) -> pd.DataFrame:
    return places.assign(plain=places["place_name"].map(plain_name))


def _by_name(places: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    answering = roster.scopes.loc[roster.scopes["answers_to_city_name"] == "yes", "city_id"]
    members = _points(roster)
    members = members[members["city_id"].isin(answering)]
    members = members.assign(plain=members["city"].map(plain_name))
    return _near(_pairs(members, _named(places), ["plain", "iso3"], "name"))


def _by_alias(places: pd.DataFrame, roster: Roster, source_id: str) -> pd.DataFrame:
    aliases = roster.aliases[roster.aliases["source_id"].isin(["", source_id])]
    members = _points(roster).merge(aliases[["city_id", "alias", "kind"]], on="city_id")
    members = members.assign(
        plain=members["alias"].map(plain_name),
        own_alias=True,
        shared=members["kind"] == "agglomeration",
    )
    return _near(_pairs(members, _named(places), ["plain", "iso3"], "alias"))


def _near(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["distance_km"].isna() | (pairs["distance_km"] <= NAME_RADIUS_KM)]


def _by_coordinates(places: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    answering = roster.scopes.loc[roster.scopes["answers_to_city_name"] == "yes", "city_id"]
    members = _points(roster)
    members = members[members["city_id"].isin(answering)]
    located = places[places["latitude_deg"].notna()]
    pairs = _pairs(members, located, ["iso3"], "coordinates")
    pairs = pairs[pairs["distance_km"] <= POINT_RADIUS_KM]
    cities = roster.members.set_index("city_id")["city"]
    alike = [
        fuzz.ratio(plain_name(cities[pair.city_id]), plain_name(pair.place_name)) >= ALIKE
        for pair in pairs.itertuples()
    ]
    return pairs[pd.Series(alike, index=pairs.index, dtype=bool)]


def _may_take(pairs: pd.DataFrame, roster: Roster) -> pd.Series:
    """A city takes city and metro figures; a metropolis metro ones; a region only its own."""
    stands_for = pairs["city_id"].map(roster.scopes.set_index("city_id")["stands_for"])
    by_scope = (stands_for == "city") | ((stands_for == "metropolis") & (pairs["scale"] == "metro"))
    own = pairs["own_alias"].astype(bool) & (stands_for != "city")
    return by_scope | own


def _decided(pairs: pd.DataFrame) -> pd.DataFrame:
    """The first rule that names a member's place of each scale; `clear` where it names one."""
    order = {"identifier": 0, "name": 1, "alias": 2, "coordinates": 3}
    pairs = pairs.assign(order=pairs["matched_by"].map(order))
    pairs = pairs.sort_values(["order", "distance_km"], kind="stable")
    pairs = pairs.drop_duplicates(["city_id", "place_key"])
    of_member = ["city_id", "scale"]
    pairs = pairs[pairs["order"] == pairs.groupby(of_member)["order"].transform("min")]
    shared = pairs["shared"].astype(bool)
    first = pairs["order"] == pairs.groupby("place_key")["order"].transform("min")
    pairs = pairs[first | shared]
    places = pairs.groupby(of_member)["place_key"].transform("nunique")
    claims = pairs[~pairs["shared"].astype(bool)].groupby("place_key")["city_id"].nunique()
    rivals = pairs["place_key"].map(claims).fillna(1)
    return pairs.assign(clear=(places == 1) & (rivals == 1))


def _report(decided: pd.DataFrame, roster: Roster, adapter: Adapter) -> pd.DataFrame:
    by_city = dict(iter(decided.groupby("city_id")))
    scopes = roster.scopes.set_index("city_id")
    rows: list[tuple[object, ...]] = []
    for city_id in roster.members["city_id"]:
        found = by_city.get(city_id)
        if found is None:
            why = _why_unmatched(scopes.loc[city_id], adapter)
            rows.append((city_id, "unmatched", None, None, None, None, *why))
        elif found["clear"].any():
            rows.append((city_id, "matched", *_taken(found[found["clear"]]), None, None))
        else:
            names = {f"{pair.place_name} ({pair.place_key})" for pair in found.itertuples()}
            why = ("ambiguous", "more than one place or member fits; not guessed")
            rows.append((city_id, "ambiguous", None, None, " / ".join(sorted(names)), None, *why))
    return pd.DataFrame(rows, columns=list(MATCH_COLUMNS))


def _taken(pairs: pd.DataFrame) -> tuple[str, str, str, float | None]:
    """Rule, keys, names and distance of the places a member took."""
    pairs = pairs.sort_values("place_key")
    distance = pairs["distance_km"].max()
    return (
        str(pairs["matched_by"].iloc[0]),
        " | ".join(pairs["place_key"].astype(str)),
        " | ".join(dict.fromkeys(pairs["place_name"].astype(str))),
        None if pd.isna(distance) else float(distance),
    )


def _why_unmatched(scope: pd.Series, adapter: Adapter) -> tuple[str, str]:
    if scope["stands_for"] == "region":
        return "other-body", "a province or state takes no city's figures"
    if scope["answers_to_city_name"] == "no":
        return "other-body", "the place's name belongs to another member that shares it"
    if scope["stands_for"] == "metropolis":
        return "other-body", "not listed, or only as its core city, which is another government"
    return "not-listed", adapter.scope_note or "the source does not list the city"
