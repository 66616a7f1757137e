"""The rules that a Word file keeps or breaks by how it is made, whatever it says.

First those of the page and the file: tables, boxes, headers, columns, properties, macros. Then
those of paragraphs: tabs, lists, links, letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from tailor.checking.findings import Finding, Place, beginning, found
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
    yield from found("table", (file.place_of(table) for table in file.root.iter(f"{W}tbl")))
    yield from found("text-box", (Place(words=beginning(text)) for text in file.boxes))
    yield from found("picture", file.pictures)
    yield from found("symbol", file.icons)
    yield from _margins(file)
    columns = file.root.iter(f"{W}cols")
    many = [each for each in columns if len(each) > 1 or _number(each.get(f"{W}num")) > 1]
    yield from found("columns", (Place() for _ in many))
    if R[1:-1] not in file.root.nsmap.values():
        yield from found("namespaces")
    yield from _properties(file)
    macros = (name for name in part_names(file.content) if _MACROS.search(name))
    yield from found("macros", (Place(words=name) for name in macros))
    loaded = loaded_addresses(file.content)
    yield from found("loads", (Place(words=beginning(address)) for address in loaded))
    yield from _paragraphs(file)
    yield from _symbol_bullets(file)
    yield from _links(file)


def _margins(file: WordFile) -> Iterator[Finding]:
    kinds = {RELATIONSHIP_TYPE.HEADER: "header", RELATIONSHIP_TYPE.FOOTER: "footer"}
    texts: dict[tuple[str, str], None] = {}
    for relationship in file.document.part.rels.values():
        if relationship.reltype in kinds:
            root = relationship.target_part.element
            flatten(root)
            texts[kinds[relationship.reltype], texts_of(root)] = None
    for side, text in sorted(texts):
        place = [Place(words=beginning(text))]
        if _has_contact(text):
            yield from found("contact-in-margin", place, side=side)
        elif any(letter.isalpha() for letter in text):
            yield from found("text-in-margin", place, side=side)


def _has_contact(text: str) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for piece in re.split(r"[|\t·•]|\s{2,}|\s(?=\S+@)", text)
        if piece.strip()
        for contact in read_contacts(RichText.of(piece.strip()))[0]
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
    if missing := [name for name, value in wanted.items() if not value]:
        yield from found("missing-properties", names=" and no ".join(missing))
    if library := next((text for text in said.values() if _LIBRARIES.search(text)), None):
        yield from found("library", words=beginning(library))


def _paragraphs(file: WordFile) -> Iterator[Finding]:
    shown = file.shown
    if shown and shown[0].style.casefold() in _TITLE_STYLES:
        yield from found("title-style", [shown[0].place], style=shown[0].style)
    yield from found("bare-tab", (p.place for p in shown if _BARE_TAB.search(p.text)))
    yield from found("typed-mark", (p.place for p in shown if _has_typed_mark(p)))
    yield from found("no-properties", (p.place for p in shown if p.element.pPr is None))
    yield from found("icons", (p.place for p in shown if _ICONS.search(p.text)))
    yield from found("control-characters", (p.place for p in shown if _CONTROLS.search(p.text)))
    styles = {p.look.style: p.style for p in shown if p.look.style in file.styles}
    spaced = [p.place for p in shown if any(_is_spaced(run) for run, _ in file.runs(p))]
    spaced += [
        Place(words=f'style "{name}"')
        for identity, name in styles.items()
        if _is_spaced(file.styles[identity].element)
    ]
    yield from found("spaced-letters", spaced)
    hidden = (p.place for p in shown if any(_is_hidden(p, run, look) for run, look in file.runs(p)))
    yield from found("hidden", hidden)


def _has_typed_mark(paragraph: WordParagraph) -> bool:
    text = paragraph.text.strip()
    return not paragraph.in_list and starts_with_glyph(text) not in {0, len(text)}


def _is_spaced(element: Element) -> bool:
    return bool(_number(_value(element.find(f"{W}rPr/{W}spacing"))))


def _is_hidden(paragraph: WordParagraph, run: Element, look: RunLook) -> bool:
    if look.hidden or (look.size is not None and look.size < _SMALLEST):
        return True
    # The color of the shape around a text box is not looked at.
    return _is_white(look.color) and not paragraph.in_box and not _is_shaded(run)


def _is_shaded(run: Element) -> bool:
    """Return whether the run, its paragraph, cell or table has a color as its ground."""
    for element in (run, *run.iterancestors()):
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            shade = element.find(f"{W}{name}/{W}shd")
            fill = shade.get(f"{W}fill", "auto") if shade is not None else "auto"
            if fill != "auto" and not _is_white(fill):
                return True
    return False


def _is_white(color: str | None) -> bool:
    if color is None or not re.fullmatch("[0-9A-Fa-f]{6}", color):
        return False
    return min(bytes.fromhex(color)) >= _WHITE


def _symbol_bullets(file: WordFile) -> Iterator[Finding]:
    used = set(_levels_used(file))
    strange = [
        Place(words=f"list {number}, level {level}")
        for number, level, element in _levels(file)
        if (number, level) in used and _is_symbol(element)
    ]
    yield from found("symbol-bullet", strange[:1])


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
    root: Element = () if part is None else part.element
    lists = {each.get(f"{W}abstractNumId"): each for each in root if each.tag == f"{W}abstractNum"}
    for number in root:
        definition = lists.get(_value(number.find(f"{W}abstractNumId")), ())
        for level in definition:
            if level.tag == f"{W}lvl":
                yield number.get(f"{W}numId"), level.get(f"{W}ilvl", "0"), level


def _is_symbol(level: Element) -> bool:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    is_bullet = _value(level.find(f"{W}numFmt")) == "bullet"
    glyph = _value(level.find(f"{W}lvlText"))
    return bool(_ICONS.search(glyph)) or (is_bullet and bool(_SYMBOL_FONTS.search(font)))


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
    yield from found("address-behind-words", hidden)
    yield from found("link-on-words", beside)


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


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _number(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
