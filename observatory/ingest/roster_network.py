"""The network's facts when members leave the roster: nothing of what took place is lost."""

from pathlib import Path

import pandas as pd

from observatory.ingest.events_import import merged, network_path, outside_id, read_network
from observatory.schema import AIR_LINKS, ORGANISATIONS, PARTICIPATIONS


def network_without(dropped: pd.DataFrame, datasets_dir: Path) -> tuple[dict[Path, str], int]:
    """The network's files without some members.

    What they took part in stays, as that of a partner outside the roster; their air links leave,
    for those are counted between members alone.

    Args:
        dropped: members that leave, columns of `cities`.
        datasets_dir: the project's facts.

    Returns:
        New content by file, and how many participations become those of partners outside.
    """
    parts = read_network(datasets_dir, PARTICIPATIONS)
    is_theirs = parts["city_id"].isin(dropped["city_id"])
    ids = {
        str(row.city_id): outside_id(str(row.member_name), str(row.country))
        for row in dropped.itertuples()
    }
    own = parts[is_theirs].assign(organisation_id=parts["city_id"].map(ids), city_id="")
    known = read_network(datasets_dir, ORGANISATIONS)
    leaving = dropped[dropped["city_id"].isin(set(parts.loc[is_theirs, "city_id"]))]
    partners = pd.DataFrame(
        {
            "organisation_id": leaving["city_id"].map(ids),
            "name": leaving["member_name"],
            "country": leaving["country"],
            "kind": "government",
            "note": "a member before",
        }
    )
    new = partners[~partners["organisation_id"].isin(known["organisation_id"])]
    links = read_network(datasets_dir, AIR_LINKS)
    ends = links["city_a"].isin(dropped["city_id"]) | links["city_b"].isin(dropped["city_id"])
    nothing = links.head(0)
    contents = {
        network_path(datasets_dir, PARTICIPATIONS): merged(parts[~is_theirs], own, PARTICIPATIONS),
        network_path(datasets_dir, ORGANISATIONS): merged(known, new, ORGANISATIONS),
        network_path(datasets_dir, AIR_LINKS): merged(links[~ends], nothing, AIR_LINKS),
    }
    return contents, int(is_theirs.sum())
