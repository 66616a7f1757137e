"""Paragraphs to the bytes of a DOCX: always the same bytes for the same paragraphs.

python-docx opens the template and saves it, once for all CVs of one design. Of what it saved, each
CV has three parts of its own: the text, the links and the properties. What a saved file has of its
time and machine, the time stamps of the zip file and its compression, is replaced (`package`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.opc.rel import Relationships
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.font import Font
from lxml.etree import SubElement

from tailor.document.package import CORE, PLACEHOLDER, pack, seal
from tailor.layout.typography import (
    A4,
    BODY_SIZES,
    DEFAULT_DESIGN,
    LETTER,
    Design,
    Paragraph,
    Style,
    template_name,
)
from tailor.values.cleaning import clean, clean_text
from tailor.values.cv import Run
from tailor.values.resources import data_bytes

# The element classes of python-docx have methods that are made at run time.
Element = Any

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK_STYLE = "Hyperlink"  # its id
_LONGEST_PROPERTY = 255  # characters; the limit of Word and of python-docx
_FOLDER = "/word"  # what the targets of links between parts are relative to
_TEXT, _LINKS = "word/document.xml", "word/_rels/document.xml.rels"
_TAB, _WORDS, _SPACE = qn("w:tab"), qn("w:t"), qn("xml:space")
_PARAGRAPHS_KEPT = 4_000  # the lines of a CV come back with each posting
_LONGEST_ADDRESS = 2000  # characters; the limit of Word is 2,083
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
_HOST = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

# Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and the other scripts that run right to left.
# They are spelt out since the answers of `unicodedata` change with the version of Python.
_LETTERS = (
    "\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f"
    "\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u0710\u0712-\u072f\u074d-\u07a5\u07b1"
    "\u07c0-\u07ea\u07f4\u07f5\u07fa-\u0815\u081a\u0824\u0828\u0830-\u0858\u085e-\u08c9"
    "\ufb1d\ufb1f-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
# A word that runs from left to right, with the figures and marks inside it: C++, C#, .NET too.
_OTHER_WORD = re.compile(rf"\.?[^\W\d_{_LETTERS}](?:[^\s{_LETTERS}]*[^\W_{_LETTERS}])?[+#]*")


def render_docx(
    paragraphs: Sequence[Paragraph],
    *,
    design: Design = DEFAULT_DESIGN,
    title: str,
    author: str,
    language: str = "en-GB",
) -> bytes:
    """Return the DOCX that shows `paragraphs`, changed only by the clean-up of `clean`.

    The body size is 9.5 to 11 points in halves; `language` is a BCP 47 tag. Only http, https and
    mailto addresses become links. Raises ValueError for a paper without a template, another body
    size or a malformed tag.
    """
    template = _template(design, language)
    document: Element = deepcopy(template.document)
    links: Any = template.copied_links()
    document.body[:0] = [_written(links, paragraph) for paragraph in paragraphs]
    properties: Any = CoreProperties(deepcopy(template.properties))
    # The identifier comes first, so that no title can be taken for the fingerprint.
    properties.identifier = PLACEHOLDER
    for name, text in (("title", title), ("author", author), ("language", language)):
        if cleaned := clean_text(text).replace("\t", " ")[:_LONGEST_PROPERTY]:
            setattr(properties, name, cleaned)
    own: dict[str, bytes] = {
        _TEXT: serialize_part_xml(document),
        _LINKS: links.xml,
        CORE: serialize_part_xml(properties._element),  # noqa: SLF001 - python-docx has no other way
    }
    return pack(seal({**template.parts, **own}))


def parts_of(document: Document) -> dict[str, bytes]:
    """Return the parts of a document as python-docx saves them, by their names."""
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True)
class _Template:
    """A template without text: its parts as saved, and what a document copies to add its own."""

    parts: dict[str, bytes]
    document: Element
    properties: Element
    links: Relationships

    def copied_links(self) -> Relationships:
        """Return the relationships of the text, to add to."""
        copied = Relationships(_FOLDER)
        for link in self.links.values():
            target = link.target_ref if link.is_external else link.target_part
            copied.add_relationship(link.reltype, target, link.rId, link.is_external)
        return copied


@lru_cache(maxsize=16)
def _template(design: Design, language: str) -> _Template:
    """Return the template of the design with its body size and this language."""
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"language {language!r}: must be a tag such as en-GB")
    document = docx.Document(BytesIO(design.template or _shipped(design)))
    (defaults,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    defaults.find(qn("w:lang")).set(qn("w:val"), language)
    if not design.template:
        # Styles without a size of their own have the default, which is that of the body.
        _set_size(defaults, design.body_size)
        styles = {style.style_id: style for style in document.styles}
        for name in (Style.SECTION, Style.ENTRY):
            _set_size(styles[name].element.rPr, design.styles[name].size)
        if design.dense:
            for name, figures in design.styles.items():
                look = styles[name].paragraph_format
                look.space_before, look.space_after = Pt(figures.before), Pt(figures.after)
    properties: Any = document.core_properties
    return _Template(
        parts_of(document),
        document.element,
        properties._element,  # noqa: SLF001 - see above
        document.part.rels,
    )


def _shipped(design: Design) -> bytes:
    if design.setup not in {A4, LETTER}:
        raise ValueError(f"no template for the paper {design.setup.name} with these margins")
    if design.body_size not in BODY_SIZES:
        raise ValueError(f"body size {design.body_size}: must be 9.5, 10, 10.5 or 11 points")
    return data_bytes(template_name(design.look, design.setup))


def _set_size(letters: Element, points: float) -> None:
    """Set the size of letters, and of those of the scripts that Word calls complex."""
    for element in letters.xpath("w:sz | w:szCs"):
        element.set(qn("w:val"), str(round(2 * points)))


def _written(links: Relationships, paragraph: Paragraph) -> Element:
    """Return a paragraph of the document's own; one without links is a copy of one kept."""
    if any(run.link for run in paragraph.text.runs):
        return _paragraph(links, paragraph)
    return deepcopy(_plain_paragraph(paragraph))


@lru_cache(maxsize=_PARAGRAPHS_KEPT)
def _plain_paragraph(paragraph: Paragraph) -> Element:
    return _paragraph(None, paragraph)


def _paragraph(links: Relationships | None, paragraph: Paragraph) -> Element:
    written: Element = OxmlElement("w:p")
    # By its id: no look-up by a name. Some readers join a paragraph without properties to the one
    # before, so each has a style.
    written.style = paragraph.style.value
    text = clean(paragraph.text)
    right_to_left = runs_right_to_left(text.plain)
    if right_to_left:
        written.pPr.append(OxmlElement("w:bidi"))
    if paragraph.ends:
        written.pPr.get_or_add_keepNext().val = False
    if paragraph.narrower:
        written.pPr.get_or_add_ind().right = Pt(paragraph.narrower)
    for target, runs in groupby(text.runs, key=lambda run: link_target(run.link or "")):
        parent: Element = written
        if target and links is not None:
            parent = OxmlElement("w:hyperlink")
            parent.rId = links.get_or_add_ext_rel(RELATIONSHIP_TYPE.HYPERLINK, target)
            written.append(parent)
        for run in runs:
            for words, turned in directed(run.text) if right_to_left else [(run.text, False)]:
                _add_run(parent, words, run, is_link=bool(target), turned=turned)
    return written


def _add_run(parent: Element, words: str, run: Run, *, is_link: bool, turned: bool) -> None:
    written: Element = OxmlElement("w:r")
    font = Font(written)
    if is_link:
        written.style = _LINK_STYLE
    if run.bold:
        font.bold = font.cs_bold = True
    if run.italic:
        font.italic = font.cs_italic = True
    if turned:
        font.rtl = True
    for number, piece in enumerate(words.split("\t")):
        if number:
            SubElement(written, _TAB)
        if piece:
            added = SubElement(written, _WORDS)
            added.text = piece
            if piece != piece.strip():
                added.set(_SPACE, "preserve")
    parent.append(written)


def runs_right_to_left(text: str) -> bool:
    """Return whether the first letter of `text` is of a script that runs right to left.

    That is how a paragraph gets its direction (Unicode, rules P2 and P3). Without the mark Word
    and LibreOffice set such a line from the left, and a Latin word or a figure in it puts its
    parts in the wrong order. The characters in the file are in the order of reading either way.
    """
    if text.isascii():
        return False
    found = _RIGHT_TO_LEFT.search(text)
    return found is not None and not any(c.isalpha() for c in text[: found.start()])


def directed(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a right-to-left paragraph, each with whether it runs that way itself.

    Marks, figures and spaces go with the paragraph, as Word has it when somebody types.
    """
    end = 0
    for word in _OTHER_WORD.finditer(text):
        if word.start() > end:
            yield text[end : word.start()], True
        yield word[0], False
        end = word.end()
    if end < len(text):
        yield text[end:], True


def link_target(address: str) -> str | None:
    """Return `address` as the target of a link in ASCII, or None if it must not be one.

    Only http, https and mailto addresses without a password become links. Word calls a whole
    document damaged for one address it cannot read, so what is not surely one stays plain text.
    """
    address = address.strip()
    if not address.isprintable() or " " in address:
        return None
    scheme, separator, rest = address.partition(":")
    scheme = scheme.lower()
    if not separator or scheme not in {"http", "https", "mailto"}:
        return None
    target = _mail(rest) if scheme == "mailto" else _web(scheme, address)
    return target if target and len(target) <= _LONGEST_ADDRESS else None


def _mail(rest: str) -> str | None:
    mailbox, question_mark, fields = rest.partition("?")
    if not _MAIL.fullmatch(mailbox):
        return None
    return f"mailto:{_quoted(mailbox)}{question_mark}{_quoted(fields)}"


def _web(scheme: str, address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # also what `idna` raises
        return None
    if not _HOST.fullmatch(host) or "@" in parts.netloc:
        return None
    authority = host if port is None else f"{host}:{port}"
    path = _quoted(parts.path)
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    fragment = f"#{_quoted(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{authority}{path}{query}{fragment}"


def _quoted(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe="%/?:@!$&'()*+,;=-._~")
