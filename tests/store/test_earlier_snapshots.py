"""What was served on a day: found, or told why it is not to be had."""

import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from observatory.config import Settings
from observatory.errors import NoSnapshotError, StoreError
from observatory.ingest.build import build
from observatory.schema import SCHEMA_VERSION
from observatory.store.publication import (
    POINTER,
    Publication,
    current_publication,
    publication_of,
    snapshots_dir,
)
from observatory.store.warehouse import Store
from tests.earlier import backdate
from tests.facts import change_fact

PM25 = (
    "SELECT value FROM observations "
    "WHERE indicator_id = 'pm25_ug_per_m3' AND place_id = 'berlin' AND source_row = 31"
)
FIGURES = ("14.25", "14.5", "14.75")


Three = tuple[Settings, list[Publication]]


@pytest.fixture(scope="module")
def three(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Three:
    """Three snapshots: of 10 January, of 1 March, and the one served now."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(settings.datasets_dir, folder / "datasets")
    own = replace(settings, data_dir=folder / "data", datasets_dir=folder / "datasets")
    published = [build(own)]
    for before, after in pairwise(FIGURES):
        change_fact(own.datasets_dir, "observations/figures.csv", before, after)
        published.append(build(own))
    backdate(own, published[0], "2026-01-10")
    backdate(own, published[1], "2026-03-01")
    return own, published


@pytest.fixture
def own_three(three: Three, tmp_path: Path) -> Three:
    """A copy of the three that a test may spoil."""
    settings, published = three
    shutil.copytree(settings.data_dir, tmp_path / "data")
    return replace(settings, data_dir=tmp_path / "data"), published


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2026-01-10", 0),
        ("2026-02-28", 0),
        ("2026-03-01", 1),
        ("2026-03-02", 1),
        ("2999-01-01", 2),
    ],
)
def test_a_day_has_the_snapshot_published_last_by_its_end(
    three: Three, day: str, number: int
) -> None:
    settings, published = three
    found = publication_of(settings.data_dir, date.fromisoformat(day))
    assert found.snapshot_id == published[number].snapshot_id


def test_a_day_before_the_first_is_told_with_the_first(
    three: Three,
) -> None:
    settings, _published = three
    with pytest.raises(NoSnapshotError, match="first one known was published on 2026-01-10"):
        publication_of(settings.data_dir, date(2026, 1, 9))


def test_a_block_reads_the_snapshot_of_its_day_and_now_stays_now(
    three: Three,
) -> None:
    settings, _published = three
    store = Store(settings)
    now = store.rows(PM25)
    with store.reading(date(2026, 1, 31)) as publication:
        assert publication.day == "2026-01-10"
        then = store.rows(PM25)
        assert store.kept("highest", lambda: store.rows(PM25)) == then
    assert store.kept("highest", lambda: store.rows(PM25)) == now == store.rows(PM25)
    assert (then, now) == ([(14.25,)], [(14.75,)])
    with store.reading(date(2999, 1, 1)) as publication:
        assert publication == store.publication()
    store.close()


def test_a_snapshot_that_is_not_kept_is_told_with_the_days_that_are(
    own_three: Three,
) -> None:
    settings, published = own_three
    build(replace(settings, snapshots_kept=2), force=True)
    backdate(settings, published[2], "2026-06-01")
    with pytest.raises(NoSnapshotError) as caught:
        publication_of(settings.data_dir, date(2026, 1, 31))
    assert f"Snapshot {published[0].snapshot_id}, served on 2026-01-31" in str(caught.value)
    assert "is not kept any more. Ask for 2026-06-01 or later." in str(caught.value)
    assert publication_of(settings.data_dir, date(2026, 6, 1)).sequence == 3


def test_a_snapshot_of_an_earlier_version_is_told(
    own_three: Three,
) -> None:
    settings, published = own_three
    path = _told(settings, published[0])
    own = f'"schema_version": {SCHEMA_VERSION}'
    assert own in path.read_text()
    path.write_text(path.read_text().replace(own, '"schema_version": 1'))
    with pytest.raises(NoSnapshotError, match=r"cannot read. Ask for 2026-03-01 or later"):
        publication_of(settings.data_dir, date(2026, 1, 31))


def test_what_is_told_of_an_earlier_snapshot_may_be_damaged(
    own_three: Three,
) -> None:
    settings, published = own_three
    path = _told(settings, published[0])
    path.write_text("[]")
    with pytest.raises(StoreError, match=path.name):
        publication_of(settings.data_dir, date(2026, 3, 1))
    assert Store(settings).publication() == published[2]


def test_earlier_days_outlive_a_damaged_pointer(
    own_three: Three,
) -> None:
    settings, published = own_three
    (snapshots_dir(settings.data_dir) / POINTER).write_text("{")
    again = build(settings, force=True)
    assert again.sequence == 1
    assert current_publication(settings.data_dir) == again
    assert publication_of(settings.data_dir, date(2026, 3, 1)).file == published[1].file


def _told(settings: Settings, publication: Publication) -> Path:
    return snapshots_dir(settings.data_dir) / Path(publication.file).with_suffix(".json")
