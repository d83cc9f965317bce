"""`ingest plan FILES`: documents' facts on the plan into the tables of `datasets/plan`.

What a file says replaces what is on record of the same thing; what the files do not say (kinds,
days, weights, targets) is kept, and so are remarks on initiatives. Nothing that would break a rule
of the plan is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from observatory.errors import DatasetError, Problem
from observatory.ingest.files import csv_frame
from observatory.ingest.plan_check import contradictions, problems_after
from observatory.ingest.plan_facts import Told, facts_told
from observatory.ingest.writing import csv_text, write_together
from observatory.schema import (
    ACTUALS,
    INITIATIVES,
    LINES,
    MEASURES,
    MILESTONES,
    OBJECTIVES,
    STATEMENTS,
    Table,
)

FOLDER = "plan"
FILES = {
    OBJECTIVES: "objectives.csv",
    LINES: "lines.csv",
    INITIATIVES: "initiatives.csv",
    MILESTONES: "milestones.csv",
    MEASURES: "measures.csv",
    ACTUALS: "actuals.csv",
    STATEMENTS: "statements.csv",
}
AT_FIRST = {  # of new rows, where no file says so; kept by hand from then on
    INITIATIVES: {"kind": "knowledge", "stage": "unknown"},
    MEASURES: {
        "polarity": "up",
        "value_chain_stage": "Output",
        "accumulation": "level",
        "rhythm_months": "12",
        "decimals": "0",
    },
}

Cells = dict[str, str]


@dataclass(frozen=True)
class PlanChange:
    """What an import would write.

    Attributes:
        tables: all rows of each changed table, as text, in order.
        added, changed: how many rows of each table are new, or differ from those on record.
        folder: where the tables lie.
    """

    tables: dict[Table, pd.DataFrame]
    added: dict[Table, int]
    changed: dict[Table, int]
    folder: Path


def plan_change(files: Sequence[Path], datasets_dir: Path, today: date) -> PlanChange:
    """What the files would change on record.

    Raises:
        DatasetError: a file is none of those known, or holds rows that cannot be read, contradict
            each other or break a rule of the plan.
    """
    if not files:
        rule = "expected one or more files of plan facts (CSV or JSON), found none."
        raise DatasetError([Problem("plan", None, None, rule)])
    told = [one for path in files for one in facts_told(path, today)]
    folder = datasets_dir / FOLDER
    tables, added, changed = {}, {}, {}
    for table, name in FILES.items():
        own = [one for one in told if one.table is table]
        if not own:
            continue
        before = _on_record(folder / name, table)
        after = _merged(before, own, table)
        after = _told_once(after) if table is ACTUALS else after
        held = before.set_index(list(table.key))
        new = after.set_index(list(table.key))
        common = new.index.intersection(held.index)
        added[table] = len(new) - len(common)
        changed[table] = int((new.loc[common] != held.loc[common]).any(axis=1).sum())
        tables[table] = after
    problems = contradictions(told) or problems_after(tables, told, datasets_dir)
    if problems:
        raise DatasetError(problems)
    return PlanChange(tables, added, changed, folder)


def write_plan(change: PlanChange) -> None:
    """Write all of a change, or nothing.

    Raises:
        OSError: a file cannot be written; all are as they were.
    """
    change.folder.mkdir(parents=True, exist_ok=True)
    write_together(
        {
            change.folder / FILES[table]: csv_text(list(frame.columns), frame.to_numpy().tolist())
            for table, frame in change.tables.items()
        }
    )


def change_words(change: PlanChange) -> str:
    """The change as lines to read."""
    return "\n".join(
        f"{FILES[table]}: {len(frame)} rows, {change.added[table]} new, "
        f"{change.changed[table]} changed"
        for table, frame in change.tables.items()
    )


def _on_record(path: Path, table: Table) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame(columns=list(table.column_names), dtype="str")
    frame = csv_frame(path, table.column_names)
    return frame[list(table.column_names)]


def _merged(before: pd.DataFrame, told: Iterable[Told], table: Table) -> pd.DataFrame:
    """The rows on record with what the files say put in; new rows at the end, in their order."""
    found: dict[tuple[str, ...], Cells] = {
        tuple(str(row[name]) for name in table.key): {str(k): str(v) for k, v in row.items()}
        for row in before.to_dict("records")
    }
    empty = dict.fromkeys(table.column_names, "") | AT_FIRST.get(table, {})
    for one in told:
        held = found.get(one.key)
        kept = _kept(table, held, one.cells) if held else {}
        found[one.key] = (held or empty) | one.cells | kept
    ordered = [[row[name] for name in table.column_names] for row in found.values()]
    return pd.DataFrame(ordered, columns=list(table.column_names), dtype="str")


def _kept(table: Table, held: Cells, told: Cells) -> Cells:
    """What stays as it is on record though a file says something else.

    A remark on an initiative is edited by hand once it is on record. A figure that is told again in
    the same words is no newer than it was: an import must not change what was known on a day.
    """
    if table is INITIATIVES:
        return {"note": held["note"]}
    if table is ACTUALS and held["as_stated"] == told["as_stated"]:
        return {"known_on": held["known_on"]}
    return {}


def _told_once(actuals: pd.DataFrame) -> pd.DataFrame:
    """Without a figure by the year where the same is there by the month or the day."""
    same = [actuals[name] for name in ("measure_id", "value", "relation")]
    same.append(actuals["on_date"].str[:4])
    exactness = actuals["period"].str.replace("/", "").str.count("-") + 1
    is_best = exactness == exactness.groupby(same).transform("max")
    is_alone = (actuals["on_date"] == "") | (actuals["value"] == "")
    return actuals[is_best | is_alone].reset_index(drop=True)
