"""What a plan from a file would change: added, gone, changed, kind by kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from observatory.domain.plan import Plan

Key = Callable[[object], tuple[object, ...]]


@dataclass(frozen=True)
class KindChange:
    """What would change among things of one kind.

    Attributes:
        kind: objectives, lines, initiatives, measures, baselines, targets, actuals.
        added, gone, changed: what they are called, in order.
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
    "measures": ("measure_id",),
    "baselines": ("measure_id",),
    "targets": ("measure_id", "on", "standing"),
    "actuals": ("measure_id", "period", "known_on"),
}


def plan_difference(now: Plan, then: Plan) -> list[KindChange]:
    """What would change if one plan stood in place of another, for each kind of thing.

    Figures of computed measures are left out: they are computed anew for whatever plan there is.
    """
    computed = {one.measure_id for plan in (now, then) for one in plan.measures if one.computed}
    found = []
    for kind, names in KEYS.items():
        before, after = (
            _by_key(getattr(plan, kind), names, computed, kind) for plan in (now, then)
        )
        common = before.keys() & after.keys()
        changed = [key for key in after if key in common and before[key] != after[key]]
        found.append(
            KindChange(
                kind,
                tuple(_named(key) for key in after if key not in before),
                tuple(_named(key) for key in before if key not in after),
                tuple(_named(key) for key in changed),
                len(common) - len(changed),
            )
        )
    return found


def _by_key(
    things: Sequence[object], names: tuple[str, ...], computed: set[str], kind: str
) -> dict[tuple[str, ...], object]:
    return {
        tuple(str(getattr(one, name)) for name in names): one
        for one in things
        if kind != "actuals" or getattr(one, "measure_id", "") not in computed
    }


def _named(key: tuple[str, ...]) -> str:
    return " ".join(key)


def difference_words(changes: Sequence[KindChange], shown: int = 8) -> str:
    """The changes as lines to read."""
    lines = []
    for one in changes:
        told = f"{len(one.added)} added, {len(one.gone)} gone, {len(one.changed)} changed"
        lines.append(f"{one.kind}: {told}, {one.same} as they are")
        for mark, names in (("+", one.added), ("-", one.gone), ("~", one.changed)):
            lines += [f"  {mark} {name}" for name in names[:shown]]
            if len(names) > shown:
                lines.append(f"  {mark} … and {len(names) - shown} more")
    return "\n".join(lines)
