"""What a plan from a file would change: added, gone, changed, kind by kind, value by value."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from observatory.domain.plan import Plan

LONGEST_VALUE = 60


@dataclass(frozen=True)
class Changed:
    """One thing that would change: what it is called; each field that differs, before and after."""

    name: str
    values: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        values = "; ".join(f"{field} {before} → {after}" for field, before, after in self.values)
        return f"{self.name}: {values}" if self.name else values


@dataclass(frozen=True)
class KindChange:
    """What would change among things of one kind.

    Attributes:
        kind: the plan itself, or objectives, lines, initiatives, …
        added, gone: what they are called, in order.
        changed: what would be otherwise, value by value.
        same: how many stay as they are.
    """

    kind: str
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[Changed, ...]
    same: int

    @property
    def is_any(self) -> bool:
        """Whether anything of the kind would change."""
        return bool(self.added or self.gone or self.changed)


KEYS: dict[str, tuple[str, ...]] = {
    "principles": ("title",),
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
    differ = _values(now, then, own)
    itself = (Changed("", differ),) if differ else ()
    found = [KindChange("plan", (), (), itself, len(own) - len(differ))]
    for kind in KEYS:
        before, after = (_by_key(plan, kind, computed) for plan in (now, then))
        common = [key for key in after if key in before]
        changed = [key for key in common if before[key] != after[key]]
        found.append(
            KindChange(
                kind,
                tuple(_named(key, after[key]) for key in after if key not in before),
                tuple(_named(key, before[key]) for key in before if key not in after),
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


def _named(key: tuple[str, ...], thing: object) -> str:
    """A thing by its key and its title, or its value where it has one."""
    told = getattr(thing, "title", None)
    value = getattr(thing, "value", None)
    parts = [
        *key,
        *([told] if told else []),
        *([f"= {_value(value)}"] if value is not None else []),
    ]
    return " ".join(_short(one) for one in parts)


def _changed(key: tuple[str, ...], before: object, after: object) -> Changed:
    name = " ".join(_short(one) for one in key)
    return Changed(name, _values(before, after, list(vars(after))))


def _values(
    before: object, after: object, names: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    """The fields of two things that differ, each before and after."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple((name, _value(old), _value(new)) for name, old, new in pairs if old != new)


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
        changed = tuple(map(str, one.changed))
        for mark, names in (("+", one.added), ("-", one.gone), ("~", changed)):
            lines += [f"  {mark} {name}" for name in names[:shown]]
            if len(names) > shown:
                lines.append(f"  {mark} … and {len(names) - shown} more")
    return "\n".join(lines)
