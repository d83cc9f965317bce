"""`/data/<indicator_id>`: what does this indicator say, and for whom?"""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.domain.indicators import Indicator
from observatory.language import gettext as _
from observatory.pages.rows import Row, number_of, text_of
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import Source, find_indicator, find_source, holdings
from observatory.queries.values import member_values
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.last_look import last_look
from observatory.views.components.member_map import region_dot
from observatory.views.components.passport import passport_link
from observatory.views.components.static import static
from observatory.views.components.terms import terms
from observatory.views.words import (
    list_text,
    number_text,
    period_text,
    polarity_words,
    reason_words,
    scale_word,
    status_word,
    theme_title,
    unit_text,
    value_text,
    years_text,
)

PATH = "/data/<indicator_id>"


def title() -> str:
    """The page's title."""
    return _("Indicator")


def layout(store: Store, visit: Visit) -> Component:
    """Everything about one indicator.

    Raises:
        UnknownIdError: there is no such indicator.
    """
    indicator = find_indicator(store, visit.parts["indicator_id"])
    source = find_source(store, indicator.source_id)
    members = members_shown(store, indicator)
    held = holdings(store).set_index("indicator_id").to_dict("index")[indicator.indicator_id]
    return static(
        html.Div(
            [
                opening(
                    indicator.title,
                    emphasised(answer(indicator, members, held)),
                    trail=[dcc.Link(_("Data"), href="/data"), " › ", theme_title(indicator.theme)],
                ),
                html.Div(
                    dcc.Link(
                        _("See it on the map"),
                        href=f"/atlas?indicator={indicator.indicator_id}",
                        className="button",
                    ),
                    className="button-row",
                ),
                section(_("What it is"), definition(indicator)),
                section(_("Where it comes from"), origin(source)),
                coverage_of(members),
                values(indicator, members),
            ],
            className="indicator",
        )
    )


def members_shown(store: Store, indicator: Indicator) -> pd.DataFrame:
    """Every member once, in the order of the page; columns as `queries.values.member_values`.

    Those with a figure first, numbers from high to low; then the others, the most frequent
    reason first.
    """
    members = member_values(store, indicator_id=indicator.indicator_id)
    is_held = members["observation_id"].notna()
    known, missing = members[is_held], members[~is_held]
    if indicator.kind == "number":
        known = known.sort_values(["value", "city"], ascending=[False, True], kind="stable")
    alike = missing.groupby("reason_code")["city_id"].transform("size")
    missing = missing.assign(alike=alike).sort_values(
        ["alike", "reason_code"], ascending=[False, True], kind="stable"
    )
    return pd.concat([known, missing[members.columns]])


def answer(indicator: Indicator, members: pd.DataFrame, held: Row) -> str:
    """How far the indicator reaches, in a sentence; strong parts between **."""
    known = members.dropna(subset=["observation_id"])
    words = {
        "held": number_text(len(known)),
        "total": number_text(len(members)),
        "years": years_text(held["first_year"], held["last_year"]),
    }
    if known.empty:
        return _("{definition} **No member has a figure yet.**").format(
            definition=indicator.definition
        )
    if indicator.is_national:
        return _(
            "{definition} A figure of the country: context for its cities, never their value. "
            "**{held} of {total} members** are in a country with one, for {years}."
        ).format(definition=indicator.definition, **words)
    if words["years"].isdigit() or "–" in words["years"][1:]:
        return _("{definition} **{held} of {total} members** have a figure, for {years}.").format(
            definition=indicator.definition, **words
        )
    return _("{definition} **{held} of {total} members** have a figure; undated.").format(
        definition=indicator.definition, **words
    )


def definition(indicator: Indicator) -> Component:
    """Meaning, method, unit and limits."""
    return terms(
        [
            (_("Method"), indicator.method),
            (_("Formula"), html.Code(indicator.formula) if indicator.formula else None),
            (_("Unit"), unit_text(indicator) or indicator.unit),
            (_("Which end is better"), polarity_words(indicator.better)),
            (_("Scale"), scale_word(indicator.scale)),
            (_("Answers"), list_text(list(indicator.categories))),
            (_("Plausible range"), plausible(indicator)),
            (
                _("Sustainable Development Goals"),
                _("target {sdg}").format(sdg=indicator.sdg) if indicator.sdg else None,
            ),
            (_("Updated"), indicator.update_rhythm),
            (_("Id"), html.Code(indicator.indicator_id)),
        ]
    )


def plausible(indicator: Indicator) -> str:
    """The range outside of which a figure stops the build; nothing where there is none."""
    if indicator.kind != "number" or indicator.minimum is None or indicator.maximum is None:
        return ""
    return _("{lowest} to {highest}").format(
        lowest=value_text(indicator, indicator.minimum, None),
        highest=value_text(indicator, indicator.maximum, None),
    )


def origin(source: Source) -> Component:
    """The source with its licence and how to cite it."""
    return terms(
        [
            (_("Source"), dcc.Link(source.title, href=f"/data/sources/{source.source_id}")),
            (_("Publisher"), source.publisher),
            (_("Licence"), source.licence),
            (_("Citation"), source.citation),
            (_("Boundary"), source.boundary),
            (_("Cautions"), source.cautions),
            (_("Last look"), last_look(source.looked_on, source.rhythm_months)),
        ]
    )


def coverage_of(members: pd.DataFrame) -> Component | None:
    """Why members have no figure, with their names."""
    missing = members[members["observation_id"].isna()]
    if missing.empty:
        return None
    entries = []
    for code, group in missing.groupby("reason_code", sort=False):
        words = _("{reason}: {count}").format(
            reason=theme_title(reason_words(str(code))), count=number_text(len(group))
        )
        names: list[Component | str] = []
        for member in group.itertuples():
            names += [dcc.Link(member.member_name, href=f"/cities/{member.city_id}"), ", "]
        details = html.Details([html.Summary(words), html.P(names[:-1], className="small names")])
        entries.append(details)
    return section(_("Why others have no figure"), *entries)


def values(indicator: Indicator, members: pd.DataFrame) -> Component | None:
    """The newest figure of every member that has one."""
    known = members.dropna(subset=["observation_id"])
    if known.empty:
        return None
    unit = unit_text(indicator)
    header = [
        (_("Member"), "text"),
        (_("Country"), "text"),
        (_("Value, {unit}").format(unit=unit) if unit else _("Value"), "number"),
        (_("Period"), "number"),
        (_("Scale and status"), "text"),
        (_("Row of the source"), "text"),
    ]
    rows = [_value_row(indicator, member) for member in known.to_dict("records")]
    note = _("From high to low.") if indicator.kind == "number" else None
    return section(
        _("Newest figure of each member"),
        data_table(indicator.title, header, rows),
        downloads("indicator", f"?indicator={indicator.indicator_id}", what=indicator.title),
        note=note,
    )


def _value_row(indicator: Indicator, member: Row) -> list[Component | str | list[Component | str]]:
    number, category = number_of(member, "value"), text_of(member, "category") or None
    hollow = member["evidence"] == "D"
    name = str(member["member_name"])
    return [
        [
            region_dot(str(member["region"]), hollow=hollow),
            dcc.Link(name, href=f"/cities/{member['city_id']}"),
        ],
        str(member["country"]),
        passport_link(value_text(indicator, number, category), str(member["observation_id"])),
        period_text(member["period_year"]),
        f"{scale_word(str(member['scale']))} · {status_word(str(member['status']))}",
        html.Span(str(member["source_row"]), className="small"),
    ]


def subject(store: Store, parts: dict[str, str]) -> str:
    """The indicator's title, for the document's title."""
    return find_indicator(store, parts["indicator_id"]).title


PAGE = Page(PATH, title, layout, subject=subject)
