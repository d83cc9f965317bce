"""Strengths and gaps of a member, and the rule they follow."""

from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.standing import LEAST_GROUP, NAMED, Standing
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.city_data import CityData
from observatory.pages.city_figures import CityFigure
from observatory.pages.city_standing import value_cell
from observatory.views.components.frame import section
from observatory.views.words import number_text, period_text, polarity_words, scale_word

RULE = "/methods#methods-page-standing"


def strengths_and_gaps(data: CityData) -> Component:
    """Two short lists side by side, the rule below."""
    found = data.outstanding
    if not found.judged:
        words = _(
            "None can be told: in no indicator with a better end do this member and 60 % of the "
            "others have a figure."
        )
        return section(
            _("Strengths and gaps"), html.P([words, " ", rule_link()], className="measure")
        )
    return html.Div(
        section(
            _("Strengths and gaps"),
            html.Div(
                [
                    _list(
                        data,
                        _("Better than most"),
                        found.strengths,
                        _("In no indicator is it clearly better placed."),
                    ),
                    _list(
                        data,
                        _("Worse than most"),
                        found.gaps,
                        _("In no indicator is it clearly worse placed."),
                    ),
                ],
                className="two-lists",
            ),
            note=_rule(data),
        ),
        className="outstanding",
    )


def _rule(data: CityData) -> list[Component | str]:
    found = data.outstanding
    words = {"judged": number_text(found.judged), "least": number_text(LEAST_GROUP)}
    if found.is_by_peers:
        told = _(
            "Held against its {peers} peers, in the {judged} indicators that have a better end "
            "and a figure for at least 60 % of them. Listed is where it is surely ahead, or "
            "behind, of half of them more than the other way round; one indicator of a theme."
        )
    else:
        told = _(
            "Held against all members, since there are fewer than {least} peers, in the {judged} "
            "indicators that have a better end and a figure for at least 60 % of the members. "
            "Listed is where it is surely ahead, or behind, of half of them more than the other "
            "way round; one indicator of a theme. Totals follow the size of a city."
        )
    words["peers"] = number_text(len(data.peers))
    return [told.format(**words), " ", rule_link()]


def rule_link() -> Component:
    """Where the rule is published."""
    return html.A(_("The rule"), href=RULE)


def _list(data: CityData, heading: str, figures: list[CityFigure], none: str) -> Component:
    if not figures:
        return html.Div([html.H3(heading), html.P(none, className="small")])
    fewer = None
    if len(figures) < NAMED:
        words = ngettext(
            "Only {count} indicator qualifies.", "Only {count} indicators qualify.", len(figures)
        )
        fewer = html.P(words.format(count=number_text(len(figures))), className="small")
    items = [
        html.Li(_item(data, figure, data.outstanding.among(figure).standing)) for figure in figures
    ]
    return html.Div([html.H3(heading), html.Ul(items, className="ruled-list"), fewer])


def _item(data: CityData, figure: CityFigure, place: Standing | None) -> list[Component | None]:
    row = figure.row
    words = [
        polarity_words(figure.indicator.better),
        period_text(row["period_year"]),
        scale_word(row["scale"]),
    ]
    told = _against(data, place) if place is not None else ""
    return [
        html.Div(
            [
                dcc.Link(
                    figure.indicator.title,
                    href=f"/data/{figure.indicator.indicator_id}",
                    className="quiet-link",
                ),
                value_cell(figure),
            ],
            className="item-line",
        ),
        html.Div(told + " · " + " · ".join(words), className="small"),
    ]


def _against(data: CityData, place: Standing) -> str:
    counts = {
        "ahead": number_text(place.ahead_of),
        "behind": number_text(place.behind),
        "others": number_text(place.others),
    }
    if data.outstanding.is_by_peers:
        return _("surely ahead of {ahead} and behind {behind} of {others} peers").format(**counts)
    return _("surely ahead of {ahead} and behind {behind} of {others} members").format(**counts)
