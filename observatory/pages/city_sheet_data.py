"""What a city sheet says: the figures and words of the member's page, ready to be printed."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.indicators import Indicator
from observatory.domain.peers import FEATURES
from observatory.language import current_language
from observatory.language import gettext as _
from observatory.pages.city_data import CityData, city_data
from observatory.pages.city_figures import Among, CityFigure
from observatory.pages.city_gaps import missing_words
from observatory.pages.city_peers import distance_text, reason_text
from observatory.pages.city_standing import key_figures, median_text, position_text
from observatory.pages.city_trends import shown_trends, trend_words
from observatory.pages.city_view import city_view
from observatory.pages.city_words import sentences
from observatory.pages.visit import visit_of
from observatory.store.warehouse import Store
from observatory.views.components.strip import is_log
from observatory.views.words import (
    date_text,
    evidence_words,
    kind_word,
    number_text,
    period_text,
    region_name,
    scale_word,
    short_publisher,
    status_word,
    theme_title,
    unit_text,
    value_text,
)

RULE = "/methods"
MOST_NUMBERS = 8
MOST_TRENDS = 2
MOST_PEERS = 5

Sheet: TypeAlias = dict[str, object]
Numbers: TypeAlias = Sequence[float] | npt.NDArray[np.float64]


def sheet_data(store: Store, city_id: str, site: str) -> Sheet:
    """All that the sheet of a member prints.

    Args:
        store: the published snapshot.
        city_id: whose.
        site: where readers reach the observatory ("https://…"); "" prints no addresses.

    Raises:
        UnknownIdError: there is no such member.
    """
    with store.reading() as publication:
        data = city_data(store, city_id, city_view(visit_of(f"/cities/{city_id}", "")))
        return {
            "language": current_language(),
            "title": _("{member}: city sheet").format(member=data.city["member_name"]),
            "name": str(data.city["member_name"]),
            "trail": f"{region_name(str(data.city['region']))} · {data.city['country']}",
            "answer": _strong_parts(" ".join(sentences(data))),
            "facts": _facts(data),
            "numbers": [_number(one, data) for one in key_figures(data.held)[:MOST_NUMBERS]],
            "best": [_outstanding(one, data) for one in data.outstanding.strengths],
            "worst": [_outstanding(one, data) for one in data.outstanding.gaps],
            "trends": [
                _trend(trend, indicator)
                for trend, indicator in shown_trends(store, city_id)[:MOST_TRENDS]
            ],
            "peers": _peers(data),
            "held": _held(data),
            "sources": _sources(data),
            "foot": [
                _origin(publication.snapshot_id, publication.published_at),
                _way_on(_address(site, f"/cities/{city_id}")),
            ],
            "words": _words(data, _address(site, RULE)),
        }


def _strong_parts(sentence: str) -> list[dict[str, object]]:
    parts = sentence.split("**")
    return [{"text": part, "strong": bool(at % 2)} for at, part in enumerate(parts) if part]


def _facts(data: CityData) -> list[tuple[str, str]]:
    city, level = data.city, str(data.city["evidence"])
    joined = period_text(city["joined_year"]) if pd.notna(city["joined_year"]) else _("unknown")
    held = _("{held} of {possible}").format(
        held=number_text(len(data.held)), possible=number_text(len(data.own))
    )
    return [
        (_("Kind"), kind_word(str(city["member_kind"]))),
        (_("Joined"), joined),
        (_("Evidence for the seat"), f"{level}: {evidence_words(level)}"),
        (_("Data held"), held),
    ]


def _about(figure: CityFigure) -> str:
    row = figure.row
    parts = (
        short_publisher(figure.source.publisher),
        period_text(row["period_year"]),
        scale_word(str(row["scale"])),
        status_word(str(row["status"])),
    )
    return " · ".join(parts)


def _number(figure: CityFigure, data: CityData) -> dict[str, object]:
    return {
        "title": figure.indicator.title,
        "small": _about(figure),
        "value": value_text(figure.indicator, figure.value, figure.category),
        "unit": unit_text(figure.indicator),
        "strip": _strip(figure),
        "all": position_text(figure.members),
        "all_median": _median(figure, figure.members),
        "peers": position_text(figure.peers) if data.peer_ids else "",
        "peers_median": _median(figure, figure.peers) if data.peer_ids else "",
    }


def _median(figure: CityFigure, among: Among) -> str:
    if among.median is None:
        return ""
    return _("median {value}").format(value=median_text(figure, among.median))


def _strip(figure: CityFigure) -> dict[str, object]:
    """Places on the strip from 0 to 100, on the scale that the page's strip has."""
    values = figure.members.values  # noqa: PD011 - of ours, no frame
    is_logarithmic = is_log(values)

    def scaled(numbers: Numbers) -> npt.NDArray[np.float64]:
        found = np.asarray(numbers, dtype=float)
        return np.log10(found) if is_logarithmic else found

    low, high = float(scaled(values).min()), float(scaled(values).max())

    def places(numbers: Numbers) -> list[float]:
        share = (scaled(numbers) - low) / ((high - low) or 1.0)
        return [round(100 * float(one), 1) for one in share]

    return {
        "ticks": sorted(set(places(values))),
        "peers": sorted(set(places(figure.peers.values))),
        "median": places([float(np.median(values))])[0],
        "own": places([figure.value or 0.0])[0],
    }


def _outstanding(figure: CityFigure, data: CityData) -> dict[str, str]:
    among = data.outstanding.among(figure)
    position = among.standing
    small = "" if position is None else _("surely ahead of {ahead} and behind {behind} of {others}")
    return {
        "title": figure.indicator.title,
        "value": value_text(figure.indicator, figure.value, figure.category),
        "unit": unit_text(figure.indicator),
        "small": small.format(
            ahead=number_text(position.ahead_of if position else 0),
            behind=number_text(position.behind if position else 0),
            others=number_text(position.others if position else 0),
        ),
    }


def _trend(trend: pd.DataFrame, indicator: Indicator) -> dict[str, object]:
    years, values = trend["period_year"].astype(float), trend["value"].astype(float)
    top = max(float(values.max()), 0.0) or 1.0
    bottom = min(float(values.min()), 0.0)
    span = float(years.max() - years.min()) or 1.0
    points = [
        (
            round(100 * (year - float(years.min())) / span, 2),
            round((top - value) / (top - bottom), 4),
        )
        for year, value in zip(years, values, strict=True)
    ]
    projected = trend["status"].eq("projected").tolist()
    past = [point for point, is_later in zip(points, projected, strict=True) if not is_later]
    future = [point for point, is_later in zip(points, projected, strict=True) if is_later]
    return {
        "title": indicator.title,
        "unit": unit_text(indicator),
        **trend_scale(top, bottom, indicator.decimals),
        "seen": trend_words(trend, indicator),
        "past": past,
        "future": [*past[-1:], *future] if future else [],
        "from": period_text(years.min()),
        "to": period_text(years.max()),
    }


def trend_scale(top: float, bottom: float, decimals: int) -> dict[str, object]:
    """What stands at the top, at zero and at the foot of a chart; zero's place from 0 to 1."""
    ends = {"top": number_text(top, decimals), "bottom": number_text(bottom, decimals)}
    zero = {"zero_text": number_text(0), "zero": round(top / (top - bottom), 4)}
    return {**ends, **zero, "widest": max(ends.values(), key=len)}


def _peers(data: CityData) -> list[dict[str, str]]:
    if not data.peer_ids:
        return []
    own = data.conditions.loc[data.city_id]
    counted = [one for one in FEATURES if pd.notna(own[one])]
    found = []
    for peer in data.peers.head(MOST_PEERS).to_dict("records"):
        theirs = data.conditions.loc[str(peer["city_id"])]
        reasons = [reason_text(one, theirs[one], own[one]) for one in counted]
        found.append(
            {
                "name": data.name_of(str(peer["city_id"])),
                "country": str(data.cities.loc[str(peer["city_id"]), "country"]),
                "distance": distance_text(peer),
                "reasons": " · ".join(reasons),
            }
        )
    return found


def _held(data: CityData) -> list[tuple[str, str, str]]:
    rows = []
    for theme in dict.fromkeys(figure.indicator.theme for figure in data.own):
        group = [figure for figure in data.own if figure.indicator.theme == theme]
        held = sum(figure.is_held for figure in group)
        count = _("{held} of {possible}").format(
            held=number_text(held), possible=number_text(len(group))
        )
        rows.append((theme_title(theme), count, missing_words(group)))
    return rows


def _sources(data: CityData) -> str:
    used = {one.source.source_id: one.source for one in data.held}
    if not used:
        return _("none, since no figure is held.")
    return "; ".join(
        f"{short_publisher(one.publisher)}: {one.title} ({one.licence})" for one in used.values()
    )


def _address(site: str, path: str) -> str:
    """An address to be typed from paper; "" where nobody said where the observatory is."""
    return f"{site.rstrip('/')}{path}" if site else ""


def _origin(snapshot_id: str, published_at: str) -> str:
    words = _("Metropolis Observatory, snapshot {snapshot} of {date}.")
    return words.format(snapshot=snapshot_id, date=date_text(published_at))


def _way_on(address: str) -> str:
    """Where each figure of the sheet answers for itself."""
    if not address:
        return _("Source, row, licence and method of a figure stand on the member's page.")
    words = _("Source, row, licence and method of each figure: {address}")
    return words.format(address=address)


def _rule(data: CityData, address: str) -> str:
    group = _("its peers") if data.outstanding.is_by_peers else _("all members")
    told = _(
        "Held against {group}, in the indicators that have a better end and a figure for at "
        "least 60 % of them."
    ).format(group=group)
    return f"{told} {_('The rule: {address}').format(address=address)}" if address else told


def _words(data: CityData, rule: str) -> dict[str, object]:
    return {
        "product": _("Metropolis Observatory"),
        "numbers": _("Key numbers"),
        "columns": [
            _("Indicator"),
            _("Value"),
            _("All with a figure"),
            _("Among all"),
            _("Among peers") if data.peer_ids else "",
        ],
        "strip": _(
            "Each line is a member, a blue one a peer, the long line the median, the dot this "
            "member. A band says which positions may be held."
        )
        if data.peer_ids
        else _(
            "Each line is a member, the long line the median, the dot this member. A band says "
            "which positions may be held."
        ),
        "standing": _("Strengths and gaps"),
        "best": _("Better than most"),
        "worst": _("Worse than most"),
        "none": _("None by the rule."),
        "rule": _rule(data, rule),
        "trends": _("What changed"),
        "peers": _("Peers: members alike in conditions"),
        "held": _("What we hold, and what we do not know"),
        "held_columns": [_("Theme"), _("Held"), _("Not known, and why")],
        "sources": _("Sources:"),
    }
