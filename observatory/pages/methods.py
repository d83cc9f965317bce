"""`/methods`: how are things computed?"""

from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.ingest.match import NAME_RADIUS_KM, POINT_RADIUS_KM
from observatory.language import gettext as _
from observatory.pages.methods_network import network_rules
from observatory.pages.methods_plan import plan_rules
from observatory.pages.methods_words import (
    association_rules,
    class_methods,
    freshness_states,
    glossary,
    peer_rules,
    reasons,
    scales,
    standing_rules,
    statuses,
)
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import all_indicators
from observatory.schema import EVIDENCE_LEVELS
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import static
from observatory.views.components.terms import terms
from observatory.views.words import evidence_words, number_text

PATH = "/methods"


def title() -> str:
    """The page's title."""
    return _("Methods")


def layout(store: Store, _visit: Visit) -> Component:
    """Rules, formulas, limits and words."""
    indicators = all_indicators(store)
    derived = [indicator for indicator in indicators.values() if indicator.formula]
    answer = _(
        "{published} of {indicators} indicators are shown **as their publisher states them**; "
        "{derived} are computed here, by the formulas below. A missing figure stays missing: "
        "nothing is filled in, smoothed or guessed."
    ).format(
        published=number_text(len(indicators) - len(derived)),
        indicators=number_text(len(indicators)),
        derived=number_text(len(derived)),
    )
    listed = parts(derived)
    links = [html.Li(html.A(heading, href=f"#{part}")) for part, heading, _content in listed]
    return static(
        html.Div(
            [
                opening(_("How are things computed?"), emphasised(answer)),
                html.Nav(html.Ul(links, className="contents"), **{"aria-label": _("On this page")}),
                *[
                    html.Div(section(heading, *content), id=part, className="measure-wide")
                    for part, heading, content in listed
                ],
            ],
            className="methods",
        )
    )


def parts(derived: list[Indicator]) -> list[tuple[str, str, list[Component]]]:
    """The sections in order: id, heading, content."""
    return [
        ("methods-page-latest", _("Which figure is the newest"), newest_rules()),
        ("methods-page-matching", _("How members are met in a source"), matching_rules()),
        ("methods-page-gaps", _("Why a figure is missing"), [terms(reasons())]),
        ("methods-page-scales", _("Scales are not mixed"), [terms(scales())]),
        ("methods-page-clocks", _("Two clocks"), clock_rules()),
        ("methods-page-bands", _("Positions are bands"), band_rules()),
        ("methods-page-standing", _("Strengths and gaps"), [terms(standing_rules())]),
        ("methods-page-peers", _("Peers"), [terms(peer_rules())]),
        ("methods-page-association", _("What goes with what"), [terms(association_rules())]),
        ("methods-page-network", _("The network"), [terms(network_rules())]),
        ("methods-page-plan", _("The plan and its status"), [terms(plan_rules())]),
        ("methods-page-classes", _("Classes on the map"), [terms(class_methods())]),
        ("methods-page-formulas", _("Formulas of derived indicators"), formulas(derived)),
        ("methods-page-evidence", _("Evidence for a seat"), evidence_levels()),
        ("methods-page-map", _("The map"), map_rules()),
        ("methods-page-glossary", _("Words"), [terms(glossary())]),
    ]


def newest_rules() -> list[Component]:
    """How one figure is chosen among several."""
    return [
        html.P(
            _(
                "Where several figures of an indicator are held for one place, the newest period "
                "is shown. A projection is never the newest where a figure about the past is held."
            )
        ),
        html.P(
            _(
                "For the same period, the status decides, then the preference among sources that "
                "is stated with each source. Statuses, the preferred first:"
            )
        ),
        terms(statuses()),
    ]


def clock_rules() -> list[Component]:
    """The period of the data, and the day of the last look."""
    return [
        html.P(
            _(
                "Every figure has two clocks: the period it is about, and the day we last looked "
                "at its source. Looking again does not make old data new. How the last look "
                "stands follows the rhythm of each source:"
            )
        ),
        terms(freshness_states()),
    ]


def matching_rules() -> list[Component]:
    """How a member is met in a source: the rules in the order in which they are tried."""
    rules = [
        _("Identifier: the source's own code is on record for the member."),
        _("Name: the name is the member's city name, in the same country."),
        _("Alias: the name is another name of the member on record, in the same country."),
        _(
            "Place and name: within {near} km in the same country, and the names are nearly alike."
        ).format(near=number_text(POINT_RADIUS_KM)),
    ]
    return [
        html.P(_("A wrong match is worse than a gap. A rule counts only when it names one pair:")),
        html.Ol([html.Li(rule) for rule in rules]),
        html.P(
            _(
                "Where source and member both have coordinates, a match by name also asks that "
                "they lie within {far} km. Accents, case and punctuation do not tell names apart. "
                "Where more than one place or member fits, nothing is guessed: it is reported as "
                "ambiguous."
            ).format(far=number_text(NAME_RADIUS_KM))
        ),
        html.P(
            _(
                "A city takes figures of its city and of its metropolitan area. A metropolitan "
                "government takes metropolitan figures only, and a province takes none of a city. "
                "A place of a source goes to one member at most."
            )
        ),
        html.P(
            [
                _("How each member was met in a source stands on the source's page: "),
                dcc.Link(_("all sources"), href="/data"),
                ".",
            ]
        ),
    ]


def band_rules() -> list[Component]:
    """How far a position can be trusted."""
    return [
        html.P(
            _(
                "A figure stated with one decimal stands for anything within half a tenth. Where "
                "the figures of a ranking are of different years, an older one may have moved "
                "since: its range is wider by the indicator’s typical change in a year (the "
                "median over all steps from one figure of a place to its next) for each year that "
                "it lies behind the newest. A member is surely ahead of another only where the "
                "two ranges do not touch. Its band runs from one more than the members surely "
                "ahead to all but those surely behind: “5–11 of 79” says that it may be anything "
                "from 5th to 11th among those that have a figure."
            )
        ),
        html.P(
            _(
                "There are no ranks where neither end is better, where fewer than 60 % of the "
                "members shown have a figure (the missing ones could change any position), or "
                "where figures of different years cannot be set right because the indicator has "
                "no series. The members without a figure could all stand ahead; a ranking says "
                "how many they are. “Best quarter” and “last quarter” are said only where the "
                "whole band lies in it."
            )
        ),
    ]


def formulas(derived: list[Indicator]) -> list[Component]:
    """The formulas, from the catalogue."""
    header = [(_("Indicator"), "text"), (_("Formula"), "text"), (_("Unit"), "text")]
    rows = [
        [
            dcc.Link(indicator.title, href=f"/data/{indicator.indicator_id}"),
            html.Code(indicator.formula),
            indicator.unit,
        ]
        for indicator in derived
    ]
    return [
        html.P(
            _(
                "Both parts of a ratio come from one source and one boundary. Where an input is "
                "missing, so is the result."
            )
        ),
        data_table(_("Formulas of derived indicators"), header, rows)
        if rows
        else html.P(_("No indicator of this snapshot is derived.")),
    ]


def evidence_levels() -> list[Component]:
    """What the letters of a seat mean."""
    return [
        html.P(
            _(
                "The official list of members is not public. Each seat therefore carries the best "
                "evidence found; seats without any are drawn hollow wherever a member is shown."
            )
        ),
        terms([(level, evidence_words(level)) for level in EVIDENCE_LEVELS]),
    ]


def map_rules() -> list[Component]:
    """Projection and boundaries."""
    return [
        html.P(
            _(
                "Maps are drawn in the Equal Earth projection: areas are in proportion, shapes "
                "only nearly. Outlines are simplified to about 12 km. Land: Natural Earth, public "
                "domain. Members that share a point are drawn side by side."
            )
        ),
        html.P(
            _(
                "The boundaries and names shown on maps do not imply endorsement or acceptance "
                "by the association or by its members."
            )
        ),
    ]


PAGE = Page(PATH, title, layout, in_navigation=True)
