"""The policy: every role against every action, with and without a subject."""

from dataclasses import replace

import pytest

from observatory.errors import NotAllowedError
from observatory.workspace.people import PUBLIC, Person, Role
from observatory.workspace.policy import (
    ROLES_OF,
    Action,
    Subject,
    action_words,
    allowed_words,
    may,
    require,
    role_words,
)

NOBODY = frozenset[str]()
OWN = Subject(initiative_id="use", city_ids=frozenset({"berlin"}), author_id="somebody")
FIGURE_OF_MANY = Subject("use", frozenset({"berlin", "dakar"}), "somebody", kind="actual")
OWN_FIGURE = Subject("use", frozenset({"berlin"}), "somebody", kind="forecast")
OTHER = Subject(initiative_id="gza", city_ids=frozenset({"dakar"}), author_id="somebody")


def person(role: str) -> Person:
    return Person(
        f"p-{role}",
        role.title(),
        f"{role}@example.org",
        Role(role),
        city_id="berlin" if role == "member_city" else "",
        initiative_ids=frozenset({"use"}) if role == "programme_owner" else NOBODY,
    )


EVERYBODY = "public member_city analyst programme_owner leadership admin"
WITH_ROLE = "member_city analyst programme_owner leadership admin"
WRITERS = "member_city programme_owner leadership"

# Action: who may on the own subject; who may on another's; who may at all (signed in).
MATRIX = {
    Action.READ: (EVERYBODY, EVERYBODY, EVERYBODY),
    Action.SEE_HISTORY: (EVERYBODY, EVERYBODY, EVERYBODY),
    Action.USE_ACCOUNT: (EVERYBODY, EVERYBODY, EVERYBODY),
    Action.HAVE_TOKEN: (WITH_ROLE, WITH_ROLE, WITH_ROLE),
    Action.SEE_QUEUE: (WRITERS, WRITERS, WRITERS),
    Action.WRITE_UPDATE: (WRITERS, "leadership", WRITERS),
    Action.EDIT_UPDATE: ("", "", WRITERS),  # of somebody else's: nobody
    Action.SEE_UNPUBLISHED: (
        "analyst programme_owner leadership",
        "analyst leadership",
        "member_city analyst programme_owner leadership",
    ),
    Action.REVIEW: (
        "programme_owner leadership",
        "leadership",
        "programme_owner leadership",
    ),
    Action.DECIDE: ("leadership", "leadership", "leadership"),
    Action.IMPORT_PLAN: ("leadership", "leadership", "leadership"),
    Action.ADMINISTER: ("admin", "admin", "admin"),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_every_role_may_what_the_matrix_says_and_nothing_else(action: Action, role: Role) -> None:
    own, other, at_all = MATRIX[action]
    somebody = person(role.value)
    assert may(somebody, action, OWN) == (role.value in own.split())
    assert may(somebody, action, OTHER) == (role.value in other.split())
    assert may(somebody, action) == (role.value in at_all.split())


@pytest.mark.parametrize("action", list(Action))
def test_who_is_not_signed_in_may_only_read(action: Action) -> None:
    allowed = action in {Action.READ, Action.SEE_HISTORY}
    assert may(PUBLIC, action) == allowed
    assert may(PUBLIC, action, OWN) == allowed


def test_a_role_without_a_person_is_worth_nothing() -> None:
    forged = Person("", "", "", Role.ADMIN)
    assert not may(forged, Action.ADMINISTER)


@pytest.mark.parametrize("role", ["programme_owner", "leadership"])
def test_nobody_reviews_an_update_of_their_own(role: str) -> None:
    somebody = person(role)
    mine = Subject(initiative_id="use", author_id=somebody.person_id)
    assert not may(somebody, Action.REVIEW, mine)
    assert may(somebody, Action.SEE_UNPUBLISHED, mine)
    assert may(somebody, Action.EDIT_UPDATE, mine)


def test_an_update_without_a_known_author_is_reviewed_by_nobody() -> None:
    assert not may(person("leadership"), Action.REVIEW, Subject(initiative_id="use"))


def test_an_author_sees_what_they_wrote_before_it_is_published() -> None:
    city = person("member_city")
    assert may(city, Action.SEE_UNPUBLISHED, Subject(author_id=city.person_id))


def test_a_member_city_without_a_city_writes_for_none() -> None:
    nowhere = Person("p", "P", "p@example.org", Role.MEMBER_CITY)
    assert not may(nowhere, Action.WRITE_UPDATE, Subject(city_ids=frozenset({""})))


def test_a_programme_owner_does_not_own_what_has_no_initiative() -> None:
    owner = Person("p", "P", "p@x.org", Role.PROGRAMME_OWNER, initiative_ids=frozenset({""}))
    assert not may(owner, Action.WRITE_UPDATE, Subject())


def test_the_refusal_says_which_role_may() -> None:
    with pytest.raises(NotAllowedError, match=r"your role is analyst\. Leadership may\."):
        require(person("analyst"), Action.DECIDE)
    with pytest.raises(NotAllowedError, match="Sign in to record decisions"):
        require(PUBLIC, Action.DECIDE)


def test_every_action_and_role_has_its_rule_and_words() -> None:
    assert set(ROLES_OF) == set(action_words()) == set(allowed_words()) == set(Action)
    assert set(role_words()) == set(Role)


def test_a_member_writes_figures_of_what_is_its_own_alone() -> None:
    city = person("member_city")
    assert city.city_id == "berlin"
    assert may(city, Action.WRITE_UPDATE, OWN_FIGURE)
    assert not may(city, Action.WRITE_UPDATE, FIGURE_OF_MANY)
    assert may(city, Action.WRITE_UPDATE, replace(FIGURE_OF_MANY, kind="milestone"))
