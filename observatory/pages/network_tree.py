"""The network as a tree for the keyboard: regions, their members, and the ties of each.

assets/network_tree.js moves in it and unfolds it.
"""

from dataclasses import dataclass

from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData
from observatory.pages.network_parts import MOST_ROWS, tie_addresses
from observatory.pages.network_words import kind_word
from observatory.schema import REGIONS
from observatory.views.components.frame import section
from observatory.views.components.member_map import REGION_CLASSES
from observatory.views.components.template import rendered
from observatory.views.words import joined_text, number_text, region_name

TREE = "network-page-tree"

Leaf = tuple[str, str, str, str]


@dataclass(frozen=True)
class Member:
    """A member in the tree.

    Attributes:
        name: what it is called. told: its partners in words.
        href: what it opens where it has no leaves.
        leaves: words, what is told of them, address, and address of the window or "".
    """

    name: str
    told: str
    href: str
    leaves: list[Leaf]


def network_tree(data: NetworkData) -> Component:
    """Every member of the view under its region, and under it its ties, strongest first."""
    leaves = _ties_by_member(data)
    branches = []
    for region in (*REGIONS, ""):
        own = sorted(data.members.index[data.members["region"] == region], key=data.name)
        if own:
            members = [_member(data, str(city_id), leaves) for city_id in own]
            name = region_name(region) if region else _("Partners from outside")
            branches.append((name, REGION_CLASSES.get(region, ""), _linked(data, own), members))
    tree = rendered(
        "network_tree",
        tree_id=TREE,
        label=_("Regions, their members and the ties of each"),
        branches=branches,
    )
    note = _(
        "Arrow keys move, right unfolds and left folds; a letter leads to a name; Enter opens the "
        "evidence of a tie."
    )
    return section(_("As a tree"), tree, note=[note, _cut(data)])


def _linked(data: NetworkData, own: list[str]) -> str:
    linked = int((data.measures.loc[own, "degree"] > 0).sum())
    return _("{linked} of {members} with a tie").format(
        linked=number_text(linked), members=number_text(len(own))
    )


def _cut(data: NetworkData) -> str:
    """That the ties of so many members are not in the tree; "" where they are."""
    if len(data.ties) <= MOST_ROWS:
        return ""
    words = _(" Above {ties} ties it holds those of the member looked at alone.")
    return words.format(ties=number_text(MOST_ROWS))


def _member(data: NetworkData, city_id: str, leaves: dict[str, list[Leaf]]) -> Member:
    name, partners = data.name(city_id), int(data.measures.loc[city_id, "degree"])
    looked_at = data.view.href(city=city_id, goal="")
    if not partners:
        return Member(name, _("no tie in this view"), looked_at, [])
    told = ngettext("{count} partner", "{count} partners", partners)
    look = (_("Look at {member}").format(member=name), "", looked_at, "")
    own = leaves.get(city_id, [])
    return Member(
        name, told.format(count=number_text(partners)), looked_at, [look, *own] if own else []
    )


def _ties_by_member(data: NetworkData) -> dict[str, list[Leaf]]:
    """The ties of every member, or of the one looked at where there are too many."""
    ties = data.ties if len(data.ties) <= MOST_ROWS else data.partners(data.view.city)
    found: dict[str, list[Leaf]] = {}
    for row in ties.itertuples():
        words = ngettext(
            "{events} occasion: {kinds}", "{events} occasions: {kinds}", int(row.events)
        ).format(
            events=number_text(int(row.events)),
            kinds=joined_text([kind_word(kind) for kind in str(row.kinds).split(";")]),
        )
        page, window = tie_addresses(data, str(row.city_a), str(row.city_b))
        for one, other in ((row.city_a, row.city_b), (row.city_b, row.city_a)):
            leaf = (data.name(str(other)), words, page, window)
            found.setdefault(str(one), []).append(leaf)
    return found
