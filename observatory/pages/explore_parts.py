"""The parts of `/explore` in words and tables: the answer, regions, points."""

from html import escape

import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.association import FEWEST, SPEARMAN, Association
from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.explore_data import ExploreData
from observatory.pages.explore_view import ExploreView
from observatory.schema import REGIONS
from observatory.views.components.frame import section
from observatory.views.components.member_map import REGION_CLASSES
from observatory.views.components.passport import passport_link
from observatory.views.components.static import small
from observatory.views.components.template import rendered
from observatory.views.words import (
    cities_text,
    number_text,
    period_text,
    region_name,
    scale_word,
    unit_text,
    value_text,
)

TABLE = "explore-page-table"
MOST_ROWS = 500  # of the table; more make an answer slow, and nobody reads them


def answer(view: ExploreView, data: ExploreData) -> str:
    """The sentence that answers the page's question from the data; strong parts between **."""
    words = {
        "x": view.x.title,
        "y": view.y.title,
        "n": number_text(data.association.n),
        "members": number_text(data.members),
        "least": number_text(FEWEST),
    }
    if view.is_mixed and not view.mixed:
        return _(
            "{x} is a figure of the {x_scale}, {y} of the {y_scale}: **unlike scales are not set "
            "against each other**. Choose another indicator, or allow it below."
        ).format(x_scale=scale_word(view.x.scale), y_scale=scale_word(view.y.scale), **words)
    if view.x.indicator_id == view.y.indicator_id:
        return _(
            "**{x} is set against itself**: choose another indicator for one of the two."
        ).format(**words)
    found = data.association
    if found.why_not == "few":
        return _(
            "**{n} cities** have both {x} and {y}: too few to say what goes with what ({least} are "
            "the least)."
        ).format(**words)
    if found.why_not:
        return _("One of the two is the same in all {n} cities: nothing goes with it.").format(
            **words
        )
    return _(
        "{y} and {x} go together **{strength}**: {name} {coefficient} (95 % interval {low} to "
        "{high}) over {over}."
    ).format(
        strength=_strength(found),
        name=coefficient_name(view),
        coefficient=two_decimals(found.coefficient),
        low=two_decimals(found.low),
        high=two_decimals(found.high),
        over=_over(view, data),
        **words,
    )


def _over(view: ExploreView, data: ExploreData) -> str:
    """On how many cities, or countries, a coefficient rests."""
    count = data.association.n
    if view.is_national:
        words = ngettext("{n} country of members", "{n} countries of members", count)
        return words.format(n=number_text(count))
    return _("{n} of {members} members").format(
        n=number_text(count), members=number_text(data.members)
    )


def _strength(found: Association) -> str:
    """How strong, in words: the interval decides whether anything is said at all."""
    if found.low <= 0 <= found.high:
        return _("in no clear way")
    size = abs(found.coefficient)
    strong = size >= 0.7  # noqa: PLR2004 - the usual words for the size of a coefficient
    some = size >= 0.4  # noqa: PLR2004 - as above
    if found.coefficient > 0:
        return (
            _("strongly: where one is high, the other is high")
            if strong
            else _("somewhat: where one is high, the other tends to be high")
            if some
            else _("weakly: where one is high, the other is a little higher")
        )
    return (
        _("strongly, in opposite ways: where one is high, the other is low")
        if strong
        else _("somewhat, in opposite ways: where one is high, the other tends to be low")
        if some
        else _("weakly, in opposite ways: where one is high, the other is a little lower")
    )


def coefficient_name(view: ExploreView) -> str:
    """What the coefficient of the view is called, and of which values it is."""
    if view.method == SPEARMAN:
        return _("Spearman’s ρ")
    is_log = view.log_x or view.log_y
    return _("Pearson’s r on the axes as drawn") if is_log else _("Pearson’s r")


def two_decimals(value: float) -> str:
    """A coefficient as it is read."""
    return number_text(value, 2)


def not_shown(view: ExploreView, data: ExploreData) -> list[str]:
    """What the picture does not show: who is left out and why, and what may not be read into it."""
    reasons = {
        "missing-x": _("no figure of {x}").format(x=view.x.title),
        "missing-y": _("no figure of {y}").format(y=view.y.title),
        "missing-both": _("neither figure"),
        "apart": _("figures more than {years} years apart").format(years=view.window),
        "log": _("a value not above nought, which a logarithmic axis cannot show"),
        "same-country": _("national values repeated for cities of one country"),
    }
    left = "; ".join(
        f"{reasons[why]} {number_text(count)}"
        for why, count in data.left_out.items()
        if why in reasons
    )
    lines = [_("Left out: {reasons}.").format(reasons=left)] if left else []
    if view.is_national:
        lines.append(
            _(
                "Both are figures of countries: each country counts once, under the region of its "
                "first member, and its cities are not shown."
            )
        )
    if view.is_mixed and view.mixed:
        lines.append(
            _(
                "Unlike scales: {x} is a figure of the {x_scale}, {y} of the {y_scale}. A "
                "country’s figure stands beside several cities and counts each time."
            ).format(
                x=view.x.title,
                y=view.y.title,
                x_scale=scale_word(view.x.scale),
                y_scale=scale_word(view.y.scale),
            )
        )
    lines.append(_("Going together is no cause: what drives both is not in the picture."))
    return lines


def line_words(view: ExploreView, data: ExploreData) -> str:
    """What the line in the scatter is."""
    if data.line is None:
        return _("No line: {least} cities with both figures are the least.").format(
            least=number_text(FEWEST)
        )
    scaled = _(", on the axes as drawn") if view.log_x or view.log_y else ""
    words = ngettext("{n} country", "{n} countries", data.line.n)
    over = (
        words.format(n=number_text(data.line.n)) if view.is_national else cities_text(data.line.n)
    )
    return _("Line: least squares over {over}{scaled}; band: 95 % interval of its mean.").format(
        over=over, scaled=scaled
    )


def regions(view: ExploreView, data: ExploreData) -> Component | None:
    """How the upward indicator spreads within each region."""
    points = data.points
    if points.empty:
        return None
    low, high = float(points["value_y"].min()), float(points["value_y"].max())
    rows = []
    for region in (one for one in REGIONS if one in view.regions):
        values = points.loc[points["region"] == region, "value_y"]
        places = [f"{100 * (value - low) / ((high - low) or 1):.1f}" for value in values.tolist()]
        middle = (
            f"{100 * (float(values.median()) - low) / ((high - low) or 1):.1f}"
            if len(values)
            else None
        )
        words = value_text(view.y, float(values.median()), None) if len(values) else _("no figure")
        rows.append(
            (
                region_name(region),
                REGION_CLASSES[region],
                number_text(len(values)),
                places,
                middle,
                words,
            )
        )
    return section(
        _("The same, by region"),
        rendered("explore_strips", label=_("{y} by region").format(y=view.y.title), rows=rows),
        note=_(
            "{y}: each line is a point of the picture above, the long one the median of its "
            "region, written at the end; from {low} to {high} {unit}."
        ).format(
            y=view.y.title,
            low=value_text(view.y, low, None),
            high=value_text(view.y, high, None),
            unit=unit_text(view.y),
        ),
    )


def points_table(view: ExploreView, data: ExploreData) -> Component:
    """The table twin of the scatter; each figure opens its passport."""
    points = data.points
    header = [
        (_("Country") if view.is_national else _("Member"), "text"),
        (_("Region") if view.is_national else _("Country"), "text"),
        (_with_unit(view.x), "number"),
        (_with_unit(view.y), "number"),
    ]
    words = {
        "filter": _("Find in the table"),
        "brushed": _("{count} chosen in the picture"),
        "unbrush": _("Show all"),
    }
    cut = _("The first {shown} of {rows} are listed; the files hold them all.").format(
        shown=number_text(MOST_ROWS), rows=number_text(len(points))
    )
    return section(
        _("All points as a table"),
        rendered(
            "explore_points",
            table_id=TABLE,
            caption=_("{y} and {x}").format(y=view.y.title, x=view.x.title),
            header=header,
            rows=_rows(view, points.sort_values("name", kind="stable").head(MOST_ROWS), header),
            words=words,
        )
        if len(points)
        else html.P(
            _("No point to list. Choose other indicators, more regions or a wider window.")
        ),
        note=cut if len(points) > MOST_ROWS else None,
    )


def _with_unit(indicator: Indicator) -> str:
    unit = unit_text(indicator)
    return f"{indicator.title}, {unit}" if unit else indicator.title


def _rows(view: ExploreView, points: pd.DataFrame, header: list[tuple[str, str]]) -> Markup:
    """The rows of the table; joined by hand, since there are a thousand of them."""
    labels = [escape(label) for label, _kind in header[1:]]
    columns = (
        points["point_id"].tolist(),
        points["name"].tolist(),
        _second_column(view, points),
        points["region"].tolist(),
        _figures(view.x, points, "x"),
        _figures(view.y, points, "y"),
    )
    rows = [
        f'<tr data-point="{escape(point_id)}"><th scope="row" class="cell-text">'
        f'<span class="dot {REGION_CLASSES[region]}" aria-hidden="true"></span>{escape(name)}</th>'
        f'<td class="cell-text" data-label="{labels[0]}">{escape(country)}</td>'
        f'<td class="cell-number" data-label="{labels[1]}">{x}</td>'
        f'<td class="cell-number" data-label="{labels[2]}">{y}</td></tr>'
        for point_id, name, country, region, x, y in zip(*columns, strict=True)
    ]
    return Markup("\n".join(rows))  # noqa: S704 - every text is escaped


def _second_column(view: ExploreView, points: pd.DataFrame) -> list[str]:
    """A country is told of a city, a region of a country."""
    if view.is_national:
        return [region_name(region) for region in points["region"].tolist()]
    return [str(country) for country in points["country"].tolist()]


def _figures(indicator: Indicator, points: pd.DataFrame, axis: str) -> list[str]:
    """The figures of an axis as HTML text, each with its period and its passport."""
    names = (f"value_{axis}", f"observation_id_{axis}", f"period_year_{axis}")
    periods = {year: small(f" {period_text(year)}") for year in points[names[2]].unique()}
    undated = small(f" {period_text(None)}")
    return [
        f"{passport_link(value_text(indicator, value, None), observation_id)}"
        f"{periods.get(year, undated)}"
        for value, observation_id, year in zip(
            *(points[name].tolist() for name in names), strict=True
        )
    ]


def hover_words(points: pd.DataFrame, view: ExploreView) -> list[str]:
    """What a reader is told on pointing at a mark."""
    x_title, y_title = escape(view.x.title), escape(view.y.title)
    x_unit, y_unit = unit_text(view.x), unit_text(view.y)
    columns = (points[name].tolist() for name in ("name", "value_x", "value_y"))
    return [
        f"<b>{escape(name)}</b><br>"
        f"{x_title}: {value_text(view.x, x, None)} {x_unit}<br>"
        f"{y_title}: {value_text(view.y, y, None)} {y_unit}"
        for name, x, y in zip(*columns, strict=True)
    ]
