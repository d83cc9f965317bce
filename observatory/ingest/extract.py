"""What an adapter hands over: the places a source names, and its figures for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

PLACE_COLUMNS = (
    "place_key",
    "place_name",
    "iso3",
    "latitude_deg",
    "longitude_deg",
    "identifier",
    "scale",
)
FIGURE_COLUMNS = (
    "place_key",
    "indicator_id",
    "period_year",
    "value",
    "category",
    "status",
    "scale",
    "boundary",
    "source_row",
    "note",
)

Grain = Literal["place", "country", "point"]


@dataclass(frozen=True)
class Extract:
    """A source's places and figures, tidy but not yet matched to members.

    Attributes:
        places: columns PLACE_COLUMNS, one row per place_key. `iso3` may be missing where the
            source's country is unknown to us; coordinates and `identifier` are missing where
            the source gives none. `scale` is "city" or "metro": which members may take it.
        figures: columns FIGURE_COLUMNS. `place_key` points to places; for grain "country" it
            is the ISO 3166-1 alpha-3 code and for grain "point" the city_id, and `places` is
            empty. A missing value is an absent row.
        notes: what the adapter left out and why, one sentence each, with counts.
        failed: by place_key, why a place's figures did not pass the adapter's own check.
        links: pairs of members joined by air: columns place_a, place_b (city ids, place_a first
            in the alphabet), period_year, routes; None for a source that has none.
    """

    places: pd.DataFrame
    figures: pd.DataFrame
    notes: tuple[str, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    links: pd.DataFrame | None = None


@dataclass(frozen=True)
class Roster:
    """The members and what is known of their names, as read from datasets/roster.

    Attributes:
        members: columns of `cities`, one row per member.
        aliases: columns of `aliases`.
        identifiers: columns of `identifiers`.
        scopes: city_id, stands_for, answers_to_city_name for every member (defaults filled in).
        countries: columns of `countries`.
    """

    members: pd.DataFrame
    aliases: pd.DataFrame
    identifiers: pd.DataFrame
    scopes: pd.DataFrame
    countries: pd.DataFrame


@dataclass(frozen=True)
class Adapter:
    """How one source is read.

    Attributes:
        source_id: id in datasets/sources.toml; also the name of its tidy file.
        grain: "place" (matched to members by name), "country" (kept per country) or
            "point" (computed at each member's coordinates).
        scheme: scheme in identifiers.csv that `places.identifier` uses, or empty.
        files: what the operator has to give, in words, for the message when it is missing.
        read: the files in the order given, and the roster, to an Extract.
        scope_note: why a member may be missing from this source, in a reader's words
            ("the source lists cities over 300,000 inhabitants in 2018").
    """

    source_id: str
    grain: Grain
    files: str
    read: Callable[[Sequence[Path], Roster], Extract]
    scheme: str = ""
    scope_note: str = ""


def empty_places() -> pd.DataFrame:
    """No places, with the declared columns: for sources of grain "country" or "point"."""
    return pd.DataFrame(columns=list(PLACE_COLUMNS))
