"""Reminders: what is due, came back, or waits, each told once; at most one digest a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from observatory.config import Settings
from observatory.domain.plan import Plan
from observatory.domain.plan_as_of import as_of
from observatory.domain.plan_due import Due, due
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.plan_data import PlanReader
from observatory.pages.queue import Desk
from observatory.pages.queue_lists import PATH, title_of
from observatory.store.warehouse import Store
from observatory.views.plan_words import day_text
from observatory.views.words import number_text
from observatory.workspace.accounts import enabled_people
from observatory.workspace.engine import Workspace
from observatory.workspace.outbox import Message, put, told_items
from observatory.workspace.people import Person, Role
from observatory.workspace.policy import Action, may
from observatory.workspace.update_lists import Update, own_updates, to_review
from observatory.workspace.updates import RETURNED


@dataclass(frozen=True)
class Item:
    """One thing to be told: by which key it is told once, and its line."""

    key: str
    line: str


def put_reminders(
    store: Store, workspace: Workspace, reader: PlanReader, settings: Settings, today: date
) -> int:
    """Put a digest for everybody for whom something is new into the outbox; gives how many.

    What was told once is told no more: a figure when it is due, and again when it is overdue,
    then to leadership too; an update each time it comes back or waits for a review.
    """
    desk = Desk(store, workspace, reader)
    plan = as_of(reader.whole(store, today)[0], today)
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    count = 0
    for person in enabled_people(workspace):
        if not may(person, Action.SEE_QUEUE):
            continue
        told = told_items(workspace, person)
        new = [one for one in _items(desk, plan, person, today) if one.key not in told]
        if new:
            count += put(workspace, _digest(person, new, address, today))
    return count


def _digest(person: Person, items: list[Item], address: str, today: date) -> Message:
    words = [
        _("Dear {name},").format(name=person.name),
        "",
        *(one.line for one in items),
        "",
        _("Your queue: {address}").format(address=f"{address}{PATH}"),
        _("You can turn these notices off in your account."),
    ]
    subject = ngettext(
        "{count} thing waits for you", "{count} things wait for you", len(items)
    ).format(count=number_text(len(items)))
    keys = tuple(one.key for one in items)
    key = f"digest:{person.person_id}:{today}"
    return Message(key, person, subject, "\n".join(words), keys)


def _items(desk: Desk, plan: Plan, person: Person, today: date) -> list[Item]:
    """All that a person owes, that came back, waits for a review, or is overdue elsewhere."""
    mine = own_updates(desk.workspace, person)
    begun = {one.subject_id for one in mine}
    own = desk.initiatives_of(plan, person)
    owed = [one for one in due(plan, today, own) if one.measure.measure_id not in begun]
    back = _("- came back to you: {title}")
    waiting = to_review(desk.workspace, person)
    review = _("- waits for your review: {title}")
    return [
        *(_owed(one) for one in owed),
        *(_of_update(plan, one, back) for one in mine if one.state == RETURNED),
        *(_of_update(plan, one, review) for one in waiting),
        *(_escalated(one) for one in _overdue(plan, person, waiting, today)),
    ]


def _overdue(plan: Plan, person: Person, waiting: Sequence[Update], today: date) -> list[Due]:
    """For leadership: overdue figures of whichever owner that wait for no review either."""
    if person.role is not Role.LEADERSHIP:
        return []
    told = {one.subject_id for one in waiting}
    found = due(plan, today)
    return [one for one in found if one.is_overdue and one.measure.measure_id not in told]


def _owed(one: Due) -> Item:
    words = (
        _("- overdue since {day}: {title}") if one.is_overdue else _("- due since {day}: {title}")
    )
    line = words.format(day=day_text(one.due_on), title=one.measure.title)
    return Item(_figure_key("overdue" if one.is_overdue else "due", one), line)


def _escalated(one: Due) -> Item:
    words = _("- overdue at its owner since {day}: {title}")
    line = words.format(day=day_text(one.due_on), title=one.measure.title)
    return Item(_figure_key("escalated", one), line)


def _figure_key(kind: str, one: Due) -> str:
    return f"{kind}:{one.measure.measure_id}:{one.due_on}"


def _of_update(plan: Plan, one: Update, words: str) -> Item:
    return Item(
        f"{one.state}:{one.update_id}:{one.submitted_at}", words.format(title=title_of(plan, one))
    )
