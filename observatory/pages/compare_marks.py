"""Compared members on a line: a shape and a letter each, strips of all members behind them."""

from markupsafe import Markup

from observatory.domain.comparison import Figure
from observatory.language import gettext as _
from observatory.pages.compare_data import CompareData, Member, Row, Spread, tick_path
from observatory.views.components.escaping import escaped
from observatory.views.components.static import small
from observatory.views.components.template import rendered
from observatory.views.words import number_text, value_text

SHAPES = (
    '<circle cx="8" cy="8" r="5.5"/>',
    '<path d="M3 3h10v10H3z"/>',
    '<path d="M8 2 14 13.5H2z"/>',
    '<path d="M8 14 14 2.5H2z"/>',
    '<path d="M6 2h4v4h4v4h-4v4H6v-4H2V6h4z"/>',
    '<path d="M8 1l2 5h5l-4 3.3 1.5 5.2L8 11.4l-4.5 3.1L5 9.3 1 6h5z"/>',
)
LETTER_WIDTH = 0.045  # of a strip on a phone; letters closer than that stand on two levels


def mark(member: Member) -> Markup:
    """The shape of a member, hollow where its seat is not documented."""
    hollow = "" if member.is_documented else " shape-hollow"
    shape = SHAPES[member.number]
    return Markup(  # noqa: S704 - our own shapes
        f'<svg class="shape{hollow}" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>'
    )


def lettered(member: Member) -> Markup:
    """The shape of a member with its letter."""
    return Markup('{}<b class="letter">{}</b>').format(mark(member), member.letter)


def strip(row: Row, data: CompareData) -> Markup:
    """A row's members among all members with a figure; in words where there is no line to draw."""
    spread = row.spread
    if spread is None or not row.compared.compared:
        return Markup("")
    if row.indicator.kind != "number":
        return _answers(row, spread)
    if len(spread.values) < 2:  # noqa: PLR2004 - one value has no place among others
        return small(_("No other member has a figure."))
    return _drawn(row, spread, data)


def _drawn(row: Row, spread: Spread, data: CompareData) -> Markup:
    shown = [member for member in data.members if member.city_id in row.numbers]
    numbers = [row.numbers[one.city_id] for one in shown]
    *own, at_median = spread.at(*numbers, spread.median)
    places = dict(zip((one.city_id for one in shown), own, strict=True))
    levels = _levels(places)
    middle = _("{count} members, median {median}").format(
        count=number_text(len(spread.values)), median=value_text(row.indicator, spread.median, None)
    )
    told = [
        f"{one.letter} {one.name}: {value_text(row.indicator, row.numbers[one.city_id], None)}"
        for one in shown
    ]
    return rendered(
        "compare_strip",
        label=f"{'; '.join(map(escaped, told))}; {escaped(middle)}",
        everyone=spread.path,
        peers=tick_path(spread.ticks[city] for city in data.all_peers if city in spread.ticks),
        middle=f"{1000 * at_median:.0f}",
        levels=max(levels.values(), default=0) + 1,
        marks=[
            (f"{100 * places[one.city_id]:.1f}", levels[one.city_id], mark(one), one.letter)
            for one in shown
        ],
        note=escaped(middle),
        log_word=escaped(_("log")) if spread.is_log else "",
    )


def _levels(places: dict[str, float]) -> dict[str, int]:
    """The level of each letter, so that none stands on another: the lowest that is free."""
    ends: list[float] = []
    levels: dict[str, int] = {}
    for city_id, place in sorted(places.items(), key=lambda item: item[1]):
        free = (level for level, end in enumerate(ends) if place - end >= LETTER_WIDTH)
        level = next(free, len(ends))
        if level == len(ends):
            ends.append(place)
        ends[level] = place
        levels[city_id] = level
    return levels


def _answers(row: Row, spread: Spread) -> Markup:
    """How many of all members give each answer that a compared member gives."""
    figures = [row.compared.figures[city] for city in row.compared.compared]
    given = {_answer(figure): figure for figure in figures}
    held = list(spread.values.values())
    parts = [
        _("{answer}: {alike} of {count} members").format(
            answer=value_text(row.indicator, figure.value, figure.category),
            alike=number_text(held.count(answer)),
            count=number_text(len(held)),
        )
        for answer, figure in given.items()
    ]
    return small(" · ".join(parts))


def _answer(figure: Figure) -> float | str:
    """What a figure of a category or a flag answers."""
    return figure.category or figure.value or 0.0
