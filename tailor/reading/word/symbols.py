"""Characters of symbol fonts: what Word shows for them, in Unicode."""

from __future__ import annotations

from collections.abc import Mapping

_SYMBOL = "symbol"
_WINGDINGS = "wingdings"


def _table(pairs: str) -> dict[int, str]:
    """Read pairs of a number in hexadecimal and the character that is shown for it."""
    return {int(pair[:-1], 16): pair[-1] for pair in pairs.split()}


# The bullets, ticks and arrows that people choose from these fonts.
_BULLETS: Mapping[str, Mapping[int, str]] = {
    _SYMBOL: _table("B7• A8♦ AE→ DE⇒"),
    _WINGDINGS: _table(
        "6C● 6E■ 6F□ 71□ 72□ 75◆ 76❖ 77◆ 9F• A0■ A7▪ A8□ AB★ D8➢ DC➢ E0→ E8➔ F0→ FB✗ FC✓ FE✓"
    ),
}
_UPPER_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_LOWER_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_LETTERS: Mapping[str, Mapping[int, str]] = {
    _SYMBOL: {
        **dict(enumerate(_UPPER_GREEK, start=0x41)),
        **dict(enumerate(_LOWER_GREEK, start=0x61)),
        **_table("2D− A3≤ B0° B1± B3≥ B4× BB≈ D2® D3© D4™ E2® E3© E4™"),
    },
    _WINGDINGS: {},
}
_OF_FONT = {name: {**_LETTERS[name], **_BULLETS[name]} for name in _BULLETS}
_OF_ANY_FONT = {**_BULLETS[_WINGDINGS], **_BULLETS[_SYMBOL]}
_PRIVATE = range(0xF000, 0xF100)  # where symbol fonts have their characters


def symbol(code: str, font: str | None) -> str:
    """Return the character of a ``w:sym``: `code` is its number in hexadecimal.

    Icons that Unicode text has none for come back as private-use characters.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in range(0x20, 0x100) and (font or "").casefold() == _WINGDINGS:
        number += _PRIVATE.start  # "(" is a telephone there
    if number in range(1, 0xD800) or number in _PRIVATE:
        return shown(chr(number), font)
    return ""


def shown(text: str, font: str | None) -> str:
    """Return `text` as it looks in `font`: in a symbol font "§" may be a bullet.

    Private-use characters are symbols in any font.
    """
    table = _OF_FONT.get((font or "").casefold())
    if text.isascii() and table is None:
        return text
    return "".join(_shown_as(character, table) for character in text)


def _shown_as(character: str, table: Mapping[int, str] | None) -> str:
    number = ord(character)
    if number in _PRIVATE:
        return (table or _OF_ANY_FONT).get(number - _PRIVATE.start, character)
    return table.get(number, character) if table is not None else character
