"""What changed at a member: its series, each with what is seen and its table."""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.pages.export_table import picture_lines
from observatory.pages.rows import text_of
from observatory.queries.catalogue import all_indicators, find_source
from observatory.queries.cities import find_city
from observatory.queries.profile import member_series
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import Picture, downloads, file_stem, picture_links
from observatory.views.components.frame import section, source_line
from observatory.views.components.passport import passport_link
from observatory.views.components.static import static
from observatory.views.figures.trend import trend_figure
from observatory.views.theme import Theme
from observatory.views.words import (
    list_text,
    period_text,
    scale_word,
    short_number,
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
GRAPH = "city-page-trend"
TREND_YEARS = 4  # fewer points make no line
TRENDS_SHOWN = 4
MAIN_TRENDS = ("population_agglomeration", "pm25_ug_per_m3", "co2_fossil_index")
MILLION = 1_000_000  # from here on a number is said in words


def trends(store: Store, city_id: str, theme: Theme) -> Component | None:
    """The longest and most telling series; None where there is none."""
    shown = shown_trends(store, city_id)
    if not shown:
        return None
    blocks = [_trend(store, city_id, trend, indicator, theme) for trend, indicator in shown]
    return section(
        _("What changed"),
        html.Div(blocks, className="trends"),
        static(downloads("series", f"?cities={city_id}", what=_("All figures with a year"))),
        note=_("Full lines are about the past, dotted ones are projections of the publisher."),
    )


def shown_trends(store: Store, city_id: str) -> list[tuple[pd.DataFrame, Indicator]]:
    """The series that are drawn, with their indicators: the most telling first."""
    indicators = all_indicators(store)
    series = dict(iter(member_series(store, city_id=city_id).groupby("indicator_id")))
    long = [
        str(key)
        for key, frame in series.items()
        if len(frame) >= TREND_YEARS and indicators[str(key)].kind == "number"
    ]
    main = [key for key in MAIN_TRENDS if key in long]
    rest = sorted(set(long) - set(main), key=lambda key: (-len(series[key]), key))
    shown = _varied([*main, *rest], indicators)[:TRENDS_SHOWN]
    return [(series[key], indicators[key]) for key in shown]


def _varied(keys: list[str], indicators: dict[str, Indicator]) -> list[str]:
    """The same series, the first of each theme before the others of its theme."""
    themes = [indicators[key].theme for key in keys]
    firsts = [key for index, key in enumerate(keys) if themes[index] not in themes[:index]]
    return [*firsts, *(key for key in keys if key not in firsts)]


def _trend(
    store: Store, city_id: str, trend: pd.DataFrame, indicator: Indicator, theme: Theme
) -> Component:
    seen = trend_words(trend, indicator)
    unit = unit_text(indicator)
    return html.Figure(
        [
            html.Div(
                [
                    html.H3(
                        [indicator.title, html.Span(f" {unit}", className="unit") if unit else None]
                    ),
                    html.P(seen, className="seen"),
                ],
                className="trend-words",
            ),
            html.Div(
                dcc.Graph(
                    id=f"{GRAPH}-{indicator.indicator_id}",
                    figure=trend_figure(trend, indicator, theme),
                    config=GRAPH_CONFIG,
                    className="trend-graph",
                ),
                role="img",
                className="passport-chart",
                **{"aria-label": f"{indicator.title}. {seen}"},
            ),
            html.Figcaption(_source(store, trend, indicator)),
            static(
                html.Details([html.Summary(_("Table")), _trend_table(trend, indicator)]),
                _picture(store, city_id, trend, indicator),
            ),
        ],
        className="trend",
    )


def _picture(
    store: Store, city_id: str, trend: pd.DataFrame, indicator: Indicator
) -> Component | None:
    used = [str(one) for one in trend["source_id"].unique()]
    lines = picture_lines(store, used, f"/cities/{city_id}")
    if lines is None:
        return None
    name = find_city(store, city_id)["member_name"]
    unit = unit_text(indicator)
    title = _("{indicator}, {member}").format(indicator=indicator.title, member=name)
    snapshot_id = store.publication().snapshot_id
    return picture_links(
        Picture(
            chart_id=f"{GRAPH}-{indicator.indicator_id}",
            stem=file_stem("trend", city_id, indicator.indicator_id, snapshot_id=snapshot_id),
            title=f"{title}, {unit}" if unit else title,
            lines=(trend_words(trend, indicator), *lines),
        )
    )


def _source(store: Store, trend: pd.DataFrame, indicator: Indicator) -> Component:
    source = find_source(store, str(trend["source_id"].iloc[-1]))
    scale = str(trend["scale"].iloc[-1]) or indicator.scale
    return source_line(
        f"{theme_title(scale_word(scale))}. ",
        dcc.Link(f"{source.publisher}: {source.title}", href=f"/data/sources/{source.source_id}"),
        f". {source.licence}.",
    )


def trend_words(trend: pd.DataFrame, indicator: Indicator) -> str:
    """What a line shows, in a sentence: from where to where, and what is projected."""

    def said(position: int, frame: pd.DataFrame) -> dict[str, str]:
        point = frame.iloc[position]
        large = abs(point["value"]) >= MILLION and indicator.decimals == 0
        value = value_text(indicator, float(point["value"]), None)
        text = short_number(float(point["value"])) if large else value
        return {"value": text, "year": period_text(point["period_year"])}

    past = trend[trend["status"] != "projected"]
    future = trend[trend["status"] == "projected"]
    if past.empty:
        last = said(-1, future)
        return _("Projected to {value} in {year}").format(**last)
    start, end = said(0, past), said(-1, past)
    words = {"first": start["value"], "from_year": start["year"]}
    words |= {"last": end["value"], "to_year": end["year"]}
    if future.empty:
        return _("From {first} in {from_year} to {last} in {to_year}").format(**words)
    ahead = said(-1, future)
    return _(
        "From {first} in {from_year} to {last} in {to_year}; projected (dotted): {value} in {year}"
    ).format(**words, **ahead)


def _trend_table(trend: pd.DataFrame, indicator: Indicator) -> Component:
    unit = unit_text(indicator)
    rows = [
        [
            period_text(point["period_year"]),
            passport_link(
                value_text(indicator, point["value"], None), text_of(point, "observation_id")
            ),
            status_word(str(point["status"])),
        ]
        for point in trend.iloc[::-1].to_dict("records")
    ]
    header = [
        (_("Year"), "text"),
        (list_text([_("Value"), unit]) if unit else _("Value"), "number"),
        (_("Status"), "text"),
    ]
    return data_table(indicator.title, header, rows)
