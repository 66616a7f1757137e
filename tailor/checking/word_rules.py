"""The rules that a Word file keeps or breaks by how it is made, whatever it says.

First those of the page and the file: tables, boxes, headers, columns, properties, macros. Then
those of paragraphs: tabs, lists, links, letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from tailor.checking.findings import Finding, Place, Severity, beginning, found
from tailor.checking.word_file import Element, WordFile, WordParagraph, texts_of
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.file import R, loaded_addresses, part_names, part_of
from tailor.reading.word.flatten import W, flatten
from tailor.reading.word.looks import RunLook
from tailor.values.cv import ContactKind, RichText

_LIBRARIES = re.compile(
    r"python-docx|docx4j|aspose|phpword|apache poi|openpyxl|docx\.js|docxtemplater|pandoc|"
    r"un-named|gemdocx|officegen|mammoth|spire\.doc",
    re.IGNORECASE,
)
_MACROS = re.compile(r"vbaproject|\.bin$|activex")
_TITLE_STYLES = frozenset({"title", "subtitle"})
_BARE_TAB = re.compile(r"\S\t+\S")
_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)
_SYMBOL_FONTS = re.compile(r"symbol|wingdings|webdings|dingbats|icon|awesome", re.IGNORECASE)
_WHITE = 0xF0  # each of red, green and blue from here on
_SMALLEST = 4.0  # points that can be read


def word_findings(file: WordFile) -> Iterator[Finding]:
    """Yield the rules that the file breaks."""
    for rule in _RULES:
        yield from rule(file)


def _tables(file: WordFile) -> Iterator[Finding]:
    yield from found(
        1,
        Severity.FAULT,
        "text stands in a table; readers take its cells in another order, or drop them",
        "put each line into a paragraph of its own; for dates at the right use a tab",
        (file.place_of(table) for table in file.root.iter(f"{W}tbl")),
    )


def _drawings(file: WordFile) -> Iterator[Finding]:
    yield from found(
        2,
        Severity.FAULT,
        "text stands in a text box or word art, which many readers do not open",
        "move it into the text",
        (Place(words=beginning(text)) for text in file.boxes),
    )
    yield from found(
        2,
        Severity.WARNING,
        "a picture or drawing; nothing in it is read",
        "take it out, and write what it says",
        file.pictures,
    )
    yield from found(
        2,
        Severity.WARNING,
        "an icon of a symbol font, which is read as another letter or none",
        "take it out, or write a word",
        file.icons,
    )


def _margins(file: WordFile) -> Iterator[Finding]:
    kinds = {RELATIONSHIP_TYPE.HEADER: "header", RELATIONSHIP_TYPE.FOOTER: "footer"}
    texts: dict[tuple[str, str], None] = {}
    for relationship in file.document.part.rels.values():
        if relationship.reltype in kinds:
            root = relationship.target_part.element
            flatten(root)
            texts[kinds[relationship.reltype], texts_of(root)] = None
    for kind, text in sorted(texts):
        place = (Place(words=beginning(text)),)
        if _has_contact(text):
            yield from found(
                3,
                Severity.FAULT,
                f"contact details stand in the page's {kind}, which most readers skip",
                "move them into the text, below the name",
                place,
            )
        elif any(letter.isalpha() for letter in text):
            yield from found(
                3,
                Severity.WARNING,
                f"the page's {kind} has text, which is skipped, or read between the lines",
                "empty it; say it in the text if it matters",
                place,
            )


def _has_contact(text: str) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for piece in re.split(r"[|\t·•]|\s{2,}|\s(?=\S+@)", text)
        if piece.strip()
        for contact in read_contacts(RichText.of(piece.strip()))[0]
    )


def _columns(file: WordFile) -> Iterator[Finding]:
    columns = file.root.iter(f"{W}cols")
    many = [each for each in columns if len(each) > 1 or _number(each.get(f"{W}num")) > 1]
    yield from found(
        4,
        Severity.FAULT,
        "the page has columns; readers mix their lines",
        "set it in one column",
        (Place() for _ in many),
    )


def _namespaces(file: WordFile) -> Iterator[Finding]:
    if R[1:-1] not in file.root.nsmap.values():
        yield from found(
            16,
            Severity.FAULT,
            "the text's part does not declare xmlns:r; one reader crashes",
            "open it in Word and save it again",
            (Place(),),
        )


def _properties(file: WordFile) -> Iterator[Finding]:
    said: dict[str, str] = {}
    for kind in (RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
        try:
            part: Any = file.document.part.package.part_related_by(kind)
        except KeyError:
            continue
        for element in part.element:
            said[element.tag.rpartition("}")[2]] = (element.text or "").strip()
    language = file.document.styles.element.find(f"{W}docDefaults//{W}lang")
    wanted = {
        "title": said.get("title"),
        "author": said.get("creator"),
        "language": said.get("language") or _value(language),
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        yield from found(
            17,
            Severity.NOTE,
            f"the file's properties have no {' and no '.join(missing)}",
            "set them in the program's File, Properties",
            (Place(),),
        )
    library = next((text for text in said.values() if _LIBRARIES.search(text)), None)
    if library:
        yield from found(
            17,
            Severity.WARNING,
            f'the file\'s properties name the library that wrote it: "{beginning(library)}"',
            "clear that property",
            (Place(),),
        )


def _active(file: WordFile) -> Iterator[Finding]:
    names = part_names(file.content)
    yield from found(
        20,
        Severity.FAULT,
        "the file has macros or embedded programs; mail filters drop it",
        "save it as a Word document without macros (.docx)",
        (Place(words=name) for name in names if _MACROS.search(name)),
    )
    yield from found(
        20,
        Severity.FAULT,
        "the file loads something from outside when it is opened",
        "embed it, or take it out",
        (Place(words=beginning(address)) for address in loaded_addresses(file.content)),
    )


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
    yield from found(
        6,
        Severity.FAULT,
        "a tab without a space before it; some readers drop tabs and glue the words together",
        "put a space before the tab",
        (p.place for p in file.shown if _BARE_TAB.search(p.text)),
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
    used = set(_levels_used(file))
    strange = [
        Place(words=f"list {number}, level {level}")
        for number, level, element in _levels(file)
        if (number, level) in used and _is_symbol(element)
    ]
    yield from found(
        7,
        Severity.FAULT,
        "the bullet is a letter of a symbol font; readers show another letter or a box",
        "choose the plain bullet • in the font of the text",
        strange[:1],
    )


def _levels_used(file: WordFile) -> Iterator[tuple[str, str]]:
    """Yield the list and the level of each item, its own or its style's."""
    for paragraph in file.paragraphs:
        style = file.styles.get(paragraph.look.style)
        sources = [paragraph.element, *([style.element] if style is not None else [])]
        numbers = (source.find(f"{W}pPr/{W}numPr") for source in sources)
        number = next((each for each in numbers if each is not None), None)
        if paragraph.in_list and number is not None:
            yield _value(number.find(f"{W}numId")), _value(number.find(f"{W}ilvl")) or "0"


def _levels(file: WordFile) -> Iterator[tuple[str, str, Element]]:
    """Yield each level of each list."""
    part = part_of(file.document, RELATIONSHIP_TYPE.NUMBERING)
    if part is None:
        return
    root = part.element
    abstract = {a.get(f"{W}abstractNumId"): a for a in root.iterchildren(f"{W}abstractNum")}
    for number in root.iterchildren(f"{W}num"):
        definition = abstract.get(_value(number.find(f"{W}abstractNumId")))
        for level in definition.iterchildren(f"{W}lvl") if definition is not None else ():
            yield number.get(f"{W}numId"), level.get(f"{W}ilvl", "0"), level


def _is_symbol(level: Element) -> bool:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    is_bullet = _value(level.find(f"{W}numFmt")) == "bullet"
    glyph = _value(level.find(f"{W}lvlText"))
    return bool(_ICONS.search(glyph)) or (is_bullet and bool(_SYMBOL_FONTS.search(font)))


def _paragraph_properties(file: WordFile) -> Iterator[Finding]:
    yield from found(
        10,
        Severity.WARNING,
        "paragraphs without properties of their own; one reader glues them to the next",
        "give each paragraph a style",
        (p.place for p in file.shown if p.element.pPr is None),
    )


def _links(file: WordFile) -> Iterator[Finding]:
    hidden: list[Place] = []
    beside: list[Place] = []
    # The head of the page ends at the second heading.
    headings = (p.place.number for p in file.shown[1:] if p.heading)
    head = next(headings, len(file.paragraphs))
    for paragraph in file.paragraphs:
        for link in paragraph.paragraph.hyperlinks:
            if link.url and not _is_seen(link.url, link.text):
                is_mail = link.url.casefold().startswith("mailto:")
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


def _is_seen(address: str, words: str) -> bool:
    """Return whether the words show the address, or the part of it that is the person's."""
    bare = re.sub(r"^(?:mailto:|tel:|https?://(?:www\.)?)", "", address.casefold()).rstrip("/")
    seen = re.sub(r"^(?:https?://(?:www\.)?)|^www\.", "", words.casefold().strip()).rstrip("/")
    seen = seen.rpartition(": ")[2]
    if address.casefold().startswith("tel:"):
        return any(letter.isdigit() for letter in words)
    is_site = "/" not in bare and "@" not in bare and "." in bare
    if is_site and bare.split(".")[-2] in words.casefold():
        return True  # nothing but the name of the site, which is in the words
    return bool(seen) and (bare in seen or seen.lstrip("@") in bare)


def _letters(file: WordFile) -> Iterator[Finding]:
    spaced = [
        p.place for p in file.shown if any(_is_spaced(element) for element, _ in file.runs(p))
    ]
    used = {p.look.style: p.style for p in file.shown}
    spaced += [
        Place(words=f'style "{name}"')
        for identity, name in used.items()
        if identity in file.styles and _is_spaced(file.styles[identity].element)
    ]
    yield from found(
        15,
        Severity.WARNING,
        "letters are spaced; PDF readers then see single letters",
        "set the spacing of letters to normal",
        spaced,
    )
    yield from found(
        15,
        Severity.FAULT,
        "icons of an icon font, which are no characters; readers show boxes or other letters",
        "take them out",
        (p.place for p in file.shown if _ICONS.search(p.text)),
    )
    yield from found(
        15,
        Severity.WARNING,
        "characters that cannot be seen",
        "delete them: type these words anew",
        (p.place for p in file.shown if _CONTROLS.search(p.text)),
    )


def _is_spaced(element: Element) -> bool:
    return bool(_number(_value(element.find(f"{W}rPr/{W}spacing"))))


def _hidden(file: WordFile) -> Iterator[Finding]:
    yield from found(
        19,
        Severity.FAULT,
        "text that nobody sees: hidden, white on white, or smaller than 4 points",
        "delete it; programs and people find it, and it looks like cheating",
        (
            p.place
            for p in file.shown
            if any(_is_hidden(p, element, look) for element, look in file.runs(p))
        ),
    )


def _is_hidden(paragraph: WordParagraph, run: Element, look: RunLook) -> bool:
    if look.hidden or (look.size is not None and look.size < _SMALLEST):
        return True
    # The color of the shape around a text box is not looked at.
    return _is_white(look.color) and not paragraph.in_box and not _is_shaded(run)


def _is_white(color: str | None) -> bool:
    if color is None or not re.fullmatch("[0-9A-Fa-f]{6}", color):
        return False
    return min(bytes.fromhex(color)) >= _WHITE


def _is_shaded(run: Element) -> bool:
    """Return whether the run, its paragraph, cell or table has a color as its ground."""
    for element in (run, *run.iterancestors()):
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            shade = element.find(f"{W}{name}/{W}shd")
            fill = shade.get(f"{W}fill", "auto") if shade is not None else "auto"
            if fill != "auto" and not _is_white(fill):
                return True
    return False


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _number(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0


_RULES: Sequence[Callable[[WordFile], Iterator[Finding]]] = (
    _tables,
    _drawings,
    _margins,
    _columns,
    _namespaces,
    _properties,
    _active,
    _title_style,
    _tabs,
    _lists,
    _paragraph_properties,
    _links,
    _letters,
    _hidden,
)
