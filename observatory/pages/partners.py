"""`/network/partners`: whom should this member work with next?"""

from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.domain.link_prediction import LEAST_COVERAGE, PARTS
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import all_members
from observatory.pages.network_tabs import PARTNERS, tabs
from observatory.pages.network_view import JOINT
from observatory.pages.partner_words import part_definition, part_title, reasons
from observatory.pages.visit import Page, Visit, first
from observatory.queries.backtest import ALL, LESS_ONE, WINNER, backtest
from observatory.queries.partners import candidate_parts, partner_candidates
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.emphasis import emphasised
from observatory.views.components.frame import opening, section
from observatory.views.components.static import link, static
from observatory.views.components.template import rendered
from observatory.views.words import joined_text, number_text, share_words

PATH = PARTNERS
SHOWN = 10
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
    found = partner_candidates(store, view.city, view.weights, SHOWN) if view.city else None
    return html.Div(
        [
            opening(_("Whom should it work with next?"), emphasised(_answer(store, view, found))),
            static(tabs(PATH), _ignored(view)),
            html.Div(className="static", **{"data-markup": _form(store, view)}),
            static(
                candidates(store, view, found) if found is not None else None,
                downloads("partners", view.address) if found is not None else None,
                _method(store),
            ),
        ],
        className="partners",
    )


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


def candidates(
    store: Store, view: PartnerView, found: pd.DataFrame, *, heading: str = ""
) -> Component:
    """Candidates with their score, what adds to it, and what stands behind it."""
    parts = candidate_parts(store, view.city)
    names = {str(one): str(name) for one, name in all_members(store)["name"].items()}
    header = [
        (_("Candidate"), "text"),
        (_("Score"), "number"),
        (_("Known of the weight"), "number"),
        (_("What speaks for it, and how much it adds"), "text"),
    ]
    rows = [
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
    if not rows:
        return section(heading or _("Candidates"), html.P(_("No candidate has a score.")))
    return section(
        heading or _("Candidates"),
        data_table(_("Candidates for a new partner"), header, rows),
        note=_("What the parts add sums to the score. The order of equal scores is that of ids."),
    )


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
