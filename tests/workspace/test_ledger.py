"""The audit trail: whatever is changed in it is found; many writers at once keep it whole."""

import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from observatory.config import Settings
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.ledger import CHAINED, audit_rows, recorded, verify_chain
from observatory.workspace.people import PUBLIC, Actor
from observatory.workspace.tables import AUDIT
from tests.serving import PROJECT

NOBODY = Actor(PUBLIC, "127.0.0.1")
WRITERS = 32
SECONDS = 6.0
WRITER = """
import sys
from observatory.config import Settings
from observatory.workspace.engine import Workspace
from observatory.workspace.ledger import recorded
from observatory.workspace.people import PUBLIC, Actor

workspace = Workspace(Settings(workspace_url=sys.argv[1]))
number = 0
while True:
    number += 1
    with recorded(workspace, Actor(PUBLIC, ""), action="note", subject=f"{sys.argv[2]}:{number}"):
        pass
    print(number, flush=True)
"""


def note(workspace: Workspace, subject: str, **new: object) -> None:
    with recorded(workspace, NOBODY, action="note", subject=subject, new=new, why="told"):
        pass


def test_an_empty_trail_holds(workspace: Workspace) -> None:
    assert verify_chain(workspace).rows == 0
    assert verify_chain(workspace).broken_at is None


@pytest.mark.parametrize("column", [name for name in CHAINED if name != "sequence"])
def test_a_changed_cell_is_found_where_it_is(workspace: Workspace, column: str) -> None:
    for number in range(4):
        note(workspace, f"s:{number}", n=number)
    with writing(workspace) as connection:
        values = {column: "f" * 64 if column == "previous_hash" else "x"}
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == 3).values(**values))
    assert verify_chain(workspace).broken_at == 3


@pytest.mark.parametrize("gone", [1, 2, 4])
def test_a_missing_row_is_found(workspace: Workspace, gone: int) -> None:
    for number in range(4):
        note(workspace, f"s:{number}")
    with writing(workspace) as connection:
        connection.execute(delete(AUDIT).where(AUDIT.c.sequence == gone))
    assert verify_chain(workspace).broken_at == gone


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
@hypothesis_settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_read_back_and_holds(workspace: Workspace, words: list[str]) -> None:
    written = [word.replace("\x00", "") for word in words]  # which PostgreSQL keeps no text of
    before = verify_chain(workspace).rows
    for word in written:
        note(workspace, "s", word=word)
    assert verify_chain(workspace).rows == before + len(written)
    assert verify_chain(workspace).broken_at is None


def test_many_writers_lose_nothing_and_keep_the_order(workspace: Workspace) -> None:
    note(workspace, "first")
    deadline = time.monotonic() + SECONDS

    def write(writer: int) -> int:
        count = 0
        while time.monotonic() < deadline:
            note(workspace, f"w{writer}:{count}")
            count += 1
        return count

    with ThreadPoolExecutor(WRITERS) as pool:
        counts = list(pool.map(write, range(WRITERS)))
    subjects = [str(row["subject"]) for row in audit_rows(workspace)][1:]
    assert len(subjects) == sum(counts)
    for writer, count in enumerate(counts):
        own = [int(one.partition(":")[2]) for one in subjects if one.startswith(f"w{writer}:")]
        assert own == list(range(count))
    assert verify_chain(workspace).rows == sum(counts) + 1
    assert verify_chain(workspace).broken_at is None


def test_killed_writers_lose_nothing_that_was_acknowledged(
    here: Settings, workspace: Workspace, tmp_path: Path
) -> None:
    note(workspace, "first")
    script = tmp_path / "writer.py"
    script.write_text(WRITER, encoding="utf-8")
    acknowledged: Counter[str] = Counter()
    for round_number in range(4):
        name = f"k{round_number}"
        with subprocess.Popen(
            [sys.executable, str(script), here.workspace_url, name],
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env={"PYTHONPATH": str(PROJECT), "PATH": ""},
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                acknowledged[name] = int(line)
                if acknowledged[name] >= 5 + 7 * round_number:
                    process.kill()
                    break
            rest = [int(line) for line in process.stdout if line.strip().isdecimal()]
            acknowledged[name] = max([acknowledged[name], *rest])
    with writing(workspace) as connection:
        subjects = set(connection.execute(select(AUDIT.c.subject)).scalars())
    for name, count in acknowledged.items():
        assert {f"{name}:{number}" for number in range(1, count + 1)} <= subjects
    assert verify_chain(workspace).broken_at is None
