"""Passports: page, window, JSON; a number of every kind resolves to one."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.errors import UnknownIdError
from observatory.ingest.build import build
from observatory.queries.passport import alternatives, find_observation
from observatory.store.warehouse import Store
from tests.facts import change_fact

ONE = """
    SELECT l.observation_id FROM latest AS l
    WHERE l.indicator_id = $indicator_id AND l.place_id = $place_id
"""


def _id(store: Store, indicator_id: str, place_id: str) -> str:
    return str(store.rows(ONE, indicator_id=indicator_id, place_id=place_id)[0][0])


def test_the_window_tells_all_a_number_rests_on(store: Store, server: Flask) -> None:
    observation_id = _id(store, "pm25_ug_per_m3", "berlin")
    answer = server.test_client().get(f"/passport-window/{observation_id}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    for words in ("14.2", "µg/m³", "2014", "metro", "CC BY 4.0", "Row of the source", "Berlin"):
        assert words in text
    assert store.publication().snapshot_id in text


def test_the_json_is_the_observation_as_stored(store: Store, server: Flask) -> None:
    observation_id = _id(store, "pm25_ug_per_m3", "berlin")
    answer = server.test_client().get(f"/api/v1/observations/{observation_id}")
    found = answer.get_json()
    assert found["observation_id"] == observation_id
    assert (found["value"], found["place_id"], found["period"]) == (14.25, "berlin", 2014)


def test_every_observation_is_found_by_its_id(store: Store) -> None:
    stated = store.rows("SELECT observation_id, indicator_id, place_id FROM observations")
    for observation_id, *about in stated:
        row = find_observation(store, str(observation_id))
        assert [row["indicator_id"], row["place_id"]] == about


def test_half_an_id_names_no_number(store: Store) -> None:
    held = _id(store, "pm25_ug_per_m3", "berlin")
    with pytest.raises(UnknownIdError):
        find_observation(store, held[:8] + held[:8])


@pytest.mark.parametrize("path", ["/passport/none", "/passport-window/none", "/passport/%22'--"])
def test_a_number_that_is_not_there_is_told_with_404(server: Flask, path: str) -> None:
    assert server.test_client().get(path).status_code == 404


def test_an_unknown_observation_is_a_problem_of_the_api(server: Flask) -> None:
    answer = server.test_client().get("/api/v1/observations/none")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_every_latest_number_has_a_passport(store: Store, server: Flask) -> None:
    client = server.test_client()
    ids = [str(row[0]) for row in store.rows("SELECT observation_id FROM latest")]
    assert ids
    for observation_id in ids:
        answer = client.get(f"/passport-window/{observation_id}")
        assert answer.status_code == 200, observation_id


def test_the_document_is_named_after_indicator_and_place(store: Store, server: Flask) -> None:
    observation_id = _id(store, "pm25_ug_per_m3", "berlin")
    text = server.test_client().get(f"/passport/{observation_id}").get_data(as_text=True)
    assert "Berlin · Metropolis Observatory</title>" in text


def test_another_source_of_the_same_figure_is_told(unbuilt: Settings, tmp_path: Path) -> None:
    facts = replace(unbuilt, datasets_dir=tmp_path / "facts")
    shutil.copytree(unbuilt.datasets_dir, facts.datasets_dir)
    other = facts.datasets_dir / "observations" / "pledges.csv"
    last = other.read_text(encoding="utf-8").splitlines()[-1]
    second = "pm25_ug_per_m3,berlin,2014,14.5,,estimated,metro,urban agglomeration,second,"
    change_fact(facts.datasets_dir, "observations/pledges.csv", last, f"{last}\n{second}")
    build(facts)
    store = Store(facts)
    others = alternatives(store, observation_id=_id(store, "pm25_ug_per_m3", "berlin"))
    told = others.loc[others["why"] == "source", ["indicator_id", "value", "source_id"]]
    assert told.to_numpy().tolist() == [["pm25_ug_per_m3", 14.25, "figures"]]
    store.close()


RESTRICTED = """
    SELECT o.observation_id FROM observations AS o
    JOIN sources AS s USING (source_id)
    WHERE s.licence_class = 'restricted'
"""


def test_a_figure_of_a_restricted_source_is_shown_and_not_passed_on(
    unbuilt: Settings, tmp_path: Path
) -> None:
    facts = replace(unbuilt, datasets_dir=tmp_path / "facts")
    shutil.copytree(unbuilt.datasets_dir, facts.datasets_dir)
    change_fact(
        facts.datasets_dir, "sources.toml", 'licence_class = "open"', 'licence_class = "restricted"'
    )
    build(facts)
    store = Store(facts)
    observation_id = str(store.rows(RESTRICTED)[0][0])
    store.close()
    client = create_dashboard(facts).server.test_client()
    window = client.get(f"/passport-window/{observation_id}")
    assert window.status_code == 200
    assert "Copy as JSON" not in window.get_data(as_text=True)
    answer = client.get(f"/api/v1/observations/{observation_id}")
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    page = client.get("/api/v1/observations?limit=1000").get_json()
    assert isinstance(page, dict)
    assert observation_id not in {one["observation_id"] for one in page["data"]}
