"""The inside of a paragraph of a Word file: runs, links, breaks, symbols, anchored text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tailor.reading.word.fields import Fields
from tailor.reading.word.package import R, W
from tailor.reading.word.symbols import shown, symbol
from tailor.values.cv import RichText, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from tailor.reading.word.package import Part
    from tailor.reading.word.properties import RunProperties
    from tailor.reading.word.styles import ParagraphLook, StyleSheet

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES: Final = f"{_MC}AlternateContent"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_WORD_ART: Final = "{urn:schemas-microsoft-com:vml}textpath"
TEXT_BOX: Final = f"{W}txbxContent"
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
# Text that was deleted or moved away with changes tracked, and what is no text at all.
UNREAD = frozenset(
    f"{W}{name}"
    for name in (
        "del delText delInstrText moveFrom pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr "
        "smartTagPr customXmlPr rt"
    ).split()
)
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_BREAKS = frozenset({f"{W}br", f"{W}cr"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look; `page` tells a page number."""

    text: str
    look: RunProperties
    link: str | None = None
    page: bool = False


@dataclass(slots=True)
class Inline:
    """What a paragraph holds.

    `lines` are cut at its line breaks. Boxes are those anchored before its first
    character and after it: elements with paragraphs, or the text of word art.
    """

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    boxes_before: list[Element | str] = field(default_factory=list)
    boxes_after: list[Element | str] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """Add characters to the last line."""
        if piece.text:
            self.lines[-1].append(piece)

    def anchor(self, boxes: list[Element | str]) -> None:
        """Add text boxes anchored here."""
        begun = any(piece.text.strip() for line in self.lines for piece in line)
        (self.boxes_after if begun else self.boxes_before).extend(boxes)


class InlineReader:
    """Reads the paragraphs of one part in their order; fields may span several."""

    def __init__(self, part: Part, styles: StyleSheet) -> None:
        self.notes: list[tuple[str, str]] = []
        self._part = part
        self._styles = styles
        self._fields = Fields()

    def read(self, paragraph: Element, look: ParagraphLook) -> Inline:
        """Return what the paragraph holds. `notes` grows by the footnotes it refers to."""
        found = Inline()
        self._walk(paragraph, look, found, None)
        self._fields.end_paragraph()
        return found

    def _walk(self, parent: Element, look: ParagraphLook, found: Inline, link: str | None) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, look, found, link)
            elif child.tag == f"{W}hyperlink":
                target = self._part.link(child.get(f"{R}id"))
                self._walk(child, look, found, target or link)
            elif child.tag == f"{W}fldSimple":
                self._fields.begin()
                self._fields.add_code(child.get(f"{W}instr", ""))
                self._fields.separate()
                self._walk(child, look, found, link)
                self._fields.end()
            elif child.tag == ALTERNATIVES:
                self._walk(chosen(child), look, found, link)
            elif child.tag in _DRAWINGS:
                found.anchor(list(_boxes(child)))
            elif child.tag == _MATH_TEXT:
                found.add(Piece(child.text or "", look.run, link))
            elif child.tag == f"{W}sdt" and self._asks_for_text(child):
                continue
            elif child.tag not in UNREAD:
                self._walk(child, look, found, link)

    def _run(self, run: Element, paragraph: ParagraphLook, found: Inline, link: str | None) -> None:
        look = self._styles.run(paragraph, run.find(f"{W}rPr"))
        self._content(run, paragraph, look, found, link)

    def _content(
        self,
        parent: Element,
        paragraph: ParagraphLook,
        look: RunProperties,
        found: Inline,
        link: str | None,
    ) -> None:
        for child in parent:
            if child.tag == f"{W}fldChar":
                self._field(child)
            elif child.tag == f"{W}instrText":
                self._fields.add_code(child.text or "")
            elif look.hidden or self._fields.in_code or child.tag in UNREAD:
                continue
            elif child.tag in _DRAWINGS:
                found.anchor(list(_boxes(child)))
            elif child.tag == ALTERNATIVES:
                self._content(chosen(child), paragraph, look, found, link)
            elif child.tag == f"{W}ruby":
                self._walk(child, paragraph, found, link)
            elif child.tag in _BREAKS:
                found.lines.append([])
            elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                self.notes.append((child.tag[len(W) : -len("Reference")], child.get(f"{W}id", "")))
            else:
                text = _characters(child, look)
                address = link or self._fields.link
                is_page = self._fields.is_page or child.tag == f"{W}pgNum"
                found.add(Piece(text, look, address, is_page))

    def _field(self, element: Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._fields.end()

    def _asks_for_text(self, control: Element) -> bool:
        """Tell a content control that nobody has filled in."""
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            return False
        runs = control.iterfind(f"{W}sdtContent//{W}r")
        return all(self._styles.is_placeholder(run.find(f"{W}rPr")) for run in runs)


def chosen(alternatives: Element) -> Element:
    """Return the one of several forms of the same content that is read: the newest with text."""
    forms = [form for form in alternatives if form.tag in {f"{_MC}Choice", f"{_MC}Fallback"}]
    for form in forms:
        if any(True for _ in form.iter(f"{W}t", _WORD_ART)):
            return form
    return forms[0] if forms else alternatives


def rich_text(pieces: list[Piece]) -> RichText:
    """Return the text of pieces with their styles, without white space at both ends."""
    return RichText.of(
        Run(piece.text, bool(piece.look.bold), bool(piece.look.italic), piece.link)
        for piece in pieces
    ).strip()


def _characters(element: Element, look: RunProperties) -> str:
    if element.tag == f"{W}t":
        text = (element.text or "").replace("\r", "").replace("\n", " ")
        return shown(text, look.font)
    if element.tag == f"{W}sym":
        return symbol(element.get(f"{W}char", ""), element.get(f"{W}font"))
    return _CHARACTERS.get(element.tag, "")


def _boxes(element: Element) -> Iterator[Element | str]:
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag == _WORD_ART:
            yield child.get("string", "")
        elif child.tag == ALTERNATIVES:
            yield from _boxes(chosen(child))
        else:
            yield from _boxes(child)
