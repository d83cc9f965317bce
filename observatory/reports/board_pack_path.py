"""Pictures of paths in a board pack, as SVG without any text inside.

Colours are classes: the style sheet of the page, or the template of the print, decides.
"""

from collections.abc import Sequence

from observatory.domain.plan_status import Inputs, Point

WIDTH, HEIGHT, EDGE = 360.0, 96.0, 7.0


def path_picture(inputs: Inputs, expected: float | None, points: Sequence[Point]) -> str:
    """The straight path from baseline to target with the figures on it.

    Args:
        inputs: of the measure, with baseline and target.
        expected: what the path asks for on the day of the newest figure: a hollow dot.
        points: the figures after the baseline, oldest first.

    Returns:
        The inside of an SVG of WIDTH by HEIGHT; "" where there is no path.
    """
    start, aim = inputs.baseline, inputs.target
    if start is None or aim is None:
        return ""
    shown = list(points)
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
