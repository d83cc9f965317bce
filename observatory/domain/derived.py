"""Every derived indicator's formula, in one place; the catalogue states the same in words.

Each function takes figures of a source and returns figures of the derived indicator; the
result is missing (an absent row) wherever an input is.
"""

import pandas as pd


def yearly_growth_pct(population: pd.DataFrame, *, years: int) -> pd.DataFrame:
    """Compound yearly growth over the years before, in percent.

    ((P_t / P_(t - years)) ** (1 / years) - 1) * 100

    Args:
        population: columns place_key, period_year, value (> 0), status and any others.
        years: length of the span.

    Returns:
        The same columns, one row per place and year t that has a value `years` earlier;
        status "projected" where either end is projected, else "derived".
    """
    earlier = population[["place_key", "period_year", "value", "status"]]
    earlier = earlier.assign(period_year=earlier["period_year"] + years)
    pairs = population.merge(earlier, on=["place_key", "period_year"], suffixes=("", "_earlier"))
    pairs = pairs[(pairs["value"] > 0) & (pairs["value_earlier"] > 0)]
    rate = (pairs["value"] / pairs["value_earlier"]) ** (1 / years) - 1
    projected = (pairs["status"] == "projected") | (pairs["status_earlier"] == "projected")
    return pairs.assign(
        value=rate * 100, status=projected.map({True: "projected", False: "derived"})
    ).drop(columns=["value_earlier", "status_earlier"])


def women_per_100_men(women: pd.Series, men: pd.Series) -> pd.Series:
    """100 * women / men, aligned by index; missing where either is, or where men are 0."""
    return (100 * women / men.where(men > 0)).dropna()


def ratio(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Numerator / denominator of one source and one boundary, aligned by index.

    Used for density (persons / km2), product per person and intersections per km2. Missing
    where either is, or where the denominator is 0: scales are never mixed in a ratio.
    """
    return (numerator / denominator.where(denominator > 0)).dropna()


def index_of_base(totals: pd.DataFrame, *, base_year: int) -> pd.DataFrame:
    """100 * value_t / value_base for each place that has the base year.

    Args:
        totals: columns place_key, period_year, value and any others.
        base_year: the year that equals 100.

    Returns:
        The same columns with the index as value; places without a base value are left out.
    """
    base = totals.loc[totals["period_year"] == base_year].set_index("place_key")["value"]
    level = totals["place_key"].map(base[base > 0])
    return totals.assign(value=100 * totals["value"] / level).dropna(subset=["value"])


def events_within(distances_km: pd.DataFrame, *, radius_km: float) -> pd.Series:
    """How many events lie within the radius of each city.

    Args:
        distances_km: one column per city_id, one row per event, in kilometres.
        radius_km: the largest distance that counts.

    Returns:
        Counts by city_id; 0 where none does.
    """
    return (distances_km <= radius_km).sum(axis="index")


def stations_in_service(stations: pd.DataFrame, *, years: list[int]) -> pd.DataFrame:
    """Stations open and not yet closed at the end of each year.

    Args:
        stations: columns place_key, opened_year, closed_year (missing while in service).
        years: the years asked for.

    Returns:
        Columns place_key, period_year, value; years before the first opening are absent.
    """
    counts = []
    for year in years:
        running = stations[
            (stations["opened_year"] <= year)
            & (stations["closed_year"].isna() | (stations["closed_year"] > year))
        ]
        count = running.groupby("place_key").size().rename("value").reset_index()
        counts.append(count.assign(period_year=year))
    return pd.concat(counts, ignore_index=True)[["place_key", "period_year", "value"]]


def airports_reached(departures: pd.DataFrame) -> pd.Series:
    """Distinct airports outside the city that flights without change reach.

    Args:
        departures: columns place_key, destination (airport), is_own (the destination is one of
            the place's own airports); one row per route that starts at one of them.

    Returns:
        Counts by place_key; 0 for a place whose flights only reach its own airports.
    """
    outside = departures["destination"].mask(departures["is_own"].astype(bool))
    return outside.groupby(departures["place_key"]).nunique()


def airlines_serving(departures: pd.DataFrame) -> pd.Series:
    """Distinct airlines with a route from the city's airports, code-shares included.

    Args:
        departures: columns place_key, airline.

    Returns:
        Counts by place_key.
    """
    return departures.groupby("place_key")["airline"].nunique()


def places_reached(departures: pd.DataFrame, near: pd.DataFrame) -> pd.Series:
    """Distinct other places with an airport that is reached without change.

    An airport that a place shares with another is its own and no destination: places that have
    all their airports in common do not reach each other.

    Args:
        departures: columns place_key, destination, is_own.
        near: columns place_key, airport: every place's own airports.

    Returns:
        Counts by place_key; 0 for a place that reaches none.
    """
    outside = departures[~departures["is_own"].astype(bool)]
    pairs = outside[["place_key", "destination"]].drop_duplicates()
    links = pairs.merge(
        near.rename(columns={"place_key": "reached", "airport": "destination"}), on="destination"
    )
    links = links[links["place_key"] != links["reached"]]
    counts = links.groupby("place_key")["reached"].nunique()
    return counts.reindex(sorted(departures["place_key"].unique()), fill_value=0)


def place_links(departures: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """Pairs of places joined by a flight without change, with the routes of both directions.

    As in `places_reached`, a flight to an airport of the place's own joins nothing.

    Args:
        departures: columns place_key, destination, is_own; one row per route of a place.
        near: columns place_key, airport: every place's own airports.

    Returns:
        Columns place_a, place_b (place_a first in the alphabet), routes; sorted by the pair.
    """
    outside = departures.loc[~departures["is_own"].astype(bool), ["place_key", "destination"]]
    reached = outside.merge(
        near.rename(columns={"place_key": "reached", "airport": "destination"}), on="destination"
    )
    reached = reached[reached["place_key"] != reached["reached"]]
    ends = reached[["place_key", "reached"]]
    pairs = pd.DataFrame({"place_a": ends.min(axis="columns"), "place_b": ends.max(axis="columns")})
    return pairs.groupby(["place_a", "place_b"]).size().rename("routes").reset_index()
