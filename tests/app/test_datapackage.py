"""The Data Package is valid for its own tools, complete, open only, and written whole or not."""

import csv
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from frictionless import Package, validate

from observatory.cli import main
from observatory.config import Settings
from observatory.errors import SettingsError
from observatory.exchange import datapackage
from observatory.exchange.datapackage import write_datapackage
from observatory.ingest.build import build
from observatory.queries.observations import ObservationFilter, observations
from observatory.schema import TABLES
from observatory.store.warehouse import Store
from tests.conftest import DATA

NAME = "no2_measured_ug_per_m3"


def _quietly(_done: int, _total: int, _name: str) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def package(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_datapackage(
        store, tmp_path_factory.mktemp("taken") / "package", progress=_quietly
    ).parent


def _descriptor(package: Path) -> dict[str, object]:
    return json.loads((package / "datapackage.json").read_text())


def test_the_tools_of_the_format_find_nothing_wrong(package: Path) -> None:
    report = validate(package / "datapackage.json")
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])


def test_every_table_and_every_source_with_figures_is_a_file(package: Path) -> None:
    names = {resource["name"] for resource in _descriptor(package)["resources"]}
    tables = {table.name for table in TABLES} - {"observations"}
    assert names == tables | {f"observations-{key}" for key in ("figures", "national", "pledges")}
    assert {path.name for path in package.iterdir()} == {
        "README.md",
        "datapackage.json",
        *(f"{name}.csv" for name in names),
    }


def test_sizes_and_checksums_are_those_of_the_files(package: Path) -> None:
    for resource in _descriptor(package)["resources"]:
        content = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_figures_come_back_as_they_are_stored(package: Path, store: Store) -> None:
    found = {
        row["observation_id"]: row
        for resource in Package(package / "datapackage.json").resources
        if resource.name.startswith("observations-")
        for row in resource.read_rows()
    }
    stored = observations(store, wanted=ObservationFilter())
    assert set(found) == set(stored["observation_id"])
    for row in stored.astype("object").where(stored.notna(), None).to_dict("records"):
        taken = found[row["observation_id"]]
        value = None if taken["value"] is None else float(taken["value"])
        year = taken["period_year"]
        assert (value, taken["category"]) == (row["value"], row["category"])
        assert (year, taken["source_row"]) == (row["period"], row["source_row"])


def test_lists_and_days_keep_their_type(package: Path) -> None:
    taken = Package(package / "datapackage.json")
    categories = {
        row["indicator_id"]: row["categories"]
        for row in taken.get_resource("indicators").read_rows()
    }
    assert categories["climate_target_type"] == ["Net zero", "Climate neutral", "No target"]
    assert categories[NAME] is None
    days = {row["looked_on"].isoformat() for row in taken.get_resource("sources").read_rows()}
    assert days == {"2026-11-22"}


def test_licence_citation_units_and_snapshot_are_inside(package: Path, store: Store) -> None:
    descriptor = _descriptor(package)
    assert descriptor["version"] == store.publication().snapshot_id
    figures = next(r for r in descriptor["resources"] if r["name"] == "observations-figures")
    assert figures["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    assert figures["sources"][0]["citation"].startswith("Test bureau (2020)")
    matches = next(r for r in descriptor["resources"] if r["name"] == "matches")
    units = {field["name"]: field.get("unit") for field in matches["schema"]["fields"]}
    assert units["distance_km"] == "km"
    readme = (package / "README.md").read_text()
    assert "Test bureau (2020). Figures made by hand for the tests." in readme
    assert store.publication().snapshot_id in readme


def test_the_same_snapshot_makes_the_same_package(
    package: Path, store: Store, tmp_path: Path
) -> None:
    again = write_datapackage(store, tmp_path / "again", progress=_quietly).parent
    for path in package.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_restricted_figures_are_left_out_and_told(unbuilt: Settings, tmp_path: Path) -> None:
    settings = replace(unbuilt, datasets_dir=tmp_path / "facts")
    shutil.copytree(DATA, settings.datasets_dir)
    for folder in ("observations", "matches"):
        (settings.data_dir / folder).mkdir(parents=True)
    shutil.copy(DATA / "matches" / "pledges.csv", settings.data_dir / "matches" / "withheld.csv")
    (settings.data_dir / "observations" / "withheld.csv").write_text(
        "indicator_id,place_id,period_year,value,category,status,scale,boundary,source_row,note\n"
        f"{NAME},berlin,2020,27.125,,observed,city,administrative,3,\n"
    )
    build(settings)
    store = Store(settings)
    folder = write_datapackage(store, tmp_path / "package", progress=_quietly).parent
    store.close()
    assert not (folder / "observations-withheld.csv").exists()
    assert all("27.125" not in path.read_text() for path in folder.iterdir())
    with (folder / "matches.csv").open(encoding="utf-8", newline="") as file:
        assert "withheld" not in {row["source_id"] for row in csv.DictReader(file)}
    assert (
        "A restricted source without a file. CC BY 4.0. 1 figure"
        in (folder / "README.md").read_text()
    )
    assert validate(folder / "datapackage.json").valid


def test_a_folder_that_holds_something_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(SettingsError, match="to be empty or not to exist"):
        write_datapackage(store, tmp_path, progress=_quietly)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(SettingsError, match="found the file"):
        write_datapackage(store, tmp_path / "mine.txt", progress=_quietly)


def test_an_empty_folder_is_filled(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    assert write_datapackage(store, folder, progress=_quietly).exists()
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_failure_leaves_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_parts: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(datapackage, "readme", full)
    with pytest.raises(SettingsError, match="No space left"):
        write_datapackage(store, tmp_path / "package", progress=_quietly)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_it_and_says_where(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    command = ["export", "datapackage", str(folder)]
    done = CliRunner().invoke(main, command, env=settings.as_variables())
    assert done.exit_code == 0
    assert str(folder / "datapackage.json") in done.output
    again = CliRunner().invoke(main, command, env=settings.as_variables())
    assert again.exit_code == 1
    assert "choose a new folder" in again.output
