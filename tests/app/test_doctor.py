"""`doctor` and the settings say what is wrong in plain words."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from observatory.config import Settings
from observatory.diagnosis import findings, python_finding
from observatory.errors import SettingsError
from observatory.serving import require_free_port
from tests.serving import free_port


def _bad(settings: Settings) -> dict[str, str]:
    return {found.subject: found.words for found in findings(settings) if not found.is_fine}


def test_a_machine_as_needed_has_no_findings(settings: Settings) -> None:
    assert _bad(replace(settings, port=free_port())) == {}


def test_a_missing_snapshot_says_what_to_run(unbuilt: Settings) -> None:
    assert "observatory build" in _bad(unbuilt)["Snapshot"]


def test_a_port_in_use_is_told(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = replace(settings, port=taken.getsockname()[1])
        assert "in use" in _bad(busy)["Port"]
        with pytest.raises(SettingsError, match="OBSERVATORY_PORT"):
            require_free_port(busy)


def test_a_data_folder_that_is_a_file_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert "Data folder" in _bad(replace(settings, data_dir=tmp_path / "data"))


def test_a_workspace_that_cannot_be_written_is_told(settings: Settings, tmp_path: Path) -> None:
    nowhere = replace(settings, workspace_url=f"sqlite:///{tmp_path / 'no' / 'workspace.sqlite'}")
    assert "can be written" in _bad(nowhere)["Workspace"]


def test_missing_facts_are_named(settings: Settings, tmp_path: Path) -> None:
    assert "members.csv" in _bad(replace(settings, datasets_dir=tmp_path))["Input facts"]


def test_an_old_python_is_told() -> None:
    assert "expected 3.11 or newer, found 3.9" in python_finding((3, 9)).words


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("PORT", "many", "a whole number"),
        ("PORT", "70000", "1 to 65535"),
        ("QUERY_SECONDS", "-1", "more than 0"),
        ("SNAPSHOTS_KEPT", "1", "at least 2"),
    ],
)
def test_a_wrong_setting_names_its_variable(name: str, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=f"OBSERVATORY_{name}.*{told}"):
        Settings.from_env({f"OBSERVATORY_{name}": text})


@pytest.mark.parametrize("limit", ["lots", "12", "80%"])
def test_a_memory_limit_that_is_no_size_is_told_as_such(limit: str) -> None:
    with pytest.raises(SettingsError, match=r"OBSERVATORY_MEMORY_LIMIT: expected a size .* 512MB"):
        Settings.from_env({"OBSERVATORY_MEMORY_LIMIT": limit})


@pytest.mark.parametrize("limit", ["512MB", "1.5 gb", "2GiB"])
def test_a_memory_limit_as_duckdb_writes_it_is_taken(limit: str) -> None:
    assert Settings.from_env({"OBSERVATORY_MEMORY_LIMIT": limit}).memory_limit == limit
