"""Reminders: one digest a person and day, of what is due, came back, or waits for a review."""

from datetime import date

from observatory.config import Settings
from observatory.domain.plan import Plan, as_of
from observatory.domain.plan_due import due
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.plan_data import PlanReader
from observatory.pages.queue import PATH, Desk, title_of
from observatory.store.warehouse import Store
from observatory.views.plan_words import day_text
from observatory.views.words import number_text
from observatory.workspace.accounts import enabled_people
from observatory.workspace.engine import Workspace
from observatory.workspace.outbox import Message, put
from observatory.workspace.people import Person
from observatory.workspace.policy import Action, may
from observatory.workspace.update_lists import own_updates, to_review
from observatory.workspace.updates import RETURNED


def put_reminders(
    store: Store, workspace: Workspace, reader: PlanReader, settings: Settings, today: date
) -> int:
    """Put a digest for everybody who owes something into the outbox; gives how many are new."""
    desk = Desk(store, workspace, reader)
    plan = as_of(reader.whole(store, today)[0], today)
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    count = 0
    for person in enabled_people(workspace):
        if not may(person, Action.SEE_QUEUE):
            continue
        lines = _lines(desk, plan, person, today)
        if lines:
            count += put(workspace, _digest(person, lines, address, today))
    return count


def _digest(person: Person, lines: list[str], address: str, today: date) -> Message:
    words = [
        _("Dear {name},").format(name=person.name),
        "",
        *lines,
        "",
        _("Your queue: {address}").format(address=f"{address}{PATH}"),
        _("You can turn these notices off in your account."),
    ]
    subject = ngettext(
        "{count} thing waits for you", "{count} things wait for you", len(lines)
    ).format(count=number_text(len(lines)))
    return Message(f"digest:{person.person_id}:{today}", person, subject, "\n".join(words))


def _lines(desk: Desk, plan: Plan, person: Person, today: date) -> list[str]:
    mine = own_updates(desk.workspace, person)
    begun = {one.subject_id for one in mine}
    owed = [
        one
        for one in due(plan, today, desk.initiatives_of(plan, person))
        if one.measure.measure_id not in begun
    ]
    came_back = [one for one in mine if one.state == RETURNED]
    return [
        *(
            (
                _("- overdue since {day}: {title}")
                if one.is_overdue
                else _("- due since {day}: {title}")
            ).format(day=day_text(one.due_on), title=one.measure.title)
            for one in owed
        ),
        *(_("- came back to you: {title}").format(title=title_of(plan, one)) for one in came_back),
        *(
            _("- waits for your review: {title}").format(title=title_of(plan, one))
            for one in to_review(desk.workspace, person)
        ),
    ]
