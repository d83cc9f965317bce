"""The controls of the Atlas: a plain form whose state assets/atlas.js writes to the address."""

from html import escape
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.pages.atlas_view import AtlasView
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.views.words import evidence_words, region_name

FORM = "atlas-page-form"


def controls(indicators: dict[str, Indicator], view: AtlasView) -> Component:
    """One control per part of the address, set as the address says.

    Native controls: they work by keyboard and screen reader as every other form does.
    """
    parts = [
        _indicator_choice(indicators, view),
        year_choice(view),
        _group(
            _("Regions"),
            [
                _box("checkbox", "region", region, region_name(region), on=region in view.regions)
                for region in REGIONS
            ],
        ),
        _group(
            _("Evidence for the seat"),
            [
                _box(
                    "checkbox",
                    "evidence",
                    level,
                    level,
                    on=level in view.evidence,
                    title=evidence_words(level),
                )
                for level in EVIDENCE_LEVELS
            ],
        ),
        _group(_("Classes"), _radios("method", _method_words(), view.method)),
        _group(
            _("Colours"),
            _radios(
                "palette",
                {"sequential": _("One hue"), "diverging": _("Two hues")},
                view.palette,
            ),
        ),
    ]
    label = escape(_("What the map shows"))
    form = f'<form id="{FORM}" class="controls" aria-label="{label}">{"".join(parts)}</form>'
    return html.Div(className="static", **{"data-markup": form})


def _method_words() -> dict[str, str]:
    return {
        "quantile": _("Equal counts"),
        "natural": _("Natural breaks"),
        "equal": _("Equal steps"),
        "continuous": _("Continuous"),
    }


def _indicator_choice(indicators: dict[str, Indicator], view: AtlasView) -> str:
    groups = []
    for theme, members in groupby(indicators.values(), key=lambda indicator: indicator.theme):
        options = "".join(
            f'<option value="{escape(one.indicator_id)}"'
            f"{' selected' if one == view.indicator else ''}>{escape(one.title)}</option>"
            for one in members
        )
        groups.append(f'<optgroup label="{escape(theme.capitalize())}">{options}</optgroup>')
    return (
        f'<div class="control control-wide"><label for="{FORM}-indicator">'
        f"{escape(_('Indicator'))}</label>"
        f'<select id="{FORM}-indicator" name="indicator">{"".join(groups)}</select></div>'
    )


def year_choice(view: AtlasView) -> str:
    """A slider over the years that have figures, a play button, and "newest of each city"."""
    years = list(view.years)
    position = years.index(view.year) if view.year in years else max(len(years) - 1, 0)
    fixed = " disabled" if len(years) < 2 else ""  # noqa: PLR2004 - nothing to choose or play
    shown = str(view.year) if view.year is not None else _("newest")
    ends = _span(years)
    newest = _box("checkbox", "latest", "1", _("Newest figure of each city"), on=view.year is None)
    return (
        '<div class="control control-year">'
        f'<label for="{FORM}-year">{escape(_("Year"))} <span class="small">{ends}</span></label>'
        '<div class="year-row">'
        f'<button type="button" id="{FORM}-play" class="button"{fixed} '
        f'aria-label="{escape(_("Play the years"))}">▶</button>'
        f'<input type="range" id="{FORM}-year" name="year" min="0" max="{max(len(years) - 1, 1)}" '
        f'step="1" value="{position}"{fixed} data-years="{",".join(map(str, years))}" '
        f'aria-valuetext="{escape(shown)}">'
        f'<output for="{FORM}-year" class="year-shown" data-newest="{escape(_("newest"))}">'
        f"{escape(shown)}</output></div>"
        f'<div class="choices">{newest}</div></div>'
    )


def _group(label: str, boxes: list[str]) -> str:
    return (
        f'<fieldset class="control"><legend>{escape(label)}</legend>'
        f'<div class="choices">{"".join(boxes)}</div></fieldset>'
    )


def _radios(name: str, words: dict[str, str], chosen: str) -> list[str]:
    return [_box("radio", name, value, label, on=value == chosen) for value, label in words.items()]


def _box(kind: str, name: str, value: str, label: str, *, on: bool, title: str = "") -> str:
    checked = " checked" if on else ""
    hint = f' title="{escape(title)}"' if title else ""
    return (
        f'<label{hint}><input type="{kind}" name="{name}" value="{escape(value)}"{checked}>'
        f"<span>{escape(label)}</span></label>"
    )


def _span(years: list[int]) -> str:
    """The years that have figures, as a reader writes them."""
    if not years:
        return _("undated")
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
