"""Who took part: the member or the outside partner that a row of a spreadsheet names.

A member is taken by an exact name in its country, or by its id; a name that may mean several is
for the person who imports to settle. Whoever is no member is a partner outside the roster.
"""

from dataclasses import dataclass
from difflib import get_close_matches

from rapidfuzz import fuzz

from observatory.domain.names import country_codes, plain_name
from observatory.ingest.extract import Roster
from observatory.ingest.match import names_of_members
from observatory.ingest.outside_partners import OutsidePartners

NEAR_SCORE = 75.0
NEAR_SHOWN = 3
WORDS_ADDED = 0.95
COUNTRY_ALIKE = 0.85


@dataclass(frozen=True)
class Stated:
    """What a row says of who took part; "" where it says nothing."""

    name: str
    country: str
    city_id: str = ""
    organisation_id: str = ""


@dataclass(frozen=True)
class Who:
    """A member, or a partner outside the roster; that is new where both ids are ""."""

    city_id: str = ""
    organisation_id: str = ""


@dataclass(frozen=True)
class Fault:
    """Why it cannot be told who took part, and what to do."""

    column: str
    rule: str


class WhoIsWho:
    """The names of members and of outside partners."""

    def __init__(self, roster: Roster, partners: OutsidePartners) -> None:
        self._partners = partners
        self._codes = country_codes(roster.countries)
        self._countries = sorted(set(roster.countries["country_name"]))
        members = roster.members
        self._iso3 = dict(zip(members["city_id"], members["iso3"], strict=True))
        self._labels = {
            str(row.city_id): f"{row.city_id} ({row.member_name}, {row.country})"
            for row in members.itertuples()
        }
        self._named: dict[tuple[str, str], dict[str, bool]] = {}
        self._near: dict[str, dict[str, list[str]]] = {}
        self._anywhere: dict[str, list[str]] = {}
        for name in names_of_members(roster).itertuples():
            self._named.setdefault((name.plain, name.iso3), {})[name.city_id] = name.is_clear
            self._add_near(name.plain, name.iso3, self._labels[name.city_id])
            self._anywhere.setdefault(name.plain, []).append(name.city_id)
        for row in members.itertuples():
            self._add_near(plain_name(row.city), row.iso3, self._labels[row.city_id])
        for row in partners.names().itertuples():
            label = f"{row.organisation_id} ({row.name}, {row.country})"
            self._add_near(plain_name(row.name), self._codes.get(plain_name(row.country)), label)

    def _add_near(self, plain: str, iso3: str | None, label: str) -> None:
        labels = self._near.setdefault(iso3 or "", {}).setdefault(plain, [])
        if label not in labels:
            labels.append(label)

    def find(self, stated: Stated) -> Who | Fault:
        """Who is meant, or why that cannot be told."""
        if stated.city_id and stated.organisation_id:
            return Fault(
                "city_id",
                f"expected a city_id or an organisation_id, found {stated.city_id} and "
                f"{stated.organisation_id}. Leave one of them empty.",
            )
        if stated.city_id:
            return self._by_city_id(stated)
        if stated.organisation_id:
            return self._by_organisation_id(stated)
        if not stated.country:
            return Fault("country", "expected a country, found nothing. Fill it, or the city_id.")
        iso3 = self._codes.get(plain_name(stated.country))
        return self._by_name(stated, iso3) if iso3 else self._abroad(stated)

    def _by_name(self, stated: Stated, iso3: str) -> Who | Fault:
        found = self._named.get((plain_name(stated.name), iso3), {})
        clear = [city_id for city_id, is_clear in found.items() if is_clear]
        if len(clear) == 1:
            return Who(city_id=clear[0])
        if not found:
            return Who(organisation_id=self._partners.find(stated.name, stated.country) or "")
        members = " or ".join(self._labels[city_id] for city_id in sorted(found))
        partner = self._partners.id_for(stated.name, stated.country)
        return Fault(
            "city",
            f"expected a name that means one only, found {stated.name!r}: it may mean {members}, "
            "or a government that is no member. Fill the column city_id, or organisation_id with "
            f"{partner}.",
        )

    def _abroad(self, stated: Stated) -> Who | Fault:
        """Who is meant in a country that is none of the list's."""
        found = self._partners.find(stated.name, stated.country)
        if found:
            return Who(organisation_id=found)
        near = get_close_matches(stated.country, self._countries, n=1, cutoff=COUNTRY_ALIKE)
        members = self._anywhere.get(plain_name(stated.name), [])
        if not near and not members:
            return Who()
        meant = near or [self._labels[city_id] for city_id in members[:NEAR_SHOWN]]
        return Fault(
            "country",
            f"expected a country of roster/countries.csv, found {stated.country!r}. "
            f"Did you mean {' or '.join(meant)}?",
        )

    def _by_city_id(self, stated: Stated) -> Who | Fault:
        city_id = stated.city_id
        if city_id not in self._iso3:
            near = get_close_matches(city_id, self._iso3, n=NEAR_SHOWN)
            hint = f" Did you mean {' or '.join(near)}?" if near else " Leave it empty."
            return Fault("city_id", f"expected the city_id of a member, found {city_id!r}.{hint}")
        iso3 = self._codes.get(plain_name(stated.country))
        if iso3 not in {None, self._iso3[city_id]}:
            return Fault(
                "city_id",
                f"expected a member in {stated.country}, found {self._labels[city_id]}. "
                "Correct the city_id or the country.",
            )
        named = self._named.get((plain_name(stated.name), self._iso3[city_id]), {})
        others = [other for other, is_clear in named.items() if is_clear]
        so_called = self._near[self._iso3[city_id]].get(plain_name(stated.name), [])
        if others and self._labels[city_id] not in so_called:
            return Fault(
                "city_id",
                f"expected {others[0]}, which {stated.name!r} names, found {city_id!r}. "
                "Correct the city_id or the city.",
            )
        return Who(city_id=city_id)

    def _by_organisation_id(self, stated: Stated) -> Who | Fault:
        if stated.organisation_id in self._partners:
            return Who(organisation_id=stated.organisation_id)
        if not stated.country:
            return Fault("country", "expected a country of the new partner, found nothing.")
        new = self._partners.id_for(stated.name, stated.country)
        if stated.organisation_id == new:
            return Who()
        return Fault(
            "organisation_id",
            f"expected the id of an outside partner, found {stated.organisation_id!r}. "
            f"A new partner of this name is {new}.",
        )

    def is_known_country(self, country: str) -> bool:
        """Whether roster/countries.csv has the country."""
        return plain_name(country) in self._codes

    def near(self, name: str, country: str) -> list[str]:
        """Members and outside partners of the country that are called nearly so, best first.

        Members of the same name in other countries follow.
        """
        plain = plain_name(name)
        pool = self._near.get(self._codes.get(plain_name(country), ""), {})
        scores = {choice: _alike(plain, choice) for choice in pool}
        found = sorted((c for c in pool if scores[c] >= NEAR_SCORE), key=lambda c: -scores[c])
        labels = [label for choice in found for label in pool[choice]]
        labels += [self._labels[city_id] for city_id in self._anywhere.get(plain, [])]
        return list(dict.fromkeys(labels))[:NEAR_SHOWN]


def _alike(one: str, other: str) -> float:
    """How alike two plain names are, from 0 to 100; words added to a name count little."""
    return max(fuzz.ratio(one, other), WORDS_ADDED * fuzz.token_set_ratio(one, other))
