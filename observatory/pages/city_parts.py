"""The parts of a member's page: figures by theme with strips, national context, trends."""

from itertools import groupby

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.city_figures import CityFigure
from observatory.pages.rows import text_of
from observatory.queries.catalogue import find_source
from observatory.queries.values import place_series
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section, source_line
from observatory.views.components.passport import passport
from observatory.views.components.static import static
from observatory.views.components.strip import is_log, strip
from observatory.views.figures.trend import trend_figure
from observatory.views.theme import Theme
from observatory.views.words import (
    band_text,
    cities_text,
    date_text,
    list_text,
    number_text,
    period_text,
    reason_words,
    scale_word,
    short_number,
    short_publisher,
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
TREND_YEARS = 4  # fewer points make no line
TRENDS_SHOWN = 4
MAIN_TRENDS = ("population_agglomeration", "pm25_ug_per_m3", "co2_fossil_index")


def standing(figures: list[CityFigure], name: str, snapshot_id: str) -> Component:
    """The newest figure of every indicator, theme by theme, and where it stands."""
    own = [figure for figure in figures if not figure.indicator.is_national]
    themes = [
        _theme(theme, list(group), name, snapshot_id)
        for theme, group in groupby(own, key=lambda figure: figure.indicator.theme)
    ]
    return html.Div(
        section(
            _("Where it stands among members"),
            *themes,
            note=_(
                "Each line is a member, the long line the median, the dot {name}; a strip marked "
                "“log” runs in powers of ten. Figures are the newest of each member, at the same "
                "scale. The band says which positions it may hold, given rounding and ties. Open a "
                "value to see where it comes from."
            ).format(name=name),
        ),
        className="standing",
    )


def _theme(theme: str, group: list[CityFigure], name: str, snapshot_id: str) -> Component:
    held = [figure for figure in group if figure.is_held]
    header = [
        (_("Indicator"), "text"),
        (_("Value"), "value"),
        (_("All members with a figure"), "strip"),
        (_("Position"), "band"),
    ]
    rows = [
        [
            _indicator_cell(figure),
            value_cell(figure, snapshot_id),
            _strip(figure, name),
            _band(figure),
        ]
        for figure in held
    ]
    return html.Div(
        [
            html.H3(theme_title(theme)),
            data_table(theme_title(theme), header, rows) if rows else None,
            _missing(group),
        ],
        className="theme",
    )


def _indicator_cell(figure: CityFigure) -> list[Component | str]:
    indicator, row = figure.indicator, figure.row
    parts = [period_text(row["period_year"]), scale_word(row["scale"]), status_word(row["status"])]
    return [
        dcc.Link(indicator.title, href=f"/data/{indicator.indicator_id}", className="quiet-link"),
        html.Span(
            [
                dcc.Link(
                    short_publisher(figure.source.publisher),
                    href=f"/data/sources/{figure.source.source_id}",
                ),
                "\u00a0· " + "\u00a0· ".join(parts),
            ],
            className="small cell-source",
        ),
    ]


def value_cell(figure: CityFigure, snapshot_id: str) -> Component:
    """A value that opens its passport."""
    row, indicator, source = figure.row, figure.indicator, figure.source
    unit = unit_text(indicator)
    value: list[Component | str] = [
        html.Span(value_text(indicator, figure.value, figure.category), className="value")
    ]
    if unit:
        value.append(html.Span(unit, className="unit"))
    return passport(
        value,
        [
            (_("Period"), period_text(row["period_year"])),
            (_("Scale"), scale_word(row["scale"])),
            (_("Boundary"), str(row["boundary"])),
            (_("Status"), status_word(row["status"])),
            (_("Source"), dcc.Link(source.title, href=f"/data/sources/{source.source_id}")),
            (_("Row of the source"), str(row["source_row"])),
            (_("Licence"), source.licence),
            (_("Note"), text_of(row, "note")),
            (_("Last look"), date_text(source.looked_on)),
            (_("Snapshot"), snapshot_id),
        ],
    )


def _strip(figure: CityFigure, name: str) -> Component | str:
    if figure.indicator.kind != "number" or figure.value is None:
        alike = int((figure.peers == (figure.category or figure.value)).sum())
        words = ngettext(
            "{alike} of {count} member gives this answer",
            "{alike} of {count} members give this answer",
            alike,
        ).format(alike=number_text(alike), count=number_text(len(figure.peers)))
        return html.Span(words, className="small")
    if len(figure.peers) < 2:  # noqa: PLR2004 - one value has no place among others
        return html.Span(_("no other member has a figure"), className="small")
    indicator = figure.indicator
    label = _("{name}: {value}; median of {count} members: {median}; from {lowest} to {highest}")
    marks = strip(
        figure.peers,
        figure.value,
        label=label.format(
            name=name,
            value=value_text(indicator, figure.value, None),
            count=number_text(len(figure.peers)),
            median=value_text(indicator, float(figure.peers.median()), None),
            lowest=value_text(indicator, float(figure.peers.min()), None),
            highest=value_text(indicator, float(figure.peers.max()), None),
        ),
    )
    tag = html.Span(_("log"), className="strip-log") if is_log(figure.peers) else None
    return html.Div([marks, tag], className="strip-row")


def _band(figure: CityFigure) -> str:
    if figure.indicator.kind != "number":
        return ""
    if figure.band is None:
        return cities_text(len(figure.peers))
    return _("{band} of {count}").format(
        band=band_text(*figure.band), count=number_text(len(figure.peers))
    )


def _missing(group: list[CityFigure]) -> Component | None:
    """Indicators without a figure, grouped by the reason."""
    gone = [figure for figure in group if not figure.is_held]
    if not gone:
        return None
    by_reason: dict[tuple[str, str], list[CityFigure]] = {}
    for figure in gone:
        code = str(figure.row["reason_code"])
        detail = text_of(figure.row, "reason")
        by_reason.setdefault((code, detail), []).append(figure)
    return html.Ul(
        [_reason(code, detail, missing) for (code, detail), missing in by_reason.items()],
        className="missing",
    )


def _reason(code: str, detail: str, missing: list[CityFigure]) -> Component:
    links: list[Component | str] = []
    for figure in missing:
        links += [
            dcc.Link(figure.indicator.title, href=f"/data/{figure.indicator.indicator_id}"),
            "; ",
        ]
    why = reason_words(code)
    words = _("{reason} ({detail})").format(reason=why, detail=detail) if detail else why
    return html.Li([html.Span(f"{theme_title(words)}: ", className="reason"), *links[:-1]])


def national_context(figures: list[CityFigure], country: str, snapshot_id: str) -> Component | None:
    """Figures of the country, apart from the member's own and marked as what they are."""
    national = [figure for figure in figures if figure.indicator.is_national]
    held = [figure for figure in national if figure.is_held]
    if not national:
        return None
    header = [(_("Indicator"), "text"), (_("Value"), "value")]
    rows = [[_indicator_cell(figure), value_cell(figure, snapshot_id)] for figure in held]
    return html.Div(
        section(
            _("Its country: {country}").format(country=country),
            data_table(_("National context"), header, rows) if rows else None,
            _missing(national),
            note=[
                html.Span(_("country"), className="tag country-tag"),
                " ",
                _("These are figures of the country, never of the city: context only."),
            ],
        ),
        className="national",
    )


def trends(
    store: Store, city_id: str, indicators: dict[str, Indicator], theme: Theme
) -> Component | None:
    """The longest and most telling series, each with what is seen and its table."""
    series = dict(iter(place_series(store, place_id=city_id).groupby("indicator_id")))
    long = [str(key) for key, frame in series.items() if len(frame) >= TREND_YEARS]
    main = [key for key in MAIN_TRENDS if key in long]
    rest = sorted(set(long) - set(main), key=lambda key: (-len(series[key]), key))
    shown = _varied([*main, *rest], indicators)[:TRENDS_SHOWN]
    if not shown:
        return None
    blocks = [_trend(store, series[key], indicators[key], theme) for key in shown]
    return section(_("What changed"), html.Div(blocks, className="trends"))


def _varied(keys: list[str], indicators: dict[str, Indicator]) -> list[str]:
    """The same series, the first of each theme before the others of its theme."""
    themes = [indicators[key].theme for key in keys]
    firsts = [key for index, key in enumerate(keys) if themes[index] not in themes[:index]]
    return [*firsts, *(key for key in keys if key not in firsts)]


def _trend(store: Store, trend: pd.DataFrame, indicator: Indicator, theme: Theme) -> Component:
    seen = trend_words(trend, indicator)
    source = find_source(store, indicator.source_id)
    unit = unit_text(indicator)
    return html.Figure(
        [
            html.H3([indicator.title, html.Span(unit, className="unit") if unit else None]),
            html.P(seen, className="seen"),
            html.Div(
                dcc.Graph(
                    figure=trend_figure(trend, indicator, theme),
                    config=GRAPH_CONFIG,
                    className="trend-graph",
                ),
                role="img",
                **{"aria-label": f"{indicator.title}. {seen}"},
            ),
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
            static(html.Details([html.Summary(_("Table")), _trend_table(trend, indicator)])),
        ],
        className="trend",
    )


def trend_words(trend: pd.DataFrame, indicator: Indicator) -> str:
    """What a line shows, in a sentence: from where to where, and what is projected."""

    def said(position: int, frame: pd.DataFrame) -> dict[str, str]:
        point = frame.iloc[position]
        large = abs(point["value"]) >= 1_000_000 and indicator.decimals == 0  # noqa: PLR2004 - a million is said in words
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
        [period_text(point["period_year"]), value_text(indicator, point["value"], None),
         status_word(str(point["status"]))]
        for point in trend.iloc[::-1].to_dict("records")
    ]  # fmt: skip
    header = [
        (_("Year"), "text"),
        (list_text([_("Value"), unit]) if unit else _("Value"), "number"),
        (_("Status"), "text"),
    ]
    return data_table(indicator.title, header, rows)
