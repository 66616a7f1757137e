"""Open a Word file as a document of python-docx, within bounds, whatever the file holds.

python-docx unpacks and parses all that a file names, and stops at the first thing that is not as
the standard has it. So its document is put together here, from the parts with text and looks:
each unpacked within bounds and known to be XML, without values that are none. Pictures, fonts and
embedded files are not unpacked. Nothing outside of the file is ever fetched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import OxmlElement
from docx.oxml.parser import element_class_lookup
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.story import StoryPart
from docx.parts.styles import StylesPart
from lxml import etree

from tailor.reading.files import Content, Unpacking
from tailor.reading.word.flatten import Element, W, remove
from tailor.values.errors import TailorError

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties"
_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Properties"
_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}theme"
# The parts that are read: type of the relationship to them, type of content, root element, class.
_PARTS: Final[Mapping[str, tuple[str, str, str, type[XmlPart]]]] = {
    row[0].rpartition("/")[2]: row
    for row in (
        (RT.OFFICE_DOCUMENT, CT.WML_DOCUMENT_MAIN, "document", DocumentPart),
        (RT.CORE_PROPERTIES, CT.OPC_CORE_PROPERTIES, _CORE, CorePropertiesPart),
        (RT.EXTENDED_PROPERTIES, CT.OFC_EXTENDED_PROPERTIES, _EXTENDED, XmlPart),
        (RT.STYLES, CT.WML_STYLES, "styles", StylesPart),
        (RT.NUMBERING, CT.WML_NUMBERING, "numbering", NumberingPart),
        (RT.SETTINGS, CT.WML_SETTINGS, "settings", SettingsPart),
        (RT.THEME, CT.OFC_THEME, _THEME, XmlPart),
        (RT.HEADER, CT.WML_HEADER, "hdr", HeaderPart),
        (RT.FOOTER, CT.WML_FOOTER, "ftr", FooterPart),
        (RT.FOOTNOTES, CT.WML_FOOTNOTES, "footnotes", StoryPart),
        (RT.ENDNOTES, CT.WML_ENDNOTES, "endnotes", StoryPart),
    )
}
_DOCUMENT = "officeDocument"
_OF_FILE = frozenset({"core-properties", "extended-properties"})
_OF_DOCUMENT = frozenset(_PARTS) - _OF_FILE - {_DOCUMENT}
_ONLY_ONE = _OF_DOCUMENT - {"header", "footer"}

# "Strict" files have other names for the same things.
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_DAMAGED = "is a damaged Word file"
_SAVE_AGAIN = "open it in Word and save it again"

# The forms of values that python-docx reads. An element whose "val" has another form, or lacks one
# that it must have, is as good as absent; so is any other attribute.
_SWITCH = re.compile(r"1|0|true|false|on|off")
_COUNT = re.compile(r"-?\d{1,9}")
_LENGTH = re.compile(r"-?\d{1,5}(?:\.\d+)?(?:mm|cm|in|pt|pc|pi)?")
_NAME = re.compile(r'[^"]+')
_SWITCHES = (
    "b i caps smallCaps vanish contextualSpacing keepNext keepLines titlePg evenAndOddHeaders"
)
_MAY_LACK = frozenset(f"{W}{tag}" for tag in [*_SWITCHES.split(), "vMerge"])
_FORMS: Final = (
    (_SWITCHES, "val", _SWITCH),
    ("vMerge", "val", re.compile("continue|restart")),
    ("numId ilvl outlineLvl gridSpan", "val", _COUNT),
    ("sz", "val", _LENGTH),
    ("color", "val", re.compile("auto|[0-9A-Fa-f]{6}")),
    ("name pStyle rStyle basedOn", "val", _NAME),
    ("ind", "left start right end firstLine hanging", _LENGTH),
    ("spacing", "before after line", _LENGTH),
    ("pgSz", "w h", _LENGTH),
    ("pgMar", "left right top bottom gutter", _LENGTH),
    ("tab", "pos", _LENGTH),
    ("style", "type", re.compile("paragraph|character|table|numbering")),
    ("style", "default customStyle", _SWITCH),
    ("headerReference footerReference", "type", re.compile("default|first|even")),
)
_AUTOMATIC_SPACE = "280"  # twips that Word gives where it is left to choose


def open_document(content: Content) -> Document:
    """Return a Word file as an object of python-docx.

    It has the parts with text and looks (the document, styles, numbering, settings, theme,
    headers, footers, footnotes, endnotes, properties) and relationships only between those and
    to the addresses of hyperlinks. A file without styles gets an empty sheet of them.

    Raises CvError or PostingError if the file is damaged, encrypted or has too much in it.
    """
    return _File(content).document()


def part_of(document: Document, relationship: str) -> XmlPart | None:
    """Return the part that the document has this type of relationship to (of `RT`), if any."""
    try:
        part = document.part.part_related_by(relationship)
    except KeyError:
        return None
    return part if isinstance(part, XmlPart) else None


def part_names(content: Content) -> list[str]:
    """Return the names of all parts of a Word file, in lower case.

    Raises CvError or PostingError if the file is damaged or holds too many.
    """
    return [_part_name(member.filename) for member in Unpacking(content, "Word file").members]


def loaded_addresses(content: Content) -> list[str]:
    """Return the addresses outside of a Word file that are loaded when somebody opens it.

    Hyperlinks are not among them. Raises CvError or PostingError as `open_document` does.
    """
    return _File(content).loaded_addresses()


@dataclass(frozen=True, slots=True)
class _Relationship:
    identity: str
    kind: str
    target: str
    external: bool


class _File:
    """A Word file while its document is put together."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._archive = Unpacking(content, "Word file")
        self._members = {_part_name(m.filename): m for m in self._archive.members}
        self._package = Package()
        self._parts: dict[str, XmlPart] = {}

    def document(self) -> Document:
        top = self._relationships("")
        named = (r.target for r in top if r.kind == _DOCUMENT and not r.external)
        main = self._part(_DOCUMENT, next(named, "word/document.xml"))
        if not isinstance(main, DocumentPart) or main.element.find(f"{W}body") is None:
            raise self._damaged("the part with the text is missing")
        self._package.load_rel(RT.OFFICE_DOCUMENT, main, "main")
        self._relate(self._package, [r for r in top if r.kind in _OF_FILE])
        document: Document = main.document
        return document

    def loaded_addresses(self) -> list[str]:
        lists = [posixpath.split(name) for name in self._members if name.endswith(".rels")]
        parts = [posixpath.join(posixpath.dirname(folder), name[:-5]) for folder, name in lists]
        links = [link for part in parts for link in self._relationships(part)]
        return [link.target for link in links if link.external and link.kind != "hyperlink"]

    def _part(self, kind: str, name: str) -> XmlPart | None:
        """Return the part of this name, with what it is related to; None if there is none."""
        if name in self._parts:
            return self._parts[name]
        _, content_type, tag, made_by = _PARTS[kind]
        root: Any = self._root(name)
        if root is None or root.tag not in {f"{W}{tag}", tag}:
            return None
        part = self._parts[name] = made_by(PackURI(f"/{name}"), content_type, root, self._package)
        # Only the document leads on to other parts, so that no chain of them grows long.
        goes_on = _OF_DOCUMENT if kind == _DOCUMENT else frozenset()
        related = [r for r in self._relationships(name) if r.external or r.kind in goes_on]
        kinds = self._relate(part, related)
        if kind == _DOCUMENT and "styles" not in kinds.values():
            styles = PackURI("/word/styles.xml")
            empty: Any = OxmlElement("w:styles")
            part.relate_to(StylesPart(styles, CT.WML_STYLES, empty, self._package), RT.STYLES)
        _mend(root, kinds)
        return part

    def _relate(
        self, source: XmlPart | Package, relationships: list[_Relationship]
    ) -> dict[str, str]:
        """Add relationships to a part or to the package; return their kinds by their ids."""
        kinds: dict[str, str] = {}
        for each in relationships:
            if each.kind in _ONLY_ONE and each.kind in kinds.values():
                continue
            if each.external:
                target: XmlPart | str | None = each.target if each.kind == "hyperlink" else None
                kind = RT.HYPERLINK
            else:
                target, kind = self._part(each.kind, each.target), _PARTS[each.kind][0]
            if target is not None:
                source.load_rel(kind, target, each.identity, each.external)
                kinds[each.identity] = each.kind
        return kinds

    def _relationships(self, name: str) -> list[_Relationship]:
        folder, file = posixpath.split(name)
        root = self._root(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for element in () if root is None else root:
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = _part_name(posixpath.join("/", folder, target))
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(_Relationship(element.get("Id", ""), kind, target, external))
        return found

    def _root(self, name: str) -> Element | None:
        """Return the root element of a part, None if there is no part of this name."""
        member = self._members.get(_part_name(name))
        if member is None:
            return None
        data = self._archive.read(member)
        for strict, usual in _STRICT_NAMES:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        parser.set_element_class_lookup(element_class_lookup)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as reason:
            if "depth" in str(reason):
                said = "has tables or text boxes too deep in one another"
                way_out = "save it as plain text and give that"
                raise self._content.error(f"{said}; {way_out}") from None
            where = f"line {reason.lineno}" if reason.lineno else "its end"
            raise self._damaged(f"{name} breaks off or is no XML ({where})") from None
        if root.getroottree().docinfo.internalDTD is not None:  # which nobody has looked at yet
            raise self._damaged(f"{name} declares its own entities")
        return root

    def _damaged(self, how: str) -> TailorError:
        return self._content.error(f"{_DAMAGED}: {how}; {_SAVE_AGAIN}")


def _mend(root: Element, kinds: Mapping[str, str]) -> None:
    """Remove what python-docx would stop at: values of wrong forms, and references to nothing.

    `kinds` are those of the part's relationships, by their ids. Of two ways to say the same, the
    one that python-docx knows is written.
    """
    for tags, names, form in _FORMS:
        for element in _all(root, *tags.split()):
            for name in names.split():
                _mend_value(element, f"{W}{name}", form)
    _write_usual_way(root)
    for link in _all(root, "hyperlink"):
        if kinds.get(link.get(f"{R}id", "")) != "hyperlink":
            link.attrib.pop(f"{R}id", "")
    for side in ("header", "footer"):
        for reference in _all(root, f"{side}Reference"):
            if kinds.get(reference.get(f"{R}id", "")) != side:
                remove(reference)


def _write_usual_way(root: Element) -> None:
    for style in _all(root, "style"):
        style.set(f"{W}type", style.get(f"{W}type", "paragraph"))
    for reference in _all(root, "headerReference", "footerReference"):
        reference.set(f"{W}type", reference.get(f"{W}type", "default"))
    for indent in _all(root, "ind"):
        for newer, usual in (("start", "left"), ("end", "right")):
            if length := indent.get(f"{W}{newer}"):
                indent.set(f"{W}{usual}", indent.get(f"{W}{usual}", length))
    for spacing in _all(root, "spacing"):
        for side in ("before", "after"):
            if spacing.get(f"{W}{side}Autospacing", "0") not in {"0", "false", "off"}:
                spacing.set(f"{W}{side}", _AUTOMATIC_SPACE)


def _all(root: Element, *names: str) -> list[Element]:
    return [*root.iter(*(f"{W}{name}" for name in names))]


def _mend_value(element: Element, name: str, form: re.Pattern[str]) -> None:
    value = element.get(name)
    is_val = name == f"{W}val"
    if value is None:
        if is_val and element.tag not in _MAY_LACK:
            remove(element)
    elif not form.fullmatch(value):
        remove(element) if is_val else element.attrib.pop(name)
    elif form is _LENGTH and value[-1].isdigit():
        element.set(name, value.partition(".")[0])


def _part_name(path: str) -> str:
    """Part names know no upper and lower case, and begin at the top of the zip."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").lower()
