"""The controls of `/network`: a form whose state assets/network.js writes to the address."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from observatory.domain.network_metrics import MEASURES
from observatory.language import gettext as _
from observatory.pages.network_view import COLOURS, LAYOUTS, NetworkView
from observatory.pages.network_words import kind_title, measure_title, strength_title
from observatory.schema import EVIDENCE_LEVELS, REGIONS, TIE_STRENGTHS
from observatory.views.components.template import rendered
from observatory.views.words import evidence_words, region_name, theme_title

FORM = "network-page-form"

Option = tuple[str, str, bool]
Group = tuple[str, str, list[tuple[str, str, str, bool]]]


def controls(
    view: NetworkView, kinds: pd.DataFrame, members: pd.DataFrame, themes: list[str]
) -> Component:
    """One control per part of the address, set as the address says.

    Args:
        view: what the address asks for.
        kinds: as `queries.network.event_kinds`.
        members: city_id, name, country of every member there is.
        themes: themes of the catalogue.
    """
    named = {
        str(row.city_id): f"{row.name_shown}, {row.country}"
        for row in members.rename(columns={"name": "name_shown"}).itertuples(index=False)
    }
    form = rendered(
        "network_form",
        form=FORM,
        words=_words(view),
        strengths=_strengths(view, kinds),
        years=view.years,
        to=view.last_year,
        from_=view.first_year,
        least=min(max(view.first_year or 0, view.years[0]), view.years[1]),
        undated=view.undated,
        selects=_selects(view, themes),
        choices=_choices(view),
        filters=_filters(view),
        city=named.get(view.city, ""),
        goal=named.get(view.goal, ""),
        members=sorted(named.items(), key=lambda one: one[1]),
        weights=[
            (row.kind, kind_title(str(row.kind)), f"{view.weights[str(row.kind)]:g}", row.weight)
            for row in kinds.itertuples()
        ],
        is_open=bool(view.own_weights)
        or len(view.regions) < len(REGIONS)
        or len(view.evidence) < len(EVIDENCE_LEVELS),
    )
    return html.Div(className="static", **{"data-markup": form})


def _words(view: NetworkView) -> dict[str, str]:
    return {
        "form": _("What the network shows"),
        "years": _("Up to the year"),
        "on_record": _("on record: {first} to {last}").format(
            first=view.years[0], last=view.years[1]
        ),
        "play": _("Play the years"),
        "all": _("all years"),
        "from": _("from"),
        "undated": _("with events without a year"),
        "city": _("Look at a member"),
        "goal": _("Path to"),
        "nobody": _("type a name"),
        "nobody_called": _("No member is called “{name}”. The view stays as it was."),
        "more": _("Regions, evidence, weights"),
        "weights": _("Weights"),
        "weights_note": _(
            "What one shared event adds to the strength of a tie. The weights are ours, not the "
            "association's; 0 makes no tie."
        ),
    }


def _strengths(
    view: NetworkView, kinds: pd.DataFrame
) -> list[tuple[str, list[tuple[str, str, str, bool]]]]:
    return [
        (
            strength_title(strength),
            [
                (row.kind, kind_title(str(row.kind)), row.meaning, row.kind in view.kinds)
                for row in kinds[kinds["strength"] == strength].itertuples()
            ],
        )
        for strength in TIE_STRENGTHS
    ]


def _selects(view: NetworkView, themes: list[str]) -> list[tuple[str, str, list[Option]]]:
    return [
        (
            "size",
            _("Size of the marks"),
            [(one, measure_title(one), one == view.measure) for one in MEASURES],
        ),
        (
            "theme",
            _("Theme of the events"),
            [
                ("", _("all"), not view.theme),
                *((one, theme_title(one), one == view.theme) for one in themes),
            ],
        ),
    ]


def _choices(view: NetworkView) -> list[Group]:
    layouts = {"structure": _("by structure"), "geography": _("on the map")}
    colours = {"region": _("region"), "community": _("community")}
    return [
        (
            _("Drawn"),
            "radio",
            [("layout", one, layouts[one], one == view.layout) for one in LAYOUTS],
        ),
        (
            _("Colour"),
            "radio",
            [("colour", one, colours[one], one == view.colour) for one in COLOURS],
        ),
    ]


def _filters(view: NetworkView) -> list[Group]:
    return [
        (
            _("Regions"),
            "checkbox",
            [("region", one, region_name(one), one in view.regions) for one in REGIONS],
        ),
        (
            _("Evidence for the seat"),
            "checkbox",
            [
                ("evidence", one, f"{one}: {evidence_words(one)}", one in view.evidence)
                for one in EVIDENCE_LEVELS
            ],
        ),
    ]
