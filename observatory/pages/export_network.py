"""The network's tables on their way into a file: ties, and members with their measures."""

import pandas as pd
from werkzeug.exceptions import BadRequest

from observatory.domain.link_prediction import PARTS
from observatory.domain.network import AIR
from observatory.domain.network_metrics import MEASURES
from observatory.language import gettext as _
from observatory.pages.export_table import ShownTable, made_by
from observatory.pages.needs import cell, themes_of
from observatory.pages.network_data import NetworkData, all_members, network_data
from observatory.pages.network_scenario import badge
from observatory.pages.network_sense import require_sense
from observatory.pages.network_tabs import NEEDS, PARTNERS
from observatory.pages.network_view import network_view
from observatory.pages.network_words import (
    filter_words,
    measure_definition,
    measured_on,
)
from observatory.pages.partner_words import part_definition, part_title
from observatory.pages.partners import partner_view, scored_candidates, unscored
from observatory.pages.visit import Visit
from observatory.queries.needs import needs
from observatory.queries.network import air_sources, evident_ties
from observatory.schema import EVIDENCE_MEANING, REGIONS, SOURCES_MEANING, Column
from observatory.store.warehouse import Store


def _text(name: str, meaning: str) -> Column:
    return Column(name, "VARCHAR", meaning, required=False)


TIE_COLUMNS = (
    _text("city_a", "the member whose id comes first"),
    _text("name_a", "its name"),
    _text("city_b", "the other member"),
    _text("name_b", "its name"),
    Column("strength", "DOUBLE", "sum of the weights of what joins them"),
    Column("events", "INTEGER", "distinct events, and air links"),
    _text("kinds", "kinds of what joins them, separated by ;"),
    Column("first_year", "SMALLINT", "first year on record", required=False),
    Column("last_year", "SMALLINT", "last year on record", required=False),
    _text("evidence", EVIDENCE_MEANING),
    _text("sources", SOURCES_MEANING),
)


def network_ties_shown(store: Store, visit: Visit) -> ShownTable:
    """The ties of the view."""
    data = network_data(store, require_sense(store, network_view(store, visit)))
    names = data.members["name"]
    ties = evident_ties(store, data.ties, data.evidence)
    frame = ties.assign(name_a=ties["city_a"].map(names), name_b=ties["city_b"].map(names))
    return _shown(store, data, ("network", "ties"), _("Ties of the network"), frame, TIE_COLUMNS)


def network_members_shown(store: Store, visit: Visit) -> ShownTable:
    """Every member of the view with its measures and its community."""
    data = network_data(store, require_sense(store, network_view(store, visit)))
    frame = data.members[["name", "country", "region", "evidence"]].join(data.measures)
    frame = frame.assign(community=data.communities.of).reset_index()
    columns = (
        _text("city_id", "the member"),
        _text("name", "its name"),
        _text("country", "country"),
        _text("region", "region of the association"),
        _text("evidence", "evidence for the seat; outside for a partner of a scenario"),
        *(Column(one, "DOUBLE", measure_definition(one), required=False) for one in MEASURES),
        Column("community", "SMALLINT", "number of its community", required=False),
    )
    title = _("Members in the network, with measures")
    return _shown(store, data, ("network", "members"), title, frame, columns)


def partners_shown(store: Store, visit: Visit) -> ShownTable:
    """Every candidate for a new partner of the view's member, and those without a score."""
    view = partner_view(store, visit)
    if view.ignored:
        raise BadRequest(_("Makes no sense here: {parts}").format(parts="; ".join(view.ignored)))
    if not view.city:
        raise BadRequest(_("Say for which member: ?city=…"))
    without = unscored(store, view).rename(columns={"why": "why_no_score"})
    found = pd.concat([scored_candidates(store, view), without], ignore_index=True)
    frame = found.assign(name=found["city_id"].map(all_members(store)["name"]))
    columns = (
        _text("city_id", "the candidate"),
        _text("name", "its name"),
        Column("score", "DOUBLE", "weighted mean of the known parts", required=False),
        Column("coverage", "DOUBLE", "share of the weight whose part is known", required=False),
        *(
            Column(part, "DOUBLE", f"adds to the score: {part_definition(part)}", required=False)
            for part in PARTS
        ),
        _text("why_no_score", "why a member has no score; empty where it has one"),
    )
    name = str(all_members(store).loc[view.city, "name"])
    return ShownTable(
        name=("partners", view.city),
        title=_("Candidates for a new partner of {member}").format(member=name),
        frame=frame,
        columns=columns,
        address=f"{PARTNERS}{view.address}",
        filters=tuple(f"{part_title(one)}: {weight:g}" for one, weight in view.weights.items()),
        source_ids=air_sources(store),
        notes=(made_by(),),
    )


def needs_shown(store: Store, visit: Visit) -> ShownTable:  # noqa: ARG001 - as every table
    """Needs by theme and region: members with one, and who takes part in what covers it."""
    found = needs(store)
    rows = []
    for theme in themes_of(store, found):
        for region in ("", *REGIONS):
            one = cell(store, found, theme, region)
            covered = (one.need, one.by_event, one.by_initiative, one.uncovered)
            members = (*covered, one.without_need, one.unknown)
            rows.append((theme, region or "all", *(len(group) for group in members)))
    columns = (
        _text("theme", "theme of the catalogue"),
        _text("region", "region of the association, or all"),
        Column("need", "INTEGER", "members with a need"),
        Column("by_event", "INTEGER", "of them, those in an event on the theme"),
        Column("by_initiative", "INTEGER", "of them, those in an initiative of the plan on it"),
        Column("uncovered", "INTEGER", "of them, those in neither"),
        Column("without_need", "INTEGER", "members in either known to have no need"),
        Column("unknown", "INTEGER", "members that cannot be compared"),
    )
    return ShownTable(
        name=("needs",),
        title=_("Needs of members and what covers them"),
        frame=pd.DataFrame(rows, columns=[column.name for column in columns]),
        columns=columns,
        address=NEEDS,
        notes=(made_by(),),
    )


def _shown(
    store: Store,
    data: NetworkData,
    name: tuple[str, ...],
    title: str,
    frame: pd.DataFrame,
    columns: tuple[Column, ...],
) -> ShownTable:
    thought = badge(store, data.view)
    return ShownTable(
        name=(*name, "scenario") if thought else name,
        title=f"{thought} {title}".strip(),
        frame=frame,
        columns=columns,
        address=data.view.href(),
        filters=filter_words(data.view),
        source_ids=air_sources(store) if AIR in data.view.kinds else (),
        notes=(
            *((thought,) if thought else ()),
            measured_on(data, store.publication()),
            _("Cooperation was gathered from published pages; each event states its sources."),
            made_by(),
        ),
    )
