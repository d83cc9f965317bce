"""A role and what it reaches, as fields of a form: cities and initiatives chosen by their names."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from markupsafe import Markup

from observatory.errors import InputError
from observatory.language import gettext as _
from observatory.pages.forms import check_fields, select_field, typed
from observatory.pages.queue import Desk
from observatory.queries.cities import city_names, find_city
from observatory.store.warehouse import Store
from observatory.views.words import joined_text
from observatory.workspace.accounts import Grant, role_of
from observatory.workspace.people import Person, Role
from observatory.workspace.policy import role_words

NOBODY_YET = Person("", "", "", Role.MEMBER_CITY)


@dataclass(frozen=True)
class Reach:
    """What roles can reach: names of the members and titles of the plan's initiatives, by id."""

    cities: Mapping[str, str]
    initiatives: Mapping[str, str]

    def words(self, person: Person) -> str:
        """What a person's role reaches: a member, initiatives, or a dash."""
        if person.city_id:
            return self.cities.get(person.city_id, person.city_id)
        titles = [self.title(one) for one in sorted(person.initiative_ids)]
        return joined_text(titles) if titles else "–"

    def title(self, initiative_id: str) -> str:
        """The title of an initiative; of one that the plan has no more, its id."""
        gone = _("{initiative} (no longer in the plan)").format(initiative=initiative_id)
        return self.initiatives.get(initiative_id, gone)


def reach_of(desk: Desk) -> Reach:
    """What roles can reach, by the plan as it stands and the roster."""
    titles = {one.initiative_id: one.title for one in desk.plan().initiatives}
    return Reach(city_names(desk.store), titles)


def grant_fields(reach: Reach, person: Person) -> tuple[Markup, ...]:
    """Fields for a role, its member and its initiatives, as a person has them."""
    names = sorted(reach.cities.items(), key=lambda pair: pair[1].casefold())
    roles = [(role.value, words) for role, words in role_words().items()]
    known = {*reach.initiatives, *person.initiative_ids}
    order = [*reach.initiatives, *sorted(known - set(reach.initiatives))]
    return (
        select_field("role", _("Role"), roles, chosen=person.role.value),
        select_field(
            "city",
            _("Member"),
            [("", "–"), *names],
            chosen=person.city_id,
            note=_("For the role member city: it sees and updates what this member takes part in."),
        ),
        check_fields(
            "initiatives",
            _("Initiatives"),
            [(one, reach.title(one)) for one in order],
            chosen=person.initiative_ids,
            note=_("For the role programme owner: what this person answers for."),
        ),
    )


def sent_person(name: str, email: str) -> Person:
    """What a form was filled in with, to fill it in again; whatever cannot be is left out."""
    role = typed("role") if typed("role") in set(Role) else Role.MEMBER_CITY
    return Person("", name, email, Role(role), typed("city"), _sent_initiatives())


def sent_grant(store: Store, reach: Reach, person: Person = NOBODY_YET) -> Grant:
    """The grant of a posted form.

    Args:
        store: the published snapshot.
        reach: what can be reached.
        person: who has the grant until now: what the plan has no more may be kept.

    Raises:
        InputError, UnknownIdError: it names a role, member or initiative that cannot be.
    """
    role = role_of(typed("role"))
    city_id = typed("city")
    if role is Role.MEMBER_CITY and city_id:
        find_city(store, city_id)
    ids = _sent_initiatives()
    wrong = sorted(ids - set(reach.initiatives) - person.initiative_ids)
    if wrong:
        words = _("Expected initiatives of the plan, found: {wrong}.")
        raise InputError(words.format(wrong=", ".join(wrong)))
    return Grant(role, city_id, ids)


def _sent_initiatives() -> frozenset[str]:
    return frozenset(request.form.getlist("initiatives"))
