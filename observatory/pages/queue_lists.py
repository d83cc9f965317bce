"""Updates in the lists of a queue: what each is about, what it says, how far it is."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from observatory.domain.plan import Plan, nodes_written_about
from observatory.language import gettext as _
from observatory.pages.plain import plain_section, plain_table
from observatory.views.components.static import link
from observatory.views.plan_words import stage_word
from observatory.views.update_words import update_kind_word
from observatory.views.words import moment_text
from observatory.workspace.update_lists import Update
from observatory.workspace.updates import state_word

PATH = "/queue"


def own_part(plan: Plan, mine: Sequence[Update], words: str) -> Markup:
    """What one wrote; what came back stands before the figures due, one key from the first."""
    if not mine:
        return Markup("")
    rows = [
        [
            link(title_of(plan, one), f"{PATH}/{one.update_id}"),
            update_kind_word(one.kind),
            said_in(plan, one),
            state_word(one.state),
            moment_text(one.changed_at),
        ]
        for one in mine
    ]
    header = [_("Update"), _("Kind"), _("Says"), _("State"), _("Last changed")]
    return plain_section(words, plain_table(words, header, rows))


def review_part(plan: Plan, waiting: Sequence[Update]) -> Markup:
    """What others wrote and this person may review."""
    if not waiting:
        return Markup("")
    rows = [
        [
            link(title_of(plan, one), f"{PATH}/{one.update_id}"),
            said_in(plan, one),
            one.author_name,
            state_word(one.state),
            moment_text(one.submitted_at or one.changed_at),
        ]
        for one in waiting
    ]
    header = [_("Update"), _("Says"), _("By"), _("State"), _("Handed in")]
    return plain_section(_("Waiting for my review"), plain_table(_("To review"), header, rows))


def title_of(plan: Plan, update: Update) -> str:
    """What an update is about, in words."""
    titles = {one.measure_id: one.title for one in plan.measures}
    titles |= nodes_written_about(plan)
    titles |= {one.milestone_id: one.title for one in plan.milestones}
    named = str(update.content.get("title") or "")
    return named or titles.get(update.subject_id) or titles.get(update.initiative_id, update.kind)


def said_in(plan: Plan, update: Update) -> str:
    """What an update says, as it was typed: "25 cities for 2023"; a dash where nothing yet."""
    content = update.content
    units = {one.measure_id: one.unit for one in plan.measures}
    told = {name: str(content.get(name) or "").strip() for name in content}
    value = f"{told.get('value', '')} {units.get(update.subject_id, '')}".strip()
    figure = value if told.get("value") else told.get("as_stated", "")
    words = {
        "actual": _("{figure} for {period}").format(figure=figure, period=told.get("period"))
        if figure and told.get("period")
        else figure,
        "forecast": _("{figure} on {day}").format(figure=figure, day=told.get("on"))
        if figure and told.get("on")
        else figure,
        "stage": stage_word(told["stage"]) if told.get("stage") else "",
        "milestone": _milestone_words(told),
        "risk": _("likelihood {likelihood}, impact {impact}").format(
            likelihood=told.get("likelihood") or "–", impact=told.get("impact") or "–"
        ),
    }
    return words[update.kind] or "–"


def _milestone_words(told: Mapping[str, str]) -> str:
    if told.get("done_on"):
        return _("done {day}").format(day=told["done_on"])
    return _("due {day}").format(day=told["due_on"]) if told.get("due_on") else ""
