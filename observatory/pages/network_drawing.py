"""The drawing of `/network`: its marks and lines with their words, and what the legend says."""

from html import escape
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData, facts_of
from observatory.pages.network_words import kind_word, measure_text, measure_title, measured_on
from observatory.store.warehouse import Store
from observatory.views.components.frame import source_line
from observatory.views.components.member_map import REGION_CLASSES
from observatory.views.figures.network import (
    DRAWN_WHOLE,
    KEPT_PER_MEMBER,
    WIDTHS,
    Drawing,
    backbone,
)
from observatory.views.figures.world_map import side_by_side
from observatory.views.theme import Theme
from observatory.views.words import joined_text, number_text, region_name

WIDTH_CLASSES = ("key-thin", "key-middle", "key-thick")  # of WIDTHS


def drawing(store: Store, data: NetworkData, theme: Theme) -> Drawing:
    """What a view draws: every member, and its ties or the strongest of many."""
    view = data.view
    on_map = view.layout == "geography"
    members = side_by_side(data.members) if on_map else data.members
    sizes = data.measure(view.measure).fillna(0).where(data.degrees > 0)
    marks = pd.DataFrame(
        {
            "city_id": members.index,
            "x": members["x_km" if on_map else "x"].to_numpy(),
            "y": members["y_km" if on_map else "y"].to_numpy(),
            "size": sizes[members.index].to_numpy(),
            "colour": _colours(data, members, theme),
            "hollow": (members["evidence"] == "D").to_numpy(),
            "name": members["name"].to_numpy(),
            "words": _member_words(data, members),
        }
    )
    facts = _pairs((data if view.scenario.is_empty else facts_of(store, view)).ties)
    strong = set(view.default_kinds)
    ties = backbone(data.ties, view.city)
    drawn = ties.assign(
        sign=[
            _sign(row, strong) if (row.city_a, row.city_b) in facts else "assumed"
            for row in ties.itertuples()
        ],
        words=[_tie_words(data, row) for row in ties.itertuples()],
    )
    return Drawing(marks, drawn, view.city, data.path(), on_map)


def _pairs(ties: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(ties["city_a"], ties["city_b"], strict=True))


def _sign(row: Any, strong: set[str]) -> str:  # noqa: ANN401 - a row of ties
    return "strong" if strong & set(row.kinds.split(";")) else "weak"


def _colours(data: NetworkData, members: pd.DataFrame, theme: Theme) -> list[str]:
    if data.view.colour == "region":
        return [theme.regions.get(region, theme.muted) for region in members["region"]]
    numbers = data.communities.of.reindex(members.index)
    hues = theme.communities
    return [
        theme.muted if number != number else hues[min(int(number), len(hues)) - 1]  # noqa: PLR0124 - not a number is unlike itself
        for number in numbers
    ]


def _member_words(data: NetworkData, members: pd.DataFrame) -> list[str]:
    """What is told of each member that is pointed at."""
    measure = data.view.measure
    told = _("{member}, {country}<br>{measure}: {value}")
    rows = zip(
        members["name"], members["country"], data.measure(measure)[members.index], strict=True
    )
    return [
        told.format(
            member=escape(str(name)),
            country=escape(str(country)),
            measure=measure_title(measure),
            value=measure_text(measure, float(value)),
        )
        for name, country, value in rows
    ]


def _tie_words(data: NetworkData, row: Any) -> str:  # noqa: ANN401 - a row of ties
    words = ngettext(
        "{a} – {b}<br>{events} occasion: {kinds}",
        "{a} – {b}<br>{events} occasions: {kinds}",
        int(row.events),
    )
    return words.format(
        a=escape(data.name(row.city_a)),
        b=escape(data.name(row.city_b)),
        events=number_text(int(row.events)),
        kinds=joined_text([kind_word(kind) for kind in row.kinds.split(";")]),
    )


def legend(store: Store, data: NetworkData, drawn: Drawing) -> list[Component | None]:
    """What marks and lines mean, and what the drawing leaves out."""
    told = [
        _("Area of a mark: {measure}. Small rings have no tie in this view.").format(
            measure=measure_title(data.view.measure).lower()
        ),
        _simplified(data, drawn),
        _off_map(data) if drawn.on_map else _placed(),
    ]
    return [
        html.Ul(_mark_entries(data), className="legend"),
        html.Ul(_line_entries(data, drawn), className="legend"),
        html.P(" ".join(one for one in told if one), className="network-told small"),
        source_line(measured_on(data, store.publication())),
    ]


def _mark_entries(data: NetworkData) -> list[Component]:
    if data.view.colour != "region":
        return [html.Li(_("Colours: communities, listed below"))]
    counts = data.members.loc[data.linked, "region"].value_counts()
    return [
        html.Li(
            [
                html.Span(className=f"dot {mark}"),
                region_name(region),
                " ",
                html.Span(number_text(int(counts.get(region, 0))), className="number small"),
            ]
        )
        for region, mark in REGION_CLASSES.items()
        if region in data.view.regions
    ]


def _line_entries(data: NetworkData, drawn: Drawing) -> list[Component]:
    """Width says how strong a tie is, its pattern how the two met; only what is drawn is told."""
    signs = set(drawn.ties["sign"])
    entries = list(zip(WIDTH_CLASSES, _strength_words(), strict=True)) if signs else []
    if "weak" in signs:
        if "strong" in signs:
            entries.append(("key-strong", _("worked together")))
        entries.append(("key-weak", _("met, or flights only")))
    if "assumed" in signs:
        entries.append(("key-assumed", _("added by the scenario")))
    if data.view.city:
        entries.append(("key-own", _("of {member}").format(member=_chosen_name(data))))
    if drawn.path:
        entries.append(("key-path", _("the path")))
    return [html.Li([html.Span(className=f"key-line {mark}"), words]) for mark, words in entries]


def _strength_words() -> list[str]:
    first, second = (number_text(below) for below, _width in WIDTHS[:2])
    return [
        _("strength below {strength}").format(strength=first),
        _("{first} to below {second}").format(first=first, second=second),
        _("{strength} and more").format(strength=second),
    ]


def _chosen_name(data: NetworkData) -> str:
    return data.names.get(data.view.city, data.view.city)


def _simplified(data: NetworkData, drawn: Drawing) -> str:
    if len(drawn.ties) == len(data.ties):
        return ""
    return _(
        "Of {ties} ties {drawn} are drawn: above {limit} ties the {kept} strongest of each member. "
        "Look at a member to see all of its ties; the tables hold them all."
    ).format(
        ties=number_text(len(data.ties)),
        drawn=number_text(len(drawn.ties)),
        limit=number_text(DRAWN_WHOLE),
        kept=number_text(KEPT_PER_MEMBER),
    )


def _placed() -> str:
    return _(
        "Places follow from all cooperation on record and stay the same under every filter: who "
        "works together stands near each other. Below, by region, members without any on record; "
        "a scenario moves nobody."
    )


def _off_map(data: NetworkData) -> str:
    missing = int(data.members["x_km"].isna().sum())
    told = _("Boundaries shown do not imply endorsement. Equal Earth projection.")
    if not missing:
        return told
    words = _("{count} partners from outside have no coordinates here and are on no map.")
    return f"{told} {words.format(count=number_text(missing))}"
