"""Static cuts of Inter for the printed sheets, from the variable subsets in assets/fonts.

Typst takes no variable fonts. Run it again when the fonts in assets change:
`python tools/sheet_fonts.py` (needs fonttools and brotli).
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PROJECT = Path(__file__).resolve().parents[1]
SUBSETS = {"latin": "Inter Sheet", "latin-ext": "Inter Sheet Ext"}
WEIGHTS = {400: "Regular", 600: "SemiBold"}
FAMILY, STYLE, FULL, POSTSCRIPT, TYPO_FAMILY, TYPO_STYLE = 1, 2, 4, 6, 16, 17


def main() -> None:
    """Write observatory/reports/fonts/*.ttf."""
    out = PROJECT / "observatory" / "reports" / "fonts"
    for subset, family in SUBSETS.items():
        for weight, style in WEIGHTS.items():
            source = TTFont(PROJECT / "assets" / "fonts" / f"inter-{subset}-wght-normal.woff2")
            font = instantiateVariableFont(source, {"wght": weight})
            font.flavor = None
            _name(font, family, style, weight)
            font.save(out / f"{family.replace(' ', '')}-{style}.ttf")


def _name(font: TTFont, family: str, style: str, weight: int) -> None:
    names = font["name"]
    for identifier in (TYPO_FAMILY, TYPO_STYLE):
        names.removeNames(nameID=identifier)
    words = {
        FAMILY: family,
        STYLE: style,
        FULL: f"{family} {style}",
        POSTSCRIPT: f"{family}-{style}".replace(" ", ""),
    }
    for identifier, text in words.items():
        names.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    main()
