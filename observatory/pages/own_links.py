"""The ways in the header to what is a reader's own: queue, administration, account."""

from observatory.language import gettext as _
from observatory.workspace.people import Person
from observatory.workspace.policy import Action, may


def own_links(person: Person) -> list[tuple[str, str]]:
    """(words, address) of the pages a person has; the way to sign in for who is nobody yet."""
    if not person.is_signed_in:
        return [(_("Sign in"), "/sign-in")]
    queue = [(_("Queue"), "/queue")] if may(person, Action.SEE_QUEUE) else []
    admin = [(_("Administration"), "/admin")] if may(person, Action.ADMINISTER) else []
    account = [] if person.is_looking_on else [(person.name, "/account")]
    return [*queue, *admin, *account]
