"""The published facts of the plan against what their documents say, read by hand."""

import math
import tomllib
from itertools import combinations

import pandas as pd
import pytest

from observatory.config import PROJECT_DIR
from observatory.ingest.staging import OWN_FILES

pytestmark = pytest.mark.datasets

DATASETS = PROJECT_DIR / "datasets"
PLAN_START = "2021-01-01"


def table(name: str) -> pd.DataFrame:
    path = DATASETS / ("plan" if "/" not in name else "") / f"{name}.csv"
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def figures(measure_id: str) -> dict[str, str]:
    own = table("actuals")
    own = own[own["measure_id"] == measure_id]
    return dict(zip(own["period"], own["value"], strict=True))


# Read off the documents that `source_url` names: value, relation, note.
BY_HAND = [
    ("members-members", "2017", "136", "exact", ""),
    ("members-members", "2018-01", "137", "exact", ""),
    ("members-members", "2018-08", "139", "exact", ""),
    ("members-members", "2019-04", "138", "exact", ""),
    ("members-members", "2020-06", "138", "exact", ""),
    ("members-members", "2020-12", "141", "exact", ""),
    ("members-members", "2023-06", "150", "over", ""),
    ("members-members", "undated", "144", "exact", ""),
    ("c4gh-experiences-shared", "2020", "380", "over", ""),
    (
        "c4gh-cities",
        "2020",
        "80",
        "over",
        "(half of them members), more than 20 countries",
    ),
    ("children-cities", "2023", "14", "exact", "9 countries"),
    ("children-children", "2021", "1200", "over", "children"),
    ("children-drawings", "2023", "392", "exact", "drawings"),
    ("congress-13-cities-represented", "2021-11", "126", "exact", ""),
    ("congress-13-participants", "2021-11", "800", "over", ""),
    ("gmf-cities-and-local-governments", "2018-12", "105", "exact", "39 countries"),
    ("rethink-signatories", "2020", "14", "exact", "7 member governments"),
    ("rethink-signatories", "2021", "", "words", ""),
    ("observatory-issue-papers-published", "2020-06", "10", "at_least", ""),
    ("use-case-studies", "2015", "100", "over", ""),
    ("use-case-studies", "2019-03", "296", "exact", ""),
    ("training-international-programmes-per-year-at-seoul", "undated", "5", "at_least", ""),
    ("lle-cities-and-regions-with-cases", "2020-09", "130", "over", ""),
    ("pilots-proposals-received", "2020", "15", "exact", ""),
    ("bodies-board-attendance", "2020-07", "22", "exact", "/ 28"),
    ("bodies-board-attendance", "2021-11", "27", "exact", "/ 32"),
    ("eu-budget-mget", "2020", "2500000", "exact", ""),
]


@pytest.mark.parametrize(("measure_id", "period", "value", "relation", "note"), BY_HAND)
def test_a_figure_is_what_its_document_says(
    measure_id: str, period: str, value: str, relation: str, note: str
) -> None:
    own = table("actuals").set_index(["measure_id", "period"]).loc[[(measure_id, period)]]
    assert own[["value", "relation", "note"]].to_numpy().tolist() == [[value, relation, note]]


def test_the_award_had_1635_initiatives_in_six_cycles() -> None:
    """The sixth cycle's document gives the sum; the first cycle is what is left of it."""
    assert figures("gza-initiatives-submitted") == {
        "2012-11-16": "255", "2014-11-28": "259", "2016-12-07": "301",
        "2018-12-07": "273", "2021-11-12": "273", "2023-12-07": "274",
    }  # fmt: skip
    assert sum(map(int, figures("gza-initiatives-submitted").values())) == 1635
    own = table("actuals").query("measure_id == 'gza-initiatives-submitted'")
    assert own["relation"].tolist() == ["derived"] + ["exact"] * 5


def test_cities_and_countries_of_the_award_by_cycle() -> None:
    cities, countries = (figures(f"gza-applying-{who}") for who in ("cities", "countries"))
    assert [int(one) for one in cities.values()] == [153, 177, 171, 193, 175, 193]
    assert [int(one) for one in countries.values()] == [56, 57, 59, 66, 60, 54]


def test_the_award_on_record_is_the_award_in_the_network() -> None:
    """What documents name of a cycle is what the network has of it, winners among the listed."""
    parts = table("network/participations")
    cycles = [f"GZA-{number}" for number in range(1, 7)]
    winners = [
        str(((parts["event_id"] == one) & (parts["role"] == "winner")).sum()) for one in cycles
    ]
    listed = parts["role"].isin(["winner", "shortlisted"])
    shortlisted = [str(((parts["event_id"] == one) & listed).sum()) for one in cycles]
    assert list(figures("gza-winners").values()) == winners == ["5"] * 6
    assert list(figures("gza-shortlisted").values()) == shortlisted


def test_a_figure_is_known_from_the_end_of_its_period_or_from_our_look() -> None:
    actuals = table("actuals")
    dated = actuals[actuals["period"] != "undated"]
    assert (dated["known_on"] == dated["on_date"]).all()
    undated = actuals[actuals["period"] == "undated"]
    assert set(undated["on_date"]) == {""}
    assert (undated["known_on"] >= "2026-11-22").all()


def test_every_figure_names_its_document_and_its_words() -> None:
    actuals = table("actuals")
    assert actuals["source_url"].str.startswith("http").all()
    assert (actuals["as_stated"] != "").all()
    assert len(actuals) == 81


def last_before_the_plan(measure_id: str) -> float:
    own = table("actuals")
    own = own[(own["measure_id"] == measure_id) & (own["value"] != "")]
    own = own[(own["on_date"] != "") & (own["on_date"] < PLAN_START)].sort_values("on_date")
    return float(own["value"].iloc[-1])


def strong_parts() -> pd.DataFrame:
    """Members in events of working together, with the years of the event."""
    kinds = table("network/event_kinds")
    strong = set(kinds.loc[kinds["strength"] == "strong", "kind"])
    events = table("network/events")
    events = events[events["kind"].isin(strong) & (events["year_start"] != "")]
    parts = table("network/participations")
    return (
        parts[parts["city_id"] != ""]
        .merge(events, on="event_id")
        .drop_duplicates(["event_id", "city_id"])
    )


def members_before_the_plan() -> int:
    """Members with another in an event that ran in 2018, 2019 or 2020."""
    parts = strong_parts()
    runs = (parts["year_start"] <= "2020") & (
        parts["year_end"].where(parts["year_end"] != "", parts["year_start"]) >= "2018"
    )
    own = parts[runs]
    together = own[own.groupby("event_id")["city_id"].transform("nunique") > 1]
    return together["city_id"].nunique()


def new_ties_before_the_plan() -> int:
    """Pairs whose first event together began in 2020."""
    first: dict[tuple[str, ...], str] = {}
    for _event, own in strong_parts().sort_values("year_start").groupby("event_id", sort=False):
        for pair in combinations(sorted(own["city_id"]), 2):
            first.setdefault(pair, own["year_start"].iloc[0])
    return sum(year == "2020" for year in first.values())


@pytest.mark.parametrize(
    "target", table("targets").to_dict("records"), ids=lambda t: t["measure_id"]
)
def test_an_illustrative_target_follows_its_stated_rule(target: dict[str, str]) -> None:
    """A tenth more than the last figure before the plan, rounded up."""
    computed = {
        "network-members": members_before_the_plan,
        "network-new-ties": new_ties_before_the_plan,
    }
    measure_id = target["measure_id"]
    start = computed[measure_id]() if measure_id in computed else last_before_the_plan(measure_id)
    assert target["standing"] == "illustrative"
    assert int(target["value"]) == math.ceil(round(start * 11, 6) / 10)
    assert f"the last figure before the plan ({start:g}), rounded up" in target["note"]
    assert target["note"].startswith("ours, to show how the rule works: a tenth more than")
    assert (target["on_date"], target["known_on"]) == ("2023-12-31", PLAN_START)


def test_every_event_city_and_theme_of_an_initiative_is_there() -> None:
    initiatives = table("initiatives")
    catalogue = tomllib.loads((DATASETS / "indicators.toml").read_text(encoding="utf-8"))
    known = {
        "events": set(table("network/events")["event_id"]),
        "cities": set(table("roster/members")["city_id"]),
        "themes": {entry["theme"] for entry in catalogue.values()},
        "sdgs": {str(number) for number in range(1, 18)},
    }
    for column, ids in known.items():
        named = {one for cell in initiatives[column] if cell for one in cell.split(";")}
        assert named
        assert named <= ids


def test_every_event_that_is_an_initiatives_own_is_linked_to_one() -> None:
    """Awards, congresses, pilots and the women's network belong to the plan whole."""
    events = table("network/events")
    linked = {one for cell in table("initiatives")["events"] if cell for one in cell.split(";")}
    for start in ("GZA-", "CON", "PP", "NET", "EGI", "CALL", "WG"):
        own = set(events.loc[events["event_id"].str.startswith(start), "event_id"])
        assert own
        assert own <= linked


SEEDS = {
    "Metropolis Observatory": "observatory",
    "Metropolis Indicators": "indicators",
    "Guangzhou": "gza",
    "USE": "use",
    "City Managers Community": "cmc",
    "Emergency Governance Initiative": "egi",
    "Cities for Global Health": "c4gh",
    "Pilot projects": "pilots",
    "Learning Hubs": "training",
    "13th Metropolis World Congress": "congress-13",
    "Global Mayors Forum": "gmf",
    "General Assembly": "bodies",
    "Membership": "members",
    "Gender": "gender",
    "Children": "children",
}


@pytest.mark.parametrize(("name", "initiative_id"), SEEDS.items())
def test_what_the_association_is_known_for_is_in_the_plan(name: str, initiative_id: str) -> None:
    titles = table("initiatives").set_index("initiative_id")["title"]
    assert name in titles[initiative_id]
    if initiative_id != "gender":  # no figure of it was seen in any document
        assert initiative_id in set(table("measures")["node_id"])


def test_the_congress_names_its_days_and_themes() -> None:
    congress = table("initiatives").set_index("initiative_id").loc["congress-13"]
    assert (congress["starts_on"], congress["ends_on"]) == ("2021-11-08", "2021-11-13")
    for theme in (
        "public health", "new infrastructure", "poverty alleviation", "climate change",
        "resilience", "urban renewal",
    ):  # fmt: skip
        assert theme in congress["note"]


def test_the_frame_says_that_it_is_ours_and_no_target_is_anybody_elses() -> None:
    plan = table("plans").iloc[0]
    assert "our own frame" in plan["frame"]
    assert (plan["starts_on"], plan["ends_on"]) == (PLAN_START, "2023-12-31")
    assert set(table("targets")["standing"]) == {"illustrative"}
    assert table("baselines").empty


def test_a_measure_is_computed_or_reported_and_none_is_both() -> None:
    measures = table("measures").set_index("measure_id")
    reported = set(table("actuals")["measure_id"])
    computed = set(measures.index[measures["computed"] != ""])
    assert reported.isdisjoint(computed)
    assert reported | computed == set(measures.index)


def test_every_table_of_the_plan_is_there() -> None:
    for name in OWN_FILES.values():
        assert (DATASETS / name).exists()
