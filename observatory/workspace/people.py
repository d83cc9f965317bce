"""Who somebody is: a person with a role, and the address a person writes from."""

from dataclasses import dataclass
from enum import StrEnum

LOOKING_ON = "looking-on"  # no person's id


class Role(StrEnum):
    """What a person is here; `policy` says what each role may."""

    PUBLIC = "public"
    MEMBER_CITY = "member_city"
    ANALYST = "analyst"
    PROGRAMME_OWNER = "programme_owner"
    LEADERSHIP = "leadership"
    ADMIN = "admin"


@dataclass(frozen=True)
class Person:
    """A person as the policy sees one.

    Attributes:
        person_id: "" for who is not signed in.
        name, email: as the person goes by.
        role: the one role of the person.
        city_id: the member government a person of role member_city speaks for; else "".
        initiative_ids: the initiatives a programme owner answers for.
    """

    person_id: str
    name: str
    email: str
    role: Role
    city_id: str = ""
    initiative_ids: frozenset[str] = frozenset()

    @property
    def is_looking_on(self) -> bool:
        """Whether this is nobody, but a role whose view an administrator has."""
        return self.person_id == LOOKING_ON

    @property
    def is_signed_in(self) -> bool:
        """Whether it is known who this is."""
        return self.person_id != ""


@dataclass(frozen=True)
class Actor:
    """Who writes, and from which network address: what the audit trail needs to know."""

    person: Person
    address: str = ""


PUBLIC = Person("", "", "", Role.PUBLIC)
