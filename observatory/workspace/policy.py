"""Who may see or change what: the one place that decides. Pure: no database, no web.

Everything that reads or writes for a person asks `may` or `require`. What is not said here is
not allowed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from observatory.errors import NotAllowedError
from observatory.language import gettext as _
from observatory.workspace.people import Person, Role


class Action(Enum):
    """What can be asked for."""

    READ = "read what is published"
    SEE_HISTORY = "see the published history of an item"
    USE_ACCOUNT = "use an account of one's own"
    HAVE_TOKEN = "make a token for programs"  # noqa: S105 - a name, no secret
    SEE_QUEUE = "see one's own queue"
    WRITE_UPDATE = "write an update"
    EDIT_UPDATE = "change, submit or withdraw an update of one's own"
    SEE_UNPUBLISHED = "see what is not published"
    REVIEW = "return, approve or publish an update"
    DECIDE = "record a decision"
    IMPORT_PLAN = "import a plan"
    ADMINISTER = "manage people, and read the whole audit trail"


@dataclass(frozen=True)
class Subject:
    """What an action is about.

    Attributes:
        initiative_id: the initiative concerned.
        city_ids: the members that take part in it.
        author_id: who wrote the update concerned; stays the author whoever edits it later.
        kind: kind of the update concerned; "" where any is meant.
    """

    initiative_id: str = ""
    city_ids: frozenset[str] = frozenset()
    author_id: str = ""
    kind: str = ""


FIGURES = frozenset({"actual", "forecast"})  # they are of an initiative as a whole
Rule = Callable[[Person, Subject], bool]


def may(person: Person, action: Action, subject: Subject | None = None) -> bool:
    """Whether this person may do this to the subject.

    Without a subject: whether there can be any subject the person may do it to.
    """
    if subject is None:
        is_known = person.is_signed_in or action in OPEN
        return is_known and person.role in ROLES_OF.get(action, frozenset())
    rule = RULES.get(action)
    return may(person, action) and (rule is None or rule(person, subject))


def require(person: Person, action: Action, subject: Subject | None = None) -> None:
    """Go on only if this person may do this.

    Raises:
        NotAllowedError: not this person; the message says who may.
    """
    if may(person, action, subject):
        return
    words = {"action": action_words()[action], "who": allowed_words()[action]}
    if not person.is_signed_in:
        raise NotAllowedError(_("Sign in to {action}. {who}").format(**words))
    message = _("You may not {action}: your role is {role}. {who}")
    raise NotAllowedError(message.format(role=role_words()[person.role], **words))


def _owns(person: Person, subject: Subject) -> bool:
    return (
        person.role is Role.PROGRAMME_OWNER
        and subject.initiative_id != ""
        and subject.initiative_id in person.initiative_ids
    )


def _may_write(person: Person, subject: Subject) -> bool:
    """A member writes of what it takes part in, and figures of what is its own alone."""
    takes_part = (
        person.role is Role.MEMBER_CITY
        and person.city_id != ""
        and person.city_id in subject.city_ids
        and (subject.kind not in FIGURES or subject.city_ids == {person.city_id})
    )
    return person.role is Role.LEADERSHIP or _owns(person, subject) or takes_part


def _is_author(person: Person, subject: Subject) -> bool:
    return person.person_id == subject.author_id


def _may_review(person: Person, subject: Subject) -> bool:
    is_other = subject.author_id not in {"", person.person_id}
    return is_other and (person.role is Role.LEADERSHIP or _owns(person, subject))


def _sees_unpublished(person: Person, subject: Subject) -> bool:
    return (
        (person.is_signed_in and person.person_id == subject.author_id)
        or person.role in {Role.ANALYST, Role.LEADERSHIP}
        or _owns(person, subject)
    )


OPEN = frozenset({Action.READ, Action.SEE_HISTORY})  # without an account
EVERYBODY = frozenset(Role)
SIGNED_IN_WITH_ROLE = EVERYBODY - {Role.PUBLIC}
WRITERS = frozenset({Role.MEMBER_CITY, Role.PROGRAMME_OWNER, Role.LEADERSHIP})

ROLES_OF: Mapping[Action, frozenset[Role]] = {
    Action.READ: EVERYBODY,
    Action.SEE_HISTORY: EVERYBODY,
    Action.USE_ACCOUNT: EVERYBODY,
    Action.HAVE_TOKEN: SIGNED_IN_WITH_ROLE,
    Action.SEE_QUEUE: WRITERS,
    Action.WRITE_UPDATE: WRITERS,
    Action.EDIT_UPDATE: WRITERS,
    Action.SEE_UNPUBLISHED: WRITERS | {Role.ANALYST},
    Action.REVIEW: frozenset({Role.PROGRAMME_OWNER, Role.LEADERSHIP}),
    Action.DECIDE: frozenset({Role.LEADERSHIP}),
    Action.IMPORT_PLAN: frozenset({Role.LEADERSHIP}),
    Action.ADMINISTER: frozenset({Role.ADMIN}),
}

RULES: Mapping[Action, Rule] = {
    Action.WRITE_UPDATE: _may_write,
    Action.EDIT_UPDATE: _is_author,
    Action.SEE_UNPUBLISHED: _sees_unpublished,
    Action.REVIEW: _may_review,
}


def role_words() -> dict[Role, str]:
    """The roles, as readers call them."""
    return {
        Role.PUBLIC: _("public"),
        Role.MEMBER_CITY: _("member city"),
        Role.ANALYST: _("analyst"),
        Role.PROGRAMME_OWNER: _("programme owner"),
        Role.LEADERSHIP: _("leadership"),
        Role.ADMIN: _("administrator"),
    }


def action_words() -> dict[Action, str]:
    """The actions, as a message names them after “You may not”."""
    return {
        Action.READ: _("read this"),
        Action.SEE_HISTORY: _("see this history"),
        Action.USE_ACCOUNT: _("open an account of your own"),
        Action.HAVE_TOKEN: _("make a token for programs"),
        Action.SEE_QUEUE: _("open the queue"),
        Action.WRITE_UPDATE: _("write this update"),
        Action.EDIT_UPDATE: _("change this update"),
        Action.SEE_UNPUBLISHED: _("see what is not published yet"),
        Action.REVIEW: _("review this update"),
        Action.DECIDE: _("record decisions"),
        Action.IMPORT_PLAN: _("import a plan"),
        Action.ADMINISTER: _("manage people and roles"),
    }


def allowed_words() -> dict[Action, str]:
    """Who may, as a sentence."""
    signed_in = _("Whoever is signed in may.")
    return {
        Action.READ: _("Everybody may."),
        Action.SEE_HISTORY: _("Everybody may."),
        Action.USE_ACCOUNT: signed_in,
        Action.HAVE_TOKEN: _("Whoever has a role beyond public may."),
        Action.SEE_QUEUE: _("Member cities, programme owners and leadership have one."),
        Action.WRITE_UPDATE: _(
            "Its programme owner, the cities that take part, and leadership may."
        ),
        Action.EDIT_UPDATE: _("Its author may."),
        Action.SEE_UNPUBLISHED: _("Its author, its reviewers, analysts and leadership may."),
        Action.REVIEW: _("Leadership and its programme owner may, but never its author."),
        Action.DECIDE: _("Leadership may."),
        Action.IMPORT_PLAN: _("Leadership may."),
        Action.ADMINISTER: _("Administrators may."),
    }
