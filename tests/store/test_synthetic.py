"""The made-up figures of `make bench`: labelled, kept away from datasets/, fit for the build."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from observatory.config import PROJECT_DIR, Settings
from observatory.ingest.build import build
from observatory.store.warehouse import Store
from tools.bench.synthetic import Size, write_synthetic

SMALL = Size(copies=2, observations=3000)
SYNTHETIC = "synthetic"


@pytest.fixture
def made_up(unbuilt: Settings, tmp_path: Path) -> Settings:
    folder = tmp_path / "facts"
    write_synthetic(folder, base=unbuilt.datasets_dir, size=SMALL)
    return replace(unbuilt, datasets_dir=folder)


def test_every_source_and_boundary_says_that_it_is_synthetic(made_up: Settings) -> None:
    sources = tomllib.loads((made_up.datasets_dir / "sources.toml").read_text())
    assert all(name.startswith(SYNTHETIC) for name in sources)
    assert all(SYNTHETIC in entry["title"].lower() for entry in sources.values())
    assert all(SYNTHETIC in entry["boundary"] for entry in sources.values())
    build(made_up)
    store = Store(made_up)
    labelled = "SELECT count(*), count(*) FILTER (boundary LIKE 'synthetic%') FROM observations"
    assert store.rows(labelled) == [(3000, 3000)]
    assert store.rows("SELECT count(*) FROM cities") == [(24,)]
    store.close()


def test_it_is_refused_inside_datasets(unbuilt: Settings) -> None:
    inside = PROJECT_DIR / "datasets" / "observations" / "made-up"
    with pytest.raises(ValueError, match="never go into datasets/"):
        write_synthetic(inside, base=unbuilt.datasets_dir, size=SMALL)
    assert not inside.exists()


def test_equal_seeds_give_equal_files(unbuilt: Settings, tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_synthetic(tmp_path / name, base=unbuilt.datasets_dir, size=SMALL)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*")]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()
