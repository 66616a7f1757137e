"""The rules that a Word file keeps or breaks by how its paragraphs are made, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tailor.checking.findings import Finding, Place, Severity, found
from tailor.checking.word_file import WordFile, WordParagraph, number_of, text_of
from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.package import R, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TITLE_STYLES = frozenset({"title", "subtitle"})
_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)
_SYMBOL_FONTS = re.compile(r"symbol|wingdings|webdings|dingbats|icon|awesome", re.IGNORECASE)
_WHITE = 0xF0  # each of red, green and blue from here on
_SMALLEST = 4.0  # points that can be read


def paragraph_findings(file: WordFile) -> Iterator[Finding]:
    """Yield the rules that the paragraphs break, in their order."""
    for rule in _RULES:
        yield from rule(file)


def _title_style(file: WordFile) -> Iterator[Finding]:
    first = next(iter(file.shown), None)
    if first is not None and first.style.casefold() in _TITLE_STYLES:
        yield from found(
            5,
            Severity.FAULT,
            f'the name has the style "{first.style}", which some readers take for metadata',
            "give it a style of its own, or a plain paragraph with larger letters",
            (first.place,),
        )


def _tabs(file: WordFile) -> Iterator[Finding]:
    glued = [p.place for p in file.shown if re.search(r"[^\s]\t+\S", p.text)]
    yield from found(
        6,
        Severity.FAULT,
        "a tab without a space before it; some readers drop tabs and glue the words together",
        "put a space before the tab",
        glued,
    )


def _lists(file: WordFile) -> Iterator[Finding]:
    typed = [
        p.place
        for p in file.shown
        if not p.in_list and starts_with_glyph(p.text.lstrip()) not in {0, len(p.text.strip())}
    ]
    yield from found(
        7,
        Severity.FAULT,
        "a typed mark in place of a list",
        "delete the mark, and make the lines a list",
        typed,
    )
    numbering = file.package.related(file.document, "numbering")
    if numbering is None or not any(p.in_list for p in file.paragraphs):
        return
    used = set(_numbers_used(file))
    strange = [
        Place(words=f"numbering {number}")
        for number, level in _levels(numbering.root)
        if number in used and _is_symbol(level)
    ]
    yield from found(
        7,
        Severity.FAULT,
        "the bullet is a letter of a symbol font; readers show another letter or a box",
        "choose the plain bullet • in the font of the text",
        strange[:1],
    )


def _numbers_used(file: WordFile) -> Iterator[tuple[str, str]]:
    """Yield the numbering and the level of each paragraph, its own or its style's."""
    styles = file.package.related(file.document, "styles")
    of_style: dict[str, Element] = {}
    for style in styles.root.iterchildren(f"{W}style") if styles else ():
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None:
            of_style[style.get(f"{W}styleId", "")] = number
    for paragraph in file.paragraphs:
        number = paragraph.element.find(f"{W}pPr/{W}numPr")
        if number is None:
            named = paragraph.element.find(f"{W}pPr/{W}pStyle")
            number = of_style.get(named.get(f"{W}val", "") if named is not None else "")
        if number is not None:
            identity, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
            yield (
                identity.get(f"{W}val", "") if identity is not None else "",
                level.get(f"{W}val", "0") if level is not None else "0",
            )


def _levels(root: Element) -> Iterator[tuple[tuple[str, str], Element]]:
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
    for number in root.iterchildren(f"{W}num"):
        reference = number.find(f"{W}abstractNumId")
        definition = abstract.get(reference.get(f"{W}val", "") if reference is not None else "")
        for level in definition.iterchildren(f"{W}lvl") if definition is not None else ():
            yield (number.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0")), level


def _is_symbol(level: Element) -> bool:
    text, fonts = level.find(f"{W}lvlText"), level.find(f"{W}rPr/{W}rFonts")
    glyph = text.get(f"{W}val", "") if text is not None else ""
    font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    form = level.find(f"{W}numFmt")
    is_bullet = form is not None and form.get(f"{W}val") == "bullet"
    return bool(_ICONS.search(glyph)) or (is_bullet and bool(_SYMBOL_FONTS.search(font)))


def _properties(file: WordFile) -> Iterator[Finding]:
    bare = [p.place for p in file.shown if p.element.find(f"{W}pPr") is None]
    yield from found(
        10,
        Severity.WARNING,
        "paragraphs without properties of their own; one reader glues them to the next",
        "give each paragraph a style",
        bare,
    )


def _links(file: WordFile) -> Iterator[Finding]:
    hidden: list[Place] = []
    beside: list[Place] = []
    head = _head_ends(file)
    for paragraph in file.paragraphs:
        for link in paragraph.element.iter(f"{W}hyperlink"):
            address = file.document.link(link.get(f"{R}id"))
            if address and not _is_seen(address, text_of(link)):
                is_mail = address.casefold().startswith("mailto:")
                first = not paragraph.in_list and paragraph.place.number < head
                (hidden if is_mail or first else beside).append(paragraph.place)
    yield from found(
        14,
        Severity.WARNING,
        "an address is behind words and not to be seen; most readers drop what is behind",
        "write the address itself",
        hidden,
    )
    yield from found(
        14,
        Severity.NOTE,
        "a link on words; readers keep the words and drop the address",
        "write the address if it matters",
        beside,
    )


def _head_ends(file: WordFile) -> int:
    """Return the number of the first paragraph with a heading after the first."""
    heads = (p.place.number for p in file.shown[1:] if p.heading)
    return next(heads, len(file.paragraphs))


def _is_seen(address: str, words: str) -> bool:
    """Tell whether the words show the address, or the part of it that is the person's."""
    bare = re.sub(r"^(?:mailto:|tel:|https?://(?:www\.)?)", "", address.casefold()).rstrip("/")
    seen = re.sub(r"^(?:https?://(?:www\.)?)|^www\.", "", words.casefold().strip()).rstrip("/")
    seen = seen.rpartition(": ")[2]
    if address.casefold().startswith("tel:"):
        return any(letter.isdigit() for letter in words)
    if (
        "/" not in bare
        and "@" not in bare
        and "." in bare
        and bare.split(".")[-2] in words.casefold()
    ):
        return True  # nothing but the name of the site, which is in the words
    return bool(seen) and (bare in seen or seen.lstrip("@") in bare)


def _letters(file: WordFile) -> Iterator[Finding]:
    spaced = []
    for paragraph in file.shown:
        for run in paragraph.element.iter(f"{W}r"):
            spacing = run.find(f"{W}rPr/{W}spacing")
            if spacing is not None and number_of(spacing.get(f"{W}val")) and text_of(run).strip():
                spaced.append(paragraph.place)
                break
    spaced += _styles_with_spacing(file)
    yield from found(
        15,
        Severity.WARNING,
        "letters are spaced; PDF readers then see single letters",
        "set the spacing of letters to normal",
        spaced,
    )
    icons = [p.place for p in file.shown if _ICONS.search(p.text)]
    yield from found(
        15,
        Severity.FAULT,
        "icons of an icon font, which are no characters; readers show boxes or other letters",
        "take them out",
        icons,
    )
    controls = [p.place for p in file.shown if _CONTROLS.search(p.text)]
    yield from found(
        15,
        Severity.WARNING,
        "characters that cannot be seen",
        "delete them: type these words anew",
        controls,
    )


def _styles_with_spacing(file: WordFile) -> list[Place]:
    styles = file.package.related(file.document, "styles")
    used = {p.style for p in file.shown}
    places = []
    for style in styles.root.iterchildren(f"{W}style") if styles else ():
        spacing = style.find(f"{W}rPr/{W}spacing")
        name = file.style_names.get(style.get(f"{W}styleId", ""), "")
        if spacing is not None and number_of(spacing.get(f"{W}val")) and name in used:
            places.append(Place(words=f'style "{name}"'))
    return places


def _hidden(file: WordFile) -> Iterator[Finding]:
    places = [p.place for p in file.shown if any(_is_hidden(file, p, run) for run in _runs(p))]
    yield from found(
        19,
        Severity.FAULT,
        "text that nobody sees: hidden, white on white, or smaller than 4 points",
        "delete it; programs and people find it, and it looks like cheating",
        places,
    )


def _runs(paragraph: WordParagraph) -> Iterator[Element]:
    for run in paragraph.element.iter(f"{W}r"):
        if text_of(run).strip():
            yield run


def _is_hidden(file: WordFile, paragraph: WordParagraph, run: Element) -> bool:
    properties = run.find(f"{W}rPr")
    look = file.looks.run(file.looks.paragraph(paragraph.element.find(f"{W}pPr")), properties)
    if look.hidden or (look.size is not None and look.size < _SMALLEST):
        return True
    return _is_white(look.color) and not _is_shaded(run)


def _is_white(color: str | None) -> bool:
    if color is None or not re.fullmatch("[0-9A-Fa-f]{6}", color):
        return False
    return all(int(color[at : at + 2], 16) >= _WHITE for at in (0, 2, 4))


def _is_shaded(run: Element) -> bool:
    """Tell white letters on a colour: of the run, the paragraph, a cell or a shape."""
    at: Element | None = run
    while at is not None:
        if at.tag == f"{W}txbxContent":
            return True  # the shape's colour is not looked at
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            shade = at.find(f"{W}{name}/{W}shd")
            fill = shade.get(f"{W}fill", "auto") if shade is not None else "auto"
            if fill != "auto" and not _is_white(fill):
                return True
        at = at.getparent()
    return False


_RULES: Sequence[Callable[[WordFile], Iterator[Finding]]] = (
    _title_style,
    _tabs,
    _lists,
    _properties,
    _links,
    _letters,
    _hidden,
)
