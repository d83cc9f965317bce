"""The names that lead astray: each trap, on the stored matches and figures."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.datasets

DATASETS = Path(__file__).parents[2] / "datasets"
NATIONAL = ("gapminder", "undp-hdi-2018", "owid-national")
POINTS = ("openflights", "koppen", "usgs-quakes")
PROVINCES = ("gauteng", "gyeonggi", "minas-gerais", "sao-paulo-state", "west-kalimantan")


@cache
def matches() -> pd.DataFrame:
    """Every match report, with its source_id."""
    tables = [
        pd.read_csv(path, dtype="str", keep_default_na=False).assign(source_id=path.stem)
        for path in sorted((DATASETS / "matches").glob("*.csv"))
    ]
    return pd.concat(tables, ignore_index=True)


@cache
def figures(source_id: str) -> pd.DataFrame:
    return pd.read_csv(DATASETS / "observations" / f"{source_id}.csv")


def by_name() -> pd.DataFrame:
    """The matches of sources that name their places: no countries, no points."""
    table = matches()
    return table[~table["source_id"].isin((*NATIONAL, *POINTS))]


def place(source_id: str, city_id: str) -> str:
    """The key of the place that a member took; empty if it took none."""
    table = matches()
    found = table[(table["source_id"] == source_id) & (table["city_id"] == city_id)]
    assert len(found) == 1
    row = found.iloc[0]
    return str(row["place_key"]) if row["outcome"] == "matched" else ""


def agglomeration_2015(city_id: str) -> float:
    table = figures("un-wup-2018")
    of_city = table[(table["place_id"] == city_id) & (table["period_year"] == 2015)]
    return float(of_city.set_index("indicator_id")["value"]["population_agglomeration"])


def stored_sources(city_id: str) -> set[str]:
    """Sources with a figure kept for a member."""
    files = (DATASETS / "observations").glob("*.csv")
    return {path.stem for path in files if city_id in set(figures(path.stem)["place_id"])}


def test_every_source_accounts_for_every_member_once() -> None:
    members = set(pd.read_csv(DATASETS / "roster" / "members.csv")["city_id"])
    for source_id, table in matches().groupby("source_id"):
        assert set(table["city_id"]) == members, source_id
        assert table["city_id"].is_unique, source_id


def test_a_member_without_a_match_has_a_reason() -> None:
    unmatched = matches()[lambda table: table["outcome"] != "matched"]
    assert (unmatched["reason"] != "").all()


def test_cordoba_is_argentinas_not_spains_nor_mexicos() -> None:
    assert place("un-wup-2018", "cordoba") == "20059"
    assert agglomeration_2015("cordoba") == 1_514_241
    assert place("sdg-11-2-1", "cordoba") == "AR|Cordoba"
    assert place("unhabitat-open-space-2024", "cordoba") == "AR_CORDOBA"
    assert place("unsd-citypop-2024", "cordoba").startswith("Argentina|")


def test_valencia_is_no_member_and_nobody_takes_it() -> None:
    assert not by_name()["place_name"].str.contains("valencia", case=False).any()


def test_hyderabad_is_indias_not_pakistans() -> None:
    assert place("un-wup-2018", "hyderabad") == "21275"
    assert agglomeration_2015("hyderabad") == 8_697_166
    assert place("sdg-11-2-1", "hyderabad") == "IN|Hyderabad"
    assert place("unhabitat-green-2024", "hyderabad") == "IN_HYDERABAD"
    assert place("carbon-monitor-cities", "hyderabad") == "INHYD"
    assert place("unsd-citypop-2024", "hyderabad").startswith("India|")


def test_victoria_is_the_capital_of_seychelles() -> None:
    assert place("sdg-11-2-1", "victoria") == "SC|Victoria"
    assert place("unhabitat-open-space-2024", "victoria") == "SC_VICTORIA"
    assert place("unsd-citypop-2024", "victoria") == "Seychelles|victoria|Urban agglomeration"
    assert place("un-wup-2018", "victoria") == ""
    assert place("net-zero-tracker-2022", "victoria") == ""


def test_santiago_is_chiles_not_the_dominican_nor_santiago_de_cuba() -> None:
    assert place("un-wup-2018", "santiago") == "20439"
    assert agglomeration_2015("santiago") == 6_523_164
    assert place("sdg-11-2-1", "santiago") == "CL|Santiago"
    assert place("unsd-citypop-2024", "santiago") == "Chile|santiago|Urban agglomeration"


def test_guadalajara_is_mexicos_metropolis_without_the_municipalitys_figures() -> None:
    assert place("un-wup-2018", "guadalajara") == "21841"
    assert agglomeration_2015("guadalajara") == 4_796_050
    assert place("unsd-citypop-2024", "guadalajara") == "Mexico|guadalajara|Urban agglomeration"
    assert place("net-zero-tracker-2022", "guadalajara") == ""


def test_toluca_is_the_capital_of_the_state_of_mexico() -> None:
    assert place("un-wup-2018", "toluca") == "21872"
    assert agglomeration_2015("toluca") == 2_189_481
    assert place("unhabitat-green-2024", "toluca") == "MX_MEX_TOLUCA"
    assert place("carbon-monitor-cities", "toluca") == "MXTLC"


def test_san_salvador_is_el_salvadors_not_jujuys() -> None:
    assert place("un-wup-2018", "san-salvador") == "20917"
    assert agglomeration_2015("san-salvador") == 1_099_055
    assert place("sdg-11-2-1", "san-salvador") == "SV|San Salvador"
    assert place("unhabitat-open-space-2024", "san-salvador") == "SV_SAN_SALVADOR"


def test_barcelona_is_spains_not_venezuelas() -> None:
    assert place("un-wup-2018", "barcelona") == "22525"
    assert agglomeration_2015("barcelona") == 5_276_919
    assert place("net-zero-tracker-2022", "barcelona") == "CIT-0015"
    assert place("unhabitat-open-space-2024", "barcelona") == ""  # it lists Venezuela's alone


def test_barcelonas_metropolitan_area_takes_nothing_of_barcelona() -> None:
    taken = by_name()[lambda table: table["city_id"] == "barcelona-amb"]
    assert (taken["outcome"] == "unmatched").all()
    assert stored_sources("barcelona-amb") == set(POINTS)


def test_the_aburra_valley_shares_only_the_uns_agglomeration_with_medellin() -> None:
    assert place("un-wup-2018", "valle-de-aburra") == place("un-wup-2018", "medellin") == "20827"
    assert stored_sources("valle-de-aburra") == {*POINTS, "un-wup-2018"}
    taken = by_name()[lambda table: table["city_id"] == "valle-de-aburra"]
    assert taken.loc[taken["outcome"] == "matched", "source_id"].tolist() == ["un-wup-2018"]


def test_medellin_keeps_its_own_figures() -> None:
    assert place("net-zero-tracker-2022", "medellin") == "CIT-0087"
    assert place("unhabitat-green-2024", "medellin") == "CO_ANT_MEDELLIN"
    assert "City proper" in place("unsd-citypop-2024", "medellin")


def test_sao_paulo_city_has_figures_and_the_state_has_none() -> None:
    assert place("un-wup-2018", "sao-paulo") == "20287"
    assert place("wikidata-2022", "sao-paulo") == "BRSAO"
    assert stored_sources("sao-paulo-state") == set()


@pytest.mark.parametrize("city_id", PROVINCES)
def test_a_province_takes_no_citys_value(city_id: str) -> None:
    table = matches()
    own = table[(table["city_id"] == city_id) & ~table["source_id"].isin(NATIONAL)]
    assert (own["outcome"] == "unmatched").all()
    assert (own["reason_code"] == "other-body").all()
    assert stored_sources(city_id) == set()


def test_guangzhou_is_not_the_pearl_river_delta() -> None:
    """The JRC's urban centre 12080, Guangzhou, is the delta: 40.6 million people, 6,622 km²."""
    assert place("ghs-ucdb-streets", "guangzhou") == ""
    assert "guangzhou" not in set(figures("ghs-ucdb-streets")["place_id"])
    assert agglomeration_2015("guangzhou") == 11_694_882
    names = by_name()["place_name"]
    assert not names.str.contains("pearl river|foshan|shenzhen", case=False).any()


def test_a_place_goes_to_one_member_unless_it_is_a_declared_agglomeration() -> None:
    aliases = pd.read_csv(DATASETS / "roster" / "aliases.csv", keep_default_na=False)
    declared = set(aliases.loc[aliases["kind"] == "agglomeration", "source_id"])
    matched = by_name()[lambda table: table["outcome"] == "matched"]
    places = matched.assign(place_key=matched["place_key"].str.split(" | ", regex=False))
    places = places.explode("place_key")
    twice = places[places.duplicated(["source_id", "place_key"], keep=False)]
    assert set(twice["source_id"]) <= declared
    assert set(twice["city_id"]) == {"medellin", "valle-de-aburra"}


@pytest.mark.parametrize(
    "source_id",
    sorted({path.stem for path in (DATASETS / "matches").glob("*.csv")} - set(NATIONAL)),
)
def test_no_figure_is_kept_for_a_member_that_took_no_place(source_id: str) -> None:
    table = matches()
    matched = table[(table["source_id"] == source_id) & (table["outcome"] == "matched")]
    assert set(figures(source_id)["place_id"]) <= set(matched["city_id"])
