"""Names of the largest marks of a network, placed for a screen: on no mark and no other name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from observatory.views.figures.labels import CHARACTER_PX, HEIGHT_PX, Box, overlap
from observatory.views.theme import Theme

BESIDE_PX, ABOVE_PX = 4.0, 2.0  # between a mark and its name
APART_PX = 4.0  # between two names in a row
SIDES = ("right", "left", "above", "below")
LED = 8  # so many of the most wanted are led to by a line where there is no room beside them
LINES_PX = (14.0, 24.0, 36.0, 50.0, 66.0, 84.0)
DIRECTIONS = tuple(2 * pi * step / 16 for step in range(16))
STEPS = tuple(step / 8 for step in range(1, 8))  # of a line, where it meets no name and no mark

Span: TypeAlias = tuple[float, float]
Circle: TypeAlias = tuple[float, float, float]  # from left, from top, radius, in pixels
Circles: TypeAlias = npt.NDArray[np.float64]  # one a row
Offset: TypeAlias = tuple[float, float]  # from the mark to the middle of its name, in pixels
Stand: TypeAlias = str | Offset


@dataclass(frozen=True)
class Screen:
    """What names are placed for.

    Attributes:
        width, height: of the drawing, in pixels.
        scale: of the diameters of marks, which are smaller on a phone.
        names: at most so many.
        font: size in pixels.
    """

    width: float
    height: float
    scale: float
    names: int
    font: int


@dataclass(frozen=True)
class Mark:
    """A mark of the drawing: place in its units, radius in pixels, and its name."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True)
class Plane:
    """The span of the drawing across and upwards; both have one scale on a map."""

    x: Span
    y: Span
    is_map: bool


DESK = Screen(1000, 680, 1.0, 26, 12)
PHONE = Screen(313, 459, 0.6, 12, 11)  # the narrowest: 360 pixels less the margins


def placed_names(
    marks: Sequence[Mark],
    wanted: Iterable[int],
    screen: Screen,
    plane: Plane,
    needed: Iterable[int] = (),
) -> list[tuple[int, Stand]]:
    """Marks that can be named, the most wanted first, and where their name stands.

    Args:
        marks: all marks, named or not.
        wanted: positions in `marks`, the most wanted first.
        screen: what to place for.
        plane: where the marks are.
        needed: positions that are named even where the name covers something.

    Returns:
        (position in `marks`, side); in place of the side an offset, where a line leads from the
        mark to its name.
    """
    circles = np.array([
        (*_pixel(one, screen, plane), one.radius * screen.scale) for one in marks
    ])  # fmt: skip
    taken: list[Box] = []
    placed: list[tuple[int, Stand]] = []
    for rank, at in enumerate(wanted):
        left, top, radius = circles[at].tolist()
        stands = list(_stands(radius, marks[at].name, may_be_led=rank < LED))
        boxes = [_box((left, top, radius), marks[at].name, stand) for stand in stands]
        room = _Room(_others(circles, at, boxes), taken, screen)
        for place in room.free(boxes):
            line = _line((left, top), stands[place])
            if len(room.free(line)) == len(line):
                taken += [_apart(boxes[place]), *line]
                placed.append((at, stands[place]))
                break
        if len(placed) == screen.names:
            break
    named = {at for at, _stand in placed}
    return [*placed, *((at, SIDES[0]) for at in needed if at not in named)]


def _others(circles: Circles, at: int, boxes: Sequence[Box]) -> Circles:
    """The other marks that can lie below one of these boxes or between them and the mark."""
    sides = np.array(boxes)
    most = circles[:, 2].max()
    first, last = sides[:, :2].min(axis=0) - most, sides[:, 2:].max(axis=0) + most
    near = ((circles[:, :2] > first) & (circles[:, :2] < last)).all(axis=1)
    near[at] = False
    return circles[near]


@dataclass(frozen=True)
class _Room:
    """Where a name can stand: beside these marks (left, top, radius) and what is taken."""

    circles: Circles
    taken: Sequence[Box]
    screen: Screen

    def free(self, boxes: Sequence[Box]) -> list[int]:
        """Positions of the boxes that lie inside, on no mark and on nothing taken."""
        if not boxes:
            return []
        start, upper, end, lower = (side[:, None] for side in np.array(boxes).T)
        left, top, radius = self.circles.T
        across, up = left - left.clip(start, end), top - top.clip(upper, lower)
        on_mark = (np.hypot(across, up) < radius).any(axis=1).tolist()
        return [
            at
            for at, box in enumerate(boxes)
            if _inside(box, self.screen)
            and not on_mark[at]
            and not any(overlap(box, one) for one in self.taken)
        ]


def _stands(radius: float, name: str, *, may_be_led: bool) -> Iterator[Stand]:
    """Where a name may stand, the best first: beside its mark, then further and further off."""
    yield from SIDES
    across, up = CHARACTER_PX * len(name) / 2, HEIGHT_PX / 2
    for far in LINES_PX if may_be_led else ():
        away = radius + far
        for turn in DIRECTIONS:
            yield cos(turn) * (away + across), sin(turn) * (away + up)


def _line(mark: Offset, stand: Stand) -> list[Box]:
    """Points of the line that leads to a name, as boxes that are to be free as a name's is."""
    if isinstance(stand, str):
        return []
    points = [(mark[0] + step * stand[0], mark[1] + step * stand[1]) for step in STEPS]
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in points]


def name_annotation(mark: Mark, stand: Stand, screen: Screen, theme: Theme) -> dict[str, Any]:
    """A name beside its mark, or led to by a line, as an annotation of Plotly's."""
    radius = mark.radius * screen.scale
    shown = {
        "x": mark.x,
        "y": mark.y,
        "text": mark.name,
        "font": {"size": screen.font, "color": theme.ink},
        "bgcolor": theme.veil,
        "borderpad": 1,
    }
    if not isinstance(stand, str):
        line = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": theme.muted, "standoff": radius}
        return {**shown, **line, "showarrow": True, "ax": stand[0], "ay": stand[1]}
    across = {"right": radius + BESIDE_PX, "left": -radius - BESIDE_PX}
    up = {"above": radius + ABOVE_PX, "below": -radius - ABOVE_PX}
    return {
        **shown,
        "showarrow": False,
        "xanchor": {"right": "left", "left": "right"}.get(stand, "center"),
        "yanchor": {"above": "bottom", "below": "top"}.get(stand, "middle"),
        "xshift": across.get(stand, 0),
        "yshift": up.get(stand, 0),
    }


def _pixel(mark: Mark, screen: Screen, plane: Plane) -> tuple[float, float]:
    x, y = plane.x, plane.y
    across, up = screen.width / (x[1] - x[0]), screen.height / (y[1] - y[0])
    if plane.is_map:
        across = up = min(across, up)
    left = screen.width / 2 + (mark.x - sum(x) / 2) * across
    return left, screen.height / 2 - (mark.y - sum(y) / 2) * up


def _box(circle: Circle, name: str, stand: Stand) -> Box:
    left, top, radius = circle
    long = CHARACTER_PX * len(name)
    if not isinstance(stand, str):
        start, upper = left + stand[0] - long / 2, top + stand[1] - HEIGHT_PX / 2
        return start, upper, start + long, upper + HEIGHT_PX
    start = {
        "right": left + radius + BESIDE_PX,
        "left": left - radius - BESIDE_PX - long,
    }.get(stand, left - long / 2)
    upper = {
        "above": top - radius - ABOVE_PX - HEIGHT_PX,
        "below": top + radius + ABOVE_PX,
    }.get(stand, top - HEIGHT_PX / 2)
    return start, upper, start + long, upper + HEIGHT_PX


def _apart(box: Box) -> Box:
    """A name with the room that the next one leaves to it."""
    return box[0] - APART_PX, box[1], box[2] + APART_PX, box[3]


def _inside(box: Box, screen: Screen) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= screen.width and box[3] <= screen.height
