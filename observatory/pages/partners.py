"""`/network/partners`: whom should this member work with next?"""

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.link_prediction import LEAST_COVERAGE, PARTS, combined
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import all_members
from observatory.pages.network_tabs import PARTNERS, tabs, without_filters
from observatory.pages.network_view import JOINT
from observatory.pages.partner_words import part_definition, part_title, reasons
from observatory.pages.visit import Page, Visit, first
from observatory.queries.backtest import ALL, LESS_ONE, WINNER, backtest
from observatory.queries.partners import CandidateParts, candidate_parts, partner_candidates
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import Children, opening, section
from observatory.views.components.static import link, static
from observatory.views.components.template import rendered
from observatory.views.words import joined_text, number_text, share_words

PATH = PARTNERS
SHOWN = 10  # the others wait in a fold
MOST_LISTED = 200  # with reasons on a page; of more the files hold the rest
MOST_WEIGHT = 5.0
MOST_BACKTESTED = 500  # members; with more it takes longer than a page may
PARAMETERS = frozenset({"city", *PARTS})


@dataclass(frozen=True)
class PartnerView:
    """What the page is asked for.

    Attributes:
        city: the member, or "". weights: by part.
        ignored: parameters of the address that made no sense.
    """

    city: str
    weights: dict[str, float]
    ignored: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The query string of this view; defaults are left out."""
        parts = [("city", self.city)] if self.city else []
        parts += [(one, f"{weight:g}") for one, weight in self.weights.items() if weight != 1]
        return f"?{urlencode(parts)}" if parts else ""


def title() -> str:
    """The page's title."""
    return _("Partner finder")


def partner_view(store: Store, visit: Visit) -> PartnerView:
    """The view an address asks for; what makes no sense is ignored and told."""
    ignored = [f"{name}=…" for name in visit.query if name not in PARAMETERS]
    city = first(visit, "city")
    if city and city not in all_members(store).index:
        ignored.append(f"city={city}")
        city = ""
    weights = {}
    for part in PARTS:
        weight = _weight(first(visit, part, "1"))
        if weight is None:
            ignored.append(f"{part}={first(visit, part)}")
        weights[part] = 1.0 if weight is None else weight
    return PartnerView(city, weights, tuple(ignored))


def _weight(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= MOST_WEIGHT else None


def layout(store: Store, visit: Visit) -> Component:
    """The controls and the candidates."""
    view = partner_view(store, visit)
    found = scored_candidates(store, view) if view.city else None
    return html.Div(
        [
            opening(_("Whom should it work with next?"), emphasised(_answer(store, view, found))),
            static(tabs(PATH), without_filters(), _ignored(view)),
            html.Div(className="static", **{"data-markup": _form(store, view)}),
            static(
                candidates(store, view, found) if found is not None else None,
                downloads("partners", view.address) if found is not None else None,
                _method(store),
            ),
        ],
        className="partners",
    )


def scored_candidates(store: Store, view: PartnerView) -> pd.DataFrame:
    """All candidates of the view's member that have a score, as `partner_candidates`."""
    return partner_candidates(store, view.city, view.weights, len(all_members(store)))


def _ignored(view: PartnerView) -> Component | None:
    if not view.ignored:
        return None
    words = _("Left out of the address, because it makes no sense here: {parts}")
    return html.P(words.format(parts="; ".join(view.ignored)), className="notice", role="status")


def _form(store: Store, view: PartnerView) -> Markup:
    members = all_members(store).reset_index(drop=True).sort_values(["name", "city_id"])
    options = [
        (str(one), f"{name}, {country}")
        for one, name, country in zip(
            members["city_id"], members["name"], members["country"], strict=True
        )
    ]
    return rendered(
        "partners_form",
        path=PATH,
        words={
            "form": _("For whom, and what counts"),
            "city": _("Member"),
            "choose": _("choose a member"),
        },
        members=options,
        city=view.city,
        weights=[
            (part, part_title(part), part_definition(part), f"{view.weights[part]:g}")
            for part in PARTS
        ],
    )


def _answer(store: Store, view: PartnerView, found: pd.DataFrame | None) -> str:
    if found is None:
        return _(
            "Choose a member: those it does not work with yet are ordered by what speaks for "
            "them, each with its reasons."
        )
    names = all_members(store)["name"]
    partners = len(candidate_parts(store, view.city).graph[view.city])
    has = ngettext(
        "{member} works with {count} member.", "{member} works with {count} members.", partners
    ).format(member=names[view.city], count=number_text(partners))
    if found.empty:
        told = _("**No candidate has a score**: too little is known, or nothing has a weight.")
        return f"{has} {told}"
    told = _("Most speaks for **{names}**.").format(
        names=joined_text([names[str(one)] for one in found["city_id"].head(3)])
    )
    return f"{has} {told}"


def unscored(store: Store, view: PartnerView) -> pd.DataFrame:
    """Members without a tie to the view's member that have no score, and why: city_id, why."""
    parts = candidate_parts(store, view.city)
    scored = combined(parts.parts, view.weights)
    taken = {view.city, *parts.graph[view.city]}
    rows = [
        (city_id, _why_no_score(parts, at, float(scored.coverage[at]), view.weights))
        for at, city_id in enumerate(parts.members)
        if city_id not in taken and not scored.score[at] > 0
    ]
    return pd.DataFrame(rows, columns=["city_id", "why"])


def _why_no_score(
    parts: CandidateParts, at: int, coverage: float, weights: dict[str, float]
) -> str:
    if not any(weights.values()):
        return _("no part has a weight")
    if coverage >= LEAST_COVERAGE:
        return _("nothing that is known speaks for it")
    unknown = [part_title(one) for one in PARTS if weights[one] and np.isnan(parts.parts[one][at])]
    return _("{share} of the weight known, {least} needed; unknown: {parts}").format(
        share=share_words(coverage), least=share_words(LEAST_COVERAGE), parts=joined_text(unknown)
    )


def candidates(store: Store, view: PartnerView, found: pd.DataFrame) -> Component:
    """Every candidate with its score and what adds to it, and those who have no score."""
    without = unscored(store, view)
    names = all_members(store)["name"]
    rows = _candidate_rows(store, view, found.head(MOST_LISTED))
    header = [
        (_("Candidate"), "text"),
        (_("Score"), "number"),
        (_("Known of the weight"), "number"),
        (_("What speaks for it, and how much it adds"), "text"),
    ]
    told = _("Candidates for a new partner")
    reasons_missing = [
        [link(str(names[row.city_id]), f"/cities/{row.city_id}"), row.why]
        for row in without.itertuples()
    ]
    why = [(_("Candidate"), "text"), (_("Why"), "text")]
    return section(
        _("Candidates"),
        data_table(told, header, rows[:SHOWN]) if rows else html.P(_("No candidate has a score.")),
        _folded(_("{count} more"), len(found) - SHOWN, data_table(told, header, rows[SHOWN:])),
        _folded(
            _("{count} without a score"),
            len(without),
            data_table(_("Members without a score"), why, reasons_missing),
        ),
        note=_candidates_note(len(found), len(without)),
    )


def _folded(words: str, count: int, table: Markup) -> Component | None:
    if count <= 0:
        return None
    return html.Details([html.Summary(words.format(count=number_text(count))), table])


def _candidates_note(scored: int, without: int) -> list[str]:
    count = _(
        "{others} members it does not work with: {scored} have a score, {without} have none. "
    ).format(
        others=number_text(scored + without),
        scored=number_text(scored),
        without=number_text(without),
    )
    told = _("What the parts add sums to the score. The order of equal scores is that of ids.")
    if scored <= MOST_LISTED:
        return [count, told]
    cut = _(" The first {shown} are shown; the files hold them all.")
    return [count, told, cut.format(shown=number_text(MOST_LISTED))]


def _candidate_rows(
    store: Store, view: PartnerView, found: pd.DataFrame
) -> list[list[Children | None]]:
    parts = candidate_parts(store, view.city)
    names = {str(one): str(name) for one, name in all_members(store)["name"].items()}
    return [
        [
            [
                link(names[str(row["city_id"])], f"/cities/{row['city_id']}"),
                html.Div(
                    link(_("as a scenario"), _scenario(view.city, str(row["city_id"]))),
                    className="small roomy",
                ),
            ],
            number_text(float(row["score"]), 2),
            share_words(float(row["coverage"])),
            _reason_list(row, reasons(store, parts, str(row["city_id"]), names)),
        ]
        for row in found.to_dict("records")
    ]


def _scenario(city_id: str, other: str) -> str:
    pair = JOINT.join(sorted((city_id, other)))
    return f"/network?{urlencode([('city', city_id), ('add', pair)])}"


def _reason_list(row: dict[str, object], behind: list[tuple[str, Markup | str]]) -> Component:
    entries = [
        html.Li(
            [
                html.Span(number_text(float(str(row[part])), 2), className="number"),
                " ",
                html.Strong(part_title(part)),
                ": ",
                words,
            ]
        )
        for part, words in sorted(behind, key=lambda one: -float(str(row[one[0]])))
        if float(str(row[part])) > 0
    ]
    return html.Ul(entries, className="plain-list reasons")


def _method(store: Store) -> Component:
    definitions = [
        html.Div([html.Dt(part_title(part)), html.Dd(part_definition(part))]) for part in PARTS
    ]
    coverage = _(
        "Each part is from 0 to 1; the score is their weighted mean over the parts that are "
        "known, and there is none where less than {least} of the weight is known."
    ).format(least=share_words(LEAST_COVERAGE))
    return section(
        _("How the score comes about"),
        html.P(coverage, className="measure"),
        html.Dl(definitions, className="terms"),
        html.P(_held_against_the_past(store), className="measure after-terms"),
    )


def _held_against_the_past(store: Store) -> str:
    """How well the parts, with equal weights, foretold new ties; from the facts at hand."""
    if len(all_members(store)) > MOST_BACKTESTED:
        return _("With so many members the score is not held against the past on this page.")
    found = store.kept("backtest", lambda: backtest(store))
    every, less = (_areas(found, members) for members in (ALL, LESS_ONE))
    own, best = every[WINNER], every.drop(columns=WINNER).max(axis="columns")
    ahead = less[WINNER] > less.drop(columns=WINNER).max(axis="columns")
    return _(
        "Held against the past: ties up to a year were used to foretell the new ties after it, "
        "for {first} to {last}. Among all members the parts with equal weights have an area "
        "under the curve of {low} to {high} (chance: 0.50), the best of preferential attachment, "
        "common neighbours and Adamic-Adar {other_low} to {other_high}. Without the one event "
        "that made the most new ties the parts are ahead in {ahead} of {years} years. Few events "
        "make many ties, so all this is unsure: reasons to talk, not a forecast. The "
        "documentation states the intervals."
    ).format(
        first=every.index.min(),
        last=every.index.max(),
        low=number_text(own.min(), 2),
        high=number_text(own.max(), 2),
        other_low=number_text(best.min(), 2),
        other_high=number_text(best.max(), 2),
        ahead=number_text(int(ahead.sum())),
        years=number_text(len(every)),
    )


def _areas(found: pd.DataFrame, members: str) -> pd.DataFrame:
    """Area under the curve, years by scores."""
    chosen = found[found["members"] == members]
    return chosen.pivot_table(index="year", columns="score", values="auc")


PAGE = Page(PATH, title, layout)
