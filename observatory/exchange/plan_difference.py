"""What a plan from a file would change: added, gone, changed, kind by kind, value by value."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from observatory.domain.plan import Plan

LONGEST_VALUE = 60


@dataclass(frozen=True)
class KindChange:
    """What would change among things of one kind.

    Attributes:
        kind: the plan itself, or objectives, lines, initiatives, …
        added, gone: what they are called, in order.
        changed: what they are called, and each value that differs, before and after.
        same: how many stay as they are.
    """

    kind: str
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


KEYS: dict[str, tuple[str, ...]] = {
    "objectives": ("objective_id",),
    "lines": ("line_id",),
    "initiatives": ("initiative_id",),
    "milestones": ("milestone_id",),
    "measures": ("measure_id",),
    "baselines": ("measure_id",),
    "targets": ("measure_id", "on", "standing"),
    "actuals": ("measure_id", "period", "known_on"),
    "outlooks": ("measure_id", "on", "known_on"),
    "risks": ("risk_id",),
    "decisions": ("decision_id",),
    "statements": ("topic", "words"),
}

Things = dict[tuple[str, ...], object]


def plan_difference(now: Plan, then: Plan) -> list[KindChange]:
    """What would change if one plan stood in place of another, for each kind of thing.

    Figures of computed measures are left out: they are computed anew for whatever plan there is.
    """
    computed = {one.measure_id for plan in (now, then) for one in plan.measures if one.computed}
    own = [name for one in fields(Plan) if (name := one.name) not in KEYS]
    differ = tuple(_differing(now, then, name) for name in own if _differs(now, then, name))
    found = [KindChange("plan", (), (), differ, len(own) - len(differ))]
    for kind in KEYS:
        before, after = (_by_key(plan, kind, computed) for plan in (now, then))
        common = [key for key in after if key in before]
        changed = [key for key in common if before[key] != after[key]]
        found.append(
            KindChange(
                kind,
                tuple(_named(key) for key in after if key not in before),
                tuple(_named(key) for key in before if key not in after),
                tuple(_changed(key, before[key], after[key]) for key in changed),
                len(common) - len(changed),
            )
        )
    return found


def _by_key(plan: Plan, kind: str, computed: set[str]) -> Things:
    """Things by what tells them apart; of those that nothing tells apart, each with a number."""
    found: Things = {}
    for one in getattr(plan, kind):
        if kind == "actuals" and one.measure_id in computed:
            continue
        names = tuple(str(getattr(one, name)) for name in KEYS[kind])
        key, number = names, 1
        while key in found:
            number += 1
            key = (*names, f"({number})")
        found[key] = one
    return found


def _named(key: tuple[str, ...]) -> str:
    return " ".join(_short(one) for one in key)


def _changed(key: tuple[str, ...], before: object, after: object) -> str:
    names = [name for name in vars(after) if _differs(before, after, name)]
    values = "; ".join(_differing(before, after, name) for name in names)
    return f"{_named(key)}: {values}"


def _differs(before: object, after: object, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _differing(before: object, after: object, name: str) -> str:
    return f"{name} {_value(getattr(before, name))} → {_value(getattr(after, name))}"


def _value(value: object) -> str:
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, tuple):
        return _short(", ".join(map(str, value)))
    return _short(f"{value:.15g}" if isinstance(value, float) else str(value))


def _short(text: str) -> str:
    """The beginning of a text, without what would break or colour a line of a terminal."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= LONGEST_VALUE else f"{plain[:LONGEST_VALUE]}…"


def difference_words(changes: Sequence[KindChange], shown: int = 8) -> str:
    """The changes as lines to read; kinds of which there is nothing are left out."""
    lines = []
    for one in changes:
        if not (one.added or one.gone or one.changed or one.same):
            continue
        told = f"{len(one.added)} added, {len(one.gone)} gone, {len(one.changed)} changed"
        lines.append(f"{one.kind}: {told}, {one.same} as they are")
        for mark, names in (("+", one.added), ("-", one.gone), ("~", one.changed)):
            lines += [f"  {mark} {name}" for name in names[:shown]]
            if len(names) > shown:
                lines.append(f"  {mark} … and {len(names) - shown} more")
    return "\n".join(lines)
