"""The declarations of sources and indicators, from TOML to staged rows."""

import tomllib
from pathlib import Path

import pandas as pd

from observatory.errors import DatasetError, Problem
from observatory.ingest.files import text_of
from observatory.schema import INDICATORS, SOURCES


def source_rows(datasets_dir: Path) -> pd.DataFrame:
    """One row per entry of sources.toml, columns of `sources`; what is not declared is missing."""
    entries = _entries(datasets_dir / "sources.toml")
    rows = [{"source_id": source_id, **entry} for source_id, entry in entries.items()]
    return pd.DataFrame(rows).reindex(columns=list(SOURCES.column_names)).astype("object")


def indicator_rows(datasets_dir: Path) -> pd.DataFrame:
    """One row per entry of indicators.toml, columns of `indicators`."""
    entries = _entries(datasets_dir / "indicators.toml")
    rows = [
        {
            "indicator_id": indicator_id,
            **entry,
            **{name: _english(entry.get(name)) for name in ("title", "topics")},
        }
        for indicator_id, entry in entries.items()
    ]
    return pd.DataFrame(rows).reindex(columns=list(INDICATORS.column_names)).astype("object")


def _english(words: object) -> object:
    return words.get("en") if isinstance(words, dict) else None


def _entries(path: Path) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise DatasetError(
            [Problem(path.name, None, None, f"expected TOML, found an error in it: {error}.")]
        ) from error
