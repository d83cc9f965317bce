"""Tables of the plan: its frame, its measures, and what is documented of them."""

from observatory.schema.declaration import Column, Table, choice, identifier, one_of, text
from observatory.schema.vocabulary import (
    ACCUMULATIONS,
    INITIATIVE_KINDS,
    PLAN_POLARITIES,
    RELATIONS,
    STAGES,
    STANDINGS,
    VALUE_CHAIN_STAGES,
)


def _node(name: str, meaning: str) -> Column:
    return Column(
        name,
        "VARCHAR",
        meaning,
        condition=f"regexp_full_match({name}, '[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*')",
        rule="a short id of letters, digits, -, _ and .",
    )


def _day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(
        name,
        "DATE",
        meaning,
        required=required,
        condition=f"{name} BETWEEN DATE '1900-01-01' AND DATE '2100-12-31'",
        rule="a day like 2021-11-12",
    )


def _word(name: str, meaning: str, values: tuple[str, ...]) -> Column:
    condition, rule = one_of(name, values)
    return Column(name, "VARCHAR", meaning, condition=condition, rule=rule)


WEIGHT = Column(
    "weight",
    "DOUBLE",
    "what it counts in the status above it; empty counts as 1, 0 leaves it out",
    required=False,
    condition="weight BETWEEN 0 AND 1000",
    rule="a number from 0 to 1000, or nothing",
)

PLANS = Table(
    "plans",
    "the plan",
    (
        identifier("plan_id", "id of the plan"),
        text("title", "title"),
        text("motto", "motto", required=False),
        _day("starts_on", "first day", required=True),
        _day("ends_on", "last day", required=True),
        text("frame", "whose objectives and lines these are; empty where official", required=False),
    ),
    key=("plan_id",),
)

OBJECTIVES = Table(
    "objectives",
    "an objective of the plan",
    (
        _node("objective_id", "id of the objective"),
        text("title", "title"),
        WEIGHT,
        text("note", "remark", required=False),
    ),
    key=("objective_id",),
    in_file_order=True,
)

LINES = Table(
    "plan_lines",
    "a line of action under an objective",
    (
        _node("line_id", "id of the line"),
        _node("objective_id", "the objective above"),
        text("title", "title"),
        WEIGHT,
        text("note", "remark", required=False),
    ),
    key=("line_id",),
    references=(("objective_id", "objectives", "objective_id"),),
    in_file_order=True,
)

INITIATIVES = Table(
    "initiatives",
    "an initiative: what somebody does under a line of action",
    (
        identifier("initiative_id", "id of the initiative"),
        _node("line_id", "the line above"),
        text("title", "title"),
        choice("kind", "kind of initiative", INITIATIVE_KINDS),
        text("owner", "body that answers for it; empty where none is named", required=False),
        text("bodies", "other organisations that take part, with ;", required=False),
        text("cities", "members that take part by its own sources, with ;", required=False),
        text("events", "its events in the network, with ;", required=False),
        text("themes", "themes of the catalogue it is about, with ;", required=False),
        text("sdgs", "Sustainable Development Goals it serves, 1 to 17, with ;", required=False),
        _day("starts_on", "first day; empty where no source gives it"),
        _day("ends_on", "last day; empty where it lasts, or no source gives it"),
        choice("stage", "how far it is", STAGES),
        WEIGHT,
        text("source_url", "where it is documented"),
        text("note", "remark", required=False),
    ),
    key=("initiative_id",),
    references=(("line_id", "plan_lines", "line_id"),),
    in_file_order=True,
)

MILESTONES = Table(
    "milestones",
    "a day on which something of the plan was due or was done",
    (
        identifier("milestone_id", "id of the milestone"),
        _node("node_id", "the initiative or other node it belongs to"),
        text("title", "what is due"),
        _day("due_on", "day it is due; empty where it was never announced"),
        _day("done_on", "day it was done; empty where not done or not known"),
        text("source_url", "where it is documented"),
        text("note", "remark", required=False),
    ),
    key=("milestone_id",),
    in_file_order=True,
)

MEASURES = Table(
    "measures",
    "what the plan counts",
    (
        identifier("measure_id", "id of the measure"),
        _node("node_id", "the node it belongs to"),
        text("title", "what is counted"),
        text("unit", "unit"),
        _word("polarity", "which direction is better", PLAN_POLARITIES),
        _word("value_chain_stage", "stage of the value chain, as in StratML", VALUE_CHAIN_STAGES),
        _word("accumulation", "how figures of several periods stand together", ACCUMULATIONS),
        text("computed", "computation that gives its figures; empty if reported", required=False),
        Column(
            "rhythm_months",
            "SMALLINT",
            "how often a figure is expected",
            "months",
            condition="rhythm_months BETWEEN 1 AND 120",
            rule="a whole number of months from 1 to 120",
        ),
        Column(
            "decimals",
            "SMALLINT",
            "decimals of its figures",
            condition="decimals BETWEEN 0 AND 6",
            rule="a whole number from 0 to 6",
        ),
        WEIGHT,
        text("definition", "what is counted, in a sentence", required=False),
    ),
    key=("measure_id",),
    in_file_order=True,
)

BASELINES = Table(
    "baselines",
    "where a measure started, when this is not its last figure from before the plan",
    (
        identifier("measure_id", "the measure"),
        _day("on_date", "the day it is about", required=True),
        Column("value", "DOUBLE", "the figure, in the measure's unit"),
        text("source_url", "where it is documented", required=False),
        text("note", "why this figure", required=False),
    ),
    key=("measure_id",),
    references=(("measure_id", "measures", "measure_id"),),
    in_file_order=True,
)

TARGETS = Table(
    "targets",
    "what a measure is to reach by a day",
    (
        identifier("measure_id", "the measure"),
        _day("on_date", "the day by which", required=True),
        Column("value", "DOUBLE", "the figure, in the measure's unit"),
        _word("standing", "whose target it is; illustrative is ours", STANDINGS),
        _day("known_on", "the day it is known from", required=True),
        text("source_url", "where it is documented", required=False),
        text("note", "how it was set", required=False),
    ),
    key=("measure_id", "on_date", "standing"),
    references=(("measure_id", "measures", "measure_id"),),
    in_file_order=True,
)

ACTUALS = Table(
    "actuals",
    "a figure of a measure, kept as it was stated",
    (
        identifier("measure_id", "the measure"),
        text("period", "what it is about, as stated: 2021-11, 2020, 2020/21, undated"),
        _day("on_date", "last day of the period; empty where undated"),
        Column("value", "DOUBLE", "the figure; empty where it is in words", required=False),
        _word("relation", "what the words make of the figure", RELATIONS),
        text("as_stated", "the words of the source"),
        _day("known_on", "the day it is known from: the period's last, or that of our look"),
        text("source_url", "where it is documented"),
        text("note", "remark", required=False),
    ),
    key=("measure_id", "period"),
    references=(("measure_id", "measures", "measure_id"),),
    in_file_order=True,
)

STATEMENTS = Table(
    "statements",
    "something that is documented of the plan itself",
    (
        text("topic", "what it is about: plan, calendar, body, earlier plan"),
        text("words", "what is documented"),
        text("stated_on", "the day or period; empty where none", required=False),
        text("source_url", "where"),
    ),
    key=("topic", "words"),
    in_file_order=True,
)
