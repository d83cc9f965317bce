import re

import pytest

from observatory.config import PROJECT_DIR
from observatory.views.theme import PALETTES, THEMES, Theme, tints


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("palette", PALETTES)
def test_text_can_be_read_on_every_tint(theme: Theme, palette: str) -> None:
    for colour in tints(theme, palette, 9):
        dark, light = sorted([_luminance(colour), _luminance(theme.ink)])
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


def test_the_system_s_dark_is_the_chosen_dark() -> None:
    css = (PROJECT_DIR / "assets" / "10_tokens.css").read_text(encoding="utf-8")
    chosen, system = (
        re.search(rf"\[data-theme={name}\](\{{[^}}]*\}})", css) for name in ("dark", "system")
    )
    assert chosen is not None
    assert system is not None
    assert chosen[1] == system[1]
