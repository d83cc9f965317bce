"""The banner over every page for who looks at it as somebody else, with the way back."""

from markupsafe import Markup

from observatory.language import gettext as _
from observatory.pages.forms import form
from observatory.workspace.people import Person
from observatory.workspace.policy import role_words
from observatory.workspace.reader import current_reader

END_PATH = "/view-as/end"


def looking_banner() -> Markup:
    """As whom this reader looks, and the form that ends it; nothing for everybody else."""
    session = current_reader().session
    if session is None or session.looks_as is None:
        return Markup("")
    words = _("{name}, you see this as {whom}. Nothing can be written.").format(
        name=session.person.name, whom=_whom(session.looks_as)
    )
    back = form(END_PATH, button=_("Be yourself again"), quiet=True)
    return Markup(
        '<div class="looking-banner" role="region" aria-label="{}"><p>{}</p>{}</div>'
    ).format(_("Looking as somebody else"), words, back)


def _whom(person: Person) -> str:
    reach = ", ".join(filter(None, [person.city_id, *sorted(person.initiative_ids)]))
    role = role_words()[person.role]
    return f"{role} ({reach})" if reach else role
