"""The correlations within a theme on `/explore`: a matrix, and the same as a table."""

from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.association import FEWEST, Association
from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.explore_data import Matrix
from observatory.pages.explore_parts import coefficient_name, two_decimals
from observatory.pages.explore_view import ExploreView
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section
from observatory.views.components.template import rendered
from observatory.views.theme import Theme, tints
from observatory.views.words import number_text

SHADES = 9  # from -1 to 1


def correlations(view: ExploreView, found: Matrix, theme: Theme) -> Component:
    """The matrix of the theme, and the same as a list with n and interval."""
    marks = {one.indicator_id: chr(ord("A") + at) for at, one in enumerate(found.indicators)}
    colours = tints(theme, "diverging", SHADES)
    rows = [
        (
            row.title,
            marks[row.indicator_id],
            [_cell(view, found, row, column, colours) for column in found.indicators],
        )
        for row in found.indicators
    ]
    caption = _("Correlations within {theme}").format(theme=view.theme)
    listed = [_pair_row(view, found, pair, one) for pair, one in sorted(found.pairs.items())]
    header = [
        (_("Pair"), "text"),
        (coefficient_name(view), "number"),
        (_("95 % interval"), "number"),
        (_("Cities"), "number"),
    ]
    note = _(
        "{name} of the newest figures, each pair over the cities (or countries) that have both. "
        "Empty: fewer than {least}, or unlike scales. Choose a cell to see its scatter."
    ).format(name=coefficient_name(view), least=number_text(FEWEST))
    if found.dropped:
        note += " " + ngettext(
            "{count} more indicator of the theme is not shown.",
            "{count} more indicators of the theme are not shown.",
            found.dropped,
        ).format(count=number_text(found.dropped))
    return section(
        _("What goes with what in a theme"),
        rendered(
            "explore_matrix",
            caption=caption,
            hint=_("More columns follow: scroll sideways."),
            columns=[(one.title, marks[one.indicator_id]) for one in found.indicators],
            rows=rows,
        ),
        html.Details([html.Summary(_("As a table")), data_table(caption, header, listed)]),
        note=note,
    )


def _cell(
    view: ExploreView, found: Matrix, row: Indicator, column: Indicator, colours: list[str]
) -> dict[str, str]:
    blank = {"href": "", "colour": "", "text": "", "words": ""}
    if row.indicator_id == column.indicator_id:
        return blank | {"text": "·"}
    one = _pair(found, row, column)
    if one is None:
        return blank | {"words": _("unlike scales")}
    if one.why_not:
        return blank | {"words": _("{n} cities: too few, or all alike").format(n=one.n)}
    shade = round((one.coefficient + 1) / 2 * (SHADES - 1))
    return {
        "href": f"/explore{view.address(x=column, y=row, theme=view.theme)}",
        "colour": colours[shade],
        "text": two_decimals(one.coefficient),
        "words": _("{y} and {x}: {r} ({low} to {high}), n = {n}").format(
            y=row.title,
            x=column.title,
            r=two_decimals(one.coefficient),
            low=two_decimals(one.low),
            high=two_decimals(one.high),
            n=one.n,
        ),
    }


def _pair(found: Matrix, one: Indicator, other: Indicator) -> Association | None:
    key = (one.indicator_id, other.indicator_id)
    return found.pairs.get(key) or found.pairs.get(key[::-1])


def _pair_row(
    view: ExploreView, found: Matrix, pair: tuple[str, str], one: Association
) -> list[Component | str]:
    first, second = (
        next(ind for ind in found.indicators if ind.indicator_id == name) for name in pair
    )
    words = _("{y} and {x}").format(y=first.title, x=second.title)
    link = dcc.Link(words, href=f"/explore{view.address(x=second, y=first, theme=view.theme)}")
    if one.why_not:
        return [link, "–", _("too few, or all alike"), number_text(one.n)]
    return [
        link,
        two_decimals(one.coefficient),
        f"{two_decimals(one.low)} – {two_decimals(one.high)}",
        number_text(one.n),
    ]
