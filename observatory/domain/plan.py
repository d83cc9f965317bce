"""The plan: objectives, lines, initiatives, measures, and what is known of them at a date.

A plan is one frozen value. Everything that was learned at some moment carries `known_on`;
`domain.plan_as_of` leaves out what was not known then. Ids are unique in the whole plan, whatever
they name. The words that some attributes hold (STAGES, RELATIONS, …) are those of
`observatory.schema.vocabulary`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

ROOT = "plan"  # id of the plan itself, as a node

OPEN_DECISION = "open"
BOUNDS = ("over", "at_least")  # the true value is this or more


@dataclass(frozen=True)
class Objective:
    """The highest level of the plan.

    Attributes:
        objective_id: its id.
        title: its title. note: remark.
        weight: what it counts in the plan's status; None counts as 1.
    """

    objective_id: str
    title: str
    weight: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line of action: the level between objectives and initiatives; as `Objective`."""

    line_id: str
    objective_id: str
    title: str
    weight: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Initiative:
    """What somebody does.

    Attributes:
        initiative_id, line_id, title: what it is called and where it stands.
        kind: congress, campaign, knowledge, learning, project, award, cross_cutting, body, …
        owner: the body that answers for it; "" where none is named.
        bodies: other organisations that take part, as stated.
        cities: ids of members that take part by what the sources of the initiative say.
        events: ids of its events in the network, which bring more cities.
        themes, sdgs: themes of the catalogue; Sustainable Development Goals, 1 to 17.
        starts_on, ends_on: None where no source says so.
        stage: one of STAGES. stages: what was told of it since, with the day each became known.
        weight: as of `Objective`. source_url, note: where it is documented, remark.
    """

    initiative_id: str
    line_id: str
    title: str
    kind: str
    owner: str = ""
    bodies: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    stage: str = "unknown"
    stages: tuple[tuple[date, str], ...] = ()
    weight: float | None = None
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Milestone:
    """A day that something is due, and the day it was done.

    Attributes:
        milestone_id, node_id, title: what it is, of which node.
        due_on: None where it was never announced. done_on: None where not done, or not known.
        known_on: the day it is known from; None for always.
        source_url, note: where it is documented, remark.
    """

    milestone_id: str
    node_id: str
    title: str
    due_on: date | None
    done_on: date | None = None
    known_on: date | None = None
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """What the plan counts.

    Attributes:
        measure_id, node_id, title, unit: what it is, of which node.
        polarity: one of PLAN_POLARITIES: whether more or less is better, or neither.
        value_chain_stage: one of VALUE_CHAIN_STAGES, as StratML has them.
        accumulation: "level", each figure is of its day and the newest stands; "periodic", each
            is of its own period and the newest stands; "cumulative", each adds to those before
            it since the plan's start.
        computed: name of the computation from the snapshot that gives its figures; "" where
            they are reported.
        rhythm_months: how often a figure is expected. decimals: of its figures.
        weight: what it counts in its node's status; None counts as 1.
        definition: what is counted, in a sentence.
    """

    measure_id: str
    node_id: str
    title: str
    unit: str
    polarity: str
    value_chain_stage: str = "Output"
    accumulation: str = "level"
    computed: str = ""
    rhythm_months: int = 12
    decimals: int = 0
    weight: float | None = None
    definition: str = ""


@dataclass(frozen=True)
class Baseline:
    """Where a measure stood at first; given, not taken from its figures."""

    measure_id: str
    on: date
    value: float
    known_on: date
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Target:
    """What a measure is to reach.

    Attributes:
        measure_id, on, value: which value by which day.
        standing: one of STANDINGS; "illustrative" is ours, to show how the rule works.
        known_on: the day it is known from. source_url, note: as elsewhere.
    """

    measure_id: str
    on: date
    value: float
    standing: str
    known_on: date
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Actual:
    """A figure of a measure, kept as it was stated.

    Attributes:
        measure_id: the measure.
        period: what it is about, as stated: "2021-11", "2020", "2020/21", "undated".
        on: last day of the period; None where undated.
        value: None where the source gives words only.
        relation: one of RELATIONS. as_stated: the words of the source. note: remark.
        known_on: the day it is known from.
        source_url: where it is documented; "" for computed figures and those reported here.
        reported_by: who reported it here; "" otherwise.
    """

    measure_id: str
    period: str
    on: date | None
    value: float | None
    relation: str
    as_stated: str
    known_on: date
    note: str = ""
    source_url: str = ""
    reported_by: str = ""


@dataclass(frozen=True)
class Outlook:
    """A forecast that somebody stated for a measure, and why."""

    measure_id: str
    on: date
    value: float
    known_on: date
    reported_by: str
    note: str = ""


@dataclass(frozen=True)
class Risk:
    """What may go wrong with an initiative, how likely and how bad, from 1 to 5 each."""

    risk_id: str
    initiative_id: str
    title: str
    likelihood: int
    impact: int
    known_on: date
    is_open: bool = True
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """What was decided about a node, who does it, by when.

    Attributes:
        decision_id, node_id, words, owner: what was decided about what, and who does it.
        decided_on, due_on: the day of the meeting, and by when; None where no day was set.
        state: open, done or dropped.
        seen_as_of: the day the meeting looked at; None where it is not on record.
        settled_on: since when it is not open; None where it is, or it is not on record.
    """

    decision_id: str
    node_id: str
    words: str
    owner: str
    decided_on: date
    due_on: date | None = None
    state: str = OPEN_DECISION
    seen_as_of: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True)
class Statement:
    """Something that is documented of the plan itself; `topic` says what about."""

    topic: str
    words: str
    on: str
    source_url: str


@dataclass(frozen=True)
class Principle:
    """What an organisation holds dear, by a name with or without words on it."""

    title: str
    words: str = ""


@dataclass(frozen=True)
class Plan:
    """A plan with all that is known of it.

    Attributes:
        plan_id, title, motto: what it is called.
        starts_on, ends_on: its period.
        frame: whose the objectives and lines are, in words for the reader; "" for an official one.
        is_official: whether the frame is the organisation's own.
        organisation, vision, mission: whose plan it is, and what that wants; "" where not told.
        principles: what it holds dear.
        objectives, lines, initiatives, measures, milestones: what it consists of, in order.
        baselines, targets, actuals, outlooks, risks, decisions, statements: what is known.
    """

    plan_id: str
    title: str
    starts_on: date
    ends_on: date
    motto: str = ""
    frame: str = ""
    is_official: bool = False
    organisation: str = ""
    vision: str = ""
    mission: str = ""
    principles: tuple[Principle, ...] = ()
    objectives: tuple[Objective, ...] = ()
    lines: tuple[Line, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    measures: tuple[Measure, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    actuals: tuple[Actual, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    risks: tuple[Risk, ...] = ()
    decisions: tuple[Decision, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Node:
    """One place in the tree of a plan.

    Attributes:
        node_id, kind: "plan", "objective", "line", "initiative" or "measure".
        title: its title. parent_id: "" for the plan. weight: as of `Objective`.
        children: ids below it, in order: lower levels first, then its own measures.
    """

    node_id: str
    kind: str
    title: str
    parent_id: str
    weight: float | None
    children: tuple[str, ...] = field(default=())


def tree(plan: Plan) -> dict[str, Node]:
    """Every node of a plan by its id, from the plan down, each level in order.

    Raises:
        ValueError: an id is used twice, or something hangs on a node that is not there.
    """
    nodes = [Node(ROOT, "plan", plan.title, "", None)]
    nodes += [Node(o.objective_id, "objective", o.title, ROOT, o.weight) for o in plan.objectives]
    nodes += [Node(x.line_id, "line", x.title, x.objective_id, x.weight) for x in plan.lines]
    nodes += [
        Node(i.initiative_id, "initiative", i.title, i.line_id, i.weight) for i in plan.initiatives
    ]
    nodes += [Node(m.measure_id, "measure", m.title, m.node_id, m.weight) for m in plan.measures]
    found = {node.node_id: node for node in nodes}
    if len(found) < len(nodes):
        raise ValueError(f"expected ids used once, found twice: {', '.join(_twice(nodes))}")
    below: dict[str, list[str]] = {node_id: [] for node_id in found}
    for node in nodes[1:]:
        if node.parent_id not in found or found[node.parent_id].kind == "measure":
            raise ValueError(f"expected a node above {node.node_id}, found {node.parent_id!r}")
        below[node.parent_id].append(node.node_id)
    return {key: replace(node, children=tuple(below[key])) for key, node in found.items()}


def nodes_written_about(plan: Plan) -> dict[str, str]:
    """Titles by id of what updates are about: initiatives, and what else holds reported measures.

    Plans from elsewhere know no initiatives: their measures hang on lines.
    """
    titles = {one.initiative_id: one.title for one in plan.initiatives}
    nodes = tree(plan)
    others = [m.node_id for m in plan.measures if not m.computed and m.node_id not in titles]
    return titles | {node_id: nodes[node_id].title for node_id in others}


def _twice(nodes: Iterable[Node]) -> list[str]:
    counts = Counter(node.node_id for node in nodes)
    return sorted(node_id for node_id, count in counts.items() if count > 1)


def path_to(nodes: dict[str, Node], node_id: str) -> tuple[Node, ...]:
    """The nodes from the plan down to one."""
    found = [nodes[node_id]]
    while found[0].parent_id:
        found.insert(0, nodes[found[0].parent_id])
    return tuple(found)


def measures_below(nodes: dict[str, Node], node_id: str) -> tuple[str, ...]:
    """Ids of the measures at or below a node, in the order of the tree."""
    node = nodes[node_id]
    if node.kind == "measure":
        return (node_id,)
    return tuple(one for child in node.children for one in measures_below(nodes, child))
