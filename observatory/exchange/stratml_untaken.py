"""What a StratML document from elsewhere holds that a plan here has no place for."""

from collections import Counter
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from observatory.exchange.stratml_elements import number_in, text_in
from observatory.language import gettext as _

NAMED = frozenset({"Identifier", "SequenceIndicator"})
ANY_ROOT = "*"
# Of each element that is read, the children that are read; all others are told of.
TAKEN: Mapping[str, frozenset[str]] = {
    ANY_ROOT: frozenset({"Name", "Description", "StrategicPlanCore", "AdministrativeInformation"}),
    "StrategicPlanCore": frozenset({"Organization", "Vision", "Mission", "Value", "Goal"}),
    "Organization": frozenset({"Name"}),
    "Vision": NAMED | {"Description"},
    "Mission": NAMED | {"Description"},
    "Value": NAMED | {"Name", "Description"},
    "Goal": NAMED | {"Name", "Description", "Objective", "OtherInformation"},
    "Objective": NAMED | {"Name", "Description", "PerformanceIndicator", "OtherInformation"},
    "PerformanceIndicator": NAMED
    | {"MeasurementDimension", "UnitOfMeasurement", "MeasurementInstance", "OtherInformation"},
    "MeasurementInstance": frozenset({"TargetResult", "ActualResult"}),
    "TargetResult": frozenset({"NumberOfUnits", "Description", "EndDate"}),
    "ActualResult": frozenset(
        {"NumberOfUnits", "Description", "StartDate", "EndDate", "Descriptor"}
    ),
    "AdministrativeInformation": frozenset({"StartDate", "EndDate"}),
}
SHARED = frozenset(
    {"Name", "Description", "Identifier", "OtherInformation", "StartDate", "EndDate", "Descriptor"}
)  # names that say nothing without what they are of
ONE_OF = frozenset({"Organization", "Vision", "Mission"})  # the first of several is taken


def untaken(root: Element) -> dict[str, int]:
    """How many elements of each name are not taken over, in the order they are first met.

    Elements without any text are forms that nobody filled in. Targets in words alone, which make
    no path, are told as such.
    """
    counts: Counter[str] = Counter()
    _count(root, ANY_ROOT, counts)
    return dict(counts)


def _count(parent: Element, name: str, counts: Counter[str]) -> None:
    met: set[str] = set()
    for child in parent:
        own = child.tag.rpartition("}")[2]
        if not "".join(child.itertext()).strip():
            continue
        is_second = own in ONE_OF and own in met
        met.add(own)
        if own not in TAKEN[name] or is_second:
            of = "the document" if name == ANY_ROOT else name
            counts[_("{name} of {of}").format(name=own, of=of) if own in SHARED else own] += 1
        elif own == "TargetResult" and _has_words_only(child):
            counts[_("TargetResult without a number")] += 1
        elif own in TAKEN:
            _count(child, own, counts)


def _has_words_only(result: Element) -> bool:
    return number_in(result) is None and bool(text_in(result, "Description"))
