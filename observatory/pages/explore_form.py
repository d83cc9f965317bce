"""The controls of `/explore`: a form whose state assets/explore.js writes to the address."""

from itertools import groupby

from dash import html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.explore_view import WINDOWS, ExploreView
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.views.components.template import rendered
from observatory.views.words import number_text, region_name, scale_word, theme_title

FORM = "explore-page-form"

Option = tuple[str, str, bool]
Groups = list[tuple[str, list[Option]]]


def controls(indicators: dict[str, Indicator], view: ExploreView) -> Component:
    """One control per part of the address, set as the address says."""
    form = rendered(
        "explore_form",
        form=FORM,
        words={"form": _("What is shown"), "year": _("Year"), "newest": _("newest")},
        year="" if view.year is None else view.year,
        selects=[
            ("x", _("Across"), _indicators(indicators, view.x)),
            ("y", _("Upwards"), _indicators(indicators, view.y)),
            ("size", _("Size of the marks"), _sizes(indicators, view)),
            ("window", _("Newest figures of a city at most"), _windows(view)),
            ("theme", _("Theme of the correlations"), _themes(indicators, view)),
        ],
        groups=_groups(view),
    )
    return html.Div(className="static", **{"data-markup": form})


def _indicators(indicators: dict[str, Indicator], chosen: Indicator | None) -> Groups:
    return [
        (theme_title(theme), [_option(one, chosen) for one in group])
        for theme, group in groupby(indicators.values(), key=lambda one: one.theme)
    ]


def _option(indicator: Indicator, chosen: Indicator | None) -> Option:
    words = f"{indicator.title} ({scale_word(indicator.scale)})"
    is_chosen = chosen is not None and chosen.indicator_id == indicator.indicator_id
    return indicator.indicator_id, words, is_chosen


def _sizes(indicators: dict[str, Indicator], view: ExploreView) -> Groups:
    none: Groups = [("", [("", _("all alike"), view.size is None)])]
    return [*none, *_indicators(indicators, view.size)]


def _windows(view: ExploreView) -> Groups:
    words = [
        (str(years), ngettext("{count} year apart", "{count} years apart", years), years)
        for years in sorted({*WINDOWS, view.window})
    ]
    return [
        (
            "",
            [
                (value, text.format(count=number_text(n)), n == view.window)
                for value, text, n in words
            ],
        )
    ]


def _themes(indicators: dict[str, Indicator], view: ExploreView) -> Groups:
    themes = dict.fromkeys(one.theme for one in indicators.values())
    return [("", [(theme, theme_title(theme), theme == view.theme) for theme in themes])]


def _groups(view: ExploreView) -> list[tuple[str, str, list[tuple[str, str, str, bool]]]]:
    return [
        (
            _("Logarithmic"),
            "checkbox",
            [("logx", "1", _("across"), view.log_x), ("logy", "1", _("upwards"), view.log_y)],
        ),
        (
            _("Regions"),
            "checkbox",
            [("region", one, region_name(one), one in view.regions) for one in REGIONS],
        ),
        (
            _("Evidence for the seat"),
            "checkbox",
            [("evidence", one, one, one in view.evidence) for one in EVIDENCE_LEVELS],
        ),
        (
            _("Coefficient"),
            "radio",
            [
                ("method", "pearson", _("Pearson"), view.method == "pearson"),
                ("method", "spearman", _("Spearman (ranks)"), view.method == "spearman"),
            ],
        ),
        (
            _("Unlike scales"),
            "checkbox",
            [("mixed", "1", _("set against each other all the same"), view.mixed)],
        ),
    ]
