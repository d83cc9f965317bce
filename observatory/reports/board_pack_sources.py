"""The sources of a board pack, numbered in the order in which it uses them."""

from datetime import date

from observatory.domain.plan import Actual, Measure, Plan
from observatory.domain.plan_status import Inputs
from observatory.language import gettext as _
from observatory.reports.board_pack_texts import SourceText

WEB = ("https://", "http://")  # nothing else becomes a link


class Sources:
    """Gives sources their numbers; one that is used again keeps its own."""

    def __init__(self, plan: Plan, snapshot_id: str) -> None:
        self._plan = plan
        self._snapshot_id = snapshot_id
        self._numbers: dict[tuple[str, str], int] = {}

    def all(self) -> tuple[SourceText, ...]:
        """Every source used so far, by number."""
        return tuple(
            SourceText(number, words, address) for (words, address), number in self._numbers.items()
        )

    def of_address(self, address: str) -> tuple[int, ...]:
        """The number of an address; none where there is no address."""
        if not address:
            return ()
        return self._number(address, address if address.startswith(WEB) else "")

    def of_baseline(self, measure: Measure, inputs: Inputs) -> tuple[int, ...]:
        """Where the baseline of a measure is from."""
        given = [one for one in self._plan.baselines if one.measure_id == measure.measure_id]
        if given:
            return self.of_address(max(given, key=lambda one: one.known_on).source_url)
        if inputs.baseline is None or measure.accumulation == "cumulative":
            return ()
        return self.of_actuals(measure, inputs.baseline.on)

    def of_target(self, measure: Measure, inputs: Inputs) -> tuple[int, ...]:
        """Where the target of a measure is from."""
        own = [
            one
            for one in self._plan.targets
            if one.measure_id == measure.measure_id
            and one.standing == inputs.standing
            and inputs.target is not None
            and one.on == inputs.target.on
        ]
        return self.of_address(max(own, key=lambda one: one.known_on).source_url) if own else ()

    def of_actuals(self, measure: Measure, day: date) -> tuple[int, ...]:
        """Where the figure of a day is from; of a sum, where all that is in it is from."""
        numbers = [
            number for one in stated_on(self._plan, measure, day) for number in self.of_actual(
                measure, one
            )
        ]  # fmt: skip
        return tuple(dict.fromkeys(numbers))

    def of_actual(self, measure: Measure, actual: Actual) -> tuple[int, ...]:
        """Where one stated figure is from."""
        if actual.source_url:
            return self.of_address(actual.source_url)
        if actual.reported_by:
            return self._number(_("Reported here by {name}").format(name=actual.reported_by), "")
        if measure.computed:
            words = _("Computed here from snapshot {snapshot}; /data lists what it rests on")
            return self._number(words.format(snapshot=self._snapshot_id), "")
        return ()

    def _number(self, words: str, address: str) -> tuple[int, ...]:
        return (self._numbers.setdefault((words, address), len(self._numbers) + 1),)


def stated_on(plan: Plan, measure: Measure, day: date) -> list[Actual]:
    """The stated figures that the figure of a measure on a day is made of, oldest first."""
    own: dict[date, Actual] = {}
    for one in sorted(plan.actuals, key=lambda actual: actual.known_on):
        if one.measure_id == measure.measure_id and one.on is not None and one.value is not None:
            own[one.on] = one
    if measure.accumulation == "cumulative":
        return [own[on] for on in sorted(own) if plan.starts_on <= on <= day]
    return [own[day]] if day in own else []
