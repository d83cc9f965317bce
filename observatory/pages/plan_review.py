"""`/plan/review`: one thing after the other that a meeting has to talk about."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.plan import Measure
from observatory.domain.plan_figures import forecast
from observatory.domain.plan_review import need_talk
from observatory.domain.plan_status import UNKNOWN
from observatory.language import gettext as _
from observatory.pages.plan_data import PlanData, PlanReader
from observatory.pages.plan_decision_tables import (
    DECIDE_PATH,
    Ways,
    decision_table,
    settling_ways,
)
from observatory.pages.plan_measure import path_drawing
from observatory.pages.plan_parts import form, frame_note, node_link, node_status, notices, why
from observatory.pages.plan_view import PATH, plan_view
from observatory.pages.plan_words import since_words
from observatory.pages.visit import Page, Visit, first
from observatory.store.warehouse import Store
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import server_link, static
from observatory.views.components.terms import terms
from observatory.views.plan_words import actual_text, day_text, forecast_words, plan_status_word
from observatory.views.words import number_text

REVIEW_PATH = f"{PATH}/review"
ITEM = "item"
FORMS = (("pdf", "PDF"), ("xlsx", "XLSX"), ("html", "HTML"))


def create_page(reader: PlanReader) -> Page:
    """The page, which reads the workspace as well as the snapshot."""

    def layout(store: Store, visit: Visit) -> Component:
        data = reader.data(store, plan_view(visit, frozenset({ITEM})))
        at = _asked(visit)
        back = data.view.address(REVIEW_PATH, item=str(at))
        return review_layout(data, at, settling_ways(reader.workspace, data, back))

    return Page(REVIEW_PATH, title, layout)


def title() -> str:
    """The page's title."""
    return _("Review of the plan")


def _asked(visit: Visit) -> int:
    text = first(visit, ITEM, "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004 - no plan is as long


def agenda(data: PlanData) -> list[Measure]:
    """What is talked about: late, overdue, off pace; then the rest; last what cannot be judged."""
    counted = [one for one in data.plan.measures if one.weight != 0]
    urgent = need_talk(data.plan, data.found, most=len(counted))
    rest = [one for one in counted if one not in urgent]
    known = [one for one in rest if data.found[one.measure_id].status != UNKNOWN]
    return [*urgent, *known, *(one for one in rest if one not in known)]


def review_layout(data: PlanData, asked: int, ways: Ways) -> Component:
    """One item of the agenda, with the way to the next and the one before.

    Args:
        data: the plan as it is seen.
        asked: number of the item.
        ways: how this reader settles decisions.
    """
    items = agenda(data)
    at = min(max(asked, 1), max(len(items), 1))
    return html.Div(
        static(
            opening(_("What does the meeting decide?"), emphasised(_answer(data, items))),
            *notices(data),
            form(data, REVIEW_PATH),
            frame_note(data, REVIEW_PATH),
            *([_steps(data, items, at), _item(data, items[at - 1], at, ways)] if items else []),
            _agenda(data, items, at),
            _pack(data),
        ),
        className="plan plan-review",
    )


def _answer(data: PlanData, items: list[Measure]) -> str:
    urgent = len(need_talk(data.plan, data.found, most=len(items)))
    return _(
        "As of **{day}**, {count} measures are on the agenda; **{urgent} of them are late, off "
        "pace or without news**. {decided} decisions were taken {since}."
    ).format(
        day=day_text(data.view.as_of),
        count=number_text(len(items)),
        urgent=number_text(urgent),
        decided=number_text(len(data.review().new_decisions)),
        since=since_words(data),
    )


def _steps(data: PlanData, items: list[Measure], at: int) -> Component:
    """Links to the item before and after; assets/review.js follows them by the arrow keys."""
    parts: list[Component] = []
    if at > 1:
        parts.append(_step(data, at - 1, _("Previous"), "prev"))
    told = _("Item {at} of {count}").format(at=number_text(at), count=number_text(len(items)))
    parts.append(html.Span(told, className="review-at", **{"aria-live": "polite"}))
    if at < len(items):
        parts.append(_step(data, at + 1, _("Next"), "next"))
    parts.append(html.Span(_("arrow keys ← →"), className="small"))
    return html.Nav(parts, className="review-steps", **{"aria-label": _("Items of the agenda")})


def _step(data: PlanData, at: int, words: str, kind: str) -> Component:
    address = data.view.address(REVIEW_PATH, item=str(at))
    return html.A(words, href=address, className="button", **{"data-review": kind})


def _item(data: PlanData, measure: Measure, at: int, ways: Ways) -> Component:
    above = data.nodes[measure.node_id]
    was = data.before.get(measure.measure_id)
    ahead = forecast(data.plan, measure, data.plan.ends_on)
    newest = [one for one in data.plan.actuals if one.measure_id == measure.measure_id and one.on]
    last = max(newest, key=lambda one: (one.on, one.known_on), default=None)
    owner = data.initiatives[above.node_id].owner if above.node_id in data.initiatives else ""
    return html.Section(
        [
            html.H2(
                [f"{measure.title} ", html.Span(above.title, className="small")], tabIndex="-1"
            ),
            html.P(
                [node_status(data, measure.measure_id), " ", why(data, measure.measure_id), "."]
            ),
            path_drawing(data, measure),
            terms(
                [
                    (_("Was"), _was(data, was.status if was else "")),
                    (_("Last figure"), actual_text(measure, last) if last else _("none")),
                    (_("Forecast"), forecast_words(measure, ahead)),
                    (_("Answers for it"), owner or _("nobody is named")),
                    (_("The arithmetic"), node_link(data, measure.measure_id)),
                ]
            ),
            decision_table(data, measure.measure_id, ways),
            decision_form(data, measure.measure_id, at),
        ],
        className="review-item",
    )


def _was(data: PlanData, status: str) -> str:
    if not status:
        return ""
    words = _("{status} on {day}")
    return words.format(status=plan_status_word(status), day=day_text(data.view.since))


def decision_form(data: PlanData, node_id: str, at: int) -> Markup:
    """Where a decision is written on the spot; assets/review.js asks the server for the form."""
    back = data.view.address(REVIEW_PATH, item=str(at))
    asked = urlencode({"node": node_id, "back": back})
    return Markup('<div class="decision-form" data-decide="{}/form?{}"></div>').format(
        DECIDE_PATH, asked
    )


def _agenda(data: PlanData, items: list[Measure], at: int) -> Component:
    entries = [
        html.Li(
            [
                html.Div(
                    [
                        html.A(
                            one.title,
                            href=data.view.address(REVIEW_PATH, item=str(number)),
                            **({"aria-current": "step"} if number == at else {}),
                        ),
                        node_status(data, one.measure_id),
                    ],
                    className="item-line",
                )
            ]
        )
        for number, one in enumerate(items, start=1)
    ]
    words = _("All {count} items").format(count=number_text(len(items)))
    return html.Details(
        [html.Summary(words), html.Ol(entries, className="ruled-list")], className="agenda"
    )


def _pack(data: PlanData) -> Component:
    """The board pack of this view, in its three forms."""
    links: list[Component | Markup | str] = []
    for form_name, words in FORMS:
        links += [
            server_link(
                words, data.view.address(f"{PATH}/board-pack.{form_name}", since="", show="")
            ),
            " · ",
        ]
    return section(
        _("Board pack"),
        html.P([_("The same numbers to take away:"), " ", *links[:-1]]),
        note=_("A tagged PDF, a workbook, and a page that opens without a network."),
    )
