"""Writes `data/font_metrics.json`: the widths of the characters of the fonts on the page.

    python -m training.font_metrics --out data/

Carlito has the widths of Calibri, Liberation Sans those of Arial, and Liberation Serif those
of Times New Roman; all are under the SIL Open Font License. Only figures are taken, no
outline. Needs `fonttools`.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

FAMILIES = {
    "Arial": "LiberationSans",
    "Calibri": "Carlito",
    "Times New Roman": "LiberationSerif",
}
FACES = {
    "regular": "Regular",
    "bold": "Bold",
    "italic": "Italic",
    "bold_italic": "BoldItalic",
}

# First and last character of each block that a CV in a European language uses.
BLOCKS = (
    (0x0020, 0x024F),  # Latin with its supplements and extensions A and B
    (0x02B0, 0x02FF),  # spacing modifiers, such as the turned comma of names
    (0x0370, 0x052F),  # Greek and Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional, as in Welsh and Vietnamese
    (0x2000, 0x218F),  # punctuation, superscripts, currency, letter-like signs, fractions
    (0x2190, 0x22FF),  # arrows and mathematical operators
    (0x25A0, 0x25FF),  # geometric shapes
    (0xFB00, 0xFB06),  # ligatures typed as one character
)


def main() -> None:
    """Read the font files and write their widths."""
    parser = argparse.ArgumentParser(description="Write font_metrics.json.")
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write to")
    parser.add_argument(
        "--fonts", type=Path, default=Path("data/fonts"), help="folder to look for fonts in"
    )
    options = parser.parse_args()
    metrics = {
        family: read_family(stem, options.fonts) | {"read_from": stem}
        for family, stem in FAMILIES.items()
    }
    target = options.out / "font_metrics.json"
    target.write_text(json.dumps(metrics, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_family(stem: str, folder: Path) -> dict[str, Any]:
    """Return units per em, line height (a factor of the size) and the widths of the four faces."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # nothing else needs fonttools

    fonts = {face: TTFont(_font_file(f"{stem}-{name}", folder)) for face, name in FACES.items()}
    units = {font["head"].unitsPerEm for font in fonts.values()}
    heights = {
        font["hhea"].ascent - font["hhea"].descent + font["hhea"].lineGap for font in fonts.values()
    }
    if len(units) != 1 or len(heights) != 1:
        msg = f"the faces of {stem} differ in units per em {units} or in line height {heights}"
        raise SystemExit(msg)
    (em,) = units
    (height,) = heights
    return {
        "units_per_em": em,
        "line_height": round(height / em, 6),
        "widths": {face: pack(_widths(font)) for face, font in fonts.items()},
    }


def pack(widths: dict[int, int]) -> dict[str, str]:
    """Write neighbouring characters as one entry: the first one's number in hex, then the widths.

    A width that repeats is written once, with ``*`` and how often.
    """
    packed: dict[str, str] = {}
    stretch: list[int] = []
    for code in sorted(widths):
        stretch.append(widths[code])
        if code + 1 not in widths:
            packed[f"{code - len(stretch) + 1:04X}"] = _run_lengths(stretch)
            stretch = []
    return packed


def _run_lengths(stretch: list[int]) -> str:
    words: list[str] = []
    start = 0
    for index, width in enumerate(stretch):
        if index + 1 == len(stretch) or stretch[index + 1] != width:
            times = index + 1 - start
            words.append(f"{width}*{times}" if times > 1 else str(width))
            start = index + 1
    return " ".join(words)


def _widths(font: Any) -> dict[int, int]:  # noqa: ANN401  # fonttools has no types
    advances = font["hmtx"]
    return {
        code: advances[glyph][0]
        for code, glyph in font.getBestCmap().items()
        if any(first <= code <= last for first, last in BLOCKS)
        and unicodedata.category(chr(code)) not in {"Cc", "Cf", "Mn"}
    }


def _font_file(stem: str, folder: Path) -> Path:
    found = sorted(folder.rglob(f"{stem}.ttf"))
    if not found:
        msg = f"{stem}.ttf is not below {folder}: install the font, or name its folder with --fonts"
        raise SystemExit(msg)
    return found[0]


if __name__ == "__main__":
    main()
