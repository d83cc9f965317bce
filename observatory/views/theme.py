"""Colours and the Plotly layout, light and dark; the same values as assets/10_tokens.css."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Theme:
    """The colours a figure may use, named for what they are for."""

    name: str
    paper: str
    veil: str
    ink: str
    muted: str
    line: str
    line_strong: str
    edge: str
    assumed: str
    accent: str
    land: str
    land_line: str
    mark_edge: str
    regions: dict[str, str] = field(hash=False)
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    communities: tuple[str, ...]


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    veil="rgba(255,255,255,0.72)",
    ink="#17212b",
    muted="#596673",
    line="#e2e6ea",
    line_strong="#b4bec7",
    edge="#7d93a4",
    assumed="#9a6a00",
    accent="#0b5c8a",
    land="#e9ecef",
    land_line="#ffffff",
    mark_edge="#2f7299",
    regions={
        "Africa": "#c2513a",
        "Asia-Pacific": "#6a5a9e",
        "Europe": "#2a6f97",
        "Latin America & Caribbean": "#a87408",
        "North America": "#35795a",
    },
    sequential=("#b9d2e0", "#7fb0ca", "#3f86ad", "#125b86", "#07395a"),
    diverging=("#a6542a", "#d79a70", "#b3bac1", "#6fa3c0", "#125b86"),
    communities=("#125b86", "#a6542a", "#35795a", "#6a5a9e", "#8a6a00", "#8d4468"),
)
DARK = Theme(
    name="dark",
    paper="#10161b",
    veil="rgba(16,22,27,0.72)",
    ink="#e7ecf0",
    muted="#9caab6",
    line="#27313a",
    line_strong="#44525e",
    edge="#6f8799",
    assumed="#dcae4a",
    accent="#74b9e0",
    land="#1d262e",
    land_line="#10161b",
    mark_edge="#5f9fc4",
    regions={
        "Africa": "#e58a75",
        "Asia-Pacific": "#a99ad6",
        "Europe": "#74b0d2",
        "Latin America & Caribbean": "#d9a93c",
        "North America": "#76b897",
    },
    sequential=("#1b4a63", "#2a6c8f", "#4f94ba", "#8abedb", "#cfe6f3"),
    diverging=("#d98a5c", "#a5653f", "#5d6a75", "#3f86ad", "#8abedb"),
    communities=("#74b9e0", "#e0955f", "#76b897", "#a99ad6", "#d9b44a", "#d98bb0"),
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
PALETTES = ("sequential", "diverging")
TINT = 0.4  # of the colour, the rest is paper: contrast of the ink at least 4.5


def palette_colours(theme: Theme, palette: str, count: int) -> list[str]:
    """`count` colours from low to high, spread over the palette; in between they are mixed."""
    anchors = theme.diverging if palette == "diverging" else theme.sequential
    if count <= 1:
        return [anchors[-2]][:count]
    return [_mixed(anchors, index / (count - 1)) for index in range(count)]


def tints(theme: Theme, palette: str, count: int) -> list[str]:
    """The palette toned down so far that text in the theme's ink stands on each of its colours."""
    return [_mixed((theme.paper, one), TINT) for one in palette_colours(theme, palette, count)]


def _mixed(anchors: tuple[str, ...], position: float) -> str:
    scaled = position * (len(anchors) - 1)
    lower = min(int(scaled), len(anchors) - 2)
    share = scaled - lower
    low, high = (_channels(anchors[lower]), _channels(anchors[lower + 1]))
    mixed = [round(a + (b - a) * share) for a, b in zip(low, high, strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def figure_layout(theme: Theme) -> dict[str, object]:
    """What every figure's layout shares: fonts, paper, no legend, quiet axes."""
    axis = {
        "gridcolor": theme.line,
        "linecolor": theme.line,
        "zeroline": False,
        "tickfont": {"size": 12, "color": theme.muted},
        "automargin": True,
        "fixedrange": True,
    }
    return {
        "font": {"family": "Inter, system-ui, sans-serif", "size": 13, "color": theme.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": theme.paper,
            "bordercolor": theme.line,
            "font": {"color": theme.ink, "size": 13},
        },
        "xaxis": dict(axis),
        "yaxis": dict(axis),
    }
