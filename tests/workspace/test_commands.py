"""The commands on what people write."""

import csv
from pathlib import Path

import orjson
from click.testing import CliRunner
from sqlalchemy import update

from observatory.cli import main
from observatory.config import Settings
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.tables import AUDIT
from tests.people import account_with_password


def run(settings: Settings, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(words), env=settings.as_variables())
    return done.exit_code, done.output


def test_the_trail_is_verified_and_written_out(
    here: Settings, workspace: Workspace, tmp_path: Path
) -> None:
    account_with_password(workspace)
    code, words = run(here, "check", "audit", "--export", str(tmp_path / "trail.csv"))
    assert code == 0
    assert "The audit trail holds: 2 rows." in words
    with (tmp_path / "trail.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["sequence"] for row in rows] == ["1", "2"]
    assert run(here, "check", "audit", "--export", str(tmp_path / "trail.json"))[0] == 0
    lines = (tmp_path / "trail.json").read_text(encoding="utf-8").splitlines()
    assert orjson.loads(lines[1])["previous_hash"] == rows[0]["row_hash"]
    with writing(workspace) as connection:
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == 2).values(why="forged"))
    code, words = run(here, "check", "audit")
    assert code == 1
    assert "Broken at row 2" in words


def test_backup_and_restore_by_command(
    here: Settings, workspace: Workspace, tmp_path: Path
) -> None:
    account_with_password(workspace)
    file = str(tmp_path / "all.gz")
    code, words = run(here, "backup", file)
    assert code == 0
    assert "rows to" in words
    code, words = run(here, "restore", file)
    assert code == 1
    assert "Expected an empty workspace" in words
    code, words = run(here, "restore", file, "--replace")
    assert code == 0
    assert "Restored:" in words
    assert run(here, "check", "audit")[0] == 0


def test_check_alone_still_checks_the_facts(here: Settings) -> None:
    code, words = run(here, "check")
    assert code == 0
    assert "The facts keep every rule." in words
