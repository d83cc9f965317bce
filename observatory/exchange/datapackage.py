"""The open snapshot as a Frictionless Data Package: CSV files and a descriptor of each column.

https://specs.frictionlessdata.io/data-package/ (version 1).
"""

import csv
import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pandas as pd

from observatory.errors import SettingsError
from observatory.exchange.descriptor import package_descriptor, resource_descriptor
from observatory.exchange.formats import csv_cell
from observatory.exchange.readme import readme
from observatory.language import gettext as _
from observatory.queries.catalogue import Source, all_sources
from observatory.queries.whole_tables import figures_by_source, rows_of_source, whole_table
from observatory.schema import MATCHES, OBSERVATIONS, TABLES, Table
from observatory.store.warehouse import Store

DESCRIPTOR = "datapackage.json"

Progress = Callable[[int, int, str], None]


def write_datapackage(store: Store, folder: Path, *, progress: Progress) -> Path:
    """Write all that may be passed on of the served snapshot; all of it or nothing.

    Args:
        store: the published snapshot.
        folder: where to; must be absent or empty.
        progress: told how many files are written, of how many, and the name of the last.

    Returns:
        The descriptor's path.

    Raises:
        SettingsError: the folder holds something, or cannot be written to.
    """
    target = folder.resolve()
    _require_empty(target)
    try:
        with _written_aside(target) as aside:
            _write(store, aside, progress)
    except OSError as error:
        raise SettingsError(
            _("Expected to write to {folder}, found: {reason}. Choose another folder.").format(
                folder=target, reason=error.strerror
            )
        ) from error
    return target / DESCRIPTOR


def _require_empty(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise SettingsError(
            _("Expected a folder, found the file {path}. Choose another name.").format(path=target)
        )
    found = sorted(path.name for path in target.iterdir())
    if found:
        raise SettingsError(
            _(
                "Expected {folder} to be empty or not to exist, found {count} files or folders in "
                "it ({first}, …). Nothing was written: choose a new folder, or empty this one."
            ).format(folder=target, count=len(found), first=found[0])
        )


@contextmanager
def _written_aside(target: Path) -> Iterator[Path]:
    """A folder beside the target that becomes it when all went well, and else is removed."""
    aside = target.with_name(f".{target.name}.writing")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
        if target.exists():  # empty, and perhaps where the shell stands: filled, not replaced
            for path in sorted(aside.iterdir(), key=lambda path: path.name == DESCRIPTOR):
                shutil.move(path, target / path.name)
        else:
            aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(store: Store, folder: Path, progress: Progress) -> None:
    with store.reading() as publication:
        sources, figures = all_sources(store), figures_by_source(store)
        shared = figures[figures["is_open"]]["source_id"].tolist()
        total = len(TABLES) - 1 + len(shared)
        resources = []
        for name, table, source, rows in _tables(store, sources, shared):
            path = folder / f"{name}.csv"
            content = _csv(table, rows)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            resources.append(
                {
                    **resource_descriptor(name, table, source),
                    "bytes": len(content),
                    "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                    "rows": len(rows),
                }
            )
            progress(len(resources), total, path.name)
        named = [sources[key] for key in shared]
        kept_back = figures[~figures["is_open"]].set_index("source_id")["figures"].to_dict()
        descriptor = package_descriptor(publication, resources, named)
        words = readme(publication, resources, named, {sources[k]: n for k, n in kept_back.items()})
    (folder / "README.md").write_text(words, encoding="utf-8")
    (folder / DESCRIPTOR).write_bytes(orjson.dumps(descriptor, option=orjson.OPT_INDENT_2))


def _tables(
    store: Store, sources: dict[str, Source], shared: list[str]
) -> Iterator[tuple[str, Table, Source | None, pd.DataFrame]]:
    """Name, declaration, source where there is one, and rows of each file."""
    for table in TABLES:
        if table is OBSERVATIONS:
            for key in shared:
                rows = rows_of_source(store, table, source_id=key)
                yield f"observations-{key}", table, sources[key], rows
        else:
            yield table.name, table, None, whole_table(store, table, open_only=table is MATCHES)


def _csv(table: Table, rows: pd.DataFrame) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.column_names)
    plain = rows.astype("object").where(rows.notna(), None)
    columns = [
        [_cell(value, column.sql_type) for value in plain[column.name].tolist()]
        for column in table.columns
    ]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode()


def _cell(value: object, sql_type: str) -> object:
    """A value as the field's type wants it: a list as JSON, a day without a time."""
    if value is None:
        return None
    if sql_type == "VARCHAR[]":
        return orjson.dumps(list(value)).decode()  # type: ignore[call-overload]  # a list by its type
    if sql_type == "DATE":
        return str(value)[:10]
    return csv_cell(value)
