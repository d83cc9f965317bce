"""Our own files, written whole: all of a change, or nothing of it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as the CSV of our files: commas, a header, lines that end with a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def write_together(contents: Mapping[Path, str]) -> None:
    """Replace several files. Every new one is on disk before the first old one goes.

    Where one of them cannot be replaced, those that were get their former content back.

    Args:
        contents: new content by path, in the order of replacement: what others refer to first,
            so that a run that is killed half-way leaves facts that keep their rules.

    Raises:
        OSError: a file cannot be written; all are as they were.
    """
    asides = {path: path.with_name(f".{path.name}.new") for path in contents}
    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    replaced: list[Path] = []
    try:
        for path, aside in asides.items():
            aside.write_text(contents[path], encoding="utf-8", newline="")
        for path, aside in asides.items():
            aside.replace(path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            _put_back(path, before[path])
        raise
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
