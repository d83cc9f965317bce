"""Every error raised on purpose, as one tree.

ObservatoryError
├── SettingsError      a setting or the machine is not as needed
├── DatasetError       an input file is not as declared; carries its problems
├── WorkspaceError     what people write cannot be read or written
│   └── ConflictError      somebody else changed it meanwhile; carries both contents
├── InputError         what was typed cannot be taken; says what is expected
├── NotAllowedError    this person may not see or do this
│   ├── SignInError        nobody is signed in by this
│   └── TooManyTriesError  wrong too often; carries how long to wait
├── StoreError         the snapshot cannot be opened, read or written
│   └── QueryTimeoutError  a query ran past its time limit
├── NoSnapshotError    what was served on a day is not to be had; says what is
├── LicenceError       a figure that may be shown, but not passed on
└── UnknownIdError     an id that names nothing; carries near matches
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class ObservatoryError(Exception):
    """An error with a message for the person who can do something about it."""


class SettingsError(ObservatoryError):
    """A setting or the machine is not as needed."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input file: where it is and which rule it breaks.

    A table has rows and columns; `place` is where it is in a document of another kind.
    """

    file: str
    row: int | None
    column: str | None
    rule: str
    place: str = ""

    def __str__(self) -> str:
        place = [self.file, *([self.place] if self.place else [])]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.rule}"


class DatasetError(ObservatoryError):
    """One or more input files are not as declared; `problems` lists all that was found."""

    SHOWN = 50

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[: self.SHOWN]]
        if len(self.problems) > self.SHOWN:
            lines.append(f"… and {len(self.problems) - self.SHOWN} more")
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''}:\n  " + "\n  ".join(lines))


class StoreError(ObservatoryError):
    """The snapshot cannot be opened, read or written."""


class QueryTimeoutError(StoreError):
    """A query ran past its time limit and was interrupted."""


class NoSnapshotError(ObservatoryError):
    """The snapshot of an earlier day is not to be had; the message says which is."""


class WorkspaceError(ObservatoryError):
    """What people write cannot be read or written just now; `detail` is for the operator."""

    def __init__(self, message: str, detail: str = "") -> None:
        self.detail = detail
        super().__init__(message)


class ConflictError(WorkspaceError):
    """Somebody else changed it meanwhile; `own` is what was to be written, `theirs` what is."""

    def __init__(
        self, message: str, own: Mapping[str, object], theirs: Mapping[str, object]
    ) -> None:
        self.own = dict(own)
        self.theirs = dict(theirs)
        super().__init__(message)


class InputError(ObservatoryError):
    """What a person typed cannot be taken; the message says what is expected."""


class NotAllowedError(ObservatoryError):
    """This person may not see or do this; the message says who may."""


class SignInError(NotAllowedError):
    """Nobody is signed in by this: wrong, used, ended or withdrawn."""


class TooManyTriesError(NotAllowedError):
    """Wrong too often; `wait_seconds` says when to try again."""

    def __init__(self, message: str, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(message)


class LicenceError(ObservatoryError):
    """A figure that may be shown, but not passed on: the licence of its source forbids it."""


class UnknownIdError(ObservatoryError):
    """An id that names nothing; `near` holds the ids it may have meant, best first."""

    def __init__(self, kind: str, unknown_id: str, near: Sequence[str] = ()) -> None:
        self.kind = kind
        self.unknown_id = unknown_id
        self.near = tuple(near)
        hint = f" Did you mean {', '.join(self.near)}?" if self.near else ""
        super().__init__(f"There is no {kind} {unknown_id!r}.{hint}")
