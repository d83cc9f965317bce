"""A backup is taken while people write, and put back: into the same database or the other."""

import gzip
import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select, update

from observatory.config import Settings
from observatory.errors import WorkspaceError
from observatory.workspace.backup import back_up, checked_backup, restore
from observatory.workspace.engine import Workspace, reading, writing
from observatory.workspace.ledger import audit_rows, recorded, verify_chain
from observatory.workspace.people import PUBLIC, Actor, Role
from observatory.workspace.saved_views import find_view, save_view
from observatory.workspace.tables import AUDIT, METADATA
from observatory.workspace.update_lists import find_update
from tests.people import account, account_with_password, opened
from tests.plan_people import begun, owner, take
from tests.postgres import Cluster

NOBODY = Actor(PUBLIC, "127.0.0.1")


def filled(workspace: Workspace) -> tuple[str, str]:
    """People, a published update and a saved view; their ids."""
    author, lead = owner(workspace), account_with_password(workspace, Role.LEADERSHIP)
    update_id = begun(workspace, author)
    for version, step in enumerate(("submit", "approve", "publish"), start=1):
        take(workspace, author, lead, update_id, version, step)
    rows = [{"city_id": "lima", "value": 2.5}]
    return update_id, save_view(workspace, page="atlas", search="", snapshot_id="s", rows=rows)


def content(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with reading(workspace) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
            if not table.name.startswith("audit")
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def other(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, cluster: Cluster
) -> Settings:
    """Settings with another empty workspace, on either database."""
    sqlite = f"sqlite:///{tmp_path / 'other.sqlite'}"
    return replace(
        settings, workspace_url=sqlite if request.param == "sqlite" else cluster.new_database()
    )


def test_what_is_backed_up_comes_back_whole(
    workspace: Workspace, other: Settings, tmp_path: Path
) -> None:
    update_id, view_id = filled(workspace)
    made = back_up(workspace, tmp_path / "all.gz")
    assert made == checked_backup(tmp_path / "all.gz")
    with opened(other) as second:
        restore(second, tmp_path / "all.gz")
        assert content(second) == content(workspace)
        lead = account(second, Role.LEADERSHIP)
        assert find_update(second, lead, update_id).state == "published"
        assert find_view(second, view_id).rows == [{"city_id": "lima", "value": 2.5}]
        assert verify_chain(second).broken_at is None
        assert list(audit_rows(second))[-1]["action"] == "workspace.restore"
        with recorded(second, NOBODY, action="note", subject="after"):
            pass
        assert verify_chain(second).broken_at is None


def test_a_backup_is_of_one_moment_while_others_write(workspace: Workspace, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with recorded(workspace, NOBODY, action="note", subject="n"):
                pass

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        for number in range(5):
            back_up(workspace, tmp_path / f"{number}.gz")
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for number in range(5):
        restore(workspace, tmp_path / f"{number}.gz", replace=True)
        assert verify_chain(workspace).broken_at is None


def test_a_workspace_in_use_is_not_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace)
    back_up(workspace, tmp_path / "all.gz")
    before = content(workspace)
    with pytest.raises(WorkspaceError, match="Expected an empty workspace"):
        restore(workspace, tmp_path / "all.gz")
    assert content(workspace) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign", "missing", "empty"])
def test_a_damaged_backup_changes_nothing(
    workspace: Workspace, tmp_path: Path, damage: str
) -> None:
    filled(workspace)
    file = tmp_path / "all.gz"
    back_up(workspace, file)
    before = content(workspace)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    elif damage == "changed":
        lines[3] = lines[3].replace(b"Olu", b"Eve")
        file.write_bytes(gzip.compress(b"".join(lines).replace(b"leadership", b"admin")))
    elif damage == "foreign":
        file.write_bytes(gzip.compress(b'{"some": "json"}\n{"more": 1}\n'))
    elif damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"")
    with pytest.raises(WorkspaceError, match="Nothing was changed"):
        restore(workspace, file, replace=True)
    assert content(workspace) == before


def test_a_backup_with_a_broken_trail_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace)
    with writing(workspace) as connection:
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == 2).values(why="forged"))
    back_up(workspace, tmp_path / "all.gz")
    before = content(workspace)
    with pytest.raises(WorkspaceError, match="found row 2"):
        restore(workspace, tmp_path / "all.gz", replace=True)
    assert content(workspace) == before


def test_a_backup_of_other_tables_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "all.gz"
    back_up(workspace, file)
    lines = gzip.decompress(file.read_bytes()).splitlines()
    header = orjson.loads(lines[0]) | {"revision": "0001"}
    kept = [orjson.dumps(header), *lines[1:-1]]
    body = b"".join(line + b"\n" for line in kept)
    ending = orjson.loads(lines[-1]) | {"sha256": hashlib.sha256(body).hexdigest()}
    file.write_bytes(gzip.compress(body + orjson.dumps(ending) + b"\n"))
    with pytest.raises(WorkspaceError, match=r"Expected a backup of tables \d+, found 0001"):
        restore(workspace, file, replace=True)
