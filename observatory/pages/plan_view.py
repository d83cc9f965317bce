"""What an address of the plan asks for: as of which day, with which targets, since when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from observatory.pages.visit import Visit, first

PATH = "/plan"
PARAMETERS = frozenset({"as_of", "illustrative", "since", "show"})
SHOWN = ("changed", "crossed", "overdue", "ownerless", "unknown", "milestones", "talk")
OFF = "off"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LOOK_BACK = timedelta(days=91)  # a quarter: what a review looks back on, unless it says otherwise


@dataclass(frozen=True)
class PlanView:
    """One view of the plan.

    Attributes:
        as_of: the day it is seen as of. today: the day it is asked for.
        illustrative: whether illustrative targets are shown.
        since: what became known after this day is new.
        show: one of SHOWN, or "" for the whole plan.
        ignored: what the address asks for that makes no sense.
    """

    as_of: date
    today: date
    illustrative: bool
    since: date
    show: str
    ignored: tuple[str, ...] = ()

    def address(self, path: str = PATH, **other: str) -> str:
        """The view under a path, with other parameters in place of its own; "" leaves one out."""
        own = {
            "as_of": "" if self.as_of == self.today else self.as_of.isoformat(),
            "illustrative": "" if self.illustrative else OFF,
            "since": "" if self.since == self.as_of - LOOK_BACK else self.since.isoformat(),
            "show": self.show,
        }
        given = {name: value for name, value in {**own, **other}.items() if value}
        return f"{path}?{urlencode(given)}" if given else path


def plan_view(visit: Visit, extra: frozenset[str] = frozenset()) -> PlanView:
    """The view that an address asks for; what makes no sense is left out and told.

    Args:
        visit: the visit.
        extra: further parameters of the page, which are its own business.
    """
    today = datetime.now(UTC).date()
    ignored = [f"{name}=…" for name in visit.query if name not in PARAMETERS | extra]
    as_of = _day(visit, "as_of", ignored) or today
    since = _day(visit, "since", ignored) or as_of - LOOK_BACK
    show, wish = first(visit, "show"), first(visit, "illustrative")
    if show and show not in SHOWN:
        ignored.append(f"show={show}")
    if wish not in {"", "on", OFF}:
        ignored.append(f"illustrative={wish}")
    if since > as_of:
        ignored.append(f"since={since.isoformat()}")
        since = as_of - LOOK_BACK
    return PlanView(
        as_of=as_of,
        today=today,
        illustrative=wish != OFF,
        since=since,
        show=show if show in SHOWN else "",
        ignored=tuple(ignored),
    )


def _day(visit: Visit, name: str, ignored: list[str]) -> date | None:
    text = first(visit, name)
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        ignored.append(f"{name}={text[:40]}")
        return None
    return found
