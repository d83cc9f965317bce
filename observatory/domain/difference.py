"""How the rows of a table differ from those it had before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, object]


@dataclass(frozen=True)
class Change:
    """One row that is not as it was.

    Attributes:
        key: what the row is about.
        before: the row as it was; None where it is new.
        now: the row as it is; None where it is gone.
        columns: names of the cells that differ, in order; empty for a new or a gone row.
    """

    key: tuple[object, ...]
    before: Row | None
    now: Row | None
    columns: tuple[str, ...]


def changes(before: Sequence[Row], now: Sequence[Row], *, key: Sequence[str]) -> list[Change]:
    """The rows that differ, in the order they have now, those that are gone at the end.

    Args:
        before: rows as they were.
        now: rows as they are.
        key: columns that say what a row is about; a column that a row lacks is None. Where
            several rows have the same key, they are compared in their order.
    """
    earlier = _by_key(before, key)
    later = _by_key(now, key)
    found = [
        change
        for name, row in later.items()
        if (change := _change(name, earlier.get(name), row)) is not None
    ]
    gone = [Change(name, row, None, ()) for name, row in earlier.items() if name not in later]
    return [*found, *gone]


def _by_key(rows: Sequence[Row], key: Sequence[str]) -> dict[tuple[object, ...], Row]:
    """Rows by key; the second, third, … of the same key get their number at the end."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        name = tuple(row.get(column) for column in key)
        number = 2
        while name in found:
            name = (*name[: len(key)], number)
            number += 1
        found[name] = row
    return found


def _change(name: tuple[object, ...], before: Row | None, now: Row) -> Change | None:
    if before is None:
        return Change(name, None, now, ())
    columns = tuple(column for column in now if before.get(column) != now[column])
    return Change(name, before, now, columns) if columns else None
