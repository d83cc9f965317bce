"""Names of the largest marks of a network, placed for a screen: on no mark and no other name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any, TypeAlias

from observatory.views.figures.labels import CHARACTER_PX, HEIGHT_PX, Box, overlap
from observatory.views.theme import Theme

BESIDE_PX, ABOVE_PX = 4.0, 2.0  # between a mark and its name
SIDES = ("right", "left", "above", "below")

Span: TypeAlias = tuple[float, float]


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
) -> list[tuple[int, str]]:
    """Marks that can be named, the most wanted first, and on which side their name stands.

    Args:
        marks: all marks, named or not.
        wanted: positions in `marks`, the most wanted first.
        screen: what to place for.
        plane: where the marks are.
        needed: positions that are named even where the name covers something.
    """
    circles = [(*_pixel(one, screen, plane), one.radius * screen.scale) for one in marks]
    taken: list[Box] = []
    placed: list[tuple[int, str]] = []
    for at in wanted:
        others = circles[:at] + circles[at + 1 :]
        for side in SIDES:
            box = _box(circles[at], marks[at].name, side)
            if _inside(box, screen) and not (
                any(overlap(box, one) for one in taken) or any(_covers(box, one) for one in others)
            ):
                taken.append(box)
                placed.append((at, side))
                break
        if len(placed) == screen.names:
            break
    named = {at for at, _side in placed}
    return [*placed, *((at, SIDES[0]) for at in needed if at not in named)]


def name_annotation(mark: Mark, side: str, screen: Screen, theme: Theme) -> dict[str, Any]:
    """A name beside its mark, as an annotation of Plotly's."""
    radius = mark.radius * screen.scale
    across = {"right": radius + BESIDE_PX, "left": -radius - BESIDE_PX}
    up = {"above": radius + ABOVE_PX, "below": -radius - ABOVE_PX}
    return {
        "x": mark.x,
        "y": mark.y,
        "text": mark.name,
        "showarrow": False,
        "xanchor": {"right": "left", "left": "right"}.get(side, "center"),
        "yanchor": {"above": "bottom", "below": "top"}.get(side, "middle"),
        "xshift": across.get(side, 0),
        "yshift": up.get(side, 0),
        "font": {"size": screen.font, "color": theme.ink},
        "bgcolor": theme.veil,
        "borderpad": 1,
    }


def _pixel(mark: Mark, screen: Screen, plane: Plane) -> tuple[float, float]:
    x, y = plane.x, plane.y
    across, up = screen.width / (x[1] - x[0]), screen.height / (y[1] - y[0])
    if plane.is_map:
        across = up = min(across, up)
    left = screen.width / 2 + (mark.x - sum(x) / 2) * across
    return left, screen.height / 2 - (mark.y - sum(y) / 2) * up


def _box(circle: tuple[float, float, float], name: str, side: str) -> Box:
    left, top, radius = circle
    long = CHARACTER_PX * len(name)
    start = {
        "right": left + radius + BESIDE_PX,
        "left": left - radius - BESIDE_PX - long,
    }.get(side, left - long / 2)
    upper = {
        "above": top - radius - ABOVE_PX - HEIGHT_PX,
        "below": top + radius + ABOVE_PX,
    }.get(side, top - HEIGHT_PX / 2)
    return start, upper, start + long, upper + HEIGHT_PX


def _inside(box: Box, screen: Screen) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= screen.width and box[3] <= screen.height


def _covers(box: Box, circle: tuple[float, float, float]) -> bool:
    left, top, radius = circle
    nearest = min(max(left, box[0]), box[2]), min(max(top, box[1]), box[3])
    return hypot(nearest[0] - left, nearest[1] - top) < radius
