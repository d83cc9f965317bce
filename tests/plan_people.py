"""People who keep the small plan, and the steps they take with an update."""

from observatory.workspace import updates
from observatory.workspace.accounts import Grant, add_account, person_of
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.people import Actor, Person, Role

FIGURE: dict[str, object] = {"period": "2023", "value": "60", "note": "counted by hand"}
CITIES = frozenset({"montreal"})
AUTHORS_STEPS = frozenset({"submit", "withdraw", "save"})


def owner(workspace: Workspace, name: str = "Olu Owner") -> Person:
    """A programme owner of the small plan's initiatives."""
    grant = Grant(Role.PROGRAMME_OWNER, initiative_ids=frozenset({"course", "air"}))
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    with writing(workspace) as connection:
        added = add_account(connection, name=name, email=email, grant=grant)
        person = person_of(connection, added)
    assert person is not None
    return person


def acting(person: Person) -> Actor:
    return Actor(person, "127.0.0.1")


def begun(workspace: Workspace, person: Person, **content: object) -> str:
    """A draft with a figure of the course."""
    draft = updates.Draft("actual", "course", "course-people", CITIES, {**FIGURE, **content})
    return updates.start(workspace, acting(person), draft)


def take(
    workspace: Workspace, author: Person, lead: Person, update_id: str, version: int, step: str
) -> None:
    """A step with an update, by its author or by who reviews it."""
    actor = acting(author if step in AUTHORS_STEPS else lead)
    words = ("reason",) if step == "return_to_author" else ()
    getattr(updates, step)(workspace, actor, update_id, version, *words)
