"""The parts of the Atlas below its controls: legend, ranking, distribution, regions, table."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.atlas_data import TABLE, AtlasData, decades
from observatory.pages.atlas_view import AtlasView
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.dot_map import dot_map
from observatory.views.components.escaping import all_escaped, escaped
from observatory.views.components.frame import section
from observatory.views.components.passport import passport_link
from observatory.views.components.static import link, small
from observatory.views.components.template import rendered
from observatory.views.theme import Theme
from observatory.views.words import (
    band_text,
    cities_text,
    number_text,
    reason_words,
    region_name,
    scale_word,
    status_word,
    unit_text,
    value_text,
)

MULTIPLES = 4
RANKED_COLUMNS = ("city_id", "member_name", "colour", "text", "period", "observation_id")
FIGURE_COLUMNS = ("text", "observation_id", "reason_code", "period", "scale", "status")
BINS = 24


def legend(view: AtlasView, data: AtlasData) -> Component:
    """Classes in words with their counts, and the unknown with the reasons."""
    ramp = view.indicator.kind == "number" and view.method == "continuous"
    entries = [
        html.Li(
            [
                html.Span(className="swatch", style={"background": entry.colour}),
                html.Span(entry.label, className="number"),
                None if ramp else html.Span(cities_text(entry.count), className="small"),
            ]
        )
        for entry in data.legend
    ]
    unknown = int(data.unknown.sum())
    reasons = "; ".join(
        f"{reason_words(str(code))} {number_text(int(count))}"
        for code, count in data.unknown.items()
    )
    words = ngettext("{count} unknown", "{count} unknown", unknown)
    entries.append(
        html.Li(
            [
                html.Span("×", className="swatch swatch-unknown"),
                html.Span(words.format(count=number_text(unknown))),
                html.Span(f"({reasons})", className="small") if reasons else None,
            ]
        )
    )
    entries.append(
        html.Li(
            [
                html.Span(className="swatch swatch-hollow"),
                html.Span(_("ring: seat not documented"), className="small"),
            ]
        )
    )
    return html.Ul(entries, className="legend")


def ranking(view: AtlasView, data: AtlasData) -> Component:
    """Members with a figure, highest first (best first where one end is better), with bands."""
    known = data.known
    if view.indicator.better == "lower" and view.indicator.kind == "number":
        known = known.iloc[::-1]
    nothing = html.P(_("Nothing to list. Choose more regions, other evidence levels or a year."))
    return section(
        _("From one end to the other"),
        _ranked(known, view) if len(known) else nothing,
        note=" ".join((_ranking_note(view, data), _length_words(len(known)))),
    )


def _length_words(count: int) -> str:
    """That there is more than is seen at once."""
    words = ngettext("{count} member.", "{count} members; the list scrolls.", count)
    return words.format(count=number_text(count))


def _ranking_note(view: AtlasView, data: AtlasData) -> str:
    if view.indicator.kind != "number":
        return _("Grouped by answer. Choose a city to find it on the map.")
    if data.no_ranks:
        return _no_ranks_words(data)
    missing = len(data.members) - len(data.known)
    return ngettext(
        "Best first. The band says which positions a city may hold among the cities that have a "
        "figure, given rounding, ties and figures of different years. {count} member without a "
        "figure may stand ahead of any of them.",
        "Best first. The band says which positions a city may hold among the cities that have a "
        "figure, given rounding, ties and figures of different years. {count} members without a "
        "figure may stand ahead of any of them.",
        missing,
    ).format(count=number_text(missing))


def _no_ranks_words(data: AtlasData) -> str:
    counts = {"known": number_text(len(data.known)), "members": number_text(len(data.members))}
    return {
        "no-better-end": _("From high to low: neither end is better, so there are no ranks."),
        "coverage": _(
            "In order, without ranks: only {known} of {members} members have a figure, and below "
            "60 % the missing ones could change any position."
        ),
        "years": _(
            "In order, without ranks: the figures are of different years, and how fast they move "
            "from year to year is not known."
        ),
    }[data.no_ranks].format(**counts)


def _ranked(known: pd.DataFrame, view: AtlasView) -> Markup:
    unit = unit_text(view.indicator)
    columns = (all_escaped(known[column].tolist()) for column in RANKED_COLUMNS)
    city_ids = known["city_id"].tolist()
    return rendered(
        "ranking",
        list_id="atlas-page-ranking",
        rows=list(zip(*columns, _bands(known), strict=True)),
        is_ranked=bool(known["first"].notna().any()),
        chosen=view.city,
        entered=view.city if view.city in city_ids else city_ids[0],
        keys=_("Tab enters the list and leaves it; arrows go from member to member."),
        unit=Markup('<span class="unit">{}</span>').format(unit) if unit else "",
    )


def _bands(known: pd.DataFrame) -> list[str]:
    ends = zip(known["first"].tolist(), known["last"].tolist(), strict=True)
    return ["" if pd.isna(first) else band_text(int(first), int(last)) for first, last in ends]


def distribution(view: AtlasView, data: AtlasData) -> Component | None:
    """How the values spread: a histogram over a strip with one tick a city."""
    values = data.known.dropna(subset=["value"])
    if view.indicator.kind != "number" or len(values) < 2:  # noqa: PLR2004 - one value does not spread
        return None
    low, high = float(values["value"].min()), float(values["value"].max())
    span = (high - low) or 1.0
    position = (values["value"] - low) / span
    counts = (position * BINS).clip(upper=BINS - 1).astype(int).value_counts()
    median = float(values["value"].median())
    ends = [value_text(view.indicator, end, None) for end in (low, median, high)]
    words = _("{n} values from {low} to {high} {unit}; half of them are at or below {median}.")
    return section(
        _("How the values spread"),
        rendered(
            "distribution",
            heights=[f"{100 * int(counts.get(i, 0)) / int(counts.max()):.1f}" for i in range(BINS)],
            ticks=_ticks(values, position),
            middle=f"{100 * (median - low) / span:.2f}",
            low=ends[0],
            high=ends[2],
        ),
        note=[
            words.format(
                n=number_text(len(values)),
                low=ends[0],
                high=ends[2],
                median=ends[1],
                unit=unit_text(view.indicator),
            ),
            " ",
            html.A(_("All of them"), href=f"#{TABLE}"),
        ],
    )


def _ticks(values: pd.DataFrame, position: pd.Series) -> list[tuple[str, str, str]]:
    columns = (values["city_id"], values["city"], values["text"], position)
    return [
        (city_id, f"{escaped(city)}: {escaped(text)}", f"{100 * place:.2f}")
        for city_id, city, text, place in zip(*(c.tolist() for c in columns), strict=True)
    ]


def by_region(view: AtlasView, data: AtlasData) -> Component:
    """Each region: how many members have a figure, and the middle one with the range."""
    is_number = view.indicator.kind == "number"
    counts = Counter(data.members["region"].tolist())
    known: dict[str, list[Any]] = {region: [] for region in view.regions}
    with_figure = data.members[data.members["colour"] != ""]
    figures = with_figure["value" if is_number else "text"].tolist()
    for region, figure in zip(with_figure["region"].tolist(), figures, strict=True):
        known[region].append(figure)
    rows = [
        [region_name(region), f"{len(own)} / {counts[region]}", *_middle(own, view)]
        for region, own in known.items()
    ]
    header = [(_("Region"), "text"), (_("With a figure"), "number")]
    header += (
        [(_("Median"), "number"), (_("Lowest to highest"), "number")]
        if is_number
        else [(_("Most often"), "text"), (_("Of these"), "number")]
    )
    return section(_("By region"), data_table(_("Figures by region"), header, rows))


def _middle(figures: list[Any], view: AtlasView) -> Sequence[str]:
    """The middle number with lowest and highest, or the answer given most often with its count."""
    if not figures:
        return ["–", "–"]
    if view.indicator.kind != "number":
        ((answer, count),) = Counter(figures).most_common(1)
        return [answer, number_text(count)]
    low, middle, high = (
        value_text(view.indicator, value, None)
        for value in (min(figures), median(figures), max(figures))
    )
    return [middle, f"{low} – {high}"]


def small_multiples(
    store: Store, view: AtlasView, data: AtlasData, theme: Theme
) -> Component | None:
    """The same map for years a decade or more apart, where the indicator has them."""
    years = _decades(view.years)
    if len(years) < 2 or view.indicator.kind != "number":  # noqa: PLR2004 - one map is above
        return None
    maps = [
        html.Figure(
            [
                dot_map(points, label=f"{view.indicator.title}, {year}"),
                html.Figcaption(
                    [
                        dcc.Link(str(year), href=f"/atlas{view.address(year=year)}"),
                        html.Span(cities_text(len(points)), className="small"),
                    ]
                ),
            ]
        )
        for year, points in decades(store, view, data, theme, years).items()
    ]
    return section(
        _("The same map, decades apart"),
        html.Div(maps, className="multiples"),
        note=_("Classes are made anew for each year: the shade says high or low within the year."),
    )


def _decades(years: tuple[int, ...]) -> list[int]:
    """Up to four years, the newest and those at least ten years before the next."""
    chosen: list[int] = []
    for year in reversed(years):
        if not chosen or chosen[-1] - year >= 10:  # noqa: PLR2004 - a decade
            chosen.append(year)
    if len(chosen) > MULTIPLES:
        step = (len(chosen) - 1) / (MULTIPLES - 1)
        chosen = [chosen[round(i * step)] for i in range(MULTIPLES)]
    return sorted(chosen)


def values_table(view: AtlasView, data: AtlasData) -> Component:
    """The table twin: every member of the view with its figure, or why there is none."""
    unit = unit_text(view.indicator)
    columns = ("city_id", "member_name", "country", *FIGURE_COLUMNS)
    cells = (data.members[column].tolist() for column in columns)
    rows = [
        (link(member, f"/cities/{city_id}"), country, *_figure(*figure))
        for city_id, member, country, *figure in zip(*cells, strict=True)
    ]
    header = [
        (_("Member"), "text"),
        (_("Country"), "text"),
        (f"{_('Value')}, {unit}" if unit else _("Value"), "number"),
        (_("Period"), "number"),
        (_("Scale and status"), "text"),
    ]
    return html.Section(
        html.Details(
            [
                html.Summary(html.H2(_("All values as a table"))),
                data_table(view.indicator.title, header, rows),
            ],
        ),
        id=TABLE,
    )


def _figure(
    text: str, observation_id: str, code: str, period: str, scale: str, status: str
) -> tuple[str, str, str]:
    if not text:
        return small(reason_words(code)), "", ""
    words = f"{scale_word(scale)} · {status_word(status)}"
    return passport_link(text, observation_id), period, words
