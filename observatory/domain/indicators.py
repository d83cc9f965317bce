"""An indicator of the catalogue, as everything that shows a number knows it."""

from dataclasses import dataclass

CONDITIONS = "climate and hazards"  # a theme of the catalogue


@dataclass(frozen=True)
class Indicator:
    """One indicator; every title, unit, axis and caption is taken from it.

    Attributes:
        indicator_id: stable id.
        title: title in the reader's language.
        theme: theme of the catalogue.
        kind: "number", "category" or "flag".
        unit: unit as it is written beside a number.
        better: "higher", "lower" or "none".
        decimals: decimals shown.
        scale: "metro", "city" or "national".
        source_id: the source.
        sdg: target of the Sustainable Development Goals, or "".
        topics: words by which people look for it.
        definition: what is counted.
        method: how the value comes about.
        formula: formula of a derived indicator, or "".
        minimum: lowest plausible value, or None.
        maximum: highest plausible value, or None.
        categories: categories in order; empty unless the kind is "category".
        update_rhythm: how often it is updated.
    """

    indicator_id: str
    title: str
    theme: str
    kind: str
    unit: str
    better: str
    decimals: int
    scale: str
    source_id: str
    sdg: str
    topics: tuple[str, ...]
    definition: str
    method: str
    formula: str
    minimum: float | None
    maximum: float | None
    categories: tuple[str, ...]
    update_rhythm: str

    @property
    def is_total(self) -> bool:
        """Whether values grow with the size of a city: tonnes, not tonnes per person."""
        return self.unit.startswith(("t ", "Mt ")) and "per person" not in self.unit

    @property
    def is_condition(self) -> bool:
        """Whether values are what a city is given: hazards and climate, nobody's doing."""
        return self.theme == CONDITIONS

    @property
    def is_national(self) -> bool:
        """Whether values belong to countries: context for a city, never its value."""
        return self.scale == "national"
