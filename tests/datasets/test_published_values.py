"""Stored figures against the publishers' files.

The expectations were read off the files by hand, cell by cell, not by our adapters. Where the
catalogue says that we derive a figure, the expectation is the sum written out with the
publisher's own numbers. Counts over many rows (air links, stations, earthquakes) were made by a
separate small count over the files.
"""

import math
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.datasets

OBSERVATIONS = Path(__file__).parents[2] / "datasets" / "observations"

Key = tuple[str, str, int | None]

WUP_2018: dict[Key, float] = {
    # File 12 counts thousands.
    ("population_agglomeration", "montreal", 2015): 4_070_122,
    ("population_agglomeration", "new-delhi", 2020): 30_290_936,  # row "Delhi"
    ("population_agglomeration", "medellin", 2015): 3_735_098,
    ("population_agglomeration", "valle-de-aburra", 2015): 3_735_098,  # the same agglomeration
    ("population_agglomeration", "johannesburg", 2015): 4_984_804,
    ("population_agglomeration", "xian", 2035): 10_432_547,
    ("population_agglomeration", "turin", 1950): 1_010_676,
    ("population_agglomeration", "mexico-city", 2005): 19_276_065,
    ("population_agglomeration", "guangzhou", 2015): 11_694_882,
    ("population_agglomeration", "toluca", 1990): 1_121_484,  # row "Toluca de Lerdo"
    ("population_agglomeration", "tshwane", 2010): 1_666_320,  # row "Pretoria"
    ("population_agglomeration", "durban", 2000): 2_625_306,
    ("population_agglomeration", "lisbon", 2030): 3_084_949,
    ("population_agglomeration", "goyang", 1970): 97_314,
    ("population_growth_pct", "guangzhou", 2015): 100 * ((11694.882 / 10278.197) ** 0.2 - 1),
    ("population_growth_pct", "turin", 1985): 100 * ((1827.088 / 1860.498) ** 0.2 - 1),
}
UNSD_CITY_POPULATION: dict[Key, float] = {
    ("population_city_proper", "mexico-city", 2007): 8_261_679,
    ("population_agglomeration_national", "mexico-city", 2007): 16_922_442,
    ("population_agglomeration_national", "mexico-city", 2020): 21_804_515,  # census, not estimate
    ("population_city_proper", "montreal", 2021): 1_762_950,  # census, not estimate
    ("population_agglomeration_national", "montreal", 2016): 4_098_930,
    ("population_city_proper", "medellin", 2018): 2_372_330,
    ("population_agglomeration_national", "medellin", 2005): 2_219_861,
    ("population_city_proper", "new-delhi", 2001): 302_363,
    ("population_city_proper", "johannesburg", 1996): 752_349,
    ("population_city_proper", "barcelona", 2011): 1_611_010,
    ("population_city_proper", "agra", 2001): 1_275_134,
    ("population_agglomeration_national", "agra", 2011): 1_585_704,
    ("population_city_proper", "bogota", 2018): 7_181_469,
    # The 2014 release: women and men of the same record.
    ("women_per_100_men", "mexico-city", 2010): 100 * 4_617_297 / 4_233_783,
    ("women_per_100_men", "medellin", 2005): 100 * 1_164_217 / 1_019_340,
    ("women_per_100_men", "new-delhi", 2001): 100 * 136_640 / 165_723,
    ("women_per_100_men_agglomeration", "hyderabad", 2001): 100 * 2_768_564 / 2_973_472,
    ("women_per_100_men_agglomeration", "montreal", 2011): 100 * 1_962_700 / 1_861_520,
}
GREEN_AND_OPEN_SPACE: dict[Key, float] = {
    ("green_area_share_pct", "medellin", 2010): 34.79650578334707,
    ("green_area_m2_per_person", "medellin", 2020): 19.411616210251943,
    ("green_area_share_pct", "new-delhi", 2000): 7.007943918745357,
    ("green_area_m2_per_person", "johannesburg", 1990): 41.627711818330496,
    ("green_area_m2_per_person", "barcelona", 2020): 3.049561444291555,
    ("green_area_share_pct", "amman", 1990): 2.2637850109333,
    ("open_public_space_share_pct", "bogota", 2018): 38.38405326178402,
    ("open_public_space_access_pct", "medellin", 2018): 88.83,
    ("open_public_space_access_pct", "montreal", 2020): 91.80630156189909,
    ("open_public_space_access_pct", "guangzhou", 2020): 17.22449393013646,
    ("open_public_space_share_pct", "mexico-city", 2020): 16.403732607190527,
    ("open_public_space_share_pct", "abidjan", 2020): 16.898981192757628,
}
PUBLIC_TRANSPORT: dict[Key, float] = {
    ("public_transport_access_pct", "montreal", 2016): 91.6,
    ("public_transport_access_pct", "new-delhi", 2020): 62.01457,
    ("public_transport_access_pct", "turin", 2020): 98,
    ("public_transport_access_pct", "johannesburg", 2020): 20.78285,
    ("public_transport_access_pct", "victoria", 2020): 88.79359,
    ("public_transport_access_pct", "hyderabad", 2020): 71.98613,  # India's, not Pakistan's
    # A count of stations.csv with 0 and 999999 taken as unknown and never.
    ("transit_stations", "mexico-city", 2000): 193,
    ("transit_stations", "santiago", 1980): 47,
    ("transit_stations", "sao-paulo", 2019): 224,
    ("transit_stations", "madrid", 2000): 199,
}
NET_ZERO_TRACKER: dict[Key, float | str] = {
    ("climate_target_type", "medellin", 2022): "Zero carbon",
    ("climate_target_status", "medellin", 2022): "Proposed / in discussion",
    ("climate_target_year", "montreal", 2022): 2050,
    ("climate_interim_target_year", "montreal", 2022): 2030,
    ("climate_target_type", "guangzhou", 2022): "Emissions intensity target",
    ("climate_target_type", "mexico-city", 2022): "Carbon neutral(ity)",
    ("climate_reporting", "barcelona", 2022): "Less than annual reporting",
    ("climate_target_type", "xian", 2022): "No target",
    ("climate_target_year", "tehran", 2022): 2028,
    ("race_to_zero_member", "new-delhi", 2022): 1,
    ("race_to_zero_member", "agra", 2022): 0,
    ("climate_equity", "johannesburg", 2022): 1,
    ("climate_equity", "medellin", 2022): 0,
    ("climate_plan_published", "bogota", 2022): 1,
}
EMISSIONS: dict[Key, float] = {
    ("co2_fossil_index", "agra", 2019): 100,
    ("co2_fossil_index", "agra", 2021): 100 * 606_814 / 694_465,
    ("co2_fossil_index", "xian", 2020): 100 * 22_092_538 / 21_937_842,
    ("co2_fossil_index", "johannesburg", 2020): 100 * 24_174_932 / 25_951_225,
    ("co2_fossil_index", "barcelona", 2021): 100 * 10_542_936 / 11_167_523,
    ("co2_inventory_t", "barcelona", 2018): 3_877_822,
    ("co2_inventory_t", "madrid", 2018): 7_599_633,
}
URBAN_CENTRES: dict[Key, float] = {
    ("urban_centre_population", "medellin", 2015): 3_418_610,
    ("urban_centre_area_km2", "montreal", 2015): 1080,
    ("population_density_per_km2", "medellin", 2015): 3_418_610 / 230,
    ("gdp_ppp_usd_2011", "xian", 2015): 38_368_952_320,
    ("gdp_ppp_per_person_usd_2011", "turin", 2015): 22_715_860_992 / 1_205_384,
    ("pm25_ug_per_m3", "xian", 2014): 65.769,
    ("temperature_c", "montreal", 2014): 6.20997869968,
    ("elevation_m", "medellin", None): 1650.64209061,  # column avg_elevation, no year
    ("transport_co2_t", "paris", 2015): 4_124_596.79814772,
    ("intersections_per_km2", "xian", 2020): 9017 / 624,
    ("dead_ends_pct", "medellin", 2020): 14.636303338492151,
    ("street_orientation_entropy", "turin", 2020): 3.4668108164474107,
    ("land_use_efficiency", "dalian", 2015): 0.3339,
}
WIKIDATA_AND_POINTS: dict[Key, float | str] = {
    ("administrative_area_km2", "johannesburg", None): 1644,
    ("administrative_area_km2", "rio-de-janeiro", None): 1260.029215,
    ("administrative_area_km2", "sao-paulo", None): 1523,
    ("air_destinations", "mexico-city", 2014): 95,
    ("airlines", "medellin", 2012): 10,
    ("air_links_to_members", "turin", 2012): 8,
    ("air_destinations", "new-delhi", 2014): 97,
    ("airlines", "johannesburg", 2013): 45,
    ("air_links_to_members", "montreal", 2014): 11,
    ("earthquakes_m55_300km", "mexico-city", 2016): 58,
    ("earthquakes_m55_300km", "taichung", 2016): 253,
    ("earthquakes_m55_300km", "tehran", 2016): 12,
    ("earthquakes_m55_300km", "montreal", 2016): 0,
    # The urban-centre file words the same map: "Steppe (semi-arid), and  Cold arid" and so on.
    ("climate_class", "xian", 2010): "BSk",
    ("climate_class", "montreal", 2010): "Dfb",
    ("climate_class", "turin", 2010): "Cfa",
}
NATIONAL: dict[Key, float] = {
    ("national_gdp_per_person", "CHN", 2011): 10_400,
    ("national_gdp_per_person", "SYC", 1990): 14_200,
    ("national_life_expectancy_years", "IND", 2018): 69.1,
    ("national_child_mortality", "ZAF", 2015): 44.1,
    ("national_fertility", "COL", 2017): 1.83,
    ("national_co2_t_per_person", "SYC", 2012): 4.77,
    ("national_services_share_pct", "MEX", 2016): 61.1,
    ("national_unemployment_pct", "ZAF", 2017): 27.3,
    ("national_youth_unemployment_pct", "SYC", 2014): 13.1,
    ("national_hdi", "MEX", 2007): 0.738,
    ("national_hdi", "SYC", 2000): 0.712,
    ("national_hdi", "CIV", 1990): 0.391,
    ("national_homicide_rate", "COL", 2023): 24.913443,
    ("national_homicide_rate", "ZAF", 2022): 43.720257,
    ("national_life_satisfaction", "MEX", 2024): 6.979,
    ("national_electricity_access_pct", "ZAF", 2023): 87.7,
    ("national_schooling_years", "IND", 2020): 7.8,
}
PUBLISHED: dict[Key, float | str] = {
    **WUP_2018,
    **UNSD_CITY_POPULATION,
    **GREEN_AND_OPEN_SPACE,
    **PUBLIC_TRANSPORT,
    **NET_ZERO_TRACKER,
    **EMISSIONS,
    **URBAN_CENTRES,
    **WIKIDATA_AND_POINTS,
    **NATIONAL,
}
# Cells that are empty, screened out, or another body's.
ABSENT: tuple[Key, ...] = (
    ("population_city_proper", "mexico-city", 2005),  # the file's 653,046 is another city's
    ("open_public_space_share_pct", "guangzhou", 2020),  # empty cell beside the access figure
    ("climate_interim_target_year", "new-delhi", 2022),  # "No target"
    ("climate_target_year", "xian", 2022),
    ("climate_target_status", "guangzhou", 2022),
    ("national_hdi", "SYC", 1999),  # ".."
    ("national_services_share_pct", "SYC", 2017),
    ("population_city_proper", "turin", 2018),  # the municipality's, not the metropolitan city's
)


@cache
def stored() -> dict[Key, float | str]:
    """Every stored figure; a category where there is one, else the value."""
    files = sorted(OBSERVATIONS.glob("*.csv")) + sorted(OBSERVATIONS.glob("*.parquet"))
    figures: dict[Key, float | str] = {}
    for path in files:
        table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
        for row in table.itertuples(index=False):
            year = None if pd.isna(row.period_year) else int(row.period_year)
            has_category = isinstance(row.category, str) and row.category != ""
            figure = row.category if has_category else float(row.value)
            figures[(row.indicator_id, row.place_id, year)] = figure
    return figures


@pytest.mark.parametrize(
    ("key", "expected"),
    PUBLISHED.items(),
    ids=lambda part: "-".join(map(str, part)) if isinstance(part, tuple) else "",
)
def test_a_stored_figure_is_the_published_one(key: Key, expected: float | str) -> None:
    found = stored().get(key)
    assert found is not None, f"{key} is not stored; the publisher states {expected}"
    if isinstance(expected, str):
        assert found == expected
    else:
        assert isinstance(found, float)
        assert math.isclose(found, expected, rel_tol=1e-9), f"{key}: {found}, published {expected}"


@pytest.mark.parametrize("key", ABSENT, ids=lambda key: "-".join(map(str, key)))
def test_what_the_publisher_does_not_state_is_not_stored(key: Key) -> None:
    assert key not in stored()
