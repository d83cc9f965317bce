"""Figures in Parquet are read where they lie, and held to the same rules as those in CSV."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from observatory.config import Settings
from observatory.errors import DatasetError
from observatory.ingest.build import build, check
from observatory.store.warehouse import Store


@pytest.fixture
def in_parquet(unbuilt: Settings, tmp_path: Path) -> Settings:
    """The small facts, those of the source `figures` as Parquet without a checksum."""
    folder = tmp_path / "datasets"
    shutil.copytree(unbuilt.datasets_dir, folder)
    catalogue = folder / "sources.toml"
    kept = [line for line in catalogue.read_text().splitlines() if not line.startswith("sha256")]
    catalogue.write_text("\n".join(kept))
    _write(folder, pd.read_csv(_csv(folder), dtype="str", keep_default_na=False))
    _csv(folder).unlink()
    return replace(unbuilt, datasets_dir=folder)


def _csv(folder: Path) -> Path:
    return folder / "observations" / "figures.csv"


def _write(folder: Path, rows: pd.DataFrame) -> None:
    rows.to_parquet(_csv(folder).with_suffix(".parquet"), index=False)


def _rows(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(_csv(folder).with_suffix(".parquet"))


def test_parquet_and_csv_give_the_same_figures(in_parquet: Settings, settings: Settings) -> None:
    build(in_parquet)
    ours, theirs = Store(in_parquet), Store(settings)
    for mart in ("observations", "annual", "latest"):
        every = f"SELECT * FROM {mart} ORDER BY observation_id"
        assert ours.rows(every) == theirs.rows(every)
    ours.close()
    theirs.close()


def test_a_repeated_and_a_wrong_row_are_told_with_their_numbers(in_parquet: Settings) -> None:
    rows = _rows(in_parquet.datasets_dir)
    spoilt = pd.concat([rows, rows.tail(1)], ignore_index=True)
    spoilt.loc[0, "place_id"] = "atlantis"
    _write(in_parquet.datasets_dir, spoilt)
    with pytest.raises(DatasetError) as caught:
        check(in_parquet)
    told = [str(problem) for problem in caught.value.problems]
    name = "observations/figures.parquet"
    assert any(f"{name}, row 2" in line and "atlantis" in line for line in told)
    assert any(f"{name}, row {len(spoilt) + 1}" in line and "once" in line for line in told)


def test_other_columns_and_other_bytes_are_told(in_parquet: Settings) -> None:
    rows = _rows(in_parquet.datasets_dir)
    _write(in_parquet.datasets_dir, rows.drop(columns="note"))
    with pytest.raises(DatasetError, match="expected the columns"):
        check(in_parquet)
    _csv(in_parquet.datasets_dir).with_suffix(".parquet").write_bytes(b"no table")
    with pytest.raises(DatasetError, match="expected a Parquet file"):
        check(in_parquet)


def test_of_two_figures_of_one_year_the_better_status_counts(in_parquet: Settings) -> None:
    """A second source gives the same figure, as a projection: kept, and never the annual one."""
    folder = in_parquet.datasets_dir
    rows = _rows(folder)
    chosen = rows[rows["status"].ne("projected") & rows["scale"].ne("national")].head(1)
    second = chosen.assign(status="projected", source_row="second")
    other = folder / "observations" / "pledges.csv"
    kept = pd.read_csv(other, dtype="str", keep_default_na=False)
    pd.concat([kept, second], ignore_index=True).to_csv(other, index=False)
    build(in_parquet)
    store = Store(in_parquet)
    key = "indicator_id = $indicator_id AND place_id = $place_id AND period_year = $year"
    row = chosen.iloc[0]
    asked = {
        "indicator_id": row["indicator_id"],
        "place_id": row["place_id"],
        "year": int(row["period_year"]),
    }
    both = store.rows(f"SELECT status FROM observations WHERE {key} ORDER BY status", **asked)
    assert len(both) == 2
    assert store.rows(f"SELECT status FROM annual WHERE {key}", **asked) == [(row["status"],)]
    assert store.rows("SELECT count(*) FROM superseded") == [(1,)]
    store.close()
