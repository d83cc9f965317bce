"""The build: publishing, refusing, waiting, failing without harm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from observatory.config import Settings
from observatory.errors import DatasetError, StoreError
from observatory.ingest.build import build, check
from observatory.schema import SCHEMA_VERSION
from observatory.store.publication import POINTER, current_publication, snapshots_dir
from observatory.store.warehouse import Store
from tests.facts import change_fact

PROJECT = Path(__file__).resolve().parents[2]


def _spoil(settings: Settings, name: str, before: str, after: str) -> None:
    change_fact(settings.datasets_dir, name, before, after)


def test_same_facts_give_the_same_content_hash(settings: Settings, unbuilt: Settings) -> None:
    again = build(unbuilt)
    assert again.content_hash == current_publication(settings.data_dir).content_hash


def test_a_current_snapshot_is_not_built_again(unbuilt: Settings) -> None:
    first = build(unbuilt)
    assert build(unbuilt) == first
    assert build(unbuilt, force=True).sequence == 2


def test_changed_facts_give_another_hash(own_facts: Settings) -> None:
    before = build(own_facts)
    _spoil(own_facts, "observations/figures.csv", "14.25", "14.5")
    after = build(own_facts)
    assert after.content_hash != before.content_hash
    assert after.sequence == before.sequence + 1


def test_every_problem_is_reported_at_once_with_file_row_and_rule(own_facts: Settings) -> None:
    _spoil(own_facts, "roster/members.csv", "52.5", "152.5")
    _spoil(own_facts, "roster/members.csv", ",Europe,city,", ",Atlantis,city,")
    _spoil(own_facts, "observations/figures.csv", "14.25", "1425")
    with pytest.raises(DatasetError) as caught:
        check(own_facts)
    told = [str(problem) for problem in caught.value.problems]
    assert any("members.csv, row 4, column latitude_deg" in line for line in told)
    assert any("column region" in line and "'Atlantis'" in line for line in told)
    assert any("figures.csv" in line and "plausible range" in line for line in told)


def test_a_hand_edited_file_is_refused_by_its_checksum(own_facts: Settings) -> None:
    path = own_facts.datasets_dir / "observations" / "figures.csv"
    path.write_text(path.read_text().replace("14.25", "14.5"))
    with pytest.raises(DatasetError, match="checksum"):
        check(own_facts)


def test_a_file_without_an_entry_does_not_load(own_facts: Settings) -> None:
    shutil.copy(
        own_facts.datasets_dir / "observations" / "national.csv",
        own_facts.datasets_dir / "observations" / "stray.csv",
    )
    with pytest.raises(DatasetError, match=r"entry \[stray\]"):
        check(own_facts)


def test_a_utf16_file_and_a_semicolon_file_are_named(own_facts: Settings) -> None:
    members = own_facts.datasets_dir / "roster" / "members.csv"
    members.write_bytes(members.read_text().encode("utf-16"))
    scopes = own_facts.datasets_dir / "roster" / "scopes.csv"
    scopes.write_text(scopes.read_text().replace(",", ";"))
    with pytest.raises(DatasetError) as caught:
        check(own_facts)
    told = str(caught.value)
    assert "roster/members.csv: expected UTF-8" in told
    assert "not semicolons" in told


def test_a_failed_build_leaves_the_published_snapshot(own_facts: Settings) -> None:
    published = build(own_facts)
    _spoil(own_facts, "observations/figures.csv", "14.25", "much")
    with pytest.raises(DatasetError):
        build(own_facts)
    assert current_publication(own_facts.data_dir) == published
    store = Store(own_facts)
    assert store.rows("SELECT count(*) FROM cities") == [(12,)]
    store.close()


def test_a_full_disk_is_told_and_harms_nothing(unbuilt: Settings) -> None:
    """The limit on file size makes the system refuse the write, as a full disk does."""
    build(unbuilt)
    before = current_publication(unbuilt.data_dir)
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
        "sys.argv = ['observatory', 'build', '--force'];"
        "from observatory.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=_environment(unbuilt),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "could not be written" in done.stderr
    assert current_publication(unbuilt.data_dir) == before


def test_two_builds_at_once_both_end_well(unbuilt: Settings) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "observatory", "build"],
            cwd=PROJECT,
            env=_environment(unbuilt),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0], ended
    assert current_publication(unbuilt.data_dir).sequence == 1


def test_a_pointer_of_a_newer_version_is_told(unbuilt: Settings) -> None:
    build(unbuilt)
    pointer = snapshots_dir(unbuilt.data_dir) / POINTER
    own = f'"schema_version": {SCHEMA_VERSION}'
    pointer.write_text(pointer.read_text().replace(own, '"schema_version": 99'))
    with pytest.raises(StoreError, match="newer version"):
        build(unbuilt)
    assert build(unbuilt, force=True).schema_version == SCHEMA_VERSION


def _environment(settings: Settings) -> dict[str, str]:
    return {**os.environ, **settings.as_variables()}
