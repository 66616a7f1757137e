"""Word files (DOCX) to lines.

What is read is what Word shows: tables, text boxes and content controls in
reading order, text inserted with changes tracked, the results of fields. Not
read are deleted and hidden text, comments, codes of fields, and controls that
nobody has filled in. Numbers and marks of lists are not part of the lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from docx.blkcntnr import BlockItemContainer
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.parts.story import StoryPart

from tailor.reading.cv.cells import BAR, rich_pieces
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, Look, starts_with_glyph
from tailor.reading.word.drafts import Draft, StoryReader, is_known_section
from tailor.reading.word.file import open_document, part_of
from tailor.reading.word.flatten import W, flatten, resolve_fields
from tailor.reading.word.headings import mark_headings
from tailor.reading.word.looks import Looks
from tailor.values.cv import ContactKind, RichText, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.section import CT_HdrFtr
    from docx.section import _Footer, _Header

_WORD = re.compile(r"\w+")
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTES = {"footnote": RT.FOOTNOTES, "endnote": RT.ENDNOTES}
_MORE_SPACE = 2.0  # points above the usual space between lines that can be seen
_LINE = 1.2  # the height of an empty line, over the size of letters


def read_docx(content: Content) -> tuple[Line, ...]:
    """Return the lines of a Word file.

    Page headers come first and contact details in footers above the first
    section, unless the text has them too; page numbers, other footers and
    footnotes come last, as META. `Line.number` counts lines and empty paragraphs.

    Raises CvError or PostingError if the file is damaged, has too much in it, or
    no text.
    """
    document = open_document(content)
    looks = Looks(document)
    flatten(document.element, looks.placeholders)
    resolve_fields(document.element)
    reader = StoryReader(looks, content)
    drafts = reader.drafts(document)
    margins = _read_margins(document, reader, drafts)
    notes = _read_notes(document, reader)
    page = _page(drafts, margins, content)
    lines = tuple(_numbered((*page, *_meta([*margins.others, *notes]))))
    if not lines:
        raise content.error(
            f"there is no text in this Word file; if the {content.what} is a picture in it, "
            "give the text"
        )
    return lines


def _page(drafts: Sequence[Draft], margins: _Margins, content: Content) -> Iterator[Line]:
    """Yield the lines of the page; empty paragraphs are lines without text."""
    whole = _with_marks([*margins.head, *drafts])
    marked = mark_headings(whole, is_posting=content.what == "posting")
    marked = _with_footer(marked, margins.contacts)
    depths = _depths(marked)
    spaces = [_space(above, draft) for above, draft in pairwise(marked)]
    usual = Counter(round(space) for space in spaces).most_common(1)[0][0] if spaces else 0
    # Where most lines have a text box of their own, that says nothing.
    boxed = 2 * sum(draft.apart for draft in marked) > len(marked)
    body = _body_size(marked)
    gap, space = False, 0.0  # above the line, in points beyond the usual
    for index, draft in enumerate(marked):
        more = spaces[index - 1] - usual if index else 0.0
        space += max(more, 0)
        gap = gap or more > _MORE_SPACE or (draft.apart and not boxed)
        kind, level = LineKind.PARAGRAPH, 0
        if draft.heading:
            kind, level = LineKind.HEADING, draft.heading
        elif draft.depth:
            kind, level = LineKind.ITEM, depths[index]
        look = _look(draft, space, body)
        yield Line(kind, level, _without_own_bold(draft), 0, gap and bool(draft.text), look)
        gap, space = not draft.text, 0 if draft.text else space + _LINE * body


def _body_size(drafts: Sequence[Draft]) -> float:
    """Return the size of most letters, in points."""
    sizes: Counter[float] = Counter()
    for draft in drafts:
        sizes[draft.look.size] += len(draft.plain)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0) or 1.0


def _look(draft: Draft, space: float, body: float) -> Look:
    return Look(
        size=round(draft.look.size / body, 2),
        indent=round(draft.first, 1),
        space_above=round(space / body, 2),
        bullet=draft.depth > 0,
        caps=draft.look.caps or draft.look.small_caps,
        cell=draft.cell,
    )


def _with_marks(drafts: Sequence[Draft]) -> list[Draft]:
    """Join a list's mark that has a paragraph or cell of its own to the item after it."""
    found: list[Draft] = []
    for draft in drafts:
        above = found[-1] if found else None
        if above and _is_lone_mark(above) and draft.text and not _is_lone_mark(draft):
            text = above.text + RichText.of(" ") + draft.text
            found[-1] = replace(draft, text=text, depth=draft.depth or above.depth)
        else:
            found.append(draft)
    return found


def _is_lone_mark(draft: Draft) -> bool:
    return bool(draft.text) and starts_with_glyph(draft.plain) == len(draft.plain)


def _with_footer(drafts: list[Draft], contacts: Sequence[Draft]) -> list[Draft]:
    """Put the contact details of footers at the end of the head, above the first section."""
    headings = [index for index, draft in enumerate(drafts) if draft.heading]
    sections = [index for index in headings if is_known_section(drafts[index])]
    place = next(iter([*sections, *headings[1:]]), min(1, len(drafts)))
    return [*drafts[:place], *contacts, *drafts[place:]]


def _depths(drafts: Sequence[Draft]) -> dict[int, int]:
    """Return the depth of each item by its index; the least in the file is 1.

    Items under a typed mark have no depth but their indent.
    """
    items = {i: draft for i, draft in enumerate(drafts) if draft.depth and not draft.heading}
    least = min((draft.depth for draft in items.values()), default=1)
    depths: dict[int, int] = {}
    indents: list[float] = []  # of the open levels
    for index, draft in items.items():
        if draft.depth > 1:
            depths[index] = draft.depth - least + 1
            continue
        previous = drafts[index - 1] if index else None
        if previous is None or not previous.depth:
            indents = []
        while indents and draft.left < indents[-1] - _MORE_SPACE:
            indents.pop()
        if not indents or draft.left > indents[-1] + _MORE_SPACE:
            indents.append(draft.left)
        depths[index] = len(indents)
    return depths


def _space(above: Draft, below: Draft) -> float:
    if above.joined and below.joined and above.style == below.style:
        return 0
    return above.after + below.before


def _without_own_bold(draft: Draft) -> RichText:
    """Headings are bold by nature: only bold words within one mean something."""
    if draft.heading and draft.look.bold:
        return RichText.of(Run(r.text, italic=r.italic, link=r.link) for r in draft.text.runs)
    return draft.text


def _meta(drafts: Sequence[Draft]) -> Iterator[Line]:
    for draft in drafts:
        if draft.text:
            yield Line(LineKind.META, 0, draft.text, 0)


def _numbered(lines: Sequence[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        if line.text:
            yield replace(line, number=number)


# What stands outside of the text: page headers, footers, footnotes


@dataclass(frozen=True, slots=True)
class _Margins:
    """Lines of page headers for the top, contact details of footers, and all others."""

    head: tuple[Draft, ...]
    contacts: tuple[Draft, ...]
    others: tuple[Draft, ...]


def _read_margins(document: Document, reader: StoryReader, body: Sequence[Draft]) -> _Margins:
    """Return what page headers and footers say and the `body` does not."""
    seen = {_folded(draft.text) for draft in body}
    words = f" {' '.join(sorted(seen))} "
    head: list[Draft] = []
    contacts: list[Draft] = []
    others: list[Draft] = []
    for is_header, story in _stories(document):
        is_first_header = is_header and not head
        for draft in reader.drafts(story):
            folded = _folded(draft.text)
            if not folded or folded in seen:
                continue
            seen.add(folded)
            if draft.pages and not _has_contact(draft):
                others.append(draft)
            elif all(f" {_folded(cell)} " in words for cell in rich_pieces(draft.text, BAR)):
                continue  # cell by cell it stands in the text as well
            elif is_first_header:
                head.append(draft)
            else:
                (contacts if _has_contact(draft) else others).append(draft)
    return _Margins(tuple(head), tuple(contacts), tuple(others))


def _read_notes(document: Document, reader: StoryReader) -> list[Draft]:
    """Return the lines of the footnotes and endnotes that the text refers to, in its order."""
    found: list[Draft] = []
    for kind, relationship in _NOTES.items():
        references = document.element.iter(f"{W}{kind}Reference")
        wanted = dict.fromkeys(reference.get(f"{W}id", "") for reference in references)
        part = part_of(document, relationship) if wanted else None
        if not isinstance(part, StoryPart):
            continue
        notes = {note.get(f"{W}id"): note for note in part.element.iterchildren(f"{W}{kind}")}
        for identity in wanted:
            note = notes.get(identity)
            if note is None or note.get(f"{W}type") in _SEPARATORS:
                continue
            header = cast("CT_HdrFtr", OxmlElement("w:hdr"))
            header.extend(note)
            flatten(header)
            resolve_fields(header)
            found += reader.drafts(BlockItemContainer(header, part))
    return found


def _stories(document: Document) -> Iterator[tuple[bool, _Header | _Footer]]:
    """Yield the headers (True) and footers that are shown, those of page one first."""
    read = set()
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        shown = ["first_page_"] if section.different_first_page_header_footer else []
        for kind in [*shown, "", *(["even_page_"] if even else [])]:
            for side in ("header", "footer"):
                story: _Header | _Footer = getattr(section, f"{kind}{side}")
                if not story.is_linked_to_previous and story.part.partname not in read:
                    read.add(story.part.partname)
                    flatten(story.part.element)
                    resolve_fields(story.part.element)
                    yield side == "header", story


def _has_contact(draft: Draft) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for cell in rich_pieces(draft.text, BAR)
        for contact in read_contacts(cell)[0]
    )


def _folded(text: RichText) -> str:
    return " ".join(_WORD.findall(text.plain.casefold()))
