"""What the Atlas draws, computed once per view: members, classes, bands, words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from observatory.domain.classes import Classes, classes_of
from observatory.domain.indicators import Indicator
from observatory.domain.ranking import is_rankable, rank_bands
from observatory.language import gettext as _
from observatory.pages.atlas_view import AtlasView
from observatory.pages.recent import recent
from observatory.queries.values import member_values, place_values, yearly_change
from observatory.store.warehouse import Store
from observatory.views.components.dot_map import dots_of
from observatory.views.components.emphasis import filled
from observatory.views.components.escaping import escaped
from observatory.views.components.passport import passport_link
from observatory.views.theme import Theme, palette_colours
from observatory.views.words import (
    number_text,
    period_text,
    reason_words,
    status_word,
    unit_text,
    value_text,
)

TABLE = "atlas-page-table"
FLAG_VALUES = (0.0, 1.0)


@dataclass(frozen=True)
class LegendEntry:
    """One class: its colour, its words, and how many members fall into it."""

    colour: str
    label: str
    count: int


@dataclass(frozen=True)
class AtlasData:
    """The members of a view and how they are classed.

    Attributes:
        members: as `queries.values.member_values`, filtered by region and evidence, plus
            colour ("" where unknown), symbol, hollow, words, text, reason_code filled for
            every member without a value, and for ranked indicators first and last.
        legend: the classes from low to high, or the categories in order.
        unknown: number of members without a value by reason code, most first.
        no_ranks: why members have no positions: "no-better-end", "coverage" (too few have a
            figure), "years" (of different years, and how fast it moves is unknown), or "".
    """

    members: pd.DataFrame
    legend: tuple[LegendEntry, ...]
    unknown: pd.Series
    no_ranks: str

    @cached_property
    def known(self) -> pd.DataFrame:
        """Members with a value, highest first; categories in the catalogue's order."""
        known = self.members[self.members["colour"] != ""]
        return known.sort_values("order", ascending=False, kind="stable")  # members are by city


@recent
def atlas_data(store: Store, view: AtlasView, theme: Theme) -> AtlasData:
    """Query, filter, class and word everything the view shows; nobody changes what is given."""
    members = member_values(store, indicator_id=view.indicator.indicator_id, period_year=view.year)
    members = _worded(_chosen(members, view), view.indicator)
    classed, legend = (
        _categorised(members, view, theme)
        if view.indicator.kind != "number"
        else _classed(members, view, theme)
    )
    unknown = classed.loc[classed["colour"] == "", "reason_code"].value_counts()
    change = yearly_change(store, indicator_id=view.indicator.indicator_id)
    banded, no_ranks = _banded(classed, view.indicator, change)
    return AtlasData(banded, legend, unknown, no_ranks)


def decades(
    store: Store, view: AtlasView, data: AtlasData, theme: Theme, years: list[int]
) -> Mapping[int, pd.DataFrame]:
    """Members with a figure in each of some years, classed anew within the year.

    Returns:
        By year: dot, value, colour, hollow; empty where no member shown has a figure.
    """
    figures = place_values(store, indicator_id=view.indicator.indicator_id, years=years)
    place = "iso3" if view.indicator.is_national else "city_id"
    members = data.members[[place, "hollow"]].assign(dot=dots_of(data.members))
    placed = members.merge(figures, left_on=place, right_on="place_id")
    by_year = dict(list(placed.groupby("period_year", sort=False)))
    return {year: _coloured(by_year.get(year, placed.head(0)), view, theme)[0] for year in years}


def _chosen(members: pd.DataFrame, view: AtlasView) -> pd.DataFrame:
    """The members of the regions and evidence levels of the view."""
    kept = members["region"].isin(view.regions) & members["evidence"].isin(view.evidence)
    return members if kept.all() else members[kept].reset_index(drop=True)


def _worded(members: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    missing = members["value"].isna() & members["category"].isna()
    code = members["reason_code"].where(members["reason_code"].notna(), "not-this-year")
    texts = [
        "" if gone else value_text(indicator, value, category)
        for value, category, gone in _rows(members["value"], members["category"], missing)
    ]
    members = members.assign(
        text=texts,
        reason_code=code.where(missing, None),
        period=[period_text(year) for year in members["period_year"].tolist()],
        hollow=members["evidence"].eq("D"),
        symbol="diamond" if indicator.is_national else "circle",
    )
    return members.assign(words=_hover(members, indicator))


def _hover(members: pd.DataFrame, indicator: Indicator) -> list[str]:
    """What a reader is told on pointing at a member: name, figure or reason, period, status."""
    unit = unit_text(indicator)
    unknown = _("unknown: {reason}")
    statuses = {name: status_word(name) for name in members["status"].dropna().unique()}
    words = []
    columns = ("member_name", "country", "text", "reason_code", "period", "status")
    for name, country, text, code, period, status in _rows(*(members[c] for c in columns)):
        place = f"<b>{escaped(name)}</b>, {escaped(country)}<br>"
        if text:
            words.append(f"{place}{escaped(text)} {unit}<br>{period} · {statuses[status]}")
        else:
            words.append(place + unknown.format(reason=reason_words(code)))
    return words


def _rows(*columns: pd.Series) -> Iterator[tuple[Any, ...]]:
    """Columns side by side as plain Python values: much faster than rows of a frame."""
    return zip(*(column.tolist() for column in columns), strict=True)


def _classed(
    members: pd.DataFrame, view: AtlasView, theme: Theme
) -> tuple[pd.DataFrame, tuple[LegendEntry, ...]]:
    members, classes, colours = _coloured(members, view, theme)
    members = members.assign(order=members["value"])
    return members, _legend(classes, colours, members["value"], view.indicator)


def _coloured(
    members: pd.DataFrame, view: AtlasView, theme: Theme
) -> tuple[pd.DataFrame, Classes, list[str]]:
    """The members with the colour of their class, the classes, and their colours."""
    classes = classes_of(members["value"], view.method)
    colours = palette_colours(theme, view.palette, classes.count)
    index = classes.index_of(members["value"])
    return (
        members.assign(colour=[colours[i] if i >= 0 else "" for i in index]),
        classes,
        colours,
    )


def _legend(
    classes: Classes, colours: list[str], values: pd.Series, indicator: Indicator
) -> tuple[LegendEntry, ...]:
    def words(value: float) -> str:
        return value_text(indicator, value, None)

    if classes.method == "continuous" and classes.count:
        ends = (classes.limits[0], classes.limits[-1])
        return tuple(
            LegendEntry(colour, words(end), 0)
            for colour, end in zip((colours[0], colours[-1]), ends, strict=True)
        )
    pairs = zip(classes.limits, classes.limits[1:], strict=False)
    return tuple(
        LegendEntry(colour, f"{words(low)} – {words(high)}", count)
        for colour, (low, high), count in zip(colours, pairs, classes.members(values), strict=True)
    )


def _categorised(
    members: pd.DataFrame, view: AtlasView, theme: Theme
) -> tuple[pd.DataFrame, tuple[LegendEntry, ...]]:
    """Flags and categories: one colour each, in the catalogue's order."""
    if view.indicator.kind == "flag":
        present = [_("No"), _("Yes")]
        keys = members["value"].map(dict(zip(FLAG_VALUES, present, strict=True)))
    else:
        keys = members["category"]
        present = [name for name in view.indicator.categories if keys.eq(name).any()]
    colours = palette_colours(theme, view.palette, len(present))
    by_key = dict(zip(present, colours, strict=True))
    order = {name: len(present) - i for i, name in enumerate(present)}
    if view.indicator.kind == "flag":
        order = {name: i for i, name in enumerate(present)}
    members = members.assign(
        colour=[by_key.get(key, "") for key in keys], order=keys.map(order).astype(float)
    )
    legend = [LegendEntry(by_key[name], name, int(keys.eq(name).sum())) for name in present]
    return members, tuple(legend)


def _banded(
    members: pd.DataFrame, indicator: Indicator, change: float | None
) -> tuple[pd.DataFrame, str]:
    """Positions with their bands, and why there are none: as AtlasData.no_ranks."""
    known = members.dropna(subset=["value"])[["city_id", "value", "period_year"]]
    why = _no_ranks(known, len(members), indicator, change)
    if why:
        return members.assign(first=pd.NA, last=pd.NA), why
    bands = rank_bands(
        known.set_index("city_id")["value"],
        better=indicator.better,
        decimals=indicator.decimals,
        years=known.set_index("city_id")["period_year"] if _has_years(known) else None,
        yearly_change=change or 0.0,
        missing=len(members) - len(known),
    )
    return members.join(bands, on="city_id"), ""


def _has_years(known: pd.DataFrame) -> bool:
    """Whether the figures are of more than one year."""
    return len(known["period_year"].unique()) > 1


def _no_ranks(known: pd.DataFrame, members: int, indicator: Indicator, change: float | None) -> str:
    if indicator.kind != "number" or indicator.better == "none":
        return "no-better-end"
    if not is_rankable(len(known), members):
        return "coverage"
    undated = known["period_year"].isna().any()
    if _has_years(known) and (change is None or undated):
        return "years"
    return ""


def answer(view: AtlasView, data: AtlasData) -> Markup:
    """The sentence that answers the page's question from the data, its numbers to be opened."""
    known = data.known
    if known.empty:
        return filled(
            _("No member shown here has a figure: {why}."),
            why="; ".join(reason_words(str(code)) for code in data.unknown.index)
            or _("none chosen"),
        )
    rows = filled('<a href="#{table}">{known}</a>', table=TABLE, known=number_text(len(known)))
    counts = {"known": rows, "unknown": number_text(int(data.unknown.sum()))}
    if view.indicator.kind != "number":
        top = max(data.legend, key=lambda entry: entry.count)
        words = _(
            "{known} members have an answer, most often “{top}” ({count}); {unknown} are unknown."
        )
        return filled(words, top=top.label, count=number_text(top.count), **counts)
    high, low = known.iloc[0], known.iloc[-1]
    words = _(
        "Highest in {high} ({high_figure}), lowest in {low} ({low_figure}); "
        "{known} members have a figure and {unknown} are unknown."
    )
    return filled(
        words,
        high=high["city"],
        high_figure=_figure(high, view),
        low=low["city"],
        low_figure=_figure(low, view),
        **counts,
    )


def _figure(row: pd.Series, view: AtlasView) -> Markup:
    unit = unit_text(view.indicator)
    words = f"{row['text']} {unit}" if unit else str(row["text"])
    return passport_link(words, str(row["observation_id"]))
