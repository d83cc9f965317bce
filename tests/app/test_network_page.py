"""`/network` as a reader meets it: legend, controls, empty views, scenarios, lists."""

from typing import Any

import pytest

from observatory.pages import network
from observatory.pages.network_data import network_data
from observatory.pages.network_view import network_view
from observatory.pages.visit import visit_of
from observatory.store.warehouse import Store
from observatory.views.components.static import markup
from observatory.views.figures.network import changing_traces
from observatory.views.theme import LIGHT

MEETING = "kind=award&kind=learning"


def seen_of(store: Store, search: str) -> network.Seen:
    view = network_view(store, visit_of("/network", search))
    return network.seen(store, network_data(store, view), LIGHT)


def dashes(store: Store, search: str) -> set[str]:
    """Patterns of the lines that are drawn."""
    traces: list[dict[str, Any]] = changing_traces(seen_of(store, search).drawing, LIGHT)
    return {one["line"]["dash"] for one in traces if one["mode"] == "lines" and one["x"]}


@pytest.mark.parametrize(
    ("search", "patterns", "told", "untold"),
    [
        ("", {"solid"}, "strength below 3", "met, or flights only"),
        (f"?{MEETING}", {"solid", "dot"}, "met, or flights only", "added by the scenario"),
        ("?add=abuja~berlin", {"solid", "dash"}, "added by the scenario", "met, or"),
        ("?city=berlin&add=abuja~berlin", {"solid", "dash"}, "of Berlin", "met, or"),
    ],
)
def test_the_legend_of_lines_tells_width_and_pattern_as_they_are_drawn(
    store: Store, search: str, patterns: set[str], told: str, untold: str
) -> None:
    legend = markup(seen_of(store, search).legend)
    assert dashes(store, search) == patterns
    assert told in legend
    assert untold not in legend
    assert "3 to below 6" in legend
