"""Where members stand below their peers, theme by theme, and who takes part in what names it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

LOWER_QUARTILE = 0.25  # the median would call half of all members needy, whatever they do
LEAST_PEERS = 5  # with a figure of the same indicator
NEED = 0.5  # of the comparable indicators of a theme, below the peers


def below_peers(
    values: pd.DataFrame, better: Mapping[str, str], peers: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Whether each member is worse than the lower quartile of its peers in each indicator.

    Args:
        values: indicators by members; missing where there is no figure.
        better: by indicator, "higher" or "lower".
        peers: by member, ids of its peers.

    Returns:
        1 below, 0 not below, missing where the member or all but LEAST_PEERS - 1 of its peers
        have no figure. Index and columns are those of the values.
    """
    signs = np.array([-1.0 if better[str(one)] == "lower" else 1.0 for one in values.index])
    merit = values.to_numpy(dtype="float64") * signs[:, None]
    position = {str(city_id): number for number, city_id in enumerate(values.columns)}
    found = np.full(merit.shape, np.nan)
    for city_id, column in position.items():
        group = merit[:, [position[one] for one in peers.get(city_id, ()) if one in position]]
        known = np.isfinite(group).sum(axis=1)
        rows = (known >= LEAST_PEERS) & np.isfinite(merit[:, column])
        if rows.any():
            quartile = np.nanquantile(group[rows], LOWER_QUARTILE, axis=1)
            found[rows, column] = merit[rows, column] < quartile
    return pd.DataFrame(found, index=values.index, columns=values.columns)


def theme_needs(below: pd.DataFrame, themes: Mapping[str, str]) -> pd.DataFrame:
    """The share of a theme's indicators in which each member is below its peers.

    Args:
        below: as `below_peers`.
        themes: by indicator, its theme.

    Returns:
        Themes by members, in order of the themes' names; missing where nothing is comparable. A
        share of NEED or more is a need.
    """
    return below.groupby([themes[str(one)] for one in below.index]).mean()


def taking_part(parts: pd.DataFrame, themes: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Members in what names a theme.

    Args:
        parts: columns activity_id, city_id: who takes part in what.
        themes: by activity, the themes it names; one that is left out names none.

    Returns:
        Columns activity_id, city_id, theme, each row once, sorted.
    """
    named = [(key, theme) for key, own in themes.items() for theme in own]
    by_theme = pd.DataFrame(named, columns=["activity_id", "theme"], dtype="str")
    both = parts[["activity_id", "city_id"]].merge(by_theme, on="activity_id").drop_duplicates()
    return both.sort_values(["activity_id", "city_id", "theme"]).reset_index(drop=True)
