"""`/queue`: what a signed-in person owes: figures that are due, updates that came back, reviews."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from observatory.domain.plan import Actual, Measure, Plan, nodes_written_about
from observatory.domain.plan_as_of import as_of
from observatory.domain.plan_due import Due, due, last_actual
from observatory.errors import ConflictError, InputError, UnknownIdError
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.forms import form, hidden_field, require_form_token, text_field, typed
from observatory.pages.plain import plain_page, plain_section, plain_words
from observatory.pages.plan_data import PlanReader
from observatory.pages.queue_lists import PATH, own_part, review_part
from observatory.queries.network import all_participations
from observatory.queries.plan import participants
from observatory.store.warehouse import Store
from observatory.views.components.static import link
from observatory.views.plan_words import actual_text, day_text
from observatory.views.update_words import done_words
from observatory.views.words import number_text
from observatory.workspace.engine import Workspace
from observatory.workspace.people import Person, Role
from observatory.workspace.policy import Action, Subject, may, require
from observatory.workspace.reader import current_actor, current_person, require_current
from observatory.workspace.update_lists import Update, own_updates, to_review
from observatory.workspace.updates import Draft, confirm_unchanged, start, submit

DAY_LENGTH, MONTH_LENGTH = len("2023-06-30"), len("2023-06")


@dataclass(frozen=True)
class Desk:
    """What the pages of the queue work on.

    Attributes:
        store: the published snapshot. workspace: what people write. reader: the plan of both.
    """

    store: Store
    workspace: Workspace
    reader: PlanReader

    def plan(self) -> Plan:
        """The plan as it is known today."""
        today = datetime.now(UTC).date()
        return as_of(self.reader.whole(self.store, today)[0], today)

    def cities_of(self, plan: Plan, initiative_id: str) -> frozenset[str]:
        """Members that take part in an initiative; none where there is no such initiative."""
        parts = all_participations(self.store)
        found = [one for one in plan.initiatives if one.initiative_id == initiative_id]
        return frozenset(city for one in found for city in participants(one, parts)["city_id"])

    def initiatives_of(self, plan: Plan, person: Person, kind: str = "") -> list[str]:
        """Initiatives this person answers for; leadership may write, but owes nothing.

        Args:
            plan: the plan.
            person: somebody.
            kind: those of which this kind of update may be written; "" for any kind.
        """
        if person.role is Role.LEADERSHIP:
            return []
        return [
            one.initiative_id
            for one in plan.initiatives
            if self.may_write(plan, person, one.initiative_id, kind)
        ]

    def may_write(self, plan: Plan, person: Person, initiative_id: str, kind: str) -> bool:
        """Whether this person may write an update of a kind about an initiative."""
        return may(person, Action.WRITE_UPDATE, self._subject(plan, initiative_id, kind))

    def require_writer(self, plan: Plan, person: Person, initiative_id: str, kind: str) -> None:
        """Go on only if this person may write such an update.

        Raises:
            NotAllowedError: not this person.
        """
        require(person, Action.WRITE_UPDATE, self._subject(plan, initiative_id, kind))

    def _subject(self, plan: Plan, initiative_id: str, kind: str) -> Subject:
        return Subject(initiative_id, self.cities_of(plan, initiative_id), kind=kind)


def register_queue(server: Flask, desk: Desk) -> None:
    """Answer the queue and its forms of one line."""

    @server.get(PATH)
    def queue() -> Response:
        return queue_page(desk)

    @server.post(f"{PATH}/quick")
    def queue_quick() -> AnyResponse:
        return _answered(desk, lambda: _quick(desk))

    @server.post(f"{PATH}/unchanged")
    def queue_unchanged() -> AnyResponse:
        return _answered(desk, lambda: _unchanged(desk))


def queue_page(desk: Desk, *, problem: str = "", kept: str = "", status: int = 200) -> Response:
    """What this person owes.

    Args:
        desk: what it works on.
        problem: what is wrong with what was sent.
        kept: what was typed into the line that could not be taken.
        status: of the answer.
    """
    person = require_current(Action.SEE_QUEUE)
    plan = desk.plan()
    mine = own_updates(desk.workspace, person)
    owed = _owed(desk, plan, person, mine)
    waiting = to_review(desk.workspace, person)
    back = [one for one in mine if one.state == "returned"]
    rest = [one for one in mine if one.state != "returned"]
    parts = [
        own_part(plan, back, _("Came back to me")),
        _due_part(plan, owed, kept),
        own_part(plan, rest, _("My updates")),
        review_part(plan, waiting),
        _new_part(desk, plan, person),
    ]
    return plain_page(
        _("What do I owe?"),
        _in_words(owed, mine, waiting),
        *parts,
        status=status,
        problem=problem,
        script="queue.js",
        done=done_words().get(request.args.get("done", ""), "") if not problem else "",
    )


def _owed(desk: Desk, plan: Plan, person: Person, mine: Sequence[Update]) -> list[Due]:
    """Figures due that this person has not begun an update of."""
    today = datetime.now(UTC).date()
    begun = {one.subject_id for one in mine}
    found = due(plan, today, desk.initiatives_of(plan, person, "actual"))
    return [one for one in found if one.measure.measure_id not in begun]


def _in_words(owed: Sequence[Due], mine: Sequence[Update], waiting: Sequence[Update]) -> str:
    back = sum(one.state == "returned" for one in mine)
    parts = [
        ngettext("{count} figure is due", "{count} figures are due", len(owed)).format(
            count=number_text(len(owed))
        ),
        ngettext("{count} update came back", "{count} updates came back", back).format(
            count=number_text(back)
        ),
        ngettext("{count} waits for your review", "{count} wait for your review", len(waiting))
        .format(count=number_text(len(waiting))),
    ]  # fmt: skip
    return _("{due}, {back}, {waiting}.").format(due=parts[0], back=parts[1], waiting=parts[2])


def _due_part(plan: Plan, owed: Sequence[Due], kept: str) -> Markup:
    if not owed:
        return plain_section(_("Figures due"), plain_words(_("None is due by its rhythm.")))
    lines = Markup("").join(_due_line(plan, one, at, kept) for at, one in enumerate(owed))
    hint = _(
        "Each line tells the last figure. Type the new one and press Enter; a state that has "
        "stayed can be confirmed unchanged. “More” opens the update with a note and the thread."
    )
    return plain_section(
        _("Figures due"),
        plain_words(hint),
        Markup('<ul class="due-list" data-person="{}">{}</ul>').format(
            current_person().person_id, lines
        ),
    )


def _due_line(plan: Plan, one: Due, at: int, kept: str) -> Markup:
    measure, last = one.measure, one.last
    titles = {i.initiative_id: i.title for i in plan.initiatives}
    period = next_period(one)
    known = (
        _("last {value} for {period}").format(value=actual_text(measure, last), period=last.period)
        if last
        else _("no figure yet")
    )
    when = (_("overdue since {day}") if one.is_overdue else _("due since {day}")).format(
        day=day_text(one.due_on)
    )
    fields = (
        hidden_field("measure_id", measure.measure_id),
        text_field(
            "value",
            _("Figure, {unit}").format(unit=measure.unit),
            value=kept if kept and at == 0 else _filled_in(measure, last),
            required=False,
            autofocus=at == 0,
            suffix=measure.measure_id,
        ),
        text_field("period", _("Period"), value=period, suffix=measure.measure_id),
        text_field(
            "source_url",
            _("Source"),
            value=last.source_url if last else "",
            required=False,
            suffix=measure.measure_id,
        ),
    )
    buttons = (
        form(
            f"{PATH}/unchanged",
            hidden_field("measure_id", measure.measure_id),
            hidden_field("period", period),
            button=_("Confirm unchanged"),
            quiet=True,
        )
        if can_be_unchanged(measure, last)
        else Markup("")
    )
    more = link(_("More"), f"{PATH}/new?kind=actual&subject={measure.measure_id}")
    return Markup(
        '<li><div class="item-line"><span><b>{title}</b> <span class="small">{above}</span></span>'
        '<span class="small">{when}</span></div><div class="small">{known}</div>'
        '<div class="due-forms">{quick}{buttons}{more}</div></li>'
    ).format(
        title=measure.title,
        above=titles.get(measure.node_id, ""),
        when=when,
        known=known,
        quick=form(f"{PATH}/quick", *fields, button=_("Submit"), quiet=True),
        buttons=buttons,
        more=more,
    )


def can_be_unchanged(measure: Measure, last: Actual | None) -> bool:
    """Whether the last figure may be told again for a later period: a state may have stayed.

    What was counted in a period, or adds up, did not happen again because nobody looked.
    """
    return measure.accumulation == "level" and last is not None and last.value is not None


def _filled_in(measure: Measure, last: Actual | None) -> str:
    """The last figure, where it may still be true; nothing where a new one is to be counted."""
    return _last_text(last) if can_be_unchanged(measure, last) else ""


def _last_text(last: Actual | None) -> str:
    return "" if last is None or last.value is None else f"{last.value:.15g}"


def next_period(one: Due) -> str:
    """The newest whole period, written as the last one was: a day, a month or a year."""
    today = datetime.now(UTC).date()
    last = one.last.period if one.last else ""
    if len(last) == DAY_LENGTH:
        return today.isoformat()
    before = today.replace(day=1) - timedelta(days=1)
    is_month = len(last) == MONTH_LENGTH and "-" in last
    return before.isoformat()[:MONTH_LENGTH] if is_month else str(today.year - 1)


def _new_part(desk: Desk, plan: Plan, person: Person) -> Markup:
    """Links to begin an update of another kind about what one may write about."""
    titles = nodes_written_about(plan)
    own = desk.initiatives_of(plan, person) or (
        list(titles) if person.role is Role.LEADERSHIP else []
    )
    items = Markup("").join(
        Markup("<li>{}</li>").format(link(titles[one], f"{PATH}/new?initiative={one}"))
        for one in own
    )
    if not own:
        words = _("No initiative is assigned to you. An administrator can do that.")
        return plain_section(_("Write about"), plain_words(words))
    return Markup("<details><summary>{}</summary><ul class='plain-list'>{}</ul></details>").format(
        _("Write about an initiative: stage, milestone, risk, forecast, any figure"), items
    )


def find_measure(plan: Plan, measure_id: str) -> Measure:
    """A measure of the plan that figures are reported for.

    Raises:
        UnknownIdError: there is none, or it is computed here.
    """
    for one in plan.measures:
        if one.measure_id == measure_id and not one.computed:
            return one
    raise UnknownIdError("measure", measure_id)


def figure_draft(desk: Desk, plan: Plan, measure: Measure, content: dict[str, object]) -> Draft:
    """A draft with a figure of a measure."""
    cities = desk.cities_of(plan, measure.node_id)
    return Draft("actual", measure.node_id, measure.measure_id, cities, content)


def _quick(desk: Desk) -> AnyResponse:
    """Take a figure from its line and hand it in."""
    plan = desk.plan()
    measure = find_measure(plan, typed("measure_id"))
    last = last_actual(plan, measure.measure_id)
    content: dict[str, object] = {
        "period": typed("period"),
        "value": typed("value"),
        "relation": "exact",
        "source_url": typed("source_url"),
        "note": "" if typed("source_url") else _("reported by its owner"),
    }
    is_last = last is not None and typed("value").strip() == _last_text(last)
    if last is not None and is_last and can_be_unchanged(measure, last):
        content = {**unchanged_content(last, typed("period")), "source_url": typed("source_url")}
    actor = current_actor()
    update_id = start(desk.workspace, actor, figure_draft(desk, plan, measure, content))
    try:
        submit(desk.workspace, actor, update_id, 1)
    except (InputError, ConflictError) as error:
        return redirect(f"{PATH}/{update_id}?problem={type(error).__name__}")
    return redirect(f"{PATH}?done=submitted")


def _unchanged(desk: Desk) -> AnyResponse:
    """Hand in that a figure is what it was."""
    plan = desk.plan()
    measure = find_measure(plan, typed("measure_id"))
    last = last_actual(plan, measure.measure_id)
    if last is None or not can_be_unchanged(measure, last):
        raise InputError(
            _("Expected the last figure of a state to confirm, found none. Type a figure.")
        )
    content = unchanged_content(last, typed("period"))
    confirm_unchanged(desk.workspace, current_actor(), figure_draft(desk, plan, measure, content))
    return redirect(f"{PATH}?done=unchanged")


def unchanged_content(last: Actual, period: str) -> dict[str, object]:
    """The last figure again, for a later period."""
    return {
        "period": period,
        "value": f"{last.value:.15g}" if last.value is not None else "",
        "relation": last.relation if last.relation != "derived" else "exact",
        "as_stated": last.as_stated,
        "source_url": last.source_url,
        "note": _("confirmed unchanged since {period}").format(period=last.period),
        "unchanged": True,
    }


def _answered(desk: Desk, answer: Callable[[], AnyResponse]) -> AnyResponse:
    """The answer, or the queue with what is wrong."""
    require_current(Action.SEE_QUEUE)
    require_form_token()
    try:
        return answer()
    except (InputError, UnknownIdError) as error:
        return queue_page(desk, problem=str(error), kept=typed("value"), status=400)
