"""Migrations up and down, transactions, and what happens when the database goes away."""

from dataclasses import replace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from observatory.config import Settings
from observatory.errors import WorkspaceError
from observatory.workspace.accounts import person_of
from observatory.workspace.engine import MIGRATIONS, Workspace, reading, writing
from observatory.workspace.ledger import audit_rows, recorded, verify_chain
from observatory.workspace.people import PUBLIC, Actor, Role
from observatory.workspace.saved_views import find_view, save_view
from observatory.workspace.tables import AUDIT_HEAD, METADATA, PEOPLE
from tests.people import account
from tests.postgres import Cluster

NOBODY = Actor(PUBLIC, "127.0.0.1")


def note(workspace: Workspace, number: int) -> None:
    with recorded(workspace, NOBODY, action="note", subject=f"note:{number}", new={"n": number}):
        pass


def migrated(workspace: Workspace, revision: str) -> None:
    """Bring the tables to a revision, up to "head" or down to an earlier one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with workspace.engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if revision == "head" else command.downgrade)(config, revision)


def test_the_migrations_make_what_the_tables_declare(workspace: Workspace) -> None:
    with reading(workspace) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_migrations_go_down_and_up_again(workspace: Workspace) -> None:
    migrated(workspace, "base")
    with reading(workspace) as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrated(workspace, "head")
    note(workspace, 1)
    assert verify_chain(workspace).rows == 1


def test_people_stay_through_the_migrations_that_change_their_table(workspace: Workspace) -> None:
    person = account(workspace, Role.PROGRAMME_OWNER, "Olu Owner")
    names = {column.name for column in PEOPLE.columns}
    for revision, more in (("0002", {"reviewed_to"}), ("head", set[str]())):
        migrated(workspace, revision)
        with reading(workspace) as connection:
            there = {column["name"] for column in inspect(connection).get_columns("people")}
            assert there == names | more
            assert person_of(connection, person.person_id) == person
            assert inspect(connection).get_unique_constraints("people")


def test_saved_views_are_kept(workspace: Workspace) -> None:
    rows = [{"city_id": "berlin", "value": 1.5}]
    view_id = save_view(workspace, page="atlas", search="?year=2015", snapshot_id="s", rows=rows)
    again = save_view(workspace, page="atlas", search="?year=2015", snapshot_id="s", rows=rows)
    assert view_id == again
    assert find_view(workspace, view_id).rows == rows


def test_a_write_that_fails_leaves_no_trace(workspace: Workspace) -> None:
    note(workspace, 1)
    with (
        pytest.raises(ZeroDivisionError),
        recorded(workspace, NOBODY, action="note", subject="note:2", new={}),
    ):
        raise ZeroDivisionError
    assert [row["subject"] for row in audit_rows(workspace)] == ["note:1"]
    assert verify_chain(workspace).broken_at is None


def test_a_reader_sees_one_moment_and_waits_for_no_writer(workspace: Workspace) -> None:
    note(workspace, 1)
    head = select(AUDIT_HEAD.c.sequence)
    with reading(workspace) as connection:
        assert connection.execute(head).scalar_one() == 1
        with writing(workspace) as other:
            other.execute(AUDIT_HEAD.update().values(sequence=7))
        assert connection.execute(head).scalar_one() == 1
    with reading(workspace) as connection:
        assert connection.execute(head).scalar_one() == 7


def test_a_database_that_stops_is_told_and_comes_back_by_itself(
    cluster: Cluster, settings: Settings
) -> None:
    workspace = Workspace(replace(settings, workspace_url=cluster.new_database()))
    note(workspace, 1)
    with (
        pytest.raises(WorkspaceError, match="cannot be read or written now"),
        recorded(workspace, NOBODY, action="note", subject="note:2", new={}),
    ):
        cluster.stop()  # in the middle of a write
    with pytest.raises(WorkspaceError):
        note(workspace, 3)
    cluster.start()
    note(workspace, 4)
    assert [row["subject"] for row in audit_rows(workspace)] == ["note:1", "note:4"]
    assert verify_chain(workspace).broken_at is None
    workspace.close()
