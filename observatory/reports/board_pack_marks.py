"""Marks of the statuses and pictures of paths, as SVG without any text inside.

Colours are classes: the style sheet of the page, or the template of the print, decides.
"""

from collections.abc import Sequence

from observatory.domain.plan_status import (
    ACHIEVED,
    LATE,
    OFF_PACE,
    ON_TRACK,
    OVERDUE,
    UNKNOWN,
    Inputs,
    Point,
)

# Six shapes that differ without colour: disc with a tick, full disc, half disc, triangle that
# points down, ring with hands, broken ring.
SHAPES = {
    ACHIEVED: (
        '<circle class="full" cx="8" cy="8" r="7"/>'
        '<path class="tick" d="M4.6 8.3l2.4 2.4 4.5-5"/>'
    ),
    ON_TRACK: '<circle class="full" cx="8" cy="8" r="6"/>',
    OFF_PACE: (
        '<circle class="ring" cx="8" cy="8" r="5.8"/><path class="full" d="M8 2.2a5.8 5.8 0 0 0 0 '
        '11.6z"/>'
    ),
    LATE: '<path class="full" d="M1.2 2.8h13.6L8 14.8z"/>',
    OVERDUE: '<circle class="ring" cx="8" cy="8" r="6"/><path class="ring" d="M8 4.4V8l2.6 1.9"/>',
    UNKNOWN: '<circle class="ring broken" cx="8" cy="8" r="6"/>',
}
WIDTH, HEIGHT, EDGE = 360.0, 96.0, 7.0


def mark(status: str) -> str:
    """The mark of a status; its word stands beside it, so that it is nothing to read out."""
    return f'<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{SHAPES[status]}</svg>'


def path_picture(inputs: Inputs, expected: float | None, points: Sequence[Point]) -> str:
    """The straight path from baseline to target with the figures on it.

    Args:
        inputs: of the measure, with baseline and target.
        expected: what the path asks for on the day of the newest figure: a hollow dot.
        points: the figures, oldest first; those before the baseline are left out.

    Returns:
        The inside of an SVG of WIDTH by HEIGHT; "" where there is no path.
    """
    start, aim = inputs.baseline, inputs.target
    if start is None or aim is None:
        return ""
    shown = [point for point in points if point.on > start.on]
    every = [start, aim, *shown]
    first = min(point.on for point in every).toordinal()
    days = (max(point.on for point in every).toordinal() - first) or 1
    low = min(point.value for point in every)
    span = (max(point.value for point in every) - low) or 1.0

    def place(point: Point) -> tuple[float, float]:
        x = EDGE + (WIDTH - 2 * EDGE) * (point.on.toordinal() - first) / days
        y = EDGE + (HEIGHT - 2 * EDGE) * (1 - (point.value - low) / span)
        return round(x, 1), round(y, 1)

    way = " ".join(f"{x},{y}" for x, y in map(place, [start, *shown]))
    (x1, y1), (x2, y2) = place(start), place(aim)
    drawn = [
        f'<path class="base" d="M0 {HEIGHT - 0.5}H{WIDTH}"/>',
        f'<path class="path" d="M{x1} {y1}L{x2} {y2}"/>',
        f'<polyline class="way" points="{way}"/>',
        f'<path class="aim" d="M{x2} {y2 - 6}l6 6-6 6-6-6z"/>',
    ]
    drawn += ['<circle class="dot" cx="{}" cy="{}" r="4"/>'.format(*place(p)) for p in shown]
    if expected is not None and inputs.actual is not None:
        x, y = place(Point(expected, inputs.actual.on))
        drawn.append(f'<circle class="asked" cx="{x}" cy="{y}" r="4"/>')
    return "".join(drawn)
