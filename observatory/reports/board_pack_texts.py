"""What a board pack is made from, and what it says: the same texts in print and on screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from observatory.domain.plan import Plan
from observatory.domain.plan_status import CUT_POINTS, Assessment, CutPoints


@dataclass(frozen=True)
class BoardPack:
    """What a board pack is made from.

    Attributes:
        plan: cut to the day by `domain.plan_as_of`, with what people published merged in.
        on: the day. assessments: the status of every node on it.
        snapshot_id, published_at: the snapshot that the computed figures are of.
        has_illustrative: whether illustrative targets count.
        taking_part: by initiative, how many members take part, by its own sources or its events.
        notice: what could not be read, in words for the reader; "" where all could.
        site: address where readers find the observatory; "" where it is not set.
        cuts: the cut points of the rule.
    """

    plan: Plan
    on: date
    assessments: Mapping[str, Assessment]
    snapshot_id: str
    published_at: str
    taking_part: Mapping[str, int] = field(default_factory=dict)
    has_illustrative: bool = True
    notice: str = ""
    site: str = ""
    cuts: CutPoints = CUT_POINTS


@dataclass(frozen=True)
class StatusText:
    """A status: its code, its word, and whether a target of ours is behind it."""

    code: str
    word: str
    is_ours: bool = False


@dataclass(frozen=True)
class FigureText:
    """A figure as it is printed: value, what it is about, numbers of its sources."""

    value: str
    small: str = ""
    sources: tuple[int, ...] = ()
    is_ours: bool = False


@dataclass(frozen=True)
class MeasureText:
    """A measure with the figures its status follows from.

    `steps`: why, then the arithmetic, then the forecast where there is one; `no_forecast`: why
    there is none.
    """

    measure_id: str
    title: str
    unit: str
    baseline: FigureText
    target: FigureText
    actual: FigureText
    status: StatusText
    steps: tuple[str, ...]
    no_forecast: str = ""


@dataclass(frozen=True)
class TalkText:
    """A measure that needs talk: where it stands, and its path as a picture with words.

    Attributes:
        measure: the measure. trail: the levels above it.
        picture: the inside of an SVG; "" where there is no path. picture_words: what it shows.
        first, last: the days at its left and right edge.
        heights: the values at its foot and head, in words; "" where there is no picture.
    """

    measure: MeasureText
    trail: str
    picture: str
    picture_words: str
    first: str
    last: str
    heights: str


@dataclass(frozen=True)
class GroupText:
    """An initiative, or a level itself, with its measures; `facts` are lines about it."""

    title: str
    status: StatusText
    facts: tuple[str, ...]
    measures: tuple[MeasureText, ...]


@dataclass(frozen=True)
class LevelText:
    """An objective or a line with its status and the mean behind it."""

    number: str
    title: str
    status: StatusText
    steps: str
    counts: str
    groups: tuple[GroupText, ...] = ()
    lines: tuple["LevelText", ...] = ()


@dataclass(frozen=True)
class DecisionText:
    """A decision: what, about which node, who, by when, decided when, how it stands in a word."""

    words: str
    about: str
    owner: str
    due: str
    decided: str
    state: str
    state_word: str
    is_overdue: bool


@dataclass(frozen=True)
class MissingText:
    """What is not known for one reason: pairs of what and of what it is part."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SourceText:
    """A source by its number; `address` is "" where the figures are computed or reported here."""

    number: int
    words: str
    address: str


@dataclass(frozen=True)
class PackText:
    """All that a board pack says, in the order in which it says it."""

    language: str
    title: str
    motto: str
    facts: tuple[tuple[str, str], ...]
    answer: str
    counts: str
    notice: str
    illustrative: str
    plan: LevelText
    objectives: tuple[LevelText, ...]
    talk: tuple[TalkText, ...]
    open_decisions: tuple[DecisionText, ...]
    closed_decisions: tuple[DecisionText, ...]
    missing: tuple[MissingText, ...]
    missing_lede: tuple[str, ...]
    statements: tuple[tuple[str, tuple[FigureText, ...]], ...]
    rule: tuple[str, ...]
    sources: tuple[SourceText, ...]
    foot: str
    words: dict[str, str] = field(default_factory=dict)
