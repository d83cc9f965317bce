"""The workspace on both databases: every test here runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from observatory.config import Settings
from observatory.workspace.engine import Workspace
from tests.people import database
from tests.postgres import DATABASES, SQLITE, Cluster


@pytest.fixture(params=DATABASES)
def here(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Settings:
    """Settings with an empty workspace of the test's own on one of the databases."""
    if request.param == SQLITE:
        return replace(settings, workspace_url=database(tmp_path))
    cluster: Cluster = request.getfixturevalue("cluster")
    return replace(settings, workspace_url=cluster.new_database())


@pytest.fixture
def workspace(here: Settings) -> Iterator[Workspace]:
    """The workspace of `here`."""
    workspace = Workspace(here)
    try:
        yield workspace
    finally:
        workspace.close()
