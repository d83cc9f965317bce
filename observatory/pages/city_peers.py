"""The members alike in conditions: who, why, and a form to weigh the conditions otherwise."""

from html import escape

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.peers import FEATURES, MOST_WEIGHT
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.city_data import CityData
from observatory.pages.city_view import FEWEST_PEERS, MOST_PEERS
from observatory.pages.compare_view import MOST_CITIES
from observatory.pages.rows import Row
from observatory.views.components.frame import section
from observatory.views.components.member_map import region_dot
from observatory.views.components.passport import passport_link
from observatory.views.components.static import markup
from observatory.views.words import joined_text, number_text, period_text, short_number

PART = "city-page-peers"
RULE = "/methods#methods-page-peers"
MISSING = "–"

COMPUTED = "growth"  # here, from two figures: no observation states it


def peers_part(data: CityData) -> Component:
    """The peers with their reasons, the form, and where to compare."""
    content = _list(data) if data.peer_ids else html.P(_nobody(data), className="measure")
    return html.Div(
        section(
            _("Peers: members alike in conditions"),
            _own(data),
            content,
            _shared_place(data),
            _actions(data),
            _form(data),
            note=[
                _(
                    "Alike in {features}; nothing of what a government does counts. A distance "
                    "of 0 is the same, 1 as far apart as the most unlike members; it is computed "
                    "here."
                ).format(features=_weighed(data)),
                " ",
                html.A(_("The rule"), href=RULE),
            ],
        ),
        id=PART,
        className="peers",
    )


def _weighed(data: CityData) -> str:
    """The conditions that count, as a list."""
    return joined_text([feature_name(one) for one in FEATURES if data.view.weights[one]])


def feature_name(feature: str) -> str:
    """A condition in a word or two."""
    return {
        "size": _("size"),
        "growth": _("growth"),
        "density": _("density"),
        "income": _("income"),
        "climate": _("climate"),
    }[feature]


def feature_meaning(feature: str) -> str:
    """What stands for a condition."""
    return {
        "size": _("people in the urban agglomeration"),
        "growth": _("growth of the agglomeration, % a year over ten years"),
        "density": _("people per km² of the urban centre"),
        "income": _("income per person of the country, 2011 international USD"),
        "climate": _("Köppen-Geiger class"),
    }[feature]


def feature_text(feature: str, value: object) -> str:
    """The figure of a condition in words; a dash where it is not known."""
    if pd.isna(value):
        return MISSING
    if feature == "climate":
        return climate_text(str(value))
    number = float(str(value))
    if feature == "growth":
        return _("{value} % a year").format(value=number_text(number, 1))
    return short_number(number) if feature == "size" else number_text(number)


def climate_text(code: str) -> str:
    """A Köppen-Geiger class with its main group in a word."""
    group = {
        "A": _("tropical"),
        "B": _("dry"),
        "C": _("temperate"),
        "D": _("cold"),
        "E": _("polar"),
    }.get(code[:1], "")
    return _("{group} ({code})").format(group=group, code=code) if group else code


def reason_text(feature: str, theirs: object, own: object) -> str:
    """A reason in words: "size 4.2 million against 4.6 million"; `own` is known."""
    words = {
        "feature": feature_name(feature),
        "theirs": feature_text(feature, theirs),
        "own": feature_text(feature, own),
    }
    if words["theirs"] == MISSING:
        return _("{feature} not known (counts half)").format(**words)
    if words["theirs"] == words["own"]:
        return _("{feature} {own}, the same").format(**words)
    return _("{feature} {theirs} against {own}").format(**words)


def notice(data: CityData) -> Component | None:
    """What the address asks for that makes no sense, and what was taken instead."""
    if not data.view.ignored:
        return None
    words = _("Left out of the address, because it makes no sense here: {parts}")
    return html.P(
        words.format(parts="; ".join(data.view.ignored)), className="notice", role="status"
    )


def _own(data: CityData) -> Component:
    """The member's own conditions, each opening its passport."""
    row = data.conditions.loc[data.city_id]
    entries = []
    for feature in FEATURES:
        words = feature_text(feature, row[feature])
        is_stated = words != MISSING and feature != COMPUTED
        value = passport_link(words, str(row[f"{feature}_id"])) if is_stated else words
        title = feature_meaning(feature)
        label = html.Dt(html.Span(feature_name(feature).capitalize(), title=title))
        entries.append(html.Div([label, html.Dd(value)], className="fact"))
    return html.Div([html.Dl(entries, className="facts conditions"), _meaning(row)])


def _meaning(row: pd.Series) -> Component:
    told = _(
        "Size: people in the urban agglomeration. Density: people per km² of the urban centre. "
        "Income: of the country, per person, 2011 international USD. Climate: Köppen-Geiger class."
    )
    growth = _(
        "Growth: of the agglomeration, computed here from its figures of {first} and {last}."
    )
    if pd.notna(row["growth"]):
        years = {"first": period_text(row["growth_from"]), "last": period_text(row["growth_to"])}
        told = f"{told} {growth.format(**years)}"
    return html.P(told, className="note")


def _list(data: CityData) -> Component:
    """One entry per peer: name and distance, and below them the reasons."""
    own = data.conditions.loc[data.city_id]
    items = [
        html.Li(_peer(data, peer, own), className="peer") for peer in data.peers.to_dict("records")
    ]
    return html.Ol(items, className="ruled-list peer-list")


def _peer(data: CityData, peer: Row, own: pd.Series) -> list[Component]:
    city_id = str(peer["city_id"])
    city, theirs = data.cities.loc[city_id], data.conditions.loc[city_id]
    counted = [one for one in FEATURES if data.view.weights[one] and pd.notna(own[one])]
    reasons: list[Markup] = []
    for feature in counted:
        words = reason_text(feature, theirs[feature], own[feature])
        value = MISSING if feature == COMPUTED else feature_text(feature, theirs[feature])
        reasons.append(_opening(words, value, str(theirs[f"{feature}_id"])))
    country = html.Span(str(city["country"]), className="small")
    dot = region_dot(str(city["region"]), hollow=city["evidence"] == "D")
    name = dcc.Link(data.name_of(city_id), href=f"/cities/{city_id}{data.view.address}")
    distance = distance_text(peer)
    return [
        html.Div(
            [html.Span([dot, name, " ", country]), html.Span(distance, className="peer-distance")],
            className="item-line",
        ),
        html.Div(Markup(" · ").join(reasons), className="small"),
    ]


def distance_text(peer: Row) -> str:
    """The distance, and the condition that makes most of it where one does."""
    distance = float(peer["distance"])
    words = {"distance": number_text(distance, 2)}
    for feature in FEATURES:
        if distance and float(peer[feature]) > distance / 2:
            return _("distance {distance}, mostly {feature}").format(
                **words, feature=feature_name(feature)
            )
    return _("distance {distance}").format(**words)


def _opening(words: str, value: str, observation_id: str) -> Markup:
    """The reason with the peer's own figure opening its passport."""
    before, found, after = words.partition(value)
    if value == MISSING or not found:
        return Markup(escape(words))  # noqa: S704 - escaped
    linked = passport_link(value, observation_id)
    return Markup(f"{escape(before)}{linked}{escape(after)}")  # noqa: S704 - escaped


def _nobody(data: CityData) -> str:
    row = data.conditions.loc[data.city_id]
    counted = [feature for feature in FEATURES if data.view.weights[feature]]
    unknown = [feature for feature in counted if feature_text(feature, row[feature]) == MISSING]
    if not unknown:
        return _("No other member knows enough of the conditions that count here.")
    return _(
        "No peers are named: of the conditions that count, its {unknown} are not known, and two "
        "members are compared only where they share 60 % of the weight. It is nobody's peer "
        "either."
    ).format(unknown=joined_text([feature_name(feature) for feature in unknown]))


def _shared_place(data: CityData) -> Component | None:
    if not data.sharing:
        return None
    links: list[Component | str] = []
    for city_id in data.sharing:
        links += [dcc.Link(data.name_of(city_id), href=f"/cities/{city_id}"), "; "]
    return html.P(
        [
            _("Never a peer, because it is of the same place and shares its conditions:"),
            " ",
            *links[:-1],
        ],
        className="note",
    )


def _actions(data: CityData) -> Component | None:
    """A link to the comparison with the nearest peers."""
    together = data.peer_ids[: MOST_CITIES - 1]
    if not together:
        return None
    words = ngettext(
        "Compare {city} with the nearest peer",
        "Compare {city} with the {count} nearest peers",
        len(together),
    ).format(city=data.name, count=number_text(len(together)))
    href = f"/compare?cities={','.join([data.city_id, *together])}"
    return html.Div(dcc.Link(words, href=href, className="button"), className="button-row")


def _form(data: CityData) -> Markup:
    """A plain form: it works by keyboard and without any script; its address can be shared."""
    view = data.view
    words = [_("not at all"), _("as the others"), _("twice"), _("three times")]
    weights = {str(weight): words[weight] for weight in range(MOST_WEIGHT + 1)}
    selects = [
        _select(f"w_{one}", feature_name(one).capitalize(), weights, str(view.weights[one]))
        for one in FEATURES
    ]
    counts = sorted({FEWEST_PEERS, 5, 10, 15, 20, MOST_PEERS, view.peers})
    selects.append(
        _select("peers", _("How many"), {str(n): number_text(n) for n in counts}, str(view.peers))
    )
    reset = ""
    if view.is_adjusted:
        reset = markup(dcc.Link(_("As at first"), href=f"/cities/{data.city_id}#{PART}"))
    summary = escape(_("Weigh the conditions otherwise"))
    form = (
        f'<details class="weights"{" open" if view.is_adjusted else ""}>'
        f"<summary>{summary}</summary>"
        f'<form action="/cities/{escape(data.city_id)}#{PART}" method="get">'
        f'<div class="weight-row">{"".join(selects)}</div>'
        f'<div class="button-row"><button class="button" type="submit">'
        f"{escape(_('Show these peers'))}</button>{reset}</div></form></details>"
    )
    return Markup(form)  # noqa: S704 - every part is escaped


def _select(name: str, label: str, choices: dict[str, str], chosen: str) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(words)}</option>"
        for value, words in choices.items()
    )
    return (
        f'<label class="weight"><span>{escape(label)}</span>'
        f'<select name="{escape(name)}">{options}</select></label>'
    )
