"""The members' points, for sources whose figures are computed there."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.domain.geodesy import distance_km
from observatory.ingest.extract import Roster


def member_points(roster: Roster) -> pd.DataFrame:
    """Where each member lies that a point can stand for: all but provinces and states.

    Returns:
        Columns city_id, latitude_deg, longitude_deg, in roster order, indexed from 0.
    """
    regions = roster.scopes.loc[roster.scopes["stands_for"] == "region", "city_id"]
    members = roster.members[~roster.members["city_id"].isin(regions)]
    return members[["city_id", "latitude_deg", "longitude_deg"]].reset_index(drop=True)


def distances_km(
    points: pd.DataFrame, latitude_deg: pd.Series, longitude_deg: pd.Series
) -> npt.NDArray[np.float64]:
    """Distances from every member to every place: one row per place, one column per member."""
    return distance_km(
        latitude_deg.to_numpy(float)[:, None],
        longitude_deg.to_numpy(float)[:, None],
        points["latitude_deg"].to_numpy(float)[None, :],
        points["longitude_deg"].to_numpy(float)[None, :],
    )
