"""Anyone can recompute every status from the exported table alone, by the published rule."""

from datetime import date

import pytest
from flask import Flask

Row = dict[str, object]
POINTS = {"achieved": 1.0, "on_track": 1.0, "off_pace": 0.5, "late": 0.0}
MONTH = 30.4375


def number(row: Row, name: str) -> float | None:
    return None if row[name] is None else float(str(row[name]))


def day(row: Row, name: str) -> date:
    return date.fromisoformat(str(row[name]))


def measure_status(row: Row) -> str:
    base, aim, actual = (number(row, name) for name in ("baseline", "target", "actual"))
    if row["polarity"] == "neutral" or aim is None or actual is None:
        return "unknown"
    is_bound = row["actual_relation"] in {"over", "at_least"}
    if (row["polarity"] == "up" and actual >= aim) or (
        row["polarity"] == "down" and actual <= aim and not is_bound
    ):
        only_grows = row["accumulation"] == "cumulative" and row["polarity"] == "up"
        is_settled = only_grows or day(row, "actual_on") >= day(row, "target_on")
        return "achieved" if is_settled or not is_old(row) else "overdue"
    if base is None:
        return "unknown"
    sign = -1 if row["polarity"] == "down" else 1
    if sign * aim <= sign * base:
        found = "late"
    else:
        start, end, now = day(row, "baseline_on"), day(row, "target_on"), day(row, "actual_on")
        share = min(max((now - start).days / (end - start).days, 0.0), 1.0)
        expected = base + (aim - base) * share
        if abs(expected - base) < 1e-12:
            return "unknown"
        pace = (actual - base) / (expected - base)
        found = "on_track" if pace >= 0.95 - 1e-9 else "off_pace" if pace >= 0.6 - 1e-9 else "late"
    if row["polarity"] == "down" and is_bound and not (found == "late" and actual > aim):
        return "unknown"
    return "overdue" if is_old(row) else found


def is_old(row: Row) -> bool:
    age = (day(row, "as_of") - day(row, "actual_on")).days
    return age > 2 * float(str(row["rhythm_months"])) * MONTH


def node_status(children: list[tuple[float, str]]) -> str:
    whole = sum(weight for weight, _status in children)
    known = [(weight, POINTS[status]) for weight, status in children if status in POINTS]
    known_weight = sum(weight for weight, _points in known)
    if whole <= 0 or known_weight <= 0 or known_weight / whole < 0.5 - 1e-9:
        return "unknown"
    if {status for weight, status in children if weight > 0} == {"achieved"}:
        return "achieved"
    score = sum(weight * points for weight, points in known) / known_weight
    return "on_track" if score >= 0.85 - 1e-9 else "off_pace" if score >= 0.5 - 1e-9 else "late"


def recomputed(rows: list[Row]) -> dict[str, str]:
    below: dict[str, list[Row]] = {}
    for row in rows:
        below.setdefault(str(row["parent_id"] or ""), []).append(row)

    found: dict[str, str] = {}

    def settle(row: Row) -> str:
        own_id = str(row["node_id"])
        if row["level"] == "measure":
            found[own_id] = measure_status(row)
        else:
            children = [
                (1.0 if one["weight"] is None else float(str(one["weight"])), settle(one))
                for one in below.get(own_id, [])
            ]
            found[own_id] = node_status(children)
        return found[own_id]

    settle(next(row for row in rows if row["level"] == "plan"))
    return found


@pytest.mark.parametrize("switch", ["on", "off"])
@pytest.mark.parametrize(
    "as_of", ["2020-12-31", "2021-06-30", "2022-06-30", "2022-12-31", "2023-12-31", "2026-11-23"]
)
def test_every_status_follows_from_the_exported_table(
    server: Flask, as_of: str, switch: str
) -> None:
    path = f"/export/plan.json?as_of={as_of}&illustrative={switch}"
    rows = server.test_client().get(path).get_json()["data"]
    told = {str(row["node_id"]): str(row["status"]) for row in rows}
    assert recomputed(rows) == told
    assert len(told) == 15
