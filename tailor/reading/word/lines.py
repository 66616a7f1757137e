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
from dataclasses import replace
from itertools import pairwise
from typing import cast

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.section import CT_HdrFtr
from docx.parts.story import StoryPart
from docx.section import _Footer, _Header

from tailor.reading.cv.cells import BAR, rich_pieces
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.cv.headings import is_known_section
from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind, main_size, starts_with_glyph
from tailor.reading.word.drafts import Draft, StoryReader
from tailor.reading.word.file import open_document, part_of
from tailor.reading.word.flatten import W, flatten, resolve_fields
from tailor.reading.word.looks import Looks
from tailor.values.cv import ContactKind, RichText

_WORD = re.compile(r"\w+")
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTES = {"footnote": RT.FOOTNOTES, "endnote": RT.ENDNOTES}
_MORE_SPACE = 2.0  # points above the usual space between lines that can be seen
_LINE = 1.2  # the height of an empty line, over the size of letters
_FAR_LARGER = 1.4  # times the size of the text: a name
_LARGER = 1.1  # times the size of the text: a heading, in a posting
_LONGEST_HEADING = 60  # characters


def read_docx(content: Content) -> tuple[Line, ...]:
    """Return the lines of a Word file.

    Page headers come first and contact details in footers above the first
    section, unless the text has them too; page numbers, other footers and
    footnotes come last, as META. `Line.number` counts lines and empty paragraphs.

    Raises CvError or PostingError if the file is damaged, has too much in it, or no text.
    """
    document = open_document(content)
    looks = Looks(document)
    flatten(document.element, looks.placeholders)
    resolve_fields(document.element)
    reader = StoryReader(looks, content)
    drafts = reader.drafts(document)
    head, contacts, others = _read_margins(document, reader, drafts)
    others += _read_notes(document, reader)
    drafts = _with_marks([*head, *drafts])
    body = main_size((draft.size, len(draft.plain)) for draft in drafts)
    if content.what == "posting":
        drafts = [_heading_by_size(draft, body) for draft in drafts]
    else:
        drafts = _name_first(drafts, body)
    page = _page(_with_footer(drafts, contacts), body)
    lines = tuple(_numbered([*page, *(replace(o, kind=LineKind.META, level=0) for o in others)]))
    if not lines:
        raise content.error(
            f"there is no text in this Word file; if the {content.what} is a picture in it, "
            "give the text"
        )
    return lines


def _page(drafts: Sequence[Draft], body: float) -> Iterator[Draft]:
    """Yield the drafts with the gaps and looks that follow from the whole page."""
    spaces = [_space(above, draft) for above, draft in pairwise(drafts)]
    usual = Counter(round(space) for space in spaces).most_common(1)[0][0] if spaces else 0
    # Where most lines have a text box of their own, that says nothing.
    boxed = 2 * sum(draft.gap for draft in drafts) > len(drafts)
    for index, draft in enumerate(drafts):
        more = max(spaces[index - 1] - usual, 0) if index else 0.0
        space = more + draft.blanks * _LINE * body
        gap = more > _MORE_SPACE or draft.blanks > 0 or (draft.gap and not boxed)
        look = replace(
            draft.look, size=round(draft.size / body, 2), space_above=round(space / body, 2)
        )
        yield replace(draft, gap=gap, look=look)


def _heading_by_size(draft: Draft, body: float) -> Draft:
    """Make a short line of larger letters a heading; in a CV it may be the title of a position."""
    larger = draft.size >= _LARGER * body and len(draft.plain) <= _LONGEST_HEADING
    return replace(draft, kind=LineKind.HEADING, level=2) if larger else draft


def _name_first(drafts: list[Draft], body: float) -> list[Draft]:
    """Put the person's name, far the largest line, and what follows it above the first section.

    It may stand below sections, beside a narrow column.
    """
    sections = [index for index, draft in enumerate(drafts) if is_known_section(draft.text)]
    sizes = [draft.size for draft in drafts]
    name = sizes.index(max(sizes)) if sizes else 0
    if not sections or name < sections[0] or name in sections or sizes[name] < _FAR_LARGER * body:
        return drafts
    ends = (n for n in range(name + 1, len(drafts)) if drafts[n].gap or n in sections)
    end = next(ends, len(drafts))
    return [*drafts[name:end], *drafts[:name], *drafts[end:]]


def _with_marks(drafts: Sequence[Draft]) -> list[Draft]:
    """Join a list's mark that has a paragraph or cell of its own to the item after it."""
    found: list[Draft] = []
    for draft in drafts:
        above = found[-1] if found else None
        if above and _is_lone_mark(above) and not _is_lone_mark(draft):
            text = above.text + RichText.of(" ") + draft.text
            shape = draft if draft.kind is LineKind.ITEM else above
            look = replace(draft.look, bullet=True)
            found[-1] = replace(
                draft, kind=shape.kind, level=shape.level, text=text, look=look, gap=above.gap
            )
        else:
            found.append(draft)
    return found


def _is_lone_mark(draft: Draft) -> bool:
    return starts_with_glyph(draft.plain) == len(draft.plain)


def _with_footer(drafts: list[Draft], contacts: Sequence[Draft]) -> list[Draft]:
    """Put the contact details of footers at the end of the head, above the first section."""
    sections = (n for n, draft in enumerate(drafts) if is_known_section(draft.text))
    headings = (n for n, draft in enumerate(drafts) if n and draft.kind is LineKind.HEADING)
    place = next(sections, next(headings, min(1, len(drafts))))
    return [*drafts[:place], *contacts, *drafts[place:]]


def _space(above: Draft, below: Draft) -> float:
    return 0 if above.close and above.close == below.close else above.after + below.before


def _numbered(drafts: Sequence[Draft]) -> Iterator[Line]:
    """Yield plain lines, numbered as paragraphs are, empty ones as well."""
    number = 0
    for draft in drafts:
        number += draft.blanks + 1
        yield Line(draft.kind, draft.level, draft.text, number, draft.gap, draft.look)


# What stands outside of the text: page headers, footers, footnotes


def _read_margins(
    document: Document, reader: StoryReader, body: Sequence[Draft]
) -> tuple[list[Draft], list[Draft], list[Draft]]:
    """Return what page headers and footers say and the `body` does not.

    These are the lines of the first header, contact details, and all others.
    """
    seen = {_folded(draft.text) for draft in body}
    words = f" {' '.join(sorted(seen))} "
    head: list[Draft] = []
    contacts: list[Draft] = []
    others: list[Draft] = []
    for is_header, story in _stories(document):
        is_first_header = is_header and not head
        for draft in reader.drafts(story):
            folded, cells = _folded(draft.text), rich_pieces(draft.text, BAR)
            if not folded or folded in seen:
                continue
            seen.add(folded)
            is_contact = any(map(says_contact, cells))
            if draft.pages and not is_contact:
                others.append(draft)
            elif all(f" {_folded(cell)} " in words for cell in cells):
                continue  # cell by cell it stands in the text as well
            elif is_first_header:
                head.append(draft)
            else:
                (contacts if is_contact else others).append(draft)
    return head, contacts, others


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


def says_contact(cell: RichText) -> bool:
    """Return whether a text says how to reach the person; a place does not."""
    return any(contact.kind is not ContactKind.PLACE for contact in read_contacts(cell)[0])


def _folded(text: RichText) -> str:
    return " ".join(_WORD.findall(text.plain.casefold()))
