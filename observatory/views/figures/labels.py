"""Which points of a scatter are named, and where, so that no name covers another."""

from collections.abc import Sequence

CHARACTER_PX = 6.6  # of a label 12 px high
HEIGHT_PX = 16.0
GAP_PX = 8.0

Box = tuple[float, float, float, float]


def placed_labels(
    points: Sequence[tuple[float, float, str]], width: float, height: float
) -> list[tuple[int, str]]:
    """The points that can be named, in the order given, and on which side their name stands.

    Args:
        points: place from left and from top in pixels, and the name; the most wanted first.
        width: of the drawing, in pixels.
        height: of the drawing, in pixels.

    Returns:
        (position in `points`, "right" or "left"); a point whose name would leave the drawing or
        cover a name already placed is left out.
    """
    taken: list[Box] = []
    placed = []
    for position, (left, top, name) in enumerate(points):
        for side in ("right", "left"):
            box = _box(left, top, name, side)
            inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if inside and not any(overlap(box, other) for other in taken):
                taken.append(box)
                placed.append((position, side))
                break
    return placed


def _box(left: float, top: float, name: str, side: str) -> Box:
    long = CHARACTER_PX * len(name)
    start = left + GAP_PX if side == "right" else left - GAP_PX - long
    return start, top - HEIGHT_PX / 2, start + long, top + HEIGHT_PX / 2


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes (left, top, right, bottom) share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
