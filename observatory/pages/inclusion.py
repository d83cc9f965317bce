"""`/network/inclusion`: whom does the cooperation include?"""

import math

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.inclusion import (
    SILENT_AFTER,
    BetweenGroups,
    active_years,
    between_groups,
    by_year,
    crossing_by_year,
    fell_silent,
    gini,
    linked_by_group,
)
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData, network_data
from observatory.pages.network_scenario import banner
from observatory.pages.network_tabs import INCLUSION, tabs
from observatory.pages.network_view import network_view
from observatory.pages.network_words import measured_on, share_text, what_counts
from observatory.pages.visit import Page, Visit
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import link, one_line, static
from observatory.views.components.terms import terms
from observatory.views.words import evidence_words, number_text, region_name

PATH = INCLUSION
TOP_SHARE = 0.1  # of the members, those with the most partners


def title() -> str:
    """The page's title."""
    return _("Whom the network includes")


def layout(store: Store, visit: Visit) -> Component:
    """Everything of the view, which is that of the network page."""
    view = network_view(store, visit)
    data = network_data(store, view)
    publication = store.publication()
    active = active_years(data.evidence)
    chance = between_groups(data.graph, data.members["region"].replace("", None))
    return html.Div(
        [
            opening(_("Whom does the cooperation include?"), emphasised(_answer(data, chance))),
            static(
                tabs(PATH, view.address()),
                banner(store, view),
                html.P(
                    [
                        _("Counted: {what}.").format(what=what_counts(view)),
                        " ",
                        link(_("Change what counts"), view.href()),
                    ],
                    className="small",
                ),
                downloads("network-members", view.address()),
                _groups(data),
                _between(chance, measured_on(data, publication)),
                _concentration(data, measured_on(data, publication)),
                _years(data, active),
                _changes(data, active),
            ),
        ],
        className="inclusion",
    )


def _answer(data: NetworkData, chance: BetweenGroups) -> str:
    shares = linked_by_group(data.graph, data.members["region"].replace("", None))
    if not data.whole.ties:
        return _("**Nobody has a tie** in this view.")
    ratio = (shares["linked"] / shares["members"]).sort_values(kind="stable")
    told = _(
        "**{linked} of {members} members have a tie**, from {low} in {least} to {high} in {most}. "
    ).format(
        linked=number_text(data.whole.linked),
        members=number_text(data.whole.members),
        low=share_text(float(ratio.iloc[0]), 1),
        least=region_name(str(ratio.index[0])),
        high=share_text(float(ratio.iloc[-1]), 1),
        most=region_name(str(ratio.index[-1])),
    )
    return told + _against_chance(chance)


def _against_chance(chance: BetweenGroups) -> str:
    if not chance.ties:
        return ""
    words = {
        "share": share_text(chance.share, 1),
        "low": share_text(chance.low, 1),
        "high": share_text(chance.high, 1),
    }
    if chance.share < chance.low:
        told = _(
            "{share} of the ties cross regions, **fewer than chance** would give ({low} to {high})."
        )
    elif chance.share > chance.high:
        told = _(
            "{share} of the ties cross regions, **more than chance** would give ({low} to {high})."
        )
    else:
        told = _(
            "{share} of the ties cross regions, **as many as chance** would give ({low} to {high})."
        )
    return told.format(**words)


def _groups(data: NetworkData) -> Component:
    regions = linked_by_group(data.graph, data.members["region"]).reindex(REGIONS).dropna()
    levels = linked_by_group(data.graph, data.members["evidence"])
    levels = levels.reindex(EVIDENCE_LEVELS).dropna()
    return section(
        _("Members with at least one tie"),
        html.Div(
            [
                data_table(
                    _("Members with a tie, by region"),
                    _group_header(_("Region")),
                    [
                        [region_name(str(name)), *_group_cells(row)]
                        for name, row in regions.iterrows()
                    ],
                ),
                data_table(
                    _("Members with a tie, by evidence for the seat"),
                    _group_header(_("Evidence for the seat")),
                    [
                        [f"{name}: {evidence_words(str(name))}", *_group_cells(row)]
                        for name, row in levels.iterrows()
                    ],
                ),
            ],
            className="group-shares",
        ),
    )


def _group_header(what: str) -> list[tuple[str, str]]:
    return [
        (what, "text"),
        (_("Share with a tie"), "text"),
        (_("With a tie"), "number"),
        (_("Members"), "number"),
    ]


def _group_cells(row: pd.Series) -> list[object]:
    share = row["linked"] / row["members"]
    bar = html.Span(
        html.Span(style={"width": f"{100 * share:.0f}%"}),
        className="share-bar",
        **{"aria-hidden": "true"},
    )
    return [
        [bar, share_text(row["linked"], row["members"])],
        number_text(row["linked"]),
        number_text(row["members"]),
    ]


def _between(chance: BetweenGroups, label: str) -> Component:
    if not chance.ties:
        return section(_("Ties between regions"), html.P(_("There is no tie to look at.")))
    note = _(
        "Chance is the configuration model: every member keeps its number of ties, and the loose "
        "ends are joined anew at random, {draws} times, joins of a member to itself left out; 95 "
        "of 100 draws lie within the interval."
    ).format(draws=number_text(chance.draws))
    return section(
        _("Ties between regions"),
        html.P(emphasised(_against_chance(chance))),
        terms(
            [
                (_("Ties counted"), number_text(chance.ties)),
                (_("Share between regions"), share_text(chance.share, 1)),
                (_("Share by chance, mean"), share_text(chance.expected, 1)),
                (
                    _("Share by chance, interval"),
                    f"{share_text(chance.low, 1)} – {share_text(chance.high, 1)}",
                ),
            ]
        ),
        html.P(label, className="source-line"),
        note=note,
    )


def _concentration(data: NetworkData, label: str) -> Component:
    degrees = data.measures["degree"].to_numpy()
    spread = gini(degrees)
    count = max(1, round(TOP_SHARE * len(degrees)))
    top = np.sort(degrees)[::-1][:count].sum()
    if math.isnan(spread):
        nothing = _("Nobody has a tie in this view, so there is nothing to be concentrated.")
        return section(_("Concentration"), html.P(nothing, className="measure"))
    words = _(
        "The {count} members with the most partners, a tenth of all, hold {share} of the ends of "
        "all ties. Gini coefficient of the number of partners: {gini} (0 all the same, 1 one holds "
        "all)."
    ).format(
        count=number_text(count),
        share=share_text(float(top), float(degrees.sum())),
        gini=number_text(spread, 2),
    )
    return section(
        _("Concentration"),
        html.P(words, className="measure"),
        html.P(label, className="source-line"),
    )


def _years(data: NetworkData, active: pd.DataFrame) -> Component | None:
    table = by_year(active)
    if table.empty:
        return None
    header = [
        (_("Year"), "text"),
        (_("Members with a tie in it"), "number"),
        (_("For the first time"), "number"),
        (_("Ever so far"), "number"),
        (_("Share of members, ever so far"), "text"),
        (_("Ties in it"), "number"),
        (_("Of them between regions"), "number"),
    ]
    groups = data.members["region"].replace("", None)
    crossing = crossing_by_year(data.evidence, groups, table.index)
    rows = [
        [
            str(year),
            number_text(row["linked"]),
            number_text(row["new"]),
            number_text(row["so_far"]),
            _group_cells(pd.Series({"linked": row["so_far"], "members": data.whole.members}))[0],
            number_text(crossing.loc[year, "ties"]),
            share_text(crossing.loc[year, "crossing"], crossing.loc[year, "ties"]),
        ]
        for year, row in table.iterrows()
    ]
    note = _(
        "A year counts where an event of it is on record; what is not on record may have taken "
        "place. Events without a year are left out here."
    )
    return section(
        _("From year to year"), data_table(_("From year to year"), header, rows), note=note
    )


def _changes(data: NetworkData, active: pd.DataFrame) -> Component | None:
    if active.empty:
        return None
    last = int(data.view.last_year or active["year"].max())
    first = active.groupby("city_id")["year"].min()
    new = [str(city) for city in first.index[first > last - SILENT_AFTER]]
    silent = fell_silent(active, last)
    words_new = ngettext(
        "{count} member had its first tie on record from {since} to {last}:",
        "{count} members had their first tie on record from {since} to {last}:",
        len(new),
    ).format(count=number_text(len(new)), since=last - SILENT_AFTER + 1, last=last)
    words_silent = ngettext(
        "{count} member had its last tie on record in {until} or before:",
        "{count} members had their last tie on record in {until} or before:",
        len(silent),
    ).format(count=number_text(len(silent)), until=last - SILENT_AFTER)
    return section(
        _("New, and fallen silent"),
        html.P([words_new, " ", _named(data, new), "."]) if new else html.P(_("Nobody is new.")),
        html.P([words_silent, " ", _silent_names(data, silent), "."])
        if len(silent)
        else html.P(_("Nobody fell silent.")),
        note=_("Up to {year}, the last year looked at.").format(year=last),
    )


def _named(data: NetworkData, city_ids: list[str]) -> Markup:
    ordered = sorted(city_ids, key=data.name)
    return one_line(link(data.name(city), f"/cities/{city}") for city in ordered)


def _silent_names(data: NetworkData, silent: pd.Series) -> Markup:
    return one_line(
        link(f"{data.name(str(city))} ({year})", f"/cities/{city}") for city, year in silent.items()
    )


PAGE = Page(PATH, title, layout)
