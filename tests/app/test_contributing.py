"""The recipes of CONTRIBUTING.md are true."""

import importlib.util
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from observatory.config import Settings
from observatory.ingest import adapters
from observatory.ingest.build import build
from observatory.ingest.registry import all_adapters, find_adapter
from observatory.ingest.tidy import Ingested, ingest
from observatory.pages.router import page_content, page_title
from observatory.pages.visit import Page
from observatory.queries.catalogue import all_indicators, all_sources
from observatory.queries.values import city_latest
from observatory.store.warehouse import Store

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = ("Add a source", "Add an indicator", "Add a page")
PUBLISHED = """City,Country,Year,Walking
Berlin,Germany,2020,26.5
Córdoba,Spain,2020,40
Montréal,Canada,2020,
"""
MODULE = f"{adapters.__name__}.walking_survey"


def _recipe(heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1]


def _block(heading: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", _recipe(heading), re.DOTALL)
    assert found, (heading, language)
    return found[1]


def _append(path: Path, block: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{block}", encoding="utf-8")


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def facts(unbuilt: Settings, tmp_path: Path) -> Settings:
    """Settings over a copy of the small facts with the recipes' two entries added."""
    folder = Path(shutil.copytree(unbuilt.datasets_dir, tmp_path / "datasets"))
    _append(folder / "sources.toml", _block("Add a source", "toml"))
    _append(folder / "indicators.toml", _block("Add an indicator", "toml"))
    return replace(unbuilt, datasets_dir=folder)


@pytest.fixture
def with_adapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The recipe's adapter as one more module of the adapters' package."""
    folder = tmp_path / "adapters"
    folder.mkdir()
    module = folder / "walking_survey.py"
    module.write_text(_block("Add a source", "python"), encoding="utf-8")
    monkeypatch.setattr(adapters, "__path__", [*adapters.__path__, str(folder)])
    yield
    sys.modules.pop(MODULE, None)


def _ingested(facts: Settings, tmp_path: Path) -> Ingested:
    file = tmp_path / "walking.csv"
    file.write_text(PUBLISHED, encoding="utf-8")
    return ingest(
        find_adapter("walking-survey"),
        [file],
        datasets_dir=facts.datasets_dir,
        operator_dir=facts.data_dir,
        today=date(2026, 11, 23),
    )


@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_is_numbered_and_names_files_that_exist(heading: str) -> None:
    recipe = _recipe(heading)
    steps = [int(number) for number in re.findall(r"^(\d)\. ", recipe, re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    names = re.findall(r"`((?:observatory|datasets|tests|docs)/[\w./-]*)`", recipe)
    assert names
    assert [name for name in names if not (PROJECT / name).exists()] == []


@pytest.mark.usefixtures("with_adapter")
def test_a_source_added_by_the_recipe_is_read_matched_and_built(
    facts: Settings, tmp_path: Path
) -> None:
    done = _ingested(facts, tmp_path)
    assert list(done.observations["place_id"]) == ["berlin"]
    build(facts)
    store = Store(facts)
    assert all_sources(store)["walking-survey"].rows == 1
    held = city_latest(store, city_id="berlin").set_index("indicator_id")
    assert held.loc["walking_share_pct", "value"] == 26.5
    store.close()


@pytest.mark.usefixtures("with_adapter")
def test_an_adapter_added_by_the_recipe_stands_in_no_list() -> None:
    assert "walking-survey" in all_adapters()


def test_an_indicator_added_by_the_recipe_is_in_the_catalogue(facts: Settings) -> None:
    build(facts)
    store = Store(facts)
    assert all_indicators(store)["walking_share_pct"].title == "Trips to work on foot"
    store.close()


def test_a_page_added_by_the_recipe_is_served(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "themes.py"
    path.write_text(_block("Add a page", "python"), encoding="utf-8")
    page = _module(path).PAGE
    assert isinstance(page, Page)
    assert page_title(store, [page], "/themes") == ("Themes · Metropolis Observatory", 200)
    assert "national context" in str(page_content(store, [page], "/themes", ""))
