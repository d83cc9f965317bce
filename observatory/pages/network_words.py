"""The network in words: kinds, measures with their exact definitions, and what a view shows."""

import math

from observatory.domain.network import SEED
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.network_data import NetworkData
from observatory.pages.network_view import NetworkView
from observatory.schema import EVIDENCE_LEVELS, REGIONS
from observatory.store.publication import Publication
from observatory.views.words import joined_text, number_text, region_name, theme_title


def kind_title(kind: str) -> str:
    """A kind of cooperation as a heading, in the plural."""
    return {
        "pilot_project": _("Pilot projects"),
        "working_group": _("Working groups"),
        "initiative": _("Initiatives"),
        "learning": _("Learning"),
        "governance": _("Governance"),
        "award": _("Awards"),
        "congress": _("Congresses"),
        "air_link": _("Air links"),
    }.get(kind, kind)


def kind_word(kind: str) -> str:
    """A kind of cooperation, one of it."""
    return {
        "pilot_project": _("pilot project"),
        "working_group": _("working group"),
        "initiative": _("initiative"),
        "learning": _("learning"),
        "governance": _("governance"),
        "award": _("award"),
        "congress": _("congress"),
        "air_link": _("air link"),
    }.get(kind, kind)


def strength_title(strength: str) -> str:
    """How close members come by a kind of cooperation."""
    return {
        "strong": _("Working together"),
        "weak": _("Meeting"),
        "air": _("Flights"),
    }.get(strength, strength)


def role_word(role: str) -> str:
    """The part somebody had in an event."""
    return {
        "participant": _("participant"),
        "partner": _("partner"),
        "lead": _("lead"),
        "host": _("host"),
        "winner": _("winner"),
        "shortlisted": _("shortlisted"),
        "special_mention": _("special mention"),
        "signatory": _("signatory"),
        "case": _("case"),
        "antenna": _("antenna"),
        "president": _("president"),
        "co_president": _("co-president"),
        "vice_president": _("vice-president"),
        "regional_secretariat": _("regional secretariat"),
        "regional_centre": _("regional centre"),
    }.get(role, role)


def measure_title(measure: str) -> str:
    """A measure of a member in plain words."""
    return {
        "degree": _("Partners"),
        "strength": _("Strength of ties"),
        "betweenness": _("Between others"),
        "closeness": _("Closeness"),
        "pagerank": _("Weight in the network"),
        "constraint": _("Closed circle"),
        "core": _("Core"),
        "clustering": _("Partners know each other"),
        "reach": _("Reach in two steps"),
        "cut_off": _("Cut off if it leaves"),
    }.get(measure, measure)


def measure_definition(measure: str) -> str:
    """The exact definition of a measure."""
    return {
        "degree": _("Degree: number of members it has a tie with."),
        "strength": _("Strength: sum of the strengths of its ties, by the weights in use."),
        "betweenness": _(
            "Betweenness: share of the shortest paths between two other linked members that pass "
            "through it; paths count ties, and of several shortest paths each counts its share. "
            "Divided by (n − 1)(n − 2) / 2 for n linked members."
        ),
        "closeness": _(
            "Harmonic closeness: mean of 1 / steps to every other linked member; a member that "
            "cannot be reached adds 0."
        ),
        "pagerank": _(
            "PageRank: share of the time a walk along ties, chosen by strength, spends there; at "
            "each step it starts anew with probability 0.15."
        ),
        "constraint": _(
            "Burt's constraint, by strength: near 0 where partners are strangers to each other "
            "(it spans structural holes), near 1 or above where they form one circle."
        ),
        "core": _(
            "Core number: the largest k for which it belongs to a group where everybody has at "
            "least k partners within the group."
        ),
        "clustering": _(
            "Local clustering: share of the pairs of its partners that have a tie themselves; "
            "unknown below two partners."
        ),
        "reach": _("Members at most two ties away, itself not counted."),
        "cut_off": _(
            "Members that would lose contact with the larger rest of their part of the network "
            "without it; above 0 it is a cut point (articulation)."
        ),
    }.get(measure, "")


DECIMALS = {"betweenness": 3, "closeness": 2, "pagerank": 3, "constraint": 2, "clustering": 2}


def measure_text(measure: str, value: float) -> str:
    """A value of a measure; a dash where it is missing."""
    return "–" if math.isnan(value) else number_text(value, DECIMALS.get(measure, 0))


def share_text(part: float, whole: float) -> str:
    """A share in per cent; a dash of nothing."""
    return f"{number_text(100 * part / whole)}\u00a0%" if whole else "–"


def answer(data: NetworkData) -> str:
    """The view in a sentence from its numbers, strong parts between **."""
    whole = data.whole
    words = {
        "linked": number_text(whole.linked),
        "members": number_text(whole.members),
        "ties": number_text(whole.ties),
        "without": number_text(len(data.unlinked)),
        "what": what_counts(data.view),
    }
    if not data.view.kinds:
        return _(
            "**No kind of cooperation is chosen**, so nobody has a tie. Tick one of the kinds to "
            "see who is joined by it."
        )
    if not whole.ties:
        none = _("**No tie** between {members} members by {what}.").format(**words)
        return f"{none} {_undated_words(data)}".strip()
    told = ngettext(
        "**{linked} of {members} members have a tie** by {what}: {ties} tie. **{without} have "
        "none on record.**",
        "**{linked} of {members} members have a tie** by {what}: {ties} ties. **{without} have "
        "none on record.**",
        whole.ties,
    ).format(**words)
    return " ".join(one for one in (told, _parts_words(data), _undated_words(data)) if one)


def _undated_words(data: NetworkData) -> str:
    """What the limits of years leave out for want of a year."""
    if not data.undated_out:
        return ""
    words = ngettext(
        "{count} event without a year is left out.",
        "{count} events without a year are left out.",
        data.undated_out,
    )
    return words.format(count=number_text(data.undated_out))


def _parts_words(data: NetworkData) -> str:
    whole = data.whole
    steps = number_text(whole.mean_steps, 1)
    if whole.parts == 1:
        words = _("The linked members hang together, {steps} steps apart on average.")
        return words.format(steps=steps)
    words = _(
        "They fall into {parts} parts; the largest has {largest} members, {steps} steps apart on "
        "average."
    )
    return words.format(
        parts=number_text(whole.parts), largest=number_text(whole.largest_part), steps=steps
    )


def what_counts(view: NetworkView) -> str:
    """Kinds, years and theme of a view, in words."""
    if view.kinds == view.default_kinds:
        kinds = _("projects, working groups, initiatives and learning")
    else:
        kinds = joined_text([kind_title(kind).lower() for kind in view.kinds])
        kinds = kinds or _("no kind of cooperation")
    parts = [kinds]
    if view.theme:
        parts.append(_("on {theme}").format(theme=view.theme))
    if view.first_year is not None or view.last_year is not None:
        parts.append(years_words(view))
    return " ".join(parts)


def years_words(view: NetworkView) -> str:
    """The years looked at."""
    first, last = view.first_year, view.last_year
    if first is None and last is None:
        return _("in all years")
    if first is None:
        told = _("up to {last}").format(last=last)
    elif last is None:
        told = _("from {first} on").format(first=first)
    elif first == last:
        told = _("in {first}").format(first=first)
    else:
        told = _("from {first} to {last}").format(first=first, last=last)
    return f"{told} {_('and without a year')}" if view.undated else told


def filter_words(view: NetworkView) -> tuple[str, ...]:
    """The choices of a view, one each, for labels and files."""
    kinds = joined_text([kind_title(kind) for kind in view.kinds]) or _("none")
    parts = [
        _("Kinds: {kinds}").format(kinds=kinds),
        _("Years: {years}").format(years=years_words(view)),
    ]
    if view.theme:
        parts.append(_("Theme: {theme}").format(theme=theme_title(view.theme)))
    if len(view.regions) < len(REGIONS):
        named = joined_text([region_name(region) for region in view.regions])
        parts.append(_("Regions: {regions}").format(regions=named))
    if len(view.evidence) < len(EVIDENCE_LEVELS):
        parts.append(_("Evidence for the seat: {levels}").format(levels=", ".join(view.evidence)))
    if view.own_weights:
        changed = ", ".join(
            f"{kind_word(kind)} {weight:g}" for kind, weight in view.own_weights.items()
        )
        parts.append(_("Weights changed: {weights}").format(weights=changed))
    return tuple(parts)


def measured_on(data: NetworkData, publication: Publication) -> str:
    """On what a measure was taken: cities, ties, filter, snapshot, its date, seed."""
    label = _(
        "{linked} linked of {members} members, {ties} ties. {filters}. Snapshot {snapshot} of "
        "{day}. Seed {seed}."
    )
    return label.format(
        linked=number_text(data.whole.linked),
        members=number_text(data.whole.members),
        ties=number_text(data.whole.ties),
        filters=". ".join(filter_words(data.view)),
        snapshot=publication.snapshot_id,
        day=publication.day,
        seed=SEED,
    )
