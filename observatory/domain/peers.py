"""Which cities are alike in conditions, and why: the published rule behind peers.

A condition is something a government finds rather than makes within a term: how many people, how
fast their number grows, how densely they live, what income the country has, which climate. The
difference of two cities in a feature runs from 0 (the same) to 1 (as far apart as the tenth and
the ninetieth percentile of all members, or more); their distance is the weighted mean over the
features, where one that is not known of both counts half: otherwise those of whom little is known
would come first. It is Gower's distance (1971) with a spread that outliers cannot stretch.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

FEATURES = ("size", "growth", "density", "income", "climate")
LOGARITHMIC = ("size", "density", "income")  # twice as large is the same step everywhere
CATEGORICAL = ("climate",)
MOST_WEIGHT = 3
EQUAL_WEIGHTS = dict.fromkeys(FEATURES, 1)
LEAST_OVERLAP = 0.6  # of the total weight; with less in common, two cities are not compared
SPREAD = (0.1, 0.9)
SAME_GROUP = 0.5  # both temperate, but one with a dry summer
NOT_KNOWN = 0.5  # neither alike nor unlike
SAME_NUMBER = 1e-9  # of the size of the values: below it, the spread is an error of rounding


def feature_differences(features: pd.DataFrame, city_id: str) -> pd.DataFrame:
    """How far every city is from one of them in each feature, from 0 to 1.

    Args:
        features: the columns FEATURES by city_id, in any unit; size, density and income are
            above zero, climate is a Köppen-Geiger class; missing where not known.
        city_id: the city the others are held against.

    Returns:
        The same columns and index; missing where either city has no figure.
    """
    columns = {}
    for name in FEATURES:
        if name in CATEGORICAL:
            columns[name] = _class_differences(features[name], features[name][city_id])
        else:
            values = features[name].astype(float)
            scaled = np.log10(values.where(values > 0)) if name in LOGARITHMIC else values
            columns[name] = _number_differences(scaled, float(scaled[city_id]))
    return pd.DataFrame(columns, index=features.index)


def peer_distances(
    features: pd.DataFrame, city_id: str, weights: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Every other city that can be compared with one, the most alike first.

    Two cities are compared only where the features known for both carry LEAST_OVERLAP of the
    total weight. A city that knows less of itself has no peers and is nobody's peer.

    Args:
        features: as in `feature_differences`.
        city_id: whose peers.
        weights: 0 to MOST_WEIGHT by feature; a feature left out weighs 1, one of weight 0 is
            as if it were not there.

    Returns:
        Indexed by city_id, ties in its order. distance: 0 to 1. overlap: share of the weight
        known for both. One column per feature: what it adds to the distance; missing where it
        is not known for both or weighs nothing. Empty where nothing has a weight.
    """
    weighed = pd.Series({**EQUAL_WEIGHTS, **(weights or {})})[list(FEATURES)].astype(float)
    weighed = weighed[weighed > 0]
    differences = feature_differences(features, city_id)[list(weighed.index)]
    share = weighed / weighed.sum()
    added = differences.fillna(NOT_KNOWN) * share
    found = added.reindex(columns=list(FEATURES))
    found.insert(0, "distance", added.sum(axis=1))
    found.insert(1, "overlap", differences.notna() @ share)
    enough = found["overlap"].ge(LEAST_OVERLAP - 1e-9) & (found.index != city_id)
    return found[enough].rename_axis("city_id").sort_index().sort_values("distance", kind="stable")


def distance_matrix(features: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The distance of every two cities with equal weights, as `peer_distances` gives it.

    Args:
        features: as in `feature_differences`.

    Returns:
        Rows and columns in the order of the index; nan where two cannot be compared, and for a
        city with itself.
    """
    count = len(features)
    total, common = np.zeros((count, count)), np.zeros((count, count))
    for name in FEATURES:
        if name in CATEGORICAL:
            differs = _class_matrix(features[name])
        else:
            values = features[name].astype(float)
            scaled = np.log10(values.where(values > 0)) if name in LOGARITHMIC else values
            column = scaled.to_numpy(dtype="float64")
            differs = np.clip(np.abs(column[:, None] - column[None, :]) / _spread(scaled), 0, 1)
        known = np.isfinite(differs)
        total += np.where(known, differs, NOT_KNOWN)
        common += known
    enough = common / len(FEATURES) >= LEAST_OVERLAP - 1e-9
    np.fill_diagonal(enough, val=False)
    return np.where(enough, total / len(FEATURES), np.nan)


def _class_matrix(classes: pd.Series) -> npt.NDArray[np.float64]:
    known = classes.notna().to_numpy() & (classes.fillna("") != "").to_numpy()
    first, second = (classes.fillna("").str[:length].to_numpy() for length in (1, 2))
    group = np.where(second[:, None] == second[None, :], 0.0, SAME_GROUP)
    found = np.where(first[:, None] == first[None, :], group, 1.0)
    return np.where(known[:, None] & known[None, :], found, np.nan)


def _spread(values: pd.Series) -> float:
    """The robust spread; where nothing differs, all are alike."""
    low, high = values.quantile(SPREAD[0]), values.quantile(SPREAD[1])
    if high - low > SAME_NUMBER * max(abs(low), abs(high)):
        return float(high - low)
    least, most = values.min(), values.max()
    return float(most - least) if most - least > SAME_NUMBER * max(abs(least), abs(most)) else 1.0


def _number_differences(values: pd.Series, own: float) -> pd.Series:
    """Steps of the robust spread, at most 1."""
    return ((values - own).abs() / _spread(values)).clip(upper=1.0)


def _class_differences(classes: pd.Series, own: object) -> pd.Series:
    """0 for the same main group and second letter, SAME_GROUP for the same group, else 1."""
    if not isinstance(own, str) or not own:
        return pd.Series(np.nan, index=classes.index)
    group = np.where(classes.str[:2] == own[:2], 0.0, SAME_GROUP)
    found = pd.Series(np.where(classes.str[:1] == own[:1], group, 1.0), index=classes.index)
    return found.where(classes.notna())
