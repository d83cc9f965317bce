"""Which peers a member's page shows, as an address: parsed, clamped, and written back."""

from dataclasses import dataclass
from urllib.parse import urlencode

from observatory.domain.peers import FEATURES, MOST_WEIGHT
from observatory.pages.visit import Visit
from observatory.queries.peers import PEERS

FEWEST_PEERS = 3
MOST_PEERS = 30
LONGEST_TOLD = 40  # letters of what made no sense


@dataclass(frozen=True)
class CityView:
    """One state of the page.

    Attributes:
        weights: 0 to MOST_WEIGHT by feature, all features.
        peers: the most peers shown.
        ignored: parameters of the address that made no sense, and what was taken instead.
    """

    weights: dict[str, int]
    peers: int
    ignored: tuple[str, ...]

    @property
    def is_adjusted(self) -> bool:
        """Whether weights or number are other than at first."""
        return self.peers != PEERS or any(weight != 1 for weight in self.weights.values())

    @property
    def address(self) -> str:
        """The query string of this view; what is as at first is left out."""
        named = [(f"w_{name}", weight) for name, weight in self.weights.items() if weight != 1]
        if self.peers != PEERS:
            named.append(("peers", self.peers))
        return f"?{urlencode(named)}" if named else ""


PARAMETERS = frozenset({"peers", *(f"w_{name}" for name in FEATURES)})


def city_view(visit: Visit, also: tuple[str, ...] = ()) -> CityView:
    """The view an address asks for; what makes no sense is ignored and told.

    Args:
        visit: the address.
        also: further parameters that it may hold.
    """
    ignored: list[str] = []
    weights = {name: _number(visit, f"w_{name}", 1, (0, MOST_WEIGHT), ignored) for name in FEATURES}
    peers = _number(visit, "peers", PEERS, (FEWEST_PEERS, MOST_PEERS), ignored)
    known = PARAMETERS | set(also)
    ignored += [name[:LONGEST_TOLD] for name in visit.query if name not in known]
    if not any(weights.values()):
        ignored.append(", ".join(f"w_{name}=0" for name in FEATURES))
        weights = dict.fromkeys(FEATURES, 1)
    return CityView(weights, peers, tuple(ignored))


def _number(
    visit: Visit, name: str, default: int, limits: tuple[int, int], ignored: list[str]
) -> int:
    """A whole number within its limits; outside of them the nearest limit."""
    told = visit.query.get(name, [])
    if not told:
        return default
    text = told[0]
    is_number = text.removeprefix("-").isdecimal() and len(text) < LONGEST_TOLD
    asked = int(text) if is_number else default
    allowed = min(max(asked, limits[0]), limits[1])
    if not is_number or allowed != asked or len(told) > 1:
        ignored.append(f"{name}={text[:LONGEST_TOLD]} ({name}={allowed})")
    return allowed
