"""What a plan from outside must keep, for everything that reads plans to work with it.

The facts in the datasets are held to the same rules as tables, before a snapshot is made of them.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from observatory.domain.plan import ROOT, Plan
from observatory.schema.vocabulary import (
    ACCUMULATIONS,
    INITIATIVE_KINDS,
    PLAN_POLARITIES,
    RELATIONS,
    STAGES,
    STANDINGS,
    VALUE_CHAIN_STAGES,
)

IDS = {
    "objectives": "objective_id",
    "lines": "line_id",
    "initiatives": "initiative_id",
    "measures": "measure_id",
}
NODES = ("objectives", "lines", "initiatives")
WORDS = {
    ("initiatives", "kind"): INITIATIVE_KINDS,
    ("initiatives", "stage"): STAGES,
    ("measures", "polarity"): PLAN_POLARITIES,
    ("measures", "value_chain_stage"): VALUE_CHAIN_STAGES,
    ("measures", "accumulation"): ACCUMULATIONS,
    ("targets", "standing"): STANDINGS,
    ("actuals", "relation"): RELATIONS,
    ("decisions", "state"): ("open", "done", "dropped"),
}
RANGES = {
    ("objectives", "weight"): (0, 1000),
    ("lines", "weight"): (0, 1000),
    ("initiatives", "weight"): (0, 1000),
    ("measures", "weight"): (0, 1000),
    ("measures", "rhythm_months"): (1, 120),
    ("measures", "decimals"): (0, 6),
    ("risks", "likelihood"): (1, 5),
    ("risks", "impact"): (1, 5),
}
# Milestones, risks and decisions of nodes that are gone are kept: they are of no status.
PARENTS = {
    ("lines", "objective_id"): ("objectives",),
    ("initiatives", "line_id"): ("lines",),
    ("measures", "node_id"): NODES,
    ("baselines", "measure_id"): ("measures",),
    ("targets", "measure_id"): ("measures",),
    ("actuals", "measure_id"): ("measures",),
    ("outlooks", "measure_id"): ("measures",),
}
ID = r"\w[\w.·-]*"
LONGEST_ID = 100
MOST_NODES = 3000  # a level of all that a city government plans; more makes every page slow
MOST_TOLD = 30_000  # figures, targets and what else is told of the nodes
MOST_YEARS = 30  # what is computed of a plan is computed for each of its years
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
HIGHEST_SDG = 17


@dataclass(frozen=True)
class Fault:
    """A rule that a plan breaks: where, and what was expected and found."""

    place: str
    rule: str


def faults(plan: Plan, computations: Collection[str]) -> list[Fault]:
    """Every rule that a plan breaks, in the order of its parts; none for a sound one.

    Args:
        plan: any plan.
        computations: names that the `computed` of a measure may begin with.
    """
    found = list(_of_size(plan))
    if found:
        return found  # what is far too large is not looked through
    found = list(_of_plan(plan))
    places = {kind: frozenset(_ids(plan, kind)) for kind in IDS}
    for one in fields(plan):
        things = getattr(plan, one.name)
        if isinstance(things, tuple):
            for number, thing in enumerate(things, start=1):
                place = f"{one.name} {number}"
                found += _of_words(one.name, thing, place)
                found += _of_numbers(one.name, thing, place)
                found += _of_days(thing, place)
                found += _of_parents(one.name, thing, place, places)
    return [*found, *_of_stages(plan), *_of_computed(plan, computations)]


def _ids(plan: Plan, kind: str) -> list[str]:
    return [getattr(one, IDS[kind]) for one in getattr(plan, kind)]


def _of_size(plan: Plan) -> Iterator[Fault]:
    parts = {one.name: getattr(plan, one.name) for one in fields(plan)}
    nodes = sum(len(parts[kind]) for kind in IDS)
    told = sum(len(x) for kind, x in parts.items() if isinstance(x, tuple) and kind not in IDS)
    if nodes > MOST_NODES:
        names = ", ".join(IDS)
        yield Fault(names, f"expected at most {MOST_NODES:,} in all, found {nodes:,}.")
    if told > MOST_TOLD:
        rule = f"expected at most {MOST_TOLD:,} figures, targets and remarks, found {told:,}."
        yield Fault("plan", rule)


def _of_plan(plan: Plan) -> Iterator[Fault]:
    """What concerns the plan as a whole: its period, whose it is, and its ids."""
    if not plan.title.strip():
        yield Fault("title", "expected a title, found nothing.")
    yield from _of_days(plan, "plan")
    if plan.ends_on < plan.starts_on:
        yield Fault(
            "ends_on", f"expected an end after the start {plan.starts_on}, found {plan.ends_on}."
        )
    if plan.ends_on.year - plan.starts_on.year > MOST_YEARS:
        period = f"{plan.starts_on} to {plan.ends_on}"
        yield Fault("ends_on", f"expected at most {MOST_YEARS} years, found {period}.")
    if plan.is_official == bool(plan.frame):
        rule = "expected words that say whose frame it is, or an official plan, found neither."
        both = "expected no words on whose frame it is for an official plan, found some."
        yield Fault("frame", both if plan.frame else rule)
    counts = Counter([ROOT, *(one for kind in IDS for one in _ids(plan, kind))])
    for own_id, count in counts.items():
        if len(own_id) > LONGEST_ID or not re.fullmatch(ID, own_id):
            expected = f"expected at most {LONGEST_ID} letters, digits, -, _ and ."
            yield Fault("ids", f"{expected}, found {own_id[: LONGEST_ID + 1]!r}.")
        if count > 1:
            yield Fault("ids", f"expected ids used once, found twice: {own_id}.")


def _of_words(kind: str, thing: object, place: str) -> Iterator[Fault]:
    """Titles that are there, words of a vocabulary, addresses of the web."""
    for (of_kind, name), words in WORDS.items():
        found = getattr(thing, name) if of_kind == kind else words[0]
        if found not in words:
            rule = f"expected one of {', '.join(words)}, found {found!r}."
            yield Fault(f"{place}, {name}", rule)
    if kind in IDS and not str(getattr(thing, "title", "")).strip():
        yield Fault(f"{place}, title", "expected a title, found nothing.")
    address = str(getattr(thing, "source_url", ""))
    if address and not address.startswith(("https://", "http://")):
        rule = f"expected an address that begins with https://, found {address[:80]!r}."
        yield Fault(f"{place}, source_url", rule)


def _of_numbers(kind: str, thing: object, place: str) -> Iterator[Fault]:
    for (of_kind, name), (least, most) in RANGES.items():
        number = getattr(thing, name) if of_kind == kind else None
        if number is not None and not least <= number <= most:
            yield Fault(f"{place}, {name}", f"expected {least} to {most}, found {number:g}.")
    value = getattr(thing, "value", None)
    if value is not None and not math.isfinite(value):
        yield Fault(f"{place}, value", f"expected a number, found {value}.")
    goals: Sequence[int] = getattr(thing, "sdgs", ())
    if any(not 1 <= one <= HIGHEST_SDG for one in goals):
        yield Fault(f"{place}, sdgs", f"expected numbers from 1 to 17, found {list(goals)}.")


def _of_days(thing: object, place: str) -> Iterator[Fault]:
    for name, day in vars(thing).items():
        if isinstance(day, date) and not FIRST_DAY <= day <= LAST_DAY:
            rule = f"expected a day from {FIRST_DAY} to {LAST_DAY}, found {day}."
            yield Fault(f"{place}, {name}", rule)


def _of_parents(
    kind: str, thing: object, place: str, ids: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    for (of_kind, name), above in PARENTS.items():
        if of_kind != kind:
            continue
        found = getattr(thing, name)
        is_root = found == ROOT and above == NODES
        if not is_root and not any(found in ids[one] for one in above):
            rule = f"expected an id of {' or '.join(above)}, found {found!r}."
            yield Fault(f"{place}, {name}", rule)


def _of_stages(plan: Plan) -> Iterator[Fault]:
    for number, one in enumerate(plan.initiatives, start=1):
        for day, stage in one.stages:
            if stage not in STAGES or not FIRST_DAY <= day <= LAST_DAY:
                rule = f"expected a day and one of {', '.join(STAGES)}, found {day}, {stage!r}."
                yield Fault(f"initiatives {number}, stages", rule)


def _of_computed(plan: Plan, computations: Collection[str]) -> Iterator[Fault]:
    for number, one in enumerate(plan.measures, start=1):
        if one.computed and one.computed.partition(":")[0] not in computations:
            rule = f"expected one of {', '.join(computations)} or nothing, found {one.computed!r}."
            yield Fault(f"measures {number}, computed", rule)
