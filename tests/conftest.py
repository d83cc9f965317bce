"""What the tests share: one small snapshot, made once by the real builder from tests/data."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash
from flask import Flask
from hypothesis import settings as hypothesis_settings

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.ingest.build import build
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from observatory.workspace.reader import EXTENSION
from tests.people import database, opened
from tests.postgres import SQLITE, Cluster

# A slow machine is no failed property: the suite as a whole is bounded instead.
hypothesis_settings.register_profile("any machine", deadline=None)
hypothesis_settings.load_profile("any machine")

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), datasets_dir=DATA)
    build(settings)
    return settings


@pytest.fixture(scope="session")
def store(settings: Settings) -> Iterator[Store]:
    store = Store(settings)
    yield store
    store.close()


@pytest.fixture(scope="session")
def dashboard(settings: Settings) -> Dash:
    return create_dashboard(settings)


@pytest.fixture(scope="session")
def server(dashboard: Dash) -> Flask:
    return dashboard.server


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this run's own."""
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def peopled(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Settings:
    """Settings over the shared snapshot with a workspace of the test's own.

    It is on SQLite; modules that are to run on both databases parametrise it (tests/app).
    """
    if getattr(request, "param", SQLITE) == SQLITE:
        return replace(settings, workspace_url=database(tmp_path))
    cluster: Cluster = request.getfixturevalue("cluster")
    return replace(settings, workspace_url=cluster.new_database())


@pytest.fixture
def workspace(peopled: Settings) -> Iterator[Workspace]:
    """The workspace of `peopled`."""
    with opened(peopled) as workspace:
        yield workspace


@pytest.fixture
def opened_house() -> Iterator[Callable[[Settings], Flask]]:
    """Opens servers, whose connections to the workspace end with the test."""
    opened_here: list[Flask] = []

    def open_house(settings: Settings) -> Flask:
        opened_here.append(create_dashboard(settings).server)
        return opened_here[-1]

    yield open_house
    for server in opened_here:
        server.extensions[EXTENSION].workspace.close()


@pytest.fixture
def house(opened_house: Callable[[Settings], Flask], peopled: Settings) -> Flask:
    """The server of `peopled`."""
    return opened_house(peopled)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Settings:
    """Settings over the small facts with an empty data folder of the test's own."""
    return replace(Settings(), data_dir=tmp_path / "data", datasets_dir=DATA)


@pytest.fixture
def own_facts(unbuilt: Settings, tmp_path: Path) -> Settings:
    """Settings over a copy of the small facts that a test may spoil."""
    shutil.copytree(unbuilt.datasets_dir, tmp_path / "datasets")
    return replace(unbuilt, datasets_dir=tmp_path / "datasets")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A copy of the small facts that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "datasets"))
