"""The table of a comparison: indicators by theme, members side by side, differences flagged."""

from itertools import groupby
from typing import TypeAlias, TypedDict

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.comparison import Figure
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.compare_data import TELLING_PEERS, CompareData, Member, Row
from observatory.pages.compare_marks import lettered, strip
from observatory.pages.compare_view import CompareView
from observatory.views.components.escaping import all_escaped, escaped
from observatory.views.components.frame import section
from observatory.views.components.passport import passport_link
from observatory.views.components.static import small
from observatory.views.components.template import rendered
from observatory.views.words import (
    number_text,
    period_text,
    polarity_words,
    reason_words,
    scale_word,
    status_word,
    theme_title,
    unit_text,
    value_text,
)

TABLE = "compare-page-table"
SCALE_MARKS = {"metro": "●", "city": "●", "national": "◆"}
DIFFERS = '<b class="differs">{}</b>'
TOLD_STATUSES = ("projected", "provisional")  # others are in the passport


_Column: TypeAlias = tuple[Markup, Markup, str, str, str]  # mark, name, address, country, summary


class _Written(TypedDict):
    """A row as the template takes it: texts are HTML already."""

    href: str
    title: str
    facts: str
    flags: list[str]
    cells: list[Markup]
    strip: Markup


def own_figures(view: CompareView, data: CompareData) -> Component:
    """The members' own indicators, theme by theme."""
    written = [(row, _row(row, data, view)) for row in data.rows]
    groups = [
        (theme_title(theme), [one for _of, one in group])
        for theme, group in groupby(written, key=lambda pair: pair[0].indicator.theme)
    ]
    columns = [_column(member, _summary(member, data)) for member in data.members]
    return html.Div(
        section(
            _("Side by side"),
            _table(_("Figures of the members, by theme"), columns, groups)
            if groups
            else html.P(_("None of them has a figure here.")),
            note=_how_to_read(view, data),
        ),
        id=TABLE,
    )


def national_context(view: CompareView, data: CompareData) -> Component | None:
    """Figures of the countries, apart from the members' own and marked as what they are."""
    if not data.national:
        return None
    rows = [_row(row, data, view) for row in data.national]
    columns = [_column(member, "") for member in data.members]
    return html.Div(
        section(
            _("Their countries"),
            _table(_("National context"), columns, [("", rows)]),
            note=[
                html.Span(["◆ ", _("country")], className="tag country-tag"),
                " ",
                _("These are figures of the countries, never of the cities: context only."),
            ],
        ),
        className="national compare-national",
    )


def _table(
    caption: str,
    columns: list[_Column],
    groups: list[tuple[str, list[_Written]]],
) -> Markup:
    return rendered(
        "compare_table",
        caption=caption,
        first_column=_("Indicator"),
        columns=columns,
        groups=groups,
    )


def _column(member: Member, summary: str) -> _Column:
    href = f"/cities/{member.city_id}"
    name = Markup(escaped(member.name).replace("/", "/<wbr>"))  # noqa: S704 - escaped
    return lettered(member), name, href, member.country, summary


def _summary(member: Member, data: CompareData) -> str:
    """How many figures a member has here, and how many of them are earlier than others'."""
    held = [row for row in data.rows if member.city_id in row.compared.figures]
    earlier = sum(row.compared.is_earlier(member.city_id) for row in held)
    figures = ngettext("{count} figure", "{count} figures", len(held)).format(
        count=number_text(len(held))
    )
    if not earlier:
        return figures
    return _("{figures}, {earlier} earlier than others’").format(
        figures=figures, earlier=number_text(earlier)
    )


def _how_to_read(view: CompareView, data: CompareData) -> list[Component | str]:
    lines = _(
        "Each line of a strip is a member, the long line the median; a strip marked “log” runs in "
        "powers of ten. An indicator's name leads to the figures that its median rests on."
    )
    peers = _(
        "Darker lines are peers of those compared: the ten members most alike in size, growth, "
        "density, income and climate. “Above 7 of 9 peers” says that nine of its own peers have a "
        "figure, and seven of those a lower one."
    )
    about_peers = [peers, " "] if any(data.peers.values()) else []
    clock = (
        _("Each row shows the newest year that all its members have, where there is one.")
        if view.common
        else _("Figures are the newest of each member.")
    )
    return [lines, " ", *about_peers, clock, " ", _left_out(view, data)]


def _left_out(view: CompareView, data: CompareData) -> str:
    """How many figures are of another scale than their row's, and what became of them."""
    unlike = sum(len(row.compared.unlike) for row in data.shown)
    if not unlike:
        return _("No figure had to be left out for its scale.")
    counted = {"count": number_text(unlike)}
    if view.unlike:
        return ngettext(
            "{count} figure of another scale is compared because you asked for it.",
            "{count} figures of another scale are compared because you asked for it.",
            unlike,
        ).format(**counted)
    return ngettext(
        "{count} figure of another scale is shown, but left out of the comparison.",
        "{count} figures of another scale are shown, but left out of the comparison.",
        unlike,
    ).format(**counted)


def _row(row: Row, data: CompareData, view: CompareView) -> _Written:
    return {
        "href": escaped(f"/data/{row.indicator.indicator_id}"),
        "title": escaped(row.indicator.title),
        "facts": escaped(_facts(row, view)),
        "flags": all_escaped(_flags(row, view)),
        "cells": [_cell(row, member.city_id, data) for member in data.members],
        "strip": strip(row, data),
    }


def _facts(row: Row, view: CompareView) -> str:
    """The unit, which end is better where one is, and the year where one was asked for."""
    indicator = row.indicator
    parts = [unit_text(indicator)]
    if indicator.better != "none" and indicator.kind == "number":
        parts.append(polarity_words(indicator.better))
    if row.compared.year is not None:
        parts.append(_("all of {year}").format(year=row.compared.year))
    elif view.common and len(row.compared.compared) > 1:
        parts.append(_("newest figures, as no year is common to all"))
    return " · ".join(part for part in parts if part)


def _flags(row: Row, view: CompareView) -> list[str]:
    """What to mind before a row is compared."""
    compared = row.compared
    flags = []
    if compared.years is not None:
        oldest, newest = compared.years
        flags.append(
            _("Years differ: {oldest} against {newest}").format(oldest=oldest, newest=newest)
        )
    if compared.unlike:
        words = (
            _("Scales differ: {others} beside {scale}")
            if view.unlike
            else _("Scales differ: {others} not compared with {scale}")
        )
        others = sorted({compared.figures[city].scale for city in compared.unlike})
        flags.append(
            words.format(
                others=", ".join(scale_word(scale) for scale in others),
                scale=scale_word(compared.scale),
            )
        )
    return flags


def _cell(row: Row, city_id: str, data: CompareData) -> Markup:
    figure = row.compared.figures.get(city_id)
    if figure is None:
        return small(reason_words(row.gaps.get(city_id, "") or "not-reported"))
    words = value_text(row.indicator, figure.value, figure.category)
    kind = "compare-value" if row.indicator.kind == "number" else "compare-answer"
    linked = passport_link(words, figure.observation_id)
    below = [_about(row, city_id, figure), _among_peers(row, city_id, data)]
    lines = "".join(f'<span class="small cell-source">{line}</span>' for line in below if line)
    return Markup(f'<span class="{kind}">{linked}</span>{lines}')  # noqa: S704 - escaped in parts


def _among_peers(row: Row, city_id: str, data: CompareData) -> str:
    """How many of its own peers a member is above; "" where too few have a figure."""
    if row.spread is None or row.indicator.kind != "number" or city_id not in row.numbers:
        return ""
    lower, held = row.spread.above(row.numbers[city_id], data.peers[city_id])
    if held < TELLING_PEERS:
        return ""
    words = _("above {lower} of {count} peers")
    return escaped(words.format(lower=number_text(lower), count=number_text(held)))


def _about(row: Row, city_id: str, figure: Figure) -> str:
    """Period and scale of a cell as HTML text, strong where they differ from the row's."""
    period = escaped(period_text(figure.period_year))
    if row.compared.is_earlier(city_id):
        period = DIFFERS.format(period)
    scale = f"{SCALE_MARKS[figure.scale]}\u00a0{escaped(scale_word(figure.scale))}"
    if city_id in row.compared.unlike:
        scale = DIFFERS.format(scale)
    told = figure.status in TOLD_STATUSES
    status = [escaped(status_word(figure.status))] if told else []
    return " · ".join([period, scale, *status])
