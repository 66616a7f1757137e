"""Reduce the XML of a Word file to the elements that python-docx's objects show.

python-docx sees paragraphs and tables in a body or cell, runs and hyperlinks in a paragraph, and
nothing that stands inside a content control, a tracked insertion, a smart tag, a choice of
alternatives or a text box. `flatten` takes such wrappers off, and drops what Word does not show.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final, TypeAlias

from docx.oxml import OxmlElement
from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - as lxml's stubs call it
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
APART: Final = "{urn:tailor:reading}apart"
"""The attribute of a paragraph that begins a text box, or that stands below one."""

LINK: Final = "{urn:tailor:reading}link"
"""The attribute of a run that is the result of a HYPERLINK field: the address."""
PAGE: Final = "{urn:tailor:reading}page"
"""The attribute of a run that is the number of a page, or of pages."""

_MARKS = frozenset({f"{W}fldChar", f"{W}instrText"})
_MOST_OPEN = 100
_TEXT_SWITCH = re.compile(r'\\[lont]\s+(?:"[^"]*"|\S+)')
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES: Final = f"{_MC}AlternateContent"
_WORD_ART: Final = "{urn:schemas-microsoft-com:vml}textpath"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_BOX: Final = f"{W}txbxContent"


def _names(names: str) -> frozenset[str]:
    return frozenset(f"{W}{name}" for name in names.split())


# What stays inside of an element; anything else in it is a wrapper, and gives way to its content.
_BLOCKS = _names("p tbl tcPr sectPr")
_KEPT = {
    **dict.fromkeys(_names("body hdr ftr footnote endnote tc txbxContent"), _BLOCKS),
    f"{W}document": _names("body"),
    f"{W}footnotes": _names("footnote"),
    f"{W}endnotes": _names("endnote"),
    f"{W}tbl": _names("tblPr tblGrid tr"),
    f"{W}tr": _names("trPr tc"),
    f"{W}p": _names("pPr r hyperlink"),
    f"{W}hyperlink": _names("r"),
}
# Deleted or moved away with changes tracked; properties; the small print above ruby text.
_DROPPED = _names("del moveFrom sdtPr sdtEndPr smartTagPr customXmlPr")
_DROPPED_IN_RUNS = _names("delText delInstrText rt rubyPr")
_DELETED = {f"{W}tr": f"{W}trPr/{W}del", f"{W}tc": f"{W}tcPr/{W}cellDel"}


def flatten(root: Element, placeholders: Collection[str] = (), *, boxes: bool = True) -> None:
    """Change the tree below `root` (the root of a part, or a paragraph, table or cell) in place.

    - Content controls, tracked insertions, smart tags, custom XML and any other wrapper give way
      to what is in them; a content control that nobody has filled in, whose runs all have a
      character style of an id in `placeholders`, goes as a whole.
    - What was deleted or moved away with changes tracked goes.
    - Of alternatives (``mc:AlternateContent``) the newest with text stays.
    - Symbols (``w:sym``) and formulas become text, simple fields (``w:fldSimple``) complex ones.
    - With `boxes`, the paragraphs of a text box and the text of word art come to stand beside the
      paragraph that the box is anchored in: before it if the box stands before its first
      character, else after it. The first paragraph of a box, and one with a box before it, get
      the attribute `APART`. Without `boxes`, drawings stay as they are.
    """
    _Flattening(frozenset(placeholders), boxes=boxes).element(root)


def chosen(alternatives: Element) -> Element:
    """Return which of several forms of the same content is read: the newest that has text."""
    forms = [form for form in alternatives if form.tag in {f"{_MC}Choice", f"{_MC}Fallback"}]
    for form in forms:
        if any(True for _ in form.iter(f"{W}t", _WORD_ART)):
            return form
    return forms[0] if forms else alternatives


def runs_of(paragraph: Element) -> Iterator[Element]:
    """Yield the runs of a flattened paragraph, those in its hyperlinks as well."""
    for child in paragraph:
        if child.tag == f"{W}r":
            yield child
        elif child.tag == f"{W}hyperlink":
            yield from child.iterchildren(f"{W}r")


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


class _Flattening:
    def __init__(self, placeholders: frozenset[str], *, boxes: bool) -> None:
        self._placeholders = placeholders
        self._boxes = boxes

    def element(self, parent: Element) -> None:
        if parent.tag == f"{W}r":
            children = list(_plain(parent))
        elif parent.tag in _KEPT:
            children = list(self._content(parent, _KEPT[parent.tag]))
        else:
            return
        if children != list(parent):
            parent[:] = children
        for child in children:
            self.element(child)
        if parent.tag == f"{W}p" and self._boxes:
            self._move_boxes(parent)

    def _content(self, parent: Element, kept: frozenset[str]) -> Iterator[Element]:
        """Yield the elements of `kept` inside `parent`, with or without wrappers around them."""
        for child in parent:
            if child.tag in kept:
                deleted = _DELETED.get(child.tag)
                if deleted is None or child.find(deleted) is None:
                    yield child
            elif child.tag == _ALTERNATIVES:
                yield from self._content(chosen(child), kept)
            elif child.tag == f"{W}fldSimple":
                code = _new("w:instrText", child.get(f"{W}instr", ""))
                yield _new("w:r", _mark("begin"), code, _mark("separate"))
                yield from self._content(child, kept)
                yield _new("w:r", _mark("end"))
            elif child.tag == f"{_MATH}oMath":
                text = "".join(t.text or "" for t in child.iter(f"{_MATH}t"))
                yield _new("w:r", _new("w:t", text))
            elif child.tag not in _DROPPED and not self._asks_for_text(child):
                yield from self._content(child, kept)

    def _asks_for_text(self, control: Element) -> bool:
        """Return whether this is a content control that nobody has filled in."""
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            return False
        styles = [run.find(f"{W}rPr/{W}rStyle") for run in control.iter(f"{W}r")]
        return all(
            style is not None and style.get(f"{W}val") in self._placeholders for style in styles
        )

    def _move_boxes(self, paragraph: Element) -> None:
        before: list[Element] = []
        after: list[Element] = []
        begun = False
        for run in [*runs_of(paragraph)]:
            for child in [*run]:
                if child.tag == f"{W}t":
                    begun = begun or bool((child.text or "").strip())
                elif child.tag in _DRAWINGS:
                    found = after if begun else before
                    found += [block for box in _boxes(child) for block in self._blocks_of(box)]
                    run.remove(child)
        for block in before:
            paragraph.addprevious(block)
        for block in reversed(after):
            paragraph.addnext(block)
        if begun and before:
            paragraph.set(APART, "1")
        if not begun and before and paragraph.find(f"{W}pPr/{W}sectPr") is None:
            remove(paragraph)  # it only held the box

    def _blocks_of(self, box: Element) -> list[Element]:
        self.element(box)
        blocks = [block for block in box if block.tag in {f"{W}p", f"{W}tbl"}]
        first = next((p for block in blocks for p in block.iter(f"{W}p")), None)
        if first is not None:
            first.set(APART, "1")
        return blocks


def _plain(run: Element) -> Iterator[Element]:
    """Yield what stays of a run: its properties, characters, field marks, notes, drawings."""
    for child in run:
        if child.tag == f"{W}t":
            # A line end in a file is no more than white space.
            child.text = (child.text or "").replace("\r", "").replace("\n", " ")
            yield child
        elif child.tag == f"{W}sym":
            yield _new("w:t", _symbol(child.get(f"{W}char", ""), child.get(f"{W}font", "")))
        elif child.tag == f"{W}br":  # python-docx takes page and column breaks for nothing
            child.attrib.clear()
            yield child
        elif child.tag == _ALTERNATIVES:
            yield from _plain(chosen(child))
        elif child.tag == f"{W}ruby":
            for inner in child.iterfind(f"{W}rubyBase//{W}r"):
                yield from (e for e in _plain(inner) if e.tag != f"{W}rPr")
        elif child.tag not in _DROPPED_IN_RUNS:
            yield child


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes in a drawing; word art as one with a single paragraph."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag == _WORD_ART and (child.get("string") or "").strip():
            text = _new("w:t", child.get("string", "").strip())
            yield _new("w:txbxContent", _new("w:p", _new("w:r", text)))
        else:
            yield from _boxes(chosen(child) if child.tag == _ALTERNATIVES else child)


def _mark(kind: str) -> Element:
    mark = _new("w:fldChar")
    mark.set(f"{W}fldCharType", kind)
    return mark


def _new(tag: str, *content: Element | str) -> Element:
    made: Element = OxmlElement(tag)
    for each in content:
        if isinstance(each, str):
            made.text = each
        else:
            made.append(each)
    return made


# Fields


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True


def resolve_fields(root: Element) -> None:
    """Change the flattened tree of a part so that it holds only the results of fields.

    Runs of results bear the attributes `LINK` and `PAGE`. A field may span paragraphs; one that
    has come to no result at the end of its paragraph is damage, and hides no text.
    """
    fields: list[_Field] = []  # the open ones, outermost first
    for paragraph in root.iter(f"{W}p"):
        for whole in [*runs_of(paragraph)]:
            for run in _pieces(whole):
                _resolve(run, fields)
        fields[:] = [field for field in fields if not field.in_code]


def _pieces(run: Element) -> list[Element]:
    """Return the run, or a run for each of its children where marks stand beside text in it."""
    properties = run.find(f"{W}rPr")
    content = [child for child in run if child is not properties]
    marks = sum(child.tag in _MARKS for child in content)
    if marks in {0, len(content)}:
        return [run]
    pieces = []
    for child in content:
        piece = run.makeelement(run.tag)
        if properties is not None:
            piece.append(deepcopy(properties))
        piece.append(child)
        run.addprevious(piece)
        pieces.append(piece)
    remove(run)
    return pieces


def _resolve(run: Element, fields: list[_Field]) -> None:
    marks = [child for child in run if child.tag in _MARKS]
    for mark in marks:
        _take(mark, fields)
    if marks or any(field.in_code for field in fields):
        remove(run)
        return
    links = (_address(field.code) for field in reversed(fields))
    if link := next(filter(None, links), ""):
        run.set(LINK, link)
    if any(_PAGE.match(field.code) for field in fields):
        run.set(PAGE, "1")


def _take(mark: Element, fields: list[_Field]) -> None:
    kind = mark.get(f"{W}fldCharType")
    if kind == "begin":
        fields.append(_Field())
        del fields[:-_MOST_OPEN]  # what never ends is damage
    elif fields and kind == "separate":
        fields[-1].in_code = False
    elif fields and kind == "end":
        fields.pop()
    elif fields and fields[-1].in_code:
        fields[-1].code += mark.text or ""


def _address(code: str) -> str:
    found = _HYPERLINK.match(_TEXT_SWITCH.sub("", code))
    return (found[1] or found[2] or "") if found else ""


# Symbols

_PRIVATE = range(0xF000, 0xF100)  # where symbol fonts have their characters
_WINGDINGS = "wingdings"
_UPPER_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_LOWER_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"


def _table(pairs: str) -> dict[int, str]:
    """Read pairs of a number in hexadecimal and the character that is shown for it."""
    return {int(pair[:-1], 16): pair[-1] for pair in pairs.split()}


def _in_private(table: Mapping[int, str]) -> dict[int, str]:
    return {_PRIVATE.start + number: character for number, character in table.items()}


# The bullets, ticks and arrows that people choose from these fonts, and Symbol's letters.
_BULLETS = _table("B7• A8♦ AE→ DE⇒")
_ORNAMENTS = _table(
    "6C● 6E■ 6F□ 71□ 72□ 75◆ 76❖ 77◆ 9F• A0■ A7▪ A8□ AB★ D8➢ DC➢ E0→ E8➔ F0→ FB✗ FC✓ FE✓"
)
_LETTERS = {
    **dict(enumerate(_UPPER_GREEK, start=0x41)),
    **dict(enumerate(_LOWER_GREEK, start=0x61)),
    **_table("2D− A3≤ B0° B1± B3≥ B4× BB≈ D2® D3© D4™ E2® E3© E4™"),
}
_OF_FONT = {
    name: table | _in_private(table)
    for name, table in (("symbol", _LETTERS | _BULLETS), (_WINGDINGS, _ORNAMENTS))
}
_OF_ANY_FONT = _in_private(_ORNAMENTS | _BULLETS)


def _symbol(code: str, font: str) -> str:
    """Return the character of a ``w:sym``: `code` is its number in hexadecimal.

    Icons that Unicode text has none for come back as private-use characters.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in range(0x20, 0x100) and font.casefold() == _WINGDINGS:
        number += _PRIVATE.start  # "(" is a telephone there
    if number in range(1, 0xD800) or number in _PRIVATE:
        return shown(chr(number), font)
    return ""


def shown(text: str, font: str) -> str:
    """Return `text` as it looks in `font`: in a symbol font "§" may be a bullet.

    Private-use characters are symbols in any font.
    """
    return text.translate(_OF_FONT.get(font.casefold(), _OF_ANY_FONT))
