"""Which member takes which place, on places and rosters made by hand."""

from collections.abc import Sequence

import pandas as pd
import pytest

from observatory.errors import ObservatoryError
from observatory.ingest.extract import PLACE_COLUMNS, Adapter, Extract, Roster
from observatory.ingest.match import MatchReport, match_places

CORDOBA = ("cordoba", "Córdoba", "ARG", -31.4, -64.2)
MEDELLIN = ("medellin", "Medellín", "COL", 6.245, -75.57)
ABURRA = ("valle-de-aburra", "Medellín", "COL", 6.245, -75.57)
BARCELONA = ("barcelona", "Barcelona", "ESP", 41.39, 2.16)
BARCELONA_AMB = ("barcelona-amb", "Barcelona", "ESP", 41.39, 2.16)
TURIN = ("turin", "Turin", "ITA", 45.07, 7.69)
SAO_PAULO = ("sao-paulo", "São Paulo", "BRA", -23.55, -46.63)
STATE = ("sao-paulo-state", "São Paulo", "BRA", -23.55, -46.63)
GUANGZHOU = ("guangzhou", "Guangzhou", "CHN", 23.12, 113.25)
DELHI = ("new-delhi", "New Delhi", "IND", 28.61, 77.21)

Member = tuple[str, str, str, float, float]


def roster_of(
    *members: Member,
    aliases: Sequence[tuple[str, str, str, str]] = (),
    identifiers: Sequence[tuple[str, str, str]] = (),
    scopes: dict[str, tuple[str, str]] | None = None,
) -> Roster:
    """A roster whose members are cities that answer to their name, unless `scopes` says else."""
    own = scopes or {}
    member_scopes = [(row[0], *own.get(row[0], ("city", "yes"))) for row in members]
    place = ["city_id", "city", "iso3", "latitude_deg", "longitude_deg"]
    return Roster(
        pd.DataFrame(members, columns=place),
        pd.DataFrame(aliases, columns=["city_id", "alias", "kind", "source_id"], dtype="str"),
        pd.DataFrame(identifiers, columns=["city_id", "scheme", "identifier"], dtype="str"),
        pd.DataFrame(member_scopes, columns=["city_id", "stands_for", "answers_to_city_name"]),
        pd.DataFrame(),
    )


def place(
    key: str,
    name: str,
    iso3: str,
    point: tuple[float, float] | None = None,
    identifier: str | None = None,
    scale: str = "metro",
) -> tuple[object, ...]:
    latitude, longitude = point or (None, None)
    return (key, name, iso3, latitude, longitude, identifier, scale)


def matched(roster: Roster, *places: tuple[object, ...]) -> MatchReport:
    def unread(_files: object, _roster: Roster) -> Extract:
        raise ObservatoryError("matching reads no file")

    adapter = Adapter("some-source", "place", "places.csv", unread, "code", "the source is short")
    table = pd.DataFrame(places, columns=list(PLACE_COLUMNS))
    located = {"latitude_deg": "float64", "longitude_deg": "float64"}
    return match_places(table.astype(located), roster, adapter)


def taken(report: MatchReport) -> dict[str, set[str]]:
    """Place keys by the member that took them."""
    return {
        str(city_id): set(rows["place_key"]) for city_id, rows in report.assigned.groupby("city_id")
    }


def row_of(report: MatchReport, city_id: str) -> pd.Series:
    return report.members.set_index("city_id").loc[city_id]


def test_a_namesake_in_another_country_is_not_taken() -> None:
    places = place("es", "Cordoba", "ESP"), place("mx", "Córdoba", "MEX")
    report = matched(roster_of(CORDOBA), *places)
    assert taken(report) == {}
    assert row_of(report, "cordoba")["reason"] == "the source is short"


def test_among_namesakes_the_one_in_the_members_country_is_taken() -> None:
    places = [place(code, "CORDOBA", code) for code in ("ESP", "ARG", "MEX")]
    report = matched(roster_of(CORDOBA), *places)
    assert taken(report) == {"cordoba": {"ARG"}}
    assert row_of(report, "cordoba")["matched_by"] == "name"


def test_a_namesake_far_away_in_the_same_country_is_not_taken() -> None:
    far = place("far", "Córdoba", "ARG", (-36.0, -60.0))
    assert taken(matched(roster_of(CORDOBA), far)) == {}


def test_a_far_namesake_does_not_hinder_the_near_one() -> None:
    far = place("far", "Córdoba", "ARG", (-36.0, -60.0))
    near = place("near", "Córdoba", "ARG", (-31.41, -64.18))
    assert taken(matched(roster_of(CORDOBA), far, near)) == {"cordoba": {"near"}}


def test_two_places_that_fit_one_member_are_ambiguous_and_neither_is_taken() -> None:
    places = (
        place("one", "Córdoba", "ARG", (-31.40, -64.18)),
        place("two", "Córdoba", "ARG", (-31.45, -64.20)),
    )
    report = matched(roster_of(CORDOBA), *places)
    row = row_of(report, "cordoba")
    assert taken(report) == {}
    assert row["outcome"] == "ambiguous"
    assert row["place_name"] == "Córdoba (one) / Córdoba (two)"


def test_a_place_that_two_members_claim_by_name_is_ambiguous_for_both() -> None:
    report = matched(roster_of(MEDELLIN, ABURRA), place("m", "Medellin", "COL"))
    assert taken(report) == {}
    assert report.members["outcome"].tolist() == ["ambiguous", "ambiguous"]


def test_a_member_takes_one_place_of_each_scale() -> None:
    places = (
        place("city", "Medellín", "COL", scale="city"),
        place("metro", "Medellín", "COL", scale="metro"),
    )
    assert taken(matched(roster_of(MEDELLIN), *places)) == {"medellin": {"city", "metro"}}


def test_a_metropolis_takes_the_metro_figure_and_not_its_core_citys() -> None:
    roster = roster_of(TURIN, scopes={"turin": ("metropolis", "yes")})
    places = (
        place("city", "Turin", "ITA", scale="city"),
        place("metro", "Turin", "ITA", scale="metro"),
    )
    assert taken(matched(roster, *places)) == {"turin": {"metro"}}


def test_a_metropolis_listed_only_as_its_core_city_says_so() -> None:
    roster = roster_of(TURIN, scopes={"turin": ("metropolis", "yes")})
    report = matched(roster, place("city", "Turin", "ITA", (45.07, 7.69), scale="city"))
    assert taken(report) == {}
    assert row_of(report, "turin")["reason_code"] == "other-body"


def test_a_metropolitan_body_leaves_the_shared_name_to_the_city() -> None:
    roster = roster_of(BARCELONA, BARCELONA_AMB, scopes={"barcelona-amb": ("metropolis", "no")})
    report = matched(roster, place("b", "Barcelona", "ESP", (41.39, 2.16)))
    assert taken(report) == {"barcelona": {"b"}}
    assert row_of(report, "barcelona-amb")["reason_code"] == "other-body"


def test_a_metropolitan_body_takes_a_place_of_its_own_name() -> None:
    alias = ("barcelona-amb", "Àrea Metropolitana de Barcelona", "official", "")
    roster = roster_of(
        BARCELONA,
        BARCELONA_AMB,
        aliases=[alias],
        scopes={"barcelona-amb": ("metropolis", "no")},
    )
    own = place("amb", "Area metropolitana de Barcelona", "ESP", scale="city")
    assert taken(matched(roster, own)) == {"barcelona-amb": {"amb"}}


@pytest.mark.parametrize("scale", ["city", "metro"])
def test_a_province_takes_no_citys_value(scale: str) -> None:
    roster = roster_of(STATE, scopes={"sao-paulo-state": ("region", "no")})
    report = matched(roster, place("sp", "São Paulo", "BRA", (-23.55, -46.63), scale=scale))
    assert taken(report) == {}
    assert row_of(report, "sao-paulo-state")["reason_code"] == "other-body"


def test_a_province_that_shares_a_name_does_not_hinder_the_city() -> None:
    roster = roster_of(SAO_PAULO, STATE, scopes={"sao-paulo-state": ("region", "no")})
    report = matched(roster, place("sp", "Sao Paulo", "BRA"))
    assert taken(report) == {"sao-paulo": {"sp"}}


def test_a_province_takes_a_place_that_its_own_alias_names() -> None:
    roster = roster_of(
        SAO_PAULO,
        STATE,
        aliases=[("sao-paulo-state", "Estado de São Paulo", "official", "")],
        scopes={"sao-paulo-state": ("region", "no")},
    )
    report = matched(roster, place("state", "ESTADO DE SAO PAULO", "BRA", scale="city"))
    assert taken(report) == {"sao-paulo-state": {"state"}}


def test_an_alias_of_one_source_holds_for_that_source() -> None:
    roster = roster_of(DELHI, aliases=[("new-delhi", "Delhi", "source-spelling", "some-source")])
    report = matched(roster, place("d", "Delhi", "IND"))
    assert taken(report) == {"new-delhi": {"d"}}
    assert row_of(report, "new-delhi")["matched_by"] == "alias"


def test_an_alias_of_another_source_does_not_hold() -> None:
    roster = roster_of(DELHI, aliases=[("new-delhi", "Delhi", "source-spelling", "other-source")])
    assert taken(matched(roster, place("d", "Delhi", "IND"))) == {}


def test_an_alias_far_away_is_not_taken() -> None:
    roster = roster_of(DELHI, aliases=[("new-delhi", "Delhi", "other-language", "")])
    assert taken(matched(roster, place("d", "Delhi", "IND", (10.0, 77.0)))) == {}


def test_the_name_goes_before_the_alias() -> None:
    roster = roster_of(DELHI, aliases=[("new-delhi", "Delhi", "other-language", "")])
    report = matched(roster, place("alias", "Delhi", "IND"), place("name", "New Delhi", "IND"))
    assert taken(report) == {"new-delhi": {"name"}}


def test_an_agglomeration_alias_lets_two_members_show_one_agglomeration() -> None:
    roster = roster_of(
        MEDELLIN,
        ABURRA,
        aliases=[("valle-de-aburra", "Medellín", "agglomeration", "some-source")],
        scopes={"valle-de-aburra": ("metropolis", "no")},
    )
    report = matched(roster, place("20827", "Medellín", "COL", (6.25, -75.56)))
    assert taken(report) == {"medellin": {"20827"}, "valle-de-aburra": {"20827"}}
    assert row_of(report, "medellin")["matched_by"] == "name"
    assert row_of(report, "valle-de-aburra")["matched_by"] == "alias"


def test_the_same_alias_of_another_kind_is_not_shared() -> None:
    roster = roster_of(
        MEDELLIN,
        ABURRA,
        aliases=[("valle-de-aburra", "Medellín", "source-spelling", "some-source")],
        scopes={"valle-de-aburra": ("metropolis", "no")},
    )
    assert taken(matched(roster, place("m", "Medellín", "COL"))) == {"medellin": {"m"}}


def test_the_identifier_goes_before_the_name() -> None:
    roster = roster_of(CORDOBA, identifiers=[("cordoba", "code", "42")])
    places = (
        place("by-name", "Córdoba", "ARG"),
        place("by-code", "Gran Córdoba", "ARG", identifier="42"),
    )
    report = matched(roster, *places)
    assert taken(report) == {"cordoba": {"by-code"}}
    assert row_of(report, "cordoba")["matched_by"] == "identifier"


def test_an_identifier_of_another_scheme_does_not_count() -> None:
    roster = roster_of(CORDOBA, identifiers=[("cordoba", "geonames", "42")])
    assert taken(matched(roster, place("p", "Elsewhere", "ARG", identifier="42"))) == {}


def test_an_identifier_gives_a_province_no_citys_value() -> None:
    roster = roster_of(
        STATE,
        identifiers=[("sao-paulo-state", "code", "BRSAO")],
        scopes={"sao-paulo-state": ("region", "no")},
    )
    assert taken(matched(roster, place("sp", "São Paulo", "BRA", identifier="BRSAO"))) == {}


def test_a_near_place_with_nearly_the_same_name_is_taken_by_coordinates() -> None:
    report = matched(roster_of(MEDELLIN), place("m", "Medelin", "COL", (6.25, -75.56)))
    assert taken(report) == {"medellin": {"m"}}
    assert row_of(report, "medellin")["matched_by"] == "coordinates"


def test_a_near_place_with_another_name_is_not_taken() -> None:
    report = matched(roster_of(GUANGZHOU), place("f", "Foshan", "CHN", (23.03, 113.12)))
    assert taken(report) == {}


def test_guangzhou_is_not_the_pearl_river_delta() -> None:
    delta = place("prd", "Guangzhou-Shenzhen (Pearl River Delta)", "CHN", (23.1, 113.3))
    assert taken(matched(roster_of(GUANGZHOU), delta)) == {}


def test_a_nearly_alike_name_beyond_30_km_is_not_taken() -> None:
    report = matched(roster_of(MEDELLIN), place("m", "Medelin", "COL", (6.6, -75.57)))
    assert taken(report) == {}


def test_every_member_has_one_row_in_roster_order() -> None:
    report = matched(roster_of(TURIN, CORDOBA, DELHI), place("c", "Cordoba", "ARG"))
    assert report.members["city_id"].tolist() == ["turin", "cordoba", "new-delhi"]
    assert report.matched["city_id"].tolist() == ["cordoba"]


def test_places_nobody_took_in_members_countries_are_listed() -> None:
    places = place("r", "Rosario", "ARG"), place("p", "Paris", "FRA")
    report = matched(roster_of(CORDOBA), *places)
    assert report.unmatched_places["place_key"].tolist() == ["r"]
