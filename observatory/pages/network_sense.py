"""What an address of the network may ask for: files are refused where a page leaves it out."""

from werkzeug.exceptions import BadRequest

from observatory.domain.network_metrics import MEASURES
from observatory.language import gettext as _
from observatory.pages.network_view import (
    COLOURS,
    JOINT,
    LAYOUTS,
    LEAST_WEIGHT,
    LEAST_YEAR,
    MOST_WEIGHT,
    MOST_YEAR,
    NO_KIND,
    NetworkView,
)
from observatory.queries.catalogue import all_indicators
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.warehouse import Store


def require_sense(store: Store, view: NetworkView) -> NetworkView:
    """The view, where all of its address makes sense.

    A page says what it left out; a file is kept and read by others, to whom nobody says so.

    Raises:
        BadRequest: says what makes no sense, and what each of these parameters takes.
    """
    if not view.ignored:
        return view
    taken = _taken(store, view)
    names = dict.fromkeys(part.partition("=")[0] for part in view.ignored)
    told = [f"{name}: {taken[name]}" for name in names if name in taken]
    words = _("Makes no sense here: {parts}. What it takes: {taken}.")
    raise BadRequest(words.format(parts="; ".join(view.ignored), taken="; ".join(told)))


def _taken(store: Store, view: NetworkView) -> dict[str, str]:
    """By parameter, what it takes."""
    themes = sorted({one.theme for one in all_indicators(store).values()})
    years = _("a year from {first} to {last}, from not after to").format(
        first=LEAST_YEAR, last=MOST_YEAR
    )
    member = _("the id of a member, see /api/v1/cities")
    pair = _("two ids of members, joined by {joint}").format(joint=JOINT)
    return {
        "kind": ", ".join((*view.all_kinds, NO_KIND)),
        "from": years,
        "to": years,
        "theme": ", ".join(themes),
        "region": ", ".join(REGIONS),
        "evidence": ", ".join(EVIDENCE_LEVELS),
        "layout": ", ".join(LAYOUTS),
        "size": ", ".join(MEASURES),
        "colour": ", ".join(COLOURS),
        "weight": _("a kind, a colon, and 0 or a number from {least} to {most}").format(
            least=f"{LEAST_WEIGHT:g}", most=f"{MOST_WEIGHT:g}"
        ),
        "city": member,
        "goal": _("the id of another member, beside city"),
        "drop": member,
        "admit": _("the id of a partner outside the roster"),
        "cut": pair,
        "add": pair,
        "without": _("the id of an event, see /api/v1/events"),
        "event": _("two ids of members or more, joined by {joint}").format(joint=JOINT),
    }
