"""What becomes of the network when a member leaves the roster.

What it took part in was so and stays: the parts become those of a partner outside the roster.
Its air links are about members only, and leave.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from observatory.domain.names import country_codes
from observatory.ingest.files import csv_frame
from observatory.ingest.outside_partners import OutsidePartners
from observatory.ingest.writing import csv_text
from observatory.schema import AIR_LINKS, COUNTRIES, PARTICIPATIONS


@dataclass(frozen=True)
class NetworkWithout:
    """The network after members have left.

    Attributes:
        turned: (city_id, organisation_id, participations): who becomes which outside partner.
        air_links: rows that leave with the members.
        contents: new content of the files that change, by path, in the order of writing.
    """

    turned: tuple[tuple[str, str, int], ...]
    air_links: int
    contents: dict[Path, str]


def network_without(dropped: pd.DataFrame, datasets_dir: Path) -> NetworkWithout:
    """What the network would be without some members.

    Args:
        dropped: columns of `cities`, one row per member that leaves.
        datasets_dir: the project's facts.
    """
    folder = datasets_dir / "network"
    countries = csv_frame(datasets_dir / "roster" / "countries.csv", COUNTRIES.column_names)
    partners = OutsidePartners.of(datasets_dir, country_codes(countries))
    parts = _table(folder / "participations.csv", PARTICIPATIONS.column_names)
    theirs = parts[parts["city_id"].isin(dropped["city_id"])]
    counts = theirs["city_id"].value_counts()
    becomes = {
        str(row.city_id): partners.found_or_added(str(row.member_name), str(row.country))
        for row in dropped.itertuples()
        if row.city_id in counts
    }
    links = _table(folder / "air_links.csv", AIR_LINKS.column_names)
    gone = links["city_a"].isin(dropped["city_id"]) | links["city_b"].isin(dropped["city_id"])
    contents = {}
    if becomes:
        contents[folder / "organisations.csv"] = partners.content()
        contents[folder / "participations.csv"] = participations_content(_turned(parts, becomes))
    if gone.any():
        contents[folder / "air_links.csv"] = csv_text(
            list(AIR_LINKS.column_names), links[~gone].to_numpy().tolist()
        )
    turned = tuple((city_id, partner, int(counts[city_id])) for city_id, partner in becomes.items())
    return NetworkWithout(turned, int(gone.sum()), contents)


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    return csv_frame(path, columns)[list(columns)]


def _turned(parts: pd.DataFrame, becomes: dict[str, str]) -> pd.DataFrame:
    """Parts of members as parts of outside partners; one that the partner has already is one."""
    organisations = parts["city_id"].map(becomes).fillna(parts["organisation_id"])
    cities = parts["city_id"].mask(parts["city_id"].isin(list(becomes)), "")
    turned = parts.assign(city_id=cities, organisation_id=organisations)
    return turned.drop_duplicates(list(PARTICIPATIONS.key))


def participations_content(parts: pd.DataFrame) -> str:
    """The new participations.csv: by event, then by who took part, then by role."""
    who = parts["city_id"].where(parts["city_id"] != "", parts["organisation_id"])
    ordered = parts.assign(who=who).sort_values(["event_id", "who", "role"], kind="stable")
    columns = list(PARTICIPATIONS.column_names)
    return csv_text(columns, ordered[columns].to_numpy().tolist())
