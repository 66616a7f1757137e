"""The rules that a Word file keeps or breaks by how it is made, whatever it says.

First the file as the rules look at it: its paragraphs with their places and looks. Then the rules
of the page and the file (tables, boxes, headers, columns, properties, macros), and those of
paragraphs (tabs, lists, links, letters).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tailor.checking.findings import Finding, Place, beginning, found
from tailor.reading.files import Content
from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.file import R, loaded_addresses, open_document, part_names, part_of
from tailor.reading.word.flatten import W, flatten, runs_of
from tailor.reading.word.lines import says_contact
from tailor.reading.word.looks import Looks, ParagraphLook, RunLook, is_white, value_in
from tailor.values.cv import RichText

# The element classes of python-docx have members that are made at run time.
Element = Any

_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
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


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph of the text; `style` is the name of its style, `in_box`: in a text box."""

    paragraph: Paragraph
    text: str
    place: Place
    style: str
    look: ParagraphLook
    in_box: bool

    @property
    def element(self) -> Element:
        """The paragraph's own element."""
        return self.paragraph.paragraph_format.element

    @property
    def heading(self) -> int:
        """The level of the heading that the style makes it, 0 for text and for a title."""
        return 0 if self.look.title else self.look.heading


class WordFile:
    """A Word file for checking.

    `paragraphs` are those of the text, in tables and text boxes as well. `boxes` are the texts in
    text boxes and word art; `pictures` the places of other drawings, `icons` those of symbols.
    """

    def __init__(self, content: Content) -> None:
        """Open the file. Raises CvError if it is damaged or has too much in it."""
        self.content = content
        self.document: Document = open_document(content)
        self.root: Element = self.document.element
        self.looks = Looks(self.document)
        self.styles = {style.style_id: style for style in self.document.styles}
        symbols = [_paragraph_around(symbol) for symbol in self.root.iter(f"{W}sym")]
        flatten(self.root, self.looks.placeholders, boxes=False)
        drawings = [(each, _paragraph_around(each)) for each in self.root.iter(*_DRAWINGS)]
        self.boxes = [text for drawing, _ in drawings if (text := _text_of_boxes(drawing))]
        pictures = [
            around
            for drawing, around in drawings
            if next(drawing.iter(f"{W}txbxContent", _WORD_ART), None) is None
        ]
        boxed = {p for box in self.root.iter(f"{W}txbxContent") for p in box.iter(f"{W}p")}
        flatten(self.root, self.looks.placeholders)
        self.paragraphs = tuple(self._paragraphs(boxed))
        self._places = {paragraph.element: paragraph.place for paragraph in self.paragraphs}
        self.pictures = [self._places.get(around, Place()) for around in pictures]
        self.icons = [self._places.get(around, Place()) for around in symbols]

    @property
    def shown(self) -> Sequence[WordParagraph]:
        """The paragraphs that have text."""
        return [paragraph for paragraph in self.paragraphs if paragraph.text.strip()]

    def place_of(self, element: Element) -> Place:
        """Return the place of the first paragraph in `element`."""
        return self._places.get(next(element.iter(f"{W}p"), None), Place())

    def runs(self, paragraph: WordParagraph) -> Iterator[tuple[Element, RunLook]]:
        """Yield the runs that have text, with their looks."""
        elements: Iterator[Element] = runs_of(paragraph.element)
        for element in elements:
            run = Run(element, paragraph.paragraph)
            if run.text.strip():
                yield element, self.looks.run(run, paragraph.look)

    def _paragraphs(self, boxed: Collection[Element]) -> Iterator[WordParagraph]:
        page = int(next(self.root.iter(f"{W}lastRenderedPageBreak"), None) is not None)
        for number, element in enumerate(self.root.iter(f"{W}p"), start=1):
            paragraph = Paragraph(element, self.document)
            look = self.looks.paragraph(paragraph)
            style = self.styles.get(look.style)
            name = look.style if style is None else style.name or look.style
            place = Place.of(number, paragraph.text, page)
            yield WordParagraph(paragraph, paragraph.text, place, name, look, element in boxed)
            if page:
                page += sum(1 for _ in element.iter(f"{W}lastRenderedPageBreak"))


def _paragraph_around(element: Element) -> Element | None:
    return next(element.iterancestors(f"{W}p"), None)


def _text_of_boxes(drawing: Element) -> str:
    words = [text.text or "" for text in drawing.iter(f"{W}t")]
    words += [art.get("string", "") for art in drawing.iter(_WORD_ART)]
    return "".join(words).strip()


# The rules


def word_findings(file: WordFile) -> Iterator[Finding]:
    """Yield the rules that the file breaks."""
    yield from found("table", (file.place_of(table) for table in file.root.iter(f"{W}tbl")))
    yield from found("text-box", (Place.of(0, text) for text in file.boxes))
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
    yield from found("loads", (Place.of(0, address) for address in loaded))
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
            text = " ".join(Paragraph(element, root).text for element in root.iter(f"{W}p"))
            texts[kinds[relationship.reltype], text] = None
    for side, text in sorted(texts):
        place = [Place.of(0, text)]
        if _has_contact(text):
            yield from found("contact-in-margin", place, side=side)
        elif any(letter.isalpha() for letter in text):
            yield from found("text-in-margin", place, side=side)


def _has_contact(text: str) -> bool:
    pieces = map(str.strip, re.split(r"[|\t·•]|\s{2,}|\s(?=\S+@)", text))
    return any(says_contact(RichText.of(piece)) for piece in pieces if piece)


def _properties(file: WordFile) -> Iterator[Finding]:
    said: dict[str, str] = {}
    kinds = (RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    # One by one, since a file may name two parts of a kind, which python-docx refuses.
    relations: Any = file.document.part.package.rels.values()
    for relation in relations:
        if relation.reltype in kinds and not relation.is_external:
            for element in getattr(relation.target_part, "element", ()):
                if isinstance(element.tag, str):  # no comment
                    name = element.tag.rpartition("}")[2]
                    said.setdefault(name, (element.text or "").strip())
    language = value_in(file.document.styles.element, f"docDefaults//{W}lang")
    wanted = {
        "title": said.get("title"),
        "author": said.get("creator"),
        "language": said.get("language") or language,
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
    return not paragraph.look.depth and starts_with_glyph(text) not in {0, len(text)}


def _is_spaced(element: Element) -> bool:
    return bool(_number(value_in(element, f"rPr/{W}spacing")))


def _is_hidden(paragraph: WordParagraph, run: Element, look: RunLook) -> bool:
    if look.hidden or (look.size is not None and look.size < _SMALLEST):
        return True
    # The color of the shape around a text box is not looked at.
    return is_white(look.color, _WHITE) and not paragraph.in_box and not _is_shaded(run)


def _is_shaded(run: Element) -> bool:
    """Return whether the run, its paragraph, cell or table has a color as its ground."""
    for element in (run, *run.iterancestors()):
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            shade = element.find(f"{W}{name}/{W}shd")
            fill = shade.get(f"{W}fill", "auto") if shade is not None else "auto"
            if fill != "auto" and not is_white(fill, _WHITE):
                return True
    return False


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
        if paragraph.look.depth and number is not None:
            yield value_in(number, "numId"), value_in(number, "ilvl") or "0"


def _levels(file: WordFile) -> Iterator[tuple[str, str, Element]]:
    """Yield each level of each list."""
    part = part_of(file.document, RELATIONSHIP_TYPE.NUMBERING)
    root: Element = () if part is None else part.element
    lists = {each.get(f"{W}abstractNumId"): each for each in root if each.tag == f"{W}abstractNum"}
    for number in root:
        definition = lists.get(value_in(number, "abstractNumId"), ())
        for level in definition:
            if level.tag == f"{W}lvl":
                yield number.get(f"{W}numId"), level.get(f"{W}ilvl", "0"), level


def _is_symbol(level: Element) -> bool:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    is_bullet = value_in(level, "numFmt") == "bullet"
    glyph = value_in(level, "lvlText")
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
                first = not paragraph.look.depth and paragraph.place.number < head
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


def _number(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
