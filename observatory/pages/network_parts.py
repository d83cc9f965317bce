"""Below the drawing: the network in numbers, its members, its ties, and who is missing."""

import math
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup, escape

from observatory.domain.network_metrics import MEASURES
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData
from observatory.pages.network_view import JOINT
from observatory.pages.network_words import (
    kind_word,
    measure_definition,
    measure_text,
    measure_title,
    measured_on,
    share_text,
)
from observatory.queries.network import all_events, all_participations
from observatory.store.publication import Publication
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import Children, section
from observatory.views.components.static import link, one_line
from observatory.views.components.terms import terms
from observatory.views.words import joined_text, number_text, period_text, region_name, years_text

TIES_TABLE = "network-page-ties"
MEMBERS_TABLE = "network-page-members"
TIES_PART = "network-page-ties-part"
MEMBERS_PART = "network-page-members-part"
SHOWN_FIRST = 12  # members; the others wait in a fold
MOST_ROWS = 1_500  # of a table; more make the page slow, and nobody reads them


def in_numbers(data: NetworkData, publication: Publication) -> Component:
    """The network as a whole, each number with its definition beside it."""
    whole = data.whole
    entries = [
        (
            _("Members with a tie"),
            _("{linked} of {members} ({share})").format(
                linked=number_text(whole.linked),
                members=number_text(whole.members),
                share=share_text(whole.linked, whole.members),
            ),
        ),
        (_("Ties, of all that could be"), f"{number_text(whole.ties)} ({_density(whole.density)})"),
        (
            _("Parts; members of the largest"),
            f"{number_text(whole.parts)}; {number_text(whole.largest_part)}",
        ),
        (_("Steps between two members of the largest part"), _number(whole.mean_steps, 2)),
        (_("Partners of one member that are partners too"), _percent(whole.clustering)),
        (_("Ties within regions (assortativity)"), _number(data.by_region, 2)),
        (
            _("Partners alike in the country's income per person (assortativity)"),
            _number(data.by_income, 2),
        ),
        (_("Members whose loss would part the network"), _cut_points(data)),
    ]
    note = _(
        "Assortativity is 1 where all ties stay among like and like, 0 where they mix as chance "
        "would, below 0 where unlike prefer each other."
    )
    return section(
        _("The network in numbers"),
        terms(entries),
        html.P(
            [measured_on(data, publication), " ", dcc.Link(_("Definitions"), href="/methods")],
            className="source-line",
        ),
        note=note,
    )


def _density(value: float) -> str:
    return "–" if math.isnan(value) else f"{number_text(100 * value, 1)}\u00a0%"


def _number(value: float, decimals: int) -> str:
    return "–" if math.isnan(value) else number_text(value, decimals)


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{number_text(100 * value)}\u00a0%"


def _cut_points(data: NetworkData) -> str:
    cutting = data.measures["cut_off"][data.measures["cut_off"] > 0].sort_values(ascending=False)
    if cutting.empty:
        return _("none")
    named = [
        _("{member} ({lost})").format(member=data.name(str(city)), lost=number_text(lost))
        for city, lost in cutting.items()
    ]
    return joined_text(named)


def community_list(data: NetworkData, publication: Publication) -> Component | None:
    """Groups with closer ties among themselves, and how firm the grouping is."""
    found = data.communities
    if found.of.empty:
        return None
    items = []
    for number in sorted(found.of.unique()):
        own = [str(city) for city in found.of.index[found.of == number]]
        strongest = data.measures.loc[own, "strength"].sort_values(ascending=False, kind="stable")
        names = [link(data.name(str(city)), _focus(data, str(city))) for city in strongest.index]
        count = ngettext("{count} member", "{count} members", len(own))
        items.append(
            html.Li(
                [
                    html.Span(className=f"dot community-{_hue(int(number))}"),
                    html.Strong(count.format(count=number_text(len(own)))),
                    ": ",
                    one_line(names),
                ]
            )
        )
    note = _(
        "Louvain's method by strength of ties, the best of {runs} runs; modularity {modularity}. "
        "Over all pairs of runs the groupings agree at {stability} of 1 (adjusted Rand index): the "
        "nearer to 1, the firmer."
    ).format(
        runs=number_text(found.runs),
        modularity=number_text(found.modularity, 2),
        stability=number_text(found.stability, 2),
    )
    return section(
        _("Communities"),
        html.Ul(items, className="plain-list community-list"),
        html.P(measured_on(data, publication), className="source-line"),
        note=note,
    )


def _hue(number: int) -> int:
    return min(number, 6)


def _focus(data: NetworkData, city_id: str) -> str:
    return data.view.href(city=city_id, goal="")


def member_table(data: NetworkData, publication: Publication) -> Component:
    """Every linked member with every measure: the drawing's twin."""
    header = [
        (_("Member"), "text"),
        (_("Region"), "text"),
        *((measure_title(one), "number") for one in MEASURES),
    ]
    ordered = data.measures.loc[data.linked].sort_values(
        [data.view.measure, "strength"], ascending=False, kind="stable"
    )
    rows = [
        [
            link(data.name(str(city_id)), _focus(data, str(city_id))),
            region_name(str(data.members.loc[city_id, "region"])),
            *(measure_text(one, float(values[one])) for one in MEASURES),
        ]
        for city_id, values in ordered.head(MOST_ROWS).iterrows()
    ]
    definitions = [
        html.Div([html.Dt(measure_title(one)), html.Dd(measure_definition(one))])
        for one in MEASURES
    ]
    told = _("Members and their measures")
    table = data_table(told, header, rows[:SHOWN_FIRST], table_id=MEMBERS_TABLE)
    shown = section(
        _("Members in the network"),
        html.Details(
            [html.Summary(_("What each measure is")), html.Dl(definitions, className="terms")]
        ),
        html.Div(
            [table, _more(told, header, rows[SHOWN_FIRST:])],
            className="wide-table network-members-table",
        ),
        html.P(measured_on(data, publication), className="source-line"),
        note=[
            _("Ordered by the measure that the marks show. A name looks at the member."),
            cut_words(len(ordered)),
        ],
    )
    return html.Div(shown, id=MEMBERS_PART)


def _more(
    told: str, header: list[tuple[str, str]], rows: Sequence[Sequence[Children | None]]
) -> Component | None:
    if not rows:
        return None
    words = ngettext("{count} more", "{count} more", len(rows))
    summary = html.Summary(words.format(count=number_text(len(rows))))
    return html.Details([summary, data_table(told, header, rows)])


def tie_link(data: NetworkData, city_a: str, city_b: str, words: str) -> Markup:
    """Words that open the passport of a tie."""
    page, window = tie_addresses(data, city_a, city_b)
    return Markup(  # noqa: S704 - escaped
        f'<a class="passport-link" href="{escape(page)}" data-window="{escape(window)}">'
        f"{escape(words)}</a>"
    )


def tie_addresses(data: NetworkData, city_a: str, city_b: str) -> tuple[str, str]:
    """Where the passport of a tie is: as a page, and as a window over one."""
    pair, search = JOINT.join((city_a, city_b)), data.view.address(city="", goal="")
    return f"/ties/{pair}{search}", f"/tie-window/{pair}{search}"


def cut_words(rows: int) -> str:
    """That a table shows its first rows alone; "" where it shows all."""
    if rows <= MOST_ROWS:
        return ""
    words = _(" The first {shown} of {rows} are shown; the files hold them all.")
    return words.format(shown=number_text(MOST_ROWS), rows=number_text(rows))


def tie_table(data: NetworkData) -> Component:
    """Every tie, strongest first; each opens its evidence."""
    header = [
        (_("Tie"), "text"),
        (_("Strength"), "number"),
        (_("Evidence"), "number"),
        (_("By"), "text"),
        (_("Years"), "text"),
    ]
    rows = [
        [
            tie_link(
                data,
                str(row.city_a),
                str(row.city_b),
                f"{data.name(str(row.city_a))} – {data.name(str(row.city_b))}",
            ),
            number_text(float(row.strength), 0 if float(row.strength).is_integer() else 1),
            number_text(int(row.events)),
            joined_text([kind_word(kind) for kind in str(row.kinds).split(";")]),
            years_text(row.first_year, row.last_year),
        ]
        for row in data.ties.head(MOST_ROWS).itertuples()
    ]
    count = len(data.ties)
    words = ngettext("{count} tie", "{count} ties", count).format(count=number_text(count))
    table = data_table(
        _("Ties with their strength and evidence"), header, rows, table_id=TIES_TABLE
    )
    shown = section(
        _("Ties"),
        html.Details([html.Summary(words), table]),
        note=[_("The strongest first. A tie opens every event behind it."), cut_words(count)],
    )
    return html.Div(shown, id=TIES_PART)


def without_tie(store: Store, data: NetworkData) -> Component | None:
    """Members without a tie in this view, with what is known of them: they are the finding."""
    if not data.unlinked:
        return None
    recorded = all_participations(store).merge(
        all_events(store)[["event_id", "title", "year_start"]], on="event_id"
    )
    own_events = recorded[recorded["city_id"].isin(data.unlinked)]
    once = own_events.drop_duplicates(["city_id", "event_id"])
    events_of = {str(city): own for city, own in once.groupby("city_id")}
    missing = sorted(data.unlinked, key=data.name)
    alone = [(city_id, events_of[city_id]) for city_id in missing if city_id in events_of]
    silent = [city_id for city_id in missing if city_id not in events_of]
    alone_rows = [
        [
            link(data.name(city_id), f"/cities/{city_id}"),
            one_line(
                (  # events of this member, each a link
                    link(f"{row.title} ({period_text(row.year_start)})", f"/events/{row.event_id}")
                    for row in own.itertuples()
                ),
                "; ",
            ),
        ]
        for city_id, own in alone
    ]
    parts: list[Component | Markup | None] = []
    if alone_rows:
        told = _("On record, but not in a tie that this view counts:")
        header = [(_("Member"), "text"), (_("What is on record"), "text")]
        parts += [html.P(told), data_table(told, header, alone_rows)]
    if silent:
        names = one_line(link(data.name(city_id), f"/cities/{city_id}") for city_id in silent)
        words = ngettext(
            "{count} member is in no event on record:",
            "{count} members are in no event on record:",
            len(silent),
        )
        parts.append(html.P([words.format(count=number_text(len(silent))), " ", names, "."]))
    note = _(
        "No tie on record does not mean no cooperation: what we hold was gathered from published "
        "pages, and participation lists are rarely complete."
    )
    title = ngettext(
        "{count} member without a tie", "{count} members without a tie", len(data.unlinked)
    )
    return section(
        title.format(count=number_text(len(data.unlinked))),
        html.Div(parts, className="without-tie"),
        note=note,
    )


def outside_partners(store: Store, data: NetworkData) -> Component | None:
    """Partners outside the roster that took part in the events of this view."""
    shown = set(data.evidence["event_id"].dropna())
    parts = all_participations(store)
    outside = parts[parts["city_id"].isna() & parts["event_id"].isin(shown)]
    if outside.empty:
        return None
    titles = all_events(store).set_index("event_id")["title"]
    rows = [
        [
            str(own["name"].iloc[0]),
            str(own["country_as_stated"].iloc[0]),
            one_line(
                (
                    link(str(titles[event_id]), f"/events/{event_id}")
                    for event_id in dict.fromkeys(own["event_id"])
                ),
                "; ",
            ),
            html.A(
                _("What if it were a member?"),
                href=data.view.thought(
                    admitted=(*data.view.scenario.admitted, str(organisation_id))
                ),
            ),
        ]
        for organisation_id, own in outside.groupby("organisation_id")
    ]
    header = [
        (_("Partner"), "text"),
        (_("Country, as stated"), "text"),
        (_("Events"), "text"),
        (_("Scenario"), "text"),
    ]
    count = ngettext("{count} partner", "{count} partners", len(rows))
    words = count.format(count=number_text(len(rows)))
    return section(
        _("Partners outside the association"),
        html.Details(
            [
                html.Summary(words),
                data_table(_("Partners outside"), header, rows),
            ]
        ),
        note=_("They took part in events of this view, and never count as members."),
    )
