"""The recipes of CONTRIBUTING.md are true."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

from observatory.config import Settings
from observatory.ingest.build import build
from observatory.pages.router import page_content
from observatory.pages.visit import Page
from observatory.queries.catalogue import all_indicators
from observatory.store.warehouse import Store

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found
    return found[1]


def test_every_file_named_in_the_recipes_exists() -> None:
    names = re.findall(r"`((?:observatory|datasets|tests)/[\w./-]*)`", TEXT)
    assert len(names) >= 8
    assert [name for name in names if not (PROJECT / name).exists()] == []


def test_an_indicator_added_by_the_recipe_is_in_the_catalogue(
    unbuilt: Settings, tmp_path: Path
) -> None:
    facts = Path(shutil.copytree(unbuilt.datasets_dir, tmp_path / "datasets"))
    catalogue = facts / "indicators.toml"
    catalogue.write_text(f"{catalogue.read_text()}\n{_block('toml')}")
    settings = replace(unbuilt, datasets_dir=facts)
    build(settings)
    store = Store(settings)
    assert all_indicators(store)["walking_share_pct"].title == "Trips on foot"
    store.close()


def test_a_page_added_by_the_recipe_is_served(store: Store) -> None:
    defined: dict[str, object] = {}
    exec(_block("python"), defined)  # noqa: S102 - the recipe itself is under test
    page = defined["PAGE"]
    assert isinstance(page, Page)
    content, title, status = page_content(store, [page], "/example", "")
    assert (title, status) == ("Example", 200)
    assert "What is an example?" in str(content)
