"""Saved views: the same numbers later, or what changed since."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.ingest.build import build
from observatory.workspace.engine import shown_url
from tests.facts import change_fact

VIEW = {"page": "atlas", "search": "?indicator=pm25_ug_per_m3&region=Europe"}


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Flask:
    """The dashboard over the shared snapshot, with a workspace of its own."""
    url = f"sqlite:///{tmp_path / 'workspace.sqlite'}"
    return create_dashboard(replace(settings, workspace_url=url)).server


def _saved(client: FlaskClient, view: dict[str, str] = VIEW) -> str:
    answer = client.post("/views", json=view)
    assert answer.status_code == 201
    found = answer.get_json()
    assert isinstance(found, dict)
    return str(found["view_id"])


def test_a_saved_view_opens_what_was_saved(own: Flask) -> None:
    client = own.test_client()
    view_id = _saved(client)
    assert len(view_id) == 8
    answer = client.get(f"/v/{view_id}")
    assert answer.status_code == 302
    assert answer.location == "/atlas?indicator=pm25_ug_per_m3&region=Europe"


def test_the_same_view_of_the_same_snapshot_has_one_id(own: Flask) -> None:
    client = own.test_client()
    assert _saved(client) == _saved(client)


def test_changed_numbers_are_told_cell_by_cell(unbuilt: Settings, tmp_path: Path) -> None:
    build(unbuilt)
    client = create_dashboard(unbuilt).server.test_client()
    view_id = _saved(client)
    later = replace(unbuilt, datasets_dir=tmp_path / "later")
    shutil.copytree(unbuilt.datasets_dir, later.datasets_dir)
    name = "observations/figures.csv"
    change_fact(
        later.datasets_dir,
        name,
        "pm25_ug_per_m3,berlin,2014,14.25",
        "pm25_ug_per_m3,berlin,2014,14.5",
    )
    build(later)
    answer = client.get(f"/v/{view_id}")
    assert answer.location == f"/views/{view_id}"
    assert client.get(f"/views/{view_id}").status_code == 200
    numbers = client.get(f"/v/{view_id}.json").get_json()
    assert isinstance(numbers, dict)
    berlin = next(row for row in numbers["data"] if row["city_id"] == "berlin")
    assert berlin["value"] == 14.25


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"page": "atlas"}, 400),
        ({"page": "atlas", "search": 3}, 400),
        ({"page": "atlas", "search": "?nonsense=1"}, 400),
        ({"page": "nowhere", "search": ""}, 404),
        (["atlas"], 400),
        ({"page": "atlas", "search": "?" + "x" * 5000}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    own: Flask, body: object, status: int
) -> None:
    answer = own.test_client().post("/views", json=body)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_an_unknown_id_is_a_404(own: Flask) -> None:
    client = own.test_client()
    assert client.get("/v/zzzzzzzz").status_code == 404
    assert client.get("/views/zzzzzzzz").status_code == 404


def test_a_workspace_that_cannot_be_written_is_said_and_pages_go_on(
    settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "no-folder" / "workspace.sqlite"
    client = create_dashboard(
        replace(settings, workspace_url=f"sqlite:///{blocked}")
    ).server.test_client()
    answer = client.post("/views", json=VIEW)
    assert answer.status_code == 503
    assert "Nothing that was kept is lost" in answer.get_data(as_text=True)
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "workspace" in ready.get_data(as_text=True)
    assert client.get("/atlas").status_code == 200
    blocked.parent.mkdir()
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://me:secret@db.example/x", "postgresql+psycopg://…@db.example/x"),
        ("sqlite:///data/workspace.sqlite", "sqlite:///data/workspace.sqlite"),
        ("", ""),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert shown_url(url) == shown
