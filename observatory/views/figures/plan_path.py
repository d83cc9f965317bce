"""A measure's way: the path asked for, its figures, its target, and where a line would end."""

from dataclasses import dataclass
from datetime import date

from observatory.domain.plan import BOUNDS
from observatory.domain.plan_figures import Forecast, Series
from observatory.domain.plan_status import Inputs, Point

LEFT, RIGHT, TOP, HEIGHT, FOOT = 62.0, 464.0, 14.0, 190, 30.0
ROOM = 0.08  # of the span of values, above and below
MOST_YEARS = 7


@dataclass(frozen=True)
class Scale:
    """Days and values to places in the drawing."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Across."""
        days = max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / days, 1)

    def y(self, value: float) -> float:
        """Down."""
        bottom = HEIGHT - FOOT
        share = (value - self.low) / (self.high - self.low)
        return round(bottom - (bottom - TOP) * share, 1)


def scale_of(series: Series, inputs: Inputs, forecast: Forecast) -> Scale | None:
    """The scale that holds all there is to draw; None where nothing is."""
    points = list(series.points)
    points += [point for point in (inputs.baseline, inputs.target) if point is not None]
    if forecast.on is not None and forecast.value is not None:
        ends = (forecast.low, forecast.high, forecast.value)
        points += [Point(value, forecast.on) for value in ends if value is not None]
    if not points:
        return None
    values, days = [one.value for one in points], [one.on for one in points]
    low, high = min(values), max(values)
    room = ROOM * (high - low) or max(abs(high) * ROOM, 1.0)
    floor = 0.0 if low >= 0 and low < high / 2 else low - room
    first = min(days)
    last = max(*days, first.replace(year=first.year + 1))
    return Scale(first, last, floor, high + room)


def path_parts(
    series: Series, inputs: Inputs, forecast: Forecast, scale: Scale
) -> dict[str, object]:
    """Places of all that is drawn, for `plan_path.html`."""
    dots = [
        (scale.x(point.on), scale.y(point.value), relation in BOUNDS)
        for point, relation in zip(series.points, series.relations, strict=True)
    ]
    base, aim = inputs.baseline, inputs.target
    asked = (
        (scale.x(base.on), scale.y(base.value), scale.x(aim.on), scale.y(aim.value))
        if (base and aim)
        else None
    )
    interval = None
    if forecast.on is not None and None not in (forecast.low, forecast.high, forecast.value):
        values = (forecast.low or 0.0, forecast.high or 0.0, forecast.value or 0.0)
        interval = (scale.x(forecast.on), *(scale.y(value) for value in values))
    is_inside = scale.first <= inputs.as_of <= scale.last
    return {
        "height": HEIGHT,
        "dots": dots,
        "line": " ".join(f"{x},{y}" for x, y, _ in dots) if len(dots) > 1 else "",
        "asked": asked,
        "target": (scale.x(aim.on), scale.y(aim.value)) if aim else None,
        "illustrative": inputs.standing == "illustrative",
        "interval": interval,
        "now": scale.x(inputs.as_of) if is_inside else None,
    }


def year_marks(scale: Scale) -> list[tuple[float, int]]:
    """Some of the years on the scale, at their first day."""
    found = [date(year, 1, 1) for year in range(scale.first.year, scale.last.year + 2)]
    on = [day for day in found if scale.first <= day <= scale.last]
    step = max(1, -(-len(on) // MOST_YEARS))
    return [(scale.x(day), day.year) for day in on[::step]]
