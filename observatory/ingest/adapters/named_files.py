"""The files an operator gave, told apart by the publisher's names for them."""

from collections.abc import Sequence
from pathlib import Path

from observatory.errors import DatasetError, Problem


def named_files(files: Sequence[Path], wanted: Sequence[str]) -> dict[str, Path]:
    """The files by name, each exactly once.

    Args:
        files: in any order.
        wanted: the publisher's file names; all are needed and no other is taken.

    Raises:
        DatasetError: a file is missing, given twice, or none of those wanted; lists them all.
    """
    problems = [
        Problem(path.name, None, None, f"expected one of {', '.join(wanted)}, found another name.")
        for path in files
        if path.name not in wanted
    ]
    for name in wanted:
        count = sum(path.name == name for path in files)
        if count != 1:
            problems.append(
                Problem(name, None, None, f"expected exactly one such file, found {count}.")
            )
    if problems:
        raise DatasetError(problems)
    return {path.name: path for path in files}
