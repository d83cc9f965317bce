"""Trends side by side: a small chart per indicator, the same years in each."""

import math
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.comparison import Figure
from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.pages.compare_data import CompareData, Member
from observatory.pages.export_table import picture_lines
from observatory.queries.catalogue import find_source
from observatory.queries.compare import yearly_figures
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import (
    Picture,
    downloads,
    file_stem,
    picture_links,
)
from observatory.views.components.emphasis import filled
from observatory.views.components.frame import section, source_line
from observatory.views.components.passport import passport_link
from observatory.views.components.static import small, static
from observatory.views.figures.compare_trend import Line, compare_trend
from observatory.views.theme import Theme
from observatory.views.words import (
    scale_word,
    status_word,
    theme_title,
    unit_text,
    value_text,
)

GRAPH_CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
}
GRAPH = "compare-page-trend"
LEAST_POINTS = 4  # fewer make no line
LEAST_LINES = 2
CHARTS = 6

_Point = tuple[int, float, bool, str]


def trends(store: Store, data: CompareData, theme: Theme) -> Component | None:
    """The series that at least two members have; None where there is none."""
    shown = _charts(store, data)
    if not shown:
        return None
    at = [year for _of, lines in shown for line in lines for year, *_rest in line.points]
    years = (min(at), max(at))
    everyone = ",".join(one.city_id for one in data.members)
    blocks = [
        html.Div(
            [_chart(store, one, lines, theme, years), static(_picture(store, one, lines, everyone))]
        )
        for one, lines in shown
    ]
    note = _(
        "One chart for each indicator of which at least two members have four years or more; all "
        "charts run over the same years. Marks and letters are those of the table, what is "
        "projected is dotted. Click a point to see where its figure comes from."
    )
    return section(
        _("Over the years"),
        html.Div(blocks, className="trends"),
        static(downloads("series", f"?cities={everyone}", what=_("All figures with a year"))),
        note=note,
    )


def _charts(store: Store, data: CompareData) -> list[tuple[Indicator, list[Line]]]:
    """What is drawn: with most lines first, then with most points."""
    found = []
    for row in data.rows:
        indicator_id = row.indicator.indicator_id
        years = {
            one: data.years[indicator_id, one.city_id]
            for one in data.members
            if one.city_id in row.compared.compared
        }
        long = {one: count for one, count in years.items() if count >= LEAST_POINTS}
        if row.indicator.kind == "number" and len(long) >= LEAST_LINES:
            found.append((row.indicator, long))
    found.sort(key=lambda one: (-len(one[1]), -sum(one[1].values())))
    return _with_points(store, data, found[:CHARTS])


def _with_points(
    store: Store, data: CompareData, charts: list[tuple[Indicator, dict[Member, int]]]
) -> list[tuple[Indicator, list[Line]]]:
    cities = [one.city_id for one in data.members]
    shown = [indicator.indicator_id for indicator, _lines in charts]
    series = yearly_figures(store, city_ids=cities, indicator_ids=shown)
    return [
        (
            indicator,
            [_line(one, _points(series[indicator.indicator_id][one.city_id])) for one in lines],
        )
        for indicator, lines in charts
    ]


def _points(figures: Sequence[Figure]) -> list[_Point]:
    """The dated numbers of one scale, oldest first."""
    scale = next((one.scale for one in figures if one.is_latest), "")
    return [
        (one.period_year, one.value, one.status == "projected", one.observation_id)
        for one in figures
        if one.period_year is not None and one.value is not None and one.scale == scale
    ]


def _line(member: Member, points: list[_Point]) -> Line:
    return Line(member.number, member.letter, member.name, member.is_documented, points)


def _chart(
    store: Store, indicator: Indicator, lines: list[Line], theme: Theme, years: tuple[int, int]
) -> Component:
    seen = trend_words(indicator, lines)
    source = find_source(store, indicator.source_id)
    unit = unit_text(indicator)
    if unit.lower() in indicator.title.lower():
        unit = ""
    return html.Figure(
        [
            html.H3([indicator.title, html.Span(f" {unit}", className="unit") if unit else None]),
            static(html.P(seen, className="seen")),
            html.Div(
                dcc.Graph(
                    id=f"{GRAPH}-{indicator.indicator_id}",
                    figure=compare_trend(lines, indicator, theme, years=years),
                    config=GRAPH_CONFIG,
                    className="compare-graph passport-chart",
                ),
                role="img",
                **{"aria-label": f"{indicator.title}. {seen.striptags()}"},
            ),
            static(
                html.Figcaption(
                    source_line(
                        f"{theme_title(scale_word(indicator.scale))}. ",
                        dcc.Link(
                            f"{source.publisher}: {source.title}",
                            href=f"/data/sources/{source.source_id}",
                        ),
                        f". {source.licence}.",
                    )
                ),
                html.Details([html.Summary(_("Table")), _table(indicator, lines)]),
            ),
        ],
        className="trend",
    )


def _picture(
    store: Store, indicator: Indicator, lines: Sequence[Line], everyone: str
) -> Component | None:
    """The chart as a picture; its letters are explained below it."""
    credits_ = picture_lines(store, [indicator.source_id], f"/compare?cities={everyone}")
    if credits_ is None:
        return None
    named = " · ".join(f"{line.letter} {line.name}" for line in lines)
    unit = unit_text(indicator)
    snapshot_id = store.publication().snapshot_id
    return picture_links(
        Picture(
            chart_id=f"{GRAPH}-{indicator.indicator_id}",
            stem=file_stem("compare", indicator.indicator_id, snapshot_id=snapshot_id),
            title=f"{indicator.title}, {unit}" if unit else indicator.title,
            lines=(named, str(trend_words(indicator, lines).striptags()), *credits_),
        )
    )


def trend_words(indicator: Indicator, lines: Sequence[Line]) -> Markup:
    """Which line changed most and which least, over the years that all of them have."""
    past = [
        {year: (value, key) for year, value, ahead, key in one.points if not ahead} for one in lines
    ]
    shared = sorted(set.intersection(*(set(points) for points in past)))
    if len(shared) < 2:  # noqa: PLR2004 - no change without two years
        return filled(_("The years that the members have are not the same."))
    first, last = shared[0], shared[-1]
    changes = [_change(indicator, points[first][0], points[last][0]) for points in past]
    most, least = changes.index(max(changes)), changes.index(min(changes))
    said = {
        place: filled(
            _("{name} (from {first} to {last})"),
            name=lines[place].name,
            first=_linked(indicator, *past[place][first]),
            last=_linked(indicator, *past[place][last]),
        )
        for place in (most, least)
    }
    return filled(
        _(
            "Over the years that all have, {first} to {last}, {most} changed most and "
            "{least} least."
        ),
        first=first,
        last=last,
        most=said[most],
        least=said[least],
    )


def _change(indicator: Indicator, first: float, last: float) -> float:
    """How much a value changed: by which factor, or by how much for shares and around zero."""
    if "%" in indicator.unit or min(first, last) <= 0:
        return abs(last - first)
    return abs(math.log(last / first))


def _linked(indicator: Indicator, value: float, observation_id: str) -> Markup:
    return passport_link(value_text(indicator, value, None), observation_id)


def _table(indicator: Indicator, lines: Sequence[Line]) -> Markup:
    """The table twin: a row per year, the newest first."""
    held = [{point[0]: point for point in line.points} for line in lines]
    years = sorted({year for points in held for year in points}, reverse=True)
    header = [(_("Year"), "text"), *((f"{line.letter} {line.name}", "number") for line in lines)]
    rows = [[str(year), *(_cell(indicator, points.get(year)) for points in held)] for year in years]
    return data_table(indicator.title, header, rows)


def _cell(indicator: Indicator, point: _Point | None) -> Markup | str:
    if point is None:
        return small("–")
    _year, value, is_projected, observation_id = point
    linked = _linked(indicator, value, observation_id)
    return linked + " " + small(status_word("projected")) if is_projected else linked
