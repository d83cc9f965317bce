"""The record of the network, written out as a spreadsheet and imported again."""

from pathlib import Path

import pandas as pd
import pytest

from observatory.ingest.event_sheet import COLUMNS
from observatory.ingest.events_import import change_words, events_change

pytestmark = pytest.mark.datasets

DATASETS = Path(__file__).parents[2] / "datasets"
NAMES = {"name_as_stated": "city", "country_as_stated": "country"}


@pytest.fixture
def record() -> pd.DataFrame:
    """Every participation with its event, as a spreadsheet has them."""
    events, parts = (
        pd.read_csv(DATASETS / "network" / name, dtype="str", keep_default_na=False)
        for name in ("events.csv", "participations.csv")
    )
    return parts.merge(events.drop(columns="note"), on="event_id").rename(columns=NAMES)


def test_the_record_imported_again_changes_no_file(record: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "record.csv"
    record[list(COLUMNS)].to_csv(path, index=False)
    change = events_change(path, DATASETS)
    assert change.is_empty, change_words(change)
    assert change.problems == ()
    for file, content in change.contents.items():
        assert file.read_text(encoding="utf-8") == content


def test_names_alone_lead_to_no_other_member(record: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "record.csv"
    record[list(COLUMNS[:-2])].to_csv(path, index=False)
    change = events_change(path, DATASETS)
    assert change.already > 0.95 * len(record)
    assert set(change.parts["city_id"]) == {""}
