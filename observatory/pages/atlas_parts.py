"""The parts of the Atlas below its controls: legend, ranking, distribution, regions, table."""

from collections.abc import Sequence

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.atlas_data import AtlasData, atlas_data
from observatory.pages.atlas_view import AtlasView
from observatory.store.warehouse import Store
from observatory.views.components.dot_map import dot_map
from observatory.views.components.frame import data_table, section
from observatory.views.theme import Theme
from observatory.views.words import (
    cities_text,
    number_text,
    period_text,
    reason_words,
    region_name,
    scale_word,
    status_word,
    unit_text,
    value_text,
)

MULTIPLES = 4
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
    return section(
        _("From one end to the other"),
        html.Ol(
            [_ranked(row, view) for row in known.itertuples()],
            className="ranking",
            id="atlas-page-ranking",
        )
        if len(known)
        else html.P(_("Nothing to list. Choose more regions, other evidence levels or a year.")),
        note=_ranking_note(view),
    )


def _ranking_note(view: AtlasView) -> str:
    if view.indicator.kind != "number":
        return _("Grouped by answer. Choose a city to find it on the map.")
    if view.indicator.better == "none":
        return _(
            "From high to low: neither end is better, so there are no ranks. Choose a city to "
            "find it on the map."
        )
    return _(
        "Best first. The band says which positions a city may hold, given rounding and ties, "
        "among the cities that have a figure. Choose a city to find it on the map."
    )


def _ranked(row: object, view: AtlasView) -> Component:
    indicator = view.indicator
    band = "" if pd.isna(row.first) else _band(int(row.first), int(row.last))  # type: ignore[attr-defined]  # a row of members
    chosen = row.city_id == view.city  # type: ignore[attr-defined]  # as above
    return html.Li(
        html.Button(
            [
                html.Span(band, className="ranked-band number"),
                html.Span(
                    [
                        html.Span(className="swatch", style={"background": row.colour}),  # type: ignore[attr-defined]  # as above
                        row.city if row.city == row.member_name else row.member_name,  # type: ignore[attr-defined]  # as above
                    ],
                    className="ranked-name",
                ),
                html.Span(
                    [row.text, html.Span(unit_text(indicator), className="unit")],  # type: ignore[attr-defined]  # as above
                    className="number",
                ),
                html.Span(period_text(row.period_year), className="ranked-period small"),  # type: ignore[attr-defined]  # as above
            ],
            type="button",
            className="ranked",
            **{
                "data-city": row.city_id,  # type: ignore[attr-defined]  # as above
                "aria-pressed": "true" if chosen else "false",
            },
        )
    )


def _band(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def distribution(view: AtlasView, data: AtlasData) -> Component | None:
    """How the values spread: a histogram over a strip with one tick a city."""
    values = data.known.dropna(subset=["value"])
    if view.indicator.kind != "number" or len(values) < 2:  # noqa: PLR2004 - one value does not spread
        return None
    low, high = float(values["value"].min()), float(values["value"].max())
    span = (high - low) or 1.0
    position = (values["value"] - low) / span
    counts = (position * BINS).clip(upper=BINS - 1).astype(int).value_counts()
    tallest = int(counts.max())
    bars = [
        html.Span(style={"height": f"{100 * int(counts.get(i, 0)) / tallest:.1f}%"})
        for i in range(BINS)
    ]
    median = float(values["value"].median())
    ticks = [
        html.Span(
            className="tick",
            style={"left": f"{100 * place:.2f}%"},
            title=f"{row.city}: {row.text}",
            **{"data-city": row.city_id},
        )
        for place, row in zip(position, values.itertuples(), strict=True)
    ]
    middle = html.Span(
        className="tick tick-median", style={"left": f"{100 * (median - low) / span:.2f}%"}
    )
    ends = [value_text(view.indicator, end, None) for end in (low, median, high)]
    words = _("{n} values from {low} to {high} {unit}; half of them are at or below {median}.")
    return section(
        _("How the values spread"),
        html.Div(
            [
                html.Div(bars, className="bars"),
                html.Div([*ticks, middle], className="strip"),
                html.Div([html.Span(ends[0]), html.Span(ends[2])], className="strip-ends number"),
            ],
            className="distribution",
            **{"aria-hidden": "true"},
        ),
        note=words.format(
            n=number_text(len(values)),
            low=ends[0],
            high=ends[2],
            median=ends[1],
            unit=unit_text(view.indicator),
        ),
    )


def by_region(view: AtlasView, data: AtlasData) -> Component:
    """Each region: how many members have a figure, and the middle one with the range."""
    rows = []
    for region in view.regions:
        members = data.members[data.members["region"] == region]
        known = members[members["colour"] != ""]
        rows.append([region_name(region), f"{len(known)} / {len(members)}", *_middle(known, view)])
    header = [(_("Region"), "text"), (_("With a figure"), "number")]
    header += (
        [(_("Median"), "number"), (_("Lowest to highest"), "number")]
        if view.indicator.kind == "number"
        else [(_("Most often"), "text"), (_("Of these"), "number")]
    )
    return section(_("By region"), data_table(_("Figures by region"), header, rows))


def _middle(known: pd.DataFrame, view: AtlasView) -> Sequence[str]:
    if known.empty:
        return ["–", "–"]
    if view.indicator.kind != "number":
        counts = known["text"].value_counts()
        return [str(counts.index[0]), number_text(int(counts.iloc[0]))]
    values = known["value"]
    low, middle, high = (
        value_text(view.indicator, float(value), None)
        for value in (values.min(), values.median(), values.max())
    )
    return [middle, f"{low} – {high}"]


def small_multiples(store: Store, view: AtlasView, theme: Theme) -> Component | None:
    """The same map for years a decade or more apart, where the indicator has them."""
    years = _decades(view.years)
    if len(years) < 2 or view.indicator.kind != "number":  # noqa: PLR2004 - one map is above
        return None
    maps = []
    for year in years:
        data = atlas_data(store, _at(view, year), theme)
        figures = cities_text(len(data.known))
        maps.append(
            html.Figure(
                [
                    dot_map(data.known, label=f"{view.indicator.title}, {year}"),
                    html.Figcaption(
                        [
                            dcc.Link(str(year), href=f"/atlas{view.address(year=year)}"),
                            html.Span(figures, className="small"),
                        ]
                    ),
                ]
            )
        )
    return section(
        _("The same map, decades apart"),
        html.Div(maps, className="multiples"),
        note=_("Classes are made anew for each year: the shade says high or low within the year."),
    )


def _at(view: AtlasView, year: int) -> AtlasView:
    return AtlasView(**{**vars(view), "year": year})


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
    rows = [
        [
            dcc.Link(row.member_name, href=f"/cities/{row.city_id}"),
            row.country,
            row.text or html.Span(reason_words(row.reason_code), className="small"),
            period_text(row.period_year) if row.text else "",
            f"{scale_word(row.scale)} · {status_word(row.status)}" if row.text else "",
        ]
        for row in data.members.itertuples()
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
        id="atlas-page-table",
    )
