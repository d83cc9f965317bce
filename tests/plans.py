"""Plans of every shape, for properties that hold for any of them."""

from datetime import date

from hypothesis import strategies as st

from observatory.domain import plan as kinds
from observatory.domain.plan import Plan
from observatory.schema.vocabulary import (
    ACCUMULATIONS,
    INITIATIVE_KINDS,
    PLAN_POLARITIES,
    RELATIONS,
    STAGES,
    STANDINGS,
    VALUE_CHAIN_STAGES,
)

# Spaces at both ends, line ends, letters that XML has no place for, marks of our own notes.
WORDS = st.text(max_size=20) | st.sampled_from(
    ["", " a ", "a\r\nb", "a\x0b\x00b\ufffe", '[observatory] {"weight": 9}', "<&]]>", "1\n"]
)
TITLES = WORDS.filter(lambda text: bool(text.strip()))
ADDRESSES = st.just("") | WORDS.map("https://example.org/{}".format)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)
WEIGHTS = st.none() | st.floats(0, 1000)
NUMBERED = {"O": "objectives", "L": "lines", "i": "initiatives", "m": "measures"}
LEVELS = st.integers(1, 5)
MOST = 3


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan whose tree, figures and words are anything that the rules allow."""
    ids = {
        letter: [f"{letter}{number}" for number in range(1, 1 + draw(st.integers(0, MOST)))]
        for letter in NUMBERED
    }
    if not ids["O"]:
        ids["L"] = []
    if not ids["L"]:
        ids["i"] = []
    nodes = [kinds.ROOT, *ids["O"], *ids["L"], *ids["i"]]
    frame = draw(WORDS)
    return Plan(
        plan_id="p",
        title=draw(TITLES),
        starts_on=date(2021, 1, 1),
        ends_on=date(2023, 12, 31),
        motto=draw(WORDS),
        frame=frame,
        is_official=not frame,
        objectives=tuple(
            kinds.Objective(one, draw(TITLES), draw(WEIGHTS), draw(WORDS)) for one in ids["O"]
        ),
        lines=tuple(
            kinds.Line(
                one, draw(st.sampled_from(ids["O"])), draw(TITLES), draw(WEIGHTS), draw(WORDS)
            )
            for one in ids["L"]
        ),
        initiatives=tuple(_initiative(draw, one, ids["L"]) for one in ids["i"]),
        measures=tuple(_measure(draw, one, nodes) for one in ids["m"]),
        **_figures(draw, ids["m"]),
        **_others(draw, nodes),
    )


def _initiative(draw: st.DrawFn, own_id: str, lines: list[str]) -> kinds.Initiative:
    return draw(
        st.builds(
            kinds.Initiative,
            initiative_id=st.just(own_id),
            line_id=st.sampled_from(lines),
            title=TITLES,
            kind=st.sampled_from(INITIATIVE_KINDS),
            owner=WORDS,
            bodies=st.lists(TITLES, max_size=2).map(tuple),
            cities=st.lists(TITLES, max_size=2).map(tuple),
            events=st.lists(TITLES, max_size=2).map(tuple),
            themes=st.lists(TITLES, max_size=2).map(tuple),
            sdgs=st.lists(st.integers(1, 17), max_size=3).map(tuple),
            starts_on=st.none() | DAYS,
            ends_on=st.none() | DAYS,
            stage=st.sampled_from(STAGES),
            stages=st.lists(st.tuples(DAYS, st.sampled_from(STAGES)), max_size=2).map(tuple),
            weight=WEIGHTS,
            source_url=ADDRESSES,
            note=WORDS,
        )
    )


def _measure(draw: st.DrawFn, own_id: str, nodes: list[str]) -> kinds.Measure:
    return draw(
        st.builds(
            kinds.Measure,
            measure_id=st.just(own_id),
            node_id=st.sampled_from(nodes),
            title=TITLES,
            unit=WORDS,
            polarity=st.sampled_from(PLAN_POLARITIES),
            value_chain_stage=st.sampled_from(VALUE_CHAIN_STAGES),
            accumulation=st.sampled_from(ACCUMULATIONS),
            computed=st.sampled_from(["", "coverage", "evidence:AB"]),
            rhythm_months=st.integers(1, 120),
            decimals=st.integers(0, 6),
            weight=WEIGHTS,
            definition=WORDS,
        )
    )


def _figures(draw: st.DrawFn, measures: list[str]) -> dict[str, tuple[object, ...]]:
    """Baselines, targets and actuals, measure by measure as a document has them."""
    common = {"on": DAYS, "value": NUMBERS, "known_on": DAYS, "source_url": ADDRESSES}
    shapes = {
        "baselines": (kinds.Baseline, {**common, "note": WORDS}),
        "targets": (
            kinds.Target,
            {**common, "standing": st.sampled_from(STANDINGS), "note": WORDS},
        ),
        "actuals": (
            kinds.Actual,
            {
                **common,
                "on": st.none() | DAYS,
                "value": st.none() | NUMBERS,
                "period": TITLES,
                "relation": st.sampled_from(RELATIONS),
                "as_stated": WORDS,
                "note": WORDS,
                "reported_by": WORDS,
            },
        ),
    }
    return {
        name: tuple(
            figure
            for one in measures
            for figure in draw(
                st.lists(st.builds(kind, measure_id=st.just(one), **parts), max_size=2)
            )
        )
        for name, (kind, parts) in shapes.items()
    }


def _others(draw: st.DrawFn, nodes: list[str]) -> dict[str, tuple[object, ...]]:
    """What a plan as JSON holds, and StratML has no place for."""
    shapes = {
        "milestones": st.builds(
            kinds.Milestone,
            milestone_id=TITLES,
            node_id=st.sampled_from(nodes),
            title=WORDS,
            due_on=st.none() | DAYS,
            done_on=st.none() | DAYS,
            known_on=st.none() | DAYS,
            source_url=ADDRESSES,
            note=WORDS,
        ),
        "risks": st.builds(
            kinds.Risk,
            risk_id=TITLES,
            initiative_id=TITLES,
            title=WORDS,
            likelihood=LEVELS,
            impact=LEVELS,
            known_on=DAYS,
            is_open=st.booleans(),
            note=WORDS,
        ),
        "decisions": st.builds(
            kinds.Decision,
            decision_id=TITLES,
            node_id=st.sampled_from(nodes),
            words=WORDS,
            owner=WORDS,
            decided_on=DAYS,
            due_on=st.none() | DAYS,
            state=st.sampled_from(["open", "done", "dropped"]),
        ),
        "statements": st.builds(
            kinds.Statement, topic=WORDS, words=WORDS, on=WORDS, source_url=ADDRESSES
        ),
    }
    return {name: tuple(draw(st.lists(one, max_size=2))) for name, one in shapes.items()}
