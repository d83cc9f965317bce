"""The plan in time: a row per initiative, its span, and a mark for each milestone."""

from dataclasses import dataclass, field
from datetime import date

DAYS_AROUND = 60  # beside the plan's years, so that its ends do not stick to the edge


@dataclass(frozen=True)
class TimelineRow:
    """One row of the timeline.

    Attributes:
        title, href: of the initiative.
        bar: left end and width in %; None where no day is on record.
        is_open: whether its end is not on record.
        marks: place in %, kind ("done", "due" or "late"), and words of each milestone.
    """

    title: str
    href: str
    bar: tuple[float, float] | None = None
    is_open: bool = False
    marks: tuple[tuple[float, str, str], ...] = field(default=())


@dataclass(frozen=True)
class Axis:
    """Days along the timeline."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Where a day lies, in %, held at the ends."""
        share = (day - self.first) / (self.last - self.first)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def holds(self, day: date) -> bool:
        """Whether a day is on the axis."""
        return self.first <= day <= self.last

    def years(self) -> list[tuple[float, int]]:
        """The first day of each year on the axis."""
        found = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]
        return [(self.place(day), day.year) for day in found if self.holds(day)]

    def span(self, start: date, end: date | None) -> tuple[float, float] | None:
        """Left end and width of a span in %; None where it is not on the axis."""
        last = end or self.last
        if last < self.first or start > self.last:
            return None
        left = self.place(start)
        return left, round(max(self.place(last) - left, 0.4), 2)
