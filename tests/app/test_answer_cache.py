"""Answers given before: the same bytes for the same question, and never another's."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from observatory.answer_cache import LONGEST_QUESTION
from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.ingest.build import build
from observatory.pages.atlas import HEAD, LEGEND, MAP, SHOWN, STATE, YEAR


def _question(search: str) -> dict[str, Any]:
    names = ((HEAD, "children"), (MAP, "figure"), (LEGEND, "children"), (YEAR, "data"))
    outputs = [{"id": name, "property": prop} for name, prop in (*names, (SHOWN, "data"))]
    return {
        "output": ".." + "...".join(f"{one['id']}.{one['property']}" for one in outputs) + "..",
        "outputs": outputs,
        "inputs": [{"id": STATE, "property": "data", "value": search}],
        "changedPropIds": [f"{STATE}.data"],
    }


def _ask(client: FlaskClient, search: str = "?indicator=pm25_ug_per_m3") -> TestResponse:
    answer = client.post(
        "/_dash-update-component", json=_question(search), headers={"Accept-Encoding": "gzip"}
    )
    assert answer.status_code == 200
    return answer


@pytest.fixture
def fresh(settings: Settings) -> Flask:
    return create_dashboard(settings).server


def test_the_same_question_gets_the_same_answer_once_computed(
    fresh: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = fresh.test_client()
    first = _ask(client)
    monkeypatch.setitem(fresh.view_functions, "/_dash-update-component", lambda: ("", 500))
    again = _ask(client)
    assert again.data == first.data
    assert again.headers["Content-Encoding"] == first.headers["Content-Encoding"] == "gzip"


def test_another_theme_is_another_question(fresh: Flask) -> None:
    light, dark = fresh.test_client(), fresh.test_client()
    dark.set_cookie("theme", "dark")
    assert _ask(light).data != _ask(dark).data


def test_a_new_snapshot_is_answered_anew(unbuilt: Settings, tmp_path: Path) -> None:
    facts = replace(unbuilt, datasets_dir=tmp_path / "facts")
    shutil.copytree(unbuilt.datasets_dir, facts.datasets_dir)
    build(facts)
    client = create_dashboard(facts).server.test_client()
    before = _ask(client).data
    members = facts.datasets_dir / "roster" / "members.csv"
    text = members.read_text(encoding="utf-8")
    members.write_text(text.replace("Montréal", "Ville de Montréal"), encoding="utf-8")
    build(facts)
    assert _ask(client).data != before


def test_a_very_long_question_is_answered_and_not_kept(fresh: Flask) -> None:
    search = "?indicator=pm25_ug_per_m3&region=" + "x" * LONGEST_QUESTION
    _ask(fresh.test_client(), search)
